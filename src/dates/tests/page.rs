//! The page of supported forms, `docs/date-forms.md`: made from the rules' own tests, so that it says what they do.
//!
//! `DOSSIER_WRITE_DOCS=1 cargo test --release date_forms` writes it anew.

use std::fmt::Write as _;
use std::{env, fs};

use super::{DateOrder, Family, Form, bounds, kind, parse_reference, rules, tag};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/date-forms.md");

const HEAD: &str = "\
# Date forms

Every form of date, time, duration and recurring time that Dossier reads, each with what it makes of it. The page is
written by the tests of the rules (`DOSSIER_WRITE_DOCS=1 cargo test --release date_forms`) and checked by them, so it
can't say anything else than the program does.

**Reference** is the request's `reference_time`; where it is empty there is none, and what depends on it stays `X`.
**Value** and **mod** are TIMEX3's. **Interval** ends before its second bound; an empty bound is open, and `~` marks
approximate bounds.
";

#[test]
fn date_forms_page_is_what_the_rules_do() {
    let made = page();
    if env::var_os("DOSSIER_WRITE_DOCS").is_some() {
        fs::write(PAGE, &made).expect("docs/ can be written");
    }
    let kept = fs::read_to_string(PAGE).unwrap_or_default();
    assert!(kept == made, "docs/date-forms.md is stale: DOSSIER_WRITE_DOCS=1 cargo test --release date_forms");
}

fn page() -> String {
    let mut page = HEAD.to_owned();
    for family in rules::FAMILIES {
        let _ = write!(page, "\n## {}\n", family.title);
        if !family.about.is_empty() {
            let _ = write!(page, "\n{}\n", family.about);
        }
        for (group, forms) in family.groups {
            let _ = write!(page, "\n### {}\n\n{}", capitalised(group), table(forms));
        }
    }
    let _ = write!(page, "\n## What is left out\n\nTexts in which nothing is found, and rightly so.\n\n");
    for form in rules::FAMILIES.iter().flat_map(Family::forms).filter(|(_, _, expected)| expected.is_empty()) {
        let _ = writeln!(page, "- {}", form.0);
    }
    page
}

/// A table of those forms in which something is found.
fn table(forms: &[Form]) -> String {
    let mut table =
        String::from("| text | reference | words | type | value | mod | interval |\n|---|---|---|---|---|---|---|\n");
    for &(text, reference, _) in forms {
        let parsed = parse_reference(reference).ok();
        let tagged = tag(text, parsed.as_ref(), DateOrder::ByEvidence);
        let mut lead = format!("{} | {reference}", cell(text));
        for date in &tagged.dates {
            let (words, kind, bounds) = (cell(date.span.of(text)), kind(date), bounds(date));
            let bounds = bounds.replace("none", "");
            let _ = writeln!(table, "| {lead} | {words} | {kind} | `{}` | {} | {bounds} |", date.value, date.modifier);
            lead = " | ".to_owned();
        }
        for range in &tagged.ranges {
            let bounds = range.interval.as_ref().map_or_else(String::new, |i| format!("{}..{}", i.begin, i.end));
            let _ = writeln!(table, "| | | {} | range | | | {bounds} |", cell(range.span.of(text)));
        }
    }
    table
}

/// Text that can stand in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
