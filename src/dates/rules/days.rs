//! Days by name: weekdays, today and its neighbours.

use crate::dates::cursor::{Cursor, Match};
use crate::dates::expr::{Anchor, Base, Expr, Moment, Pick, Unit, Year};
use crate::dates::lexer::Case;
use crate::dates::numbers;
use crate::dates::rules::parts::{narrowed, part_of_today};
use crate::dates::rules::{calendar, clocks, numeric};
use crate::dates::words::{Term, W};

const DAY_WORD: f32 = 0.97;

const WEEKDAY: f32 = 0.93;

/// Counted from a date mentioned before.
const CHAINED: f32 = 0.75;

pub(super) fn parse(c: Cursor<'_>) -> Option<Match<'_>> {
    part_of_today(c).or_else(|| two_days_off(c)).or_else(|| {
        let (moment, end, confidence) = day(c)?;
        let (moment, end) = narrowed(moment, end);
        Match::new(Expr::Moment(moment), end, confidence)
    })
}

/// A day: "Monday", "last Friday", "yesterday", "Thursday, April 6".
pub(super) fn day(c: Cursor<'_>) -> Option<(Moment, Cursor<'_>, f32)> {
    match c.term() {
        Term::Day(shift) => {
            let base = Base::Unit { unit: Unit::Day, shift: i32::from(shift), from: Anchor::Reference };
            Some((base.into(), c.next(), DAY_WORD))
        }
        Term::Weekday { .. } => weekday(c),
        Term::Fn(W::The | W::Last | W::This | W::Next | W::Past | W::Coming | W::Previous | W::Following) => {
            picked_weekday(c)
        }
        Term::Month { .. } | Term::Number { .. } => {
            let found = calendar::date(c).or_else(|| numeric::full(c))?;
            Some((found.moment()?, found.end, found.confidence))
        }
        _ => None,
    }
}

fn weekday(c: Cursor<'_>) -> Option<(Moment, Cursor<'_>, f32)> {
    let Term::Weekday { day, abbr } = c.term() else {
        return None;
    };
    // "fri." of a form, not "sat" in a sentence.
    let alone = c.at == 0 && !c.lexemes.iter().take(6).any(|l| l.term == Term::Other);
    let end = c.next();
    let end = end.punct('.').filter(|_| abbr && end.glued()).unwrap_or(end);
    // "wed Oct 26", "tues the 4th"
    let dated = || {
        calendar::date(end.maybe_punct(',')).is_some() || end.word(W::The).is_some_and(|_| day_number(end).is_some())
    };
    if abbr && !c.capital() && !alone && !dated() {
        return None;
    }
    if let Some(date) = calendar::date(end.maybe_punct(',')) {
        let Expr::Moment(moment) = date.expr else {
            return None;
        };
        let base = match moment.base {
            Base::MonthDay { month, day: of_month, year: Year::Pick(Pick::Near) } => {
                Base::WeekdayDate { weekday: day, month, day: of_month }
            }
            base => base,
        };
        return Some((Moment { base, ..moment }, date.end, date.confidence));
    }
    if let Some(found) = numeric::day_and_month(end.maybe_punct(',')) {
        return Some((found.moment()?, found.end, found.confidence));
    }
    if let Some((date, end)) = day_number(end.maybe_punct(',')) {
        return Some((Base::DayOfMonth { day: date, weekday: Some(day), shift: None }.into(), end, WEEKDAY));
    }
    if let Some((shift, end)) = of_week(end) {
        return Some((Base::WeekdayOfWeek { day, shift }.into(), end, WEEKDAY));
    }
    // "Friday after next": the second to come.
    let after_next = end.word(W::After).and_then(|at| at.word(W::Next));
    if let Some(end) = after_next.filter(|at| at.unit().is_none() && at.term() != Term::Other) {
        return Some((Base::WeekdayOffset { count: 2, day }.into(), end, WEEKDAY));
    }
    // "Sun" and "Sat" alone are words; "the Sunday Times" is a newspaper.
    let title = c.before() == Term::Fn(W::The)
        && end.case() == Case::Title
        && !end.glued()
        && matches!(end.term(), Term::Other | Term::Fn(W::Times));
    let plain = matches!(c.before(), Term::Fn(W::On | W::Next | W::This | W::Last)) && !c.next().capital();
    if abbr && c.next().punct('.').is_none() && !plain && !alone || title || end.is("Times") && end.capital() {
        return None;
    }
    let base = Base::Weekday { day, pick: Pick::Near, from: Anchor::Reference };
    Some((base.into(), if abbr { end } else { c.next() }, WEEKDAY))
}

/// The rest of "Tuesday the 19th", "Thu 15th", "Monday 21".
fn day_number(c: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    let at = c.maybe(W::The);
    let ordinal = numbers::ordinal(at).filter(|_| at.at > c.at || matches!(at.term(), Term::Number { .. }));
    let (day, end) = ordinal.or_else(|| at.short_number()).filter(|(day, _)| (1..=31).contains(day))?;
    let closed = match end.term() {
        Term::Punct(sign) => matches!(sign, '.' | ',' | ';' | '!' | '?' | ')') && !end.next().glued(),
        Term::Break => true,
        Term::Approx(_) | Term::Clock { .. } | Term::Part { .. } | Term::Phase(_) => ordinal.is_some(),
        Term::Cardinal(_) | Term::Number { .. } => ordinal.is_some() && clocks::clock(end).is_some(),
        Term::Fn(W::At) => true,
        Term::Fn(word) => ordinal.is_some() && !matches!(word, W::Of | W::S | W::Half | W::Period),
        _ => false,
    };
    closed.then_some((day, end))
}

/// The rest of "Tuesday of next week", "Monday this week": weeks from the reference's.
fn of_week(c: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    let at = c.maybe(W::Of).maybe(W::In).maybe(W::The);
    let (shift, at) = week_pick(at)?;
    at.is_unit(Unit::Week).then(|| (shift, at.next())).filter(|(_, end)| end.possessive().is_none())
}

fn week_pick(c: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    let shift = match c.term() {
        Term::Fn(W::Last | W::Past | W::Previous) => -1,
        Term::Fn(W::This | W::Current) => 0,
        Term::Fn(W::Next | W::Coming | W::Following | W::Upcoming) => 1,
        _ => return None,
    };
    Some((shift, c.next()))
}

/// "next week Tuesday", "last week's Sunday".
pub(super) fn week_then_day(c: Cursor<'_>) -> Option<Match<'_>> {
    let (shift, at) = week_pick(c)?;
    let at = at.is_unit(Unit::Week).then(|| at.next())?;
    let at = at.possessive().unwrap_or(at).maybe(W::On);
    let Term::Weekday { day, abbr: false } = at.term() else { return None };
    let (moment, end) = narrowed(Base::WeekdayOfWeek { day, shift }.into(), at.next());
    Match::new(Expr::Moment(moment), end, WEEKDAY)
}

/// "last Friday", "this past Monday", "next Tuesday".
fn picked_weekday(c: Cursor<'_>) -> Option<(Moment, Cursor<'_>, f32)> {
    // "the following Monday"
    let c = c.maybe(W::The);
    let from = match c.term() {
        Term::Fn(W::Following | W::Previous) => Anchor::Mentioned,
        _ => Anchor::Reference,
    };
    let pick = match c.term() {
        Term::Fn(W::Last | W::Past | W::Previous) => Pick::Last,
        Term::Fn(W::Next | W::Following) => Pick::Next,
        Term::Fn(W::Coming) => Pick::Coming,
        Term::Fn(W::This) => match c.next().term() {
            Term::Fn(W::Past) => Pick::Last,
            Term::Fn(W::Coming) => Pick::Coming,
            _ => Pick::This,
        },
        // "the ceremony Friday"
        _ => return None,
    };
    let at = c.next().any(&[W::Past, W::Coming]).unwrap_or(c.next());
    match at.term() {
        Term::Weekday { day, abbr: false } => Some((Base::Weekday { day, pick, from }.into(), at.next(), WEEKDAY)),
        _ => None,
    }
}

/// "the day before yesterday", "the day after tomorrow"; "the day before", "the night after": of the date mentioned.
pub(super) fn two_days_off(c: Cursor<'_>) -> Option<Match<'_>> {
    let article = c.word(W::The);
    let at = article.unwrap_or(c);
    let part = match at.term() {
        Term::Part { part, plural: false } => Some(part),
        _ if at.is("day") => None,
        _ => return None,
    };
    let at = at.next();
    let closed = matches!(at.next().term(), Term::Punct('.' | ',' | ';' | ')' | '!' | '?') | Term::Break);
    if let (true, Some(back)) = (article.is_some() && closed, at.any(&[W::Before, W::After])) {
        let shift = if at.word(W::Before).is_some() { -1 } else { 1 };
        let base = Base::Unit { unit: Unit::Day, shift, from: Anchor::Mentioned };
        return Match::new(Expr::Moment(Moment { part, ..base.into() }), back, CHAINED);
    }
    if part.is_some() {
        return None;
    }
    let shift = match (at.term(), at.next().term()) {
        (Term::Fn(W::Before), Term::Day(-1)) => -2,
        (Term::Fn(W::After), Term::Day(1)) => 2,
        _ => return None,
    };
    let base = Base::Unit { unit: Unit::Day, shift, from: Anchor::Reference };
    let (moment, end) = narrowed(base.into(), at.next().next());
    Match::new(Expr::Moment(moment), end, DAY_WORD)
}

#[cfg(test)]
pub(in crate::dates) mod tests {
    use crate::dates::tests::Family;

    pub(in crate::dates) const FAMILY: Family = Family {
        title: "Days by name",
        about: "Weekdays, and today and its neighbours.",
        groups: &[
            (
                "weekdays are past unless the clause looks ahead",
                &[
                    ("Wang told him on Monday, he said.", "2023-12-12", &["Monday|DATE|2023-12-11|"]),
                    ("They will meet on Friday.", "2023-12-12", &["Friday|DATE|2023-12-15|"]),
                    ("He spoke Tuesday.", "2023-12-12", &["Tuesday|DATE|2023-12-12|"]),
                    (
                        "He left last Wednesday and returns next Monday.",
                        "2023-12-12",
                        &["last Wednesday|DATE|2023-12-06|", "next Monday|DATE|2023-12-18|"],
                    ),
                    ("It opens on Monday.", "", &["Monday|DATE|XXXX-WXX-1|"]),
                    ("On Thursday, April 6, he left.", "2000-04-09", &["Thursday, April 6|DATE|2000-04-06|"]),
                ],
            ),
            (
                "day words and parts",
                &[
                    (
                        "Today, yesterday and tomorrow.",
                        "2023-12-12",
                        &["Today|DATE|2023-12-12|", "yesterday|DATE|2023-12-11|", "tomorrow|DATE|2023-12-13|"],
                    ),
                    (
                        "It struck Monday morning and last night.",
                        "2023-12-12",
                        &["Monday morning|TIME|2023-12-11TMO|", "last night|TIME|2023-12-11TNI|"],
                    ),
                    (
                        "He left yesterday afternoon at 5 p.m.",
                        "2023-12-12",
                        &["yesterday afternoon at 5 p.m.|TIME|2023-12-11T17:00|"],
                    ),
                ],
            ),
            ("titles are not days", &[("The Sunday Times said the Sun was out and he sat.", "2023-12-12", &[])]),
            (
                "weekdays of a week",
                &[
                    (
                        "It is on Tuesday of next week, not Monday this week.",
                        "2013-02-12",
                        &["Tuesday of next week|DATE|2013-02-19|", "Monday this week|DATE|2013-02-11|"],
                    ),
                    (
                        "We met last week on Sunday; see you next week Tuesday.",
                        "2013-02-13",
                        &["last week on Sunday|DATE|2013-02-10|", "next week Tuesday|DATE|2013-02-19|"],
                    ),
                    ("They will meet on the Friday after next.", "2013-02-12", &["Friday after next|DATE|2013-02-22|"]),
                    ("He will come Friday after next.", "2013-02-12", &["Friday after next|DATE|2013-02-22|"]),
                    (
                        "Next Friday is free, this coming Sunday is not.",
                        "2013-02-12",
                        &["Next Friday|DATE|2013-02-22|", "this coming Sunday|DATE|2013-02-17|"],
                    ),
                    ("The ceremony Friday was short.", "2013-02-12", &["Friday|DATE|2013-02-08|"]),
                ],
            ),
            (
                "weekdays with the day of the month",
                &[
                    (
                        "On Tuesday the 19th and Thu 15th it rained.",
                        "2013-02-25",
                        &["Tuesday the 19th|DATE|2013-02-19|"],
                    ),
                    ("It fell on Monday 21.", "2019-01-25", &["Monday 21|DATE|2019-01-21|"]),
                ],
            ),
            (
                "next to the date before",
                &[
                    (
                        "He came on 3 May 2021; the day before, he had called.",
                        "2023-12-12",
                        &["3 May 2021|DATE|2021-05-03|", "the day before|DATE|2021-05-02|"],
                    ),
                    (
                        "He died on 3 May 2021 and was found the night after.",
                        "2023-12-12",
                        &["3 May 2021|DATE|2021-05-03|", "the night after|TIME|2021-05-04TNI|"],
                    ),
                ],
            ),
        ],
    };
}
