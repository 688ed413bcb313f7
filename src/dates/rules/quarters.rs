//! Quarters and halves of the year, and the periods that business reports compare with.

use crate::dates::cursor::{Cursor, Match};
use crate::dates::expr::{Amount, Anchor, Base, Expr, Moment, Pick, Rest, Unit, Year};
use crate::dates::numbers;
use crate::dates::rules::{calendar, years};
use crate::dates::words::{Term, W};

const NUMBERED: f32 = 0.92;
/// "the quarter" is the one last mentioned, or the last that ended.
const MENTIONED: f32 = 0.7;

pub(super) fn parse(c: Cursor<'_>) -> Option<Match<'_>> {
    short(c).or_else(|| year_first(c)).or_else(|| numbered(c)).or_else(|| compared(c))
}

/// "Q3", "Q3 2023", "3Q", "H1 2024".
fn short(c: Cursor<'_>) -> Option<Match<'_>> {
    let quarter = c.word(W::Q).is_some();
    if !quarter && c.word(W::H).is_none() || !c.capital() {
        return None;
    }
    let at = c.next();
    let Term::Number { value, digits: 1 } = at.term() else {
        return None;
    };
    if !at.glued() {
        return None;
    }
    let (year, end) = year_after(at.next()).unwrap_or((Year::Pick(Pick::Near), at.next()));
    Match::new(base(value as i8, quarter, year)?, end, NUMBERED)
}

/// "2018Q4", "2018 Q4", "18Q4".
fn year_first(c: Cursor<'_>) -> Option<Match<'_>> {
    let (year, at) = years::year(c).or_else(|| {
        let (value, at) = c.digits(2)?;
        at.glued().then(|| (calendar::full_year(value), at))
    })?;
    let quarter = at.word(W::Q).is_some();
    let number = at.any(&[W::Q, W::H]).filter(|number| number.glued())?;
    let Term::Number { value, digits: 1 } = number.term() else { return None };
    Match::new(base(value as i8, quarter, Year::Given(year))?, number.next(), NUMBERED)
}

/// "the third quarter", "third-quarter", "this year's third quarter", "the fiscal first quarter of 1990".
fn numbered(c: Cursor<'_>) -> Option<Match<'_>> {
    let (led, at) = match year_before(c) {
        Some((year, at)) => (Some(year), at),
        None => (None, c.maybe(W::The)),
    };
    let fiscal = at.any(&[W::Fiscal, W::Financial]);
    let at = fiscal.map_or(at, |at| at.maybe_hyphen());
    let (number, rest) = numbers::ordinal(at)?;
    let rest = rest.maybe_hyphen();
    let quarter = rest.is_unit(Unit::Quarter);
    if !quarter && (rest.word(W::Half).is_none() || led.is_none() && c.word(W::The).is_none()) {
        return None;
    }
    // "the third-quarter loss": the article is the noun's.
    if c.word(W::The).is_some() && at.next().hyphen().is_some() && led.is_none() {
        return None;
    }
    let end = rest.next();
    let after = year_after(end);
    // "the first half" of a match is no half of a year.
    if !quarter && led.is_none() && after.is_none() {
        return None;
    }
    let (year, end) = match (led, after) {
        (Some(year), _) => (year, end),
        (None, Some(found)) => found,
        (None, None) => (Year::Pick(Pick::Near), end),
    };
    Match::new(base(number, quarter, year)?, end, NUMBERED)
}

fn base(number: i8, quarter: bool, year: Year) -> Option<Base> {
    match (quarter, number) {
        (true, 1..=4) => Some(Base::Quarter { quarter: number, year }),
        (false, 1..=2) => Some(Base::Half { half: number, year }),
        _ => None,
    }
}

/// "this year's", "last year's", "the 1988", "next year's".
fn year_before(c: Cursor<'_>) -> Option<(Year, Cursor<'_>)> {
    if let Some((year, end)) = years::year(c.maybe(W::The)) {
        return Some((Year::Given(year), end.possessive().unwrap_or(end)));
    }
    let (shift, at) = shift(c)?;
    let rest = at.is_unit(Unit::Year).then(|| at.next().possessive())??;
    Some((Year::Shift(shift), rest))
}

fn year_after(c: Cursor<'_>) -> Option<(Year, Cursor<'_>)> {
    let at = c.maybe_punct(',').maybe(W::Of).maybe(W::Fiscal);
    if let Some((year, end)) = years::year(at) {
        return Some((Year::Given(year), end));
    }
    if let Some(found) = years::fiscal(at) {
        let Expr::Moment(Moment { base: Base::Year(year), .. }) = found.expr else { return None };
        return Some((Year::Given(year), found.end));
    }
    let (shift, at) = shift(at)?;
    at.is_unit(Unit::Year).then(|| (Year::Shift(shift), at.next()))
}

fn shift(c: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    match c.term() {
        Term::Fn(W::Last) => Some((-1, c.next())),
        Term::Fn(W::This) => Some((0, c.next())),
        Term::Fn(W::Next) => Some((1, c.next())),
        _ => None,
    }
}

/// "the year-earlier quarter", "the year-ago period", "the latest period".
fn compared(c: Cursor<'_>) -> Option<Match<'_>> {
    let at = c.word(W::The)?;
    if let Some(found) = year_earlier(at) {
        let at = found.end;
        let at = numbers::ordinal(at).map_or(at, |(_, rest)| rest);
        let noun = at.is_unit(Unit::Quarter) || at.word(W::Period).is_some();
        return noun.then(|| Match::new(Base::YearEarlier(Unit::Quarter), at.next(), found.confidence))?;
    }
    let at = at.word(W::Latest)?;
    (at.is_unit(Unit::Quarter) || at.word(W::Period).is_some())
        .then(|| Match::new(Base::Mentioned(Unit::Quarter), at.next(), MENTIONED))?
}

/// "year-earlier", "year-ago".
pub(super) fn year_earlier(c: Cursor<'_>) -> Option<Match<'_>> {
    if !c.is_unit(Unit::Year) {
        return None;
    }
    let end = c.next().hyphen()?.any(&[W::Earlier, W::Ago])?;
    let base = Base::Offset {
        amount: Amount::whole(1),
        unit: Unit::Year,
        rest: Rest::NONE,
        back: true,
        from: Anchor::Mentioned,
    };
    Match::new(base, end, 0.85)
}

#[cfg(test)]
pub(in crate::dates) mod tests {
    use crate::dates::tests::Family;

    pub(in crate::dates) const FAMILY: Family = Family {
        title: "Quarters and halves",
        about: "By number, with or without the year; of business reports, the periods compared with.",
        groups: &[
            (
                "numbered quarters and halves",
                &[
                    ("Profit rose in the third quarter.", "1989-11-02", &["the third quarter|DATE|1989-Q3|"]),
                    ("Its third-quarter profit fell.", "1989-11-02", &["third-quarter|DATE|1989-Q3|"]),
                    ("Q3 2023 beat Q2.", "2023-12-12", &["Q3 2023|DATE|2023-Q3|", "Q2|DATE|2023-Q2|"]),
                    ("in next year's first quarter", "1989-11-02", &["next year's first quarter|DATE|1990-Q1|"]),
                    ("the fourth quarter of 1997", "", &["the fourth quarter of 1997|DATE|1997-Q4|"]),
                    ("the first half of 2024", "", &["the first half of 2024|DATE|2024-H1|"]),
                    ("He scored in the first half.", "2023-12-12", &[]),
                ],
            ),
            (
                "quarters compared",
                &[
                    (
                        "In the third quarter it lost $5 million, against $3 million a year earlier.",
                        "1989-11-02",
                        &["the third quarter|DATE|1989-Q3|", "a year earlier|DATE|1988-Q3|"],
                    ),
                    ("Sales for the quarter fell.", "1989-11-02", &["the quarter|DATE|1989-Q3|"]),
                ],
            ),
            (
                "year first",
                &[(
                    "2018Q4, 18Q4, the 3rd qtr",
                    "",
                    &["2018Q4|DATE|2018-Q4|", "18Q4|DATE|2018-Q4|", "the 3rd qtr|DATE|XXXX-Q3|"],
                )],
            ),
        ],
    };
}
