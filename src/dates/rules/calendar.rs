//! Dates by the month's name: "3 May 2021", "May 3", "the 3rd of May", "October 1984", "October".

use jiff::civil::Date;

use crate::dates::cursor::{Cursor, Match};
use crate::dates::expr::{Base, Pick, Unit, Year};
use crate::dates::lexer::Case;
use crate::dates::numbers;
use crate::dates::rules::{parts, years};
use crate::dates::words::{Term, W};

/// Day, month and year; day and month; month and year; a month alone, the least certain.
const FULL: f32 = 0.98;
const DAY: f32 = 0.95;
const MONTH_YEAR: f32 = 0.95;
const MONTH: f32 = 0.85;
/// "on the 15th", of a month that is not named.
const DAY_ALONE: f32 = 0.6;

pub(super) fn parse(c: Cursor<'_>) -> Option<Match<'_>> {
    date(c).or_else(|| year_first(c)).map(parts::at_its_time).or_else(|| month(c))
}

/// A date or a month that something before it makes certain: "mid-", "between March and".
pub(super) fn led(c: Cursor<'_>) -> Option<Match<'_>> {
    date(c).or_else(|| month(c)).or_else(|| {
        let (month, end) = month_name(c)?;
        Match::new(Base::Month { month, year: Year::Pick(Pick::Near) }, end, MONTH)
    })
}

/// A day of a named month, with or without its year.
pub(super) fn date(c: Cursor<'_>) -> Option<Match<'_>> {
    let (month, day, rest) = month_day(c).or_else(|| day_month(c))?;
    let (year, end) = year_after(rest).unwrap_or((Year::Pick(Pick::Near), rest));
    if let Year::Given(year) = year {
        return Match::new(Base::Day(Date::new(year, month, day).ok()?), end, FULL);
    }
    // 29 February exists in some years.
    Date::new(2000, month, day).ok()?;
    Match::new(Base::MonthDay { month, day, year }, end, DAY)
}

/// "May 3", "Dec. 11th".
fn month_day(c: Cursor<'_>) -> Option<(i8, i8, Cursor<'_>)> {
    let (month, rest) = month_name(c).or_else(|| lower_month(c)).or_else(|| lower_month_of_day(c))?;
    let rest = separator(rest).unwrap_or(rest.maybe(W::The));
    // "October, 1st"
    let comma = rest.punct(',').filter(|c| numbers::ordinal(*c).is_some() && matches!(c.term(), Term::Number { .. }));
    let rest = comma.unwrap_or(rest);
    let (day, end) = numbers::ordinal(rest).or_else(|| rest.short_number()).or_else(|| spelled_day(rest))?;
    // "May 3.5 million", "March 10,000"
    let decimal = end.punct('.').is_some_and(|d| end.glued() && d.glued() && matches!(d.term(), Term::Number { .. }));
    let percent = end.punct('%').is_some();
    let clock = end.punct(':').is_some_and(|c| c.glued() && matches!(c.term(), Term::Number { .. }));
    (!decimal && !percent && !clock && (1..=31).contains(&day)).then_some((month, day, end))
}

/// "twenty nine" after a month: in words only where they close the phrase.
fn spelled_day(c: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    let Term::Cardinal(_) = c.term() else { return None };
    let (day, end) = numbers::integer(c).filter(|(day, _)| (1..=31).contains(day))?;
    let closed =
        matches!(end.term(), Term::Punct('.' | ',' | ';' | '!' | '?') | Term::Break | Term::Number { digits: 4, .. })
            || years::spelled_year(end).is_some();
    closed.then_some((day as i8, end))
}

/// A hyphen or slash that touches both neighbours, as in "Oct-2" or "23/Sep/2020".
fn separator(c: Cursor<'_>) -> Option<Cursor<'_>> {
    c.hyphen().or_else(|| c.punct('/').filter(|rest| c.glued() && rest.glued()))
}

/// "3 May", "3rd of May", "the third of May".
fn day_month<'a>(c: Cursor<'a>) -> Option<(i8, i8, Cursor<'a>)> {
    let start = c.maybe(W::The);
    let (day, rest) = match numbers::ordinal(start) {
        Some((day, rest)) => (day, rest.maybe(W::Of)),
        None => {
            let (day, rest) = start.short_number().or_else(|| {
                let (day, rest) = numbers::integer(start).filter(|(day, _)| (20..=31).contains(day))?;
                Some((day as i8, rest))
            })?;
            // "16. Nov. 2016"
            let stop = rest.punct('.').filter(|at| rest.glued() && !at.glued() && month_name(*at).is_some());
            (day, rest.word(W::Of).or(stop).or_else(|| separator(rest)).unwrap_or(rest))
        }
    };
    let any = |c: Cursor<'a>| match c.term() {
        Term::Month { month, abbr: false } => Some((month, c.next())),
        _ => None,
    };
    // "3rd of march"
    let (month, end) = month_name(rest).or_else(|| lower_month(rest)).or_else(|| any(rest))?;
    (1..=31).contains(&day).then_some((month, day, end))
}

/// A month's name or abbreviation, with its full stop.
pub(super) fn month_name(c: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    match c.term() {
        Term::Month { month, abbr } if c.capital() => {
            let end = c.next();
            Some((month, end.punct('.').filter(|_| abbr && end.glued()).unwrap_or(end)))
        }
        _ => None,
    }
}

/// A month written small, which beside a day is plain; not "may" nor "march".
fn lower_month(c: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    match c.term() {
        Term::Month { month, .. } if !matches!(month, 3 | 5) => Some((month, c.next())),
        _ => None,
    }
}

/// "march 3", "may 1st": written small, only where the day closes the phrase.
fn lower_month_of_day(c: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    let Term::Month { month, .. } = c.term() else { return None };
    let day = c.next().maybe_punct('.').maybe(W::The);
    let ordinal = numbers::ordinal(day);
    let (_, end) = ordinal.or_else(|| day.short_number())?;
    let closed = ordinal.is_some() || !matches!(end.term(), Term::Other | Term::Unit { .. } | Term::Cardinal(_));
    closed.then(|| (month, c.next().maybe_punct('.')))
}

/// "the 15th of next month", "on the 15th".
pub(super) fn day_of_month(c: Cursor<'_>) -> Option<Match<'_>> {
    let at = c.maybe(W::The);
    // "the twenty second", but not "the second".
    let digits = matches!(at.term(), Term::Number { .. } | Term::Cardinal(_));
    let ordinal = numbers::ordinal(at);
    let (day, end) = ordinal.or_else(|| at.short_number()).filter(|(day, _)| (1..=31).contains(day))?;
    let of = end.word(W::Of).map(|of| of.maybe(W::The)).or_else(|| ordinal.map(|_| end));
    if let Some((shift, end)) = of.and_then(month_pick) {
        return Match::new(Base::DayOfMonth { day, weekday: None, shift: Some(shift) }, end, DAY);
    }
    let led = matches!(
        c.before(),
        Term::Fn(
            W::On
                | W::By
                | W::Until
                | W::Till
                | W::Since
                | W::From
                | W::Before
                | W::After
                | W::To
                | W::Through
                | W::For
        )
    );
    let closed = match end.term() {
        Term::Punct(sign) => !matches!(sign, '-' | '/' | '%' | '$'),
        Term::Break | Term::Clock { .. } => true,
        Term::Fn(word) => !matches!(word, W::Of | W::S | W::Half | W::Period),
        _ => false,
    };
    (digits && ordinal.is_some() && led && closed)
        .then(|| Match::new(Base::DayOfMonth { day, weekday: None, shift: None }, end, DAY_ALONE))?
}

/// "this month", "the current month", "next month": months from the reference's.
fn month_pick(c: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    let shift = match c.term() {
        Term::Fn(W::Last | W::Past | W::Previous) => -1,
        Term::Fn(W::This | W::Current) => 0,
        Term::Fn(W::Next | W::Coming | W::Following | W::Upcoming) => 1,
        _ if c.is_unit(Unit::Month) && c.before() == Term::Fn(W::The) => return Some((0, c.next())),
        _ => return None,
    };
    c.next().is_unit(Unit::Month).then(|| (shift, c.next().next()))
}

/// A month with its year, or alone.
fn month(c: Cursor<'_>) -> Option<Match<'_>> {
    let (month, rest) = month_name(c).or_else(|| lower_month_led(c))?;
    if let Some((year, end)) = year_after(rest) {
        return Match::new(Base::Month { month, year }, end, MONTH_YEAR);
    }
    if !is_month_alone(c, rest) {
        return None;
    }
    Match::new(Base::Month { month, year: Year::Pick(Pick::Near) }, rest, MONTH)
}

/// "in april", "since may", "in the april": written small, where a preposition leaves no doubt.
fn lower_month_led(c: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    let Term::Month { month, abbr: false } = c.term() else { return None };
    let article = c.before() == Term::Fn(W::The);
    let before = if article { c.back(2)?.term() } else { c.before() };
    // "took part in the march"
    let led =
        matches!(before, Term::Fn(W::In | W::Since | W::During | W::Until)) && !(article && matches!(month, 3 | 5));
    // "april 2017", "june of 1992"
    let dated = matches!(year_after(c.next()), Some((Year::Given(_), _)));
    (dated || led && c.next().term() != Term::Other).then(|| (month, c.next()))
}

/// Whether the month's name stands for the month: not a person ("April Jones") nor a verb ("May I").
fn is_month_alone(c: Cursor<'_>, rest: Cursor<'_>) -> bool {
    let Term::Month { month, abbr } = c.term() else {
        return false;
    };
    let led = matches!(
        c.before(),
        Term::Fn(
            W::In
                | W::Since
                | W::By
                | W::Of
                | W::Until
                | W::Till
                | W::From
                | W::To
                | W::Between
                | W::And
                | W::Or
                | W::Before
                | W::After
                | W::During
                | W::Through
                | W::Last
                | W::Next
                | W::This
                | W::Every
                | W::Each
                | W::For
                | W::At
                | W::Throughout
                | W::Past
                | W::Coming
                | W::Following
                | W::Into
                | W::Previous
        ) | Term::Phase(_)
            | Term::Approx(_)
            | Term::Day(_)
    );
    // "the March vote"
    let attributive = c.before() == Term::Fn(W::The) && rest.term() == Term::Other && rest.case() == Case::Lower;
    let led = led || attributive;
    if abbr {
        let plain =
            matches!(c.before(), Term::Fn(W::In | W::Since | W::Until | W::During | W::Last | W::Next | W::This));
        return led && c.next().punct('.').is_some() || plain && !rest.glued() && rest.term() != Term::Other;
    }
    if c.case() == Case::Lower {
        return true;
    }
    // "Theresa May", "J. August"
    let named = c.back(1).is_some_and(|b| b.term() == Term::Other && b.case() == Case::Title);
    // "April Jones", "March Madness"
    let names = rest.term() == Term::Other && rest.case() == Case::Title && !rest.is("I");
    match month {
        3 | 5 => led && !names && c.case() == Case::Title,
        4 | 6 | 8 => !names && (led || !named),
        _ => !named || led,
    }
}

/// "2019-aug-1", "2020/Sep/23".
pub(super) fn year_first(c: Cursor<'_>) -> Option<Match<'_>> {
    let (year, rest) = years::year(c)?;
    let at = separator(rest)?;
    let Term::Month { month, .. } = at.term() else { return None };
    let (day, end) = separator(at.next())?.short_number()?;
    Match::new(Base::Day(Date::new(year, month, day).ok()?), end, FULL)
}

/// The year that belongs to a date: ", 2023", "2023", "of 1998", "this year", "last year".
pub(super) fn year_after(c: Cursor<'_>) -> Option<(Year, Cursor<'_>)> {
    let at = separator(c).unwrap_or_else(|| c.maybe_punct(',').maybe(W::Of).maybe(W::In));
    if let Some((value, end)) = at.digits(4) {
        let year = i16::try_from(value).ok().filter(|y| (1000..3000).contains(y))?;
        // "May 3, 2000 people"
        let counted = at.at > c.at && matches!(end.term(), Term::Other) && end.is("people");
        let decimal = matches!(end.term(), Term::Punct('.' | ',' | ':')) && end.glued() && end.next().glued();
        let number = decimal && matches!(end.next().term(), Term::Number { .. });
        return (!counted && !number).then_some((Year::Given(year), end));
    }
    // "31-Oct-74"; "Nov. 19-20" are two days.
    let after_month = matches!(c.before(), Term::Month { .. });
    if let Some((value, end)) =
        separator(c).and_then(|at| at.digits(2)).filter(|(_, end)| after_month && separator(*end).is_none())
    {
        return Some((Year::Given(full_year(value)), end));
    }
    if let Some((year, end)) = years::spelled_year(at) {
        return Some((Year::Given(i16::try_from(year).ok()?), end));
    }
    if let Some(apostrophe) = c.punct('\'') {
        let (value, end) = apostrophe.digits(2)?;
        return Some((Year::Given(full_year(value)), end));
    }
    let at = c.maybe(W::Of);
    let shift = match at.term() {
        Term::Fn(W::Last) => -1,
        Term::Fn(W::This) => 0,
        Term::Fn(W::Next) => 1,
        _ => return None,
    };
    let unit = at.next();
    unit.is_unit(Unit::Year).then(|| (Year::Shift(shift), unit.next())).filter(|(_, end)| end.possessive().is_none())
}

/// "'98" is 1998, "'21" is 2021.
pub(super) fn full_year(two_digits: u32) -> i16 {
    let year = two_digits.min(99) as i16;
    if year < 50 { 2000 + year } else { 1900 + year }
}

#[cfg(test)]
pub(in crate::dates) mod tests {
    use crate::dates::tests::Family;

    pub(in crate::dates) const FAMILY: Family = Family {
        title: "Dates by the month's name",
        about: "Day, month and year in any order, with or without the year.",
        groups: &[
            (
                "full dates",
                &[
                    ("Born 3 May 2021 in Rome.", "", &["3 May 2021|DATE|2021-05-03|"]),
                    ("On May 3, 2021, he left.", "", &["May 3, 2021|DATE|2021-05-03|"]),
                    ("On Dec. 11, 2023 it ended.", "", &["Dec. 11, 2023|DATE|2023-12-11|"]),
                    ("the 3rd of May 1998", "", &["the 3rd of May 1998|DATE|1998-05-03|"]),
                    (
                        "Sent 31-Oct-2014, due february 15.",
                        "2014-12-12",
                        &["31-Oct-2014|DATE|2014-10-31|", "february 15|DATE|2015-02-15|"],
                    ),
                    ("On 29 February 2023 nothing happened.", "", &["February 2023|DATE|2023-02|"]),
                ],
            ),
            (
                "days of a month",
                &[
                    ("The assault of October 7 shocked.", "2023-12-12", &["October 7|DATE|2023-10-07|"]),
                    ("They will meet on February 10.", "2000-01-07", &["February 10|DATE|2000-02-10|"]),
                    ("It closes on December 25.", "", &["December 25|DATE|XXXX-12-25|"]),
                    ("It ended on May 3 last year.", "2023-12-12", &["May 3 last year|DATE|2022-05-03|"]),
                ],
            ),
            (
                "months",
                &[
                    ("It met in October 1984.", "", &["October 1984|DATE|1984-10|"]),
                    ("For the first time in October, he said.", "2023-12-12", &["October|DATE|2023-10|"]),
                    ("Elections will be held in May.", "1998-03-01", &["May|DATE|1998-05|"]),
                    ("In December sales fell.", "2024-01-10", &["December|DATE|2023-12|"]),
                    ("They met in January this year.", "1998-02-19", &["January this year|DATE|1998-01|"]),
                ],
            ),
            (
                "names and verbs are not months",
                &[
                    ("April Jones and Theresa May may march on. May I? March on!", "2023-12-12", &[]),
                    ("May 3.5 million people", "2023-12-12", &[]),
                ],
            ),
            (
                "days written in other ways",
                &[
                    ("He was born on May twenty-nine, 1986.", "", &["May twenty-nine, 1986|DATE|1986-05-29|"]),
                    (
                        "It was on the twenty-second of June.",
                        "2016-11-07",
                        &["the twenty-second of June|DATE|2016-06-22|"],
                    ),
                    (
                        "It runs on Nov. 19-20.",
                        "2016-11-07",
                        &["Nov. 19|DATE|2016-11-19|", "20|DATE|2016-11-20|", "Nov. 19-20|RANGE|2016-11-19..2016-11-21"],
                    ),
                    (
                        "What was the april 2017 bonus, and that of june of 1992?",
                        "",
                        &["april 2017|DATE|2017-04|", "june of 1992|DATE|1992-06|"],
                    ),
                    (
                        "Paid 23/Sep/2020, 2019-aug-1 and 31-Oct-74.",
                        "",
                        &["23/Sep/2020|DATE|2020-09-23|", "2019-aug-1|DATE|2019-08-01|", "31-Oct-74|DATE|1974-10-31|"],
                    ),
                    ("Due Oct/2, or on Jan-3.", "2016-11-07", &["Oct/2|DATE|2016-10-02|", "Jan-3|DATE|2017-01-03|"]),
                    ("Signed 16. Nov. 2016.", "", &["16. Nov. 2016|DATE|2016-11-16|"]),
                    (
                        "It closed on September 10, nineteen oh one.",
                        "",
                        &["September 10, nineteen oh one|DATE|1901-09-10|"],
                    ),
                    ("It will open on October, 1st.", "2018-08-21", &["October, 1st|DATE|2018-10-01|"]),
                    (
                        "see you on march 3 or may 1st",
                        "2013-02-12",
                        &["march 3|DATE|2013-03-03|", "may 1st|DATE|2013-05-01|"],
                    ),
                    ("It was released on 14 nov.", "2016-11-14", &["14 nov|DATE|2016-11-14|"]),
                ],
            ),
            (
                "days of a month that is not named",
                &[
                    ("It will be shut on the 24th.", "2013-02-12", &["the 24th|DATE|2013-02-24|"]),
                    ("The court sat on the 15th.", "2013-02-12", &["the 15th|DATE|2013-01-15|"]),
                    (
                        "The 20th of next month and the 5th of this month.",
                        "2013-02-12",
                        &["The 20th of next month|DATE|2013-03-20|", "the 5th of this month|DATE|2013-02-05|"],
                    ),
                    ("He lives on the 24th floor of the 5th building.", "2013-02-12", &[]),
                ],
            ),
            (
                "months written small",
                &[
                    (
                        "It rained in april and since june.",
                        "2018-05-24",
                        &["april|DATE|2018-04|", "june|DATE|2018-06|"],
                    ),
                    ("He took part in the march.", "2018-05-24", &[]),
                ],
            ),
        ],
    };
}
