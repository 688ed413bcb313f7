//! What a system finds, in terms that both share.

use crate::value::{Bounds, Length};

#[derive(Clone, Debug)]
pub struct Found {
    /// In code points of the text, half-open.
    pub span: (usize, usize),
    /// As the system writes it, for the list of failures.
    pub written: String,
    /// Any one of them counts.
    pub values: Vec<Value>,
    /// The two dates of a range; they count in its place where a case expects two results.
    pub ends: Vec<Found>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Bounds(Bounds),
    Duration(Length),
    Set(String),
}

impl Found {
    pub fn overlaps(&self, span: (usize, usize)) -> bool {
        self.span.0 < span.1 && span.0 < self.span.1
    }
}

/// Turns offsets in bytes into code points.
pub struct CodePoints {
    starts: Vec<usize>,
}

impl CodePoints {
    pub fn of(text: &str) -> Self {
        Self { starts: text.char_indices().map(|(at, _)| at).collect() }
    }

    pub fn span(&self, start: usize, end: usize) -> (usize, usize) {
        let at = |byte| self.starts.partition_point(|&start| start < byte);
        (at(start), at(end))
    }
}
