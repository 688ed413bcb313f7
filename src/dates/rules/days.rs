//! Days by name: weekdays, today and its neighbours, holidays, and the parts of days.

use crate::dates::cursor::{Cursor, Match};
use crate::dates::expr::{Anchor, Base, Clock, Expr, Mark, Moment, Part, Pick, Unit, Year};
use crate::dates::holidays::mention;
use crate::dates::lexer::Case;
use crate::dates::numbers;
use crate::dates::rules::{calendar, clocks, numeric};
use crate::dates::words::{Term, W};

const DAY_WORD: f32 = 0.97;
const WEEKDAY: f32 = 0.93;
const HOLIDAY: f32 = 0.9;
const PART: f32 = 0.92;
/// Counted from a date mentioned before.
const CHAINED: f32 = 0.75;
const PART_ALONE: f32 = 0.6;

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

/// "the morning of May 3", "the night of 10 December"; "on the morning of Friday".
pub(super) fn part_of_day(c: Cursor<'_>) -> Option<Match<'_>> {
    let at = c.maybe(W::The);
    let Term::Part { part, plural: false } = at.term() else { return None };
    let (moment, end, confidence) = day(at.next().word(W::Of)?)
        .or_else(|| holiday(at.next().next()).and_then(|found| Some((found.moment()?, found.end, found.confidence))))?;
    let plain = moment.clock.is_none() && moment.part.is_none();
    plain.then(|| Match::new(Expr::Moment(Moment { part: Some(part), ..moment }), end, confidence))?
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

/// A day with what follows: "Monday morning", "Tuesday at 5 p.m.", "yesterday afternoon".
pub(super) fn narrowed(mut moment: Moment, c: Cursor<'_>) -> (Moment, Cursor<'_>) {
    let mut end = c;
    let phase = c.maybe_punct(',');
    if let Some((part, rest)) = part_after(c).filter(|_| moment.part.is_none()) {
        (moment.part, end) = (Some(part), rest);
    } else if let (Term::Phase(mark), Term::Part { part, plural: false }) =
        (phase.term(), phase.next().maybe_hyphen().term())
        && moment.part.is_none()
        && moment.mark.is_none()
    {
        // "Tuesday late-morning"
        (moment.part, moment.mark, end) = (Some(part), Some(mark), phase.next().maybe_hyphen().next());
    }
    let at = end.punct(',').unwrap_or(end);
    let mark = match at.term() {
        Term::Approx(mark @ Mark::Approx) => Some(mark),
        _ => None,
    };
    let at = if mark.is_some() { at.next() } else { at };
    let led = at.any(&[W::At]).or_else(|| at.punct('@')).or_else(|| mark.map(|_| at));
    let at = led.unwrap_or(at);
    let found = clocks::clock(at).or_else(|| {
        let hour = led.is_some() || moment.part.is_some();
        hour.then(|| clocks::bare_hour(at))?
    });
    if let Some((clock, rest)) = found {
        (moment.clock, moment.part, end) = (Some(in_part(clock, moment.part)), None, rest);
        moment.mark = moment.mark.or(mark);
    }
    (moment, end)
}

/// The time as the part of the day makes it: "tonight at eight o'clock".
pub(super) fn in_part(clock: Clock, part: Option<Part>) -> Clock {
    let later = match part {
        Some(Part::Afternoon | Part::Evening) => (1..=11).contains(&clock.hour),
        Some(Part::Night) => (5..=11).contains(&clock.hour),
        _ => false,
    };
    Clock { hour: clock.hour + if later { 12 } else { 0 }, ..clock }
}

/// A day, or a part of today: what can follow a time.
pub(super) fn day_or_part(c: Cursor<'_>) -> Option<(Moment, Cursor<'_>, f32)> {
    if let Some(found) = part_of_today(c).filter(|found| !found.is_moment()) {
        return Some((found.moment()?, found.end, found.confidence));
    }
    let (moment, end, confidence) = day(c)?;
    match end.term() {
        Term::Part { part, plural: false } if moment.part.is_none() => {
            Some((Moment { part: Some(part), ..moment }, end.next(), confidence))
        }
        _ => Some((moment, end, confidence)),
    }
}

/// A date with the part of the day or the time that follows it.
pub(super) fn at_its_time(found: Match<'_>) -> Match<'_> {
    match found.expr {
        Expr::Moment(moment) => {
            let (moment, end) = narrowed(moment, found.end);
            Match { expr: Expr::Moment(moment), end, ..found }
        }
        _ => found,
    }
}

/// "in the morning", "at night", "in the afternoon at 7", "late afternoon": of the day that is spoken of.
pub(super) fn part_alone(c: Cursor<'_>) -> Option<Match<'_>> {
    let led = match c.before() {
        Term::Fn(W::The) => c.back(2).is_some_and(|b| b.any(&[W::In, W::During]).is_some()),
        Term::Fn(W::In | W::By | W::Until | W::Since) => true,
        _ => false,
    };
    let (mark, at) = match c.term() {
        Term::Phase(mark) => (Some(mark), c.next().maybe_hyphen()),
        _ => (None, c),
    };
    let Term::Part { part, plural: false } = at.term() else { return None };
    let day = Base::Unit { unit: Unit::Day, shift: 0, from: Anchor::Mentioned };
    let moment = Moment { part: Some(part), mark, ..day.into() };
    let (moment, end) = narrowed(moment, at.next());
    // "the morning after", "the evening news"
    let closed = matches!(end.term(), Term::Punct('.' | ',' | ';' | ')' | '!' | '?') | Term::Break)
        || matches!(end.term(), Term::Fn(W::And | W::Or | W::But | W::To | W::When | W::As | W::On));
    (moment.clock.is_some() || led && closed).then(|| Match::new(Expr::Moment(moment), end, PART_ALONE))?
}

/// "morning" after a day, "in the morning", "at night".
fn part_after(c: Cursor<'_>) -> Option<(Part, Cursor<'_>)> {
    let at = c.maybe_punct(',');
    let led = at.word(W::In).and_then(|at| at.word(W::The)).or_else(|| at.word(W::At).filter(|at| at.is("night")));
    match led.unwrap_or(c).term() {
        Term::Part { part, plural: false } => Some((part, led.unwrap_or(c).next())),
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

/// "tonight", "this morning", "last night", "overnight".
fn part_of_today(c: Cursor<'_>) -> Option<Match<'_>> {
    let moment = |shift, part, end| {
        let base = Base::Unit { unit: Unit::Day, shift, from: Anchor::Reference };
        let (moment, end) = narrowed(Moment { part: Some(part), ..base.into() }, end);
        Match::new(Expr::Moment(moment), end, PART)
    };
    match (c.term(), c.next().term()) {
        (Term::Tonight(part), _) => moment(0, part, c.next()),
        (Term::Fn(W::Overnight), _) => moment(0, Part::Night, c.next()),
        (Term::Fn(W::This), Term::Part { part, plural: false }) => moment(0, part, c.next().next()),
        (Term::Fn(W::Last), Term::Part { part: part @ (Part::Night | Part::Evening), plural: false }) => {
            moment(-1, part, c.next().next())
        }
        _ => None,
    }
}

/// "Christmas", "New Year's Eve 1999", "last Easter".
pub(super) fn holiday(c: Cursor<'_>) -> Option<Match<'_>> {
    picked_holiday(c, Pick::Near)
}

/// The holiday that "last" or "next" picks.
pub(super) fn picked_holiday(c: Cursor<'_>, pick: Pick) -> Option<Match<'_>> {
    let (holiday, end) = (c.term() == Term::Holiday).then(|| mention::find(c))??;
    let (year, end) = calendar::year_after(end).unwrap_or((Year::Pick(pick), end));
    let (moment, end) = narrowed(Base::Holiday { holiday, year }.into(), end);
    Match::new(Expr::Moment(moment), end, HOLIDAY)
}

#[cfg(test)]
pub(in crate::dates) mod tests {
    use crate::dates::tests::Family;
    use crate::dates::{DateOrder, parse_reference, tag};

    pub(in crate::dates) const FAMILY: Family = Family {
        title: "Days by name",
        about: "Weekdays, today and its neighbours, holidays and the parts of days.",
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
            (
                "days off and times of night",
                &[
                    (
                        "He left the day before yesterday and meets her tonight at 8 o'clock.",
                        "2023-12-12",
                        &["the day before yesterday|DATE|2023-12-10|", "tonight at 8 o'clock|TIME|2023-12-12T20:00|"],
                    ),
                    ("see you on monday", "2023-12-12", &["monday|DATE|2023-12-11|"]),
                ],
            ),
            (
                "holidays",
                &[
                    ("He was found on Thanksgiving Day.", "2000-01-07", &["Thanksgiving Day|DATE|1999-11-25|"]),
                    ("On Christmas Day 2021 it snowed.", "", &["Christmas Day 2021|DATE|2021-12-25|"]),
                    ("On New Year’s Eve it closed.", "2023-02-12", &["New Year’s Eve|DATE|2022-12-31|"]),
                ],
            ),
            (
                "holidays of the United States",
                &[
                    (
                        "MLK Day and Presidents’ Day 2023",
                        "2023-03-01",
                        &["MLK Day|DATE|2023-01-16|", "Presidents’ Day 2023|DATE|2023-02-20|"],
                    ),
                    ("on Martin Luther King, Jr. Day 2021", "", &["Martin Luther King, Jr. Day 2021|DATE|2021-01-18|"]),
                    (
                        "It opened on Memorial Day and closed on Labor Day.",
                        "2023-12-12",
                        &["Memorial Day|DATE|2023-05-29|", "Labor Day|DATE|2023-09-04|"],
                    ),
                    (
                        "Indigenous Peoples’ Day of last year",
                        "2024-02-12",
                        &["Indigenous Peoples’ Day of last year|DATE|2023-10-09|"],
                    ),
                    (
                        "Black Friday, Cyber Monday and Giving Tuesday were good.",
                        "2023-12-12",
                        &[
                            "Black Friday|DATE|2023-11-24|",
                            "Cyber Monday|DATE|2023-11-27|",
                            "Giving Tuesday|DATE|2023-11-28|",
                        ],
                    ),
                    (
                        "from Election Day 2020 to Inauguration Day 2021",
                        "",
                        &[
                            "Election Day 2020|DATE|2020-11-03|",
                            "Inauguration Day 2021|DATE|2021-01-20|",
                            "Election Day 2020 to Inauguration Day 2021|RANGE|2020-11-03..2021-01-21",
                        ],
                    ),
                    (
                        "tax day 2023, Emancipation Day 2017, super tuesday 2016",
                        "",
                        &[
                            "tax day 2023|DATE|2023-04-18|",
                            "Emancipation Day 2017|DATE|2017-04-17|",
                            "super tuesday 2016|DATE|2016-03-01|",
                        ],
                    ),
                    ("Daylight saving time ends 2023.", "", &["Daylight saving time ends 2023|DATE|2023-11-05|"]),
                    (
                        "Columbus Day 1965, Veterans Day 1975, Thanksgiving 1939",
                        "",
                        &[
                            "Columbus Day 1965|DATE|1965-10-12|",
                            "Veterans Day 1975|DATE|1975-10-27|",
                            "Thanksgiving 1939|DATE|1939-11-23|",
                        ],
                    ),
                ],
            ),
            (
                "holidays of other countries and of the world",
                &[
                    (
                        "mothering sunday 2013, the early May bank holiday 2020",
                        "",
                        &["mothering sunday 2013|DATE|2013-03-10|", "early May bank holiday 2020|DATE|2020-05-08|"],
                    ),
                    (
                        "St. Andrew’s Day 2018, St Davids Day 2018 and Guy Fawkes Night 2018",
                        "2018-12-31",
                        &[
                            "St. Andrew’s Day 2018|DATE|2018-11-30|",
                            "St Davids Day 2018|DATE|2018-03-01|",
                            "Guy Fawkes Night 2018|DATE|2018-11-05|",
                        ],
                    ),
                    (
                        "Victoria Day 2017, Anzac Day 2017, King’s Day 2014",
                        "",
                        &[
                            "Victoria Day 2017|DATE|2017-05-22|",
                            "Anzac Day 2017|DATE|2017-04-25|",
                            "King’s Day 2014|DATE|2014-04-26|",
                        ],
                    ),
                    (
                        "They met on International Women’s Day and World AIDS Day.",
                        "2023-12-02",
                        &["International Women’s Day|DATE|2023-03-08|", "World AIDS Day|DATE|2023-12-01|"],
                    ),
                    (
                        "It was Ukraine’s Independence Day, after Independence Day.",
                        "2023-12-12",
                        &["Ukraine’s Independence Day|DATE|2023-08-24|", "Independence Day|DATE|2023-07-04|"],
                    ),
                ],
            ),
            (
                "feasts of the churches",
                &[
                    (
                        "Ash Wednesday 2024, Good Friday 2023, whit monday 2013",
                        "",
                        &[
                            "Ash Wednesday 2024|DATE|2024-02-14|",
                            "Good Friday 2023|DATE|2023-04-07|",
                            "whit monday 2013|DATE|2013-05-20|",
                        ],
                    ),
                    (
                        "Mardi Gras 2024, Ascension Day 2024, Advent Sunday 2022",
                        "",
                        &[
                            "Mardi Gras 2024|DATE|2024-02-13|",
                            "Ascension Day 2024|DATE|2024-05-09|",
                            "Advent Sunday 2022|DATE|2022-11-27|",
                        ],
                    ),
                    (
                        "Orthodox Easter 2024, Clean Monday 2018, Orthodox Christmas 2024",
                        "",
                        &[
                            "Orthodox Easter 2024|DATE|2024-05-05|",
                            "Clean Monday 2018|DATE|2018-02-19|",
                            "Orthodox Christmas 2024|DATE|2024-01-07|",
                        ],
                    ),
                ],
            ),
            (
                "feasts of other calendars: the day after the evening on which they begin",
                &[
                    (
                        "Yom Kippur 2018, Purim 2013, lag b’omer 2017",
                        "",
                        &[
                            "Yom Kippur 2018|DATE|2018-09-19|",
                            "Purim 2013|DATE|2013-02-24|",
                            "lag b’omer 2017|DATE|2017-05-14|",
                        ],
                    ),
                    (
                        "Tisha B’Av 2018, Yom Ha’atzmaut 2024",
                        "",
                        &["Tisha B’Av 2018|DATE|2018-07-22|", "Yom Ha’atzmaut 2024|DATE|2024-05-14|"],
                    ),
                    (
                        "Eid al-Fitr 2018, Eid-ul-Adha 2023, Islamic New Year 2020",
                        "",
                        &[
                            "Eid al-Fitr 2018|DATE|2018-06-15|",
                            "Eid-ul-Adha 2023|DATE|2023-06-28|",
                            "Islamic New Year 2020|DATE|2020-08-20|",
                        ],
                    ),
                    (
                        "Chinese New Year 2024, Mid-Autumn Festival 2023, Qingming 2023",
                        "",
                        &[
                            "Chinese New Year 2024|DATE|2024-02-10|",
                            "Mid-Autumn Festival 2023|DATE|2023-09-29|",
                            "Qingming 2023|DATE|2023-04-05|",
                        ],
                    ),
                    (
                        "Chuseok 2023, Nowruz 2024",
                        "",
                        &["Chuseok 2023|DATE|2023-09-29|", "Nowruz 2024|DATE|2024-03-20|"],
                    ),
                    ("The next Ramadan is long, the last was too.", "2030-12-27", &["next Ramadan|DATE|2031-12-16|"]),
                    ("Ramadan has begun.", "2030-12-28", &["Ramadan|DATE|2030-12-26|"]),
                    ("Chinese New Year 2300", "", &["Chinese New Year 2300|DATE|XXXX-XX-XX|"]),
                ],
            ),
            (
                "holidays of several days",
                &[
                    ("Ramadan 2018", "", &["Ramadan 2018|DATE|2018-05-16||2018-05-16..2018-06-15"]),
                    (
                        "Hanukkah 2018, Passover 2018",
                        "",
                        &[
                            "Hanukkah 2018|DATE|2018-12-03||2018-12-03..2018-12-11",
                            "Passover 2018|DATE|2018-03-31||2018-03-31..2018-04-08",
                        ],
                    ),
                    (
                        "They fast during Lent, and wait in Advent.",
                        "2023-04-01",
                        &[
                            "Lent|DATE|2023-02-22||2023-02-22..2023-04-09",
                            "Advent|DATE|2022-11-27||2022-11-27..2022-12-25",
                        ],
                    ),
                    (
                        "Kwanzaa 2023, Black History Month 2024",
                        "",
                        &[
                            "Kwanzaa 2023|DATE|2023-12-26||2023-12-26..2024-01-02",
                            "Black History Month 2024|DATE|2024-02-01||2024-02-01..2024-03-01",
                        ],
                    ),
                ],
            ),
            (
                "weekends at holidays",
                &[
                    (
                        "Labor Day weekend 2013",
                        "",
                        &["Labor Day weekend 2013|DATE|2013-W35-WE||2013-08-31..2013-09-03"],
                    ),
                    (
                        "He left over the Memorial Day weekend.",
                        "2023-12-12",
                        &["Memorial Day weekend|DATE|2023-W21-WE||2023-05-27..2023-05-30"],
                    ),
                    (
                        "Easter weekend 2024, Thanksgiving weekend 2023",
                        "",
                        &[
                            "Easter weekend 2024|DATE|2024-W13-WE||2024-03-30..2024-04-01",
                            "Thanksgiving weekend 2023|DATE|2023-W47-WE||2023-11-23..2023-11-27",
                        ],
                    ),
                ],
            ),
            (
                "what is only named after a holiday, or only sounds like one",
                &[
                    ("Easter Island, Christmas Island and the Good Friday Agreement", "2023-12-12", &[]),
                    (
                        "The Christmas tree, Easter eggs and the Advent calendar are theirs, and a Halloween party.",
                        "2023-12-12",
                        &[],
                    ),
                    ("The Thanksgiving turkey dinner was good.", "2023-12-12", &["Thanksgiving|DATE|2023-11-23|"]),
                    ("He saw “Independence Day” and \"Black Friday,\" the films.", "2023-12-12", &[]),
                    ("The Earth Day Network keeps its New Year’s resolutions.", "2023-12-12", &[]),
                    ("Lent him money. He likes boxing, on a fine May day, on his father’s day off.", "2023-12-12", &[]),
                    ("The president’s day began early, on Haiti’s Independence Day.", "2023-12-12", &[]),
                    ("He read what Tariq Ramadan wrote.", "2023-12-12", &[]),
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
                "parts of a day with the day",
                &[
                    (
                        "On the morning of September 11, 2001, he flew.",
                        "",
                        &[
                            "the morning of September 11, 2001|TIME|2001-09-11TMO||~2001-09-11T06:00:00..2001-09-11T12:00:00",
                        ],
                    ),
                    (
                        "On the night of 10 December it snowed.",
                        "2023-12-12",
                        &["the night of 10 December|TIME|2023-12-10TNI||~2023-12-10T18:00:00..2023-12-11T06:00:00"],
                    ),
                    (
                        "It will rain on Monday in the morning and late Tuesday afternoon.",
                        "2023-12-12",
                        &[
                            "Monday in the morning|TIME|2023-12-18TMO||~2023-12-18T06:00:00..2023-12-18T12:00:00",
                            "late Tuesday afternoon|TIME|2023-12-12TAF|END|~2023-12-12T12:00:00..2023-12-12T18:00:00",
                        ],
                    ),
                    (
                        "It was cold late in the morning of May 3, 2021.",
                        "",
                        &["the morning of May 3, 2021|TIME|2021-05-03TMO||~2021-05-03T06:00:00..2021-05-03T12:00:00"],
                    ),
                    (
                        "He came in the evening.",
                        "2023-12-12",
                        &["evening|TIME|2023-12-12TEV||~2023-12-12T18:00:00..2023-12-13T00:00:00"],
                    ),
                    (
                        "He rose in the early morning.",
                        "2023-12-12",
                        &["early morning|TIME|2023-12-12TMO|START|~2023-12-12T06:00:00..2023-12-12T12:00:00"],
                    ),
                    ("He won in the morning race.", "2023-12-12", &[]),
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
            (
                "times of a day",
                &[
                    ("See you tonight around 7.", "2016-11-07", &["tonight around 7|TIME|2016-11-07T19:00|APPROX"]),
                    ("We meet tomorrow at 5pm.", "2013-02-12", &["tomorrow at 5pm|TIME|2013-02-13T17:00|"]),
                    (
                        "Tomorrow morning at 9:30 we leave.",
                        "2013-02-12",
                        &["Tomorrow morning at 9:30|TIME|2013-02-13T09:30|"],
                    ),
                ],
            ),
        ],
    };

    #[test]
    fn holidays_are_read_in_any_year() {
        let text =
            "Christmas, last Ramadan, next Hanukkah, Chinese New Year weekend, Easter 1000, this Orthodox Easter";
        for year in (1..=9999).step_by(101).chain([9999]) {
            let reference = parse_reference(&format!("{year:04}-12-31")).ok();
            assert_eq!(tag(text, reference.as_ref(), DateOrder::ByEvidence).dates.len(), 6, "{year}");
        }
    }
}
