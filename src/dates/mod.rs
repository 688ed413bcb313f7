//! Time expressions: finds them and resolves them to TIMEX3 values and intervals.
//!
//! Text is split into lexemes (`lexer`), the rules of one family each (`rules`) read an expression where one
//! begins, and `resolve` places it on the calendar by the reference, the clause's direction and the date last
//! mentioned. Words are data (`data/dates.tsv`, `data/holidays.tsv`), calendar arithmetic is `jiff`'s, and
//! `icu_calendar`'s where a holiday is another calendar's. Time is linear in the text's length: each rule looks a
//! bounded number of lexemes ahead.

mod arithmetic;
mod bound;
mod cursor;
mod direction;
mod expr;
mod holidays;
mod lexer;
mod numbers;
mod order;
mod point;
mod reference;
mod resolve;
mod rules;
#[cfg(test)]
mod tests;
mod value;
mod words;
mod write;

use bound::Bound;
use cursor::{Cursor, Match};
use expr::{Anchor, Base, Expr, Moment, Unit};
use lexer::Lexeme;
use point::Point;
use resolve::Context;
use rules::Joined;
use words::{Term, W};
use write::Written;

use crate::extraction::{Date, DateKind, DateRange, Interval, Span};

pub use crate::extraction::DateOrder;
pub use reference::{Reference, ReferenceError, find_reference, parse_reference, written_offset};
pub use value::Value;

/// The dates of a text.
#[derive(Clone, Debug, Default)]
pub struct Tagged {
    /// In text order, none overlapping another.
    pub dates: Vec<Date>,
    /// Pairs of them that are the ends of one stretch.
    pub ranges: Vec<DateRange>,
    /// Relative expressions left as `XXXX` for want of a reference.
    pub unresolved: usize,
}

