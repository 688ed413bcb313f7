//! From a word in an argument's place to the entity that it stands for.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::entities::Entities;
use crate::extraction::{Argument, MentionKind, Span};
use crate::lexicon::Lexicon;
use crate::syntax::{Deprel, Syntax, Upos};

/// Parts of an actor that act in its name ("Israeli forces", "the government of Mali").
static ORGANS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(include_str!("../../data/organs.txt")));

static ACTORS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(include_str!("../../data/actors.txt")));

/// Longest run of words that is given for an argument without a name.
const LONGEST_LITERAL: usize = 14;

/// What a word in an argument's place stands for.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The word that was asked for.
    pub word: usize,
    pub argument: Argument,
    /// How sure the step from word to entity is: 1 for a name.
    pub confidence: f32,
}

/// Finds the entities of words.
pub struct Arguments<'s, 'a> {
    syntax: &'s Syntax<'a>,
    entities: &'s Entities,
    /// Nominal and pronoun mentions by their head word.
    by_head: HashMap<usize, (usize, Range<usize>, f32)>,
    /// Name mentions by each of their words.
    names: HashMap<usize, Range<usize>>,
}

impl<'s, 'a> Arguments<'s, 'a> {
    pub fn new(syntax: &'s Syntax<'a>, entities: &'s Entities) -> Self {
        let (mut by_head, mut names) = (HashMap::new(), HashMap::new());
        for mention in &entities.mentions {
            if mention.kind == MentionKind::Name {
                names.extend(mention.tokens.clone().map(|word| (word, mention.tokens.clone())));
            } else {
                by_head.insert(mention.head, (mention.entity, mention.tokens.clone(), 0.7));
            }
        }
        Self { syntax, entities, by_head, names }
    }

    /// Type of the entity.
    pub fn kind(&self, entity: usize) -> &str {
        &self.entities.entities[entity].kind
    }

    /// The entity whose name covers the word.
    pub fn named(&self, word: usize) -> Option<usize> {
        self.entities.of_token[word]
    }

    /// The name mention that covers the word, as words.
    pub fn name_at(&self, word: usize) -> Range<usize> {
        self.names.get(&word).cloned().unwrap_or(word..word + 1)
    }

    fn entity(&self, word: usize, entity: usize, words: Range<usize>, confidence: f32) -> Resolved {
        Resolved { word, argument: Argument { entity: Some(entity), span: self.syntax.span(words) }, confidence }
    }

    /// What the word stands for; an argument without an entity where that can't be told.
    pub fn resolve(&self, word: usize) -> Resolved {
        if let Some(found) = self.by_name(word, 2) {
            return found;
        }
        let span = self.literal_span(word);
        Resolved { word, argument: Argument { entity: None, span }, confidence: 0.6 }
    }

    /// The entity that the word stands for, by its name, by reference, or by the name inside its phrase.
    fn by_name(&self, word: usize, depth: usize) -> Option<Resolved> {
        let s = self.syntax;
        if let Some(entity) = self.named(word) {
            let words = self.name_at(word);
            return Some(self.entity(word, entity, words, 1.0));
        }
        if let Some((entity, words, confidence)) = self.by_head.get(&word) {
            return Some(self.entity(word, *entity, words.clone(), *confidence));
        }
        if depth == 0 {
            return None;
        }
        // "the leader of Hamas, Ismail Haniyeh", "minister" heading "minister X"
        let beside = [Deprel::Appos, Deprel::Flat, Deprel::NmodDesc];
        for part in s.dependents(word, &beside) {
            if let Some(entity) = self.named(part).filter(|&e| matches!(self.kind(e), "PERSON" | "ORGANIZATION")) {
                return Some(self.entity(word, entity, self.name_at(part), 0.9));
            }
        }
        // "Hezbollah – an Iran-backed group": the description stands for the name that it follows.
        let follows = matches!(s.deprel(word), Deprel::Appos | Deprel::Parataxis | Deprel::NmodUnmarked | Deprel::Dep);
        if let Some(head) =
            s.head(word).filter(|&h| follows && h < word && s.upos(word) == Upos::Noun && s.case(word).is_none())
            && let Some(entity) =
                self.named(head).filter(|&e| matches!(self.kind(e), "PERSON" | "ORGANIZATION" | "LOCATION"))
        {
            return Some(self.entity(word, entity, self.name_at(head), 0.9));
        }
        if ORGANS.contains(s.lemma(word)) {
            let before = [Deprel::Amod, Deprel::Compound, Deprel::NmodPoss];
            let of = s.dependents(word, &[Deprel::Nmod]).filter(|&c| matches!(s.case(c).as_deref(), Some("of" | "in")));
            for part in s.dependents(word, &before).chain(of) {
                if let Some(found) = self.by_name(part, depth - 1) {
                    let is_actor = found.argument.entity.is_some_and(|e| self.kind(e) != "PERSON");
                    if is_actor {
                        let words = s.subtree(word, &|c| self.is_clause_like(c)).start..word + 1;
                        return found.argument.entity.map(|e| self.entity(word, e, words, 0.8));
                    }
                }
            }
        }
        None
    }

