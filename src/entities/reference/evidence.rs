//! What speaks for a candidate as the antecedent of "he" or "she", each sign with its weight.
//!
//! The signs are the known ones (grammatical role and parallel roles, distance, number of mentions, command, gender) and
//! the network's score.
//! The weights make a linear score, of which only differences between candidates count: that of a log-linear model over
//! the candidates of a pronoun, fitted by training/fit_evidence.py.

use super::pronoun::{Form, Person, gender};
use super::{Candidate, MOST_CANDIDATES, Reader, is_subject};
use crate::model::labels::{Deprel, Upos};
use crate::syntax::Syntax;

/// A sign and its weight.
macro_rules! signs {
    ($($(#[$doc:meta])* $sign:ident = $weight:literal),+ $(,)?) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum Sign { $($(#[$doc])* $sign),+ }
        const WEIGHTS: &[f32] = &[$($weight),+];
    };
}

signs! {
    Subject = 0.28,
    PassiveSubject = 0.26,
    Object = 0.09,
    Oblique = -0.11,
    Agent = -0.11,
    Possessor = -0.05,
    Root = 0.11,
    /// A noun before a noun, a title, a vocative.
    Modifier = -0.09,
    /// "of", "with", ... after a noun, and all that is not told here.
    Attribute = -0.39,
    /// Not the first of those it is joined with.
    Conjunct = -0.25,
    Apposition = 0.29,
    /// "When Russell came, ..." is about somebody else.
    SubordinateSubject = -0.43,
    InBrackets = 0.01,
    SentencesBack = -1.23,
    SameSentence = 0.67,
    PreviousSentence = -0.11,
    /// In sixties of words.
    Words = -0.89,
    /// Share of the names of persons in the text that are its own.
    Topic = 0.30,
    /// The first person that the text names.
    FirstNamed = 0.11,
    FirstInSentence = -0.43,
    LatestSubject = 0.41,
    Name = 1.24,
    FullName = -0.20,
    Pronoun = -0.71,
    /// Without a name in the text.
    Nameless = -0.54,
    /// Known to be of the pronoun's gender.
    Gender = 0.61,
    /// Of the pronoun's gender, or of the other, if its name is a first name.
    LikelyGender = 0.32,
    UnlikelyGender = -0.64,
    ParallelSubject = 0.41,
    ParallelPossessor = 0.07,
    /// Subject of the clause that a possessive stands in.
    OwnSubject = 0.26,
    /// Another word of the clause that a possessive stands in.
    OwnClause = 0.24,
    /// Subject of a clause above that of the pronoun.
    Commands = -0.06,
    /// Within the phrase of a commanding subject, and not its head.
    InCommander = 0.00,
    /// Spoke last, before a verb of speech.
    Speaker = -0.04,
    /// Named after the pronoun.
    Ahead = 0.70,
    PronounSubjectAhead = 0.06,
    /// What the network has learned of the pair, and the same where both stand in one sentence.
    Network = 1.10,
    NetworkInSentence = 0.04,
}

/// Scores of the network come to about this at most.
const NETWORK_SCALE: f32 = 5.0;

/// The signs of one candidate.
pub(super) type Signs = [f32; WEIGHTS.len()];

pub(super) fn score(signs: &Signs) -> f32 {
    signs.iter().zip(WEIGHTS).map(|(s, w)| s * w).sum()
}

impl Reader<'_> {
    pub(super) fn signs(&self, candidate: &Candidate, token: usize, person: Person, form: Form) -> Signs {
        let mut signs = [0.0; WEIGHTS.len()];
        self.roles(candidate, &mut signs);
        self.nearness(candidate, token, &mut signs);
        self.prominence(candidate, &mut signs);
        self.agreement(candidate, person, &mut signs);
        self.parallels(candidate, token, form, &mut signs);
        self.command(candidate, token, form, &mut signs);
        let network = self.learned(token, candidate.head) / NETWORK_SCALE;
        signs[Sign::Network as usize] = network;
        signs[Sign::NetworkInSentence as usize] = network * signs[Sign::SameSentence as usize];
        signs
    }

    fn roles(&self, candidate: &Candidate, signs: &mut Signs) {
        let syntax = self.syntax;
        let (at, conjunct, apposition) = governor(syntax, candidate.head);
        let role = match syntax.deprel(at) {
            Deprel::Nsubj | Deprel::NsubjOuter => Sign::Subject,
            Deprel::NsubjPass => Sign::PassiveSubject,
            Deprel::Obj | Deprel::Iobj => Sign::Object,
            Deprel::Obl => Sign::Oblique,
            Deprel::OblAgent => Sign::Agent,
            Deprel::NmodPoss => Sign::Possessor,
            Deprel::Root => Sign::Root,
            Deprel::Compound | Deprel::Amod | Deprel::NmodDesc | Deprel::Vocative => Sign::Modifier,
            _ => Sign::Attribute,
        };
        signs[role as usize] = 1.0;
        signs[Sign::Conjunct as usize] = f32::from(conjunct);
        signs[Sign::Apposition as usize] = f32::from(apposition);
        let subordinate = is_subject(syntax.deprel(at)) && syntax.head(at).is_some_and(|v| is_subordinate(syntax, v));
        signs[Sign::SubordinateSubject as usize] = f32::from(subordinate);
        let start = syntax.sentence_tokens(syntax.sentence(candidate.head)).start;
        let before = (start..candidate.head).rev().find(|&t| matches!(syntax.form(t), "(" | ")"));
        signs[Sign::InBrackets as usize] = f32::from(before.is_some_and(|t| syntax.form(t) == "("));
    }

    fn nearness(&self, candidate: &Candidate, token: usize, signs: &mut Signs) {
        let syntax = self.syntax;
        let (here, there) = (syntax.sentence(token), syntax.sentence(candidate.head));
        signs[Sign::SentencesBack as usize] = here.abs_diff(there) as f32;
        signs[Sign::SameSentence as usize] = f32::from(here == there);
        signs[Sign::PreviousSentence as usize] = f32::from(here == there + 1);
        signs[Sign::Words as usize] = token.abs_diff(candidate.head).min(60) as f32 / 60.0;
        signs[Sign::Ahead as usize] = f32::from(candidate.head > token);
        signs[Sign::PronounSubjectAhead as usize] =
            f32::from(candidate.head > token && is_subject(syntax.deprel(token)));
        let mut nearest = self.candidates.iter().rev().take(MOST_CANDIDATES).filter(|c| c.person);
        let earlier = |c: &Candidate| syntax.sentence(c.head) == there && c.head < candidate.head;
        signs[Sign::FirstInSentence as usize] = f32::from(!nearest.clone().any(earlier));
        let latest = nearest.find(|c| is_subject(syntax.deprel(c.head)));
        signs[Sign::LatestSubject as usize] = f32::from(latest.is_some_and(|c| c.head == candidate.head));
    }

    fn prominence(&self, candidate: &Candidate, signs: &mut Signs) {
        let pronoun = !candidate.is_name && self.syntax.upos(candidate.head) == Upos::Pron;
        signs[Sign::Pronoun as usize] = f32::from(pronoun);
        signs[Sign::Name as usize] = f32::from(candidate.is_name);
        let Some(entity) = candidate.entity else {
            signs[Sign::Nameless as usize] = f32::from(!pronoun);
            return;
        };
        signs[Sign::Topic as usize] = self.shares[entity];
        signs[Sign::FirstNamed as usize] = f32::from(self.first_named == Some(entity));
        let words = |h: usize| (h + 1 < self.of_token.len()) && self.of_token[h + 1] == Some(entity);
        signs[Sign::FullName as usize] = f32::from(candidate.is_name && words(candidate.head));
    }

    fn agreement(&self, candidate: &Candidate, person: Person, signs: &mut Signs) {
        let wanted = gender(person);
        if wanted.is_some() && candidate.entity.map_or(candidate.gender, |e| self.genders[e]) == wanted {
            signs[Sign::Gender as usize] = 1.0;
        } else if let Some(likely) = candidate.entity.and_then(|e| self.likely_genders[e]) {
            let sign = if Some(likely) == wanted { Sign::LikelyGender } else { Sign::UnlikelyGender };
            signs[sign as usize] = 1.0;
        }
    }

    fn parallels(&self, candidate: &Candidate, token: usize, form: Form, signs: &mut Signs) {
        let syntax = self.syntax;
        let (mine, theirs) = (syntax.deprel(token), syntax.deprel(candidate.head));
        signs[Sign::ParallelSubject as usize] = f32::from(is_subject(mine) && is_subject(theirs));
        signs[Sign::ParallelPossessor as usize] = f32::from(form == Form::Possessive && theirs == Deprel::NmodPoss);
        signs[Sign::Speaker as usize] = f32::from(self.speaks_on(candidate, token));
    }

    /// Subjects of the clauses above the pronoun, which command it.
    fn command(&self, candidate: &Candidate, token: usize, form: Form, signs: &mut Signs) {
        let syntax = self.syntax;
        let own = self.clause_subject(token);
        if form == Form::Possessive {
            signs[Sign::OwnSubject as usize] = f32::from(own == Some(candidate.head));
            let same = clause(syntax, token) == clause(syntax, candidate.head);
            signs[Sign::OwnClause as usize] = f32::from(same && own != Some(candidate.head));
        }
        let mut at = token;
        for _ in 0..12 {
            let Some(head) = syntax.head(at) else { break };
            let subject = syntax.children(head).iter().copied().find(|&c| is_subject(syntax.deprel(c)));
            if let Some(subject) = subject.filter(|&s| s != token && !syntax.is_under(token, s) && own != Some(s)) {
                if subject == candidate.head {
                    signs[Sign::Commands as usize] = 1.0;
                } else if syntax.is_under(candidate.head, subject) {
                    signs[Sign::InCommander as usize] = 1.0;
                }
            }
            at = head;
        }
    }
}

/// The word that shows the role of a conjunct or apposition, and whether it was reached by either.
fn governor(syntax: &Syntax<'_>, word: usize) -> (usize, bool, bool) {
    let (mut at, mut conjunct, mut apposition) = (word, false, false);
    for _ in 0..6 {
        match (syntax.deprel(at), syntax.head(at)) {
            (Deprel::Conj, Some(head)) => {
                conjunct = true;
                at = head;
            }
            (Deprel::Appos | Deprel::Flat, Some(head)) => {
                apposition = true;
                at = head;
            }
            _ => break,
        }
    }
    (at, conjunct, apposition)
}

fn is_subordinate(syntax: &Syntax<'_>, verb: usize) -> bool {
    matches!(
        syntax.deprel(verb),
        Deprel::Advcl | Deprel::AclRelcl | Deprel::Acl | Deprel::AdvclRelcl | Deprel::Ccomp | Deprel::Xcomp
    )
}

/// The nearest verb above the word.
fn clause(syntax: &Syntax<'_>, word: usize) -> Option<usize> {
    let mut at = word;
    for _ in 0..10 {
        at = syntax.head(at)?;
        if syntax.upos(at) == Upos::Verb {
            return Some(at);
        }
    }
    None
}
