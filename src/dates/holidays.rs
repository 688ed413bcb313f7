//! Holidays whose date can be computed from the year.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// How a holiday's date follows from the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holiday {
    Fixed {
        month: i8,
        day: i8,
    },
    /// The nth such weekday of the month (-1: the last), and days after it.
    Nth {
        month: i8,
        weekday: i8,
        nth: i8,
        plus: i8,
    },
    /// Days from Easter Sunday.
    Easter(i8),
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Holiday {
    /// Reads `12-25`, `11-thu-4`, `11-thu-4+1`, `05-mon-last` or `easter-2`.
    pub(super) fn parse(rule: &str) -> Option<Holiday> {
        if let Some(shift) = rule.strip_prefix("easter") {
            return Some(Holiday::Easter(if shift.is_empty() { 0 } else { shift.parse().ok()? }));
        }
        let mut fields = rule.split('-');
        let month = fields.next()?.parse().ok().filter(|m| (1..=12).contains(m))?;
        let second = fields.next()?;
        let Some(nth) = fields.next() else {
            let day = second.parse().ok().filter(|d| (1..=31).contains(d))?;
            return Some(Holiday::Fixed { month, day });
        };
        let weekday = WEEKDAYS.iter().position(|&w| w == second)? as i8 + 1;
        let (nth, plus) = nth.split_once('+').unwrap_or((nth, "0"));
        let nth = if nth == "last" { -1 } else { nth.parse().ok().filter(|n| (1..=5).contains(n))? };
        Some(Holiday::Nth { month, weekday, nth, plus: plus.parse().ok()? })
    }

    /// The holiday's date in `year`.
    pub(super) fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Holiday::Fixed { month, day } => Date::new(year, month, day).ok(),
            Holiday::Nth { month, weekday, nth, plus } => {
                let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
                let day = Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?;
                day.checked_add(i64::from(plus).days()).ok()
            }
            Holiday::Easter(shift) => easter(year)?.checked_add(Span::new().days(shift)).ok(),
        }
    }
}

/// Easter Sunday of the Gregorian calendar, by the anonymous algorithm of 1876.
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    let f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    Date::new(year as i16, (f / 31) as i8, (f % 31 + 1) as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_follow_from_the_year() {
        let day = |rule, year| Holiday::parse(rule).and_then(|h| h.in_year(year));
        assert_eq!(day("12-25", 2023), Some(date(2023, 12, 25)));
        assert_eq!(day("11-thu-4", 1999), Some(date(1999, 11, 25)));
        assert_eq!(day("11-thu-4+1", 2023), Some(date(2023, 11, 24)));
        assert_eq!(day("05-mon-last", 2023), Some(date(2023, 5, 29)));
        assert_eq!(day("easter", 2024), Some(date(2024, 3, 31)));
        assert_eq!(day("easter-2", 2023), Some(date(2023, 4, 7)));
        assert_eq!(Holiday::parse("13-01"), None);
    }
}
