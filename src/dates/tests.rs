//! What holds for every text, and the form that the rules' tests are written in.

mod page;

use proptest::prelude::*;

use super::{DateOrder, Reference, find_reference, parse_reference, rules, tag};
use crate::extraction::{Date, DateKind, DateRange};

/// A text, the reference that it is read on (empty: none), and what must be found in it: for each date
/// `words|TYPE|value|modifier`, or `words|TYPE|value|modifier|begin..end` to ask for its interval too; for each
/// range `words|RANGE|begin..end`.
pub(super) type Form = (&'static str, &'static str, &'static [&'static str]);

/// The forms that one module of rules reads: its tests, and its part of the page of supported forms.
pub(super) struct Family {
    pub title: &'static str,
    pub about: &'static str,
    /// With what each group shows.
    pub groups: &'static [(&'static str, &'static [Form])],
}

impl Family {
    fn forms(&self) -> impl Iterator<Item = &'static Form> {
        self.groups.iter().flat_map(|(_, forms)| forms.iter())
    }
}

/// What is found in the form's text, where it is not what is expected.
fn difference(form: &Form) -> Option<String> {
    let &(text, reference, expected) = form;
    let reference = parse_reference(reference).ok();
    let tagged = tag(text, reference.as_ref(), DateOrder::ByEvidence);
    let mut found: Vec<String> = Vec::new();
    let dates = expected.iter().filter(|line| !line.contains("|RANGE|"));
    let bounded: Vec<bool> = dates.map(|line| line.split('|').count() > 4).collect();
    for (at, date) in tagged.dates.iter().enumerate() {
        let mut line = written(text, date);
        if bounded.get(at) == Some(&true) {
            line.push_str(&format!("|{}", bounds(date)));
        }
        found.push(line);
    }
    found.extend(tagged.ranges.iter().map(|range| written_range(text, range)));
    let mut sorted: Vec<&str> = expected.iter().copied().filter(|line| !line.contains("|RANGE|")).collect();
    sorted.extend(expected.iter().copied().filter(|line| line.contains("|RANGE|")));
    (found != sorted).then(|| format!("{text}\n  expected {sorted:?}\n  found    {found:?}"))
}

fn kind(date: &Date) -> &'static str {
    match date.kind {
        DateKind::Date => "DATE",
        DateKind::Time => "TIME",
        DateKind::Duration => "DURATION",
        DateKind::Set => "SET",
    }
}

fn written(text: &str, date: &Date) -> String {
    format!("{}|{}|{}|{}", date.span.of(text), kind(date), date.value, date.modifier)
}

/// `begin..end`, open where a side is empty; `~` before what is approximate.
fn bounds(date: &Date) -> String {
    date.interval.as_ref().map_or_else(
        || "none".to_owned(),
        |i| format!("{}{}..{}", if i.approximate { "~" } else { "" }, i.begin, i.end),
    )
}

fn written_range(text: &str, range: &DateRange) -> String {
    let bounds = range.interval.as_ref().map_or_else(|| "none".to_owned(), |i| format!("{}..{}", i.begin, i.end));
    format!("{}|RANGE|{bounds}", range.span.of(text))
}

