//! The time that relative expressions are counted from: the request's, or the document's own.

use jiff::civil::{Date, Time};

use super::cursor::Cursor;
use super::expr::{Base, Expr};
use super::lexer::lex;
use super::order;
use super::rules::{self, numeric};
use super::words::{Term, W};
use crate::extraction::DateOrder;

/// What relative expressions are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    pub date: Date,
    /// Local time of day where it is known; "two hours ago" needs one.
    pub time: Option<Time>,
    /// Minutes east of UTC, where they are known; times of the document that name no zone are taken to be in it.
    pub offset: Option<i16>,
}

impl Reference {
    fn day(date: Date) -> Reference {
        Reference { date, time: None, offset: None }
    }
}

/// `+02:00`, `-05:30`, `Z`; nothing where the offset is not known.
pub fn written_offset(offset: Option<i16>) -> String {
    match offset {
        None => String::new(),
        Some(0) => "Z".to_owned(),
        Some(minutes) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        }
    }
}

/// Why a reference time cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    #[error("the reference time is empty")]
    Empty,
    #[error("`{0}` is not an RFC 3339 date (2023-12-12) or date-time (2023-12-12T09:30:00Z)")]
    Form(String),
    #[error("`{0}` is not in the years 0001 to 9999")]
    Year(String),
}

/// Parses an RFC 3339 date or date-time: `2023-12-12`, `2023-12-12T09:30:00Z`, `2023-12-12T09:30:00+02:00`.
///
/// The date and time are taken as written, in the offset given.
pub fn parse_reference(s: &str) -> Result<Reference, ReferenceError> {
    let text = s.trim();
    if text.is_empty() {
        return Err(ReferenceError::Empty);
    }
    let form = || ReferenceError::Form(shortened(text));
    let (date, rest) = match text.split_once(['T', 't', ' ']) {
        Some((date, rest)) => (date, Some(rest)),
        None => (text, None),
    };
    let date = parse_date(date).ok_or_else(form)?;
    if !(1..=9999).contains(&date.year()) {
        return Err(ReferenceError::Year(shortened(text)));
    }
    let Some(rest) = rest else { return Ok(Reference::day(date)) };
    let (time, offset) = parse_time(rest).ok_or_else(form)?;
    Ok(Reference { date, time: Some(time), offset })
}

fn shortened(text: &str) -> String {
    text.chars().take(64).collect()
}

fn parse_date(text: &str) -> Option<Date> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| match i {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    shape.then(|| text.parse().ok())?
}

/// `09:30`, `09:30:00`, `09:30:00.5`, with `Z` or an offset or none.
fn parse_time(text: &str) -> Option<(Time, Option<i16>)> {
    let zone = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(zone);
    let offset = match zone {
        "" => None,
        "Z" | "z" => Some(0),
        zone => Some(parse_offset(zone)?),
    };
    let shape = clock.len() >= 5 && clock.bytes().all(|b| b.is_ascii_digit() || b == b':' || b == b'.');
    shape.then(|| Some((clock.parse().ok()?, offset)))?
}

/// Minutes of `+02:00`.
fn parse_offset(text: &str) -> Option<i16> {
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let field = |s: &str| (s.len() == 2 && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<i16>().ok())?;
    let (hours, minutes) = (field(hours)?, field(minutes)?);
    let total = (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)?;
    Some(if text.starts_with('-') { -total } else { total })
}

/// Lines at the document's head that are looked at, and their bytes.
const HEAD_LINES: usize = 12;
const HEAD_BYTES: usize = 2000;
/// A dateline's date stands this near to the paragraph's beginning.
const DATELINE: usize = 60;

