//! What a noun phrase says without a verb: appositions, titles, possessors, and nouns behind prepositions.

use super::clause::case_of;
use super::phrase::{Piece, Wording};
use super::span::argument;
use super::{Open, nominal, propose};
use crate::relations::{Candidate, Context};
use crate::syntax::{Deprel, Syntax, Upos};

const IS: Piece = Piece::Implied("is", "be");
const HAS: Piece = Piece::Implied("has", "have");

/// Most dependents of one noun that are read.
const PARTS: usize = 6;

/// Appends the relations inside of the phrase of the noun `word`.
pub fn read(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let s = context.syntax;
    for part in s.dependents(word, &[Deprel::Appos]).take(PARTS) {
        apposition(context, word, part, found);
    }
    for owner in s.dependents(word, &[Deprel::NmodPoss]).take(PARTS).filter(|&o| nominal(s, o)) {
        let open = Open { wording: Wording::new(s, &[HAS], word), score: 0.3, rule: NOMINAL };
        propose(context, owner, word, word, open, found);
    }
    for part in s.dependents(word, &[Deprel::Nmod]).take(PARTS) {
        located(context, word, part, found);
    }
}

/// Rule of relations whose ends may be one entity ("X, the CEO").
pub const NOMINAL: &str = "nominal";

/// "X, CEO of Y": X is CEO of Y.
fn apposition(context: &Context<'_, '_>, word: usize, part: usize, found: &mut Vec<Candidate>) {
    let s = context.syntax;
    if !nominal(s, part) || s.upos(part) == Upos::Num {
        return;
    }
    // The name is what is described.
    let swap = s.upos(part) == Upos::Propn && s.upos(word) == Upos::Noun;
    let (name, description) = if swap { (part, word) } else { (word, part) };
    let score = if s.upos(description) == Upos::Noun { 0.7 } else { 0.4 };
    let open = Open { wording: Wording::new(s, &[IS], description), score, rule: NOMINAL };
    propose(context, name, description, description, open, found);
    for thing in s.dependents(description, &[Deprel::Nmod]).take(PARTS).filter(|&c| nominal(s, c)) {
        let mut pieces = vec![IS, Piece::Noun(argument(s, description).start..description + 1, description)];
        pieces.extend(case_of(s, thing));
        if pieces.len() > 2 {
            let open = Open { wording: Wording::new(s, &pieces, description), score: score * 0.8, rule: NOMINAL };
            propose(context, name, thing, description, open, found);
        }
    }
}

/// "the parliament in Beijing": it is in Beijing.
fn located(context: &Context<'_, '_>, word: usize, part: usize, found: &mut Vec<Candidate>) {
    let s = context.syntax;
    let case = case_of(s, part);
    if case.is_empty() || !nominal(s, part) {
        return;
    }
    let place = is_place(s, part);
    let mut pieces = vec![IS];
    pieces.extend(case);
    let score = if place { 0.3 } else { 0.2 };
    let open = Open { wording: Wording::new(s, &pieces, word), score, rule: NOMINAL };
    propose(context, word, part, word, open, found);
}

fn is_place(s: &Syntax<'_>, word: usize) -> bool {
    matches!(s.case(word).as_deref(), Some("in" | "at" | "near"))
}
