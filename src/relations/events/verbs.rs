//! Verbs that say a relation, alone or with the noun that they carry.

use super::super::pattern::{DirectObject, Pattern, Place};
use super::super::{Candidate, Context};
use super::{pairs, push};
use crate::syntax::{Deprel, Upos};

/// Appends what the verb says.
pub fn read(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let (s, frames) = (context.syntax, &context.frames);
    for (kind, pattern) in context.catalogue.verbs(s.lemma(word)) {
        if pattern.particle.as_ref().is_some_and(|p| !frames.has_particle(word, p)) {
            continue;
        }
        if pattern.prepositions.is_empty() && pattern.particle.is_none() && gives_a_name(context, word) {
            continue;
        }
        // The noun that the verb carries, where the pattern asks for one.
        let noun = match &pattern.with_object {
            DirectObject::Free => Some(None),
            DirectObject::None => {
                (s.dependent(word, Deprel::Obj).is_none() && !frames.is_passive(word)).then_some(None)
            }
            DirectObject::Any => s.dependents(word, &[Deprel::Obj, Deprel::NsubjPass]).next().map(Some),
            DirectObject::OneOf(lemmas) => {
                let is_meant = |&p: &usize| lemmas.iter().any(|w| w == s.lemma(p));
                frames.patients(word).into_iter().find(is_meant).map(Some)
            }
        };
        let Some(noun) = noun else { continue };
        let mut objects = objects(context, word, noun, pattern);
        // "called him on Friday"
        objects.retain(|&o| !context.in_date[o] || context.arguments.named(o).is_some());
        if context.catalogue.types[*kind].literal_object {
            objects.iter_mut().for_each(|o| *o = proposal(context, *o));
        }
        let mut subjects = frames.agents(word);
        // "is based in", "was born in": a state of the one it is said of.
        let interaction = context.catalogue.types[*kind].is_interaction();
        if subjects.is_empty() && frames.is_passive(word) && !interaction && !pattern.prepositions.is_empty() {
            subjects = frames.patients(word);
        }
        // "talks were held between A and B"
        if subjects.is_empty() && frames.is_passive(word) && context.catalogue.types[*kind].symmetric {
            pairs(context, *kind, word, pattern, &objects, found);
            continue;
        }
        if objects.is_empty() && context.catalogue.types[*kind].symmetric && pattern.place == Place::Here {
            subjects.truncate(8);
            pairs(context, *kind, word, pattern, &subjects, found);
            continue;
        }
        push(context, *kind, pattern, word, &subjects, &objects, found);
    }
}

/// Words in the object's place of a verb pattern.
fn objects(context: &Context<'_, '_>, word: usize, noun: Option<usize>, pattern: &Pattern) -> Vec<usize> {
    let (s, frames) = (context.syntax, &context.frames);
    match pattern.place {
        Place::ComplementObject => {
            let mut found = Vec::new();
            for below in frames.complements(word) {
                found.extend(frames.patients(below));
                found.extend(frames.obliques(below, &["with", "to", "from", "in", "on", "against", "into", "for"]));
            }
            found
        }
        Place::ComplementSubject => {
            let below = s.dependents(word, &[Deprel::Ccomp, Deprel::Xcomp]).filter(|&w| !is_told(context, w));
            let mut found: Vec<usize> = below.flat_map(|w| frames.subjects(w)).collect();
            found.extend(frames.obliques(word, &["on"]));
            if !pattern.prepositions.is_empty() {
                found.extend(frames.obliques(word, &pattern.prepositions));
            }
            found
        }
        Place::Here if pattern.prepositions.is_empty() => match noun {
            Some(_) => frames.receivers(word),
            None => frames.patients(word).into_iter().chain(frames.receivers(word)).collect(),
        },
        Place::Here => {
            let mut found = frames.obliques(word, &pattern.prepositions);
            if let Some(noun) = noun {
                found.extend(frames.obliques(noun, &pattern.prepositions));
                found.extend(frames.receivers(word));
            }
            found
        }
    }
}

/// Whether a clause tells of something rather than asks for it: "insisted that NATO was", "suggested Israel might".
fn is_told(context: &Context<'_, '_>, clause: usize) -> bool {
    let s = context.syntax;
    s.dependents(clause, &[Deprel::Aux, Deprel::Cop, Deprel::AuxPass]).any(|w| {
        matches!(
            s.form(w),
            "is" | "was" | "were" | "has" | "had" | "would" | "might" | "could" | "will" | "may" | "can"
        )
    })
}

/// Whether the verb gives its object a name: "called the law a mistake", "what it calls terrorists".
fn gives_a_name(context: &Context<'_, '_>, word: usize) -> bool {
    let s = context.syntax;
    let is_noun = |w: usize| matches!(s.upos(w), Upos::Noun | Upos::Propn | Upos::Adj);
    s.lemma(word) == "call"
        && (s.dependents(word, &[Deprel::Xcomp]).any(is_noun)
            || s.dependents(word, &[Deprel::Obj, Deprel::Xcomp]).any(|w| s.lemma(w) == "what"))
}

/// Things that are proposed, and so rejected or blocked.
const PROPOSALS: &[&str] = &[
    "resolution",
    "bill",
    "draft",
    "measure",
    "law",
    "motion",
    "proposal",
    "plan",
    "legislation",
    "amendment",
    "offer",
    "request",
];

/// A clause about a proposal often hangs on a noun inside of it ("a resolution for a ceasefire ..., which was vetoed").
fn proposal(context: &Context<'_, '_>, object: usize) -> usize {
    let s = context.syntax;
    let mut at = object;
    while let Some(head) = s.head(at).filter(|_| matches!(s.deprel(at), Deprel::Nmod | Deprel::Conj)) {
        if PROPOSALS.contains(&s.lemma(head)) {
            return head;
        }
        at = head;
    }
    object
}
