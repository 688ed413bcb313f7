//! TIMEX3 type, value and modifier of what was read and resolved.

use super::DateKind;
use jiff::civil;

use super::expr::{Amount, Clock, Duration, Every, Mark, Moment, Part, Reference, Unit};
use super::point::{Point, Unplaced};
use super::reference;
use super::words::Lexicon;
use crate::extraction::Interval;

/// The attributes of a date, save its place in the text.
pub(super) struct Written {
    pub kind: DateKind,
    pub value: String,
    pub modifier: &'static str,
    pub interval: Option<Interval>,
    /// Whether a reference was missing.
    pub unresolved: bool,
}

fn plain(kind: DateKind, value: String, mark: Option<Mark>) -> Written {
    Written { kind, value, modifier: mark.map_or("", Mark::name), interval: None, unresolved: false }
}

/// A point, narrowed to a part of the day or a time.
pub(super) fn moment(point: Point, moment: &Moment, reference: Option<&reference::Reference>) -> Written {
    let timed = moment.part.is_some() || moment.clock.is_some() || matches!(point, Point::Instant(_));
    let kind = if timed { DateKind::Time } else { DateKind::Date };
    let mut written = plain(kind, point.value(), moment.mark);
    if let Some(clock) = moment.clock {
        // A time without its day stands alone.
        if point == Point::Unplaced(Unplaced::Unit(Unit::Day)) {
            written.value.clear();
        }
        written.value.push_str(&clock_value(clock));
    } else if let Some(part) = moment.part {
        written.value.push_str(part.name());
    }
    written.interval = point.interval(moment, reference.and_then(|r| r.offset));
    written.unresolved = !point.is_placed();
    written
}

/// `T09:30`, `T09:30:15`.
fn clock_value(clock: Clock) -> String {
    let Clock { hour, minute, second, .. } = clock;
    let seconds = second.map_or_else(String::new, |s| format!(":{s:02}"));
    format!("T{hour:02}:{:02}{seconds}", minute.unwrap_or(0))
}

/// A stretch of whole days.
pub(super) fn interval(begin: civil::Date, end: civil::Date, approximate: bool) -> Interval {
    Interval { begin: begin.to_string(), end: end.to_string(), approximate }
}

/// A length, and the stretch of the calendar that it takes where it is counted from the reference.
pub(super) fn duration(duration: Duration, stretch: Option<Interval>) -> Written {
    let mut value = period(duration.amount, duration.unit);
    for (count, unit) in duration.rest.iter() {
        let t = if is_clock(unit) && !value.contains('T') { "T" } else { "" };
        value.push_str(&format!("{t}{count}{}", letter(unit)));
    }
    Written { interval: stretch, ..plain(DateKind::Duration, value, duration.mark) }
}

pub(super) fn reference(side: Reference) -> Written {
    plain(DateKind::Date, side.name().to_owned(), None)
}

pub(super) fn set(every: Every) -> Written {
    let part_of = |part: Option<Part>| part.map_or("", Part::name);
    let value = match every {
        Every::Period(amount, unit) => period(amount, unit),
        Every::Frequency(index) => Lexicon::get().frequencies.get(usize::from(index)).cloned().unwrap_or_default(),
        Every::Weekday(day, part) => format!("XXXX-WXX-{day}{}", part_of(part)),
        Every::WeekdayAt(day, clock) => format!("XXXX-WXX-{day}{}", clock_value(clock)),
        Every::DayAt(clock) => format!("XXXX-XX-XX{}", clock_value(clock)),
        Every::Weekdays => "XXXX-WXX-WD".to_owned(),
        Every::Weekends => "XXXX-WXX-WE".to_owned(),
        Every::MonthDay(month, day) => format!("XXXX-{month:02}-{day:02}"),
        Every::Month(month) => format!("XXXX-{month:02}"),
        Every::Season(season) => format!("XXXX-{}", season.name()),
        Every::Part(part) => format!("XXXX-XX-XX{}", part.name()),
    };
    plain(DateKind::Set, value, None)
}

/// ISO 8601 duration: `P3D`, `PT2H`, `PXM`, `P2Y6M`; decades and centuries are counted in years.
fn period(amount: Amount, unit: Unit) -> String {
    let Amount::Count { whole, part, of } = amount else {
        return match unit {
            unit if is_clock(unit) => format!("PTX{}", letter(unit)),
            unit => format!("PX{}", letter(unit)),
        };
    };
    let (factor, counted) = in_plain_units(unit);
    let clock = is_clock;
    let mut value = String::from(if clock(counted) { "PT" } else { "P" });
    // Tenths are written as they stand: 82.3 years are no whole months.
    if of == 10 && part != 5 && factor == 1 {
        return format!("{value}{whole}.{part}{}", letter(counted));
    }
    // In finer units a fraction is whole: half a year is six months.
    let (count, rest) = match of {
        0 | 1 => (whole.saturating_mul(factor), None),
        of => {
            let total = u64::from(whole) * u64::from(of) + u64::from(part);
            let units = total * u64::from(factor);
            let (per, finer) = finer(counted);
            let fine = units % u64::from(of) * u64::from(per) / u64::from(of);
            let count = u32::try_from(units / u64::from(of)).unwrap_or(u32::MAX);
            (count, (fine > 0).then_some((fine, finer)))
        }
    };
    if count > 0 || rest.is_none() {
        value.push_str(&format!("{count}{}", letter(counted)));
    }
    if let Some((fine, finer)) = rest {
        let t = if clock(finer) && !clock(counted) { "T" } else { "" };
        value.push_str(&format!("{t}{fine}{}", letter(finer)));
    }
    value
}

/// The unit that an amount is written in, and how many of it make one.
fn in_plain_units(unit: Unit) -> (u32, Unit) {
    match unit {
        Unit::Fortnight => (2, Unit::Week),
        Unit::Weekend => (2, Unit::Day),
        Unit::Quarter => (3, Unit::Month),
        Unit::Half => (6, Unit::Month),
        Unit::Decade => (10, Unit::Year),
        Unit::Century => (100, Unit::Year),
        Unit::Millennium => (1000, Unit::Year),
        unit => (1, unit),
    }
}

fn is_clock(unit: Unit) -> bool {
    unit < Unit::Day
}

fn finer(unit: Unit) -> (u32, Unit) {
    match unit {
        Unit::Second => (1, Unit::Second),
        Unit::Minute => (60, Unit::Second),
        Unit::Hour => (60, Unit::Minute),
        Unit::Day => (24, Unit::Hour),
        Unit::Week => (7, Unit::Day),
        Unit::Month => (30, Unit::Day),
        _ => (12, Unit::Month),
    }
}

fn letter(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => "S",
        Unit::Minute | Unit::Month => "M",
        Unit::Hour => "H",
        Unit::Day => "D",
        Unit::Weekend => "WE",
        Unit::Week | Unit::Fortnight => "W",
        Unit::Quarter => "Q",
        Unit::Half => "H",
        Unit::Year => "Y",
        Unit::Decade => "DE",
        Unit::Century => "CE",
        Unit::Millennium => "ML",
    }
}
