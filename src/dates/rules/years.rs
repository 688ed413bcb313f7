//! Years, decades, centuries and fiscal years.

use crate::dates::cursor::{Cursor, Match};
use crate::dates::expr::{Base, Expr};
use crate::dates::lexer::Case;
use crate::dates::numbers;
use crate::dates::words::{Term, W};

/// A year led by "in" or "since"; one whose evidence is weaker.
const LED: f32 = 0.92;
const WEAK: f32 = 0.75;
/// Four digits between an adjective and a noun.
const GUESS: f32 = 0.6;
const DECADE: f32 = 0.95;

/// Nouns after which four digits are an amount.
const COUNTED: &[&str] =
    &["people", "men", "women", "children", "percent", "million", "billion", "police", "miles", "feet"];

/// A bare year, where something says that it is one; "the year 2000", "the 1988 period".
pub(super) fn parse(c: Cursor<'_>) -> Option<Match<'_>> {
    if let Some(rest) = c.word(W::The) {
        return the_year(rest).or_else(|| the_year_period(rest));
    }
    if let Some(found) = era(c) {
        return Some(found);
    }
    let (year, end) = year(c)?;
    let confidence = evidence(c, end, year)?;
    Match::new(Base::Year(year), end, confidence)
}

/// "44 BC", "A.D. 70", "14 AD", "in 9 CE".
fn era(c: Cursor<'_>) -> Option<Match<'_>> {
    if let Some(rest) = letters(c, "a", "d") {
        let Term::Number { value, digits: 1..=4 } = rest.term() else { return None };
        let year = i16::try_from(value).ok().filter(|y| *y > 0)?;
        return Match::new(Base::Year(year), rest.next(), LED);
    }
    let Term::Number { value, digits: 1..=4 } = c.term() else { return None };
    let year = i16::try_from(value).ok().filter(|y| *y > 0)?;
    let at = c.next();
    let capitals = at.case() == Case::Upper || matches!(at.next().term(), Term::Punct('.'));
    if let Some(end) = letters(at, "b", "c").or_else(|| at.any(&[W::Bc, W::Bce])).filter(|_| capitals) {
        return Match::new(Base::Bc(year), end, LED);
    }
    let end = letters(at, "a", "d").or_else(|| at.any(&[W::Ad, W::Ce])).filter(|_| capitals)?;
    Match::new(Base::Year(year), end, LED)
}

/// "A.D.", "AD": two letters with or without their stops.
fn letters<'a>(c: Cursor<'a>, first: &str, second: &str) -> Option<Cursor<'a>> {
    if c.str().len() == 2 && c.case() == Case::Upper && c.is(&format!("{first}{second}")) {
        return Some(c.next());
    }
    let stop = c.is(first).then(|| c.next().punct('.'))??;
    let end = (stop.glued() && stop.is(second)).then(|| stop.next())?;
    Some(end.punct('.').filter(|_| end.glued()).unwrap_or(end))
}

/// Four digits that can be a year, and no part of another number.
pub(super) fn year(c: Cursor<'_>) -> Option<(i16, Cursor<'_>)> {
    let (value, end) = c.digits(4)?;
    let year = i16::try_from(value).ok().filter(|y| (1000..=2100).contains(y))?;
    let number = |c: Cursor<'_>| matches!(c.term(), Term::Number { .. });
    let joined = |c: Cursor<'_>| c.glued() && c.next().glued() && number(c.next());
    let decimal = matches!(end.term(), Term::Punct('.' | ',' | ':' | '/')) && joined(end);
    let measured = matches!(end.term(), Term::Punct('%' | '$' | '€' | '£'));
    let signed =
        matches!(c.before(), Term::Punct('$' | '€' | '£' | '#' | '+' | '=' | '.' | ':' | '/' | '_' | '@')) && c.glued();
    (!decimal && !measured && !signed).then_some((year, end))
}

