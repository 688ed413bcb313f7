//! Days, weeks and years counted from something: "three days ago", "two weeks after October 7", "the week of March 6".

use super::quantities::Quantity;
use crate::dates::cursor::{Cursor, Match};
use crate::dates::expr::{Amount, Anchor, Base, Expr, Moment, Reference, Shift, Unit};
use crate::dates::numbers;
use crate::dates::rules::{calendar, days, holidays, years};
use crate::dates::words::{Term, W};

const AGO: f32 = 0.95;

/// Counted from a date mentioned before.
const LATER: f32 = 0.8;

/// What counting takes from the confidence of the date that is counted from.
const NAMED: f32 = 0.95;

/// "two weeks after October 7", "a day before Christmas", "a week from Tuesday".
pub(super) fn counted_from_named<'a>(quantity: &Quantity<'a>) -> Option<Match<'a>> {
    let back = match quantity.end.term() {
        Term::Fn(W::After | W::From | W::Following) => false,
        Term::Fn(W::Before) => true,
        _ => return None,
    };
    let shift = Shift::Offset { amount: quantity.amount, unit: quantity.unit, back };
    let counted = quantity.amount != Amount::Vague && quantity.rest.is_empty() && quantity.unit >= Unit::Day;
    counted.then(|| shifted(shift, quantity.end.next()))?
}

/// What is counted from the day, month or year that is named here.
fn shifted(shift: Shift, c: Cursor<'_>) -> Option<Match<'_>> {
    let anchor = calendar::date(c)
        .or_else(|| holidays::parse(c))
        .or_else(|| {
            days::day(c).and_then(|(moment, end, confidence)| Match::new(Expr::Moment(moment), end, confidence))
        })
        .or_else(|| years::parse(c))?;
    let Expr::Moment(moment) = anchor.expr else { return None };
    let plain = moment.shift.is_none() && moment.clock.is_none() && moment.part.is_none() && moment.mark.is_none();
    plain.then(|| {
        Match::new(Expr::Moment(Moment { shift: Some(shift), ..moment }), anchor.end, anchor.confidence * NAMED)
    })?
}

/// "two Sundays from now", "3 Fridays ago".
pub(super) fn weekdays_off(c: Cursor<'_>) -> Option<Match<'_>> {
    let (count, at) = numbers::integer(c).filter(|(n, _)| (1..=52).contains(n))?;
    let Term::Weekdays(day) = at.term() else { return None };
    let at = at.next();
    let (back, end) = match at.term() {
        Term::Fn(W::Ago) => (true, at.next()),
        Term::Fn(W::Hence) => (false, at.next()),
        Term::Fn(W::From) if at.next().term() == Term::Ref(Reference::Present) => (false, at.next().next()),
        _ if at.is("back") => (true, at.next()),
        _ => return None,
    };
    let count = if back { -(count as i8) } else { count as i8 };
    Match::new(Base::WeekdayOffset { count, day }, end, AGO)
}

/// "the day after Christmas", "the week before Easter".
pub(super) fn next_to_named(c: Cursor<'_>) -> Option<Match<'_>> {
    let (unit, plural, end) = c.word(W::The)?.unit()?;
    let back = match end.term() {
        Term::Fn(W::After | W::Following) => false,
        Term::Fn(W::Before) => true,
        _ => return None,
    };
    let near = matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year);
    let found =
        (near && !plural).then(|| shifted(Shift::Offset { amount: Amount::whole(1), unit, back }, end.next()))?;
    // "the year after 1948" is a year; "the week before Easter" is a week.
    found.map(|found| match found.expr {
        Expr::Moment(moment) if unit > Unit::Day => {
            Match { expr: Expr::Moment(Moment { shift: Some(Shift::Beside { unit, back }), ..moment }), ..found }
        }
        _ => found,
    })
}

/// "the week of March 6", "the weekend of May 3", "the week beginning 3 May".
pub(super) fn round_named(c: Cursor<'_>) -> Option<Match<'_>> {
    let (unit, _, end) = c.maybe(W::The).unit()?;
    let round = matches!(unit, Unit::Week | Unit::Weekend | Unit::Month);
    let at = end.word(W::Of).or_else(|| {
        ["beginning", "starting", "commencing"].iter().any(|w| end.is(w)).then(|| end.next().maybe(W::On))
    })?;
    if unit == Unit::Month {
        // "the month of May"
        let found = calendar::led(at)?;
        let month = matches!(found.expr, Expr::Moment(Moment { base: Base::Month { .. }, .. }));
        return month.then_some(found);
    }
    round.then(|| shifted(Shift::Round(unit), at))?
}

/// "three days ago", "two weeks later", "a month earlier".
pub(super) fn counted_from<'a>(quantity: &Quantity<'a>) -> Option<Match<'a>> {
    let end = quantity.end;
    // "a week or so ago"
    let at = end.word(W::Or).filter(|o| o.is("so")).map_or(end, Cursor::next);
    let closed = |c: Cursor<'_>| matches!(c.term(), Term::Punct('.' | ',' | ';' | ')') | Term::Break);
    let (back, from, rest) = match at.term() {
        Term::Fn(W::Ago) => (true, Anchor::Reference, at.next()),
        Term::Fn(W::Earlier) => (true, Anchor::Mentioned, at.next()),
        Term::Fn(W::Later) => (false, Anchor::Mentioned, at.next()),
        Term::Fn(W::Hence) => (false, Anchor::Reference, at.next()),
        Term::Fn(W::From) if at.next().term() == Term::Ref(Reference::Present) => {
            (false, Anchor::Reference, at.next().next())
        }
        Term::Fn(W::Before) if closed(at.next()) => (true, Anchor::Mentioned, at.next()),
        Term::Fn(W::After) if closed(at.next()) => (false, Anchor::Mentioned, at.next()),
        _ => return None,
    };
    if quantity.amount == Amount::Vague {
        // "a few days later" is some days after what is told: their length is all that is known.
        if from == Anchor::Mentioned {
            return None;
        }
        let side = if back { Reference::Past } else { Reference::Future };
        return Match::new(Expr::Reference(side), rest, LATER);
    }
    let base = Base::Offset { amount: quantity.amount, unit: quantity.unit, rest: quantity.rest, back, from };
    Match::new(base, rest, if from == Anchor::Reference { AGO } else { LATER })
}
