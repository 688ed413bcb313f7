//! Amounts of time: durations ("two and a half years", "the past three months"), and what is counted from a
//! date by them ("three days ago", "two weeks later").

use crate::dates::cursor::{Cursor, Match};
use crate::dates::expr::{Amount, Duration, Expr, Mark, Reference, Rest, Stretch, Unit};
use crate::dates::lexer::Case;
use crate::dates::numbers;
use crate::dates::rules::counted::{counted_from, counted_from_named};
use crate::dates::words::{Term, W};

const DURATION: f32 = 0.92;

/// "a year" may be a rate; a bare "years" is vague.
const SINGLE: f32 = 0.8;

/// An amount with its unit, as far as it goes.
pub(super) struct Quantity<'a> {
    pub amount: Amount,
    pub unit: Unit,
    /// Of "two hours and ten minutes", the minutes.
    pub rest: Rest,
    pub end: Cursor<'a>,
    /// "a year": one, by its article alone.
    article: bool,
}

pub(super) fn parse(c: Cursor<'_>) -> Option<Match<'_>> {
    if let Some(found) = stretch(c) {
        return Some(found);
    }
    let quantity = quantity(c)?;
    counted_from(&quantity).or_else(|| counted_from_named(&quantity)).or_else(|| duration(c, &quantity))
}

/// "nearly three years", "more than four hours", "at least 20 more years", "up to 180 days".
pub(super) fn about(c: Cursor<'_>) -> Option<Match<'_>> {
    let (mark, at) = bound(c)?;
    let quantity = quantity(at)?;
    if let Some(found) = counted_from(&quantity) {
        return Some(found);
    }
    let share = quantity.unit == Unit::Quarter && (quantity.article || is_fraction(at));
    if is_age(quantity.end) || share {
        return None;
    }
    let length = Duration { mark: Some(mark), stretch: led(c), ..quantity.length() };
    Match::new(length, quantity.end, DURATION)
}

fn bound(c: Cursor<'_>) -> Option<(Mark, Cursor<'_>)> {
    match c.term() {
        Term::Approx(mark) => Some((mark, c.next())),
        Term::Fn(W::More) => Some((Mark::MoreThan, c.next().word(W::Than)?)),
        Term::Fn(W::Less) => Some((Mark::LessThan, c.next().word(W::Than)?)),
        Term::Fn(W::At) => match c.next().term() {
            Term::Fn(W::Least) => Some((Mark::EqualOrMore, c.next().next())),
            Term::Fn(W::Most) => Some((Mark::EqualOrLess, c.next().next())),
            _ => None,
        },
        Term::Fn(W::Up) => Some((Mark::EqualOrLess, c.next().word(W::To)?)),
        Term::Fn(W::No | W::Not) => match c.next().term() {
            Term::Fn(W::More) => Some((Mark::EqualOrLess, c.next().next().word(W::Than)?)),
            Term::Fn(W::Less) => Some((Mark::EqualOrMore, c.next().next().word(W::Than)?)),
            _ => None,
        },
        _ => None,
    }
}

/// "three years", "two-week", "a year", "a minute and a half", "two more weeks".
fn quantity(c: Cursor<'_>) -> Option<Quantity<'_>> {
    let (mut amount, rest) = numbers::amount(c)?;
    let article = c.any(&[W::A, W::An]).is_some() && amount == Amount::whole(1);
    let rest = match rest.term() {
        Term::Fn(W::More | W::Additional | W::Full | W::Entire | W::Whole | W::Other | W::Past | W::Long) => {
            rest.next()
        }
        Term::Other
            if ["consecutive", "straight", "trading", "business", "working", "solid"].iter().any(|w| rest.is(w)) =>
        {
            rest.next()
        }
        _ => rest,
    };
    let hyphen = rest.hyphen();
    let at = hyphen.unwrap_or(rest);
    let (unit, plural, mut end) = at.unit().or_else(|| hours(c, at))?;
    // "the second half", "the 30 second": the ordinal
    if unit == Unit::Second && !plural && hyphen.is_none() && amount != Amount::whole(1)
        || article && unit == Unit::Second
    {
        return None;
    }
    let mut rest = Rest::NONE;
    if let Amount::Count { whole, part: 0, .. } = amount {
        if let Some((part, of, after)) = numbers::and_a_part(end).filter(|(.., after)| after.unit().is_none()) {
            (amount, end) = (Amount::Count { whole, part, of }, after);
        } else if hyphen.is_none() {
            while let Some((count, unit, after)) = finer(end, rest.finest().unwrap_or(unit)) {
                (rest, end) = (rest.with(count, unit), after);
            }
        }
    }
    Some(Quantity { amount, unit, rest, end, article })
}

impl Quantity<'_> {
    fn length(&self) -> Duration {
        Duration { rest: self.rest, ..Duration::new(self.amount, self.unit) }
    }
}

/// "h" after digits: "in 3 h", "1/2h".
fn hours<'a>(number: Cursor<'a>, at: Cursor<'a>) -> Option<(Unit, bool, Cursor<'a>)> {
    let end = at.word(W::H).filter(|_| matches!(number.term(), Term::Number { .. }) && at.case() == Case::Lower)?;
    (!end.glued() || matches!(end.term(), Term::Punct(_))).then_some((Unit::Hour, true, end))
}

/// The rest of "two years and three months", "2 hours, 30 minutes".
fn finer(c: Cursor<'_>, than: Unit) -> Option<(u32, Unit, Cursor<'_>)> {
    let digits = matches!(c.maybe_punct(',').term(), Term::Number { .. });
    let comma = c.maybe_punct(',');
    let at = c.word(W::And).or_else(|| comma.word(W::And)).or_else(|| digits.then_some(comma))?;
    let (count, rest) = numbers::integer(at)?;
    let (unit, _, end) = rest.unit()?;
    let plain = !matches!(unit, Unit::Weekend | Unit::Fortnight | Unit::Quarter | Unit::Half) && than <= Unit::Year;
    (plain && unit < than && end.hyphen().is_none()).then_some((count, unit, end))
}

fn duration<'a>(c: Cursor<'a>, quantity: &Quantity<'a>) -> Option<Match<'a>> {
    let Quantity { amount, unit, end, article, .. } = *quantity;
    if is_age(end) || unit == Unit::Quarter && !matches!(amount, Amount::Vague) && is_fraction(c) {
        return None;
    }
    // "a month and a half" is a length, and so is "a month" where nothing else stands.
    let plain = amount == Amount::whole(1) && quantity.rest.is_empty();
    let alone = c.before() == Term::Break && end.term() == Term::Break && c.at == 0;
    if article && plain && !leads_duration(c.before()) && !alone {
        return None;
    }
    if unit == Unit::Weekend && (article || amount == Amount::Vague) {
        return None;
    }
    let end = end.word(W::Or).filter(|o| o.is("so")).map_or(end, Cursor::next);
    // "in three weeks' time"
    let end = end.punct('\'').filter(|_| end.glued()).and_then(|at| at.word(W::Time)).unwrap_or(end);
    let confidence = if article || amount == Amount::Vague { SINGLE } else { DURATION };
    Match::new(Duration { stretch: led(c), ..quantity.length() }, end, confidence)
}

/// The word before a length that places it: "within 48 hours", "in two days".
fn led(c: Cursor<'_>) -> Option<Stretch> {
    match c.before() {
        Term::Fn(W::Within) => Some(Stretch::Within),
        Term::Fn(W::In) => Some(Stretch::In),
        _ => None,
    }
}

/// "three-quarters", "three quarters of its food".
fn is_fraction(c: Cursor<'_>) -> bool {
    let at = c.next().maybe_hyphen();
    at.is("quarter") || at.is("quarters") && (c.next().hyphen().is_some() || at.next().word(W::Of).is_some())
}

/// "-old", "years old".
fn is_age(end: Cursor<'_>) -> bool {
    let at = end.maybe_hyphen();
    at.word(W::Old).is_some() || at.is("olds")
}

/// Words before which "a year" is a length and no rate.
fn leads_duration(before: Term) -> bool {
    matches!(
        before,
        Term::Fn(
            W::For
                | W::In
                | W::Within
                | W::Than
                | W::During
                | W::To
                | W::Of
                | W::After
                | W::Least
                | W::Most
                | W::As
                | W::Only
                | W::Just
                | W::Not
                | W::From
                | W::Through
                | W::Every
        ) | Term::Approx(_)
    )
}

/// "the past three months", "the next few days", "the first nine months", "recent years", "the four days".
fn stretch(c: Cursor<'_>) -> Option<Match<'_>> {
    let article = c.any(&[W::The, W::These]);
    let at = article.unwrap_or(c);
    let side = match at.term() {
        Term::Fn(
            word @ (W::Past
            | W::Last
            | W::Next
            | W::Coming
            | W::Previous
            | W::Following
            | W::Recent
            | W::Future
            | W::Latest
            | W::Upcoming),
        ) => Some(word),
        _ => None,
    };
    // "will last two hours", "didn't last a year"
    let verb = matches!(c.before(), Term::Future | Term::Fn(W::To | W::Not | W::T) | Term::Month { month: 5, .. });
    if side == Some(W::Last) && article.is_none() && verb {
        return None;
    }
    let stretch = match side {
        _ if c.before() == Term::Fn(W::Within) && matches!(side, Some(W::Next | W::Coming | W::Upcoming)) => {
            Some(Stretch::Within)
        }
        Some(W::Past | W::Last) => Some(Stretch::Last),
        Some(W::Next | W::Coming) => Some(Stretch::Next),
        _ => None,
    };
    let first = at.term() == Term::Ordinal(1);
    let at = if side.is_some() || first { at.next() } else { at };
    if let Some((unit, plural, end)) = at.unit() {
        if first && plural && article.is_some() && unit < Unit::Year {
            return Match::new(Duration::new(Amount::Vague, unit), end, SINGLE);
        }
        let word = side?;
        let expr = match (word, plural) {
            (W::Future, true) => Expr::Reference(Reference::Future),
            (W::Recent | W::Future, false) => return None,
            // "the past year", "the last decade"
            (W::Past | W::Last | W::Coming | W::Next, false) if unit > Unit::Year && article.is_some() => {
                Expr::Duration(Duration { stretch, ..Duration::new(Amount::whole(1), unit) })
            }
            // "the last day of May" is a day.
            (W::Past | W::Last | W::Coming, false) if article.is_some() && end.word(W::Of).is_none() => {
                Expr::Duration(Duration { stretch, ..Duration::new(Amount::whole(1), unit) })
            }
            (_, true) if !matches!(unit, Unit::Second | Unit::Minute) => {
                Expr::Duration(Duration::new(Amount::Vague, unit))
            }
            _ => return None,
        };
        return (end.hyphen().is_none()).then(|| Match::new(expr, end, SINGLE))?;
    }
    if side.is_none() && !first && article.is_none() {
        return None;
    }
    let (amount, rest) = numbers::amount(at)?;
    let at = if rest.any(&[W::More, W::Full, W::Whole]).is_some() { rest.next() } else { rest };
    let (unit, plural, end) = at.unit()?;
    if !plural || is_age(end) || unit == Unit::Quarter && side.is_none() && is_fraction(at) {
        return None;
    }
    let quantity = Quantity { amount, unit, rest: Rest::NONE, end, article: false };
    if let Some(found) = counted_from(&quantity).filter(|_| side.is_none()) {
        return Some(found);
    }
    let end = end.word(W::Or).filter(|o| o.is("so")).map_or(end, Cursor::next);
    Match::new(Duration { stretch, ..Duration::new(amount, unit) }, end, DURATION)
}

/// "for years", "in decades", "weeks ago".
pub(super) fn bare_units(c: Cursor<'_>) -> Option<Match<'_>> {
    let (unit, plural, end) = c.unit()?;
    if !plural {
        return None;
    }
    let quantity = Quantity { amount: Amount::Vague, unit, rest: Rest::NONE, end, article: false };
    if let Some(found) = counted_from(&quantity) {
        return Some(found);
    }
    let led =
        matches!(c.before(), Term::Fn(W::For | W::In | W::Within | W::After | W::Than | W::Through) | Term::Approx(_));
    let clock = matches!(unit, Unit::Second | Unit::Quarter | Unit::Weekend);
    (led && !clock && end.hyphen().is_none()).then(|| Match::new(Duration::new(Amount::Vague, unit), end, SINGLE))?
}

#[cfg(test)]
pub(in crate::dates) mod tests {
    use crate::dates::tests::Family;

    pub(in crate::dates) const FAMILY: Family = Family {
        title: "Lengths of time, and what is counted by them",
        about: "Durations, and dates so far from the reference or from the date before.",
        groups: &[
            (
                "durations",
                &[
                    (
                        "It took 48 hours, two and a half years and a two-week rest.",
                        "",
                        &["48 hours|DURATION|PT48H|", "two and a half years|DURATION|P2Y6M|", "two-week|DURATION|P2W|"],
                    ),
                    (
                        "It lasted 5 1/2 hours and a minute and a half.",
                        "",
                        &["5 1/2 hours|DURATION|PT5H30M|", "a minute and a half|DURATION|PT1M30S|"],
                    ),
                    (
                        "It lasted for a minute and a half, then for a year.",
                        "",
                        &["a minute and a half|DURATION|PT1M30S|", "a year|DURATION|P1Y|"],
                    ),
                    (
                        "It will reach 82.3 years or 2.5 hours.",
                        "",
                        &["82.3 years|DURATION|P82.3Y|", "2.5 hours|DURATION|PT2H30M|"],
                    ),
                    (
                        "several months, decades-long, for centuries",
                        "",
                        &["several months|DURATION|PXM|", "centuries|DURATION|PXCE|"],
                    ),
                    (
                        "two decades, twenty-four hours, a hundred years",
                        "",
                        &[
                            "two decades|DURATION|P20Y|",
                            "twenty-four hours|DURATION|PT24H|",
                            "a hundred years|DURATION|P100Y|",
                        ],
                    ),
                ],
            ),
            (
                "bounded durations",
                &[(
                    "nearly two years, more than four hours, at least 20 more years, up to 180 days",
                    "",
                    &[
                        "nearly two years|DURATION|P2Y|LESS_THAN",
                        "more than four hours|DURATION|PT4H|MORE_THAN",
                        "at least 20 more years|DURATION|P20Y|EQUAL_OR_MORE",
                        "up to 180 days|DURATION|P180D|EQUAL_OR_LESS",
                    ],
                )],
            ),
            (
                "stretches",
                &[
                    (
                        "over the past three months and the next few days",
                        "2023-12-12",
                        &["the past three months|DURATION|P3M|", "the next few days|DURATION|PXD|"],
                    ),
                    (
                        "the first nine months, the past decade, coming weeks",
                        "2023-12-12",
                        &[
                            "the first nine months|DURATION|P9M|",
                            "the past decade|DURATION|P10Y|",
                            "coming weeks|DURATION|PXW|",
                        ],
                    ),
                ],
            ),
            (
                "counted from the reference",
                &[
                    (
                        "three days ago, six weeks ago, two months ago, 41 years ago",
                        "2000-01-06",
                        &[
                            "three days ago|DATE|2000-01-03|",
                            "six weeks ago|DATE|1999-W47|",
                            "two months ago|DATE|1999-11|",
                            "41 years ago|DATE|1959|",
                        ],
                    ),
                    ("It closed several years ago.", "1998-02-13", &["several years ago|DATE|PAST_REF|"]),
                    ("It broke two hours ago.", "2023-12-12T09:30:00Z", &["two hours ago|TIME|2023-12-12T07:30|"]),
                ],
            ),
            (
                "counted from the date before",
                &[
                    (
                        "He came on 3 May 2021 and left two weeks later.",
                        "2023-12-12",
                        &["3 May 2021|DATE|2021-05-03|", "two weeks later|DATE|2021-05-17|"],
                    ),
                    (
                        "In March 1998 it rose, a month earlier it fell.",
                        "2023-12-12",
                        &["March 1998|DATE|1998-03|", "a month earlier|DATE|1998-02|"],
                    ),
                ],
            ),
            (
                "ages and fractions are not durations",
                &[("A 42-year-old and a man 37 years old own three-quarters of $50 a year.", "", &[])],
            ),
            (
                "of several parts",
                &[
                    (
                        "two years and three months, 1 year, 2 months and 3 days",
                        "",
                        &[
                            "two years and three months|DURATION|P2Y3M|",
                            "1 year, 2 months and 3 days|DURATION|P1Y2M3D|",
                        ],
                    ),
                    (
                        "It took 2 hours 30 minutes and an hour and 30 seconds.",
                        "",
                        &["2 hours 30 minutes|DURATION|PT2H30M|", "an hour and 30 seconds|DURATION|PT1H30S|"],
                    ),
                    ("1 month, 21 days ago", "2017-11-23", &["1 month, 21 days ago|DATE|2017-10-02|"]),
                ],
            ),
            (
                "parts of a unit",
                &[(
                    "half an hour, a half hour, three-quarters of an hour, 1/4 h",
                    "",
                    &[
                        "half an hour|DURATION|PT30M|",
                        "a half hour|DURATION|PT30M|",
                        "three-quarters of an hour|DURATION|PT45M|",
                        "1/4 h|DURATION|PT15M|",
                    ],
                )],
            ),
            (
                "counted from a date that is named",
                &[
                    (
                        "Two weeks after October 7 it began.",
                        "2023-12-12",
                        &["Two weeks after October 7|DATE|2023-10-21|"],
                    ),
                    (
                        "It was three days before Christmas 2020.",
                        "",
                        &["three days before Christmas 2020|DATE|2020-12-22|"],
                    ),
                    ("A week from Tuesday we will meet.", "2013-02-12", &["A week from Tuesday|DATE|2013-02-19|"]),
                    ("The day after Christmas 2020 it snowed.", "", &["The day after Christmas 2020|DATE|2020-12-26|"]),
                    ("The week before May 3, 2021 was cold.", "", &["The week before May 3, 2021|DATE|2021-W17|"]),
                    ("The week of March 6 was cold.", "2000-03-24", &["The week of March 6|DATE|2000-W10|"]),
                ],
            ),
            (
                "weekdays counted",
                &[(
                    "two Sundays from now, 3 Fridays ago",
                    "2013-02-12",
                    &["two Sundays from now|DATE|2013-02-24|", "3 Fridays ago|DATE|2013-01-25|"],
                )],
            ),
            (
                "lengths placed by the reference",
                &[
                    ("It will open in two days.", "2023-12-12", &["two days|DURATION|P2D||2023-12-14..2023-12-15"]),
                    (
                        "It will end in half an hour.",
                        "2023-12-12T09:30:00Z",
                        &["half an hour|DURATION|PT30M||2023-12-12T10:00:00Z..2023-12-12T10:01:00Z"],
                    ),
                    (
                        "He must answer within 48 hours.",
                        "2023-12-12T09:30:00Z",
                        &["48 hours|DURATION|PT48H||2023-12-12T09:30:00Z..2023-12-14T09:30:00Z"],
                    ),
                    (
                        "over the past three months",
                        "2023-12-12",
                        &["the past three months|DURATION|P3M||2023-09-12..2023-12-12"],
                    ),
                    (
                        "for the next two weeks",
                        "2023-12-12",
                        &["the next two weeks|DURATION|P2W||2023-12-13..2023-12-27"],
                    ),
                    ("It was built in two days.", "2023-12-12", &["two days|DURATION|P2D||none"]),
                    ("The talks will last two hours.", "2023-12-12", &["two hours|DURATION|PT2H||none"]),
                ],
            ),
        ],
    };
}
