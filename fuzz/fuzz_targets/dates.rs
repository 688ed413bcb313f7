//! Reads any text, on any reference, and asserts what must be so of the dates found.
//!
//! An input is a head of 28 characters and the text, so that a seed is written with any editor:
//!
//! ```text
//! 2023-12-12T09:30+02:00D0031 The talks resume on Monday.
//! --------------------------- The talks resume on Monday.
//! ```
//!
//! The first is read on that reference, day first, and once more on a reference 31 days later; the second on none. A
//! space in place of `T` leaves the time out, one in place of the sign the offset; the order is `D`, `M` or by the
//! text's evidence. Whatever else stands there means something, too: the fuzzer writes as it likes.

#![no_main]

use dossier_fuzz::dates::{DateOrder, Reference, Tagged, Value, find_reference, parse_reference, tag, written_offset};
use dossier_fuzz::extraction::Date;
use jiff::{Span, civil};
use libfuzzer_sys::arbitrary::{self, Arbitrary, Unstructured};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: Input<'_>| {
    let Input { reference, order, days_later, text } = input;
    let tagged = sound(text, reference.as_ref(), order);
    // The same again: nothing but the arguments decides.
    assert_eq!(format!("{tagged:?}"), format!("{:?}", tag(text, reference.as_ref(), order)));
    if let Some(later) = reference.and_then(|reference| later(reference, days_later)) {
        assert_in_order(&tagged, &sound(text, Some(&later), order));
    }
    if let Some(found) = find_reference(text, order) {
        assert_written_and_read(&found);
        sound(text, Some(&found), order);
    }
    if let Ok(reference) = parse_reference(text) {
        assert_written_and_read(&reference);
    }
    if let Some(value) = Value::parse(text) {
        assert_eq!(value.to_string(), text);
    }
});

/// The dates of a text, of which all is asserted that must be so of any.
fn sound(text: &str, reference: Option<&Reference>, order: DateOrder) -> Tagged {
    let tagged = tag(text, reference, order);
    let mut last = 0;
    for (at, date) in tagged.dates.iter().enumerate() {
        assert_eq!(date.id, format!("d{}", at + 1));
        assert!(last <= date.span.start && date.span.start < date.span.end, "{date:?}");
        assert!(text.is_char_boundary(date.span.start) && text.is_char_boundary(date.span.end), "{date:?}");
        assert!((0.0..=1.0).contains(&date.confidence), "{date:?}");
        assert!(Value::parse(&date.value).is_some_and(|v| v.to_string() == date.value), "{date:?}");
        assert!(is_ordered(date), "{date:?}");
        last = date.span.end;
    }
    for (at, range) in tagged.ranges.iter().enumerate() {
        assert_eq!(range.id, format!("t{}", at + 1));
        assert!(range.begin < range.end && range.end < tagged.dates.len(), "{range:?}");
        assert!(range.span.start <= tagged.dates[range.begin].span.start, "{range:?}");
        assert_eq!(range.span.end, tagged.dates[range.end].span.end, "{range:?}");
        assert!(range.interval.as_ref().is_none_or(|i| i.begin < i.end), "{range:?}");
    }
    assert!(tagged.unresolved <= tagged.dates.len());
    tagged
}

/// The interval begins before it ends; it may be open at one end.
fn is_ordered(date: &Date) -> bool {
    date.interval.as_ref().is_none_or(|i| {
        let open = i.begin.is_empty() || i.end.is_empty();
        i.begin != i.end && (open || i.begin < i.end)
    })
}

fn later(reference: Reference, days: i64) -> Option<Reference> {
    let date = reference.date.checked_add(Span::new().days(days)).ok()?;
    Some(Reference { date, ..reference })
}

/// A later reference never moves a date back, as long as both find the same dates in the calendar: what only one of
/// them places is mentioned for that one alone, and "noon" or "two days later" is counted from it.
fn assert_in_order(earlier: &Tagged, later: &Tagged) {
    assert_eq!(earlier.dates.len(), later.dates.len());
    for (before, after) in earlier.dates.iter().zip(&later.dates) {
        match (&before.interval, &after.interval) {
            (Some(first), Some(second)) => {
                assert!(first.begin <= second.begin && first.end <= second.end, "{before:?} {after:?}");
            }
            (None, None) => {}
            _ => return,
        }
    }
}

/// A reference is in the calendar, and what the response says of it is read as the same.
fn assert_written_and_read(reference: &Reference) {
    assert!((1..=9999).contains(&reference.date.year()), "{reference:?}");
    let written = match reference.time {
        Some(time) => format!("{}{}", reference.date.to_datetime(time), written_offset(reference.offset)),
        None => reference.date.to_string(),
    };
    assert_eq!(parse_reference(&written).as_ref(), Ok(reference), "{written}");
}

/// A text and what it is read on.
#[derive(Debug)]
struct Input<'a> {
    reference: Option<Reference>,
    order: DateOrder,
    /// From the reference to a second one.
    days_later: i64,
    text: &'a str,
}

const HEAD: usize = "2023-12-12T09:30+02:00D0031 ".len();

impl<'a> Arbitrary<'a> for Input<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> arbitrary::Result<Input<'a>> {
        let mut head = [b'-'; HEAD];
        u.fill_buffer(&mut head)?;
        let order = match head[22] {
            b'D' => DateOrder::DayFirst,
            b'M' => DateOrder::MonthFirst,
            _ => DateOrder::ByEvidence,
        };
        let text = u.bytes(u.len())?.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        Ok(Input { reference: reference(&head), order, days_later: digits(&head[23..27]).into(), text })
    }

    fn size_hint(_depth: usize) -> (usize, Option<usize>) {
        (HEAD, None)
    }
}

/// Any bytes are read as one, or as none: every digit counts, and what lies outside the calendar comes round.
fn reference(head: &[u8; HEAD]) -> Option<Reference> {
    let number = |from: usize, low: i16, high: i16| match digits(&head[from..from + 2]) {
        n if (low..=high).contains(&n) => n,
        n => low + n % (high - low + 1),
    } as i8;
    if head[0] == b'-' {
        return None;
    }
    let first = civil::Date::new(digits(&head[..4]).max(1), number(5, 1, 12), 1).ok()?;
    let date = first.with().day(number(8, 1, 31).min(first.days_in_month())).build().ok()?;
    let time = (head[10] == b'T').then(|| civil::time(number(11, 0, 23), number(14, 0, 59), 0, 0));
    let offset = i16::from(number(17, 0, 14)) * 60 + i16::from(number(20, 0, 59));
    let offset = match head[16] {
        b'+' => Some(offset),
        b'-' => Some(-offset),
        _ => None,
    };
    Some(Reference { date, time, offset })
}

fn digits(bytes: &[u8]) -> i16 {
    bytes.iter().fold(0, |n, b| n * 10 + i16::from(b.wrapping_sub(b'0') % 10))
}