    /// The entities inside of the phrase: its possessor, or what stands behind one of its prepositions ("Netanyahu's
    /// decision", "the leaders of Serbia and Kosovo"), in the phrase or in one beside it ("my friends, the leaders of ...").
    pub fn inside(&self, word: usize) -> Vec<Resolved> {
        let found = self.within(word);
        let is_own = found.iter().all(|r| self.syntax.upos(r.word) == Upos::Pron);
        let beside = self.syntax.dependent(word, Deprel::Appos).filter(|_| is_own).map(|c| self.within(c));
        beside.filter(|b| !b.is_empty()).unwrap_or(found)
    }

    fn within(&self, word: usize) -> Vec<Resolved> {
        let s = self.syntax;
        let parts = [Deprel::NmodPoss, Deprel::Nmod, Deprel::Amod, Deprel::Compound];
        // What lies in a place is not the place.
        let lies = |c: usize| s.case(c).is_some_and(|p| matches!(p.as_str(), "in" | "at" | "near" | "during" | "like"));
        let named = |c: usize| self.by_name(c, 1).filter(|r| r.argument.entity.is_some());
        let found = s.dependents(word, &parts).filter(|&c| !lies(c) && named(c).is_some());
        let Some(first) = found.min_by_key(|&c| (s.deprel(c) != Deprel::NmodPoss, c)) else { return Vec::new() };
        let mut all: Vec<Resolved> = s.with_conjuncts(first).into_iter().filter_map(named).collect();
        all.iter_mut().for_each(|r| r.confidence *= 0.6);
        all
    }

    fn is_clause_like(&self, word: usize) -> bool {
        matches!(
            self.syntax.deprel(word),
            Deprel::AclRelcl
                | Deprel::Acl
                | Deprel::Appos
                | Deprel::Conj
                | Deprel::Cc
                | Deprel::Punct
                | Deprel::Parataxis
                | Deprel::Case
                | Deprel::Mark
                | Deprel::Cop
                | Deprel::Nsubj
                | Deprel::Aux
                | Deprel::Advcl
                | Deprel::Advmod
        )
    }

    /// The word's phrase without the clauses and lists that hang on it.
    pub fn literal_span(&self, word: usize) -> Span {
        let s = self.syntax;
        let mut words = s.subtree(word, &|c| {
            self.is_clause_like(c) && s.deprel(c) != Deprel::Case
                || s.head(c) == Some(word) && s.deprel(c) == Deprel::Case
        });
        if words.len() > LONGEST_LITERAL {
            words = words.start.max(word.saturating_sub(LONGEST_LITERAL / 2))..word + 1;
        }
        s.span(words)
    }

    /// Whether the word is a noun for a person, for a group, or for a part of a state.
    pub fn is_actor(&self, word: usize) -> bool {
        let s = self.syntax;
        // "dozens of activists"
        let of = s.dependents(word, &[Deprel::Nmod]).find(|&c| s.case(c).as_deref() == Some("of"));
        let counted = matches!(s.lemma(word), "dozen" | "hundred" | "thousand" | "million" | "number" | "score");
        let lemma = s.lemma(of.filter(|_| counted).unwrap_or(word));
        ACTORS.contains(lemma) || ORGANS.contains(lemma)
    }

    /// Whether the word may be an argument without a name: a noun.
    pub fn is_noun(&self, word: usize) -> bool {
        matches!(self.syntax.upos(word), Upos::Noun | Upos::Propn)
    }
}
