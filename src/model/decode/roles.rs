//! Propositions: predicates, and the words that play a role for them.

use std::ops::Range;

use super::{argmax, dot};
use crate::model::labels::{Labels, Role};
use crate::model::scores::Scores;

/// A predicate and its arguments, each by the word that heads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposition {
    pub predicate: usize,
    pub arguments: Vec<(usize, Role)>,
}

/// The propositions of the words in `rows`; `first` is the document's token of the first of them.
pub fn decode(scores: &Scores<'_>, rows: Range<usize>, first: usize, labels: &Labels, found: &mut Vec<Proposition>) {
    let token = |row: usize| first + row - rows.start;
    for predicate in rows.clone().filter(|&r| argmax(scores.facts.predicate.row(r)) == 1) {
        let governor = scores.facts.role_predicates.row(predicate);
        let arguments = rows.clone().filter_map(|row| {
            let best = scores
                .facts
                .role_arguments
                .row(row)
                .chunks_exact(governor.len() + 1)
                .map(|role| role[governor.len()] + dot(role, governor))
                .enumerate()
                // No role scores 0.
                .fold((None, 0.0), |best, (role, score)| if score > best.1 { (Some(role), score) } else { best });
            best.0.map(|role| (token(row), labels.role[role]))
        });
        found.push(Proposition { predicate: token(predicate), arguments: arguments.collect() });
    }
}
