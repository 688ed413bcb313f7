//! Time expressions: finds them and resolves them to TIMEX3 values and intervals.
//!
//! Text is split into lexemes (`lexer`), the rules of one family each (`rules`) read an expression where one
//! begins, and `resolve` places it on the calendar by the reference, the clause's direction and the date last
//! mentioned. Words are data (`data/dates.tsv`), calendar arithmetic is `jiff`'s. Time is linear in the text's
//! length: each rule looks a bounded number of lexemes ahead.

mod cursor;
mod direction;
mod expr;
mod holidays;
mod lexer;
mod numbers;
mod point;
mod reference;
mod resolve;
mod rules;
#[cfg(test)]
mod tests;
mod words;
mod write;

use cursor::{Cursor, Match};
use expr::{Anchor, Base, Expr, Unit};
use point::Point;
use resolve::Context;
use words::Term;

use crate::extraction::{Date, DateKind, Span};

pub use direction::shallow_direction;
pub use reference::{Reference, ReferenceError, find_reference, parse_reference};

/// Which side of the reference a clause speaks of; it decides which Monday or October is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Past,
    Future,
    Unknown,
}

/// The dates of a text.
#[derive(Clone, Debug, Default)]
pub struct Tagged {
    /// In text order, none overlapping another.
    pub dates: Vec<Date>,
    /// Relative expressions left as `XXXX` for want of a reference.
    pub unresolved: usize,
}

/// Finds the time expressions of `text`.
///
/// `direction` is asked for days, months and the like that are named without their side of the reference.
pub fn tag(text: &str, reference: Option<&Reference>, direction: &dyn Fn(Span) -> Direction) -> Tagged {
    let lexemes: Vec<_> = lexer::lex(text).collect();
    let mut tagger = Tagger { reference, direction, mentioned: None, period: None, tagged: Tagged::default() };
    let mut c = Cursor::new(text, &lexemes);
    while c.at < lexemes.len() {
        let found = may_begin(c).then(|| rules::read(c)).flatten();
        let found = found.filter(|joined| {
            let end = joined.second.as_ref().map_or(joined.first.end, |(_, second)| second.end);
            may_end(end) && !is_title(c, end)
        });
        let Some(joined) = found else {
            c = c.next();
            continue;
        };
        tagger.add(c, &joined.first);
        c = joined.first.end;
        if let Some((begin, second)) = joined.second {
            tagger.add(begin, &second);
            c = second.end;
        }
    }
    tagger.tagged
}

/// Not inside a word or a longer number: "COVID19", "B-52", "555-1234".
fn may_begin(c: Cursor<'_>) -> bool {
    if !c.glued() {
        return true;
    }
    let prefixed = c.back(2).is_some_and(|b| b.is("post") || b.is("pre"));
    let number = matches!(c.term(), Term::Number { .. }) && !prefixed;
    // "semi-annually" is not "annually".
    if c.back(2).is_some_and(|b| b.is("semi") || b.is("bi")) {
        return false;
    }
    match c.before() {
        Term::Punct('-' | '/' | '.' | ':' | '$' | '€' | '£' | '#' | '_') => !number,
        Term::Punct(_) | Term::Break => true,
        _ => false,
    }
}

fn may_end(end: Cursor<'_>) -> bool {
    !end.glued() || !end.lexeme().is_some_and(lexer::Lexeme::is_alphanumeric) || matches!(end.before(), Term::Punct(_))
}

/// Whether what lies between is a name in quotes: "This Week", "60 Minutes".
fn is_title(begin: Cursor<'_>, end: Cursor<'_>) -> bool {
    let last = end.back(1);
    let unit = last.is_some_and(|l| l.capital() && matches!(l.term(), Term::Unit { .. }));
    unit && matches!(begin.before(), Term::Punct('"' | '“' | '\''))
}

/// Lexemes after which a quarter or month mentioned is no longer what "a year earlier" is compared with.
const PERIOD_REACH: usize = 80;

struct Tagger<'a> {
    reference: Option<&'a Reference>,
    direction: &'a dyn Fn(Span) -> Direction,
    mentioned: Option<Point>,
    /// With the lexeme it stood at.
    period: Option<(Point, usize)>,
    tagged: Tagged,
}

impl Tagger<'_> {
    /// Resolves what was read from `begin` on, and keeps it.
    fn add(&mut self, begin: Cursor<'_>, found: &Match<'_>) {
        let (Some(first), Some(last)) = (begin.lexeme(), found.end.back(1).and_then(Cursor::lexeme)) else {
            return;
        };
        let span = Span::new(first.span.start, last.span.end);
        let written = match found.expr {
            Expr::Moment(moment) => {
                let direction = || (self.direction)(span);
                let near = |&(_, at): &(Point, usize)| begin.at - at <= PERIOD_REACH;
                let context = Context {
                    reference: self.reference,
                    mentioned: self.mentioned,
                    period: self.period.filter(near).map(|(point, _)| point),
                    direction: &direction,
                };
                let Some(point) = context.resolve(moment.base) else {
                    return;
                };
                self.remember(point, moment.base, begin.at);
                write::moment(point, &moment)
            }
            Expr::Duration { amount, unit, mark } => write::duration(amount, unit, mark),
            Expr::Set(every) => write::set(every),
            Expr::Reference(side) => write::reference(side),
        };
        self.tagged.unresolved += usize::from(written.unresolved);
        self.tagged.dates.push(Date {
            id: format!("d{}", self.tagged.dates.len() + 1),
            span,
            kind: written.kind,
            value: written.value,
            modifier: written.modifier.to_owned(),
            interval: written.interval,
            confidence: found.confidence,
        });
    }

    fn remember(&mut self, point: Point, base: Base, at: usize) {
        if !point.is_placed() || point.unit() > Unit::Year {
            return;
        }
        let compared = matches!(base, Base::Offset { .. } | Base::YearEarlier(_) | Base::Mentioned(_));
        if matches!(point, Point::Quarter { .. } | Point::Half { .. } | Point::Month { .. }) && !compared {
            self.period = Some((point, at));
        }
        // A step back ("a year earlier") is an aside: the story goes on from where it was.
        if !matches!(base, Base::Offset { back: true, from: Anchor::Mentioned, .. } | Base::YearEarlier(_)) {
            self.mentioned = Some(point);
        }
    }
}
