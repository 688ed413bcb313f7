//! What a word may refer back to, by the network.

use std::collections::HashMap;

use super::Word;
use crate::model::labels::Upos;
use crate::model::scores::Scores;

/// For the pronouns and nouns of a document, how well each noun and pronoun before them in their window fits as what they
/// refer back to: the score of that word less the score of "nothing before it".
#[derive(Debug, Default)]
pub struct Antecedents {
    rows: HashMap<usize, Vec<(usize, f32)>>,
}

impl Antecedents {
    /// The score of `antecedent` for `anaphor`; none where they stand in different windows or are not of such words.
    pub fn score(&self, anaphor: usize, antecedent: usize) -> Option<f32> {
        let row = self.rows.get(&anaphor)?;
        row.binary_search_by_key(&antecedent, |&(word, _)| word).ok().map(|at| row[at].1)
    }

    pub fn extend(&mut self, other: Self) {
        self.rows.extend(other.rows);
    }
}

/// `words`: those of the window, which begin with the document's token `first`.
pub fn decode(scores: &Scores<'_>, first: usize, words: &[Word]) -> Antecedents {
    let refers = |word: &Word| matches!(word.upos, Upos::Pron | Upos::Noun | Upos::Propn);
    let mut rows = HashMap::new();
    for row in (0..words.len()).filter(|&r| matches!(words[r].upos, Upos::Pron | Upos::Noun)) {
        let found = scores.facts.antecedents.row(row);
        let before = (0..row).filter(|&r| refers(&words[r])).map(|r| (first + r, found[1 + r] - found[0]));
        rows.insert(first + row, before.collect());
    }
    Antecedents { rows }
}
