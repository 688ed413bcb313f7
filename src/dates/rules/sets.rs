//! What recurs: "every Tuesday", "daily", "each year", "twice a year", "Tuesday nights".

use crate::dates::cursor::{Cursor, Match};
use crate::dates::expr::{Amount, Base, Clock, Every, Expr, Pick, Unit, Year};
use crate::dates::numbers;
use crate::dates::rules::{calendar, clocks, parts};
use crate::dates::words::{Term, W};

const EVERY: f32 = 0.93;
const FREQUENCY: f32 = 0.85;

pub(super) fn parse(c: Cursor<'_>) -> Option<Match<'_>> {
    match c.term() {
        Term::Frequency(index) => Match::new(Expr::Set(Every::Frequency(index)), c.next(), frequency(c)?),
        Term::Weekdays(day) if c.capital() => {
            let (part, end) = part(c.next());
            Match::new(Expr::Set(Every::Weekday(day, part)), end, EVERY)
        }
        Term::Weekdays(day) if plain_frequency(c) => {
            Match::new(Expr::Set(Every::Weekday(day, None)), c.next(), FREQUENCY)
        }
        Term::Fn(W::Every | W::Each) => every(c.next()),
        _ => None,
    }
}

/// "The Daily Mail" is a newspaper.
fn frequency(c: Cursor<'_>) -> Option<f32> {
    let title = c.capital() && !matches!(c.before(), Term::Break | Term::Punct(_));
    if title || c.capital() && c.next().capital() {
        return None;
    }
    // "a quarterly dividend" is a kind of dividend.
    let kind = ["quarterly", "monthly", "biannually"].iter().any(|word| c.is(word)) && c.next().term() == Term::Other;
    (!kind).then_some(FREQUENCY)
}

fn part(c: Cursor<'_>) -> (Option<super::super::expr::Part>, Cursor<'_>) {
    match c.term() {
        Term::Part { part, .. } => (Some(part), c.next()),
        _ => (None, c),
    }
}

/// "Tuesday nights".
pub(super) fn weekday_parts(c: Cursor<'_>) -> Option<Match<'_>> {
    match (c.term(), c.next().term()) {
        (Term::Weekday { day, abbr: false }, Term::Part { part, plural: true }) if c.capital() => {
            Match::new(Expr::Set(Every::Weekday(day, Some(part))), c.next().next(), EVERY)
        }
        _ => None,
    }
}

/// After "every" or "each".
fn every(c: Cursor<'_>) -> Option<Match<'_>> {
    let set = |every, end| Match::new(Expr::Set(every), end, EVERY);
    let other = c.word(W::Other);
    let at = other.unwrap_or(c);
    match at.term() {
        Term::Weekday { day, abbr: false } => {
            if let Some((clock, end)) = at_clock(at.next()) {
                return set(Every::WeekdayAt(day, clock), end);
            }
            let (part, end) = part(at.next());
            return set(Every::Weekday(day, part), end);
        }
        _ if at.is("weekday") || at.is("workday") => return set(Every::Weekdays, at.next()),
        Term::Unit { unit: Unit::Weekend, plural: false } if other.is_none() => return set(Every::Weekends, at.next()),
        Term::Unit { unit: Unit::Day, plural: false } if other.is_none() => {
            if let Some((clock, end)) = at_clock(at.next()) {
                return set(Every::DayAt(clock), end);
            }
        }
        Term::Month { month, abbr: false } if at.capital() => {
            if let Some((day, end)) = month_day(at) {
                return set(Every::MonthDay(month, day), end);
            }
            return set(Every::Month(month), at.next());
        }
        Term::Season { season, .. } => return set(Every::Season(season), at.next()),
        Term::Part { part, .. } => {
            return match at_clock(at.next()) {
                Some((clock, end)) => set(Every::DayAt(parts::in_part(clock, Some(part))), end),
                None => set(Every::Part(part), at.next()),
            };
        }
        _ => {}
    }
    let (amount, at) = match other {
        Some(at) => (Amount::whole(2), at),
        None => numbers::amount(c)
            .or_else(|| numbers::ordinal(c).map(|(n, at)| (Amount::whole(u32::from(n as u8)), at)))
            .unwrap_or((Amount::whole(1), c)),
    };
    let (unit, plural, end) = at.unit()?;
    // "every second" is a unit, "every second day" an ordinal; "every 20 years"
    (plural == (amount != Amount::whole(1)) || other.is_some() || !plural)
        .then(|| set(Every::Period(amount, unit), end))?
}

/// The rest of "9 a.m. on Sundays", "3 p.m. each day", "5 p.m. every Monday".
pub(super) fn after_clock(clock: Clock, c: Cursor<'_>) -> Option<Match<'_>> {
    let set = |every, end| Match::new(Expr::Set(every), end, EVERY);
    if let Term::Weekdays(day) = c.maybe(W::On).term() {
        return set(Every::WeekdayAt(day, clock), c.maybe(W::On).next());
    }
    let at = c.any(&[W::Every, W::Each])?;
    match at.term() {
        Term::Weekday { day, abbr: false } => set(Every::WeekdayAt(day, clock), at.next()),
        Term::Unit { unit: Unit::Day, plural: false } => set(Every::DayAt(clock), at.next()),
        _ => None,
    }
}

/// "at 9 a.m." after what recurs.
fn at_clock(c: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let at = c.maybe(W::At);
    clocks::clock(at).or_else(|| (at.at > c.at).then(|| clocks::bare_hour(at))?)
}

/// "December 25" after "every".
fn month_day(c: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    let moment = calendar::date(c)?;
    match moment.moment()?.base {
        Base::MonthDay { day, year: Year::Pick(Pick::Near), .. } => Some((day, moment.end)),
        _ => None,
    }
}

/// "on weekends", "weekdays": small letters.
fn plain_frequency(c: Cursor<'_>) -> bool {
    matches!(c.before(), Term::Fn(W::On | W::And | W::Or | W::At) | Term::Break)
}

/// "twice a year", "three times per week".
pub(super) fn times_per(c: Cursor<'_>) -> Option<Match<'_>> {
    let at = c.any(&[W::Once, W::Twice]).or_else(|| {
        let (_, at) = numbers::amount(c)?;
        at.word(W::Times)
    })?;
    let (unit, plural, end) = at.any(&[W::A, W::An, W::Per, W::Each, W::Every])?.unit()?;
    (!plural && unit != Unit::Second)
        .then(|| Match::new(Expr::Set(Every::Period(Amount::whole(1), unit)), end, EVERY))?
}

#[cfg(test)]
pub(in crate::dates) mod tests {
    use crate::dates::tests::Family;

    pub(in crate::dates) const FAMILY: Family = Family {
        title: "What recurs",
        about: "",
        groups: &[
            (
                "sets",
                &[
                    (
                        "every Tuesday, each July, every other day",
                        "",
                        &["every Tuesday|SET|XXXX-WXX-2|", "each July|SET|XXXX-07|", "every other day|SET|P2D|"],
                    ),
                    (
                        "It meets daily, twice a year and every three weeks.",
                        "",
                        &["daily|SET|P1D|", "twice a year|SET|P1Y|", "every three weeks|SET|P3W|"],
                    ),
                    (
                        "They fly Tuesday nights and on Fridays.",
                        "2023-12-12",
                        &["Tuesday nights|SET|XXXX-WXX-2TNI|", "Fridays|SET|XXXX-WXX-5|"],
                    ),
                    ("Paid semi-annually.", "", &[]),
                    ("He wrote for the Daily Mail.", "", &[]),
                ],
            ),
            (
                "with a time",
                &[
                    (
                        "It meets every Monday at 9 a.m. and every day at 5.",
                        "",
                        &["every Monday at 9 a.m.|SET|XXXX-WXX-1T09:00|", "every day at 5|SET|XXXX-XX-XXT05:00|"],
                    ),
                    (
                        "at 3pm each day, 9am on Sundays",
                        "",
                        &["3pm each day|SET|XXXX-XX-XXT15:00|", "9am on Sundays|SET|XXXX-WXX-7T09:00|"],
                    ),
                    ("every morning at 9", "", &["every morning at 9|SET|XXXX-XX-XXT09:00|"]),
                ],
            ),
            (
                "others",
                &[(
                    "every weekday, on weekdays, every weekend, every December 25",
                    "",
                    &[
                        "every weekday|SET|XXXX-WXX-WD|",
                        "weekdays|SET|XXXX-WXX-WD|",
                        "every weekend|SET|XXXX-WXX-WE|",
                        "every December 25|SET|XXXX-12-25|",
                    ],
                )],
            ),
        ],
    };
}
