//! Times of day, alone or with their day: "5 p.m.", "9:30 a.m. EST on Friday", "noon".

use crate::dates::cursor::{Cursor, Match};
use crate::dates::direction::{Direction, direction};
use crate::dates::expr::{Anchor, Base, Clock, Expr, Moment, Unit};
use crate::dates::rules::clocks::{bare_hour, clock, hour, in_the_part, valid};
use crate::dates::rules::zones::zone;
use crate::dates::rules::{parts, sets};
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
    let (clock, end) = clock(c).or_else(|| in_the_part(c)).or_else(|| before_day(c)).or_else(|| after_at(c))?;
    let digits = matches!(c.term(), Term::Number { .. });
    let confidence = if digits && end.at <= c.at + 3 { BARE } else { TIME };
    // "John 3:16" is a verse, "ran it in 3:45" a length.
    let bare = digits && end.at == c.at + 3 && end.back(2).is_some_and(|b| b.punct(':').is_some());
    if bare && (name || c.before() == Term::Fn(W::In)) {
        return None;
    }
    on_day(clock, end, confidence)
}

/// "at seven", "at 3 on Friday": an hour alone. In digits it may be any amount ("at 7."), so that the clause has to
/// look ahead or a day to follow.
fn after_at(c: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let led = c.before() == Term::Fn(W::At) || c.before() == Term::Punct('@');
    let found = led.then(|| bare_hour(c))??;
    let end = found.1;
    let short = matches!(c.term(), Term::Number { digits: 1 | 2, .. });
    let followed = !matches!(end.term(), Term::Punct(_) | Term::Break | Term::Fn(W::And | W::Or));
    let listed = end.punct(',').is_some_and(|at| matches!(at.term(), Term::Number { .. }));
    (!listed && (!short || followed || direction(c, end) == Direction::Future)).then_some(found)
}

/// The time with the day that follows, if one does; else of the day last mentioned.
pub(super) fn on_day(mut clock: Clock, end: Cursor<'_>, confidence: f32) -> Option<Match<'_>> {
    let at = end.maybe_punct(',').maybe(W::On).maybe(W::Of);
    if let Some((moment, mut end, sure)) = parts::day_or_part(at) {
        // "3 p.m. on May 5 EST"
        if clock.offset.is_none()
            && let Some((offset, rest)) = zone(end)
        {
            (clock.offset, end) = (offset, rest);
        }
        if moment.clock.is_none() {
            clock = parts::in_part(clock, moment.part);
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
                    (
                        "Shares closed at 7 percent, at five hospitals, and at 5, 6 and 7; they stood at 9.",
                        "2023-12-12",
                        &[],
                    ),
                ],
            ),
        ],
    };
}
