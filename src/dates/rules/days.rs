//! Days by name: weekdays, today and its neighbours, holidays, and the parts of days.

use crate::dates::cursor::{Cursor, Match};
use crate::dates::expr::{Anchor, Base, Clock, Expr, Mark, Moment, Part, Pick, Unit, Year};
use crate::dates::lexer::Case;
use crate::dates::numbers;
use crate::dates::rules::{calendar, clocks, numeric};
use crate::dates::words::{Lexicon, Term, W};

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
    if abbr && !c.capital() && !alone {
        return None;
    }
    let end = c.next();
    let end = end.punct('.').filter(|_| abbr && end.glued()).unwrap_or(end);
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
        Term::Fn(word) => ordinal.is_some() && !matches!(word, W::Of | W::S | W::Half | W::Period),
        _ => false,
    };
    closed.then_some((day, end))
}

/// The rest of "Tuesday of next week", "Monday this week": weeks from the reference's.
fn of_week(c: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    let at = c.maybe(W::Of).maybe(W::In).maybe(W::The);
    let (shift, at) = week_pick(at)?;
    at.is("week").then(|| (shift, at.next())).filter(|(_, end)| end.possessive().is_none())
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
    let at = at.is("week").then(|| at.next())?;
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
    let names = Lexicon::get().holidays(c.str());
    let (holiday, end) = names.iter().find_map(|(name, holiday)| Some((*holiday, named(c, name)?)))?;
    // "the Easter Bunny", "a Christmas tree" name no day.
    let names =
        end.term() == Term::Other && !end.glued() && (end.case() == Case::Title || c.before() == Term::Fn(W::A));
    if names || end.glued() && !matches!(end.term(), Term::Punct(_)) {
        return None;
    }
    let (year, end) = calendar::year_after(end).unwrap_or((Year::Pick(pick), end));
    let (moment, end) = narrowed(Base::Holiday { holiday, year }.into(), end);
    Match::new(Expr::Moment(moment), end, HOLIDAY)
}

/// Past `name`, if its words are here.
fn named<'a>(c: Cursor<'a>, name: &str) -> Option<Cursor<'a>> {
    if !name.get(..c.str().len()).is_some_and(|head| head.eq_ignore_ascii_case(c.str())) {
        return None;
    }
    let mut at = c;
    for part in name.split_inclusive([' ', '\'', '.', '-']) {
        let (word, sign) = match part.char_indices().last() {
            Some((at, sign @ ('\'' | '.' | '-'))) => (&part[..at], Some(sign)),
            _ => (part.trim_end(), None),
        };
        at = at.is(word).then(|| at.next())?;
        at = match sign {
            // "Presidents Day", "St Patrick's Day"
            Some(sign) => at.maybe_punct(sign),
            None => at,
        };
    }
    Some(at)
}

#[cfg(test)]
pub(in crate::dates) mod tests {
    use crate::dates::tests::Family;

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
    fn every_form_is_read() {
        FAMILY.check();
    }
}
