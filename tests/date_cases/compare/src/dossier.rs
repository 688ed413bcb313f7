//! What `dossier::dates` finds.

use dossier::dates::{self, Reference, Tagged};
use dossier::extraction::{Date, DateKind, DateOrder, DateRange, Interval};

use crate::case::Case;
use crate::found::{CodePoints, Found, Value};
use crate::value::{Bounds, Length, Moment};

pub fn find(case: &Case) -> Vec<Found> {
    let reference = case.reference();
    let tagged = tag(&case.text, dates::parse_reference(&reference.to_rfc3339()).ok().as_ref(), case.day_first);
    let points = CodePoints::of(&case.text);
    let now = Moment::local(reference.naive_local());
    let dates: Vec<_> = tagged.dates.iter().map(|date| found(date, &points, now)).collect();
    with_ranges(&tagged, dates, &points)
}

pub fn tag(text: &str, reference: Option<&Reference>, day_first: bool) -> Tagged {
    dates::tag(text, reference, if day_first { DateOrder::DayFirst } else { DateOrder::default() })
}

/// A range takes the place of its two dates, and of the day that its words begin with.
fn with_ranges(tagged: &Tagged, dates: Vec<Found>, points: &CodePoints) -> Vec<Found> {
    let inside = |date: &Date, range: &DateRange| range.span.contains(date.span);
    let is_end = |i: &usize| tagged.ranges.iter().any(|range| inside(&tagged.dates[*i], range));
    let ranges = tagged.ranges.iter().map(|range| joined(range, &dates, points));
    let alone = (0..dates.len()).filter(|i| !is_end(i)).map(|i| dates[i].clone());
    let mut all: Vec<_> = ranges.chain(alone).collect();
    all.sort_by_key(|found| found.span);
    all
}

fn joined(range: &DateRange, dates: &[Found], points: &CodePoints) -> Found {
    let ends = vec![dates[range.begin].clone(), dates[range.end].clone()];
    Found {
        span: points.span(range.span.start, range.span.end),
        written: format!("{} to {}", ends[0].written, ends[1].written),
        values: range.interval.iter().filter_map(bounds).collect(),
        ends,
    }
}

fn found(date: &Date, points: &CodePoints, now: Moment) -> Found {
    let mut values: Vec<_> = date.interval.iter().filter_map(bounds).collect();
    match date.kind {
        DateKind::Set => values.push(Value::Set(date.value.clone())),
        DateKind::Duration => values.extend(Length::parse(&date.value).map(Value::Duration)),
        DateKind::Date | DateKind::Time if date.value == "PRESENT_REF" => {
            values.push(Value::Bounds(Bounds { begin: Some(now), end: Some(now), short_end: None }));
        }
        DateKind::Date | DateKind::Time => {}
    }
    let written = [date.value.as_str(), &date.modifier].join(" ").trim().to_owned();
    Found { span: points.span(date.span.start, date.span.end), written, values, ends: Vec::new() }
}

/// None where a bound is written in a way that is not read here: it must not pass for an open one.
fn bounds(interval: &Interval) -> Option<Value> {
    let bound = |text: &str| if text.is_empty() { Some(None) } else { Moment::parse(text).map(Some) };
    let (begin, end) = (bound(&interval.begin)?, bound(&interval.end)?);
    Some(Value::Bounds(Bounds { begin, end, short_end: None }))
}
