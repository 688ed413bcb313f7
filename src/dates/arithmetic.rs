//! Arithmetic of calendar units: what lies round a day, so many units on, or counted within a longer unit.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Length, ToSpan};

use super::expr::{Amount, Counted, Rest, Shift, Unit};
use super::point::Point;

/// The `nth` of what is counted within `whole`; from the end where it is negative.
pub(super) fn nth_of(nth: i8, counted: Counted, whole: Point) -> Option<Point> {
    let (begin, end) = whole.bounds()?;
    let inside = |d: &Date| *d >= begin && *d < end;
    let back = nth < 0;
    let steps = i32::from(nth.unsigned_abs() as i8) - 1;
    match counted {
        Counted::Weekday(day) => {
            let weekday = Weekday::from_monday_one_offset(day).ok()?;
            let from = if back { end } else { begin.yesterday().ok()? };
            from.nth_weekday(i32::from(nth), weekday).ok().filter(inside).map(Point::Day)
        }
        // A week belongs to the period that most of it lies in, as in ISO 8601.
        Counted::Unit(Unit::Week) => {
            let thursday = Weekday::Thursday;
            let from = if back { end } else { begin.yesterday().ok()? };
            from.nth_weekday(i32::from(nth), thursday).ok().filter(inside).map(Point::week_of)
        }
        Counted::Unit(Unit::Weekend) => {
            let from = if back { end } else { begin.yesterday().ok()? };
            from.nth_weekday(i32::from(nth), Weekday::Saturday).ok().filter(inside).map(Point::weekend_of)
        }
        Counted::Unit(unit) => {
            let day = if back {
                end.checked_sub(length(unit, steps + 1)?).ok()?
            } else {
                begin.checked_add(length(unit, steps)?).ok()?
            };
            containing(day, unit).filter(|_| inside(&day))
        }
    }
}

/// What is counted from a point, or lies round it.
pub(super) fn shifted_from(point: Point, shift: Shift) -> Option<Point> {
    let begin = point.begin()?;
    match shift {
        Shift::Round(unit) => containing(begin, unit),
        Shift::Beside { unit, back } => shifted(containing(begin, unit)?, if back { -1 } else { 1 }),
        Shift::Offset { amount: Amount::Count { whole, part, of }, unit, back } => {
            let count = i32::try_from(whole).ok()?.checked_mul(if back { -1 } else { 1 })?;
            let mut to = begin.checked_add(length(unit, count)?).ok()?;
            if part > 0 && of > 0 {
                let days = i64::from(days_in(unit)) * i64::from(part) / i64::from(of) * if back { -1 } else { 1 };
                to = to.checked_add(Length::new().try_days(days).ok()?).ok()?;
            }
            // A day and two years make a day, a month and two years a month, but a year and two weeks nothing coarser.
            containing(to, point.unit().max(Unit::Day)).filter(|_| unit >= Unit::Day || point.unit() <= Unit::Day)
        }
        Shift::Offset { .. } => None,
    }
}

/// The years that values can be written in.
pub(super) fn in_calendar(date: Date) -> bool {
    (1..=9999).contains(&date.year())
}

pub(super) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

pub(super) fn week_start(date: Date) -> Option<Date> {
    date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days()).ok()
}

/// The calendar unit that `date` lies in.
pub(super) fn containing(date: Date, unit: Unit) -> Option<Point> {
    if !in_calendar(date) {
        return None;
    }
    let (year, month) = (date.year(), date.month());
    Some(match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Point::Day(date),
        Unit::Weekend => Point::weekend_of(date),
        Unit::Week | Unit::Fortnight => Point::week_of(date),
        Unit::Month => Point::Month { year, month },
        Unit::Quarter => Point::Quarter { year, quarter: (month - 1) / 3 + 1 },
        Unit::Half => Point::Half { year, half: (month - 1) / 6 + 1 },
        Unit::Year => Point::Year(year),
        Unit::Decade => Point::Decade(year / 10),
        Unit::Century | Unit::Millennium => Point::Century(year / 100),
    })
}

/// The same kind of unit, `shift` units on.
pub(super) fn shifted(point: Point, shift: i32) -> Option<Point> {
    let (begin, unit) = (point.begin()?, point.unit());
    if let Point::Season { year, season } = point {
        return Some(Point::Season { year: year.checked_add(i16::try_from(shift).ok()?)?, season });
    }
    containing(begin.checked_add(length(unit, shift)?).ok()?, unit)
}

pub(super) fn shift_years(point: Point, years: i32) -> Option<Point> {
    if let Point::Season { .. } = point {
        return shifted(point, years);
    }
    containing(point.begin()?.checked_add(length(Unit::Year, years)?).ok()?, point.unit())
}

/// An amount with its finer parts as a span; none when jiff's limits are passed.
pub(super) fn parts(whole: u32, unit: Unit, rest: Rest, back: bool) -> Option<Length> {
    let signed = |count: u32| i32::try_from(count).ok()?.checked_mul(if back { -1 } else { 1 });
    rest.iter().try_fold(length(unit, signed(whole)?)?, |span, (count, unit)| add_length(span, unit, signed(count)?))
}

/// `count` units as a span; none when jiff's limits are passed.
pub(super) fn length(unit: Unit, count: i32) -> Option<Length> {
    add_length(Length::new(), unit, count)
}

/// A span with `count` units more.
pub(super) fn add_length(span: Length, unit: Unit, count: i32) -> Option<Length> {
    let count = i64::from(count);
    match unit {
        Unit::Second => span.try_seconds(count + span.get_seconds()),
        Unit::Minute => span.try_minutes(count + span.get_minutes()),
        Unit::Hour => span.try_hours(count + i64::from(span.get_hours())),
        Unit::Day => span.try_days(count + i64::from(span.get_days())),
        Unit::Week | Unit::Weekend => span.try_weeks(count + i64::from(span.get_weeks())),
        Unit::Fortnight => span.try_weeks(count * 2 + i64::from(span.get_weeks())),
        Unit::Month => span.try_months(count + i64::from(span.get_months())),
        Unit::Quarter => span.try_months(count * 3 + i64::from(span.get_months())),
        Unit::Half => span.try_months(count * 6 + i64::from(span.get_months())),
        Unit::Year => span.try_years(count + i64::from(span.get_years())),
        Unit::Decade => span.try_years(count * 10 + i64::from(span.get_years())),
        Unit::Century => span.try_years(count * 100 + i64::from(span.get_years())),
        Unit::Millennium => span.try_years(count * 1000 + i64::from(span.get_years())),
    }
    .ok()
}

pub(super) fn days_in(unit: Unit) -> i32 {
    match unit {
        Unit::Week | Unit::Weekend => 7,
        Unit::Fortnight => 14,
        Unit::Month => 30,
        Unit::Quarter => 91,
        Unit::Half => 182,
        Unit::Year => 365,
        Unit::Decade => 3652,
        Unit::Century => 36524,
        Unit::Millennium => 365_242,
        Unit::Day | Unit::Hour | Unit::Minute | Unit::Second => 0,
    }
}

pub(super) fn seconds_in(unit: Unit) -> i32 {
    match unit {
        Unit::Hour => 3600,
        Unit::Minute => 60,
        _ => 1,
    }
}
