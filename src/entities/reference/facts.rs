//! What the text calls its entities: titles, appositions, predicates, and nouns within names.

use std::collections::HashMap;

use crate::entities::gender::Gender;
use crate::entities::names::Name;
use crate::entities::nouns;
use crate::entities::text::word_key;
use crate::model::labels::{Deprel, MentionType, Upos};
use crate::syntax::Syntax;

/// Facts looked at for one noun, the latest first.
const MOST_FACTS: usize = 32;

/// "Iranian foreign minister" said of an entity.
#[derive(Debug)]
pub struct Fact {
    pub entity: usize,
    /// Dictionary forms of the phrase.
    pub words: Vec<String>,
    /// Entities named in the phrase.
    pub named: Vec<usize>,
}

/// Facts by the noun that heads them.
#[derive(Debug, Default)]
pub struct Facts {
    by_noun: HashMap<String, Vec<Fact>>,
    genders: HashMap<usize, Gender>,
    titled: HashMap<usize, usize>,
}

impl Facts {
    /// The latest facts with this noun.
    pub fn of(&self, noun: &str) -> impl Iterator<Item = &Fact> {
        self.by_noun.get(noun).into_iter().flat_map(|f| f.iter().rev().take(MOST_FACTS))
    }

    /// Gender by what the entity was called ("actress").
    pub fn gender(&self, entity: usize) -> Option<Gender> {
        self.genders.get(&entity).copied()
    }

    /// Whether the entity was called by any noun yet.
    pub fn knows(&self, entity: usize) -> bool {
        self.titled.contains_key(&entity)
    }

    /// Notes what is said of a name by the words in and around it.
    pub fn note(&mut self, syntax: &Syntax<'_>, name: &Name, head: usize, entity: usize, of_token: &[Option<usize>]) {
        self.note_inside(syntax, name, entity);
        self.note_before(syntax, name, entity, of_token);
        let mut phrases: Vec<usize> = syntax.dependents(head, &[Deprel::Appos]).collect();
        if let Some(governor) = syntax.head(head) {
            let copula =
                matches!(syntax.deprel(head), Deprel::Nsubj) && syntax.dependent(governor, Deprel::Cop).is_some();
            let kind = syntax.deprel(head) == Deprel::Nmod && syntax.case(head).as_deref() == Some("of");
            let place = |n: &nouns::Noun| n.place || n.country;
            let of_kind =
                kind && nouns::noun(syntax.lemma(governor)).is_some_and(place) && name.kind == MentionType::Location;
            if copula || of_kind || syntax.deprel(head) == Deprel::Appos {
                phrases.push(governor);
            }
        }
        for noun in phrases {
            if of_token[noun].is_none() && nouns::noun(syntax.lemma(noun)).is_some() {
                let inside = |&c: &usize| !name.tokens.contains(&c);
                let skip = |c: usize| {
                    name.tokens.contains(&c)
                        || !matches!(
                            syntax.deprel(c),
                            Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::NmodPoss
                        )
                };
                let tokens = syntax.subtree(noun, &skip);
                self.add(syntax, noun, tokens.filter(inside), entity, of_token);
            }
        }
    }

    /// "Communist Party", "President Biden": nouns that are part of the name.
    fn note_inside(&mut self, syntax: &Syntax<'_>, name: &Name, entity: usize) {
        for token in name.tokens.clone() {
            let word = word_key(syntax.form(token));
            let fits = nouns::noun(&word).is_some_and(|n| n.person == name.is_person());
            if fits && name.tokens.len() > 1 {
                let words = name.words.clone();
                self.insert(&word, Fact { entity, words, named: Vec::new() });
            }
        }
    }

    /// "Iranian foreign minister Hossein Amirabdollahian"
    fn note_before(&mut self, syntax: &Syntax<'_>, name: &Name, entity: usize, of_token: &[Option<usize>]) {
        let sentence = syntax.sentence_tokens(syntax.sentence(name.tokens.start)).start;
        let mut start = name.tokens.start;
        while start > sentence && name.tokens.start - start < 8 {
            let part = matches!(syntax.upos(start - 1), Upos::Adj | Upos::Noun | Upos::Propn)
                || matches!(syntax.form(start - 1), "-" | "'s" | "’s" | "of" | "and") && start < name.tokens.start;
            if !part || of_token[start - 1] == Some(entity) {
                break;
            }
            start -= 1;
        }
        let phrase = start..name.tokens.start;
        let Some(last) = phrase.end.checked_sub(1).filter(|l| *l >= start && of_token[*l].is_none()) else { return };
        let fits = |t: usize| {
            let person = nouns::noun(syntax.lemma(t)).map(|n| n.person);
            person.is_some_and(|p| p == name.is_person())
        };
        if fits(last) {
            self.add(syntax, last, phrase, entity, of_token);
        }
    }

    fn add(
        &mut self,
        syntax: &Syntax<'_>,
        noun: usize,
        tokens: impl Iterator<Item = usize>,
        entity: usize,
        of_token: &[Option<usize>],
    ) {
        let tokens: Vec<usize> = tokens.take(24).collect();
        let words = tokens.iter().map(|&t| syntax.lemma(t).to_owned()).collect();
        let named = tokens.iter().filter_map(|&t| of_token[t]).filter(|&e| e != entity).collect();
        let lemma = syntax.lemma(noun).to_owned();
        self.insert(&lemma, Fact { entity, words, named });
    }

    fn insert(&mut self, noun: &str, fact: Fact) {
        if let Some(gender) = nouns::noun(noun).and_then(|n| n.gender) {
            self.genders.entry(fact.entity).or_insert(gender);
        }
        *self.titled.entry(fact.entity).or_default() += 1;
        self.by_noun.entry(noun.to_owned()).or_default().push(fact);
    }
}
