//! What a clause says of its subject, after the clause types of ClausIE: verb with object, receiver, complement and
//! adverbials, or a copula with its predicate.

use super::group::{group, lead};
use super::phrase::{Piece, Wording};
use super::span::argument;
use super::{Open, nominal, propose};
use crate::relations::{Candidate, Context};
use crate::syntax::{Deprel, Syntax, Upos, VerbForm};

/// Most subjects and most objects of one predicate.
const ENDS: usize = 6;

/// Adverbials and agents.
const OBLIQUE: &[Deprel] = &[Deprel::Obl, Deprel::OblAgent, Deprel::OblUnmarked];

/// A clause with what all its relations share.
struct Clause<'c, 's, 'a> {
    context: &'c Context<'s, 'a>,
    predicate: usize,
    subjects: Vec<usize>,
    /// The words before the group, of verbs that the predicate completes.
    lead: Vec<Piece>,
    group: Vec<Piece>,
    score: f32,
}

/// Appends the relations of the predicate `word`.
pub fn read(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let s = context.syntax;
    let mut subjects = subjects(context, word);
    subjects.truncate(ENDS);
    let (mut before, top) = lead(s, word);
    let mut upper = context.frames.subjects(top);
    upper.retain(|&u| nominal(s, u));
    upper.truncate(ENDS);
    let controlled = s.deprel(word) == Deprel::Xcomp && object_above(s, word) && upper != subjects;
    if controlled {
        // "urged Y to meet Z": Y meets Z, and X urged Y to meet Z.
        let clause =
            Clause { context, predicate: word, subjects: upper, lead: before, group: group(s, word), score: 0.6 };
        clause.read(found);
        before = Vec::new();
    }
    let finite = s.dependents(word, &[Deprel::Nsubj, Deprel::NsubjPass]).next().is_some() || top != word;
    let score = match (controlled, finite) {
        (true, _) => 0.45,
        (_, true) => 0.9,
        _ => 0.75,
    };
    Clause { context, predicate: word, subjects, lead: before, group: group(s, word), score }.read(found);
}

/// Whether the verb above has an object of its own, which is the subject of the infinitive.
fn object_above(s: &Syntax<'_>, word: usize) -> bool {
    s.head(word).is_some_and(|h| s.dependents(h, &[Deprel::Obj, Deprel::Iobj]).any(|o| o > h && o < word))
}

fn subjects(context: &Context<'_, '_>, word: usize) -> Vec<usize> {
    let s = context.syntax;
    let mut found = match (s.deprel(word), s.verb_form(word), s.head(word)) {
        (Deprel::Acl, VerbForm::Participle, Some(noun)) => vec![noun],
        _ => context.frames.subjects(word),
    };
    found.retain(|&x| nominal(s, x));
    found
}

