//! Two dates that share what is written once: "May 3-5", "3-5 May 2021", "2015-19", "between March and May 2021".

use jiff::civil::Date;

use crate::dates::cursor::{Cursor, Match};
use crate::dates::direction::{Direction, direction};
use crate::dates::expr::{Amount, Anchor, Base, Clock, Expr, Moment, Pick, Shift, Unit, Year};
use crate::dates::numbers;
use crate::dates::rules::{calendar, clocks, expression, times, years};
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
    let joined = days_of_month(c).or_else(|| years_joined(c)).or_else(|| hours_joined(c)).or_else(|| months_joined(c));
    if let Some(joined) = joined {
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

/// "May to March", "March through May 2021": a month that the other makes certain.
fn months_joined(c: Cursor<'_>) -> Option<Joined<'_>> {
    let (month, rest) = calendar::month_name(c)?;
    let at = connector(rest)?;
    let second = calendar::led(at)?;
    let year = match base(&second)? {
        Base::Month { year, .. } => year,
        _ => return None,
    };
    // "from November to March 2021" begins in the year before.
    let wraps = matches!(base(&second)?, Base::Month { month: other, .. } if other < month);
    let year = match year {
        Year::Given(year) => Year::Given(if wraps { year - 1 } else { year }),
        year => year,
    };
    let first = Match::new(Base::Month { month, year }, rest, RANGE)?;
    Some(alone(first).with(c, at, second))
}

/// The other end of a range that `first` opens.
fn tail<'a>(begin: Cursor<'a>, mut first: Match<'a>) -> Option<Joined<'a>> {
    let moment = first.moment()?;
    let at = connector(first.end)?;
    if moment.clock.is_some() {
        return times_joined(begin, first, at);
    }
    if moment.part.is_some() || moment.shift.is_some() {
        return any_joined(begin, first, at);
    }
    match moment.base {
        Base::Year(year) => {
            let Some((second, end)) = years::year(at).filter(|(y, _)| *y > year) else {
                return any_joined(begin, first, at);
            };
            let second = Match::new(Base::Year(second), end, RANGE)?;
            Some(alone(first).with(begin, at, second))
        }
        Base::Month { year: Year::Pick(Pick::Near), .. } | Base::MonthDay { year: Year::Pick(Pick::Near), .. } => {
            if let Some(joined) = same_month(begin, &first, moment, at) {
                return Some(joined);
            }
            let Some(second) = calendar::led(at) else { return any_joined(begin, first, at) };
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
        Base::Day(_) => same_month(begin, &first, moment, at).or_else(|| any_joined(begin, first, at)),
        // "from Monday to Friday": the Friday after.
        Base::Weekday { pick, .. } => {
            let mut second = expression(at)?;
            let Expr::Moment(Moment { base: Base::Weekday { pick: other, from, .. }, .. }) = &mut second.expr else {
                return any_joined(begin, first, at);
            };
            if *other == Pick::Near && (joins_range(first.end) || pick != Pick::Near) {
                (*other, *from) = (Pick::Coming, Anchor::Mentioned);
            }
            Some(alone(first).with(begin, at, second))
        }
        _ => any_joined(begin, first, at),
    }
}

/// Two dates of any kind, where the words leave no doubt that they are a range.
fn any_joined<'a>(begin: Cursor<'a>, first: Match<'a>, at: Cursor<'a>) -> Option<Joined<'a>> {
    let led = matches!(begin.before(), Term::Fn(W::From | W::Between));
    let sure = led || first.end.any(&[W::Through, W::Until, W::Till]).is_some() || first.end.punct('–').is_some();
    let second = expression(at)?;
    let moment = second.moment()?;
    // Two whole dates or months with no more than "to" between them.
    let alike = matches!(
        (first.moment()?.base, moment.base),
        (Base::Day(_), Base::Day(_))
            | (Base::Month { year: Year::Given(_), .. }, Base::Month { year: Year::Given(_), .. })
            | (Base::Quarter { .. }, Base::Quarter { .. })
            | (Base::Unit { unit: Unit::Day, shift: 0, .. }, Base::Day(_) | Base::MonthDay { .. })
    );
    if !(sure || alike) {
        return None;
    }
    // "from 2015 to the next level", "between Monday and 5 p.m. Friday"
    let fits = moment.clock.is_none() && !matches!(moment.base, Base::Mentioned(_));
    fits.then(|| alone(first).with(begin, at, second))
}

/// "9:30 - 11 a.m.", "from 3 p.m. to 5 p.m. on Thursday", "Thursday 9:30 to 11:00".
fn times_joined<'a>(begin: Cursor<'a>, mut first: Match<'a>, at: Cursor<'a>) -> Option<Joined<'a>> {
    let opening = first.moment()?;
    let mut second = times::parse(at).or_else(|| {
        let (clock, end) = clocks::bare_hour(at)?;
        times::on_day(clock, end, RANGE)
    })?;
    let closing = second.moment()?;
    let (from, mut to) = (opening.clock?, closing.clock?);
    let same_day = Base::Unit { unit: Unit::Day, shift: 0, from: Anchor::Mentioned };
    // The day stands with one of them, with neither, or with each.
    let base = if opening.base == same_day { closing.base } else { opening.base };
    if closing.base != same_day && closing.base != base {
        return Some(alone(first).with(begin, at, second));
    }
    // "9 p.m. to 2 a.m." ends on the day after; "11:30 to 1:30" in the afternoon.
    let order = |c: Clock| (c.hour, c.minute.unwrap_or(0));
    if order(to) <= order(from)
        && to.hour < 12
        && order(Clock { hour: to.hour + 12, ..to }) > order(from)
        && !is_halved(at, &second)
    {
        to.hour += 12;
    }
    let shift = Shift::Offset { amount: Amount::whole(1), unit: Unit::Day, back: false };
    let next_day = (order(to) <= order(from)).then_some(shift);
    let offset = to.offset.or(from.offset);
    let from = Clock { offset: from.offset.or(offset), ..from };
    first.expr = Expr::Moment(Moment { base, clock: Some(from), ..opening });
    second.expr = Expr::Moment(Moment { base, clock: Some(Clock { offset, ..to }), shift: next_day, ..closing });
    Some(alone(first).with(begin, at, second))
}

