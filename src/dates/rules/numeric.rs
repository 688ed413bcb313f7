//! Dates in digits: ISO 8601, slashed and dotted dates, ISO weeks and quarters.

use jiff::civil::Date;

use crate::dates::cursor::{Cursor, Match};
use crate::dates::expr::{Base, Expr, Moment, Pick, Year};
use crate::dates::rules::{calendar, clocks, parts};
use crate::dates::words::{Lexicon, Term, W};

/// A date of three fields leaves little doubt; a slashed one may be day-first.
const ISO: f32 = 0.99;
const SLASHED: f32 = 0.9;
/// Two fields, which may be a fraction or a score.
const SHORT: f32 = 0.8;
const EVENT: f32 = 0.85;

pub(super) fn parse(c: Cursor<'_>) -> Option<Match<'_>> {
    let full = iso(c).or_else(|| comma_year(c)).or_else(|| slashed(c)).map(parts::at_its_time);
    full.or_else(|| iso_week_or_quarter(c))
        .or_else(|| month_year(c))
        .or_else(|| day_and_month(c))
        .or_else(|| event(c))
        .or_else(|| compact(c))
}

/// "2014-10", "10/2014". "2010-12" is two years (see `ranges`).
fn month_year(c: Cursor<'_>) -> Option<Match<'_>> {
    let (year, month, end) = match c.digits(4) {
        Some((year, rest)) => {
            separator(rest).filter(|&sign| sign != '.')?;
            let slash = rest.punct('/').is_some();
            let (month, end) = rest.next().short_number().filter(|_| slash || rest.next().digits(2).is_some())?;
            (year, month, end)
        }
        None => {
            let (month, rest) = c.short_number()?;
            separator(rest).filter(|&sign| sign != '.')?;
            let (year, end) = rest.next().digits(4)?;
            (year, month, end)
        }
    };
    let year = i16::try_from(year).ok().filter(|y| (1900..2100).contains(y))?;
    let free = separator(end).is_none() && end.punct('%').is_none();
    ((1..=12).contains(&month) && free)
        .then(|| Match::new(Base::Month { month, year: Year::Given(year) }, end, SHORT))?
}

/// "2/15", "15/2" where a preposition, a weekday or a time says that it is a day, or nothing else stands there.
pub(super) fn day_and_month(c: Cursor<'_>) -> Option<Match<'_>> {
    let (first, rest) = c.short_number()?;
    // "2-15", "2 / 15" where nothing else stands.
    let bare = c.at == 0 && rest.next().next().term() == Term::Break && rest.next().next().next().term() == Term::Break;
    let sign = if bare { matches!(rest.term(), Term::Punct('/' | '-')) } else { separator(rest) == Some('/') };
    let (second, end) = rest.next().short_number().filter(|(_, end)| sign && separator(*end).is_none())?;
    let led = matches!(
        c.before(),
        Term::Weekday { .. } | Term::Fn(W::On | W::By | W::Since | W::Until | W::Before | W::This | W::From)
    ) || c.before() == Term::Fn(W::To) && c.back(2).is_some_and(|b| matches!(b.term(), Term::Number { .. }))
        || c.back(2).is_some_and(|b| matches!(b.term(), Term::Weekday { .. }) && b.next().punct(',').is_some())
        || c.at == 0 && (end.term() == Term::Break || clocks::clock(end.maybe(W::At)).is_some());
    let weekday = matches!(c.before(), Term::Weekday { .. });
    let counted = matches!(end.term(), Term::Other | Term::Unit { .. }) && !weekday;
    if !led || counted || end.punct('%').is_some() {
        return None;
    }
    let (month, day) = month_and_day(first, second, c.day_first);
    // 29 February exists in some years.
    Date::new(2000, month, day).ok()?;
    let found = Match::new(Base::MonthDay { month, day, year: Year::Pick(Pick::Near) }, end, SHORT)?;
    Some(parts::at_its_time(found))
}

/// "9/11": the day by which an event is named.
fn event(c: Cursor<'_>) -> Option<Match<'_>> {
    let (month, rest) = c.short_number()?;
    separator(rest).filter(|&sign| sign == '/')?;
    let (day, end) = rest.next().short_number().filter(|(_, end)| separator(*end).is_none())?;
    let date = Lexicon::get().event(month, day)?;
    (end.punct('%').is_none() && end.unit().is_none()).then(|| Match::new(Base::Event(date), end, EVENT))?
}

/// A date of year, month and day without its time.
pub(super) fn full(c: Cursor<'_>) -> Option<Match<'_>> {
    iso(c).or_else(|| comma_year(c)).or_else(|| slashed(c)).filter(|found| !found.is_moment())
}

/// Whether a date of year, month and day begins here that needs no room round it.
pub(in crate::dates) fn is_full(c: Cursor<'_>) -> bool {
    iso(c).is_some()
}

/// "2023-12-11", "2023/12/11", "2023-12-11T09:30".
fn iso(c: Cursor<'_>) -> Option<Match<'_>> {
    let (year, rest) = c.digits(4)?;
    let sign = separator(rest)?;
    let (month, rest) = rest.next().short_number()?;
    if separator(rest) != Some(sign) {
        return None;
    }
    let (day, rest) = rest.next().short_number()?;
    let date = Date::new(i16::try_from(year).ok().filter(|&y| y > 0)?, month, day).ok()?;
    let mut moment = Moment::from(Base::Day(date));
    let mut end = rest;
    if let Some((clock, rest)) = rest.word(W::T).filter(|_| rest.glued()).and_then(clocks::iso_clock) {
        (moment.clock, end) = (Some(clock), rest);
    }
    Match::new(Expr::Moment(moment), end, ISO)
}

/// "2023-W49", "2023-Q3", "2023-H1".
fn iso_week_or_quarter(c: Cursor<'_>) -> Option<Match<'_>> {
    let (year, rest) = c.digits(4)?;
    let year = i16::try_from(year).ok()?;
    let letter = rest.hyphen()?;
    let (number, end) = letter.next().short_number().filter(|_| letter.next().glued())?;
    let base = match () {
        () if letter.word(W::WeekLetter).is_some() && (1..=53).contains(&number) => Base::Week { year, week: number },
        () if letter.word(W::Q).is_some() && (1..=4).contains(&number) => {
            Base::Quarter { quarter: number, year: Year::Given(year) }
        }
        () if letter.word(W::H).is_some() && (1..=2).contains(&number) => {
            Base::Half { half: number, year: Year::Given(year) }
        }
        () => return None,
    };
    Match::new(base, end, ISO)
}

/// "12/11/2023", "11/02/89", "25.12.2023": in the document's order where both readings are dates; with dots day first.
fn slashed(c: Cursor<'_>) -> Option<Match<'_>> {
    let (first, second, sign, at) = two_fields(c)?;
    let (year, end) = at.digits(4).or_else(|| at.digits(2).filter(|_| sign != '.'))?;
    let year = if year < 100 { calendar::full_year(year) } else { i16::try_from(year).ok()? };
    // "10.12.2019.1" is a version.
    let longer = sign == '.' && separator(end) == Some('.') && matches!(end.next().term(), Term::Number { .. });
    let year = Some(year).filter(|y| (1000..3000).contains(y) && !longer)?;
    let (month, day) = month_and_day(first, second, c.day_first || sign == '.');
    Match::new(Base::Day(Date::new(year, month, day).ok()?), end, SLASHED)
}

/// "08/12,2015", "06/06, 2015".
fn comma_year(c: Cursor<'_>) -> Option<Match<'_>> {
    let (first, rest) = c.short_number()?;
    separator(rest).filter(|&sign| sign == '/')?;
    let (second, rest) = rest.next().short_number()?;
    let (year, end) = rest.punct(',')?.digits(4)?;
    let year = i16::try_from(year).ok().filter(|y| (1900..2100).contains(y))?;
    let (month, day) = month_and_day(first, second, c.day_first);
    Match::new(Base::Day(Date::new(year, month, day).ok()?), end, SLASHED)
}

/// Day and month, or month and day, before a year: "11/12/" of "11/12/2023".
pub(in crate::dates) fn fields(c: Cursor<'_>) -> Option<(i8, i8)> {
    let (first, second, sign, at) = two_fields(c)?;
    (sign != '.' && (at.digits(4).is_some() || at.digits(2).is_some())).then_some((first, second))
}

/// Two fields in the order that is asked for, unless that is no date.
fn month_and_day(first: i8, second: i8, day_first: bool) -> (i8, i8) {
    if first > 12 || day_first && second <= 12 { (second, first) } else { (first, second) }
}

/// Two short numbers and the sign that stands after each.
fn two_fields(c: Cursor<'_>) -> Option<(i8, i8, char, Cursor<'_>)> {
    let (first, rest) = c.short_number()?;
    let sign = separator(rest)?;
    let (second, rest) = rest.next().short_number()?;
    (separator(rest) == Some(sign)).then_some((first, second, sign, rest.next()))
}

/// "20231211": only where it is a date of this age.
fn compact(c: Cursor<'_>) -> Option<Match<'_>> {
    let (value, end) = c.digits(8)?;
    let year = i16::try_from(value / 10_000).ok().filter(|y| (1900..2100).contains(y))?;
    let date = Date::new(year, (value / 100 % 100) as i8, (value % 100) as i8).ok()?;
    Match::new(Base::Day(date), end, 0.6)
}

/// The sign here, when it touches digits on both sides.
fn separator(c: Cursor<'_>) -> Option<char> {
    let joined = c.glued() && c.next().glued();
    ['-', '/', '.'].into_iter().find(|&sign| joined && c.punct(sign).is_some())
}

#[cfg(test)]
pub(in crate::dates) mod tests {
    use crate::dates::tests::Family;

    pub(in crate::dates) const FAMILY: Family = Family {
        title: "Dates in digits",
        about: "ISO 8601, slashed and dotted dates; month first where both readings are dates, unless the request or another date of the document says otherwise.",
        groups: &[
            (
                "dates in digits",
                &[
                    ("The file is from 2023-12-11.", "2023-12-12", &["2023-12-11|DATE|2023-12-11|"]),
                    ("Logged at 2023-12-11T09:30.", "", &["2023-12-11T09:30|TIME|2023-12-11T09:30|"]),
                    ("It was due 12/11/2023.", "", &["12/11/2023|DATE|2023-12-11|"]),
                    (
                        "It was due 25/12/2023 or 31.12.2023.",
                        "",
                        &["25/12/2023|DATE|2023-12-25|", "31.12.2023|DATE|2023-12-31|"],
                    ),
                    ("Filed 11/02/89.", "", &["11/02/89|DATE|1989-11-02|"]),
                    ("In 2023-W49 and 2023-Q3.", "", &["2023-W49|DATE|2023-W49|", "2023-Q3|DATE|2023-Q3|"]),
                ],
            ),
            (
                "what only looks like one",
                &[
                    (
                        "Version 1.2.2023 of 10.0.0.1, call 555-12-1234, won 3/4 or 24/7.",
                        "",
                        &["1.2.2023|DATE|2023-02-01|"],
                    ),
                    ("Part 2023-99-99.", "", &[]),
                    ("It is version 10.12.2019.1 of John 3:16, run in 3:45.", "2023-12-12", &[]),
                    ("It is version 10.12.2019.1 of John 3:16, run in 3:45.", "2023-12-12", &[]),
                ],
            ),
            (
                "with their time",
                &[
                    ("Logged 04/21/2016, 8:00pm.", "", &["04/21/2016, 8:00pm|TIME|2016-04-21T20:00|"]),
                    (
                        "Stamped 2015-03-28T17:00:00-0400 and 2023-12-11T09:30:15.250Z.",
                        "",
                        &[
                            "2015-03-28T17:00:00-0400|TIME|2015-03-28T17:00:00|",
                            "2023-12-11T09:30:15.250Z|TIME|2023-12-11T09:30:15|",
                        ],
                    ),
                    ("Filed as report-2002-10-09.xlsx.", "", &["2002-10-09|DATE|2002-10-09|"]),
                ],
            ),
            (
                "months and days in two fields",
                &[
                    ("In 2014-10 and 10/2014.", "", &["2014-10|DATE|2014-10|", "10/2014|DATE|2014-10|"]),
                    ("It is due on 2/15.", "2013-02-12", &["2/15|DATE|2013-02-15|"]),
                    ("They met Friday 7/6.", "2018-07-10", &["Friday 7/6|DATE|2018-07-06|"]),
                    ("4/25 at 4:00pm", "2013-02-12", &["4/25 at 4:00pm|TIME|2013-04-25T16:00|"]),
                    ("He ate 3/4 of it, 24/7.", "2013-02-12", &[]),
                ],
            ),
            ("days that name events", &[("Since 9/11 much has changed.", "2023-12-12", &["9/11|DATE|2001-09-11|"])]),
        ],
    };
}
