//! Two dates that share what is written once: "May 3-5", "3-5 May 2021", "2015-19", "between March and May 2021".

use jiff::civil::Date;

use crate::dates::cursor::{Cursor, Match};
use crate::dates::expr::{Anchor, Base, Expr, Moment, Pick, Year};
use crate::dates::numbers;
use crate::dates::rules::{calendar, expression, years};
use crate::dates::words::{Term, W};

/// The first date of a range, as completed by the second, and the second with its beginning.
pub(in crate::dates) struct Joined<'a> {
    pub first: Match<'a>,
    pub second: Option<(Cursor<'a>, Match<'a>)>,
    /// The two are the ends of one stretch of time.
    pub range: bool,
}

impl<'a> Joined<'a> {
    pub(in crate::dates) fn end(&self) -> Cursor<'a> {
        self.second.as_ref().map_or(self.first.end, |(_, second)| second.end)
    }

    /// A second date, joined by what stands between the two; "and" makes a range only after "between".
    fn with(self, begin: Cursor<'a>, at: Cursor<'a>, second: Match<'a>) -> Joined<'a> {
        let between = begin.before() == Term::Fn(W::Between);
        let range = between || self.first.end.word(W::And).is_none();
        Joined { second: Some((at, second)), range, ..self }
    }
}

const RANGE: f32 = 0.88;

/// Reads an expression and, where it opens a range, the range's other end.
pub(in crate::dates) fn read<'a>(c: Cursor<'a>) -> Option<Joined<'a>> {
    if let Some(joined) = days_of_month(c).or_else(|| years_joined(c)) {
        return Some(joined);
    }
    let first = expression(c)?;
    Some(tail(c, first).unwrap_or(alone(first)))
}

