//! When what was found is what a case expects. The rules are the same for both systems.

use chrono::FixedOffset;

use crate::case::{Case, Wanted};
use crate::found::{Found, Value};
use crate::value::{Bounds, Clock, Moment};
use crate::{Measure, System, dossier, duckling};

/// Words that one suite has in a span and another leaves out: both sides are compared without them.
const FUNCTION_WORDS: &[&str] = &[
    "from", "between", "on", "in", "at", "during", "the", "for", "by", "of", "since", "until", "till", "through",
    "before", "after",
];

/// A case and how both systems do on it.
pub struct Scored<'a> {
    pub case: &'a Case,
    pub dossier: Outcome,
    pub duckling: Outcome,
}

pub struct Outcome {
    pub found: Vec<Found>,
    pub spans: bool,
    /// None where the case has no value that the system could have.
    pub values: Option<bool>,
}

impl<'a> Scored<'a> {
    pub fn of(case: &'a Case) -> Self {
        let dossier = Outcome::of(case, dossier::find(case));
        let mut duckling = Outcome::of(case, duckling::find(case));
        if case.has_sets() {
            duckling.values = None;
        }
        Self { case, dossier, duckling }
    }

    pub fn outcome(&self, system: System) -> &Outcome {
        match system {
            System::Dossier => &self.dossier,
            System::Duckling => &self.duckling,
        }
    }
}

impl Outcome {
    fn of(case: &Case, found: Vec<Found>) -> Self {
        let found = as_expected(case, found);
        let values = case.has_values().then(|| values_pass(case, &found));
        Self { spans: spans_pass(case, &found), values, found }
    }

    /// None where the case does not ask for the measure.
    pub fn passes(&self, measure: Measure) -> Option<bool> {
        match measure {
            Measure::Spans => Some(self.spans),
            Measure::Values => self.values,
        }
    }
}

/// Ranges as their two dates where the case expects several results in their place.
fn as_expected(case: &Case, found: Vec<Found>) -> Vec<Found> {
    let expected = |found: &Found| case.expected.iter().filter(|expected| found.overlaps(expected.span)).count();
    let split = |found: Found| if expected(&found) > 1 && !found.ends.is_empty() { found.ends } else { vec![found] };
    found.into_iter().flat_map(split).collect()
}

/// All that is expected was found, and nothing else.
fn spans_pass(case: &Case, found: &[Found]) -> bool {
    let chars: Vec<_> = case.text.chars().collect();
    let mut expected: Vec<_> = case.expected.iter().map(|expected| core(&chars, expected.span)).collect();
    let mut found: Vec<_> = found.iter().map(|found| core(&chars, found.span)).collect();
    expected.sort_unstable();
    found.sort_unstable();
    expected == found
}

/// The span without function words before it and punctuation around it.
fn core(chars: &[char], (mut start, mut end): (usize, usize)) -> (usize, usize) {
    while start < end && !chars[end - 1].is_alphanumeric() {
        end -= 1;
    }
    loop {
        while start < end && !chars[start].is_alphanumeric() {
            start += 1;
        }
        let length = chars[start..end].iter().take_while(|c| c.is_alphanumeric()).count();
        let word: String = chars[start..start + length].iter().flat_map(|c| c.to_lowercase()).collect();
        if start + length == end || !FUNCTION_WORDS.contains(&word.as_str()) {
            return (start, end);
        }
        start += length;
    }
}

/// Each expected result that has values has one of them in something found in its place.
fn values_pass(case: &Case, found: &[Found]) -> bool {
    let here = *case.reference().offset();
    case.expected.iter().filter(|expected| !expected.values.is_empty()).all(|expected| {
        let there = found.iter().filter(|found| found.overlaps(expected.span));
        there.flat_map(|found| &found.values).any(|value| expected.values.iter().any(|wanted| is(wanted, value, here)))
    })
}

fn is(wanted: &Wanted, value: &Value, here: FixedOffset) -> bool {
    match (wanted, value) {
        (Wanted::Moment { begin, end }, Value::Bounds(found)) => {
            bound_is(Some(*begin), found.begin, here) && end.is_none_or(|end| bound_is(Some(end), found.end, here))
        }
        (Wanted::Range { begin, end }, Value::Bounds(found)) => {
            bound_is(*begin, found.begin, here) && end_is(*end, found, here)
        }
        (Wanted::Duration(wanted), Value::Duration(found)) => wanted.is(*found),
        (Wanted::Set(wanted), Value::Set(found)) => wanted.eq_ignore_ascii_case(found),
        _ => false,
    }
}

fn end_is(wanted: Option<Clock>, found: &Bounds, here: FixedOffset) -> bool {
    bound_is(wanted, found.end, here) || found.short_end.is_some() && bound_is(wanted, found.short_end, here)
}

/// Open as expected, or the expected time.
fn bound_is(wanted: Option<Clock>, found: Option<Moment>, here: FixedOffset) -> bool {
    match (wanted, found) {
        (Some(wanted), Some(found)) => wanted.is(found, here),
        (wanted, found) => wanted.is_none() && found.is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn core_of(text: &str) -> String {
        let chars: Vec<_> = text.chars().collect();
        let (start, end) = core(&chars, (0, chars.len()));
        chars[start..end].iter().collect()
    }

    #[test]
    fn function_words_and_punctuation_are_left_out() {
        assert_eq!(core_of("from the 3rd of May"), "3rd of May");
        assert_eq!(core_of("at 5 p.m."), "5 p.m");
        assert_eq!(core_of("this week"), "this week");
    }

    #[test]
    fn a_function_word_alone_stays() {
        assert_eq!(core_of("after"), "after");
    }
}