/// Finds the time expressions of `text`; it needs nothing but the words.
pub fn tag(text: &str, reference: Option<&Reference>, order: DateOrder) -> Tagged {
    let mut lexemes = lexer::lex(text);
    holidays::mention::mark(text, &mut lexemes);
    let day_first = order::is_day_first(text, &lexemes, order);
    let mut tagger = Tagger { reference, mentioned: None, period: None, last_end: 0, tagged: Tagged::default() };
    let mut c = Cursor::new(text, &lexemes, day_first);
    while c.at < lexemes.len() {
        let found = may_begin(c).then(|| rules::read(c)).flatten();
        let found = found.filter(|joined| may_end(joined.end()) && !is_title(c, joined.end()));
        let Some(joined) = found else {
            c = c.next();
            continue;
        };
        tagger.add_joined(c, &joined);
        tagger.last_end = joined.end().at;
        c = joined.end();
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
        // "Note:3 May"; "report-2002-10-09.xlsx" holds a date that is plain.
        Term::Punct(':') if number => !matches!(c.back(2).map(Cursor::term), Some(Term::Number { .. })),
        Term::Punct('-' | '_') if number => {
            let word = c.back(2).is_some_and(|b| !matches!(b.term(), Term::Number { .. } | Term::Punct(_)));
            word && rules::numeric::is_full(c)
        }
        Term::Punct('/' | '.' | '$' | '€' | '£' | '#') => !number,
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
    mentioned: Option<Point>,
    /// With the lexeme it stood at.
    period: Option<(Point, usize)>,
    /// Where the last expression read ends.
    last_end: usize,
    tagged: Tagged,
}

impl Tagger<'_> {
    /// Resolves what was read from `begin` on, and keeps it: a date, or two of which the second may end a range.
    fn add_joined(&mut self, begin: Cursor<'_>, joined: &Joined<'_>) {
        let bound = if joined.range { None } else { Bound::of(begin, &joined.first) };
        let whole = (begin, joined.end());
        let day = self.day_before(begin, &joined.first);
        let first = self.add(begin, &joined.first, whole, bound);
        let Some((at, second)) = &joined.second else { return };
        let moment = second.is_moment();
        let second = self.add(*at, second, whole, None);
        if let (Some(begin), Some(end), true) = (first, second, joined.range) {
            self.add_range(day.unwrap_or(begin), begin, end, moment);
        }
    }

    /// The day that stands right before a range of hours: "Tuesday" of "Tuesday from 2 to 3 p.m.".
    fn day_before(&self, begin: Cursor<'_>, hours: &Match<'_>) -> Option<usize> {
        let moment = hours.moment().filter(|moment| moment.clock.is_some())?;
        let mentioned = matches!(moment.base, Base::Unit { unit: Unit::Day, shift: 0, from: Anchor::Mentioned });
        let (last, between) = (self.tagged.dates.len().checked_sub(1)?, begin.lexemes.get(self.last_end..begin.at)?);
        let joins = |l: &Lexeme| matches!(l.term, Term::Punct(',') | Term::Fn(W::From | W::Between | W::At));
        let day = self.tagged.dates[last].kind == DateKind::Date && matches!(self.mentioned, Some(Point::Day(_)));
        (mentioned && day && between.len() <= 2 && between.iter().all(joins)).then_some(last)
    }

    /// Joins two dates; the range's words begin with those of `from`, and a range to a time of day ends at that moment.
    fn add_range(&mut self, from: usize, begin: usize, end: usize, moment: bool) {
        let (first, second) = (&self.tagged.dates[begin], &self.tagged.dates[end]);
        let bounds = first.interval.as_ref().zip(second.interval.as_ref());
        let interval = bounds.map(|(first, second)| Interval {
            begin: first.begin.clone(),
            end: if moment { second.begin.clone() } else { second.end.clone() },
            approximate: first.approximate || second.approximate,
        });
        self.tagged.ranges.push(DateRange {
            id: format!("t{}", self.tagged.ranges.len() + 1),
            span: Span::new(self.tagged.dates[from].span.start, second.span.end),
            begin,
            end,
            // "from Friday to Monday" read the wrong way round is no stretch of time.
            interval: interval.filter(|i| i.begin < i.end),
        });
    }

    /// Resolves what was read from `begin` on, and keeps it; its index. `whole` is the expression that it is part of.
    fn add<'c>(
        &mut self,
        begin: Cursor<'c>,
        found: &Match<'c>,
        whole: (Cursor<'c>, Cursor<'c>),
        bound: Option<Bound>,
    ) -> Option<usize> {
        let (first, last) = (begin.lexeme()?, found.end.back(1)?.lexeme()?);
        let written = self.written(begin, found, whole)?;
        self.tagged.unresolved += usize::from(written.unresolved);
        self.tagged.dates.push(Date {
            id: format!("d{}", self.tagged.dates.len() + 1),
            span: Span::new(first.start(), last.end()),
            kind: written.kind,
            value: written.value,
            modifier: written.modifier.to_owned(),
            interval: match bound {
                Some(bound) => written.interval.map(|interval| bound.of_interval(interval, found.is_moment())),
                None => written.interval,
            },
            names_event: matches!(found.expr, Expr::Moment(Moment { base: Base::Event(_), .. })),
            confidence: found.confidence,
        });
        Some(self.tagged.dates.len() - 1)
    }

    fn written<'c>(
        &mut self,
        begin: Cursor<'c>,
        found: &Match<'c>,
        whole: (Cursor<'c>, Cursor<'c>),
    ) -> Option<Written> {
        let direction = || direction::direction(whole.0, whole.1);
        let near = |&(_, at): &(Point, usize)| begin.at - at <= PERIOD_REACH;
        let context = Context {
            reference: self.reference,
            mentioned: self.mentioned,
            period: self.period.filter(near).map(|(point, _)| point),
            direction: &direction,
        };
        Some(match found.expr {
            Expr::Moment(moment) => {
                let point = context.resolve(&moment)?;
                self.remember(point, moment.base, begin.at);
                write::moment(point, &moment, self.reference)
            }
            Expr::Duration(duration) => write::duration(duration, context.stretch(duration)),
            Expr::Set(every) => write::set(every),
            Expr::Reference(side) => write::reference(side),
        })
    }

    fn remember(&mut self, point: Point, base: Base, at: usize) {
        // What follows a date that is not known counts from no older one.
        if !point.is_placed() {
            (self.mentioned, self.period) = (None, None);
        }
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