fn alone(first: Match<'_>) -> Joined<'_> {
    Joined { first, second: None, range: false }
}

/// "3-5 May 2021", "3 to 5 May".
fn days_of_month(c: Cursor<'_>) -> Option<Joined<'_>> {
    let (day, rest) = day_number(c)?;
    let at = connector(rest)?;
    day_number(at)?;
    let second = calendar::date(at)?;
    let base = match base(&second)? {
        Base::Day(date) => Base::Day(Date::new(date.year(), date.month(), day).ok()?),
        Base::MonthDay { month, year, .. } => Base::MonthDay { month, day, year },
        _ => return None,
    };
    Some(alone(Match::new(base, rest, RANGE)?).with(c, at, second))
}

/// A day of the month: "3", "3rd", "the 3rd".
fn day_number(c: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    let at = c.maybe(W::The);
    let digits = matches!(at.term(), Term::Number { .. });
    let found = digits.then(|| numbers::ordinal(at).or_else(|| at.short_number()))?;
    found.filter(|(day, _)| (1..=31).contains(day))
}

/// "2015-19", "1998-2001", where no word is needed to tell years.
fn years_joined(c: Cursor<'_>) -> Option<Joined<'_>> {
    let (first, rest) = years::year(c).filter(|(y, _)| (1700..=2060).contains(y))?;
    let at = rest.hyphen()?;
    let (second, end) = match at.digits(2) {
        Some((value, end)) => (first / 100 * 100 + i16::try_from(value).ok()?, end),
        None => years::year(at)?,
    };
    let free = !end.glued() || !matches!(end.term(), Term::Punct('-' | '/')) && !end.lexeme()?.is_alphanumeric();
    (first < second && second - first < 150 && free && end.unit().is_none()).then_some(())?;
    let second = Match::new(Base::Year(second), end, RANGE)?;
    Some(alone(Match::new(Base::Year(first), rest, RANGE)?).with(c, at, second))
}

/// The other end of a range that `first` opens.
fn tail<'a>(begin: Cursor<'a>, mut first: Match<'a>) -> Option<Joined<'a>> {
    let Expr::Moment(moment) = first.expr else {
        return None;
    };
    if moment.clock.is_some() || moment.part.is_some() {
        return None;
    }
    let at = connector(first.end)?;
    match moment.base {
        Base::Year(year) => {
            let (second, end) = years::year(at).filter(|(y, _)| *y > year)?;
            let second = Match::new(Base::Year(second), end, RANGE)?;
            Some(alone(first).with(begin, at, second))
        }
        Base::Month { year: Year::Pick(Pick::Near), .. } | Base::MonthDay { year: Year::Pick(Pick::Near), .. } => {
            if let Some(joined) = same_month(begin, &first, moment, at) {
                return Some(joined);
            }
            let second = calendar::led(at)?;
            let year = match base(&second)? {
                Base::Day(date) => Some(Year::Given(date.year())),
                Base::Month { year: year @ Year::Given(_), .. } => Some(year),
                _ => None,
            };
            first.expr = match (year, moment.base) {
                (Some(year), base) => Expr::Moment(Moment { base: with_year(base, year)?, ..moment }),
                (None, _) => first.expr,
            };
            Some(alone(first).with(begin, at, second))
        }
        Base::Day(_) => same_month(begin, &first, moment, at),
        // "from Monday to Friday": the Friday after.
        Base::Weekday { pick: Pick::Near, .. } => {
            let mut second = expression(at)?;
            let Expr::Moment(Moment { base: Base::Weekday { pick, from, .. }, .. }) = &mut second.expr else {
                return None;
            };
            if *pick == Pick::Near && joins_range(first.end) {
                (*pick, *from) = (Pick::Next, Anchor::Mentioned);
            }
            Some(alone(first).with(begin, at, second))
        }
        _ => None,
    }
}

/// "May 3-5", "May 3 to 5, 2021".
fn same_month<'a>(begin: Cursor<'a>, first: &Match<'a>, moment: Moment, at: Cursor<'a>) -> Option<Joined<'a>> {
    let (month, low, year) = match moment.base {
        Base::MonthDay { month, day, year } => (month, day, year),
        Base::Day(date) => (date.month(), date.day(), Year::Given(date.year())),
        _ => return None,
    };
    let (high, mut end) = day_number(at).filter(|(high, _)| *high >= low)?;
    let noun = end.unit().is_some() || matches!(end.term(), Term::Punct(':' | '%') | Term::Month { .. } | Term::Other);
    if noun {
        return None;
    }
    let given = years::year(end.maybe_punct(','));
    let year = given.map_or(year, |(year, _)| Year::Given(year));
    end = given.map_or(end, |(_, end)| end);
    let on = |day| with_year(Base::MonthDay { month, day, year }, year);
    let mut opening = *first;
    opening.expr = Expr::Moment(Moment { base: on(low)?, ..moment });
    Some(alone(opening).with(begin, at, Match::new(on(high)?, end, RANGE)?))
}

fn with_year(base: Base, year: Year) -> Option<Base> {
    Some(match (base, year) {
        (Base::MonthDay { month, day, .. }, Year::Given(year)) => Base::Day(Date::new(year, month, day).ok()?),
        (Base::MonthDay { month, day, .. }, year) => {
            Date::new(2000, month, day).ok()?;
            Base::MonthDay { month, day, year }
        }
        (Base::Month { month, .. }, year) => Base::Month { month, year },
        _ => return None,
    })
}

fn base(found: &Match<'_>) -> Option<Base> {
    match found.expr {
        Expr::Moment(moment) if moment.clock.is_none() => Some(moment.base),
        _ => None,
    }
}

/// "to" and "through" join a range; "and" may join any two days.
fn joins_range(c: Cursor<'_>) -> bool {
    c.word(W::And).is_none()
}

fn connector(c: Cursor<'_>) -> Option<Cursor<'_>> {
    c.any(&[W::To, W::And, W::Through, W::Until, W::Till])
        .or_else(|| matches!(c.term(), Term::Punct('-' | '–')).then(|| c.next()))
}

#[cfg(test)]
pub(in crate::dates) mod tests {
    use crate::dates::tests::Family;

    pub(in crate::dates) const FAMILY: Family = Family {
        title: "Ranges",
        about: "Two dates each, joined in `date_ranges`.",
        groups: &[
            (
                "days that share a month",
                &[
                    (
                        "May 3-5, 2021",
                        "",
                        &[
                            "May 3|DATE|2021-05-03|",
                            "5, 2021|DATE|2021-05-05|",
                            "May 3-5, 2021|RANGE|2021-05-03..2021-05-06",
                        ],
                    ),
                    (
                        "August 27th - 29th",
                        "2023-12-12",
                        &[
                            "August 27th|DATE|2023-08-27|",
                            "29th|DATE|2023-08-29|",
                            "August 27th - 29th|RANGE|2023-08-27..2023-08-30",
                        ],
                    ),
                    (
                        "from the 3rd to the 5th of May 2021",
                        "",
                        &[
                            "the 3rd|DATE|2021-05-03|",
                            "the 5th of May 2021|DATE|2021-05-05|",
                            "the 3rd to the 5th of May 2021|RANGE|2021-05-03..2021-05-06",
                        ],
                    ),
                    (
                        "from 3 to 5 May 2021",
                        "",
                        &[
                            "3|DATE|2021-05-03|",
                            "5 May 2021|DATE|2021-05-05|",
                            "3 to 5 May 2021|RANGE|2021-05-03..2021-05-06",
                        ],
                    ),
                ],
            ),
            (
                "months that share a year",
                &[
                    (
                        "between March and May 2021",
                        "",
                        &[
                            "March|DATE|2021-03|",
                            "May 2021|DATE|2021-05|",
                            "March and May 2021|RANGE|2021-03-01..2021-06-01",
                        ],
                    ),
                    (
                        "from June 1 to July 4, 2021",
                        "",
                        &[
                            "June 1|DATE|2021-06-01|",
                            "July 4, 2021|DATE|2021-07-04|",
                            "June 1 to July 4, 2021|RANGE|2021-06-01..2021-07-05",
                        ],
                    ),
                ],
            ),
            (
                "years",
                &[
                    (
                        "from 2015 to 2019",
                        "",
                        &["2015|DATE|2015|", "2019|DATE|2019|", "2015 to 2019|RANGE|2015-01-01..2020-01-01"],
                    ),
                    (
                        "open from Monday to Friday",
                        "2023-12-12",
                        &[
                            "Monday|DATE|2023-12-11|",
                            "Friday|DATE|2023-12-15|",
                            "Monday to Friday|RANGE|2023-12-11..2023-12-16",
                        ],
                    ),
                    (
                        "the 2015-19 plan",
                        "",
                        &["2015|DATE|2015|", "19|DATE|2019|", "2015-19|RANGE|2015-01-01..2020-01-01"],
                    ),
                ],
            ),
        ],
    };

    #[test]
    fn every_form_is_read() {
        FAMILY.check();
    }
}
