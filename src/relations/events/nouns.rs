//! Event nouns that say a relation: "an attack on X by Y", "talks between X and Y", alone or carried by a light verb.

use super::super::{Candidate, Context};
use super::{pairs, push};
use crate::syntax::{Deprel, Upos};

/// Verbs that only carry the noun that is their object: the noun's event is done by their subject.
pub const LIGHT: &[&str] = &[
    "make",
    "launch",
    "carry",
    "conduct",
    "hold",
    "impose",
    "pay",
    "give",
    "order",
    "continue",
    "begin",
    "start",
    "announce",
    "issue",
    "express",
    "take",
    "have",
    "stage",
    "mount",
    "wage",
    "lead",
    "undertake",
    "resume",
    "open",
    "declare",
    "provide",
    "plan",
    "threaten",
    "sign",
    "reach",
    "pledge",
    "commit",
    "perform",
    "step",
    "voice",
    "offer",
    "accept",
    "send",
];

/// Forms of a possessor or modifier in the subject's place of a noun.
const OWNERS: &[Deprel] = &[Deprel::NmodPoss, Deprel::Amod, Deprel::Compound, Deprel::Nmod];

/// Appends what the noun says as an event.
pub fn read(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let (s, frames) = (context.syntax, &context.frames);
    for (kind, pattern) in context.catalogue.nouns(s.lemma(word)) {
        let governor = s.head(word).filter(|&h| {
            matches!(s.deprel(word), Deprel::Obj | Deprel::NsubjPass)
                && s.upos(h) == Upos::Verb
                && LIGHT.contains(&s.lemma(h))
        });
        let between = pattern.prepositions.iter().any(|p| p == "between");
        if between {
            let mut parties = frames.obliques(word, &["between", "among"]);
            parties.extend(governor.into_iter().flat_map(|g| frames.obliques(g, &["between", "among"])));
            if parties.len() < 2 {
                parties = joined_parties(context, word);
            }
            pairs(context, *kind, word, pattern, &parties, found);
        }
        let mut objects = frames.obliques(word, &pattern.prepositions);
        objects.retain(|&o| !(between && context.frames.obliques(word, &["between"]).contains(&o)));
        if objects.is_empty() {
            // "the pledge of X to Y": so too with to whom it was done.
            let of = s.dependents(word, &[Deprel::Nmod]).filter(|&c| s.case(c).as_deref() == Some("of"));
            objects.extend(of.flat_map(|c| frames.obliques(c, &pattern.prepositions)));
        }
        if objects.is_empty() {
            objects.extend(governor.into_iter().flat_map(|g| frames.obliques(g, &pattern.prepositions)));
        }
        let mut subjects: Vec<usize> = s
            .dependents(word, OWNERS)
            .filter(|&c| match s.deprel(c) {
                Deprel::Nmod => {
                    let by = s
                        .case(c)
                        .is_some_and(|p| matches!(p.as_str(), "by" | "from") || p == "of" && !objects.contains(&c));
                    by && !objects.contains(&c)
                }
                Deprel::Amod | Deprel::Compound => context.arguments.named(c).is_some(),
                _ => true,
            })
            .flat_map(|c| s.with_conjuncts(c))
            .collect();
        // "the arrest of X by Y": the tree may hang the one who did it on X.
        subjects.extend(objects.iter().flat_map(|&o| {
            s.dependents(o, &[Deprel::Nmod, Deprel::Obl]).filter(|&c| s.case(c).as_deref() == Some("by"))
        }));
        subjects.extend(governor.into_iter().flat_map(|g| frames.agents(g)));
        if s.has_copula(word) {
            subjects.extend(frames.subjects(word));
        }
        if !subjects.iter().any(|&x| context.arguments.resolve(x).argument.entity.is_some()) {
            subjects.extend(framed(context, word));
        }
        if s.deprel(word) == Deprel::Nsubj || s.deprel(word) == Deprel::NsubjPass {
            // "attacks carried out by X"
            subjects.extend(s.dependents(word, &[Deprel::Acl]).flat_map(|a| frames.obliques(a, &["by"])));
        }
        subjects.retain(|x| !objects.contains(x));
        push(context, *kind, pattern, word, &subjects, &objects, found);
    }
}

/// "In its warning to X, Y said": an event that frames a clause is done by the clause's subject.
fn framed(context: &Context<'_, '_>, word: usize) -> Vec<usize> {
    let s = context.syntax;
    let frames = s.case(word).is_some_and(|c| matches!(c.as_str(), "in" | "during"));
    match s.head(word) {
        Some(verb) if frames && s.deprel(word) == Deprel::Obl && word < verb => context.frames.subjects(verb),
        _ => Vec::new(),
    }
}

/// Names joined before the noun: "the Israel-Hamas war", "US–China talks".
fn joined_parties(context: &Context<'_, '_>, word: usize) -> Vec<usize> {
    let s = context.syntax;
    let mut parties = Vec::new();
    let mut at = word;
    while at > 0 && word - at < 8 {
        at -= 1;
        if let Some(entity) = context.arguments.named(at) {
            let name = context.arguments.name_at(at);
            parties.push((entity, name.end - 1));
            at = name.start;
        } else if !matches!(s.form(at), "-" | "–" | "—" | "/" | "and") {
            break;
        }
    }
    let linked = parties.len() == 2 && s.form(parties[1].1 + 1) != "and"
        || parties.len() == 2 && parties[1].1 + 2 >= parties[0].1;
    if linked { parties.into_iter().rev().map(|(_, w)| w).collect() } else { Vec::new() }
}
