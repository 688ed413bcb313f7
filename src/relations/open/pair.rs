//! Pairs of actors that one predicate or one noun joins, where no clause says it in so many words.
//!
//! "Israel's attack on Lebanon" has no verb, "Biden criticised Netanyahu's decision" no clause about Netanyahu, and a
//! passive goes from the one it is done to. These relations are less sure and stand only where nothing else joins the
//! two in this direction.

use super::clause::case_of;
use super::phrase::{Piece, Wording};
use super::{Open, PAIR, end, is_predicate};
use crate::relations::argument::Resolved;
use crate::relations::{ARGUMENTS, Candidate, Context};
use crate::syntax::{Deprel, Syntax, Upos};

/// Most words on either side.
const ENDS: usize = 5;

/// Parts of a noun phrase that name who is concerned.
const PARTS: &[Deprel] = &[Deprel::NmodPoss, Deprel::Nmod, Deprel::Amod, Deprel::Compound, Deprel::Appos, Deprel::Flat];

/// Appends the pairs of the word, a predicate or a noun.
pub fn read(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let s = context.syntax;
    if is_predicate(s, word) {
        predicate(context, word, found);
    }
    if matches!(s.upos(word), Upos::Noun | Upos::Propn) {
        noun(context, word, found);
    }
}

fn predicate(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let (s, frames) = (context.syntax, &context.frames);
    if frames.is_passive(word) {
        join(context, &actors(context, frames.agents(word)), &actors(context, frames.patients(word)), word, found);
    }
    let mut objects = objects(context, word);
    for below in frames.complements(word).into_iter().filter(|&c| s.deprel(c) == Deprel::Xcomp).take(ENDS) {
        objects.extend(self::objects(context, below));
    }
    if s.has_copula(word) {
        objects.extend(s.dependents(word, &[Deprel::Nmod, Deprel::NmodPoss]));
    }
    objects.truncate(2 * ENDS);
    let mut to = actors(context, objects.clone());
    to.extend(objects.iter().flat_map(|&o| context.arguments.inside(o)));
    join(context, &actors(context, frames.subjects(word)), &to, word, found);
    // "moved from X to Y": between the objects, when no subject has a name.
    let mut named = actors(context, objects);
    named.retain(|r| s.deprel(r.word) != Deprel::Conj);
    let subject = frames.subjects(word).iter().any(|&x| context.arguments.resolve(x).argument.entity.is_some());
    for (i, one) in named.iter().enumerate().take(if subject { 0 } else { ENDS }) {
        join(context, std::slice::from_ref(one), &named[i + 1..], word, found);
    }
}

/// Objects and adverbials with their conjuncts.
fn objects(context: &Context<'_, '_>, word: usize) -> Vec<usize> {
    let s = context.syntax;
    let objects = s.dependents(word, ARGUMENTS).filter(|&c| !matches!(s.deprel(c), Deprel::Nsubj | Deprel::NsubjPass));
    objects.flat_map(|c| s.with_conjuncts(c)).take(2 * ENDS).collect()
}

/// "the agreement of X with Y", "X's son Y".
fn noun(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let s = context.syntax;
    let parts = s.dependents(word, PARTS).flat_map(|c| s.with_conjuncts(c)).take(2 * ENDS);
    let parts = parts.filter(|&c| s.upos(c) != Upos::Pron);
    let mut ends = actors(context, std::iter::once(word).filter(|&w| context.arguments.named(w).is_some()));
    ends.extend(actors(context, parts.collect::<Vec<_>>()));
    for (i, one) in ends.iter().enumerate().take(ENDS) {
        join(context, std::slice::from_ref(one), &ends[i + 1..], word, found);
    }
}

/// Those of the words that stand for an entity or for somebody who acts.
fn actors(context: &Context<'_, '_>, words: impl IntoIterator<Item = usize>) -> Vec<Resolved> {
    let acts = |r: &Resolved| r.argument.entity.is_some() || is_actor_noun(context, r.word);
    words.into_iter().take(2 * ENDS).map(|w| end(context, w)).filter(acts).collect()
}

fn is_actor_noun(context: &Context<'_, '_>, word: usize) -> bool {
    let inside = matches!(context.syntax.deprel(word), Deprel::Amod | Deprel::Compound | Deprel::Flat);
    !inside && context.arguments.is_noun(word) && context.arguments.is_actor(word)
}

fn join(context: &Context<'_, '_>, from: &[Resolved], to: &[Resolved], word: usize, found: &mut Vec<Candidate>) {
    let s = context.syntax;
    for one in from.iter().take(ENDS) {
        for other in to.iter().take(ENDS) {
            let (a, b) = (one.argument.span, other.argument.span);
            let same = one.argument.entity.is_some() && one.argument.entity == other.argument.entity;
            if same || a.start < b.end && b.start < a.end {
                continue;
            }
            let open = Open { wording: wording(s, word, other.word), score: 0.25, rule: PAIR };
            let new = Candidate::new(one.clone(), other.clone(), word);
            found.push(Candidate { score: open.score, rule: open.rule, wording: Some(open.wording), ..new });
        }
    }
}

/// The word and the preposition between it and the object.
fn wording(s: &Syntax<'_>, word: usize, object: usize) -> Wording {
    let mut pieces = vec![Piece::Word(word)];
    if object > word {
        pieces.extend(case_of(s, object));
    }
    Wording::new(s, &pieces, word)
}
