//! What the `duckling` crate finds.

use chrono::{DateTime, FixedOffset, Months, TimeDelta};
use duckling::{
    Context, DimensionKind, DimensionValue, Entity, Grain, Lang, Locale, Options, Region, TimePoint, TimeValue, parse,
};

use crate::case::Case;
use crate::found::{CodePoints, Found, Value};
use crate::value::{Bounds, Length, Moment};

pub fn find(case: &Case) -> Vec<Found> {
    let entities = entities(&case.text, case.reference(), case.day_first);
    let points = CodePoints::of(&case.text);
    longest(entities).iter().map(|entity| found(entity, &points)).collect()
}

pub fn entities(text: &str, reference: DateTime<FixedOffset>, day_first: bool) -> Vec<Entity> {
    let locale = Locale::new(Lang::EN, day_first.then_some(Region::GB));
    let context = Context::new(reference, locale);
    parse(text, &locale, &[DimensionKind::Time, DimensionKind::Duration], &context, &Options::default())
}

/// Of readings that overlap, the longest, and of equal ones the first, which the crate ranks highest.
fn longest(mut entities: Vec<Entity>) -> Vec<Entity> {
    entities.sort_by_key(|entity| std::cmp::Reverse(entity.end - entity.start));
    let mut kept: Vec<Entity> = Vec::new();
    for entity in entities {
        if kept.iter().all(|other| entity.end <= other.start || other.end <= entity.start) {
            kept.push(entity);
        }
    }
    kept.sort_by_key(|entity| entity.start);
    kept
}

fn found(entity: &Entity, points: &CodePoints) -> Found {
    let span = points.span(entity.start, entity.end);
    let (written, value) = match &entity.value {
        DimensionValue::Duration { value, grain, .. } => (format!("{value} {grain:?}"), duration(*value, *grain)),
        DimensionValue::Time(time) => (grains(time), Some(Value::Bounds(bounds(time)))),
        _ => (String::new(), None),
    };
    Found { span, written: written.to_lowercase(), values: value.into_iter().collect(), ends: Vec::new() }
}

fn grains(time: &TimeValue) -> String {
    match time {
        TimeValue::Single { value, .. } => format!("{:?}", value.grain()),
        TimeValue::Interval { from, to, .. } => {
            let grain = from.as_ref().or(to.as_ref()).map(TimePoint::grain);
            grain.map_or(String::new(), |grain| format!("{grain:?} interval"))
        }
    }
}

fn duration(amount: i64, grain: Grain) -> Option<Value> {
    let (time, unit, times) = match grain {
        Grain::NoGrain => return None,
        Grain::Second => ("T", 'S', 1),
        Grain::Minute => ("T", 'M', 1),
        Grain::Hour => ("T", 'H', 1),
        Grain::Day => ("", 'D', 1),
        Grain::Week => ("", 'W', 1),
        Grain::Month => ("", 'M', 1),
        Grain::Quarter => ("", 'M', 3),
        Grain::Year => ("", 'Y', 1),
    };
    Length::parse(&format!("P{time}{}{unit}", amount * times)).map(Value::Duration)
}

fn bounds(time: &TimeValue) -> Bounds {
    match time {
        TimeValue::Single { value, .. } => {
            Bounds { begin: Some(moment(value)), end: moved(value, true), short_end: None }
        }
        TimeValue::Interval { from, to, .. } => Bounds {
            begin: from.as_ref().map(moment),
            end: to.as_ref().map(moment),
            short_end: to.as_ref().and_then(|to| moved(to, false)),
        },
    }
}

fn moment(point: &TimePoint) -> Moment {
    match point {
        TimePoint::Instant { value, .. } => Moment { local: value.naive_local(), offset: Some(*value.offset()) },
        TimePoint::Naive { value, .. } => Moment::local(*value),
    }
}

/// The point one unit of its grain later, or earlier.
fn moved(point: &TimePoint, later: bool) -> Option<Moment> {
    let at = moment(point);
    let months = |count| {
        let months = Months::new(count);
        if later { at.local.checked_add_months(months) } else { at.local.checked_sub_months(months) }
    };
    let by = |delta: TimeDelta| at.local.checked_add_signed(if later { delta } else { -delta });
    let local = match point.grain() {
        Grain::NoGrain => Some(at.local),
        Grain::Second => by(TimeDelta::seconds(1)),
        Grain::Minute => by(TimeDelta::minutes(1)),
        Grain::Hour => by(TimeDelta::hours(1)),
        Grain::Day => by(TimeDelta::days(1)),
        Grain::Week => by(TimeDelta::weeks(1)),
        Grain::Month => months(1),
        Grain::Quarter => months(3),
        Grain::Year => months(12),
    };
    local.map(|local| Moment { local, ..at })
}
