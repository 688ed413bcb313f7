//! The words of a relation: as written, and normalised.

use std::ops::Range;

use crate::syntax::{Deprel, Syntax, Upos, VerbForm};

/// A part of a relation phrase.
#[derive(Clone, Debug)]
pub enum Piece {
    Word(usize),
    /// A noun phrase that the relation carries ("made an offer on"), by its words and its head.
    Noun(Range<usize>, usize),
    /// A word that the text leaves out, and its lemma.
    Implied(&'static str, &'static str),
}

/// How an open relation is worded.
#[derive(Clone, Debug)]
pub struct Wording {
    /// In the words of the text: "has not agreed with".
    pub phrase: String,
    /// Normalised: "agree with".
    pub predicate: String,
    /// The stretch of the phrase's words round its main word.
    pub trigger: Range<usize>,
}

impl Wording {
    pub fn new(s: &Syntax<'_>, pieces: &[Piece], main: usize) -> Self {
        Self { phrase: written(s, pieces), predicate: normal(s, pieces), trigger: stretch(pieces, main) }
    }
}

/// The phrase as the text has it: words that stand joined stay joined. A preposition that begins the sentence loses its
/// capital.
fn written(s: &Syntax<'_>, pieces: &[Piece]) -> String {
    let mut out = String::new();
    let mut last: Option<usize> = None;
    let mut push = |word: usize, text: &str| {
        let joined =
            word > 0 && last == Some(word - 1) && s.text.tokens[word - 1].span.end == s.text.tokens[word].span.start;
        if !out.is_empty() && !joined {
            out.push(' ');
        }
        out.push_str(text);
        last = Some(word);
    };
    for piece in pieces {
        match piece {
            Piece::Word(word) if matches!(s.upos(*word), Upos::Adp | Upos::Sconj) => {
                push(*word, &s.form(*word).to_lowercase());
            }
            Piece::Word(word) => push(*word, s.form(*word)),
            Piece::Noun(words, _) => words.clone().for_each(|w| push(w, s.form(w))),
            Piece::Implied(text, _) => push(usize::MAX, text),
        }
    }
    out
}

/// Lemmas without auxiliaries, negation and adverbs; of a noun phrase its head; a passive is "be" and the participle.
fn normal(s: &Syntax<'_>, pieces: &[Piece]) -> String {
    let mut words: Vec<String> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Implied(_, lemma) => words.push((*lemma).to_owned()),
            Piece::Noun(_, head) => words.push(s.lemma(*head).to_owned()),
            Piece::Word(word) => match s.deprel(*word) {
                Deprel::Aux | Deprel::AuxPass => {}
                Deprel::Cop => words.push("be".to_owned()),
                Deprel::Advmod | Deprel::CcPreconj | Deprel::Det | Deprel::Punct => {}
                _ if s.upos(*word) == Upos::Verb && is_passive(s, *word, pieces) => {
                    words.extend(["be".to_owned(), s.form(*word).to_lowercase()]);
                }
                _ if matches!(s.upos(*word), Upos::Adp | Upos::Sconj) => words.push(s.form(*word).to_lowercase()),
                _ => words.push(s.lemma(*word).to_owned()),
            },
        }
    }
    words.join(" ")
}

fn is_passive(s: &Syntax<'_>, verb: usize, pieces: &[Piece]) -> bool {
    let auxiliary = |p: &Piece| matches!(p, Piece::Word(w) if s.deprel(*w) == Deprel::AuxPass && *w < verb);
    let reduced = matches!(s.deprel(verb), Deprel::Acl | Deprel::Advcl) && s.dependent(verb, Deprel::Aux).is_none();
    s.verb_form(verb) == VerbForm::Participle && (reduced || pieces.iter().any(auxiliary))
}

/// The words of the phrase that stand together with its main word.
fn stretch(pieces: &[Piece], main: usize) -> Range<usize> {
    let mut words: Vec<usize> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Word(word) => words.push(*word),
            Piece::Noun(range, _) => words.extend(range.clone()),
            Piece::Implied(..) => {}
        }
    }
    words.sort_unstable();
    let mut range = main..main + 1;
    for &word in words.iter().filter(|&&w| w >= main) {
        range.end += usize::from(word == range.end);
    }
    for &word in words.iter().rev().filter(|&&w| w < main) {
        range.start -= usize::from(word + 1 == range.start);
    }
    range
}
