//! A resolved calendar unit: its TIMEX3 value and its bounds.

use jiff::civil::{Date, DateTime, ISOWeekDate, Time, Weekday};
use jiff::{Span, ToSpan};

use super::expr::{Clock, Mark, Moment, Part, Season, Unit};
use super::reference::written_offset;
use crate::extraction::Interval;

/// A unit of the calendar, placed or (for want of a reference) not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Point {
    Day(Date),
    /// A holiday of several days, named by its first; or the weekend at a holiday, with the days between.
    Days {
        first: Date,
        days: i16,
        weekend: bool,
    },
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
    /// A year before Christ.
    Bc(i16),
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

    /// The weekend nearest to a holiday, lengthened by one on a Monday, a Friday or a Thursday.
    pub(super) fn weekend_at(holiday: Date) -> Option<Point> {
        let (back, days) = match holiday.weekday() {
            Weekday::Monday => (2, 3),
            Weekday::Tuesday => (3, 2),
            Weekday::Wednesday => (-3, 2),
            Weekday::Thursday => (0, 4),
            Weekday::Friday => (0, 3),
            Weekday::Saturday => (0, 2),
            Weekday::Sunday => (1, 2),
        };
        Some(Point::Days { first: holiday.checked_sub(back.days()).ok()?, days, weekend: true })
    }

    pub(super) fn month_of(date: Date) -> Point {
        Point::Month { year: date.year(), month: date.month() }
    }

    /// The unit that the point is one of.
    pub(super) fn unit(self) -> Unit {
        match self {
            Point::Days { weekend: true, .. } => Unit::Weekend,
            Point::Day(_) | Point::Days { .. } => Unit::Day,
            Point::Week { .. } => Unit::Week,
            Point::Weekend { .. } => Unit::Weekend,
            Point::Month { .. } => Unit::Month,
            Point::Quarter { .. } | Point::Season { .. } => Unit::Quarter,
            Point::Half { .. } => Unit::Half,
            Point::Year(_) | Point::Bc(_) => Unit::Year,
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
            Point::Days { first, days, .. } => (first, Span::new().days(days)),
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
            Point::Bc(_) | Point::Unplaced(_) => return None,
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
            Point::Day(date) | Point::Days { first: date, weekend: false, .. } => date.to_string(),
            // Its Saturday lies in the week of its Friday.
            Point::Days { first, .. } => Point::weekend_of(first).value(),
            Point::Week { year, week } => format!("{year:04}-W{week:02}"),
            Point::Weekend { year, week } => format!("{year:04}-W{week:02}-WE"),
            Point::Month { year, month } => format!("{year:04}-{month:02}"),
            Point::Quarter { year, quarter } => format!("{year:04}-Q{quarter}"),
            Point::Half { year, half } => format!("{year:04}-H{half}"),
            Point::Season { year, season } => format!("{year:04}-{}", season.name()),
            Point::Year(year) => format!("{year:04}"),
            Point::Bc(year) => format!("BC{year:04}"),
            Point::Decade(tens) => format!("{tens:03}"),
            Point::Century(hundreds) => format!("{hundreds:02}"),
            Point::Instant(at) => format!("{}T{:02}:{:02}", at.date(), at.hour(), at.minute()),
            Point::Unplaced(what) => what.value(),
        }
    }

    /// The bounds as text; of a part of the day or a time of day, those of the part. `zone` is the reference's.
    pub(super) fn interval(self, moment: &Moment, zone: Option<i16>) -> Option<Interval> {
        let about = moment.mark == Some(Mark::Approx);
        if let Point::Instant(at) = self {
            return timed(at, 1.minute(), zone, about);
        }
        let (begin, end) = self.bounds()?;
        if let Some(clock) = moment.clock {
            let precision = match clock {
                Clock { second: Some(_), .. } => 1.second(),
                Clock { minute: Some(_), .. } => 1.minute(),
                Clock { .. } => 1.hour(),
            };
            // 24:00 is the day's end.
            let (date, hour) = if clock.hour == 24 { (end, 0) } else { (begin, clock.hour) };
            let time = Time::new(hour, clock.minute.unwrap_or(0), clock.second.unwrap_or(0), 0).ok()?;
            return timed(date.to_datetime(time), precision, clock.offset.or(zone), about);
        }
        if let (Some(part), Point::Day(date)) = (moment.part, self) {
            let (hour, hours) = hours(part);
            return timed(date.at(hour, 0, 0, 0), hours.hours(), zone, true);
        }
        let (from, to) = narrowed(begin, end, moment.mark)?;
        let approximate = about || (from, to) != (begin, end) || matches!(self, Point::Season { .. });
        Some(Interval { begin: from.to_string(), end: to.to_string(), approximate })
    }
}

