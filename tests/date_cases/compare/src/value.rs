//! Times and lengths, and when two of them are the same.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde::Deserialize;
use serde::de::{self, Deserializer};

/// An expected bound: a local time, or a time of any day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    At(NaiveDateTime),
    Daily(NaiveTime),
}

/// A bound that was found: a local time, with its offset where the text has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub local: NaiveDateTime,
    pub offset: Option<FixedOffset>,
}

/// Bounds that were found; the end is exclusive, a bound that is missing is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    pub begin: Option<Moment>,
    pub end: Option<Moment>,
    /// The end without the last unit: "from 3 to 5 pm" ends at 5 pm or, with the hour that it names, at 6 pm.
    pub short_end: Option<Moment>,
}

/// A length of time by the calendar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Length {
    pub months: f64,
    pub seconds: f64,
    /// Of `months`, those that were given as years: such a year has 365 days, twelve months 360.
    pub in_years: f64,
}

impl Clock {
    /// Whether `found` is this time on the wall, or at the reference's offset where the text names another one.
    pub fn is(self, found: Moment, here: FixedOffset) -> bool {
        let moved = found.offset.map(|offset| found.local - seconds(offset) + seconds(here));
        [Some(found.local), moved].into_iter().flatten().any(|local| match self {
            Clock::At(expected) => local == expected,
            Clock::Daily(time) => local.time() == time,
        })
    }
}

fn seconds(offset: FixedOffset) -> TimeDelta {
    TimeDelta::seconds(offset.local_minus_utc().into())
}

impl<'de> Deserialize<'de> for Clock {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let clock = match text.strip_prefix('T') {
            Some(time) => time.parse().map(Clock::Daily),
            None => text.parse().map(Clock::At),
        };
        clock.map_err(|error| de::Error::custom(format!("`{text}`: {error}")))
    }
}

impl Moment {
    pub fn local(local: NaiveDateTime) -> Self {
        Self { local, offset: None }
    }

    /// An ISO date or date-time, with or without an offset.
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(date) = text.parse::<NaiveDate>() {
            return Some(Self::local(date.into()));
        }
        if let Ok(local) = text.parse::<NaiveDateTime>() {
            return Some(Self::local(local));
        }
        let moment = DateTime::parse_from_rfc3339(text).ok()?;
        Some(Self { local: moment.naive_local(), offset: Some(*moment.offset()) })
    }
}

const DAY: f64 = 86_400.0;

impl Length {
    /// ISO 8601, with weeks and fractions, and the decades, centuries and quarters that TIMEX3 adds.
    pub fn parse(text: &str) -> Option<Self> {
        let mut length = Self { months: 0.0, seconds: 0.0, in_years: 0.0 };
        let (mut rest, mut timed) = (text.strip_prefix('P')?, false);
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('T') {
                (rest, timed) = (after, true);
                continue;
            }
            let digits = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))?;
            let amount: f64 = rest[..digits].replace(',', ".").parse().ok()?;
            let letters = rest[digits..].find(|c: char| !c.is_ascii_alphabetic() || c == 'T');
            let end = letters.map_or(rest.len(), |i| digits + i);
            length.add(amount, &rest[digits..end], timed)?;
            rest = &rest[end..];
        }
        Some(length)
    }

    fn add(&mut self, amount: f64, unit: &str, timed: bool) -> Option<()> {
        match (unit, timed) {
            ("CE", false) => self.add_years(100.0 * amount),
            ("DE", false) => self.add_years(10.0 * amount),
            ("Y", false) => self.add_years(amount),
            ("Q", false) => self.months += 3.0 * amount,
            ("M", false) => self.months += amount,
            ("W", false) => self.seconds += 7.0 * DAY * amount,
            ("D", false) => self.seconds += DAY * amount,
            ("H", true) => self.seconds += 3600.0 * amount,
            ("M", true) => self.seconds += 60.0 * amount,
            ("S", true) => self.seconds += amount,
            _ => return None,
        }
        Some(())
    }

    fn add_years(&mut self, years: f64) {
        self.months += 12.0 * years;
        self.in_years += 12.0 * years;
    }

    fn in_seconds(self) -> f64 {
        (self.months - self.in_years) * 30.0 * DAY + self.in_years / 12.0 * 365.0 * DAY + self.seconds
    }

    /// Months count as months, or as 30 days; years as twelve months, or as 365 days.
    pub fn is(self, other: Self) -> bool {
        let near = |a: f64, b: f64| (a - b).abs() < 0.5;
        let calendar = (self.months - other.months).abs() < 1e-6 && near(self.seconds, other.seconds);
        calendar || near(self.in_seconds(), other.in_seconds())
    }
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom(format!("`{text}` is not an ISO 8601 duration")))
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Clock::At(local) => Moment::local(*local).fmt(f),
            Clock::Daily(time) => write!(f, "T{}", time.format("%H:%M:%S")),
        }
    }
}

/// A date alone where the time is midnight: shorter, and bounds of days are the most common.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let midnight = self.local.time() == NaiveTime::MIN;
        write!(f, "{}", self.local.format(if midnight { "%Y-%m-%d" } else { "%Y-%m-%dT%H:%M:%S" }))?;
        self.offset.map_or(Ok(()), |offset| offset.fmt(f))
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        if self.months != 0.0 {
            write!(f, "{}M", self.months)?;
        }
        match self.seconds {
            0.0 => Ok(()),
            seconds if seconds % DAY == 0.0 => write!(f, "{}D", seconds / DAY),
            seconds => write!(f, "T{seconds}S"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: &str, other: &str) -> bool {
        Length::parse(one).zip(Length::parse(other)).is_some_and(|(one, other)| one.is(other))
    }

    #[test]
    fn lengths_are_the_same_by_the_calendar_or_in_days() {
        assert!(same("P2Y3M", "P27M"));
        assert!(same("P1.5M", "P45D"));
        assert!(same("P1Y", "P365D"));
        assert!(same("PT1H30M", "PT90M"));
        assert!(same("P1DE", "P10Y"));
        assert!(!same("P1M", "P31D"));
        assert!(!same("P1M", "PT1M"));
    }

    #[test]
    fn what_is_not_a_length_is_none() {
        assert_eq!(Length::parse("PXD"), None);
        assert_eq!(Length::parse("2016-11"), None);
    }
}
