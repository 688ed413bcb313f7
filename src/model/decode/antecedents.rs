//! What a word may refer back to, by the network.

use std::collections::HashMap;

use super::Word;
use crate::model::engine::facts::FactReader;
use crate::model::labels::Upos;

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
pub fn decode(facts: &mut FactReader<'_>, first: usize, words: &[Word]) -> Antecedents {
    let of = |kinds: &[Upos]| -> Vec<usize> { (0..words.len()).filter(|&w| kinds.contains(&words[w].upos)).collect() };
    let (anaphors, candidates) = (of(&[Upos::Pron, Upos::Noun]), of(&[Upos::Pron, Upos::Noun, Upos::Propn]));
    if anaphors.is_empty() {
        return Antecedents::default();
    }
    let scores = facts.antecedents(&anaphors, &candidates);
    let row = |(row, &anaphor): (usize, &usize)| {
        let found = scores.row(row);
        let before = candidates.iter().zip(&found[1..]).take_while(|(candidate, _)| **candidate < anaphor);
        (first + anaphor, before.map(|(candidate, score)| (first + candidate, score - found[0])).collect())
    };
    Antecedents { rows: anaphors.iter().enumerate().map(row).collect() }
}