#[test]
fn every_form_is_read() {
    let wrong: Vec<String> = rules::FAMILIES.iter().flat_map(Family::forms).filter_map(difference).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_report_without_a_reference_keeps_its_unknowns() {
    let text = "It opens on Monday, a year after December 25.";
    let tagged = tag(text, None, DateOrder::ByEvidence);
    assert_eq!(tagged.unresolved, 2);
    assert!(tagged.dates.iter().all(|d| d.value.starts_with('X') || d.value.starts_with('P')));
}

#[test]
fn what_lies_outside_the_calendar_is_not_placed() {
    let of = |text, reference| {
        let reference = parse_reference(reference).ok();
        let tagged = tag(text, reference.as_ref(), DateOrder::ByEvidence);
        tagged.dates.iter().map(|date| written(text, date)).collect::<Vec<_>>()
    };
    assert_eq!(of("It was built 400 years ago.", "0300-01-01"), ["400 years ago|DATE|XXXX|"]);
    assert_eq!(of("It ends next year.", "9999-12-31"), ["next year|DATE|XXXX|"]);
    assert_eq!(of("It was built in the '90s.", "0001-01-01"), ["the '90s|DATE|XX9|"]);
    // The Saturday before lies outside, and nothing counts from the year before it instead.
    assert_eq!(
        of("In 1948, on Saturday; two weeks later it ended.", "0001-01-01")[1..],
        ["Saturday|DATE|XXXX-WXX-6|", "two weeks later|DATE|0001-01-15|"]
    );
}

#[test]
fn a_document_shows_its_order_of_day_and_month() {
    let of = |text, order| tag(text, None, order).dates.iter().map(|d| d.value.clone()).collect::<Vec<_>>();
    let text = "Sent 11/12/2023, paid 25/12/2023.";
    assert_eq!(of(text, DateOrder::ByEvidence), ["2023-12-11", "2023-12-25"]);
    assert_eq!(of(text, DateOrder::MonthFirst), ["2023-11-12", "2023-12-25"]);
    assert_eq!(of("Sent 11/12/2023.", DateOrder::ByEvidence), ["2023-11-12"]);
    assert_eq!(of("Sent 11/12/2023.", DateOrder::DayFirst), ["2023-12-11"]);
    // Where both orders are shown, none is.
    assert_eq!(of("11/12/2023, 25/12/2023, 12/25/2023", DateOrder::ByEvidence)[0], "2023-11-12");
}

/// Words that rules are made of, so that arbitrary texts reach deep into them.
const WORDS: &[&str] = &[
    "the",
    "a",
    "last",
    "next",
    "this",
    "past",
    "of",
    "and",
    "to",
    "-",
    "–",
    "'",
    "’s",
    "may",
    "May",
    "March",
    "Oct.",
    "Monday",
    "Sat.",
    "second",
    "third",
    "3rd",
    "Q3",
    "FY23",
    "quarter",
    "half",
    "year",
    "years",
    "weeks",
    "hours",
    "century",
    "decades",
    "ago",
    "later",
    "earlier",
    "1990s",
    "'90s",
    "1948",
    "2015-19",
    "0000-00-00",
    "9999-12-31",
    "99999999999999999999",
    "5",
    "31",
    ":30",
    "p.m.",
    "a.m",
    "noon",
    "EST",
    "every",
    "other",
    "twice",
    "early",
    "late",
    "mid",
    "end",
    "more",
    "than",
    "least",
    "nearly",
    "hundred",
    "thousand",
    "twenty",
    "fall",
    "Easter",
    "New",
    "Year",
    "Day",
    ",",
    ".",
    "(",
    ")",
    "/",
    "\n\n",
    "İ",
    "é",
    "🙂",
    "今日",
    "in",
    "since",
    "T",
    "Z",
    "W",
    "Good",
    "Friday",
];

fn any_reference() -> impl Strategy<Value = Reference> {
    let date = (1i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| jiff::civil::date(year, month, day));
    let edges = prop_oneof![Just(jiff::civil::date(1, 1, 1)), Just(jiff::civil::date(9999, 12, 31))];
    let date = prop_oneof![4 => date, 1 => edges];
    let time = proptest::option::of((0i8..24, 0i8..60).prop_map(|(h, m)| jiff::civil::time(h, m, 0, 0)));
    let offset = proptest::option::of(-720i16..=840);
    (date, time, offset).prop_map(|(date, time, offset)| Reference { date, time, offset })
}

fn any_words() -> impl Strategy<Value = String> {
    proptest::collection::vec((proptest::sample::select(WORDS), any::<bool>()), 0..40).prop_map(|words| {
        words.iter().map(|(word, glued)| format!("{word}{}", if *glued { "" } else { " " })).collect()
    })
}

fn any_order() -> impl Strategy<Value = DateOrder> {
    prop_oneof![Just(DateOrder::ByEvidence), Just(DateOrder::MonthFirst), Just(DateOrder::DayFirst)]
}

/// What must be so of any text, reference and order.
fn holds(text: &str, reference: Option<&Reference>, order: DateOrder) {
    let tagged = tag(text, reference, order);
    let mut last = 0;
    for (at, date) in tagged.dates.iter().enumerate() {
        assert_eq!(date.id, format!("d{}", at + 1));
        assert!(last <= date.span.start && date.span.start < date.span.end, "{date:?}");
        assert!(text.is_char_boundary(date.span.start) && text.is_char_boundary(date.span.end));
        assert!((0.0..=1.0).contains(&date.confidence));
        assert!(super::value::Value::parse(&date.value).is_some_and(|v| v.to_string() == date.value), "{date:?}");
        if let Some(interval) = &date.interval {
            let open = interval.begin.is_empty() || interval.end.is_empty();
            assert!(open && interval.begin != interval.end || interval.begin < interval.end, "{date:?}");
        }
        last = date.span.end;
    }
    for range in &tagged.ranges {
        assert!(range.begin < range.end && range.end < tagged.dates.len(), "{range:?}");
        assert!(range.span.start <= tagged.dates[range.begin].span.start);
        assert_eq!(range.span.end, tagged.dates[range.end].span.end);
        assert!(range.interval.as_ref().is_none_or(|i| i.begin < i.end), "{range:?}");
    }
    // The same again: nothing but the arguments decides.
    assert_eq!(format!("{tagged:?}"), format!("{:?}", tag(text, reference, order)));
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>(), reference in proptest::option::of(any_reference()), order in any_order()) {
        holds(&text, reference.as_ref(), order);
        find_reference(&text, order);
        let _ = parse_reference(&text);
    }

    #[test]
    fn any_words_are_read(text in any_words(), reference in proptest::option::of(any_reference()), order in any_order()) {
        holds(&text, reference.as_ref(), order);
        find_reference(&text, order);
    }

    /// A later reference never moves a date back.
    #[test]
    fn resolving_is_monotone_in_the_reference(
        text in any_words(),
        one in any_reference(),
        days in 0i64..800,
        order in any_order(),
    ) {
        let Ok(date) = one.date.checked_add(jiff::Span::new().days(days)) else { return Ok(()) };
        let later = Reference { date, ..one };
        let (earlier, later) = (tag(&text, Some(&one), order), tag(&text, Some(&later), order));
        prop_assert_eq!(earlier.dates.len(), later.dates.len());
        for (before, after) in earlier.dates.iter().zip(&later.dates) {
            if let (Some(first), Some(second)) = (&before.interval, &after.interval) {
                prop_assert!(first.begin <= second.begin && first.end <= second.end, "{before:?} {after:?}");
            }
        }
    }
}
