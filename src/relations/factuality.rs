//! Whether a relation holds: polarity, modality and tense, from the words round its predicate and those above it.

use std::sync::LazyLock;

use crate::extraction::{Modality, Polarity, Tense};
use crate::lexicon::Lexicon;
use crate::syntax::{Deprel, Syntax, Upos, VerbForm};

macro_rules! lexicon {
    ($name:ident, $file:literal) => {
        static $name: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::new(include_str!(concat!("../../data/factuality/", $file))));
    };
}

lexicon!(NEGATING, "negating.txt");
lexicon!(PLANNING, "planning.txt");
lexicon!(REQUESTING, "requesting.txt");
lexicon!(DOUBTING, "doubting.txt");
lexicon!(DOUBT_WORDS, "doubt-words.txt");

/// Words above a predicate that are asked for their effect on it.
const DEPTH: usize = 5;

/// What the text says of a relation's holding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factuality {
    pub polarity: Polarity,
    pub modality: Modality,
    pub tense: Tense,
}

/// Reads the factuality of what `predicate` says.
pub fn read(syntax: &Syntax<'_>, predicate: usize) -> Factuality {
    let clause = syntax.clause(predicate);
    let mut reading = Reading { syntax, negated: false, modality: Modality::Actual };
    reading.own(predicate);
    // What is presupposed inside of another phrase ("denied a part in the attack") stands whatever becomes of the clause.
    let adjunct = syntax.deprel(predicate) == Deprel::Obl
        && !matches!(syntax.case(predicate).as_deref(), Some("for" | "to" | "of" | "in" | "on"));
    let presupposed = clause != predicate && (adjunct || syntax.head(predicate) != Some(clause));
    if clause != predicate && !presupposed {
        reading.own(clause);
        if matches!(syntax.deprel(predicate), Deprel::Obj | Deprel::NsubjPass | Deprel::Obl) {
            reading.light_verb(clause);
        }
    }
    if !presupposed {
        reading.above(clause);
    }
    Factuality {
        polarity: if reading.negated { Polarity::Negated } else { Polarity::Affirmed },
        modality: reading.modality,
        tense: syntax.tense(clause),
    }
}

struct Reading<'s, 'a> {
    syntax: &'s Syntax<'a>,
    negated: bool,
    modality: Modality,
}

impl Reading<'_, '_> {
    /// The stronger reading stays: what is requested or only possible is not made a plan by another word.
    fn weaken(&mut self, modality: Modality) {
        let rank = |m| match m {
            Modality::Actual => 0,
            Modality::Planned => 1,
            Modality::Possible => 2,
            Modality::Requested => 3,
        };
        if rank(modality) > rank(self.modality) {
            self.modality = modality;
        }
    }

    /// Negation, auxiliaries and adverbs of the word itself.
    fn own(&mut self, word: usize) {
        let s = self.syntax;
        for &child in s.children(word) {
            let lemma = s.lemma(child);
            match s.deprel(child) {
                Deprel::Advmod | Deprel::Det | Deprel::CcPreconj if is_negation(lemma) => self.negated = !self.negated,
                // "no longer"
                Deprel::Advmod if is_no_longer(s, child) => self.negated = !self.negated,
                Deprel::Advmod | Deprel::Amod
                    if DOUBT_WORDS.contains(lemma) || DOUBT_WORDS.contains(&s.form(child).to_lowercase()) =>
                {
                    self.weaken(Modality::Possible);
                }
                Deprel::Aux => self.auxiliary(lemma, s.verb_form(child)),
                Deprel::Mark if matches!(lemma, "if" | "unless" | "whether") => self.weaken(Modality::Possible),
                // "without meeting X", "instead of meeting X"
                Deprel::Mark | Deprel::Case if is_exclusion(s, child) && s.upos(word) == Upos::Verb => {
                    self.negated = !self.negated;
                }
                // "No country recognised it"
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj => {
                    let none = matches!(lemma, "nobody" | "none" | "nothing")
                        || s.dependents(child, &[Deprel::Det]).any(|d| s.lemma(d) == "no");
                    self.negated ^= none;
                }
                _ => {}
            }
        }
        let end = s.sentence_tokens(s.sentence(word)).end;
        let question = end > 0 && s.form(end - 1) == "?" && s.deprel(word) == Deprel::Root;
        if question {
            self.weaken(Modality::Possible);
        }
    }

