//! A place among the lexemes, and the small steps that rules are made of.

use super::expr::{Expr, Moment, Unit};
use super::lexer::{Case, Lexeme};
use super::words::{Term, W};

#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub text: &'a str,
    pub lexemes: &'a [Lexeme],
    pub at: usize,
    /// Whether "11/12/2023" is the eleventh of December.
    pub day_first: bool,
}

/// A rule's success: what was read, and where it ends.
#[derive(Clone, Copy)]
pub(super) struct Match<'a> {
    pub expr: Expr,
    pub end: Cursor<'a>,
    pub confidence: f32,
}

impl<'a> Match<'a> {
    pub(super) fn new(expr: impl Into<Expr>, end: Cursor<'a>, confidence: f32) -> Option<Match<'a>> {
        Some(Match { expr: expr.into(), end, confidence })
    }

    /// The moment read, if it is one.
    pub(super) fn moment(&self) -> Option<Moment> {
        match self.expr {
            Expr::Moment(moment) => Some(moment),
            _ => None,
        }
    }

    /// Whether it is a time of day.
    pub(super) fn is_moment(&self) -> bool {
        matches!(self.expr, Expr::Moment(moment) if moment.clock.is_some())
    }
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, lexemes: &'a [Lexeme], day_first: bool) -> Cursor<'a> {
        Cursor { text, lexemes, at: 0, day_first }
    }

    pub(super) fn lexeme(self) -> Option<&'a Lexeme> {
        self.lexemes.get(self.at)
    }

    /// The term here; a break at the end of the text.
    pub(super) fn term(self) -> Term {
        self.lexeme().map_or(Term::Break, |l| l.term)
    }

    pub(super) fn next(self) -> Cursor<'a> {
        Cursor { at: self.at + 1, ..self }
    }

    /// The place `n` lexemes before; none at the text's beginning.
    pub(super) fn back(self, n: usize) -> Option<Cursor<'a>> {
        Some(Cursor { at: self.at.checked_sub(n)?, ..self })
    }

    /// The term before; a break at the beginning of the text.
    pub(super) fn before(self) -> Term {
        self.back(1).map_or(Term::Break, Cursor::term)
    }

    pub(super) fn glued(self) -> bool {
        self.lexeme().is_some_and(|l| l.glued)
    }

    pub(super) fn case(self) -> Case {
        self.lexeme().map_or(Case::Lower, |l| l.case)
    }

    pub(super) fn capital(self) -> bool {
        self.case() != Case::Lower
    }

    /// The word here as written.
    pub(super) fn str(self) -> &'a str {
        self.lexeme().map_or("", |l| l.of(self.text))
    }

    pub(super) fn is(self, text: &str) -> bool {
        self.str().eq_ignore_ascii_case(text)
    }

    /// Past `word`, if it is here.
    pub(super) fn word(self, word: W) -> Option<Cursor<'a>> {
        (self.term() == Term::Fn(word)).then(|| self.next())
    }

    /// Past one of `words`, if it is here.
    pub(super) fn any(self, words: &[W]) -> Option<Cursor<'a>> {
        matches!(self.term(), Term::Fn(w) if words.contains(&w)).then(|| self.next())
    }

    /// Past `word` or where it was.
    pub(super) fn maybe(self, word: W) -> Cursor<'a> {
        self.word(word).unwrap_or(self)
    }

    pub(super) fn punct(self, sign: char) -> Option<Cursor<'a>> {
        (self.term() == Term::Punct(sign)).then(|| self.next())
    }

    pub(super) fn maybe_punct(self, sign: char) -> Cursor<'a> {
        self.punct(sign).unwrap_or(self)
    }

    /// Past a hyphen or dash that touches both neighbours.
    pub(super) fn hyphen(self) -> Option<Cursor<'a>> {
        let joined = matches!(self.term(), Term::Punct('-' | '–')) && self.glued() && self.next().glued();
        joined.then(|| self.next())
    }

    /// Past a hyphen if there is one.
    pub(super) fn maybe_hyphen(self) -> Cursor<'a> {
        self.hyphen().unwrap_or(self)
    }

    /// Past "'s", in either apostrophe.
    pub(super) fn possessive(self) -> Option<Cursor<'a>> {
        let apostrophe = self.punct('\'').filter(|_| self.glued())?;
        apostrophe.word(W::S).filter(|_| apostrophe.glued())
    }

    /// A unit and whether it is plural.
    pub(super) fn unit(self) -> Option<(Unit, bool, Cursor<'a>)> {
        match self.term() {
            Term::Unit { unit, plural } => Some((unit, plural, self.next())),
            Term::Second => Some((Unit::Second, false, self.next())),
            _ => None,
        }
    }

    /// Whether the singular of a unit is here, in whichever spelling.
    pub(super) fn is_unit(self, unit: Unit) -> bool {
        self.term() == Term::Unit { unit, plural: false }
    }

    /// A run of exactly `digits` digits.
    pub(super) fn digits(self, digits: u8) -> Option<(u32, Cursor<'a>)> {
        match self.term() {
            Term::Number { value, digits: n } if n == digits => Some((value, self.next())),
            _ => None,
        }
    }

    /// One or two digits.
    pub(super) fn short_number(self) -> Option<(i8, Cursor<'a>)> {
        match self.term() {
            Term::Number { value, digits: 1 | 2 } => Some((value as i8, self.next())),
            _ => None,
        }
    }
}
