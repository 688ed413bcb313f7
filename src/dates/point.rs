//! A resolved calendar unit: its TIMEX3 value and its bounds.

use jiff::civil::{Date, DateTime, ISOWeekDate, Time, Weekday};
use jiff::{Span, ToSpan};

use super::expr::{Clock, Part, Season, Unit};
use crate::extraction::Interval;

/// A unit of the calendar, placed or (for want of a reference) not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Point {
    Day(Date),
    Week {
        year: i16,
        week: i8,
    },
    Weekend {
        year: i16,
        week: i8,
    },
    Month {
        year: i16,
        month: i8,
    },
    Quarter {
        year: i16,
        quarter: i8,
    },
    Half {
        year: i16,
        half: i8,
    },
    Season {
        year: i16,
        season: Season,
    },
    Year(i16),
    /// Years divided by ten.
    Decade(i16),
    /// Years divided by a hundred.
    Century(i16),
    Instant(DateTime),
    Unplaced(Unplaced),
}

/// What is known of a unit whose place is not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Unplaced {
    Unit(Unit),
    MonthDay { month: i8, day: i8 },
    Month(i8),
    Weekday(i8),
    Quarter(i8),
    Half(i8),
    Season(Season),
    Decade(i16),
}

impl Point {
    /// The week of `date`.
    pub(super) fn week_of(date: Date) -> Point {
        let week = date.iso_week_date();
        Point::Week { year: week.year(), week: week.week() }
    }

    pub(super) fn weekend_of(date: Date) -> Point {
        let week = date.iso_week_date();
        Point::Weekend { year: week.year(), week: week.week() }
    }

    pub(super) fn month_of(date: Date) -> Point {
        Point::Month { year: date.year(), month: date.month() }
    }

    /// The unit that the point is one of.
    pub(super) fn unit(self) -> Unit {
        match self {
            Point::Day(_) => Unit::Day,
            Point::Week { .. } => Unit::Week,
            Point::Weekend { .. } => Unit::Weekend,
            Point::Month { .. } => Unit::Month,
            Point::Quarter { .. } | Point::Season { .. } => Unit::Quarter,
            Point::Half { .. } => Unit::Half,
            Point::Year(_) => Unit::Year,
            Point::Decade(_) => Unit::Decade,
            Point::Century(_) => Unit::Century,
            Point::Instant(_) => Unit::Minute,
            Point::Unplaced(_) => Unit::Millennium,
        }
    }

    pub(super) fn is_placed(self) -> bool {
        !matches!(self, Point::Unplaced(_))
    }

    /// First day and the day after the last; none where the calendar ends or the place is not known.
    pub(super) fn bounds(self) -> Option<(Date, Date)> {
        let (begin, length): (Date, Span) = match self {
            Point::Day(date) => (date, 1.day()),
            Point::Week { year, week } => (week_day(year, week, Weekday::Monday)?, 7.days()),
            Point::Weekend { year, week } => (week_day(year, week, Weekday::Saturday)?, 2.days()),
            Point::Month { year, month } => (first_of(year, month)?, 1.month()),
            Point::Quarter { year, quarter } => (first_of(year, quarter * 3 - 2)?, 3.months()),
            Point::Half { year, half } => (first_of(year, half * 6 - 5)?, 6.months()),
            Point::Season { year, season } => (first_of(year, first_month(season))?, 3.months()),
            Point::Year(year) => (first_of(year, 1)?, 1.year()),
            Point::Decade(tens) => (first_of(tens.checked_mul(10)?.max(1), 1)?, 10.years()),
            Point::Century(hundreds) => (first_of(hundreds.checked_mul(100)?.max(1), 1)?, 100.years()),
            Point::Instant(at) => (at.date(), 1.day()),
            Point::Unplaced(_) => return None,
        };
        Some((begin, begin.checked_add(length).ok().filter(|end| end.year() <= 9999)?))
    }

    /// First day.
    pub(super) fn begin(self) -> Option<Date> {
        match self {
            Point::Day(date) => Some(date),
            point => Some(point.bounds()?.0),
        }
    }

    pub(super) fn value(self) -> String {
        match self {
            Point::Day(date) => date.to_string(),
            Point::Week { year, week } => format!("{year:04}-W{week:02}"),
            Point::Weekend { year, week } => format!("{year:04}-W{week:02}-WE"),
            Point::Month { year, month } => format!("{year:04}-{month:02}"),
            Point::Quarter { year, quarter } => format!("{year:04}-Q{quarter}"),
            Point::Half { year, half } => format!("{year:04}-H{half}"),
            Point::Season { year, season } => format!("{year:04}-{}", season.name()),
            Point::Year(year) => format!("{year:04}"),
            Point::Decade(tens) => format!("{tens:03}"),
            Point::Century(hundreds) => format!("{hundreds:02}"),
            Point::Instant(at) => format!("{}T{:02}:{:02}", at.date(), at.hour(), at.minute()),
            Point::Unplaced(what) => what.value(),
        }
    }

