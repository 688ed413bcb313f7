//! A beginning, middle or end of something: "late November", "mid-1996", "the end of the year", "earlier this week".

use crate::dates::cursor::{Cursor, Match};
use crate::dates::expr::{Anchor, Base, Expr, Mark, Moment, Part, Unit};
use crate::dates::lexer::Case;
use crate::dates::rules::{calendar, days, periods, quarters, years};
use crate::dates::words::{Term, W};

/// What the phase takes from the confidence of what it is a phase of.
const PHASE: f32 = 0.98;

pub(super) fn parse(c: Cursor<'_>) -> Option<Match<'_>> {
    let at = c.maybe(W::The);
    let (mark, rest) = match at.term() {
        Term::Phase(mark) => (mark, at.next()),
        Term::Fn(W::Earlier) => (Mark::Start, at.next()),
        Term::Fn(W::Later) => (Mark::End, at.next()),
        _ => return None,
    };
    // "the end of", "the middle of"; "early in the year"
    let noun = ["end", "beginning", "start", "close", "middle"].iter().any(|word| at.is(word));
    let rest = if noun { rest.word(W::Of)? } else { rest.maybe_hyphen() };
    let in_unit = rest.word(W::In).and_then(|r| r.word(W::The)).filter(|_| !noun);
    // "by end of year"
    let bare = || noun.then(|| the_unit(rest)).flatten();
    let found = match in_unit {
        Some(unit) => the_unit(unit),
        None => core(rest).or_else(bare),
    }?;
    let Expr::Moment(moment) = found.expr else {
        return None;
    };
    if moment.mark.is_some() || moment.clock.is_some() {
        return None;
    }
    // "early morning" alone is no time of a day known.
    let expr = Expr::Moment(Moment { mark: Some(mark), ..moment });
    Match::new(expr, found.end, found.confidence * PHASE)
}

/// What has phases: a day, month, year and so on.
fn core(c: Cursor<'_>) -> Option<Match<'_>> {
    if let Some(found) = years::decade(c) {
        return Some(found);
    }
    if let Some((year, end)) = years::year(c) {
        return Match::new(Base::Year(year), end, 0.93);
    }
    if let Some(found) = c.word(W::The).and_then(the_unit) {
        return Some(found);
    }
    if let Term::Part { part, plural: false } = c.term() {
        return part_of_day(c, part);
    }
    calendar::led(c)
        .or_else(|| days::parse(c))
        .or_else(|| years::century(c))
        .or_else(|| quarters::parse(c))
        .or_else(|| periods::season(c))
        .or_else(|| periods::parse(c))
        .or_else(|| years::fiscal(c))
}

/// "mid-afternoon yesterday".
fn part_of_day(c: Cursor<'_>, part: Part) -> Option<Match<'_>> {
    let Some((moment, end, confidence)) = days::day(c.next().maybe(W::On)) else {
        // "mid-morning": of the day that is spoken of.
        let day = Base::Unit { unit: Unit::Day, shift: 0, from: Anchor::Mentioned };
        let led = c
            .back(1)
            .is_some_and(|b| b.is("mid") || b.term() == Term::Punct('-') && b.back(1).is_some_and(|b| b.is("mid")));
        return led.then(|| Match::new(Expr::Moment(Moment { part: Some(part), ..day.into() }), c.next(), 0.7))?;
    };
    Match::new(Expr::Moment(Moment { part: Some(part), ..moment }), end, confidence)
}

/// "year" after "the end of the": the one spoken of.
fn the_unit(c: Cursor<'_>) -> Option<Match<'_>> {
    let (unit, plural, end) = c.any(&[W::Fiscal, W::Calendar]).unwrap_or(c).unit()?;
    let whole = matches!(unit, Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade | Unit::Century);
    let base = match unit {
        Unit::Week | Unit::Month | Unit::Year => Base::Unit { unit, shift: 0, from: Anchor::Reference },
        _ => Base::Mentioned(unit),
    };
    (whole && !plural).then(|| Match::new(base, end, 0.85))?
}

/// "EOM", "EOY", "EOD"; "month-end" alone is read by `year_end`.
pub(super) fn short(c: Cursor<'_>) -> Option<Match<'_>> {
    let at = c.maybe(W::The);
    let Term::EndOf(unit) = at.term() else { return None };
    if at.case() != Case::Upper {
        return None;
    }
    let base = Base::Unit { unit, shift: 0, from: Anchor::Reference };
    Match::new(Expr::Moment(Moment { mark: Some(Mark::End), ..base.into() }), at.next(), 0.7)
}

/// "year-end".
pub(super) fn year_end(c: Cursor<'_>) -> Option<Match<'_>> {
    let end = c.is("year").then(|| c.next().possessive().unwrap_or(c.next()).maybe_hyphen())?;
    let led = matches!(c.before(), Term::Fn(W::By | W::At | W::Before | W::Until | W::Since) | Term::Approx(_));
    if !led || end.term() != Term::Phase(Mark::End) {
        return None;
    }
    let year = Base::Unit { unit: Unit::Year, shift: 0, from: Anchor::Reference };
    Match::new(Expr::Moment(Moment { mark: Some(Mark::End), ..year.into() }), end.next(), 0.85)
}

#[cfg(test)]
pub(in crate::dates) mod tests {
    use crate::dates::tests::Family;

    pub(in crate::dates) const FAMILY: Family = Family {
        title: "Beginnings, middles and ends",
        about: "The value is that of the whole; `mod` and the bounds say which part.",
        groups: &[
            (
                "phases of dates",
                &[
                    ("Exchanges since late November.", "2023-12-12", &["late November|DATE|2023-11|END"]),
                    ("It fell apart in mid-1996.", "1998-02-27", &["mid-1996|DATE|1996|MID"]),
                    (
                        "In the early 1990s and the mid-1980s.",
                        "",
                        &["the early 1990s|DATE|199|START", "the mid-1980s|DATE|198|MID"],
                    ),
                    (
                        "Late Monday and early last week.",
                        "2023-12-12",
                        &["Late Monday|DATE|2023-12-11|END", "early last week|DATE|2023-W49|START"],
                    ),
                ],
            ),
            (
                "ends and beginnings",
                &[
                    ("By the end of the year.", "1989-11-02", &["the end of the year|DATE|1989|END"]),
                    ("at the beginning of 1998", "", &["the beginning of 1998|DATE|1998|START"]),
                    (
                        "earlier this week, later this year",
                        "2023-12-12",
                        &["earlier this week|DATE|2023-W50|START", "later this year|DATE|2023|END"],
                    ),
                    ("It closes by year-end.", "1989-11-02", &["year-end|DATE|1989|END"]),
                    ("At the end of the road he was late again.", "1989-11-02", &[]),
                ],
            ),
            (
                "short forms",
                &[
                    (
                        "It is due by EOM, not EOY.",
                        "2013-02-12",
                        &["EOM|DATE|2013-02|END|~..2013-03-01", "EOY|DATE|2013|END|~2013-09-01..2014-01-01"],
                    ),
                    ("It ends by end of year.", "2013-02-12", &["end of year|DATE|2013|END|~..2014-01-01"]),
                ],
            ),
            (
                "bounds of phases",
                &[
                    (
                        "Before the end of 2018 and after the beginning of 2019.",
                        "",
                        &[
                            "the end of 2018|DATE|2018|END|~..2019-01-01",
                            "the beginning of 2019|DATE|2019|START|~2019-01-01..",
                        ],
                    ),
                    (
                        "in early March 2013, mid-March 2013 and late March 2013",
                        "",
                        &[
                            "early March 2013|DATE|2013-03|START|~2013-03-01..2013-03-11",
                            "mid-March 2013|DATE|2013-03|MID|~2013-03-11..2013-03-21",
                            "late March 2013|DATE|2013-03|END|~2013-03-21..2013-04-01",
                        ],
                    ),
                ],
            ),
        ],
    };
}
