//! Definite descriptions: "the agency", "the Iranian foreign minister", "this country".

use std::ops::Range;

use super::{LEARNED, Reader, Reference};
use crate::entities::nouns::Noun;
use crate::extraction::MentionKind;
use crate::model::labels::{Deprel, MentionType, Upos};

/// Modifiers that single out another thing than the one spoken of.
const OTHER: &[&str] = &[
    "other",
    "another",
    "new",
    "former",
    "next",
    "first",
    "second",
    "third",
    "last",
    "only",
    "entire",
    "whole",
    "own",
    "same",
    "previous",
    "late",
    "future",
    "different",
    "neighboring",
    "neighbouring",
    "foreign",
    "rival",
    "local",
    "world",
    "more",
    "most",
    "least",
    "then",
    "ex",
    "acting",
    "interim",
    "deputy",
    "vice",
];

/// Names and words between the determiner and the noun.
struct Modifiers {
    words: Vec<String>,
    named: Vec<usize>,
    /// Whether more is said after the noun: a relative clause, "of ...".
    more: bool,
}

impl Reader<'_> {
    /// The entity that a singular noun with a definite determiner stands for.
    pub(super) fn describe(&self, token: usize, noun: &Noun) -> Option<Reference> {
        let syntax = self.syntax;
        let definite =
            syntax.dependents(token, &[Deprel::Det]).any(|d| matches!(syntax.lemma(d), "the" | "this" | "that"));
        let predicate = syntax.dependent(token, Deprel::Cop).is_some();
        let named_apposition = syntax.dependents(token, &[Deprel::Appos, Deprel::Flat]).next().is_some();
        if !definite || predicate || named_apposition {
            return None;
        }
        let tokens = self.phrase(token);
        let modifiers = self.modifiers(token, tokens.clone());
        let (entity, confidence) = match self.called_so(token, noun, &modifiers) {
            Some(entity) => (entity, 0.75),
            None => (self.fitting(token, noun, &modifiers)?, 0.55),
        };
        Some(Reference { tokens, entity, kind: MentionKind::Nominal, confidence })
    }

    /// From the determiner to the noun.
    fn phrase(&self, token: usize) -> Range<usize> {
        let before = self.syntax.children(token).iter().copied().filter(|&c| {
            c < token
                && !matches!(
                    self.syntax.deprel(c),
                    Deprel::Case | Deprel::Punct | Deprel::Cc | Deprel::Mark | Deprel::Advmod | Deprel::DetPredet
                )
        });
        before.min().unwrap_or(token)..token + 1
    }

    fn modifiers(&self, token: usize, phrase: Range<usize>) -> Modifiers {
        let syntax = self.syntax;
        let mut named = Vec::new();
        let mut words = Vec::new();
        for t in phrase.start..token {
            match self.of_token[t] {
                Some(entity) => named.push(entity),
                None if matches!(syntax.upos(t), Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Verb) => {
                    words.push(syntax.lemma(t).to_owned());
                }
                None => {}
            }
        }
        let mut more = false;
        for &child in syntax.children(token).iter().filter(|&&c| c > token) {
            match syntax.deprel(child) {
                Deprel::Nmod | Deprel::Acl | Deprel::AclRelcl => {
                    more = true;
                    named.extend(self.of_token[child]);
                }
                _ => {}
            }
        }
        Modifiers { words, named, more }
    }

    /// The latest entity that the text has called by this noun, if the modifiers agree with what it was called.
    fn called_so(&self, token: usize, noun: &Noun, modifiers: &Modifiers) -> Option<usize> {
        let agrees = |named: &[usize], words: &[String], lone: bool| {
            let names = modifiers.named.iter().all(|n| named.contains(n) || lone && named.is_empty());
            names && modifiers.words.iter().all(|w| words.contains(w) || lone && !OTHER.contains(&w.as_str()))
        };
        let lemma = self.syntax.lemma(token);
        let mut entities: Vec<usize> = self.facts.of(lemma).map(|f| f.entity).collect();
        entities.sort_unstable();
        entities.dedup();
        let lone = entities.len() == 1;
        let fact = self.facts.of(lemma).find(|f| {
            self.fits(noun, f.entity)
                && agrees(&f.named, &f.words, lone)
                && !modifiers.named.contains(&f.entity)
                && !self.is_co_argument(token, f.entity)
                && (!modifiers.more || !modifiers.named.is_empty())
        })?;
        // What is far away is no longer spoken of, unless nothing else is called so.
        let near = self.window(token).any(|c| c.entity == Some(fact.entity));
        (near || lone).then_some(fact.entity)
    }

    /// The entity of a fitting type in the last sentences, if one is clearly ahead of the others.
    fn fitting(&self, token: usize, noun: &Noun, modifiers: &Modifiers) -> Option<usize> {
        let plain = modifiers.named.is_empty() && !modifiers.more;
        let other = modifiers.words.iter().any(|w| OTHER.contains(&w.as_str()));
        // A place or a country takes no adjective that would not tell it from others.
        if !noun.any || !plain || other || (noun.country || noun.place || noun.person) && !modifiers.words.is_empty() {
            return None;
        }
        let mut best: Option<(f32, usize)> = None;
        let mut second = f32::MIN;
        for candidate in self.window(token) {
            let Some(entity) = candidate.entity.filter(|&e| self.fits(noun, e)) else { continue };
            if self.is_co_argument(token, entity) || noun.person && self.facts.knows(entity) && noun.gender.is_none() {
                continue;
            }
            let score = self.pull(candidate, token) + LEARNED * self.learned(token, candidate.head);
            match best {
                Some((top, e)) if e == entity => best = Some((top.max(score), e)),
                Some((top, _)) if score <= top => second = second.max(score),
                Some((top, _)) => {
                    second = top;
                    best = Some((score, entity));
                }
                None => best = Some((score, entity)),
            }
        }
        best.filter(|(score, _)| score - second >= 0.8 && *score > -1.0).map(|(_, entity)| entity)
    }

    /// Whether the noun may stand for an entity of this type.
    fn fits(&self, noun: &Noun, entity: usize) -> bool {
        let country = self.groups.is_country(entity);
        match self.kinds[entity] {
            MentionType::Person => {
                noun.person
                    && !(noun.gender.is_some() && self.genders[entity].is_some() && noun.gender != self.genders[entity])
            }
            MentionType::Location | MentionType::Norp if country => noun.country,
            MentionType::Location => noun.place,
            MentionType::Organization => noun.organization,
            MentionType::Facility => noun.facility,
            MentionType::Norp => noun.organization,
            _ => false,
        }
    }

    /// Whether the entity is another argument of the verb that the word belongs to.
    pub(super) fn is_co_argument(&self, token: usize, entity: usize) -> bool {
        let syntax = self.syntax;
        let Some(verb) = syntax.head(token) else { return false };
        let arguments = syntax.children(verb).iter().copied().filter(|&c| c != token);
        let mut subject = super::subject_of(syntax, verb).into_iter();
        arguments.chain(subject.next()).filter(|&c| c != token).any(|c| self.entity_at(c) == Some(entity))
    }
}
