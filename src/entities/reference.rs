//! Pronouns and descriptions traced back to the names they stand for.
//!
//! The text is walked once. Everything that later words may point back to is noted as a [`Candidate`], things without a
//! name too, so that "it" is not given to a name when a nearer thing takes it. Only the last sentences are looked at.
//!
//! Confidence of a pronoun: 0.5, and up to 0.3 more by how far its antecedent is ahead of the next candidate.
//! Of a description: 0.75 when the text has called the entity so ("the agency" after "the agency IRNA"), else 0.55.

mod binding;
mod description;
mod evidence;
mod facts;
mod pronoun;
mod quotes;

use std::collections::HashMap;
use std::ops::Range;

use super::gender::{self, Gender};
use super::groups::{self, Groups};
use super::names::Name;
use super::nouns;
use super::salience::is_subject;
use crate::extraction::MentionKind;
use crate::model::labels::{Deprel, MentionType, Upos};
use crate::syntax::Syntax;
use facts::Facts;
use quotes::Quotes;

/// Sentences looked back over.
const WINDOW: usize = 3;
/// Candidates looked back over: a bound for long sentences.
const MOST_CANDIDATES: usize = 80;

/// Learned scores: how well the second word, which stands before, would be the antecedent of the first; none where the
/// network has not seen both at once.
pub type AntecedentScores<'a> = dyn Fn(usize, usize) -> Option<f32> + 'a;

/// How much a learned score counts beside the rules where its weight is not fitted with theirs.
const LEARNED: f32 = 0.3;

/// A pronoun or description and what it stands for.
pub struct Reference {
    pub tokens: Range<usize>,
    pub entity: usize,
    pub kind: MentionKind,
    pub confidence: f32,
}

/// Something that a later word may point back to.
#[derive(Clone, Debug)]
struct Candidate {
    head: usize,
    /// None for things without a name.
    entity: Option<usize>,
    is_name: bool,
    person: bool,
    plural: bool,
    gender: Option<Gender>,
    role: f32,
}

/// Walks a document and finds its references.
pub struct Reader<'a> {
    syntax: &'a Syntax<'a>,
    groups: &'a Groups,
    names: &'a [Name],
    kinds: &'a [MentionType],
    of_token: &'a [Option<usize>],
    scores: Option<&'a AntecedentScores<'a>>,
    genders: Vec<Option<Gender>>,
    /// Of persons named by one word alone, what it would tell if it were a first name: "Bailey" may be either.
    likely_genders: Vec<Option<Gender>>,
    /// Share of the names of persons that are this entity's.
    shares: Vec<f32>,
    /// The first person named.
    first_named: Option<usize>,
    quotes: Quotes,
    facts: Facts,
    candidates: Vec<Candidate>,
    /// Mentions of each entity so far.
    seen: Vec<usize>,
    /// Entities of pronouns and of the heads of descriptions.
    resolved: HashMap<usize, usize>,
    last_speaker: Option<(usize, usize)>,
    found: Vec<Reference>,
}

impl<'a> Reader<'a> {
    pub fn new(
        syntax: &'a Syntax<'a>,
        names: &'a [Name],
        groups: &'a Groups,
        kinds: &'a [MentionType],
        of_token: &'a [Option<usize>],
        scores: Option<&'a AntecedentScores<'a>>,
    ) -> Self {
        let persons = || groups.of_name.iter().copied().filter(|&e| kinds[e] == MentionType::Person);
        let mut shares = vec![0.0; kinds.len()];
        let all = persons().count().max(1) as f32;
        persons().for_each(|e| shares[e] += 1.0 / all);
        let mut genders = vec![None; kinds.len()];
        for (name, &entity) in names.iter().zip(&groups.of_name) {
            if kinds[entity] == MentionType::Person && name.is_person() && genders[entity].is_none() {
                let first = name.words.first().filter(|_| name.words.len() > 1);
                genders[entity] = groups::title(syntax, name).or_else(|| first.and_then(|w| gender::of_first_name(w)));
            }
        }
        let mut likely_genders = vec![None; kinds.len()];
        for (name, &entity) in names.iter().zip(&groups.of_name) {
            if name.is_person() && name.words.len() == 1 && genders[entity].is_none() {
                likely_genders[entity] = gender::of_first_name(&name.words[0]);
            }
        }
        Self {
            syntax,
            groups,
            names,
            kinds,
            of_token,
            scores,
            genders,
            likely_genders,
            shares,
            first_named: persons().next(),
            quotes: Quotes::read(syntax),
            facts: Facts::default(),
            candidates: Vec::new(),
            seen: vec![0; kinds.len()],
            resolved: HashMap::new(),
            last_speaker: None,
            found: Vec::new(),
        }
    }

