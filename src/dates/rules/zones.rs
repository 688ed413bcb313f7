//! Time zones after a time of day: "EST", "GMT", "UTC+3", "Eastern time", "+02:00".

use crate::dates::cursor::Cursor;
use crate::dates::expr::Clock;
use crate::dates::words::{Term, W};

/// Zones by the names of their parts of America, in standard time.
const ZONES: [(&str, i16); 4] = [("eastern", -300), ("central", -360), ("mountain", -420), ("pacific", -480)];

/// "+02:00", "-0500", "+2": minutes east of UTC.
pub(super) fn offset(c: Cursor<'_>) -> Option<(i16, Cursor<'_>)> {
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

/// The clock with the zone that follows, if one does.
pub(super) fn zoned(clock: Clock, c: Cursor<'_>) -> (Clock, Cursor<'_>) {
    match zone(c) {
        Some((offset, end)) => (Clock { offset, ..clock }, end),
        None => (clock, c),
    }
}

/// "EST", "GMT", "UTC+3", "Eastern time"; "local time" says no offset.
pub(super) fn zone(c: Cursor<'_>) -> Option<(Option<i16>, Cursor<'_>)> {
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
