//! Pairs of mentions and the relations that the network reads between them.

use std::ops::Range;

use super::{Reading, TaggedMention};
use crate::model::Model;
use crate::model::engine::facts::FactReader;
use crate::model::labels::{Deprel, MentionType, Upos};
use crate::model::pairs::{Form, Kind, Mention};
use crate::model::window::{Segment, Window};

/// Types less probable than this are not kept; those that are tell at least that the two are related.
const LEAST: f32 = 0.003;

/// Most mentions of a sentence that are paired: a list of hundreds of names says little of each two.
const MOST: usize = 48;

/// A relation as the network alone reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct PairReading {
    /// Tokens of the document.
    pub subject: Range<usize>,
    pub object: Range<usize>,
    /// The object is a title of office.
    pub is_title: bool,
    /// Index among the relation labels of the model.
    pub kind: usize,
    pub probability: f32,
    /// The word that says it.
    pub trigger: Option<usize>,
}

/// A mention by rows of the window.
struct Candidate {
    rows: Range<usize>,
    kind: Kind,
    form: Form,
}

/// Reads the pairs of a window whose words, mentions and titles are decoded.
pub fn decode(window: &Window, facts: &mut FactReader<'_>, model: &Model, reading: &Reading) -> Vec<PairReading> {
    let first = window.first();
    let least = (LEAST / (1.0 - LEAST)).ln();
    let by_segment: Vec<Vec<Candidate>> = window.segments.iter().map(|s| candidates(reading, first, s)).collect();
    let mut ends: Vec<usize> = by_segment.iter().flatten().flat_map(|c| [c.rows.start, c.rows.end - 1]).collect();
    ends.sort_unstable();
    ends.dedup();
    if ends.is_empty() {
        return Vec::new();
    }
    let relation_rows = facts.relations(&ends);
    let mut found = Vec::new();
    for (segment, candidates) in window.segments.iter().zip(by_segment) {
        let rows = segment.tokens.start - first..segment.tokens.end - first;
        let mentions = candidates.iter().map(|c| Mention {
            first: c.rows.start,
            last: c.rows.end - 1,
            kind: c.kind,
            form: c.form,
        });
        let mut ends = model.network.pairs.ends(&relation_rows, mentions.collect());
        let ways: Vec<Vec<usize>> = candidates.iter().map(|c| way_up(reading, first, &c.rows)).collect();
        for (i, subject) in candidates.iter().enumerate().filter(|(_, c)| c.kind != Kind::Title) {
            for (j, object) in candidates.iter().enumerate() {
                if i == j || overlap(&subject.rows, &object.rows) && object.kind != Kind::Title {
                    continue;
                }
                let pair = ends.score(i, j, rows.clone(), &between(&ways[i], &ways[j]));
                for (kind, &score) in pair.types.iter().enumerate().filter(|&(_, &score)| score >= least) {
                    found.push(PairReading {
                        subject: first + subject.rows.start..first + subject.rows.end,
                        object: first + object.rows.start..first + object.rows.end,
                        is_title: object.kind == Kind::Title,
                        kind,
                        probability: sigmoid(score),
                        trigger: pair.trigger.map(|row| first + row),
                    });
                }
            }
        }
    }
    found
}

/// The mentions of a sentence that are paired; `offset` is the document's token of the window's first row.
fn candidates(reading: &Reading, offset: usize, segment: &Segment) -> Vec<Candidate> {
    let rows = |tokens: &Range<usize>| tokens.start - offset..tokens.end - offset;
    let inside = |m: &&TaggedMention| segment.tokens.contains(&m.tokens.start);
    let mut found: Vec<Candidate> = Vec::new();
    for mention in reading.mentions.iter().filter(inside).filter(|m| m.kind != MentionType::Date) {
        let kind = Kind::Entity(mention.kind);
        found.push(Candidate { rows: rows(&mention.tokens), kind, form: Form::Name });
    }
    for title in reading.titles.iter().filter(|t| segment.tokens.contains(&t.start)) {
        found.push(Candidate { rows: rows(title), kind: Kind::Title, form: Form::Nominal });
    }
    phrases(reading, offset, &rows(&segment.tokens), &mut found);
    found.truncate(MOST);
    found
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// The rows from the mention's head word up to the root of its tree; `offset` is the document's token of the first row.
fn way_up(reading: &Reading, offset: usize, mention: &Range<usize>) -> Vec<usize> {
    let head = |row: usize| reading.words[row].head.map(|h| h - offset);
    let governed_from_outside = |row: &usize| head(*row).is_none_or(|h| !mention.contains(&h));
    let top = mention.clone().rev().find(governed_from_outside).unwrap_or(mention.end - 1);
    std::iter::successors(Some(top), |&row| head(row)).take(reading.words.len()).collect()
}

/// The rows on the way between two words, each given by its way up to the root: the word below which both stand included.
fn between(one: &[usize], other: &[usize]) -> Vec<usize> {
    let shared = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let below = |way: &[usize]| way[..way.len() - shared].to_vec();
    let junction = shared.checked_sub(1).map(|_| one[one.len() - shared]);
    below(one).into_iter().chain(junction).chain(below(other)).collect()
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Pronouns, and the nouns outside of names that stand in an argument's place with what leads up to them.
fn phrases(reading: &Reading, offset: usize, rows: &Range<usize>, candidates: &mut Vec<Candidate>) {
    let named: Vec<Range<usize>> =
        candidates.iter().filter(|c| c.kind != Kind::Title).map(|c| c.rows.clone()).collect();
    let free = |row: usize| !named.iter().any(|n| n.contains(&row));
    for row in rows.clone().filter(|&r| free(r)) {
        let word = &reading.words[row];
        let (form, kind) = match word.upos {
            Upos::Pron => (Form::Pronoun, Kind::Unknown),
            Upos::Noun if is_argument(word.deprel) => (Form::Nominal, Kind::Unknown),
            _ => continue,
        };
        let mut first = row;
        while form == Form::Nominal
            && first > rows.start
            && free(first - 1)
            && leads_up(reading, first - 1, offset + row)
        {
            first -= 1;
        }
        candidates.push(Candidate { rows: first..row + 1, kind, form });
    }
}

fn is_argument(deprel: Deprel) -> bool {
    matches!(
        deprel,
        Deprel::Nsubj
            | Deprel::NsubjPass
            | Deprel::Obj
            | Deprel::Iobj
            | Deprel::Obl
            | Deprel::OblAgent
            | Deprel::Nmod
            | Deprel::NmodPoss
            | Deprel::Appos
            | Deprel::Conj
    )
}

/// Whether the word in `row` belongs to the phrase before the noun, a token of the document.
fn leads_up(reading: &Reading, row: usize, noun: usize) -> bool {
    let word = &reading.words[row];
    let before = matches!(word.deprel, Deprel::Det | Deprel::Amod | Deprel::Compound | Deprel::Nummod);
    word.head == Some(noun) && before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_between_two_words_goes_through_the_word_above_both() {
        // Rows of each word's way up to the root, which is 1.
        assert_eq!(between(&[0, 1], &[3, 2, 1]), [0, 1, 3, 2]);
        assert_eq!(between(&[1], &[3, 2, 1]), [1, 3, 2]);
        assert_eq!(between(&[5, 2, 1], &[3, 2, 1]), [5, 2, 3]);
    }
}
