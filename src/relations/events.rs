//! Relations said by a trigger word of the catalogue: verbs, event nouns, agent nouns and adjectives.

mod agents;
mod nouns;
mod verbs;

pub use agents::described;
pub use nouns::LIGHT;

use super::argument::Resolved;
use super::pattern::Pattern;
use super::{Candidate, Context};
use crate::syntax::{Deprel, Upos, VerbForm};

/// Appends the relations that the word is a trigger of.
pub fn read(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let before = found.len();
    match context.syntax.upos(word) {
        Upos::Verb => verbs::read(context, word, found),
        Upos::Noun | Upos::Propn => {
            nouns::read(context, word, found);
            agents::read(context, word, found);
        }
        Upos::Adj => adjective(context, word, found),
        _ => {}
    }
    // Of the patterns that fit, those that ask for most are meant.
    let most = found[before..].iter().map(|c| c.weight).max().unwrap_or(0);
    let mut at = before;
    while at < found.len() {
        if found[at].weight + 1 < most || found[at].weight < most && same_ends(&found[at], &found[before..], most) {
            found.remove(at);
        } else {
            at += 1;
        }
    }
}

fn same_ends(one: &Candidate, all: &[Candidate], weight: usize) -> bool {
    all.iter().any(|c| c.weight == weight && c.object.word == one.object.word)
}

fn adjective(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let (s, frames) = (context.syntax, &context.frames);
    for (kind, pattern) in context.catalogue.adjectives(s.lemma(word)) {
        let objects = frames.obliques(word, &pattern.prepositions);
        let subjects = match (s.deprel(word), s.head(word)) {
            (Deprel::Amod | Deprel::Acl, Some(noun)) => vec![noun],
            _ => frames.subjects(word),
        };
        push(context, *kind, pattern, word, &subjects, &objects, found);
    }
}

/// Every pair out of a group of parties to a symmetric relation.
fn pairs(
    context: &Context<'_, '_>,
    kind: usize,
    word: usize,
    pattern: &Pattern,
    parties: &[usize],
    found: &mut Vec<Candidate>,
) {
    for (i, &one) in parties.iter().enumerate() {
        for &other in &parties[i + 1..] {
            push(context, kind, pattern, word, &[one], &[other], found);
        }
    }
}

fn push(
    context: &Context<'_, '_>,
    kind: usize,
    pattern: &Pattern,
    word: usize,
    subjects: &[usize],
    objects: &[usize],
    found: &mut Vec<Candidate>,
) {
    for &subject in subjects {
        for &object in objects.iter().filter(|&&o| o != subject) {
            let (ones, others) = (arguments(context, subject, word, kind), arguments(context, object, word, kind));
            for (one, other) in ones.iter().flat_map(|one| others.iter().map(move |other| (one, other))) {
                let (subject, object) = if pattern.swapped { (other, one) } else { (one, other) };
                found.push(Candidate {
                    kind: Some(kind),
                    trigger: word,
                    score: 0.9,
                    weight: pattern.weight(),
                    rule: "trigger",
                    ..Candidate::new(subject.clone(), object.clone(), word)
                });
            }
        }
    }
}

/// What an argument stands for; for a thing without a name, the entities inside of its phrase where they can be meant.
fn arguments(context: &Context<'_, '_>, word: usize, trigger: usize, kind: usize) -> Vec<Resolved> {
    let resolved = context.arguments.resolve(word);
    let event = context.catalogue.types[kind].is_interaction() && context.syntax.verb_form(trigger) != VerbForm::Other;
    if resolved.argument.entity.is_none() && event && word > trigger {
        let inside = context.arguments.inside(word);
        if !inside.is_empty() {
            return inside;
        }
    }
    vec![resolved]
}