fn evidence(c: Cursor<'_>, end: Cursor<'_>, year: i16) -> Option<f32> {
    let recent = (1800..=2060).contains(&year);
    let unit = end.maybe_hyphen().unit().is_some() || end.hyphen().is_some_and(|h| h.term() == Term::Other);
    if unit || counts(end, false) {
        return None;
    }
    let plural = counts(end, true);
    let round = year % 100 == 0;
    let before_noun = (1900..=2060).contains(&year) && is_noun(end) && !end.glued() && !is_street(end);
    match c.before() {
        Term::Fn(W::In | W::Since | W::During | W::Into) if recent || !plural => Some(LED),
        Term::Phase(_) | Term::Fn(W::Until | W::Till) if recent || !plural => Some(LED),
        Term::Fn(
            W::By | W::Of | W::From | W::Before | W::After | W::Through | W::Throughout | W::To | W::For | W::Between,
        ) if recent && !plural => Some(LED),
        Term::Fn(W::By | W::Of | W::From | W::Before | W::After | W::Between) if !plural && year >= 1400 => Some(WEAK),
        Term::Approx(_) if recent && !plural => Some(WEAK),
        // "(1948)", "(1948-2001)"
        Term::Punct('(') if matches!(end.term(), Term::Punct(')' | '-' | '–' | ',' | ';')) => Some(LED),
        // "1994, 1996 and 1998"
        Term::Fn(W::And | W::Or) | Term::Punct(',') if recent && !plural && follows_year(c) => Some(LED),
        // "its 1988 profit", "the 2020 election"; "the 2014 protests", but round numbers count.
        Term::Fn(W::The | W::Its | W::His | W::Her | W::Their | W::Our | W::My | W::A) if before_noun && !plural => {
            Some(WEAK)
        }
        Term::Fn(W::The) if before_noun && !round => Some(GUESS),
        // "the company's 1989 results", "his unsuccessful 1996 campaign", "that 1978 resolution"
        Term::Fn(W::S | W::That | W::This) | Term::Other
            if before_noun && !round && !plural && c.back(1).is_some_and(|b| b.case() != Case::Upper) =>
        {
            Some(if c.before() == Term::Other { GUESS } else { WEAK })
        }
        Term::Future if recent && !plural => Some(WEAK),
        Term::Punct('-') if c.back(2).is_some_and(|b| b.is("post") || b.is("pre")) => Some(LED),
        // A sentence that opens with its year.
        Term::Punct('.') | Term::Break if recent && end.punct(',').is_none() && end.any(&[W::Was, W::Is]).is_some() => {
            Some(WEAK)
        }
        // "in both 1990 and 1991"
        Term::Other if recent && !plural && c.back(1).is_some_and(|b| b.is("both")) => Some(WEAK),
        // A text or sentence that is nothing but a year.
        Term::Break | Term::Punct('.') if recent && matches!(end.term(), Term::Break | Term::Punct('.')) => Some(GUESS),
        // "2002 World Cup"
        Term::Punct(_) | Term::Break | Term::Fn(_)
            if before_noun && !round && end.case() == Case::Title && !c.glued() =>
        {
            Some(GUESS)
        }
        _ => None,
    }
}

/// "Main Street", "North Capitol Avenue": the number before it is a house's.
fn is_street(c: Cursor<'_>) -> bool {
    const STREETS: [&str; 14] = [
        "street",
        "st",
        "avenue",
        "ave",
        "road",
        "rd",
        "boulevard",
        "blvd",
        "drive",
        "lane",
        "way",
        "court",
        "place",
        "highway",
    ];
    let names = (1..=3).scan(c, |at, _| {
        let name = at.capital().then_some(*at)?;
        *at = at.next();
        Some(name)
    });
    names.into_iter().any(|name| STREETS.iter().any(|street| name.is(street)))
}

/// Whether what follows is counted by the number: "1948 people"; with `plural`, any plural noun ("2000 soldiers").
fn counts(end: Cursor<'_>, plural: bool) -> bool {
    let word = end.str();
    if end.term() != Term::Other || end.glued() {
        return false;
    }
    COUNTED.iter().any(|noun| word.eq_ignore_ascii_case(noun))
        || plural && end.case() == Case::Lower && word.len() > 3 && word.ends_with('s') && !word.ends_with("ss")
}

/// A word that the year can belong to: "the 2008 financial crisis".
fn is_noun(end: Cursor<'_>) -> bool {
    matches!(end.term(), Term::Other | Term::Fn(W::Financial))
}