/// The document's own date: a date line, a leading date or a dateline among the first lines; full dates only.
pub fn find_reference(text: &str, order: DateOrder) -> Option<Reference> {
    let mut end = text.len().min(HEAD_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // The whole document shows its order of day and month; it is read for that only when a date needs it.
    let day_first = || order::is_day_first(text, &lex(text), order);
    let lines = text[..end].lines().filter(|line| !line.trim().is_empty());
    lines.take(HEAD_LINES).find_map(|line| line_date(line, &day_first))
}

fn line_date(line: &str, day_first: &dyn Fn() -> bool) -> Option<Reference> {
    let lexemes = lex(line);
    let mut c = Cursor::new(line, &lexemes, false);
    while let Some(lexeme) = c.lexeme() {
        if lexeme.start() > DATELINE {
            return None;
        }
        if full_date(c).is_some() {
            c.day_first = numeric::fields(c).is_some() && day_first();
            let (date, time, end) = full_date(c)?;
            return opens(c, end, line).then(|| time.unwrap_or_else(|| Reference::day(date)));
        }
        c = c.next();
    }
    None
}

/// A day with its year, and its time.
fn full_date(c: Cursor<'_>) -> Option<(Date, Option<Reference>, Cursor<'_>)> {
    let found = super::may_begin(c).then(|| rules::expression(c))??;
    let Expr::Moment(moment) = found.expr else {
        return None;
    };
    let Base::Day(date) = moment.base else {
        return None;
    };
    let time = moment.clock.and_then(|k| {
        let time = Time::new(k.hour, k.minute?, k.second.unwrap_or(0), 0).ok()?;
        Some(Reference { date, time: Some(time), offset: k.offset })
    });
    Some((date, time, found.end))
}

/// Whether a date found in the line dates the document rather than something that the line tells.
fn opens(date: Cursor<'_>, end: Cursor<'_>, line: &str) -> bool {
    let before = &date.lexemes[..date.at];
    if before.is_empty() {
        // "May 3, 2021, was a warm day" tells of the day.
        return !matches!(end.term(), Term::Fn(W::Was | W::Is))
            && !matches!(end.punct(',').map(Cursor::term), Some(Term::Fn(W::Was)));
    }
    let first = Cursor { at: 0, ..date };
    const LABELS: [&str; 9] =
        ["date", "dated", "published", "posted", "updated", "created", "issued", "released", "publication"];
    let labelled = LABELS.iter().any(|label| first.is(label)) && before.len() <= 4;
    // "WASHINGTON, Dec. 11, 2023 (Reuters) -": capitals before, a dash or bracket after.
    let place = before.iter().all(|l| l.case == super::lexer::Case::Upper || !l.is_alphanumeric());
    let closed = matches!(end.term(), Term::Punct('(' | '-' | '–' | '|' | '/' | ':') | Term::Break);
    // "By Jane Doe | May 3, 2021"
    let alone = end.term() == Term::Break && matches!(date.before(), Term::Punct('|' | '-' | '–' | '•' | '·' | ':'));
    let title_place = before.iter().all(|l| l.case != super::lexer::Case::Lower || !l.is_alphanumeric());
    let dateline = title_place && matches!(end.term(), Term::Punct('(' | '–'))
        || end.punct('-').is_some() && title_place && !end.glued();
    line.len() < 4000 && (labelled || place && closed || alone || dateline)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn requests_are_dates_or_date_times() {
        let parsed = |s| parse_reference(s).map(|r| (r.date, r.time));
        assert_eq!(parsed("2023-12-12"), Ok((date(2023, 12, 12), None)));
        assert_eq!(parsed("2023-12-12T09:30:00Z"), Ok((date(2023, 12, 12), Some(time(9, 30, 0, 0)))));
        assert_eq!(parsed("2023-12-12T09:30:00.25+02:00").map(|r| r.0), Ok(date(2023, 12, 12)));
        assert_eq!(parsed(""), Err(ReferenceError::Empty));
        for bad in
            ["yesterday", "2023-13-01", "12/12/2023", "2023-12-12T", "2023-12-12T25:00:00Z", "20231212", "-2023-01-01"]
        {
            assert!(matches!(parse_reference(bad), Err(ReferenceError::Form(_))), "{bad}");
        }
        assert!(matches!(parse_reference("0000-01-01"), Err(ReferenceError::Year(_))));
    }

    #[test]
    fn documents_say_their_date() {
        let found = |text| find_reference(text, DateOrder::ByEvidence).map(|r| r.date.to_string());
        for (text, day) in [
            ("date 2023-12-12 “China’s stance on the conflict is to pursue peace,” Wang said.", "2023-12-12"),
            ("A headline\nPublished: May 3, 2021\nText.", "2021-05-03"),
            ("Friday, May 8, 2009\n\nText.", "2009-05-08"),
            ("WASHINGTON, Dec. 11, 2023 (Reuters) - The president said", "2023-12-11"),
            ("BEIJING, 5 May 2021 – Officials said", "2021-05-05"),
            ("By Jane Doe | 5 May 2021\nText.", "2021-05-05"),
        ] {
            assert_eq!(found(text).as_deref(), Some(day), "{text}");
        }
    }

    #[test]
    fn dates_that_a_text_tells_of_are_not_its_own() {
        assert_eq!(find_reference("He was born on May 3, 1921 in Rome.", DateOrder::ByEvidence), None);
        assert_eq!(find_reference("WASHINGTON, Dec. 11 (Reuters) - The president said", DateOrder::ByEvidence), None);
        assert_eq!(find_reference("", DateOrder::ByEvidence), None);
    }
}
