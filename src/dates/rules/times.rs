//! Times of day: "5 p.m.", "9:30 a.m. EST", "1500 GMT", "noon", alone or with their day.

use crate::dates::cursor::{Cursor, Match};
use crate::dates::expr::{Anchor, Base, Clock, Expr, Moment, Part, Unit};
use crate::dates::lexer::Case;
use crate::dates::numbers;
use crate::dates::rules::{days, sets};
use crate::dates::words::{Term, W};

/// Zones by the names of their parts of America, in standard time.
const ZONES: [(&str, i16); 4] = [("eastern", -300), ("central", -360), ("mountain", -420), ("pacific", -480)];

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
    let after_at = || (c.before() == Term::Fn(W::At) || c.before() == Term::Punct('@')).then(|| bare_hour(c))?;
    let (clock, end) = clock(c).or_else(|| in_the_part(c)).or_else(|| before_day(c)).or_else(after_at)?;
    let confidence = if matches!(c.term(), Term::Number { .. }) && end.at <= c.at + 3 { BARE } else { TIME };
    on_day(clock, end, confidence)
}

/// The time with the day that follows, if one does; else of the day last mentioned.
pub(super) fn on_day(mut clock: Clock, end: Cursor<'_>, confidence: f32) -> Option<Match<'_>> {
    let at = end.maybe_punct(',').maybe(W::On).maybe(W::Of);
    if let Some((moment, mut end, sure)) = days::day_or_part(at) {
        // "3 p.m. on May 5 EST"
        if clock.offset.is_none()
            && let Some((offset, rest)) = zone(end)
        {
            (clock.offset, end) = (offset, rest);
        }
        if moment.clock.is_none() {
            clock = days::in_part(clock, moment.part);
            let moment = Moment { clock: Some(clock), part: None, ..moment };
            return Match::new(Expr::Moment(moment), end, sure.min(TIME));
        }
    }
    if let Some(found) = sets::after_clock(clock, end) {
        return Some(found);
    }
    let base = Base::Unit { unit: Unit::Day, shift: 0, from: Anchor::Mentioned };
    Match::new(Expr::Moment(Moment { clock: Some(clock), ..base.into() }), end, confidence)
}

/// An hour without its half of the day: "3", "ten thirty", "1030". Only where something before it says "at".
pub(super) fn bare_hour(c: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    if let Term::Number { value, digits: digits @ (3 | 4) } = c.term() {
        let clock = valid((value / 100) as i8, Some((value % 100) as i8), None)?;
        return closes(c.next()).then_some((clock, c.next())).filter(|_| digits == 4 || value >= 100);
    }
    let (hour, rest) = hour(c)?;
    if let Some((minute, end)) = spoken_minute(rest).filter(|_| matches!(c.term(), Term::Cardinal(_))) {
        return valid(hour, Some(minute), None).filter(|_| closes(end)).map(|clock| (clock, end));
    }
    let clock = valid(hour, Some(0), None)?;
    closes(rest).then_some((clock, rest))
}

/// "3", "3:30", "9h30", "noon", without a half of the day or a zone.
pub(super) fn plain_clock(c: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let free = !matches!(c.before(), Term::Punct('.' | '$' | '-' | ':' | '/' | '€' | '£' | '#') | Term::Number { .. });
    let led = matches!(c.before(), Term::Fn(W::From | W::Between));
    // "0730-0930"; from 1000 on it may be a year.
    if let Some((value, end)) = c.digits(4).filter(|&(value, _)| led && value < 1000) {
        return valid((value / 100) as i8, Some((value % 100) as i8), None).map(|clock| (clock, end));
    }
    let (hour, rest) = hour(c).filter(|_| free)?;
    if let Some((minute, end)) = spoken_minute(rest).filter(|_| led && matches!(c.term(), Term::Cardinal(_))) {
        return valid(hour, Some(minute), None).map(|clock| (clock, end));
    }
    let (minute, _, end) = minutes(rest).unwrap_or((Some(0), None, rest));
    valid(hour, minute, None).filter(|_| hour <= 12 || minute.is_some()).map(|clock| (clock, end))
}

/// Whether nothing follows that an hour could count.
fn closes(c: Cursor<'_>) -> bool {
    match c.term() {
        Term::Punct(sign) => matches!(sign, '.' | ',' | ';' | ')' | '!' | '?') && !c.next().glued(),
        Term::Break | Term::Day(_) | Term::Weekday { .. } | Term::Tonight(_) | Term::Zone(_) => true,
        Term::Fn(word) => matches!(word, W::On | W::In | W::Today | W::And | W::Or | W::This | W::Next),
        _ => false,
    }
}

/// "thirty", "oh five", "fifty nine": minutes in words.
fn spoken_minute(c: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    let at = c.maybe_hyphen();
    let oh = at.is("oh") || at.is("o") || at.is("zero");
    let (minute, end) = numbers::integer(if oh { at.next() } else { at })?;
    let two_digits = if oh { minute < 10 } else { (10..60).contains(&minute) };
    (two_digits && matches!(at.term(), Term::Cardinal(_) | Term::Other | Term::Fn(_))).then_some((minute as i8, end))
}

/// "half past 3", "a quarter to five", "20 minutes past 3 p.m.": minutes from an hour.
fn past_hour(c: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let (minutes, rest) = match c.term() {
        Term::Fn(W::Half) => (30, c.next()),
        _ => {
            let article = c.any(&[W::A, W::An]).unwrap_or(c);
            match article.is("quarter") {
                true => (15, article.next()),
                false => {
                    let (n, rest) = numbers::integer(c).filter(|(n, _)| (1..60).contains(n))?;
                    let minutes = rest.unit().filter(|(unit, ..)| *unit == Unit::Minute).map(|(.., end)| end);
                    // "5 to 7" is no time without its minutes; "ten past nine" is.
                    let short = matches!(n, 5 | 10 | 15 | 20 | 25) && rest.word(W::Past).is_some();
                    (n as i16, minutes.or(short.then_some(rest))?)
                }
            }
        }
    };
    let to = match rest.term() {
        Term::Fn(W::Past | W::After) => false,
        Term::Fn(W::To | W::Before) => true,
        _ if rest.is("til") => true,
        _ => return None,
    };
    let (base, end) = clock(rest.next()).or_else(|| bare_hour(rest.next())).or_else(|| hour_of_part(rest.next()))?;
    let minute = i16::from(base.hour) * 60 + i16::from(base.minute.unwrap_or(0)) + if to { -minutes } else { minutes };
    let minute = minute.rem_euclid(24 * 60);
    Some((Clock { hour: (minute / 60) as i8, minute: Some((minute % 60) as i8), ..base }, end))
}

/// "seven afternoon", "eight in the morning".
fn hour_of_part(c: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let (hour, rest) = hour(c)?;
    let (pm, end) = part_after(rest).or_else(|| match rest.term() {
        Term::Part { part, plural: false } => Some((part != Part::Morning, rest.next())),
        _ => None,
    })?;
    valid(twelve_hour(hour, pm)?, Some(0), None).map(|clock| (clock, end))
}

/// "15h00", "9h30", "15h": the hour and its sign.
fn hour_sign(c: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let (hour, rest) = c.short_number()?;
    let sign = rest.word(W::H).filter(|_| rest.glued() && rest.case() == Case::Lower)?;
    let minutes = sign.digits(2).filter(|_| sign.glued());
    match minutes {
        Some((minute, end)) => valid(hour, Some(minute as i8), None).map(|clock| zoned(clock, end)),
        // "3h" is a length too: the hour needs a preposition or a zone.
        None => {
            let led =
                matches!(c.before(), Term::Fn(W::At | W::By | W::Until | W::From | W::To) | Term::Punct('@' | '-'))
                    || zone(sign).is_some()
                    || matches!(c.before(), Term::Weekday { .. } | Term::Number { digits: 4, .. });
            led.then(|| valid(hour, Some(0), None).map(|clock| zoned(clock, sign)))?
        }
    }
}

/// "9 tomorrow morning", "eight tonight": an hour that its day follows.
fn before_day(c: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let (hour, rest) = hour(c)?;
    let rest = rest.maybe_punct(',');
    let day = matches!(rest.term(), Term::Day(_) | Term::Tonight(_))
        || rest.word(W::This).is_some_and(|at| matches!(at.term(), Term::Part { plural: false, .. }));
    let free = !matches!(c.before(), Term::Punct('.' | '$' | '-' | ':') | Term::Number { .. });
    (day && free && hour <= 12).then(|| valid(hour, Some(0), None).map(|clock| (clock, rest)))?
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
    if let Some(found) = hour_sign(c).or_else(|| past_hour(c)) {
        return Some(found);
    }
    // "mid-day"
    if c.is("mid") && c.next().maybe_hyphen().is("day") {
        return valid(12, Some(0), None).map(|clock| (clock, c.next().maybe_hyphen().next()));
    }
    // "12 noon"
    if let (Some((12, _)), Term::Clock { hour, minute }) = (c.short_number(), c.next().term()) {
        return Some((Clock { hour, minute: Some(minute), second: None, offset: None }, c.next().next()));
    }
    if let Term::Clock { hour, minute } = c.term() {
        return Some((Clock { hour, minute: Some(minute), second: None, offset: None }, c.next()));
    }
    // "1140 a.m.", "340 pm"
    if let Term::Number { value, digits: 3 | 4 } = c.term()
        && let Some((Some(pm), end)) = half_of_day(c.next())
    {
        let hour = twelve_hour((value / 100) as i8, pm)?;
        return valid(hour, Some((value % 100) as i8), None).map(|clock| zoned(clock, end));
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
    // "nine fifty nine a.m."
    let spoken = matches!(c.term(), Term::Cardinal(_)).then(|| spoken_minute(rest)).flatten();
    if let Some((minute, after)) = spoken
        && let Some((Some(pm), end)) = half_of_day(after)
    {
        return valid(twelve_hour(hour, pm)?, Some(minute), None).map(|clock| zoned(clock, end));
    }
    let (minute, second, rest) = minutes(rest).unwrap_or((None, None, rest));
    if let Some((Some(pm), rest)) = half_of_day(rest) {
        // "8 p.m. in the evening"
        let rest = part_after(rest).filter(|(later, _)| *later == pm).map_or(rest, |(_, end)| end);
        return valid(twelve_hour(hour, pm)?, minute.or(Some(0)), second).map(|clock| zoned(clock, rest));
    }
    minute?;
    // "9.30" is a time only with its "a.m."
    c.next().punct(':')?;
    valid(hour, minute, second).map(|clock| zoned(clock, rest))
}

/// "09:30", "09:30:15Z", "09:30:15.250+02:00" after an ISO date.
pub(super) fn iso_clock(c: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let (hour, rest) = c.short_number()?;
    let (minute, second, rest) = minutes(rest)?;
    let clock = valid(hour, minute, second)?;
    // Parts of a second are read over.
    let fraction = rest.punct('.').filter(|at| rest.glued() && at.glued() && matches!(at.term(), Term::Number { .. }));
    let rest = fraction.map_or(rest, Cursor::next);
    if let Some(end) = rest.word(W::Z).filter(|_| rest.glued()) {
        return Some((Clock { offset: Some(0), ..clock }, end));
    }
    Some(match rest.glued().then(|| offset(rest)).flatten() {
        Some((offset, end)) => (Clock { offset: Some(offset), ..clock }, end),
        None => (clock, rest),
    })
}

/// "+02:00", "-0500", "+2": minutes east of UTC.
fn offset(c: Cursor<'_>) -> Option<(i16, Cursor<'_>)> {
    let sign = match c.term() {
        Term::Punct('+') => 1,
        Term::Punct('-' | '–') => -1,
        _ => return None,
    };
    let at = c.next();
    let Term::Number { value, digits } = at.term() else { return None };
    let value = i16::try_from(value).ok().filter(|_| at.glued())?;
    let (hours, minutes, end) = match digits {
        4 => (value / 100, value % 100, at.next()),
        1 | 2 => match at.next().punct(':').and_then(|at| at.digits(2)) {
            Some((minutes, end)) => (value, minutes as i16, end),
            None => (value, 0, at.next()),
        },
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then_some((sign * (hours * 60 + minutes), end))
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
    // "a.m.", "p m", and "3:15p"
    let dot = c.next().maybe_punct('.');
    match dot.word(W::M) {
        Some(m) => Some((Some(pm), m.punct('.').filter(|_| m.glued()).unwrap_or(m))),
        None => (pm && c.glued() && matches!(c.before(), Term::Number { digits: 2, .. }) && !c.next().glued())
            .then(|| (Some(pm), c.next())),
    }
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
    c.word(W::Oclock).or_else(|| c.word(W::O)?.punct('\'')?.word(W::Clock))
}

/// The clock with the zone that follows, if one does.
fn zoned(clock: Clock, c: Cursor<'_>) -> (Clock, Cursor<'_>) {
    match zone(c) {
        Some((offset, end)) => (Clock { offset, ..clock }, end),
        None => (clock, c),
    }
}

/// "EST", "GMT", "UTC+3", "Eastern time"; "local time" says no offset.
fn zone(c: Cursor<'_>) -> Option<(Option<i16>, Cursor<'_>)> {
    // "(GMT)"
    if let Some(at) = c.punct('(') {
        let Term::Zone(offset) = at.term() else { return None };
        return Some((Some(offset), at.next().punct(')')?));
    }
    match c.term() {
        Term::Zone(0) => {
            let shift = c.next().glued().then(|| offset(c.next())).flatten();
            Some(shift.map_or((Some(0), c.next()), |(shift, end)| (Some(shift), end)))
        }
        // "pt" is no zone, "est" after a time is.
        Term::Zone(offset) if c.capital() || c.str().len() > 2 => Some((Some(offset), c.next())),
        Term::Other if c.capital() => {
            let offset = ZONES.iter().find(|(name, _)| c.is(name)).map(|(_, offset)| *offset)?;
            let end = c.next();
            let end = if end.is("standard") || end.is("daylight") { end.next() } else { end };
            Some((Some(offset), end.word(W::Time)?))
        }
        _ => Some((None, c.word(W::Local)?.word(W::Time)?)),
    }
}

fn twelve_hour(hour: i8, pm: bool) -> Option<i8> {
    match (hour, pm) {
        (0 | 12, false) => Some(0),
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
            (
                "spoken times",
                &[
                    (
                        "It began at half past three and ended at a quarter to five.",
                        "2023-12-12",
                        &["half past three|TIME|2023-12-12T03:30|", "a quarter to five|TIME|2023-12-12T04:45|"],
                    ),
                    (
                        "Ten past nine in the evening, 20 minutes past 3 p.m.",
                        "2023-12-12",
                        &[
                            "Ten past nine in the evening|TIME|2023-12-12T21:10|",
                            "20 minutes past 3 p.m.|TIME|2023-12-12T15:20|",
                        ],
                    ),
                    ("He left at ten thirty.", "2023-12-12", &["ten thirty|TIME|2023-12-12T10:30|"]),
                    ("He sold five to seven percent.", "2023-12-12", &[]),
                ],
            ),
            (
                "hours with their sign",
                &[
                    (
                        "Open 9h30, shut at 15h.",
                        "2023-12-12",
                        &["9h30|TIME|2023-12-12T09:30|", "15h|TIME|2023-12-12T15:00|"],
                    ),
                    (
                        "at 1140 a.m. or 12 noon",
                        "2023-12-12",
                        &["1140 a.m.|TIME|2023-12-12T11:40|", "12 noon|TIME|2023-12-12T12:00|"],
                    ),
                ],
            ),
            (
                "zones",
                &[
                    (
                        "It starts at 9:30 a.m. Eastern time, 3 p.m. UTC+3 and 8 pm pst.",
                        "2023-12-12",
                        &[
                            "9:30 a.m. Eastern time|TIME|2023-12-12T09:30||2023-12-12T09:30:00-05:00..2023-12-12T09:31:00-05:00",
                            "3 p.m. UTC+3|TIME|2023-12-12T15:00||2023-12-12T15:00:00+03:00..2023-12-12T15:01:00+03:00",
                            "8 pm pst|TIME|2023-12-12T20:00||2023-12-12T20:00:00-08:00..2023-12-12T20:01:00-08:00",
                        ],
                    ),
                    (
                        "It starts at 5 p.m.",
                        "2023-12-12T09:30:00+02:00",
                        &["5 p.m.|TIME|2023-12-12T17:00||2023-12-12T17:00:00+02:00..2023-12-12T17:01:00+02:00"],
                    ),
                ],
            ),
            (
                "hours alone",
                &[
                    ("We will meet at 7.", "2023-12-12", &["7|TIME|2023-12-12T07:00|"]),
                    ("Shares closed at 7 percent, at five hospitals.", "2023-12-12", &[]),
                ],
            ),
        ],
    };

    #[test]
    fn every_form_is_read() {
        FAMILY.check();
    }
}
