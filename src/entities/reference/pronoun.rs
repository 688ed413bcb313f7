//! Personal pronouns.

use super::{Candidate, LEARNED, Reader, Reference, evidence, is_subject, quotes, subject_of};
use crate::entities::gender::Gender;
use crate::extraction::MentionKind;
use crate::model::labels::{Deprel, MentionType, Upos};

/// What a pronoun asks of its antecedent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Person {
    He,
    She,
    It,
    They,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Plain,
    Possessive,
    Reflexive,
}

fn pronoun(word: &str) -> Option<(Person, Form)> {
    Some(match word {
        "he" | "him" => (Person::He, Form::Plain),
        "his" => (Person::He, Form::Possessive),
        "himself" => (Person::He, Form::Reflexive),
        "she" | "her" => (Person::She, Form::Plain),
        "hers" => (Person::She, Form::Possessive),
        "herself" => (Person::She, Form::Reflexive),
        "it" => (Person::It, Form::Plain),
        "its" => (Person::It, Form::Possessive),
        "itself" => (Person::It, Form::Reflexive),
        "they" | "them" => (Person::They, Form::Plain),
        "their" | "theirs" => (Person::They, Form::Possessive),
        "themselves" => (Person::They, Form::Reflexive),
        _ => return None,
    })
}

/// How far ahead the best candidate must be: "it" and "they" have more rivals than the text names.
fn least_lead(person: Person) -> f32 {
    match person {
        Person::He | Person::She => 0.0,
        Person::It => 0.5,
        Person::They => 2.0,
    }
}

