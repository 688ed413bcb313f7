//! The TIMEX3 values that this crate writes, as a grammar: what `Date::value` may say, and its parts.

use std::fmt;

/// A TIMEX3 value, taken apart.
///
/// ```
/// use dossier::dates::Value;
///
/// let value = Value::parse("2023-12-11TNI");
/// assert_eq!(value.map(|v| v.to_string()).as_deref(), Some("2023-12-11TNI"));
/// assert!(Value::parse("2023-13").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `PRESENT_REF`, `PAST_REF`, `FUTURE_REF`.
    Reference(String),
    /// `P3D`, `PT2H30M`, `PXM`: counts (none: not known) and the letters of their units, and where the clock begins.
    Duration { calendar: Vec<(Option<String>, String)>, clock: Vec<(Option<String>, String)> },
    /// A place on the calendar, a time of day, or both.
    Point { date: Option<Calendar>, time: Option<String> },
}

/// The calendar part of a value; `X` stands where a digit is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// `20`: years 2000 to 2099.
    Century(String),
    /// `199`.
    Decade(String),
    /// `2023`, `XXXX`, `BC0044`.
    Year(String),
    /// `2023-12`.
    Month(String, String),
    /// `2023-12-11`.
    Day(String, String, String),
    /// `2023-W49`, `2023-W49-WE`, `XXXX-WXX-1`: the third part is a day of the week, `WE` or `WD`.
    Week(String, String, Option<String>),
    /// `2023-Q3`, `2023-H1`, `2023-SU`.
    Part(String, String),
}

const PARTS_OF_DAY: [&str; 5] = ["TMO", "TAF", "TEV", "TNI", "TDT"];
const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];

impl Value {
    /// Takes a value apart; none where it is not one.
    pub fn parse(text: &str) -> Option<Value> {
        if matches!(text, "PRESENT_REF" | "PAST_REF" | "FUTURE_REF") {
            return Some(Value::Reference(text.to_owned()));
        }
        if let Some(length) = text.strip_prefix('P') {
            return duration(length);
        }
        let (date, time) = text.find('T').map_or((text, ""), |at| text.split_at(at));
        let date = if date.is_empty() { None } else { Some(calendar(date)?) };
        let time = if time.is_empty() { None } else { Some(time_of_day(time)?) };
        (date.is_some() || time.is_some()).then_some(Value::Point { date, time })
    }
}

fn duration(text: &str) -> Option<Value> {
    let (calendar, clock) = match text.split_once('T') {
        Some((calendar, clock)) => (counts(calendar)?, counts(clock).filter(|c| !c.is_empty())?),
        None => (counts(text)?, Vec::new()),
    };
    let known = |counts: &[(_, String)], letters: &[&str]| counts.iter().all(|(_, u)| letters.contains(&u.as_str()));
    let units =
        known(&calendar, &["Y", "M", "W", "D", "WE", "Q", "H", "DE", "CE", "ML"]) && known(&clock, &["H", "M", "S"]);
    (units && !(calendar.is_empty() && clock.is_empty())).then_some(Value::Duration { calendar, clock })
}

/// `2Y6M`, `XW`, `82.3Y`.
fn counts(mut text: &str) -> Option<Vec<(Option<String>, String)>> {
    let mut counts = Vec::new();
    while !text.is_empty() {
        let number = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let (count, rest) = match text.strip_prefix('X') {
            Some(rest) => (None, rest),
            None if number > 0 => (Some(text[..number].to_owned()), &text[number..]),
            None => return None,
        };
        let letters = rest.find(|c: char| !c.is_ascii_uppercase() || c == 'X').unwrap_or(rest.len());
        counts.push((count, rest[..letters].to_owned()));
        text = &rest[letters..];
    }
    Some(counts)
}