/// The part of a period that "early", "mid" and "late" name: a third of it, of a month the days to the 10th, to the
/// 20th and to its end, of a week three days.
fn narrowed(begin: Date, end: Date, mark: Option<Mark>) -> Option<(Date, Date)> {
    let days = begin.until(end).ok()?.get_days();
    let on = |part: i32| begin.checked_add(Span::new().try_days(part).ok()?).ok();
    let (first, second) = match days {
        7 => (on(3)?, on(4)?),
        28..=31 => (on(10)?, on(20)?),
        // Of decades and longer, thirds fall on whole years: the early 1970s are four of them.
        3000.. => {
            let years = i32::from(begin.until((jiff::Unit::Year, end)).ok()?.get_years());
            let year = |n: i32| begin.checked_add(Span::new().try_years(n).ok()?).ok();
            (year((years + 2) / 3)?, year(years - years / 3)?)
        }
        // Of quarters and longer, on whole months.
        89.. => {
            let months = begin.until((jiff::Unit::Month, end)).ok()?.get_months();
            let month = |n: i32| begin.checked_add(Span::new().try_months(n).ok()?).ok();
            (month(months / 3)?, month(months - months / 3)?)
        }
        _ => return Some((begin, end)),
    };
    Some(match mark {
        Some(Mark::Start) => (begin, first),
        Some(Mark::Mid) => (first, second),
        Some(Mark::End) => (second, end),
        _ => (begin, end),
    })
}

/// Bounds as date-times, with their UTC offset where it is known.
pub(super) fn timed(begin: DateTime, length: Span, offset: Option<i16>, approximate: bool) -> Option<Interval> {
    let end = begin.checked_add(length).ok().filter(|end| end.year() <= 9999)?;
    let zone = written_offset(offset);
    Some(Interval { begin: format!("{begin}{zone}"), end: format!("{end}{zone}"), approximate })
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
    use crate::dates::expr::Base;
    use jiff::civil::date;

    fn moment() -> Moment {
        Moment::from(Base::Year(2000))
    }

    fn bounds(point: Point) -> String {
        point.interval(&moment(), None).map_or_else(|| "none".to_owned(), |i| format!("{}..{}", i.begin, i.end))
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
        assert_eq!(bounds(Point::Bc(44)), "none");
    }

    #[test]
    fn phases_are_thirds() {
        let of = |mark| {
            let moment = Moment { mark: Some(mark), ..moment() };
            Point::Month { year: 2023, month: 4 }.interval(&moment, None).map(|i| format!("{}..{}", i.begin, i.end))
        };
        assert_eq!(of(Mark::Start).as_deref(), Some("2023-04-01..2023-04-11"));
        assert_eq!(of(Mark::Mid).as_deref(), Some("2023-04-11..2023-04-21"));
        let late = Moment { mark: Some(Mark::End), ..moment() };
        let early = Moment { mark: Some(Mark::Start), ..moment() };
        let decade = |moment| Point::Decade(197).interval(moment, None).map(|i| format!("{}..{}", i.begin, i.end));
        assert_eq!(decade(&early).as_deref(), Some("1970-01-01..1974-01-01"));
        assert_eq!(decade(&late).as_deref(), Some("1977-01-01..1980-01-01"));
        let year = Moment { mark: Some(Mark::End), ..moment() };
        let year = Point::Year(2023).interval(&year, None);
        assert_eq!(year.map(|i| i.begin).as_deref(), Some("2023-09-01"));
        assert_eq!(of(Mark::End).as_deref(), Some("2023-04-21..2023-05-01"));
    }

    #[test]
    fn parts_of_the_day_are_bounded_by_hours() {
        let night = Moment { part: Some(Part::Night), ..moment() };
        let interval = Point::Day(date(2023, 12, 11)).interval(&night, Some(60));
        assert_eq!(
            interval.map(|i| (i.begin, i.end, i.approximate)),
            Some(("2023-12-11T18:00:00+01:00".to_owned(), "2023-12-12T06:00:00+01:00".to_owned(), true))
        );
        let noon = Clock { hour: 12, minute: Some(0), second: None, offset: Some(-300) };
        let noon = Moment { clock: Some(noon), ..moment() };
        let interval = Point::Day(date(2023, 12, 11)).interval(&noon, Some(60));
        assert_eq!(interval.map(|i| i.end), Some("2023-12-11T12:01:00-05:00".to_owned()));
    }
}