    /// Reads the document twice where persons of unknown gender are named: first to see which pronouns they attract.
    pub fn read(mut self) -> Vec<Reference> {
        let unknown = |&e: &usize| self.kinds[e] == MentionType::Person && self.genders[e].is_none();
        if (0..self.kinds.len()).any(|e| unknown(&e)) {
            self.walk();
            let genders = self.voted_genders();
            let again = Self::new(self.syntax, self.names, self.groups, self.kinds, self.of_token, self.scores);
            self = Self { genders, ..again };
        }
        self.walk();
        self.read_first_persons();
        self.found
    }

    /// Genders, for persons without a clear one by the pronouns that were traced to them.
    fn voted_genders(&self) -> Vec<Option<Gender>> {
        let mut votes = vec![(0.0, 0.0); self.kinds.len()];
        for reference in self.found.iter().filter(|r| r.kind == MentionKind::Pronoun) {
            let (male, female) = &mut votes[reference.entity];
            match pronoun::gender_of(self.syntax.form(reference.tokens.start)) {
                Some(Gender::Male) => *male += reference.confidence - 0.4,
                Some(Gender::Female) => *female += reference.confidence - 0.4,
                None => {}
            }
        }
        let clear = |a: f32, b: f32| a > 0.3 && a > 2.0 * b;
        votes
            .iter()
            .zip(&self.genders)
            .map(|(&(male, female), known)| match known {
                Some(gender) => Some(*gender),
                None if clear(male, female) => Some(Gender::Male),
                None if clear(female, male) => Some(Gender::Female),
                None => None,
            })
            .collect()
    }

    fn walk(&mut self) {
        let mut names = self.names.iter().zip(&self.groups.of_name).peekable();
        let mut token = 0;
        while token < self.syntax.len() {
            if let Some((name, &entity)) = names.next_if(|(n, _)| n.tokens.start <= token) {
                self.note_name(name, entity);
                token = token.max(name.tokens.end);
                continue;
            }
            match self.syntax.upos(token) {
                Upos::Pron | Upos::Det => self.read_pronoun(token),
                Upos::Noun => self.read_noun(token),
                Upos::Verb => self.note_speaker(token),
                _ => {}
            }
            token += 1;
        }
    }

    fn note_name(&mut self, name: &Name, entity: usize) {
        let head = self.syntax.head_of(name.tokens.clone());
        self.facts.note(self.syntax, name, head, entity, self.of_token);
        if self.genders[entity].is_none() && self.kinds[entity] == MentionType::Person {
            self.genders[entity] = self.facts.gender(entity);
        }
        let plural = name.kind == MentionType::Norp && self.syntax.form(head).ends_with('s');
        self.seen[entity] += 1;
        self.candidates.push(Candidate {
            head,
            entity: Some(entity),
            is_name: true,
            person: self.kinds[entity] == MentionType::Person,
            plural,
            gender: self.genders[entity],
            role: role(self.syntax, head),
        });
    }

    /// A common noun: a description of an entity, or a thing without a name that may be pointed back to.
    fn read_noun(&mut self, token: usize) {
        const TIMES: &[&str] =
            &["year", "month", "week", "day", "hour", "minute", "time", "percent", "morning", "night"];
        let syntax = self.syntax;
        let lemma = syntax.lemma(token);
        let argument = !matches!(
            syntax.deprel(token),
            Deprel::Compound
                | Deprel::Amod
                | Deprel::Appos
                | Deprel::NmodDesc
                | Deprel::NmodUnmarked
                | Deprel::OblUnmarked
                | Deprel::Fixed
                | Deprel::Flat
                | Deprel::Advmod
                | Deprel::Vocative
        );
        if !argument || TIMES.contains(&lemma) {
            return;
        }
        let noun = nouns::noun(lemma);
        let plural = !syntax.form(token).eq_ignore_ascii_case(lemma) || lemma == "people";
        let mut entity = None;
        if let Some(reference) = noun.filter(|_| !plural).and_then(|n| self.describe(token, n)) {
            entity = Some(reference.entity);
            self.resolved.insert(token, reference.entity);
            self.seen[reference.entity] += 1;
            self.found.push(reference);
        }
        let person = noun.is_some_and(|n| n.person && !n.organization) || lemma == "people";
        self.candidates.push(Candidate {
            head: token,
            entity,
            is_name: false,
            person: entity.map_or(person, |e| self.kinds[e] == MentionType::Person),
            plural,
            gender: entity.map_or(noun.and_then(|n| n.gender), |e| self.genders[e]),
            role: role(syntax, token),
        });
    }

