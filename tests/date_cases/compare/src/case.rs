//! The cases as `convert.py` writes them.

use std::fs;
use std::path::Path;

use chrono::{DateTime, FixedOffset};
use clap::ValueEnum;
use serde::Deserialize;

use crate::value::{Clock, Length};

/// Stands for the reference of a case that has none, for both systems: times of day are asked without one.
const ANY_REFERENCE: &str = "2016-11-07T00:00:00Z";

#[derive(Debug, Deserialize)]
pub struct Case {
    pub suite: String,
    pub family: String,
    pub part: Part,
    pub text: String,
    #[serde(rename = "reference")]
    written_reference: String,
    pub day_first: bool,
    pub expected: Vec<Expected>,
}

/// Whether the rules may be improved by a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    Tuned,
    Held,
}

#[derive(Debug, Deserialize)]
pub struct Expected {
    /// In code points of the text, half-open.
    pub span: (usize, usize),
    /// Any one of them counts; none: only the span is scored.
    #[serde(deserialize_with = "wanted")]
    pub values: Vec<Wanted>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// With an end where the grain is day or coarser.
    Moment {
        begin: Clock,
        end: Option<Clock>,
    },
    /// A bound that is missing is open.
    Range {
        begin: Option<Clock>,
        end: Option<Clock>,
    },
    Duration(Length),
    Set(String),
}

#[derive(Deserialize)]
struct Written {
    begin: Option<Clock>,
    end: Option<Clock>,
    grain: Option<String>,
    duration: Option<Length>,
    set: Option<String>,
}

impl Case {
    pub fn reference(&self) -> DateTime<FixedOffset> {
        let written = if self.written_reference.is_empty() { ANY_REFERENCE } else { &self.written_reference };
        DateTime::parse_from_rfc3339(written).unwrap_or_default()
    }

    pub fn has_values(&self) -> bool {
        self.expected.iter().any(|expected| !expected.values.is_empty())
    }

    /// Whether it asks for a set, which duckling has no value for.
    pub fn has_sets(&self) -> bool {
        self.expected.iter().flat_map(|expected| &expected.values).any(|value| matches!(value, Wanted::Set(_)))
    }

    pub fn slice(&self, (start, end): (usize, usize)) -> String {
        self.text.chars().skip(start).take(end - start).collect()
    }
}

pub fn read(path: &Path) -> Result<Vec<Case>, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let parse = |(i, line)| {
        let case: Case = serde_json::from_str(line).map_err(|error| format!("line {}: {error}", i + 1))?;
        let reference = &case.written_reference;
        if !reference.is_empty() && DateTime::parse_from_rfc3339(reference).is_err() {
            return Err(format!("line {}: reference `{reference}` is not RFC 3339", i + 1));
        }
        Ok(case)
    };
    text.lines().enumerate().map(parse).collect()
}

fn wanted<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Wanted>, D::Error> {
    let values = Vec::<Written>::deserialize(deserializer)?;
    Ok(values.into_iter().map(Wanted::from).collect())
}

impl From<Written> for Wanted {
    fn from(written: Written) -> Self {
        match written {
            Written { duration: Some(length), .. } => Wanted::Duration(length),
            Written { set: Some(timex), .. } => Wanted::Set(timex),
            Written { grain: Some(_), begin: Some(begin), end, .. } => Wanted::Moment { begin, end },
            Written { begin, end, .. } => Wanted::Range { begin, end },
        }
    }
}
