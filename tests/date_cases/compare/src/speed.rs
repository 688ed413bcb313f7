//! Words a second, over texts made of the cases.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use dossier::dates;

use crate::case::Case;

const LENGTHS: &[usize] = &[100, 1_000, 10_000];
/// Each figure is taken over at least this long.
const AT_LEAST: Duration = Duration::from_secs(2);
/// A system that needs longer for a text is not asked for a longer one.
const PATIENCE: Duration = Duration::from_secs(60);

pub fn report(cases: &[Case]) -> String {
    let Some(first) = cases.first() else { return "no cases\n".to_owned() };
    let at = first.reference();
    let reference = dates::parse_reference(&at.to_rfc3339()).ok();
    let dossier = |text: &str| crate::dossier::tag(text, reference.as_ref(), false).dates.len();
    let duckling = |text: &str| crate::duckling::entities(text, at, false).len();
    let mut table = "| words in the text | dossier, words/s | duckling, words/s |\n|---:|---:|---:|\n".to_owned();
    let mut patient = [true, true];
    for &length in LENGTHS {
        let text = text_of(cases, length);
        let dossier = measure(&text, &mut patient[0], &dossier);
        let duckling = measure(&text, &mut patient[1], &duckling);
        let _ = writeln!(table, "| {} | {dossier} | {duckling} |", text.split_whitespace().count());
    }
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
        count += case.text.split_whitespace().count().max(1);
        text.push_str(&case.text);
        text.push_str(".\n");
    }
    text
}

fn measure(text: &str, patient: &mut bool, system: &dyn Fn(&str) -> usize) -> String {
    if !*patient {
        return "–".to_owned();
    }
    let started = Instant::now();
    let mut runs = 0;
    while runs == 0 || started.elapsed() < AT_LEAST {
        std::hint::black_box(system(text));
        runs += 1;
    }
    let each = started.elapsed() / runs;
    *patient = each < PATIENCE;
    format!("{:.0}", text.split_whitespace().count() as f64 / each.as_secs_f64())
}
