//! Times of day: "5 p.m.", "9:30 a.m. EST", "1500 GMT", "noon", alone or with their day.

use crate::dates::cursor::{Cursor, Match};
use crate::dates::expr::{Anchor, Base, Clock, Expr, Moment, Part, Unit};
use crate::dates::rules::days;
use crate::dates::words::{Term, W};

const TIME: f32 = 0.93;
/// "14:30" may be a score or a verse.
const BARE: f32 = 0.75;

/// A time with or without its day: "5 p.m. EST, Nov. 6", "noon Saturday", "9:30 a.m.".
pub(super) fn parse(c: Cursor<'_>) -> Option<Match<'_>> {
    // "High Noon" is a film.
    let name = c.back(1).is_some_and(|b| b.term() == Term::Other && b.capital());
    if matches!(c.term(), Term::Clock { .. }) && c.capital() && name {
        return None;
    }
    let (clock, end) = clock(c).or_else(|| in_the_part(c))?;
    let confidence = if matches!(c.term(), Term::Number { .. }) && end.at <= c.at + 3 { BARE } else { TIME };
    let at = end.maybe_punct(',').maybe(W::On);
    if let Some((moment, end, sure)) = days::day(at) {
        return Match::new(Expr::Moment(Moment { clock: Some(clock), ..moment }), end, sure.min(TIME));
    }
    let base = Base::Unit { unit: Unit::Day, shift: 0, from: Anchor::Mentioned };
    Match::new(Expr::Moment(Moment { clock: Some(clock), ..base.into() }), end, confidence)
}

/// "around 7:15 p.m.".
pub(super) fn about(c: Cursor<'_>) -> Option<Match<'_>> {
    let Term::Approx(mark) = c.term() else {
        return None;
    };
    let mut found = parse(c.next())?;
    let Expr::Moment(moment) = &mut found.expr else {
        return None;
    };
    moment.mark = Some(mark);
    Some(found)
}

/// A time of day.
pub(super) fn clock(c: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    if let Term::Clock { hour, minute } = c.term() {
        return Some((Clock { hour, minute: Some(minute), second: None, offset: None }, c.next()));
    }
    if let Some((value, rest)) = c.digits(4) {
        // "1500 GMT", "0735 GMT"
        let (hour, minute) = ((value / 100) as i8, (value % 100) as i8);
        if rest.is("hours") {
            return valid(hour, Some(minute), None).map(|clock| (clock, rest.next()));
        }
        zone(rest)?;
        return valid(hour, Some(minute), None).map(|clock| zoned(clock, rest));
    }
    let (hour, rest) = hour(c)?;
    if let Some(end) = oclock(rest) {
        let (shift, end) = half_of_day(end).unwrap_or((None, end));
        let hour = shift.map_or(Some(hour), |pm| twelve_hour(hour, pm))?;
        return valid(hour, Some(0), None).map(|clock| (clock, end));
    }
    let (minute, second, rest) = minutes(rest).unwrap_or((None, None, rest));
    if let Some((Some(pm), rest)) = half_of_day(rest) {
        return valid(twelve_hour(hour, pm)?, minute.or(Some(0)), second).map(|clock| zoned(clock, rest));
    }
    minute?;
    // "9.30" is a time only with its "a.m."
    c.next().punct(':')?;
    valid(hour, minute, second).map(|clock| zoned(clock, rest))
}

/// "09:30", "09:30:15Z" after an ISO date.
pub(super) fn iso_clock(c: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let (hour, rest) = c.short_number()?;
    let (minute, second, rest) = minutes(rest)?;
    let clock = valid(hour, minute, second)?;
    match rest.word(W::Z).filter(|_| rest.glued()) {
        Some(end) => Some((Clock { offset: Some(0), ..clock }, end)),
        None => Some((clock, rest)),
    }
}

fn hour(c: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    match c.term() {
        Term::Cardinal(n @ 1..=12) => Some((n as i8, c.next())),
        _ => c.short_number(),
    }
}

/// ":30", ".30", ":30:15".
fn minutes(c: Cursor<'_>) -> Option<(Option<i8>, Option<i8>, Cursor<'_>)> {
    let (minute, rest) = sixtieths(c)?;
    match sixtieths(rest) {
        Some((second, end)) => Some((Some(minute), Some(second), end)),
        None => Some((Some(minute), None, rest)),
    }
}

fn sixtieths(c: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    let digits = c.punct(':').or_else(|| c.punct('.')).filter(|d| c.glued() && d.glued())?;
    let (value, end) = digits.digits(2)?;
    (value < 60).then_some((value as i8, end))
}

/// "a.m.", "PM", "in the morning": whether it is the afternoon half.
fn half_of_day(c: Cursor<'_>) -> Option<(Option<bool>, Cursor<'_>)> {
    if let Some(end) = c.word(W::Am) {
        return Some((Some(false), end));
    }
    if let Some(end) = c.word(W::Pm) {
        return Some((Some(true), end));
    }
    let pm = match c.term() {
        Term::Fn(W::A) => false,
        Term::Fn(W::P) => true,
        _ => return part_after(c).map(|(pm, end)| (Some(pm), end)),
    };
    let dot = c.next().punct('.')?;
    let m = dot.word(W::M).filter(|_| dot.glued())?;
    Some((Some(pm), m.punct('.').filter(|_| m.glued()).unwrap_or(m)))
}

fn part_after(c: Cursor<'_>) -> Option<(bool, Cursor<'_>)> {
    let part = c.word(W::In).and_then(|c| c.word(W::The)).or_else(|| c.word(W::At))?;
    match part.term() {
        Term::Part { part: Part::Morning, plural: false } => Some((false, part.next())),
        Term::Part { plural: false, .. } => Some((true, part.next())),
        _ => None,
    }
}

/// "4 in the morning".
fn in_the_part(c: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let (hour, rest) = hour(c)?;
    let (pm, end) = part_after(rest)?;
    valid(twelve_hour(hour, pm)?, Some(0), None).map(|clock| (clock, end))
}

/// "o'clock".
fn oclock(c: Cursor<'_>) -> Option<Cursor<'_>> {
    c.word(W::O)?.punct('\'')?.word(W::Clock).or_else(|| c.word(W::Oclock))
}

/// The clock with the zone that follows, if one does.
fn zoned(clock: Clock, c: Cursor<'_>) -> (Clock, Cursor<'_>) {
    match zone(c) {
        Some((offset, end)) => (Clock { offset, ..clock }, end),
        None => (clock, c),
    }
}

/// "EST", "GMT"; "local time" says no offset.
fn zone(c: Cursor<'_>) -> Option<(Option<i16>, Cursor<'_>)> {
    match c.term() {
        Term::Zone(offset) if c.capital() => Some((Some(offset), c.next())),
        _ => Some((None, c.word(W::Local)?.word(W::Time)?)),
    }
}

fn twelve_hour(hour: i8, pm: bool) -> Option<i8> {
    match (hour, pm) {
        (12, false) => Some(0),
        (12, true) => Some(12),
        (1..=11, _) => Some(if pm { hour + 12 } else { hour }),
        _ => None,
    }
}

fn valid(hour: i8, minute: Option<i8>, second: Option<i8>) -> Option<Clock> {
    let fits = (0..=23).contains(&hour) && minute.is_none_or(|m| (0..60).contains(&m));
    fits.then_some(Clock { hour, minute, second, offset: None })
}

#[cfg(test)]
pub(in crate::dates) mod tests {
    use crate::dates::tests::Family;

    pub(in crate::dates) const FAMILY: Family = Family {
        title: "Times of day",
        about: "Alone or with their day; a zone goes into the bounds.",
        groups: &[
            (
                "times with their day",
                &[
                    ("He arrived at 10 p.m. Wednesday.", "1998-02-13", &["10 p.m. Wednesday|TIME|1998-02-11T22:00|"]),
                    ("until 5 p.m. EST, Nov. 6, it said", "1989-11-02", &["5 p.m. EST, Nov. 6|TIME|1989-11-06T17:00|"]),
                    ("It started at noon Saturday.", "1991-02-25", &["noon Saturday|TIME|1991-02-23T12:00|"]),
                    (
                        "On Friday at 9:30 a.m. it opened.",
                        "1998-08-08",
                        &["Friday at 9:30 a.m.|TIME|1998-08-07T09:30|"],
                    ),
                ],
            ),
            (
                "times alone",
                &[
                    (
                        "It hit at about 10:35 a.m. (0735 GMT).",
                        "1998-08-08",
                        &["about 10:35 a.m.|TIME|1998-08-08T10:35|APPROX", "0735 GMT|TIME|1998-08-08T07:35|"],
                    ),
                    (
                        "Call me at 5pm or 17:30.",
                        "2023-12-12",
                        &["5pm|TIME|2023-12-12T17:00|", "17:30|TIME|2023-12-12T17:30|"],
                    ),
                    ("He rose at seven o'clock.", "2023-12-12", &["seven o'clock|TIME|2023-12-12T07:00|"]),
                    ("The score was 3-2 in room 1200.", "2023-12-12", &[]),
                ],
            ),
        ],
    };

    #[test]
    fn every_form_is_read() {
        FAMILY.check();
    }
}
