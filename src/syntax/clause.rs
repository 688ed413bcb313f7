//! Clauses: the predicate round a word, and its tense.

use super::{Deprel, Syntax, Upos, VerbForm};
use crate::extraction::Tense;

impl Syntax<'_> {
    /// Whether the word is the predicate of a clause with a copula ("is a backer of").
    pub fn has_copula(&self, word: usize) -> bool {
        self.dependent(word, Deprel::Cop).is_some()
    }

    /// The verb, or predicate with a copula, in whose clause the word stands.
    pub fn clause(&self, word: usize) -> usize {
        let mut at = word;
        loop {
            let verbal = self.upos(at) == Upos::Verb && !matches!(self.deprel(at), Deprel::Amod | Deprel::Compound);
            if verbal || self.has_copula(at) {
                return at;
            }
            match self.head(at) {
                Some(head) => at = head,
                None => return at,
            }
        }
    }

    /// The tense of a clause, given its predicate.
    pub fn tense(&self, clause: usize) -> Tense {
        let mut tense = match self.verb_form(clause) {
            VerbForm::Past => Tense::Past,
            VerbForm::Present | VerbForm::ThirdPerson => Tense::Present,
            VerbForm::Participle if self.dependents(clause, &[Deprel::Aux, Deprel::AuxPass]).next().is_none() => {
                Tense::Past
            }
            _ => Tense::Unspecified,
        };
        for auxiliary in self.dependents(clause, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]) {
            match (self.lemma(auxiliary), self.verb_form(auxiliary)) {
                ("will" | "shall", _) => return Tense::Future,
                ("have", VerbForm::Present | VerbForm::ThirdPerson) | (_, VerbForm::Past) => tense = Tense::Past,
                (_, VerbForm::Present | VerbForm::ThirdPerson) => tense = Tense::Present,
                _ => {}
            }
        }
        tense
    }
}
