//! What `dossier::dates` finds.

use dossier::dates::{self, Reference};
use dossier::extraction::{Date, DateKind, Interval};

use crate::case::Case;
use crate::found::{CodePoints, Found, Value};
use crate::value::{Bounds, Length, Moment};

pub fn find(case: &Case) -> Vec<Found> {
    let reference = case.reference();
    let tagged = tag(&case.text, dates::parse_reference(&reference.to_rfc3339()).ok().as_ref(), case.day_first);
    let points = CodePoints::of(&case.text);
    let now = Moment::local(reference.naive_local());
    tagged.dates.iter().map(|date| found(date, &points, now)).collect()
}

pub fn tag(text: &str, reference: Option<&Reference>, _day_first: bool) -> dates::Tagged {
    dates::tag(text, reference, &|span| dates::shallow_direction(text, span))
}

fn found(date: &Date, points: &CodePoints, now: Moment) -> Found {
    let mut values: Vec<_> = date.interval.iter().map(bounds).collect();
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

fn bounds(interval: &Interval) -> Value {
    let (begin, end) = (Moment::parse(&interval.begin), Moment::parse(&interval.end));
    Value::Bounds(Bounds { begin, end, short_end: None })
}