    fn auxiliary(&mut self, lemma: &str, form: VerbForm) {
        match lemma {
            "will" | "shall" | "'ll" => self.weaken(Modality::Planned),
            "would" => self.weaken(Modality::Planned),
            "may" | "might" | "could" => self.weaken(Modality::Possible),
            "can" if form == VerbForm::Modal => self.weaken(Modality::Possible),
            "should" | "must" | "ought" => self.weaken(Modality::Requested),
            _ => {}
        }
    }

    /// The verb over an event noun: "planned an attack", "denied the attack".
    fn light_verb(&mut self, verb: usize) {
        self.governor(verb, false);
    }

    /// Walks up through complements and conditions.
    fn above(&mut self, clause: usize) {
        let s = self.syntax;
        let mut at = clause;
        for _ in 0..DEPTH {
            let Some(head) = s.head(at) else { return };
            match s.deprel(at) {
                Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj => {
                    self.governor(head, s.deprel(at) == Deprel::Xcomp);
                    if s.deprel(at) == Deprel::Xcomp || NEGATING.contains(s.lemma(head)) {
                        self.own(head);
                    }
                }
                // "plan to attack", "accused of attacking"
                Deprel::Acl if s.verb_form(at) != VerbForm::Participle && s.upos(head) == Upos::Noun => {
                    self.governor(head, true);
                }
                Deprel::Advcl => {
                    let accused = s.lemma(head) == "accuse" || s.lemma(head) == "suspect";
                    let of = s.dependents(at, &[Deprel::Mark]).any(|m| matches!(s.lemma(m), "of" | "for"));
                    if accused && of {
                        self.weaken(Modality::Possible);
                    }
                    // "prevented them from meeting X"
                    let from = s.dependents(at, &[Deprel::Mark]).any(|m| s.lemma(m) == "from");
                    if from && NEGATING.contains(s.lemma(head)) {
                        self.negated = !self.negated;
                    }
                    return;
                }
                // "X will meet Y and sign": an auxiliary before the first verb holds for the next.
                Deprel::Conj => {
                    let fresh = s.dependents(at, &[Deprel::Aux, Deprel::Nsubj, Deprel::NsubjPass]).next().is_none();
                    if fresh && s.upos(at) == Upos::Verb && s.verb_form(at) == VerbForm::Base {
                        for aux in s.dependents(head, &[Deprel::Aux]) {
                            self.auxiliary(s.lemma(aux), s.verb_form(aux));
                        }
                    }
                }
                _ => return,
            }
            at = head;
        }
    }

    /// The effect of a word on what stands below it.
    fn governor(&mut self, word: usize, infinitive: bool) {
        let lemma = self.syntax.lemma(word);
        if NEGATING.contains(lemma) {
            self.negated = !self.negated;
        } else if REQUESTING.contains(lemma) {
            self.weaken(Modality::Requested);
        } else if PLANNING.contains(lemma) && (infinitive || self.syntax.upos(word) == Upos::Noun) {
            self.weaken(Modality::Planned);
        } else if DOUBTING.contains(lemma) {
            self.weaken(Modality::Possible);
        }
    }
}

/// Whether the word is "longer" of "no longer".
fn is_no_longer(s: &Syntax<'_>, word: usize) -> bool {
    s.form(word).eq_ignore_ascii_case("longer") && word > 0 && s.form(word - 1).eq_ignore_ascii_case("no")
}

/// Whether what stands behind the word is left out: "without", "instead of", "rather than".
fn is_exclusion(s: &Syntax<'_>, word: usize) -> bool {
    matches!(s.form(word).to_lowercase().as_str(), "without" | "instead" | "rather")
}

/// Words that negate their head.
pub fn is_negation(lemma: &str) -> bool {
    matches!(lemma, "not" | "n't" | "never" | "neither" | "nor" | "no" | "hardly" | "barely")
}
