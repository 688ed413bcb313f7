//! Hours, minutes and seconds, in digits and words: "9:30 a.m.", "half past three", "1500 GMT", "15h30".

use super::zones::{offset, zone, zoned};
use crate::dates::cursor::Cursor;
use crate::dates::direction::{Direction, direction};
use crate::dates::expr::{Clock, Part, Unit};
use crate::dates::lexer::Case;
use crate::dates::numbers;
use crate::dates::words::{Term, W};

/// An hour without its half of the day: "3", "ten thirty", "1030". Only where something before it says "at".
pub(super) fn bare_hour(c: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    if let Term::Number { value, digits: digits @ (3 | 4) } = c.term() {
        let clock = valid((value / 100) as i8, Some((value % 100) as i8), None)?;
        // "closed on Friday at 2010"
        let hour = closes(c.next()) && direction(c, c.next()) == Direction::Future;
        return hour.then_some((clock, c.next())).filter(|_| digits == 4 || value >= 100);
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
        Term::Fn(word) => matches!(word, W::On | W::In | W::And | W::Or | W::This | W::Next),
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

/// A time of day.
pub(super) fn clock(c: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    if let Some(found) = hour_sign(c).or_else(|| past_hour(c)) {
        return Some(found);
    }
    // "mid-day", "mid-night"
    if c.is("mid") {
        let at = c.next().maybe_hyphen();
        if at.is("day") {
            return valid(12, Some(0), None).map(|clock| (clock, at.next()));
        }
        if at.is("night") {
            return Some((Clock { hour: 24, minute: Some(0), second: None, offset: None }, at.next()));
        }
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

pub(super) fn hour(c: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
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
        None => {
            // "9:00a", "at 9p"
            let minutes = c.back(2).is_some_and(|b| b.punct(':').is_some());
            let led = c.back(2).is_some_and(|b| b.word(W::At).is_some());
            let closed = !c.next().glued() || matches!(c.next().term(), Term::Punct('.' | ',' | '!' | '?'));
            let number = c.glued() && matches!(c.before(), Term::Number { .. });
            (number && (minutes || led) && closed).then(|| (Some(pm), c.next()))
        }
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
pub(super) fn in_the_part(c: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let (hour, rest) = hour(c)?;
    let (pm, end) = part_after(rest)?;
    valid(twelve_hour(hour, pm)?, Some(0), None).map(|clock| (clock, end))
}

/// "o'clock".
fn oclock(c: Cursor<'_>) -> Option<Cursor<'_>> {
    c.word(W::Oclock).or_else(|| c.word(W::O)?.punct('\'')?.word(W::Clock))
}

fn twelve_hour(hour: i8, pm: bool) -> Option<i8> {
    match (hour, pm) {
        (0 | 12, false) => Some(0),
        (12, true) => Some(12),
        (1..=11, _) => Some(if pm { hour + 12 } else { hour }),
        _ => None,
    }
}

pub(super) fn valid(hour: i8, minute: Option<i8>, second: Option<i8>) -> Option<Clock> {
    let fits = (0..=23).contains(&hour) && minute.is_none_or(|m| (0..60).contains(&m));
    fits.then_some(Clock { hour, minute, second, offset: None })
}