    /// The bounds as text; of a part of the day or a time of day, those of the part.
    pub(super) fn interval(self, part: Option<Part>, clock: Option<Clock>) -> Option<Interval> {
        if let Point::Instant(at) = self {
            return timed(at, 1.minute(), None);
        }
        let (begin, end) = self.bounds()?;
        if let Some(clock) = clock {
            let precision = match clock {
                Clock { second: Some(_), .. } => 1.second(),
                Clock { minute: Some(_), .. } => 1.minute(),
                Clock { .. } => 1.hour(),
            };
            // 24:00 is the day's end.
            let (date, hour) = if clock.hour == 24 { (end, 0) } else { (begin, clock.hour) };
            let time = Time::new(hour, clock.minute.unwrap_or(0), clock.second.unwrap_or(0), 0).ok()?;
            return timed(date.to_datetime(time), precision, clock.offset);
        }
        if let (Some(part), Point::Day(date)) = (part, self) {
            let (hour, hours) = hours(part);
            return timed(date.at(hour, 0, 0, 0), hours.hours(), None);
        }
        Some(Interval { begin: begin.to_string(), end: end.to_string() })
    }
}

/// Bounds as date-times, with their UTC offset where it is known.
fn timed(begin: DateTime, length: Span, offset: Option<i16>) -> Option<Interval> {
    let end = begin.checked_add(length).ok().filter(|end| end.year() <= 9999)?;
    let zone = offset.map_or_else(String::new, |minutes| {
        let sign = if minutes < 0 { '-' } else { '+' };
        format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
    });
    Some(Interval { begin: format!("{begin}{zone}"), end: format!("{end}{zone}") })
}

/// Where a part of the day begins, and its length.
fn hours(part: Part) -> (i8, i64) {
    match part {
        Part::Morning => (6, 6),
        Part::Afternoon => (12, 6),
        Part::Evening => (18, 6),
        Part::Night => (18, 12),
        Part::Daytime => (6, 12),
    }
}

/// Meteorological seasons of the northern hemisphere; winter begins in December of its year.
pub(super) fn first_month(season: Season) -> i8 {
    match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    }
}

fn first_of(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).ok()
}

fn week_day(year: i16, week: i8, day: Weekday) -> Option<Date> {
    Some(ISOWeekDate::new(year, week, day).ok()?.date())
}

impl Unplaced {
    pub(super) fn value(self) -> String {
        match self {
            Unplaced::Unit(unit) => match unit {
                Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => "XXXX-XX-XX",
                Unit::Weekend => "XXXX-WXX-WE",
                Unit::Week | Unit::Fortnight => "XXXX-WXX",
                Unit::Month => "XXXX-XX",
                Unit::Quarter => "XXXX-QX",
                Unit::Half => "XXXX-HX",
                Unit::Year => "XXXX",
                Unit::Decade => "XXX",
                Unit::Century | Unit::Millennium => "XX",
            }
            .to_owned(),
            Unplaced::MonthDay { month, day } => format!("XXXX-{month:02}-{day:02}"),
            Unplaced::Month(month) => format!("XXXX-{month:02}"),
            Unplaced::Weekday(day) => format!("XXXX-WXX-{day}"),
            Unplaced::Quarter(quarter) => format!("XXXX-Q{quarter}"),
            Unplaced::Half(half) => format!("XXXX-H{half}"),
            Unplaced::Season(season) => format!("XXXX-{}", season.name()),
            Unplaced::Decade(tens) => format!("XX{}", tens / 10),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn bounds(point: Point) -> String {
        point.interval(None, None).map_or_else(|| "none".to_owned(), |i| format!("{}..{}", i.begin, i.end))
    }

    #[test]
    fn every_unit_has_its_bounds() {
        assert_eq!(bounds(Point::Day(date(2024, 2, 29))), "2024-02-29..2024-03-01");
        assert_eq!(bounds(Point::Week { year: 2020, week: 53 }), "2020-12-28..2021-01-04");
        assert_eq!(bounds(Point::Weekend { year: 1990, week: 32 }), "1990-08-11..1990-08-13");
        assert_eq!(bounds(Point::Month { year: 2023, month: 12 }), "2023-12-01..2024-01-01");
        assert_eq!(bounds(Point::Quarter { year: 2023, quarter: 4 }), "2023-10-01..2024-01-01");
        assert_eq!(bounds(Point::Half { year: 2023, half: 2 }), "2023-07-01..2024-01-01");
        assert_eq!(bounds(Point::Season { year: 2023, season: Season::Winter }), "2023-12-01..2024-03-01");
        assert_eq!(bounds(Point::Decade(199)), "1990-01-01..2000-01-01");
        assert_eq!(bounds(Point::Century(20)), "2000-01-01..2100-01-01");
        assert_eq!(bounds(Point::Year(9999)), "none");
    }

    #[test]
    fn parts_of_the_day_are_bounded_by_hours() {
        let night = Point::Day(date(2023, 12, 11)).interval(Some(Part::Night), None);
        assert_eq!(
            night,
            Some(Interval { begin: "2023-12-11T18:00:00".to_owned(), end: "2023-12-12T06:00:00".to_owned() })
        );
        let noon = Clock { hour: 12, minute: Some(0), second: None, offset: Some(-300) };
        let noon = Point::Day(date(2023, 12, 11)).interval(None, Some(noon));
        assert_eq!(noon.map(|i| i.end), Some("2023-12-11T12:01:00-05:00".to_owned()));
    }
}