impl Clause<'_, '_, '_> {
    fn read(&self, found: &mut Vec<Candidate>) {
        if self.subjects.is_empty() {
            return;
        }
        if self.context.syntax.has_copula(self.predicate) || self.context.syntax.upos(self.predicate) != Upos::Verb {
            self.copula(found);
        } else {
            self.verb(found);
        }
    }

    fn verb(&self, found: &mut Vec<Candidate>) {
        let (s, frames) = (self.context.syntax, &self.context.frames);
        let passive = frames.is_passive(self.predicate);
        let mut objects: Vec<usize> = match passive {
            true => s.dependents(self.predicate, &[Deprel::Obj]).flat_map(|o| s.with_conjuncts(o)).collect(),
            false => frames.patients(self.predicate),
        };
        objects.retain(|o| !self.subjects.contains(o));
        objects.truncate(ENDS);
        let receivers = frames.receivers(self.predicate);
        for &receiver in &receivers {
            self.say(receiver, &[], 0.8, found);
        }
        let given: Vec<Piece> = receivers.first().map(|&r| Piece::Noun(argument(s, r), r)).into_iter().collect();
        for &object in &objects {
            self.say(object, &given, 1.0, found);
        }
        let carried = s.dependents(self.predicate, &[Deprel::Obj]).find(|&o| o > self.predicate && nominal(s, o));
        let mut between: Vec<Piece> = given;
        between.extend(carried.map(|o| Piece::Noun(argument(s, o), o)));
        for complement in s.dependents(self.predicate, &[Deprel::Xcomp]).filter(|&c| s.upos(c) != Upos::Verb) {
            self.complement(complement, carried, &between, found);
        }
        self.adverbials(self.predicate, carried, &between, found);
    }

    /// "became president", "made X available to Y".
    fn complement(&self, word: usize, carried: Option<usize>, between: &[Piece], found: &mut Vec<Candidate>) {
        let s = self.context.syntax;
        if s.has_copula(word) {
            return;
        }
        let mut pieces = between.to_vec();
        pieces.extend(case_of(s, word));
        self.say(word, &pieces, 0.9, found);
        let mut through = between.to_vec();
        through.extend(case_of(s, word));
        through.push(Piece::Noun(argument(s, word), word));
        self.adverbials(word, carried, &through, found);
    }

    /// What stands behind a preposition, and times: the object before it, if any, belongs to the relation.
    fn adverbials(&self, under: usize, carried: Option<usize>, between: &[Piece], found: &mut Vec<Candidate>) {
        let s = self.context.syntax;
        let mut count = 0;
        for first in s.dependents(under, OBLIQUE) {
            let first_case = case_of(s, first);
            for word in self.context.frames.through_relative(self.predicate, first) {
                count += 1;
                if count > ENDS || self.subjects.contains(&word) {
                    break;
                }
                let own = case_of(s, word);
                let case = if own.is_empty() || s.deprel(word) != Deprel::Conj { first_case.clone() } else { own };
                // "gave to X a book": the object is still to come.
                let early = carried.is_some_and(|o| self.predicate < first && first < o);
                let mut pieces = if early { Vec::new() } else { between.to_vec() };
                let unmarked = case.is_empty();
                pieces.extend(case);
                self.say(word, &pieces, if unmarked { 0.7 } else { 0.85 }, found);
            }
        }
    }

    /// "is the capital of France", "is in Paris", "is distinct from".
    fn copula(&self, found: &mut Vec<Candidate>) {
        let s = self.context.syntax;
        let word = self.predicate;
        let case = case_of(s, word);
        let same = |c: usize| c == word || !s.has_copula(c) && s.upos(c) == s.upos(word);
        for complement in s.with_conjuncts(word).into_iter().filter(|&c| same(c)).take(ENDS) {
            // "is able to", "is distinct from": the adjective alone says nothing.
            let parts = [Deprel::Obl, Deprel::Nmod, Deprel::Xcomp, Deprel::Ccomp, Deprel::Advcl];
            let completed = s.dependents(complement, &parts).any(|c| c > complement);
            if s.upos(complement) != Upos::Adj || !completed {
                self.say(complement, &case, 1.0, found);
            }
        }
        let mut through = case.clone();
        through.push(Piece::Noun(head_words(s, word), word));
        for part in s.dependents(word, &[Deprel::Nmod]).take(ENDS) {
            let mut pieces = through.clone();
            let preposition = case_of(s, part);
            if preposition.is_empty() {
                continue;
            }
            pieces.extend(preposition);
            self.say(part, &pieces, 0.7, found);
        }
        let mut whole = case;
        whole.push(Piece::Noun(argument(s, word), word));
        self.adverbials(word, None, &whole, found);
    }

    /// Proposes the relation from each subject to `object`, with `between` behind the group.
    fn say(&self, object: usize, between: &[Piece], weight: f32, found: &mut Vec<Candidate>) {
        let s = self.context.syntax;
        if !nominal(s, object) && s.upos(object) != Upos::Adj || self.subjects.contains(&object) {
            return;
        }
        let mut pieces = self.lead.clone();
        pieces.extend(self.group.iter().cloned());
        pieces.extend(between.iter().cloned());
        let wording = Wording::new(s, &pieces, self.predicate);
        for &subject in &self.subjects {
            let open = Open { wording: wording.clone(), score: self.score * weight, rule: "open" };
            propose(self.context, subject, object, self.predicate, open, found);
        }
    }
}

/// The words of a nominal predicate up to its head: "the capital".
fn head_words(s: &Syntax<'_>, word: usize) -> std::ops::Range<usize> {
    argument(s, word).start..word + 1
}

/// The preposition of a word, all words of a fixed one.
pub fn case_of(s: &Syntax<'_>, word: usize) -> Vec<Piece> {
    let mut words: Vec<usize> = Vec::new();
    for case in s.dependents(word, &[Deprel::Case]).filter(|&c| !matches!(s.lemma(c), "'s" | "'")) {
        words.push(case);
        words.extend(s.dependents(case, &[Deprel::Fixed]));
    }
    words.retain(|&w| w < word);
    words.sort_unstable();
    words.into_iter().map(Piece::Word).collect()
}
