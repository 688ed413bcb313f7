//! What holds for every text, and the form that the rules' tests are written in.

use proptest::prelude::*;

use super::{DateKind, Direction, Reference, parse_reference, shallow_direction, tag};

/// Asserts that `text`, read on `reference` (empty: none), has exactly these `span|TYPE|value|modifier`.
#[track_caller]
pub(super) fn check(text: &str, reference: &str, expected: &[&str]) {
    let reference = parse_reference(reference).ok();
    let tagged = tag(text, reference.as_ref(), &|span| shallow_direction(text, span));
    let found: Vec<String> = tagged
        .dates
        .iter()
        .map(|d| {
            let kind = match d.kind {
                DateKind::Date => "DATE",
                DateKind::Time => "TIME",
                DateKind::Duration => "DURATION",
                DateKind::Set => "SET",
            };
            format!("{}|{kind}|{}|{}", d.span.of(text), d.value, d.modifier)
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_report_without_a_reference_keeps_its_unknowns() {
    let text = "It opens on Monday, a year after December 25.";
    let tagged = tag(text, None, &|_| Direction::Unknown);
    assert_eq!(tagged.unresolved, 2);
    assert!(tagged.dates.iter().all(|d| d.value.starts_with('X') || d.value.starts_with('P')));
}

#[test]
fn what_lies_outside_the_calendar_is_not_placed() {
    check("It was built 400 years ago.", "0300-01-01", &["400 years ago|DATE|XXXX|"]);
    check("It ends next year.", "9999-12-31", &["next year|DATE|XXXX|"]);
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

fn any_reference() -> impl Strategy<Value = Option<Reference>> {
    let date = (1i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| jiff::civil::date(year, month, day));
    let edges = prop_oneof![Just(jiff::civil::date(1, 1, 1)), Just(jiff::civil::date(9999, 12, 31))];
    let date = prop_oneof![4 => date, 1 => edges];
    let time = proptest::option::of((0i8..24, 0i8..60).prop_map(|(h, m)| jiff::civil::time(h, m, 0, 0)));
    proptest::option::of((date, time).prop_map(|(date, time)| Reference { date, time }))
}

fn holds(text: &str, reference: Option<&Reference>, direction: Option<Direction>) {
    let tagged = tag(text, reference, &|span| direction.unwrap_or_else(|| shallow_direction(text, span)));
    let mut last = 0;
    for (at, date) in tagged.dates.iter().enumerate() {
        assert_eq!(date.id, format!("d{}", at + 1));
        assert!(last <= date.span.start && date.span.start < date.span.end, "{date:?}");
        assert!(text.is_char_boundary(date.span.start) && text.is_char_boundary(date.span.end));
        assert!(!date.value.is_empty() && (0.0..=1.0).contains(&date.confidence));
        if let Some(interval) = &date.interval {
            assert!(interval.begin < interval.end, "{date:?}");
        }
        last = date.span.end;
    }
}

fn any_direction() -> impl Strategy<Value = Option<Direction>> {
    prop_oneof![Just(None), Just(Some(Direction::Past)), Just(Some(Direction::Future)), Just(Some(Direction::Unknown))]
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>(), reference in any_reference(), direction in any_direction()) {
        holds(&text, reference.as_ref(), direction);
        super::find_reference(&text);
        let _ = parse_reference(&text);
    }

    #[test]
    fn any_words_are_read(
        words in proptest::collection::vec((proptest::sample::select(WORDS), any::<bool>()), 0..40),
        reference in any_reference(),
        direction in any_direction(),
    ) {
        let text: String = words.iter().map(|(w, glued)| format!("{w}{}", if *glued { "" } else { " " })).collect();
        holds(&text, reference.as_ref(), direction);
        super::find_reference(&text);
    }
}
