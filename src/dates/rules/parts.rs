//! Parts of the day and the days that they are of: "Monday morning", "tonight", "the night of May 3", "late afternoon".

use crate::dates::cursor::{Cursor, Match};
use crate::dates::expr::{Anchor, Base, Clock, Expr, Mark, Moment, Part, Unit};
use crate::dates::rules::days::day;
use crate::dates::rules::{clocks, holidays};
use crate::dates::words::{Term, W};

const PART: f32 = 0.92;

const PART_ALONE: f32 = 0.6;

/// "the morning of May 3", "the night of 10 December"; "on the morning of Friday".
pub(super) fn part_of_day(c: Cursor<'_>) -> Option<Match<'_>> {
    let at = c.maybe(W::The);
    let Term::Part { part, plural: false } = at.term() else { return None };
    let (moment, end, confidence) = day(at.next().word(W::Of)?).or_else(|| {
        holidays::parse(at.next().next()).and_then(|found| Some((found.moment()?, found.end, found.confidence)))
    })?;
    let plain = moment.clock.is_none() && moment.part.is_none();
    plain.then(|| Match::new(Expr::Moment(Moment { part: Some(part), ..moment }), end, confidence))?
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

/// "tonight", "this morning", "last night", "overnight".
pub(super) fn part_of_today(c: Cursor<'_>) -> Option<Match<'_>> {
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

#[cfg(test)]
pub(in crate::dates) mod tests {
    use crate::dates::tests::Family;

    pub(in crate::dates) const FAMILY: Family = Family {
        title: "Parts of the day",
        about: "Alone, with their day, and the times that follow a day.",
        groups: &[
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
}
