//! What a pronoun cannot stand for by its place in the sentence, and what it may stand for that is only named after it.

use super::pronoun::{Form, Person};
use super::{Candidate, Reader, is_subject, role, subject_of};
use crate::model::labels::{Deprel, MentionType, Upos};

/// Nouns for what somebody is called: "his real name, Henry Rosenthal".
const NAMES: &[&str] = &["name", "nickname", "pseudonym", "alias"];

impl Reader<'_> {
    /// Entities that cannot be meant: the subject of the same verb, and who speaks the quoted words.
    pub(super) fn excluded(&self, token: usize, form: Form) -> Vec<usize> {
        let syntax = self.syntax;
        let mut excluded = Vec::new();
        excluded.extend(self.quotes.speaker(token).filter(|&s| s != token).and_then(|s| self.entity_at(s)));
        if form == Form::Plain
            && !is_subject(syntax.deprel(token))
            && let Some(verb) = syntax.head(token)
            && !self.is_company(token, verb)
        {
            let subject = subject_of(syntax, verb).filter(|&s| s != token);
            excluded.extend(subject.and_then(|s| self.entity_at(s)));
        }
        excluded
    }

    /// "brought with him": along with the subject itself.
    fn is_company(&self, token: usize, verb: usize) -> bool {
        let carries = matches!(self.syntax.lemma(verb), "bring" | "take" | "carry" | "have");
        carries && self.syntax.case(token).as_deref() == Some("with")
    }

    pub(super) fn is_barred(&self, candidate: &Candidate, token: usize, form: Form, excluded: &[usize]) -> bool {
        let syntax = self.syntax;
        if candidate.entity.is_some_and(|e| excluded.contains(&e)) {
            return true;
        }
        // Within its own phrase ("his brother John"), and the noun that it belongs to or is joined with.
        let mut at = token;
        for _ in 0..8 {
            let clause = matches!(
                syntax.deprel(at),
                Deprel::AclRelcl | Deprel::Acl | Deprel::Advcl | Deprel::Ccomp | Deprel::Parataxis
            );
            let Some(head) = syntax.head(at).filter(|_| !clause && !is_subject(syntax.deprel(at))) else { break };
            let verb = matches!(syntax.upos(head), Upos::Verb | Upos::Aux);
            if verb {
                // A thing without a name that is the subject of the same verb.
                let subject = subject_of(syntax, head);
                return form == Form::Plain && at == token && subject == Some(candidate.head);
            }
            // "John and his brother"
            if form == Form::Possessive && syntax.deprel(at) == Deprel::Conj {
                break;
            }
            if head == candidate.head {
                return true;
            }
            at = head;
        }
        false
    }

    /// The person named after the pronoun that it may yet stand for: "In his speech, X said", "When he came, X said".
    pub(super) fn ahead(&self, token: usize, person: Person) -> Option<Candidate> {
        if !matches!(person, Person::He | Person::She) {
            return None;
        }
        let head = self.called_after(token).or_else(|| self.subject_ahead(token))?;
        let entity = self.of_token[head].filter(|&e| self.kinds[e] == MentionType::Person)?;
        Some(Candidate {
            head,
            entity: Some(entity),
            is_name: true,
            person: true,
            plural: false,
            gender: self.genders[entity],
            role: role(self.syntax, head),
        })
    }

    /// "his real name, Henry Rosenthal"
    fn called_after(&self, token: usize) -> Option<usize> {
        let noun = self.syntax.head(token).filter(|&n| NAMES.contains(&self.syntax.lemma(n)))?;
        self.syntax.dependents(noun, &[Deprel::Appos, Deprel::Flat]).find(|&c| c > token && self.of_token[c].is_some())
    }

    /// The subject of the clause that the phrase or clause with the pronoun opens.
    fn subject_ahead(&self, token: usize) -> Option<usize> {
        let syntax = self.syntax;
        let mut at = token;
        for _ in 0..10 {
            let head = syntax.head(at)?;
            let opens = matches!(syntax.deprel(at), Deprel::Obl | Deprel::Advcl | Deprel::OblUnmarked);
            if opens && head > at {
                let subject = syntax.children(head).iter().copied().find(|&c| is_subject(syntax.deprel(c)));
                return subject.filter(|&s| s > token);
            }
            at = head;
        }
        None
    }

    /// The subject of the nearest verb above the word.
    pub(super) fn clause_subject(&self, token: usize) -> Option<usize> {
        let mut at = token;
        for _ in 0..10 {
            at = self.syntax.head(at)?;
            if self.syntax.upos(at) == Upos::Verb {
                return subject_of(self.syntax, at);
            }
        }
        None
    }
}