/// A year, before "and" or a comma.
fn follows_year(c: Cursor<'_>) -> bool {
    c.back(2).is_some_and(|before| year(before).is_some())
        || c.back(3).is_some_and(|before| before.next().punct(',').is_some() && year(before).is_some())
}

/// "the year 2000", "the year two thousand".
fn the_year(c: Cursor<'_>) -> Option<Match<'_>> {
    if !c.is("year") {
        return None;
    }
    let at = c.next();
    if let Some((year, end)) = year(at) {
        return Match::new(Base::Year(year), end, LED);
    }
    let (value, end) = spelled_year(at).or_else(|| numbers::integer(at))?;
    let year = i16::try_from(value).ok().filter(|y| (1000..=2100).contains(y))?;
    Match::new(Base::Year(year), end, LED)
}

/// "the 1988 period"; of "the 2020 election", the year.
fn the_year_period(c: Cursor<'_>) -> Option<Match<'_>> {
    let (year, end) = year(c)?;
    let end = end.word(W::Period)?;
    Match::new(Base::Year(year), end, LED)
}

/// "nineteen ninety-six".
pub(super) fn spelled(c: Cursor<'_>) -> Option<Match<'_>> {
    let (year, end) = spelled_year(c)?;
    Match::new(Base::Year(i16::try_from(year).ok()?), end, LED)
}

/// The number of a year said as two: "nineteen ninety-six".
pub(super) fn spelled_year(c: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    // "two thousand ten"
    if c.term() == Term::Cardinal(2) && c.next().term() == Term::Cardinal(1000) {
        return numbers::integer(c).filter(|(year, _)| (2000..2100).contains(year));
    }
    let Term::Cardinal(century @ 16..=20) = c.term() else {
        return None;
    };
    // "nineteen oh one", "seventeen hundred thirty-three"
    let at = c.next().maybe_hyphen();
    if at.is("oh") || at.is("zero") {
        return match at.next().term() {
            Term::Cardinal(ones @ 1..=9) => Some((century * 100 + ones, at.next().next())),
            _ => None,
        };
    }
    let Term::Cardinal(tens @ 10..=99) = c.next().term() else {
        return None;
    };
    let (rest, end) = numbers::integer(c.next())?;
    (rest < 100 && rest >= tens).then_some((century * 100 + rest, end))
}

/// "in '98".
pub(super) fn short(c: Cursor<'_>) -> Option<Match<'_>> {
    let (value, end) = c.punct('\'')?.digits(2)?;
    let led = matches!(c.before(), Term::Fn(W::In | W::Since | W::Of | W::By | W::Until | W::Before | W::After));
    let free = !end.glued() || !end.lexeme()?.is_alphanumeric() && end.punct('\'').is_none();
    (led && c.next().glued() && free).then(|| Match::new(Base::Year(super::calendar::full_year(value)), end, WEAK))?
}

/// "fiscal 1989", "fiscal year 2023", "FY2023", "FY23".
pub(super) fn fiscal(c: Cursor<'_>) -> Option<Match<'_>> {
    let short = c.word(W::Fy);
    let at = match short {
        Some(at) => at.maybe_punct('\''),
        None => {
            let at = c.any(&[W::Fiscal, W::Financial])?;
            if at.is("year") { at.next() } else { at }
        }
    };
    if let Some((year, end)) = year(at) {
        return Match::new(Base::Year(year), end, LED);
    }
    short?;
    let (value, end) = at.digits(2)?;
    Match::new(Base::Year(super::calendar::full_year(value)), end, LED)
}

/// "the 1990s", "1990s", "the '90s", "the nineties", "the 1960's".
pub(super) fn decade(c: Cursor<'_>) -> Option<Match<'_>> {
    let led = c.word(W::The);
    let at = led.unwrap_or(c);
    let (apostrophe, at) = match at.punct('\'') {
        Some(at) => (true, at),
        None => (false, at),
    };
    if let Term::Decade(tens) = at.term() {
        let years = led.is_some().then(|| Base::Decade { tens: i16::from(tens), century_given: false })?;
        return Match::new(years, at.next(), 0.8);
    }
    let Term::Number { value, digits } = at.term() else {
        return None;
    };
    let s = at.next().maybe_punct('\'');
    let end = s.word(W::S).filter(|_| at.next().glued() && s.glued())?;
    let tens = i16::try_from(value).ok().filter(|v| v % 10 == 0)?;
    match digits {
        4 if (1000..=2100).contains(&tens) => {
            let base = if tens % 100 == 0 && tens < 2000 {
                Base::Century(tens / 100)
            } else {
                Base::Decade { tens, century_given: true }
            };
            Match::new(Expr::from(base), end, DECADE)
        }
        2 if tens >= 20 && (apostrophe || led.is_some()) => {
            Match::new(Base::Decade { tens, century_given: false }, end, 0.8)
        }
        _ => None,
    }
}

/// "the 20th century", "the nineteenth century".
pub(super) fn century(c: Cursor<'_>) -> Option<Match<'_>> {
    let (number, rest) = numbers::ordinal(c.maybe(W::The))?;
    let rest = rest.maybe_hyphen();
    (rest.is("century") && number > 0).then(|| Match::new(Base::Century(i16::from(number) - 1), rest.next(), DECADE))?
}

#[cfg(test)]
pub(in crate::dates) mod tests {
    use crate::dates::tests::Family;

    pub(in crate::dates) const FAMILY: Family = Family {
        title: "Years, decades and centuries",
        about: "A bare number is a year only where something says so.",
        groups: &[
            (
                "years with evidence",
                &[
                    ("Those who lived there before 1948 may vote.", "", &["1948|DATE|1948|"]),
                    (
                        "It was founded in 1988 and sold in 1994, 1996 and 1998.",
                        "",
                        &["1988|DATE|1988|", "1994|DATE|1994|", "1996|DATE|1996|", "1998|DATE|1998|"],
                    ),
                    (
                        "Mann (1875-1955) wrote it (1924).",
                        "",
                        &[
                            "1875|DATE|1875|",
                            "1955|DATE|1955|",
                            "1924|DATE|1924|",
                            "1875-1955|RANGE|1875-01-01..1956-01-01",
                        ],
                    ),
                    (
                        "in the year 2000 and nineteen ninety-six",
                        "",
                        &["the year 2000|DATE|2000|", "nineteen ninety-six|DATE|1996|"],
                    ),
                    ("the 2008 financial crisis, in '98", "", &["2008|DATE|2008|", "'98|DATE|1998|"]),
                    ("the 2020 election", "", &["2020|DATE|2020|"]),
                ],
            ),
            (
                "amounts are not years",
                &[
                    ("1948 people paid $1948, 1,948 and 1948.5 of 2000 soldiers.", "", &[]),
                    ("Take 1500 mg, room 2001, by 1800 troops.", "", &[]),
                    ("Police raided 2015 Main Street and 1984 North Ventura Avenue.", "", &[]),
                ],
            ),
            (
                "decades and centuries",
                &[
                    (
                        "the 1990s, the '90s and the nineties",
                        "2023-12-12",
                        &["the 1990s|DATE|199|", "the '90s|DATE|199|", "the nineties|DATE|199|"],
                    ),
                    ("in the 20th century", "", &["the 20th century|DATE|19|"]),
                ],
            ),
            (
                "fiscal years",
                &[(
                    "In fiscal 1989, FY2023 and FY24.",
                    "",
                    &["fiscal 1989|DATE|1989|", "FY2023|DATE|2023|", "FY24|DATE|2024|"],
                )],
            ),
            (
                "other years",
                &[
                    (
                        "In 44 BC he died; in A.D. 70 it fell, and in 14 AD.",
                        "",
                        &["44 BC|DATE|BC0044|", "A.D. 70|DATE|0070|", "14 AD|DATE|0014|"],
                    ),
                    (
                        "in two thousand ten and nineteen oh one",
                        "",
                        &["two thousand ten|DATE|2010|", "nineteen oh one|DATE|1901|"],
                    ),
                    ("the 2014 protests and the 2022 World Cup", "", &["2014|DATE|2014|", "2022|DATE|2022|"]),
                    ("1984", "", &["1984|DATE|1984|"]),
                ],
            ),
        ],
    };
}
