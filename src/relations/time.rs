//! When a relation holds: the dates of its own clause, found by syntax.

use crate::dates::Tagged;
use crate::extraction::{Date, DateKind, Interval};
use crate::syntax::{Deprel, Syntax, Upos};

/// When a relation with these dates holds: over the range that they are the ends of, else on the first.
pub fn interval(dated: &Tagged, when: &[usize]) -> Option<Interval> {
    let range = dated.ranges.iter().find(|range| when.contains(&range.begin) && when.contains(&range.end));
    match range {
        Some(range) => range.interval.clone(),
        None => dated.dates[*when.first()?].interval.clone(),
    }
}

/// The dates of a document by the clause that they belong to.
pub struct ClauseDates<'s, 'a> {
    syntax: &'s Syntax<'a>,
    /// Index of the date, its head word and the word that it hangs on.
    placed: Vec<(usize, usize, usize)>,
}

impl<'s, 'a> ClauseDates<'s, 'a> {
    pub fn new(syntax: &'s Syntax<'a>, dates: &[Date]) -> Self {
        let mut placed = Vec::new();
        let tokens = &syntax.text.tokens;
        for (index, date) in dates.iter().enumerate() {
            let resolved = !date.value.starts_with('X') && !date.value.ends_with("_REF");
            if !matches!(date.kind, DateKind::Date | DateKind::Time) || !resolved {
                continue;
            }
            let start = tokens.partition_point(|t| t.span.end <= date.span.start);
            let end = tokens.partition_point(|t| t.span.start < date.span.end);
            if start < end {
                let head = syntax.head_of(start..end);
                placed.push((index, head, anchor(syntax, head)));
            }
        }
        Self { syntax, placed }
    }

    /// The dates of what `predicate` says: its own, or those of the clause that it stands in.
    pub fn of(&self, predicate: usize) -> Vec<usize> {
        let own = self.on(predicate);
        if !own.is_empty() {
            return own;
        }
        let s = self.syntax;
        let clause = s.clause(predicate);
        let mut found = self.on(clause);
        // "vowed on Monday to attack" dates the vow; "was seen on Monday attacking" dates both.
        if found.is_empty()
            && s.deprel(clause) == Deprel::Conj
            && let Some(first) = s.head(clause).filter(|&h| h + 12 > clause)
        {
            found = self.on(first).into_iter().filter(|&d| self.leads(d, first)).collect();
        }
        found
    }

    fn on(&self, word: usize) -> Vec<usize> {
        self.placed.iter().filter(|(_, _, anchor)| *anchor == word).map(|(index, _, _)| *index).collect()
    }

    /// Whether the date stands before the verb, and so frames the verbs that follow it.
    fn leads(&self, date: usize, verb: usize) -> bool {
        self.placed.iter().any(|(index, head, _)| *index == date && *head < verb)
    }
}

/// The verb or event noun that a date's head hangs on.
fn anchor(s: &Syntax<'_>, date: usize) -> usize {
    match (s.deprel(date), s.head(date)) {
        (Deprel::Nmod | Deprel::NmodUnmarked | Deprel::NmodPoss | Deprel::Compound, Some(head))
            if s.upos(head) == Upos::Noun =>
        {
            head
        }
        (_, Some(head)) => s.clause(head),
        (_, None) => date,
    }
}