fn calendar(text: &str) -> Option<Calendar> {
    let mut fields = text.split('-');
    let (year, second, third) = (fields.next()?, fields.next(), fields.next());
    if fields.next().is_some() {
        return None;
    }
    let digits = year.strip_prefix("BC").unwrap_or(year);
    let owned = |s: &str| s.to_owned();
    if !digits.bytes().all(|b| b.is_ascii_digit() || b == b'X') {
        return None;
    }
    let Some(second) = second else {
        return match (year.len(), digits.len()) {
            (2, 2) => Some(Calendar::Century(owned(year))),
            (3, 3) => Some(Calendar::Decade(owned(year))),
            (_, 4) => Some(Calendar::Year(owned(year))),
            _ => None,
        };
    };
    if year.len() != 4 {
        return None;
    }
    if let Some(week) = second.strip_prefix('W').filter(|w| *w != "I") {
        let day = |day: &str| matches!(day, "WE" | "WD") || in_range(day, 1, 1, 7);
        return (in_range(week, 2, 1, 53) && third.is_none_or(day))
            .then(|| Calendar::Week(owned(year), owned(week), third.map(owned)));
    }
    let part = SEASONS.contains(&second)
        || second.strip_prefix('Q').is_some_and(|q| in_range(q, 1, 1, 4))
        || second.strip_prefix('H').is_some_and(|h| in_range(h, 1, 1, 2));
    match third {
        None if part => Some(Calendar::Part(owned(year), owned(second))),
        None if in_range(second, 2, 1, 12) => Some(Calendar::Month(owned(year), owned(second))),
        Some(day) if in_range(second, 2, 1, 12) && in_range(day, 2, 1, 31) => {
            Some(Calendar::Day(owned(year), owned(second), owned(day)))
        }
        _ => None,
    }
}

/// A number of `width` digits between `low` and `high`, or as many `X`.
fn in_range(text: &str, width: usize, low: u8, high: u8) -> bool {
    text.len() == width
        && (text.bytes().all(|b| b == b'X') || text.parse::<u8>().is_ok_and(|n| (low..=high).contains(&n)))
}

/// `T09:30`, `T09:30:15`, `TMO`.
fn time_of_day(text: &str) -> Option<String> {
    let fields: Vec<&str> = text.strip_prefix('T')?.split(':').collect();
    let clock = matches!(fields.len(), 2 | 3)
        && in_range(fields[0], 2, 0, 24)
        && fields[1..].iter().all(|field| in_range(field, 2, 0, 59));
    (clock || PARTS_OF_DAY.contains(&text)).then(|| text.to_owned())
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Reference(side) => f.write_str(side),
            Value::Duration { calendar, clock } => {
                f.write_str("P")?;
                write_counts(f, calendar)?;
                if !clock.is_empty() {
                    f.write_str("T")?;
                }
                write_counts(f, clock)
            }
            Value::Point { date, time } => {
                if let Some(date) = date {
                    date.fmt(f)?;
                }
                f.write_str(time.as_deref().unwrap_or_default())
            }
        }
    }
}

fn write_counts(f: &mut fmt::Formatter<'_>, counts: &[(Option<String>, String)]) -> fmt::Result {
    counts.iter().try_for_each(|(count, unit)| write!(f, "{}{unit}", count.as_deref().unwrap_or("X")))
}

impl fmt::Display for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Calendar::Century(text) | Calendar::Decade(text) | Calendar::Year(text) => f.write_str(text),
            Calendar::Month(year, part) | Calendar::Part(year, part) => write!(f, "{year}-{part}"),
            Calendar::Day(year, month, day) => write!(f, "{year}-{month}-{day}"),
            Calendar::Week(year, week, None) => write!(f, "{year}-W{week}"),
            Calendar::Week(year, week, Some(day)) => write!(f, "{year}-W{week}-{day}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_taken_apart() {
        for value in [
            "2023-12-11",
            "2023-12",
            "2023",
            "2023-W49",
            "2023-W49-WE",
            "2023-Q3",
            "2023-H1",
            "202",
            "20",
            "2023-WI",
            "2023-12-11TMO",
            "T09:30",
            "2023-12-11T24:00",
            "P3D",
            "PT2H",
            "P2Y6M",
            "P1DT12H",
            "PXM",
            "PTXH",
            "P82.3Y",
            "PXDE",
            "PRESENT_REF",
            "XXXX-12-25",
            "XXXX-WXX-1",
            "XXXX-WXX-WD",
            "XXXX-QX",
            "XX9",
            "XXX",
            "BC0044",
        ] {
            assert_eq!(Value::parse(value).map(|v| v.to_string()).as_deref(), Some(value));
        }
    }

    #[test]
    fn what_is_no_value_is_refused() {
        for text in ["", "P", "PT", "2023-13", "2023-12-32", "2023-W54", "2023-Q5", "T25:00", "P3", "3D", "soon", "-"] {
            assert_eq!(Value::parse(text), None, "{text}");
        }
    }
}
