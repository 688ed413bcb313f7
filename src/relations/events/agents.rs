//! Agent nouns that say a relation of whom they describe: "a supporter of X", "X's subsidiary".

use super::super::{Candidate, Context};
use super::push;
use crate::syntax::{Deprel, Upos};

/// Appends what the noun says of whom it describes.
pub fn read(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let (s, frames) = (context.syntax, &context.frames);
    // The agency of "Jordan News Agency" is part of a name.
    if context.arguments.named(word).is_some() {
        return;
    }
    for (kind, pattern) in context.catalogue.agents(&agent_lemma(context, word)) {
        let mut objects = frames.obliques(word, &pattern.prepositions);
        let of = pattern.prepositions.iter().any(|p| matches!(p.as_str(), "of" | "for" | "to"));
        if of {
            objects.extend(s.dependents(word, &[Deprel::NmodPoss]).flat_map(|w| s.with_conjuncts(w)));
            objects.extend(owner_of_name(context, word));
            if objects.iter().all(|&o| s.upos(o) == Upos::Pron) {
                objects.extend(joined_owner(context, word));
            }
        }
        if objects.is_empty() && of {
            let before = s.dependents(word, &[Deprel::Compound, Deprel::Amod]);
            objects.extend(before.filter(|&c| context.arguments.named(c).is_some()));
        }
        let described = described(context, word);
        push(context, *kind, pattern, word, &described, &objects, found);
    }
}

/// The noun as the catalogue has it: "son-in-law" is one word there.
fn agent_lemma(context: &Context<'_, '_>, word: usize) -> String {
    let s = context.syntax;
    let in_law = word + 4 < s.len() && (word + 1..word + 5).map(|w| s.form(w)).eq(["-", "in", "-", "law"]);
    format!("{}{}", s.lemma(word), if in_law { "-in-law" } else { "" })
}

/// "X's subsidiary Y": the tree may hang the owner on the name.
fn owner_of_name(context: &Context<'_, '_>, word: usize) -> Vec<usize> {
    let s = context.syntax;
    let beside = matches!(s.deprel(word), Deprel::Compound | Deprel::NmodDesc | Deprel::Nmod | Deprel::Flat);
    let name = s.head(word).filter(|&h| beside && h > word && context.arguments.named(h).is_some());
    name.into_iter().flat_map(|n| s.dependents(n, &[Deprel::NmodPoss])).filter(|&w| w < word).collect()
}

/// "X and his daughter Y": whose the noun is, when a pronoun says so and the name is joined to it.
fn joined_owner(context: &Context<'_, '_>, word: usize) -> Option<usize> {
    let s = context.syntax;
    let own = s.dependents(word, &[Deprel::NmodPoss]).any(|w| matches!(s.lemma(w), "his" | "her" | "he" | "she"));
    let name = if s.deprel(word) == Deprel::Conj { Some(word) } else { s.head(word) };
    let first = name.filter(|&n| own && s.deprel(n) == Deprel::Conj).and_then(|n| s.head(n))?;
    context.is_other_person(first).then_some(first)
}

/// The words for whom a noun describes: by a copula, in apposition, or as a title.
pub fn described(context: &Context<'_, '_>, word: usize) -> Vec<usize> {
    let (s, frames) = (context.syntax, &context.frames);
    if s.has_copula(word) || matches!(s.deprel(word), Deprel::Xcomp) {
        return frames.subjects(word);
    }
    let mut found: Vec<usize> = s.dependents(word, &[Deprel::Appos, Deprel::Flat]).collect();
    if let Some(head) = s.head(word) {
        match s.deprel(word) {
            Deprel::Appos | Deprel::NmodDesc | Deprel::Flat => found.push(head),
            Deprel::Compound | Deprel::Nmod if context.arguments.named(head).is_some() && head > word => {
                found.push(head)
            }
            Deprel::Conj => found.extend(described_by_conjunct(context, head)),
            // "as leader of"
            Deprel::Obl if s.case(word).as_deref() == Some("as") => {
                let patients = frames.patients(head);
                found.extend(if patients.is_empty() { frames.subjects(head) } else { patients });
            }
            _ => {}
        }
    }
    if found.is_empty()
        && context.arguments.resolve(word).argument.entity.is_some()
        && context.arguments.named(word).is_none()
    {
        found.push(word);
    }
    found
}

fn described_by_conjunct(context: &Context<'_, '_>, first: usize) -> Vec<usize> {
    let s = context.syntax;
    if context.syntax.has_copula(first) {
        return context.frames.subjects(first);
    }
    match (s.deprel(first), s.head(first)) {
        (Deprel::Appos | Deprel::NmodDesc, Some(head)) => vec![head],
        _ => Vec::new(),
    }
}
