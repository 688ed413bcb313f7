//! Open relations: what a clause or a noun phrase says of two things in the words of the text.
//!
//! They are triples after ClausIE: a subject, a relation phrase and an object, each as written and as short as stays
//! true. What a clause says of more than two things is split into triples ("won the prize in | 1990"). Ends need no
//! entity. The normalised predicate has lemmas, no auxiliaries, no negation (polarity tells that), and of a noun phrase
//! that it carries the head alone: "has not yet won the first prize in" is `win prize in`.

mod clause;
mod group;
mod noun;
mod pair;
mod phrase;
mod span;

use std::collections::HashSet;

pub use phrase::Wording;

use super::argument::Resolved;
use super::{Candidate, Context};
use crate::extraction::Span;
use crate::syntax::{Deprel, Syntax, Upos, VerbForm};

/// Rule of pairs that stand only where nothing else joins the two.
pub const PAIR: &str = "pair";

/// Most open relations of a sentence.
const MOST: usize = 64;

/// A relation before its ends are looked up.
struct Open {
    wording: Wording,
    score: f32,
    rule: &'static str,
}

/// Appends the open relations of a document.
pub fn read(context: &Context<'_, '_>, found: &mut Vec<Candidate>) {
    let s = context.syntax;
    for sentence in 0..s.text.sentences.len() {
        let mut own = Vec::new();
        for word in s.sentence_tokens(sentence) {
            if is_predicate(s, word) {
                clause::read(context, word, &mut own);
            }
            if matches!(s.upos(word), Upos::Noun | Upos::Propn) {
                noun::read(context, word, &mut own);
            }
        }
        let mut said = HashSet::new();
        own.retain(|c| {
            let wording = c.wording.as_ref().map(|w| w.phrase.clone());
            said.insert((c.subject.argument.span, wording, c.object.argument.span))
        });
        own.truncate(MOST);
        let mut pairs = Vec::new();
        s.sentence_tokens(sentence).for_each(|word| pair::read(context, word, &mut pairs));
        let ends = |c: &Candidate| (c.subject.argument.span, c.object.argument.span);
        let mut joined: HashSet<(Span, Span)> = own.iter().map(ends).collect();
        pairs.retain(|c| joined.insert(ends(c)));
        pairs.truncate(MOST);
        own.append(&mut pairs);
        found.append(&mut own);
    }
}

fn is_predicate(s: &Syntax<'_>, word: usize) -> bool {
    let verb = s.upos(word) == Upos::Verb
        && !matches!(s.deprel(word), Deprel::Amod | Deprel::Compound | Deprel::Case | Deprel::Mark | Deprel::Fixed);
    verb || s.has_copula(word)
}

/// Whether the word can head an argument.
fn nominal(s: &Syntax<'_>, word: usize) -> bool {
    let relative = matches!(s.lemma(word), "who" | "whom" | "which" | "that" | "what" | "where" | "when" | "there");
    match s.upos(word) {
        Upos::Noun | Upos::Propn | Upos::Num | Upos::Sym => true,
        Upos::Pron => !relative && !matches!(s.lemma(word), "itself" | "himself" | "herself" | "themselves"),
        Upos::Det | Upos::Adj => !relative && matches!(s.deprel(word), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj),
        _ => false,
    }
}

/// Appends the relation between the phrases of two words.
fn propose(
    context: &Context<'_, '_>,
    subject: usize,
    object: usize,
    predicate: usize,
    open: Open,
    found: &mut Vec<Candidate>,
) {
    let (subject, object) = (end(context, subject), end(context, object));
    let (one, other) = (subject.argument.span, object.argument.span);
    if one.start < other.end && other.start < one.end {
        return;
    }
    let new = Candidate::new(subject, object, predicate);
    found.push(Candidate { score: open.score, rule: open.rule, wording: Some(open.wording), ..new });
}

/// The phrase of a word, with the entity that it stands for.
fn end(context: &Context<'_, '_>, word: usize) -> Resolved {
    let s = context.syntax;
    let mut resolved = context.arguments.resolve(word);
    let mut words = span::argument(s, word);
    if context.arguments.named(word).is_some() {
        let name = context.arguments.name_at(word);
        words = words.start.min(name.start)..words.end.max(name.end);
    }
    if context.in_date[word] {
        let sentence = s.sentence_tokens(s.sentence(word));
        let outside = |w: &usize| !context.in_date[*w];
        let start = (sentence.start..word).rev().find(outside).map_or(sentence.start, |w| w + 1);
        let date_end = (word..sentence.end).find(outside).unwrap_or(sentence.end);
        words = words.start.min(start)..words.end.max(date_end);
    }
    resolved.argument.span = s.span(words);
    resolved.confidence = if resolved.argument.entity.is_some() { 0.95 } else { 0.9 };
    resolved
}
/// The wording of a relation with a type: its trigger is one word.
pub fn typed_wording(s: &Syntax<'_>, candidate: &Candidate) -> Wording {
    let trigger = candidate.trigger;
    Wording {
        phrase: s.form(trigger).to_owned(),
        predicate: wording(s, trigger, candidate.object.word),
        trigger: trigger..trigger + 1,
    }
}

/// The normalised wording of a predicate: lemmas of the verbs above it that it completes, its own with its particle, and
/// the preposition before its object ("vow to work with").
fn wording(s: &Syntax<'_>, predicate: usize, object: usize) -> String {
    let mut words = Vec::new();
    let mut chain = vec![predicate];
    while let Some(head) = s.head(chain[chain.len() - 1]).filter(|_| s.deprel(chain[chain.len() - 1]) == Deprel::Xcomp)
    {
        chain.push(head);
        if chain.len() > 3 {
            break;
        }
    }
    for (i, &verb) in chain.iter().rev().enumerate() {
        if i > 0 && s.dependents(verb, &[Deprel::Mark]).any(|m| s.lemma(m) == "to") {
            words.push("to".to_owned());
        }
        if s.dependent(verb, Deprel::Cop).is_some() {
            words.push("be".to_owned());
        }
        // What is said of the subject of a passive keeps its form: "be based in".
        let stated = s.deprel(object) == Deprel::Obl && s.head(object) == Some(verb);
        let reduced = s.deprel(verb) == Deprel::Acl && s.verb_form(verb) == VerbForm::Participle;
        if stated && (reduced || s.dependent(verb, Deprel::AuxPass).is_some()) {
            words.extend(["be".to_owned(), s.form(verb).to_lowercase()]);
        } else {
            words.push(s.lemma(verb).to_owned());
        }
        words.extend(s.dependents(verb, &[Deprel::CompoundPrt]).map(|p| s.lemma(p).to_owned()));
    }
    let last = predicate;
    if s.head(object).is_some_and(|h| h != last)
        && s.head(object).and_then(|h| s.head(h)) == Some(last)
        && let Some(carried) = s.head(object).filter(|&h| s.deprel(h) == Deprel::Obj)
    {
        words.push(s.lemma(carried).to_owned());
    }
    // Where the preposition itself says it, it is there already.
    words.extend(s.case(object).filter(|_| object > predicate && s.head(predicate) != Some(object)));
    words.join(" ")
}

#[cfg(test)]
mod tests;
