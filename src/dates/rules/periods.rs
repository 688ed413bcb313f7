//! Weeks, months, seasons and years named from where one stands: "last week", "this summer", "the following day".

use jiff::civil::Date;

use crate::dates::cursor::{Cursor, Match};
use crate::dates::expr::{Amount, Anchor, Base, Counted, Every, Expr, Pick, Season, Unit, Whole, Year};
use crate::dates::numbers;
use crate::dates::rules::{calendar, holidays, years};
use crate::dates::words::{Term, W};

const PERIOD: f32 = 0.93;
/// Counted from a date mentioned before.
const CHAINED: f32 = 0.8;
const SEASON: f32 = 0.85;
/// "the year" may be any.
const WHOLE: f32 = 0.6;
/// Counted within a period.
const NTH: f32 = 0.9;

pub(super) fn parse(c: Cursor<'_>) -> Option<Match<'_>> {
    let (article, at) = match c.word(W::The) {
        Some(at) => (true, at),
        None => (false, c),
    };
    if let Some((unit, false, end)) = at.unit() {
        return article.then(|| weekend(unit, end).or_else(|| whole(c, unit, end)))?;
    }
    if let Some((unit @ (Unit::Year | Unit::Quarter), false, end)) =
        at.any(&[W::Fiscal, W::Full]).and_then(Cursor::unit)
    {
        return article.then(|| whole(c, unit, end))?;
    }
    let Term::Fn(word) = at.term() else {
        return None;
    };
    let (shift, pick, from) = match word {
        W::Last => (-1, Pick::Last, Anchor::Reference),
        W::Past if !article => (-1, Pick::Last, Anchor::Reference),
        W::Previous | W::Prior => (-1, Pick::Last, Anchor::Mentioned),
        W::This => (0, Pick::This, Anchor::Reference),
        W::Current => (0, Pick::This, Anchor::Reference),
        W::Same | W::That => (0, Pick::This, Anchor::Mentioned),
        W::Next if article => (1, Pick::Next, Anchor::Mentioned),
        W::Next => (1, Pick::Next, Anchor::Reference),
        W::Coming | W::Upcoming => (1, Pick::Next, Anchor::Reference),
        W::Following => (1, Pick::Next, Anchor::Mentioned),
        _ => return None,
    };
    let at = at.next();
    // "this past week", "this coming year"
    let (shift, pick, at) = match (word, at.term()) {
        (W::This, Term::Fn(W::Past)) => (-1, Pick::Last, at.next()),
        (W::This, Term::Fn(W::Coming)) => (1, Pick::Next, at.next()),
        _ => (shift, pick, at),
    };
    let year = if from == Anchor::Mentioned { Year::Mentioned(pick) } else { Year::Pick(pick) };
    // "the last May vote" may be any; "the following May" is one.
    let placed = !article || matches!(word, W::Following | W::Previous | W::Same);
    if let Some((month, end)) = calendar::month_name(at).or_else(|| match (word, at.term()) {
        // "next june"
        (W::Last | W::Next, Term::Month { month, abbr: false }) if !article => Some((month, at.next())),
        _ => None,
    }) {
        if let Some((day, end)) = numbers::ordinal(end).or_else(|| end.short_number()) {
            Date::new(2000, month, day).ok()?;
            return Match::new(Base::MonthDay { month, day, year }, end, PERIOD);
        }
        return placed.then(|| Match::new(Base::Month { month, year }, end, PERIOD))?;
    }
    if at.term() == Term::Holiday && placed {
        return holidays::picked(at, year);
    }
    if let Term::Season { season, plural: false } = at.term() {
        return Match::new(Base::Season { season, year }, at.next(), SEASON);
    }
    let fiscal = at.any(&[W::Fiscal, W::Financial, W::Calendar]).unwrap_or(at);
    let (unit, plural, end) = fiscal.unit()?;
    // "the last week" is a length of time, "the current" and "the next" day a place.
    let length = article && (word == W::Last || word == W::Next && unit > Unit::Year);
    let clock = matches!(unit, Unit::Second | Unit::Minute | Unit::Hour);
    // "last-minute", "this year-end", "last day"
    let joined =
        end.hyphen().is_some() || unit == Unit::Day && matches!(word, W::Last | W::Next | W::Coming) && !article;
    if plural || length || clock || joined {
        return None;
    }
    let base = match (word, from) {
        (W::Same | W::That, _) => Base::Mentioned(unit),
        _ => Base::Unit { unit, shift, from },
    };
    let confidence = if from == Anchor::Reference { PERIOD } else { CHAINED };
    Match::new(base, end, confidence)
}

/// "the first Monday of May", "last day of October 2015", "the third week in the month", "the second last week of 2018".
pub(super) fn nth(c: Cursor<'_>) -> Option<Match<'_>> {
    let (nth, at) = ordinal(c.maybe(W::The))?;
    let (counted, at) = match at.term() {
        Term::Weekday { day, .. } => (Counted::Weekday(day), at.next().maybe_punct('.')),
        _ => {
            let (unit, plural, end) = at.unit()?;
            let within =
                matches!(unit, Unit::Day | Unit::Week | Unit::Weekend | Unit::Month | Unit::Year | Unit::Decade);
            (!plural && within).then_some((Counted::Unit(unit), end))?
        }
    };
    let at = at.any(&[W::Of, W::In])?;
    // "the first Monday of each month"
    if let Some((unit, false, end)) = at.any(&[W::Every, W::Each]).and_then(Cursor::unit) {
        return Match::new(Expr::Set(Every::Period(Amount::whole(1), unit)), end, NTH);
    }
    let (of, end) = whole_of(at)?;
    Match::new(Base::Nth { nth, counted, of }, end, NTH)
}

/// "first", "last", "second last", "fifth last", "second to last".
fn ordinal(c: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    if let Some(end) = c.word(W::Last) {
        return Some((-1, end));
    }
    let (n, end) = numbers::ordinal(c)?;
    // "second last", "second-to-last"
    let last = end.maybe_hyphen();
    let last = last.word(W::To).map_or(last, Cursor::maybe_hyphen);
    Some(last.word(W::Last).map_or((n, end), |end| (-n, end)))
}

/// What something is counted within: "May", "October 2015", "next month", "the year", "2018".
fn whole_of(c: Cursor<'_>) -> Option<(Whole, Cursor<'_>)> {
    if let Some((month, end)) = calendar::month_name(c).or_else(|| match c.term() {
        Term::Month { month, abbr: false } => Some((month, c.next())),
        _ => None,
    }) {
        let (year, end) = calendar::year_after(end).unwrap_or((Year::Pick(Pick::Near), end));
        return Some((Whole::Month { month, year }, end));
    }
    if let Some((year, end)) = years::year(c) {
        return Some((Whole::Year(year), end));
    }
    if let Some(found) = years::decade(c).or_else(|| years::century(c)) {
        return match found.moment()?.base {
            Base::Decade { tens, century_given: true } => Some((Whole::Decade(tens), found.end)),
            Base::Century(hundreds) => Some((Whole::Century(hundreds), found.end)),
            _ => None,
        };
    }
    let article = c.word(W::The);
    let at = article.unwrap_or(c);
    let (shift, from, at) = match at.term() {
        Term::Fn(W::Last | W::Past) => (-1, Anchor::Reference, at.next()),
        Term::Fn(W::This | W::Current) => (0, Anchor::Reference, at.next()),
        Term::Fn(W::Same | W::That) => (0, Anchor::Mentioned, at.next()),
        Term::Fn(W::Next) if article.is_none() => (1, Anchor::Reference, at.next()),
        Term::Fn(W::Coming | W::Upcoming) => (1, Anchor::Reference, at.next()),
        Term::Fn(W::Next | W::Following) => (1, Anchor::Mentioned, at.next()),
        Term::Fn(W::Previous) => (-1, Anchor::Mentioned, at.next()),
        _ => (0, Anchor::Mentioned, article?),
    };
    if let Term::Season { season, plural: false } = at.term() {
        return Some((Whole::Season { season, year: Year::Shift(shift) }, at.next()));
    }
    let (unit, plural, end) = at.unit()?;
    let long = matches!(unit, Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade | Unit::Century);
    (long && !plural && end.hyphen().is_none()).then_some((Whole::Unit { unit, shift, from }, end))
}

/// "the week after next", "month after next".
pub(super) fn after_next(c: Cursor<'_>) -> Option<Match<'_>> {
    let (unit, plural, end) = c.maybe(W::The).unit()?;
    let end = end.word(W::After)?.word(W::Next)?;
    let near = matches!(unit, Unit::Week | Unit::Weekend | Unit::Month | Unit::Quarter | Unit::Year);
    let closed = !matches!(end.term(), Term::Unit { .. } | Term::Weekday { .. } | Term::Month { .. });
    (near && !plural && closed)
        .then(|| Match::new(Base::Unit { unit, shift: 2, from: Anchor::Reference }, end, PERIOD))?
}

/// "the weekend".
fn weekend(unit: Unit, end: Cursor<'_>) -> Option<Match<'_>> {
    (unit == Unit::Weekend && end.hyphen().is_none()).then(|| Match::new(Base::Mentioned(unit), end, CHAINED))?
}

/// "for the year", "in the week": the one spoken of.
fn whole<'a>(c: Cursor<'a>, unit: Unit, end: Cursor<'a>) -> Option<Match<'a>> {
    let led = matches!(c.before(), Term::Fn(W::In | W::For | W::During | W::Of | W::Throughout | W::Through));
    let unit_is_whole = matches!(unit, Unit::Week | Unit::Month | Unit::Quarter | Unit::Year);
    let closed =
        matches!(end.term(), Term::Punct(_) | Term::Break | Term::Past | Term::Fn(_)) && end.hyphen().is_none();
    (led && unit_is_whole && closed).then(|| Match::new(Base::Mentioned(unit), end, WHOLE))?
}

/// "the winter of 1994", "summer 1998", "in the spring".
pub(super) fn season(c: Cursor<'_>) -> Option<Match<'_>> {
    let article = c.word(W::The);
    let at = article.unwrap_or(c);
    let Term::Season { season, plural: false } = at.term() else {
        return None;
    };
    let end = at.next();
    let of = end.maybe(W::Of);
    if let Some((year, end)) = years::year(of) {
        return Match::new(Base::Season { season, year: Year::Given(year) }, end, PERIOD);
    }
    if let Some(spelled) = years::spelled(of) {
        let super::super::expr::Expr::Moment(moment) = spelled.expr else {
            return None;
        };
        let Base::Year(year) = moment.base else {
            return None;
        };
        return Match::new(Base::Season { season, year: Year::Given(year) }, spelled.end, PERIOD);
    }
    // "in the fall of Rome", "the spring collection"
    let led = matches!(
        c.before(),
        Term::Fn(W::In | W::Since | W::By | W::Until | W::During | W::Throughout | W::Into) | Term::Approx(_)
    );
    let closed = !matches!(end.term(), Term::Other) && end.term() != Term::Fn(W::Of);
    let clear = matches!(season, Season::Summer | Season::Winter | Season::Autumn) || closed;
    (article.is_some() && led && closed && clear)
        .then(|| Match::new(Base::Season { season, year: Year::Pick(Pick::Near) }, end, 0.7))?
}

#[cfg(test)]
pub(in crate::dates) mod tests {
    use crate::dates::tests::Family;

    pub(in crate::dates) const FAMILY: Family = Family {
        title: "Weeks, months, seasons and years from where one stands",
        about: "Counted from the reference, or from the date before.",
        groups: &[
            (
                "periods from the reference",
                &[
                    (
                        "Last week, this month and next year.",
                        "2023-12-12",
                        &["Last week|DATE|2023-W49|", "this month|DATE|2023-12|", "next year|DATE|2024|"],
                    ),
                    (
                        "Last quarter and last weekend.",
                        "2023-12-12",
                        &["Last quarter|DATE|2023-Q3|", "last weekend|DATE|2023-W49-WE|"],
                    ),
                    ("Beijing has strengthened ties this year.", "2023-12-12", &["this year|DATE|2023|"]),
                    ("It was last year.", "", &["last year|DATE|XXXX|"]),
                ],
            ),
            (
                "months and seasons",
                &[
                    (
                        "He left last October and returns next May.",
                        "2023-12-12",
                        &["last October|DATE|2023-10|", "next May|DATE|2024-05|"],
                    ),
                    (
                        "It began last fall and ends this summer.",
                        "1998-03-22",
                        &["last fall|DATE|1997-FA|", "this summer|DATE|1998-SU|"],
                    ),
                    ("in the winter of 1994", "", &["the winter of 1994|DATE|1994-WI|"]),
                    ("the fall of Rome", "2023-12-12", &[]),
                ],
            ),
            (
                "periods from the date before",
                &[
                    (
                        "He came on 3 May 2021 and left the following day.",
                        "2023-12-12",
                        &["3 May 2021|DATE|2021-05-03|", "the following day|DATE|2021-05-04|"],
                    ),
                    (
                        "In 1994 it won; it lost the next year.",
                        "2023-12-12",
                        &["1994|DATE|1994|", "the next year|DATE|1995|"],
                    ),
                ],
            ),
            (
                "weekdays and seasons from the date before",
                &[
                    (
                        "He left in October 2001; the following May he was back, and the following summer gone.",
                        "2023-12-12",
                        &[
                            "October 2001|DATE|2001-10|",
                            "the following May|DATE|2002-05|",
                            "the following summer|DATE|2002-SU|",
                        ],
                    ),
                    (
                        "They married on March 17, 2001, and left the following Easter.",
                        "2023-12-12",
                        &["March 17, 2001|DATE|2001-03-17|", "the following Easter|DATE|2001-04-15|"],
                    ),
                    (
                        "In 1998 it fell; that October it rose.",
                        "2023-12-12",
                        &["1998|DATE|1998|", "that October|DATE|1998-10|"],
                    ),
                    (
                        "He came on 3 May 2021 and left the following Monday.",
                        "2023-12-12",
                        &["3 May 2021|DATE|2021-05-03|", "the following Monday|DATE|2021-05-10|"],
                    ),
                    (
                        "In the summer of 1969 he moved; three years later he returned.",
                        "2023-12-12",
                        &["the summer of 1969|DATE|1969-SU|", "three years later|DATE|1972-SU|"],
                    ),
                ],
            ),
            ("last minute is no period", &[("a last-minute deal on his last day", "2023-12-12", &[])]),
            (
                "counted within a period",
                &[
                    (
                        "The first Monday of May 2020 and the last Sunday in March.",
                        "2013-02-12",
                        &["The first Monday of May 2020|DATE|2020-05-04|", "the last Sunday in March|DATE|2013-03-31|"],
                    ),
                    (
                        "It meets on the first Monday of each month.",
                        "2024-05-15",
                        &["the first Monday of each month|SET|P1M|"],
                    ),
                    (
                        "It opens on the last day of October 2015.",
                        "",
                        &["the last day of October 2015|DATE|2015-10-31|"],
                    ),
                    (
                        "In the third week of October it will rain.",
                        "2013-02-12",
                        &["the third week of October|DATE|2013-W42|"],
                    ),
                    ("the second-to-last day of 2018", "", &["the second-to-last day of 2018|DATE|2018-12-30|"]),
                    (
                        "On the first day of next month they will vote.",
                        "2018-08-01",
                        &["the first day of next month|DATE|2018-09-01|"],
                    ),
                    ("It was the last day of school.", "2018-08-01", &[]),
                ],
            ),
            (
                "the next but one",
                &[("The week after next we will move.", "2013-02-12", &["The week after next|DATE|2013-W09|"])],
            ),
            (
                "months named small",
                &[
                    ("It will be out next june.", "2016-11-07", &["next june|DATE|2017-06|"]),
                    ("He worked for the month.", "2016-11-07", &["the month|DATE|2016-11|"]),
                ],
            ),
        ],
    };
}
