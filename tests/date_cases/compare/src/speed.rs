//! Words a second, over texts made of the cases.
//!
//! A rate means nothing without what was found at it: duckling has a budget of work for each call, and on a long text
//! it leaves out what the budget does not reach, which looks like speed.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use dossier::dates;

use crate::case::Case;

/// Words of a text that is read in one call.
const LENGTHS: &[usize] = &[100, 1_000, 10_000];
/// Words of the text that is read a line a call.
const BY_LINE: usize = 10_000;
/// Each figure is taken over at least this long.
const AT_LEAST: Duration = Duration::from_secs(2);

const HEADER: &str = "\
| text | dossier, words/s | dossier, found | duckling, words/s | duckling, found |
|---|---:|---:|---:|---:|
";

pub fn report(cases: &[Case]) -> String {
    let Some(first) = cases.first() else { return "no cases\n".to_owned() };
    let at = first.reference();
    let reference = dates::parse_reference(&at.to_rfc3339()).ok();
    let dossier = |text: &str| crate::dossier::tag(text, reference.as_ref(), false).dates.len();
    let duckling = |text: &str| crate::duckling::entities(text, at, false).len();
    let mut table = HEADER.to_owned();
    let mut row = |name: String, parts: &[&str]| {
        let _ = writeln!(table, "| {name} | {} | {} |", measure(parts, &dossier), measure(parts, &duckling));
    };
    for &words in LENGTHS {
        let text = text_of(cases, words);
        row(format!("{} words in one call", word_count(&text)), &[&text]);
    }
    let text = text_of(cases, BY_LINE);
    let lines: Vec<_> = text.lines().collect();
    row(format!("{} words, a line a call", word_count(&text)), &lines);
    table
}

/// Texts of the cases, one a line, of at least `words` words; they repeat where there are too few.
fn text_of(cases: &[Case], words: usize) -> String {
    let (mut text, mut count) = (String::new(), 0);
    // Neighbours are alike: a stride takes from all suites.
    let mut strides = (0..).map(|i| &cases[i * 37 % cases.len()]);
    while count < words
        && let Some(case) = strides.next()
    {
        count += word_count(&case.text).max(1);
        text.push_str(&case.text);
        text.push_str(".\n");
    }
    text
}

fn word_count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Words a second and the number of results, as two cells.
fn measure(parts: &[&str], system: &dyn Fn(&str) -> usize) -> String {
    let run = || parts.iter().map(|part| system(part)).sum::<usize>();
    // The first call builds the rules.
    let found = run();
    let (started, mut runs) = (Instant::now(), 0);
    while runs == 0 || started.elapsed() < AT_LEAST {
        std::hint::black_box(run());
        runs += 1;
    }
    let each = started.elapsed() / runs;
    let words: usize = parts.iter().map(|part| word_count(part)).sum();
    format!("{:.0} | {found}", words as f64 / each.as_secs_f64())
}
