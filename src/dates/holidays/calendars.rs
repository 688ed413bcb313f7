//! Days of other calendars, within the years for which `icu_calendar` tells them reliably.

use std::ops::RangeInclusive;

use icu_calendar::cal::{ChineseTraditional, Coptic, Hebrew, Hijri, Julian, KoreanTraditional, Persian};
use icu_calendar::types::{Month, RataDie};
use icu_calendar::{AsCalendar, Date as Foreign, Iso};
use jiff::ToSpan;
use jiff::civil::Date;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calendar {
    Chinese,
    Coptic,
    Hebrew,
    Hijri,
    Julian,
    Korean,
    Persian,
}

/// Years of the Gregorian calendar.
pub(super) const GREGORIAN: RangeInclusive<i16> = 1583..=9999;

impl Calendar {
    pub(super) fn from_name(name: &str) -> Option<Calendar> {
        Some(match name {
            "chinese" => Calendar::Chinese,
            "coptic" => Calendar::Coptic,
            "hebrew" => Calendar::Hebrew,
            "hijri" => Calendar::Hijri,
            "julian" => Calendar::Julian,
            "korean" => Calendar::Korean,
            "persian" => Calendar::Persian,
            _ => return None,
        })
    }

    /// The calendar's own years that are reliable: those computed from observation tables, and those of fixed rules
    /// since the rules are kept.
    fn years(self) -> RangeInclusive<i32> {
        match self {
            Calendar::Chinese | Calendar::Korean => 1900..=2100,
            Calendar::Coptic => 1300..=9716,
            Calendar::Hebrew => 4760..=9999,
            // Umm al-Qura.
            Calendar::Hijri => 1300..=1600,
            Calendar::Julian => 1582..=9999,
            Calendar::Persian => 1206..=1498,
        }
    }

    /// The days of the Gregorian year that are the `day` of the `month`: two where the calendar's year is short.
    pub(super) fn days_in(self, year: i16, month: u8, day: u8) -> [Option<Date>; 2] {
        let within = self.years();
        match self {
            Calendar::Chinese => days_in(ChineseTraditional::new(), within, year, month, day),
            Calendar::Coptic => days_in(Coptic, within, year, month, day),
            Calendar::Hebrew => days_in(Hebrew, within, year, month, day),
            Calendar::Hijri => days_in(Hijri::new_umm_al_qura(), within, year, month, day),
            Calendar::Julian => days_in(Julian, within, year, month, day),
            Calendar::Korean => days_in(KoreanTraditional::new(), within, year, month, day),
            Calendar::Persian => days_in(Persian, within, year, month, day),
        }
    }

    /// How many days the month has that begins on `first`.
    pub(super) fn month_length(self, first: Date) -> Option<i16> {
        let first = rata_die(first)?;
        let days = match self {
            Calendar::Chinese => Foreign::from_rata_die(first, ChineseTraditional::new()).days_in_month(),
            Calendar::Coptic => Foreign::from_rata_die(first, Coptic).days_in_month(),
            Calendar::Hebrew => Foreign::from_rata_die(first, Hebrew).days_in_month(),
            Calendar::Hijri => Foreign::from_rata_die(first, Hijri::new_umm_al_qura()).days_in_month(),
            Calendar::Julian => Foreign::from_rata_die(first, Julian).days_in_month(),
            Calendar::Korean => Foreign::from_rata_die(first, KoreanTraditional::new()).days_in_month(),
            Calendar::Persian => Foreign::from_rata_die(first, Persian).days_in_month(),
        };
        Some(i16::from(days))
    }
}

fn days_in<C: AsCalendar + Copy>(
    calendar: C,
    within: RangeInclusive<i32>,
    year: i16,
    month: u8,
    day: u8,
) -> [Option<Date>; 2] {
    let begin = Date::new(year, 1, 1).ok().and_then(rata_die);
    let Some(first) = begin.map(|begin| Foreign::from_rata_die(begin, calendar).year().extended_year()) else {
        return [None, None];
    };
    let mut days = (first..=first + 2)
        .filter(|y| within.contains(y))
        .filter_map(|y| Foreign::try_new(y.into(), Month::new(month), day, calendar).ok())
        .filter_map(|date| civil(date.to_rata_die()))
        .filter(|date| date.year() == year);
    [days.next(), days.next()]
}

/// Easter of the Julian calendar, which the Orthodox churches keep.
pub(super) fn orthodox_easter(year: i16) -> Option<Date> {
    GREGORIAN.contains(&year).then(|| civil(Julian::easter(year.into()).to_rata_die()))?
}

fn rata_die(date: Date) -> Option<RataDie> {
    let (year, month, day) = (i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs());
    Some(Foreign::try_new(year.into(), Month::new(month), day, Iso).ok()?.to_rata_die())
}

fn civil(day: RataDie) -> Option<Date> {
    Date::new(1, 1, 1).ok()?.checked_add((day.to_i64_date() - 1).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_of_other_calendars_are_found() {
        let first = |calendar: Calendar, year, month, day| calendar.days_in(year, month, day)[0];
        assert_eq!(first(Calendar::Hebrew, 2018, 1, 1), Some(date(2018, 9, 10)));
        assert_eq!(first(Calendar::Hijri, 2018, 9, 1), Some(date(2018, 5, 16)));
        assert_eq!(first(Calendar::Chinese, 2024, 1, 1), Some(date(2024, 2, 10)));
        assert_eq!(first(Calendar::Julian, 2024, 12, 25), Some(date(2024, 1, 7)));
        assert_eq!(first(Calendar::Persian, 2024, 1, 1), Some(date(2024, 3, 20)));
        assert_eq!(first(Calendar::Coptic, 2023, 1, 1), Some(date(2023, 9, 12)));
        assert_eq!(orthodox_easter(2024), Some(date(2024, 5, 5)));
        assert_eq!(Calendar::Hijri.month_length(date(2018, 5, 16)), Some(30));
    }

    #[test]
    fn a_lunar_year_can_begin_twice_in_a_solar_one() {
        let ramadans = Calendar::Hijri.days_in(2030, 9, 1);
        assert_eq!(ramadans, [Some(date(2030, 1, 5)), Some(date(2030, 12, 26))]);
    }

    #[test]
    fn no_year_is_too_far() {
        for year in (-9999..=9999).step_by(7) {
            for calendar in ["chinese", "coptic", "hebrew", "hijri", "julian", "korean", "persian"] {
                let calendar = Calendar::from_name(calendar).unwrap();
                assert!(calendar.days_in(year, 1, 30).iter().flatten().all(|d| d.year() == year));
            }
            assert!(orthodox_easter(year).is_none_or(|d| d.year() == year));
        }
        assert_eq!(Calendar::Hijri.days_in(1850, 9, 1), [None, None]);
        assert_eq!(Calendar::Chinese.days_in(2200, 1, 1), [None, None]);
    }
}
