//! The cases that a system fails, one a line.

use std::fmt::Write as _;

use crate::case::{Case, Expected, Wanted};
use crate::found::{Found, Value};
use crate::score::Scored;
use crate::value::{Clock, Moment};
use crate::{Measure, System};

/// Text, reference, expected and found, with what fails before them: S for spans, V for values.
pub fn list(scored: &[Scored<'_>], system: System, measure: Option<Measure>, behind: bool) -> String {
    let other = if system == System::Dossier { System::Duckling } else { System::Dossier };
    let measures = measure.map_or(vec![Measure::Spans, Measure::Values], |measure| vec![measure]);
    let mut lines = String::new();
    for scored in scored {
        let fails = |&measure: &Measure| {
            let lost = scored.outcome(system).passes(measure) == Some(false);
            lost && (!behind || scored.outcome(other).passes(measure) == Some(true))
        };
        let failed: Vec<_> = measures.iter().copied().filter(fails).collect();
        if !failed.is_empty() {
            line(&mut lines, scored.case, &scored.outcome(system).found, &failed);
        }
    }
    let count = lines.lines().count();
    let _ = writeln!(lines, "{count} of {} cases", scored.len());
    lines
}

fn line(lines: &mut String, case: &Case, found: &[Found], failed: &[Measure]) {
    let mark = |measure, letter| if failed.contains(&measure) { letter } else { '-' };
    let marks = [mark(Measure::Spans, 'S'), mark(Measure::Values, 'V')];
    let reference = case.reference().naive_local().format("%a %Y-%m-%dT%H:%M");
    let expected: Vec<_> = case.expected.iter().map(|expected| wanted(case, expected)).collect();
    let found: Vec<_> = found.iter().map(|found| got(case, found)).collect();
    let day_first = if case.day_first { " d/m" } else { "" };
    let _ = writeln!(
        lines,
        "{} {:?}  [{reference}{day_first}]  expected {}  found {}",
        marks.iter().collect::<String>(),
        case.text,
        list_or_nothing(&expected),
        list_or_nothing(&found)
    );
}

fn list_or_nothing(items: &[String]) -> String {
    if items.is_empty() { "nothing".to_owned() } else { items.join(", ") }
}

fn wanted(case: &Case, expected: &Expected) -> String {
    let values: Vec<_> = expected.values.iter().map(wanted_value).collect();
    format!("{:?} {}", case.slice(expected.span), values.join(" or ")).trim_end().to_owned()
}

fn wanted_value(value: &Wanted) -> String {
    let clock = |clock: &Option<Clock>| clock.map_or(String::new(), |clock| clock.to_string());
    match value {
        Wanted::Moment { begin, end: Some(end) } => format!("{begin}..{end}"),
        Wanted::Moment { begin, end: None } => begin.to_string(),
        Wanted::Range { begin, end } => format!("{}..{}", clock(begin), clock(end)),
        Wanted::Duration(length) => length.to_string(),
        Wanted::Set(timex) => timex.clone(),
    }
}

fn got(case: &Case, found: &Found) -> String {
    let values: Vec<_> = found.values.iter().filter_map(got_value).collect();
    format!("{:?} {} {}", case.slice(found.span), found.written, values.join(" or ")).trim_end().to_owned()
}

fn got_value(value: &Value) -> Option<String> {
    let moment = |moment: Option<Moment>| moment.map_or(String::new(), |moment| moment.to_string());
    match value {
        Value::Bounds(bounds) => Some(format!("{}..{}", moment(bounds.begin), moment(bounds.end))),
        Value::Duration(length) => Some(length.to_string()),
        // It is what the system writes.
        Value::Set(_) => None,
    }
}