impl Reader<'_> {
    /// Resolves the pronoun, and notes it for those that follow.
    pub(super) fn read_pronoun(&mut self, token: usize) {
        let Some((person, mut form)) = pronoun(&self.syntax.form(token).to_lowercase()) else { return };
        if self.syntax.deprel(token) == Deprel::NmodPoss {
            form = Form::Possessive;
        }
        if self.is_expletive(token, person) {
            return;
        }
        let reflexive = || {
            let subject = self.syntax.head(token).and_then(|v| subject_of(self.syntax, v))?;
            Some((self.entity_at(subject)?, 0.8))
        };
        let antecedent = match form {
            Form::Reflexive => reflexive(),
            Form::Possessive | Form::Plain => self.antecedent(token, person, form),
        };
        let entity = antecedent.map(|(entity, confidence)| {
            let kind = MentionKind::Pronoun;
            self.found.push(Reference { tokens: token..token + 1, entity, kind, confidence });
            self.resolved.insert(token, entity);
            self.seen[entity] += 1;
            entity
        });
        self.candidates.push(Candidate {
            head: token,
            entity,
            is_name: false,
            person: matches!(person, Person::He | Person::She),
            plural: person == Person::They,
            gender: gender(person),
            role: super::role(self.syntax, token),
        });
    }

    /// The best candidate and the confidence in it.
    fn antecedent(&self, token: usize, person: Person, form: Form) -> Option<(usize, f32)> {
        let mut best: Option<(f32, &Candidate)> = None;
        let mut second = f32::MIN;
        let excluded = self.excluded(token, form);
        let ahead = self.ahead(token, person);
        for candidate in ahead.iter().chain(self.window(token)) {
            if !self.agrees(candidate, person) || self.is_barred(candidate, token, form, &excluded) {
                continue;
            }
            let score = self.score(candidate, token, person, form);
            match best {
                Some((top, c)) if same(c, candidate) => best = Some((top.max(score), c)),
                Some((top, _)) if score <= top => second = second.max(score),
                Some((top, _)) => {
                    second = top;
                    best = Some((score, candidate));
                }
                None => best = Some((score, candidate)),
            }
        }
        let (score, candidate) = best?;
        let lead = (score - second).min(3.0);
        (lead >= least_lead(person)).then_some((candidate.entity?, 0.5 + 0.1 * lead))
    }

    /// How well the candidate fits, by rules and by what the network has learned, where it has.
    fn score(&self, candidate: &Candidate, token: usize, person: Person, form: Form) -> f32 {
        match person {
            Person::He | Person::She => {
                let signs = self.signs(candidate, token, person, form);
                let place = |word: usize| self.syntax.span(word..word + 1).start;
                // training/fit_evidence.py reads these to fit the signs' weights.
                tracing::trace!(pronoun = place(token), candidate = place(candidate.head), candidate.entity, ?signs);
                evidence::score(&signs)
            }
            Person::It | Person::They => {
                let rules = self.pull(candidate, token) + self.preference(candidate, token, person, form);
                rules + LEARNED * self.learned(token, candidate.head)
            }
        }
    }

    fn agrees(&self, candidate: &Candidate, person: Person) -> bool {
        let kind = candidate.entity.map(|e| self.kinds[e]);
        let wanted = gender(person);
        match person {
            Person::He | Person::She => {
                let known = candidate.entity.map_or(candidate.gender, |e| self.genders[e]);
                candidate.person && !candidate.plural && (known.is_none() || known == wanted)
            }
            Person::It => {
                use MentionType::{Facility, Location, Misc, Norp, Organization, Product};
                let named =
                    kind.is_none_or(|k| matches!(k, Organization | Location | Facility | Product | Misc | Norp));
                // "Iranian" before a noun is not what "it" means.
                let modifier = candidate.is_name && self.syntax.upos(candidate.head) == Upos::Adj;
                !candidate.person && !candidate.plural && named && !modifier
            }
            Person::They => {
                let body = matches!(kind, Some(MentionType::Organization | MentionType::Norp));
                candidate.plural || candidate.is_name && body && self.syntax.upos(candidate.head) != Upos::Adj
            }
        }
    }

    /// What speaks for the candidate of "it" or "they" besides its own prominence.
    fn preference(&self, candidate: &Candidate, token: usize, person: Person, form: Form) -> f32 {
        let syntax = self.syntax;
        let mut preference = 0.0;
        if is_subject(syntax.deprel(token)) && is_subject(syntax.deprel(candidate.head)) {
            preference += 0.5;
        }
        // The subject of the clause that a possessive stands in.
        if form == Form::Possessive && self.clause_subject(token) == Some(candidate.head) {
            preference += 0.7;
        }
        if self.speaks_on(candidate, token) {
            preference += 1.0;
        }
        // Cities and works are seldom taken up by a pronoun.
        if let Some(entity) = candidate.entity
            && person == Person::It
            && self.kinds[entity] != MentionType::Organization
            && !self.groups.is_country(entity)
        {
            preference -= 0.7;
        }
        preference
    }

    /// Whether the candidate spoke last and the pronoun speaks now.
    pub(super) fn speaks_on(&self, candidate: &Candidate, token: usize) -> bool {
        let syntax = self.syntax;
        let speaks = |verb| quotes::is_speech(syntax.lemma(verb));
        is_subject(syntax.deprel(token))
            && syntax.head(token).is_some_and(speaks)
            && self.last_speaker.is_some_and(|(speaker, sentence)| {
                candidate.entity == Some(speaker) && syntax.sentence(token) - sentence <= 2
            })
    }

    /// "It" that stands for nothing: "it is clear that", "it rained".
    fn is_expletive(&self, token: usize, person: Person) -> bool {
        let syntax = self.syntax;
        if person != Person::It {
            return false;
        }
        let Some(head) = syntax.head(token) else { return syntax.deprel(token) == Deprel::Expl };
        let clause =
            || syntax.dependents(head, &[Deprel::Csubj, Deprel::CsubjPass, Deprel::CsubjOuter]).next().is_some();
        let predicate = || {
            syntax.dependent(head, Deprel::Cop).is_some()
                && syntax.dependents(head, &[Deprel::Ccomp, Deprel::AclRelcl, Deprel::Advcl]).any(|c| c > head)
        };
        let weather = matches!(syntax.lemma(head), "rain" | "snow" | "seem" | "appear" | "turn" | "take");
        syntax.deprel(token) == Deprel::Expl || is_subject(syntax.deprel(token)) && (clause() || predicate() || weather)
    }

    /// "I" and "my" in direct speech stand for the person who speaks it.
    pub(super) fn read_first_persons(&mut self) {
        for token in 0..self.syntax.len() {
            if self.syntax.upos(token) != Upos::Pron
                || !matches!(self.syntax.form(token), "I" | "me" | "my" | "My" | "myself" | "mine")
            {
                continue;
            }
            let speaker = self.quotes.speaker(token).and_then(|s| self.entity_at(s));
            if let Some(entity) = speaker.filter(|&e| self.kinds[e] == MentionType::Person) {
                let kind = MentionKind::Pronoun;
                self.found.push(Reference { tokens: token..token + 1, entity, kind, confidence: 0.7 });
            }
        }
    }
}

/// The gender that a pronoun tells.
pub(super) fn gender_of(word: &str) -> Option<Gender> {
    pronoun(&word.to_lowercase()).and_then(|(person, _)| gender(person))
}

pub(super) fn gender(person: Person) -> Option<Gender> {
    match person {
        Person::He => Some(Gender::Male),
        Person::She => Some(Gender::Female),
        Person::It | Person::They => None,
    }
}

/// Whether two candidates are one thing.
fn same(a: &Candidate, b: &Candidate) -> bool {
    a.entity.is_some() && a.entity == b.entity || a.head == b.head
}