/// "3:30-6 p.m.", "between 2 and 4 a.m.", "from 9 to 5": the first hour takes its half of the day from the second.
fn hours_joined(c: Cursor<'_>) -> Option<Joined<'_>> {
    let (mut from, rest) = clocks::plain_clock(c)?;
    let at = connector(rest)?;
    let second = times::parse(at).or_else(|| {
        let led = matches!(c.before(), Term::Fn(W::From | W::Between)) && rest.word(W::And).is_none();
        // "We will meet from 9 to 5"; "it rose from 5 to 7" counts something else.
        let ahead = |end| rest.back(1).is_some_and(|b| b.at > c.at) || direction(c, end) == Direction::Future;
        let (clock, end) = clocks::bare_hour(at).filter(|&(_, end)| led && ahead(end))?;
        times::on_day(clock, end, RANGE)
    })?;
    let closing = second.moment()?;
    let to = closing.clock?;
    // "11 to 1 p.m." begins in the morning.
    if is_halved(at, &second) && to.hour >= 12 && from.hour < 12 {
        let later = from.hour + 12;
        from.hour = if (later, from.minute) < (to.hour, to.minute) { later } else { from.hour };
    }
    let from = Clock { offset: to.offset, ..from };
    let first = Match::new(Expr::Moment(Moment { clock: Some(from), ..closing }), rest, RANGE)?;
    times_joined(c, first, at)
}

/// Whether a time says its half of the day: "6 p.m.", "6 in the evening", "18:00".
fn is_halved(begin: Cursor<'_>, time: &Match<'_>) -> bool {
    let moment = time.moment().and_then(|m| m.clock);
    let last = |n| time.end.back(n).filter(|c| c.at >= begin.at).map(Cursor::term);
    let half = [1, 2, 3, 4]
        .into_iter()
        .filter_map(last)
        .any(|term| matches!(term, Term::Fn(W::Am | W::Pm | W::M) | Term::Part { .. } | Term::Clock { .. }));
    half || moment.is_some_and(|clock| clock.hour > 12)
}

/// "May 3-5", "May 3 to 5, 2021".
fn same_month<'a>(begin: Cursor<'a>, first: &Match<'a>, moment: Moment, at: Cursor<'a>) -> Option<Joined<'a>> {
    let (month, low, year) = match moment.base {
        Base::MonthDay { month, day, year } => (month, day, year),
        Base::Day(date) => (date.month(), date.day(), Year::Given(date.year())),
        _ => return None,
    };
    let (high, mut end) = day_number(at).filter(|(high, _)| *high >= low)?;
    let field = end.glued() && matches!(end.term(), Term::Punct('/' | '-' | '–' | '.')) && end.next().glued();
    let noun = field
        || end.unit().is_some()
        || matches!(end.term(), Term::Punct(':' | '%') | Term::Month { .. } | Term::Other);
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
            (
                "times",
                &[
                    (
                        "From 9:30 a.m. to 11 a.m. on Thursday it will be shut.",
                        "2013-02-12",
                        &[
                            "9:30 a.m.|TIME|2013-02-14T09:30|",
                            "11 a.m. on Thursday|TIME|2013-02-14T11:00|",
                            "9:30 a.m. to 11 a.m. on Thursday|RANGE|2013-02-14T09:30:00..2013-02-14T11:00:00",
                        ],
                    ),
                    (
                        "Open 3:30-6 p.m. and 11 to 1 p.m.",
                        "2013-02-12",
                        &[
                            "3:30|TIME|2013-02-12T15:30|",
                            "6 p.m.|TIME|2013-02-12T18:00|",
                            "11|TIME|2013-02-12T11:00|",
                            "1 p.m.|TIME|2013-02-12T13:00|",
                            "3:30-6 p.m.|RANGE|2013-02-12T15:30:00..2013-02-12T18:00:00",
                            "11 to 1 p.m.|RANGE|2013-02-12T11:00:00..2013-02-12T13:00:00",
                        ],
                    ),
                    (
                        "On Tuesday from 2:00 to 2:30 pm we met.",
                        "2013-02-12",
                        &[
                            "Tuesday|DATE|2013-02-12|",
                            "2:00|TIME|2013-02-12T14:00|",
                            "2:30 pm|TIME|2013-02-12T14:30|",
                            "Tuesday from 2:00 to 2:30 pm|RANGE|2013-02-12T14:00:00..2013-02-12T14:30:00",
                        ],
                    ),
                    (
                        "We will meet from 9 to 5.",
                        "2013-02-12",
                        &[
                            "9|TIME|2013-02-12T09:00|",
                            "5|TIME|2013-02-12T17:00|",
                            "9 to 5|RANGE|2013-02-12T09:00:00..2013-02-12T17:00:00",
                        ],
                    ),
                    (
                        "It lasted from 9 p.m. to 2 a.m.",
                        "2013-02-12",
                        &[
                            "9 p.m.|TIME|2013-02-12T21:00|",
                            "2 a.m.|TIME|2013-02-13T02:00|",
                            "9 p.m. to 2 a.m.|RANGE|2013-02-12T21:00:00..2013-02-13T02:00:00",
                        ],
                    ),
                    (
                        "They will meet between 3 and 4pm tomorrow.",
                        "2013-02-12",
                        &[
                            "3|TIME|2013-02-13T15:00|",
                            "4pm tomorrow|TIME|2013-02-13T16:00|",
                            "3 and 4pm tomorrow|RANGE|2013-02-13T15:00:00..2013-02-13T16:00:00",
                        ],
                    ),
                    (
                        "from 4pm today to 5pm tomorrow",
                        "2013-02-12",
                        &[
                            "4pm today|TIME|2013-02-12T16:00|",
                            "5pm tomorrow|TIME|2013-02-13T17:00|",
                            "4pm today to 5pm tomorrow|RANGE|2013-02-12T16:00:00..2013-02-13T17:00:00",
                        ],
                    ),
                ],
            ),
            (
                "months and longer",
                &[
                    (
                        "From November to March 2021 it was shut.",
                        "",
                        &[
                            "November|DATE|2020-11|",
                            "March 2021|DATE|2021-03|",
                            "November to March 2021|RANGE|2020-11-01..2021-04-01",
                        ],
                    ),
                    (
                        "May to March",
                        "2018-09-07",
                        &["May|DATE|2018-05|", "March|DATE|2019-03|", "May to March|RANGE|2018-05-01..2019-04-01"],
                    ),
                    (
                        "between 2015 and Feb 2018",
                        "",
                        &[
                            "2015|DATE|2015|",
                            "Feb 2018|DATE|2018-02|",
                            "2015 and Feb 2018|RANGE|2015-01-01..2018-03-01",
                        ],
                    ),
                    (
                        "Jan 2015 to March 2016",
                        "",
                        &[
                            "Jan 2015|DATE|2015-01|",
                            "March 2016|DATE|2016-03|",
                            "Jan 2015 to March 2016|RANGE|2015-01-01..2016-04-01",
                        ],
                    ),
                    (
                        "from July 13 thru 15, 2013",
                        "",
                        &[
                            "July 13|DATE|2013-07-13|",
                            "15, 2013|DATE|2013-07-15|",
                            "July 13 thru 15, 2013|RANGE|2013-07-13..2013-07-16",
                        ],
                    ),
                    (
                        "2014-15, 2001-02",
                        "",
                        &[
                            "2014|DATE|2014|",
                            "15|DATE|2015|",
                            "2001|DATE|2001|",
                            "02|DATE|2002|",
                            "2014-15|RANGE|2014-01-01..2016-01-01",
                            "2001-02|RANGE|2001-01-01..2003-01-01",
                        ],
                    ),
                ],
            ),
            (
                "not ranges",
                &[
                    (
                        "Unemployment rose from 5 to 7, and the index closed on Friday at 2010.",
                        "2013-02-12",
                        &["Friday|DATE|2013-02-08|"],
                    ),
                    (
                        "He spoke on Monday and Tuesday.",
                        "2013-02-12",
                        &["Monday|DATE|2013-02-11|", "Tuesday|DATE|2013-02-12|"],
                    ),
                ],
            ),
        ],
    };
}