    /// Remembers who spoke last: "he said" after a quotation is mostly that person.
    fn note_speaker(&mut self, verb: usize) {
        if quotes::is_speech(self.syntax.lemma(verb))
            && let Some(subject) = subject_of(self.syntax, verb)
            && let Some(entity) = self.entity_at(subject)
        {
            self.last_speaker = Some((entity, self.syntax.sentence(verb)));
        }
    }

    /// The entity that the word names or, as far as has been read, stands for.
    fn entity_at(&self, token: usize) -> Option<usize> {
        self.of_token[token].or_else(|| self.resolved.get(&token).copied())
    }

    /// Candidates of the last sentences, the nearest first.
    fn window(&self, token: usize) -> impl Iterator<Item = &Candidate> {
        let first = self.syntax.sentence(token).saturating_sub(WINDOW);
        let syntax = self.syntax;
        self.candidates.iter().rev().take(MOST_CANDIDATES).take_while(move |c| syntax.sentence(c.head) >= first)
    }

    /// What the network has learned of the pair; 0 where it has not seen both at once.
    fn learned(&self, word: usize, candidate: usize) -> f32 {
        self.scores.and_then(|score| score(word, candidate)).unwrap_or(0.0)
    }

    /// How strongly the candidate offers itself to a word: by its role, its distance, and how often it was mentioned.
    /// These weights, and those of "it" and "they", were set on the train part of GUM; for "he" and "she" see `evidence`.
    fn pull(&self, candidate: &Candidate, token: usize) -> f32 {
        let distance = (self.syntax.sentence(token) - self.syntax.sentence(candidate.head)) as f32;
        let words = token.saturating_sub(candidate.head).min(60) as f32;
        let often = candidate.entity.map_or(0, |e| self.seen[e].min(6)) as f32;
        candidate.role - 1.5 * distance - 0.02 * words + 0.35 * often
    }
}

/// The subject of a verb, or of the verb that it is coordinated with or open to.
fn subject_of(syntax: &Syntax<'_>, verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..6 {
        if let Some(subject) = syntax.children(at).iter().copied().find(|&c| is_subject(syntax.deprel(c))) {
            return Some(subject);
        }
        let head = syntax.head(at)?;
        match syntax.deprel(at) {
            // "asked him to leave": he is to leave.
            Deprel::Xcomp => {
                if let Some(object) = syntax.dependents(head, &[Deprel::Obj, Deprel::Iobj]).next() {
                    return Some(object);
                }
            }
            Deprel::Conj | Deprel::Advcl => {}
            _ => return None,
        }
        at = head;
    }
    None
}

/// How prominent a word's role makes it: subjects first.
fn role(syntax: &Syntax<'_>, word: usize) -> f32 {
    let mut at = word;
    let mut less = 0.0;
    for _ in 0..6 {
        match (syntax.deprel(at), syntax.head(at)) {
            (Deprel::Conj, Some(head)) => {
                less += 0.3;
                at = head;
            }
            (Deprel::Appos | Deprel::Flat, Some(head)) => at = head,
            _ => break,
        }
    }
    let role = match syntax.deprel(at) {
        Deprel::Nsubj | Deprel::NsubjOuter => 3.0,
        Deprel::NsubjPass => 2.8,
        Deprel::OblAgent | Deprel::Root => 2.0,
        Deprel::Obj | Deprel::Iobj => 1.8,
        Deprel::NmodPoss => 1.4,
        Deprel::Obl => 1.3,
        Deprel::Compound | Deprel::Amod | Deprel::NmodDesc | Deprel::Vocative => 0.2,
        _ => 1.0,
    };
    // "When Russell came, ..." is about somebody else.
    let subordinate = is_subject(syntax.deprel(at))
        && syntax.head(at).is_some_and(|verb| {
            matches!(
                syntax.deprel(verb),
                Deprel::Advcl | Deprel::AclRelcl | Deprel::Acl | Deprel::AdvclRelcl | Deprel::Ccomp | Deprel::Xcomp
            )
        });
    role - less - if subordinate { 0.6 } else { 0.0 }
}
