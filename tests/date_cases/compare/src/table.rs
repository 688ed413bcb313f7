//! The pass rates as Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::case::Part;
use crate::score::Scored;
use crate::{Measure, System};

const HEADER: &str = "\
| family | cases | with values | spans dossier | spans duckling | values dossier | values duckling |
|---|---:|---:|---:|---:|---:|---:|
";

const INTRODUCTION: &str = "\
# Dates compared

How `dossier::dates` and [duckling](https://crates.io/crates/duckling) 0.4.0, a Rust port of Facebook's Duckling, do on
three public suites of cases: those of Microsoft Recognizers-Text, of Facebook Duckling itself and of dateparser. The
suites are not part of this repository. With the folder that holds them in place of DATA, this makes the page:

    python3 tests/date_cases/convert.py DATA --out cases.jsonl
    cargo run --manifest-path tests/date_cases/compare/Cargo.toml -- cases.jsonl --markdown > docs/dates-compared.md

and this lists what fails, one case a line:

    cargo run --manifest-path tests/date_cases/compare/Cargo.toml -- cases.jsonl --part tuned --failures dossier --family daterange

## How it is scored

Both systems get the text, the reference time and the order of day and month, and are judged by the same rules.

- **Spans** pass where all that is expected is found, with the same bounds, and nothing else is. Function words before
  an expression (\"from\", \"the\", \"until\" ...) and punctuation around it do not count.
- **Values** pass where each expected result has, in its place, a value that the suite accepts. Moments: the same
  begin, and the same end if the unit is a day or longer. Ranges: the same begin and end; the end of a range between
  two named days or times may be the last one itself or the one after it, as conventions differ. Ranges open on one
  side: open there, with the same bound on the other. Durations: the same length, with months of 30 days and years of
  365. Cases that give spans alone are not counted here.
- duckling runs with its default options, for times and durations; of readings that overlap the longest counts. It has
  no values for sets (\"every Monday\").

A third of the texts, chosen by a hash, is held out: the rules of `dossier::dates` are improved by the failures that this
tool lists of the other two thirds, and it lists none of the held-out third. duckling's suite is its own: most of its
texts are in the corpus that the crate's ranking is trained on, so that its figures there say how well it remembers.

All figures but counts are the percentages of cases that pass.
";

/// The page for docs/.
pub fn page(scored: &[Scored<'_>], notes: &BTreeMap<String, String>) -> String {
    let of = |part| -> Vec<_> { scored.iter().filter(|scored| scored.case.part == part).collect() };
    let (held, tuned) = (tables(&of(Part::Held)), tables(&of(Part::Tuned)));
    let mut page = format!("{INTRODUCTION}\n## Held out\n\n{held}\n## Tuned on\n\n{tuned}");
    if !notes.is_empty() {
        page.push_str("\n## Notes\n\n");
    }
    for (family, note) in notes {
        let _ = writeln!(page, "- **{family}**: {}", note.trim());
    }
    page
}

/// One table a suite, and one of the totals.
pub fn tables(scored: &[&Scored<'_>]) -> String {
    let mut text = String::new();
    let mut totals = HEADER.replacen("family", "suite", 1);
    for suite in names(scored, |scored| &scored.case.suite) {
        let of_suite: Vec<_> = scored.iter().copied().filter(|scored| scored.case.suite == suite).collect();
        let _ = write!(text, "### {suite}\n\n{HEADER}");
        for family in names(&of_suite, |scored| &scored.case.family) {
            let of_family: Vec<_> = of_suite.iter().copied().filter(|scored| scored.case.family == family).collect();
            text.push_str(&row(family, &of_family));
        }
        text.push_str(&row("**all**", &of_suite));
        text.push('\n');
        totals.push_str(&row(suite, &of_suite));
    }
    let without_sets: Vec<_> = scored.iter().copied().filter(|scored| scored.case.family != "set").collect();
    totals.push_str(&row("**all**", scored));
    totals.push_str(&row("**all but sets**", &without_sets));
    format!("{text}### Totals\n\n{totals}")
}

/// In alphabetic order.
fn names<'a>(scored: &[&'a Scored<'a>], name: impl Fn(&'a Scored<'a>) -> &'a String) -> Vec<&'a str> {
    let mut names: Vec<_> = scored.iter().copied().map(|scored| name(scored).as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn row(name: &str, scored: &[&Scored<'_>]) -> String {
    let rate = |system, measure| {
        let outcomes: Vec<_> = scored.iter().filter_map(|scored| scored.outcome(system).passes(measure)).collect();
        if outcomes.is_empty() {
            return "–".to_owned();
        }
        let passed = outcomes.iter().filter(|&&passed| passed).count();
        format!("{:.1}", 100.0 * passed as f64 / outcomes.len() as f64)
    };
    let valued = scored.iter().filter(|scored| scored.case.has_values()).count();
    format!(
        "| {name} | {} | {valued} | {} | {} | {} | {} |\n",
        scored.len(),
        rate(System::Dossier, Measure::Spans),
        rate(System::Duckling, Measure::Spans),
        rate(System::Dossier, Measure::Values),
        rate(System::Duckling, Measure::Values),
    )
}

/// None where there is no such file yet.
pub fn read_notes(path: &Path) -> Result<BTreeMap<String, String>, String> {
    let Ok(text) = std::fs::read_to_string(path) else { return Ok(BTreeMap::new()) };
    toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}
