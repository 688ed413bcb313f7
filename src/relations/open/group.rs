//! The verb group: a predicate with its auxiliaries, negation and particles, and the verbs that it completes.

use super::phrase::Piece;
use super::span::argument;
use crate::relations::factuality::is_negation;
use crate::syntax::{Deprel, Syntax, Upos, VerbForm};

/// Longest chain of verbs that complete each other ("wants to try to buy").
const CHAIN: usize = 3;

/// Adverbs of the discourse, which are no part of what is said.
const LOOSE: &[&str] = &[
    "also",
    "however",
    "then",
    "therefore",
    "thus",
    "meanwhile",
    "moreover",
    "instead",
    "too",
    "later",
    "subsequently",
    "now",
    "nevertheless",
    "further",
    "furthermore",
    "consequently",
    "eventually",
    "finally",
    "already",
];

/// The group of a verb or of a predicate with a copula, in the order of the text. The predicate of a copula itself is
/// not in it.
pub fn group(s: &Syntax<'_>, predicate: usize) -> Vec<Piece> {
    let verbal = !s.has_copula(predicate);
    let parts = [Deprel::Aux, Deprel::AuxPass, Deprel::Cop];
    let mut words: Vec<usize> = s.dependents(predicate, &parts).collect();
    let bare = words.is_empty() && s.dependents(predicate, &[Deprel::Nsubj, Deprel::NsubjPass]).next().is_none();
    if bare && s.deprel(predicate) == Deprel::Conj {
        words.extend(shared_auxiliaries(s, predicate));
    }
    let is_to = |&m: &usize| s.lemma(m) == "to" && s.upos(m) == Upos::Part;
    words.extend(s.dependents(predicate, &[Deprel::Mark]).filter(is_to));
    if verbal {
        words.push(predicate);
        words.extend(s.dependents(predicate, &[Deprel::CompoundPrt]));
    }
    let first = words.iter().copied().min().unwrap_or(predicate);
    let adverbs = s.dependents(predicate, &[Deprel::Advmod]).filter(|&a| {
        let negates = is_negation(s.lemma(a));
        negates && a < predicate || verbal && inside(s, a, first, predicate)
    });
    words.extend(adverbs.collect::<Vec<_>>());
    words.sort_unstable();
    words.into_iter().map(Piece::Word).collect()
}

/// Whether the adverb stands in the group: between its first word and the verb, or right before it.
fn inside(s: &Syntax<'_>, adverb: usize, first: usize, verb: usize) -> bool {
    adverb < verb && (adverb > first || adverb + 1 == first) && !LOOSE.contains(&s.lemma(adverb))
}

/// "was arrested and charged": what the second verb shares with the first.
fn shared_auxiliaries(s: &Syntax<'_>, verb: usize) -> Vec<usize> {
    let Some(first) = s.head(verb).filter(|&h| s.upos(h) == Upos::Verb) else { return Vec::new() };
    if s.verb_form(first) != s.verb_form(verb) || matches!(s.verb_form(verb), VerbForm::Past | VerbForm::ThirdPerson) {
        return Vec::new();
    }
    let marks = s.dependents(first, &[Deprel::Mark]).filter(|&m| s.upos(m) == Upos::Part);
    s.dependents(first, &[Deprel::Aux, Deprel::AuxPass]).chain(marks).collect()
}

/// What stands before the group of a verb that completes another: "agreed" in "agreed to buy", and the verb whose
/// subject it all belongs to.
pub fn lead(s: &Syntax<'_>, predicate: usize) -> (Vec<Piece>, usize) {
    let (mut pieces, mut at) = (Vec::new(), predicate);
    for _ in 0..CHAIN {
        let Some(above) = s.head(at) else { break };
        let before = match s.deprel(at) {
            Deprel::Xcomp => {
                let object = s.dependents(above, &[Deprel::Iobj, Deprel::Obj]).filter(|&o| o > above && o < at);
                let mut before = full(s, above);
                before.extend(object.map(|o| Piece::Noun(argument(s, o), o)));
                before
            }
            // "made a decision to attack"
            Deprel::Acl if s.verb_form(at) == VerbForm::Base && s.deprel(above) == Deprel::Obj => {
                let Some(verb) = s.head(above).filter(|&v| v < above) else { break };
                let mut before = full(s, verb);
                before.push(Piece::Noun(argument(s, above), above));
                pieces.splice(0..0, before);
                at = verb;
                continue;
            }
            Deprel::Conj if is_bare_infinitive(s, at) && s.deprel(above) == Deprel::Xcomp => Vec::new(),
            _ => break,
        };
        pieces.splice(0..0, before);
        at = above;
    }
    (pieces, at)
}

/// The group with the predicate of a copula in it: "is able".
pub fn full(s: &Syntax<'_>, predicate: usize) -> Vec<Piece> {
    let mut pieces = group(s, predicate);
    if s.has_copula(predicate) || s.upos(predicate) != Upos::Verb {
        pieces.push(Piece::Noun(argument(s, predicate), predicate));
    }
    pieces
}

fn is_bare_infinitive(s: &Syntax<'_>, verb: usize) -> bool {
    let own = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Aux];
    s.verb_form(verb) == VerbForm::Base && s.dependents(verb, &own).next().is_none()
}
