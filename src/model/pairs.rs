//! The relation head: which types hold from one mention to another, and the word that says so.
//!
//! The network gives a few rows of numbers a word (`RelationRows`); the pairs of a window are scored here. A pair asks
//! each word of its sentence with the sum of its ends' queries; what the words answer, weighted by how well they fit,
//! joins the ends' own vectors (`training/heads.py` has the same sum, and `parity` compares them).

use std::ops::Range;

use rten_simd::SimdOp;

use self::ask::Ask;
use super::decode::argmax;
use super::engine::weights::{WeightError, Weights};
use super::labels::MentionType;
use super::scores::{Matrix, RelationRows};

mod ask;

/// The longest vectors that a processor may have, in numbers: rows are whole multiples of it.
const LANES: usize = 16;

/// What a mention is, as far as the head is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Entity(MentionType),
    /// A title of office.
    Title,
    /// Not told: a pronoun or a description before it is traced to its entity.
    Unknown,
}

/// How a mention names what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Name,
    Nominal,
    Pronoun,
}

/// A mention as the head sees it, by rows of the window.
#[derive(Clone, Copy, Debug)]
pub struct Mention {
    pub first: usize,
    pub last: usize,
    pub kind: Kind,
    pub form: Form,
}

/// What the head says of a pair: the score of each type, which is the log odds that it holds, and the row that says it
/// best, if any does.
#[derive(Debug)]
pub struct PairScores<'a> {
    pub types: &'a [f32],
    pub trigger: Option<usize>,
}

/// Rows of a table of the head.
struct Table {
    values: Vec<f32>,
    width: usize,
}

impl Table {
    fn row(&self, index: usize) -> &[f32] {
        &self.values[index * self.width..][..self.width]
    }

    /// The table on its side, each row of the result padded with zeros to whole vectors.
    fn transposed(&self, padded: usize) -> Vec<f32> {
        let mut out = vec![0.0; self.width * padded];
        for (row, values) in self.values.chunks_exact(self.width).enumerate() {
            values.iter().enumerate().for_each(|(column, value)| out[column * padded + row] = *value);
        }
        out
    }
}

/// The part of the head that works on pairs.
pub struct PairHead {
    subject_kind: Table,
    object_kind: Table,
    subject_form: Table,
    object_form: Table,
    distance: Table,
    /// `[hidden, types]`, padded as the bias is.
    types: Vec<f32>,
    bias: Vec<f32>,
    /// How many types there are.
    count: usize,
    /// Added to a word's fit where the word is on the way between the ends in the sentence's tree.
    path: f32,
}

/// The mentions' own vectors of one window.
pub struct Ends<'a> {
    head: &'a PairHead,
    rows: &'a RelationRows<'a>,
    mentions: Vec<Mention>,
    subjects: Vec<Vec<f32>>,
    objects: Vec<Vec<f32>>,
    subject_queries: Vec<Vec<f32>>,
    object_queries: Vec<Vec<f32>>,
    room: Room,
}

/// Room for one pair.
#[derive(Default)]
struct Room {
    query: Vec<f32>,
    hidden: Vec<f32>,
    asked: Vec<usize>,
    weights: Vec<f32>,
    scores: Vec<f32>,
}

impl PairHead {
    /// Takes the head's tables; `types` is how many types the model names.
    pub fn new(weights: &mut Weights, types: usize) -> Result<Self, WeightError> {
        let kinds = MentionType::ALL.len() - 1 + 2; // dates are no mentions here
        let mut table = |name: &str, rows: usize| {
            let name = format!("relations.{name}.weight");
            let found = weights.floats(&name)?;
            let width = found.matrix(&name, rows)?;
            if !width.is_multiple_of(LANES) {
                let (found, wanted) = (width.to_string(), format!("a multiple of {LANES} wide"));
                return Err(WeightError::Unexpected { name, found, wanted });
            }
            Ok::<_, WeightError>(Table { values: found.values, width })
        };
        let by_type = table("types", types)?;
        let padded = types.next_multiple_of(LANES);
        let mut head = Self {
            subject_kind: table("subject_kind", kinds)?,
            object_kind: table("object_kind", kinds)?,
            subject_form: table("subject_form", 3)?,
            object_form: table("object_form", 3)?,
            distance: table("distance", DISTANCES)?,
            types: by_type.transposed(padded),
            count: types,
            bias: weights.floats("relations.types.bias")?.of_length("relations.types.bias", types)?.values,
            path: weights.floats("relations.path")?.of_length("relations.path", 1)?.values[0],
        };
        head.bias.resize(padded, 0.0);
        Ok(head)
    }

    /// Prepares the mentions of a window.
    pub fn ends<'a>(&'a self, rows: &'a RelationRows<'a>, mentions: Vec<Mention>) -> Ends<'a> {
        let mean = |rows: Matrix<'_>, mention: &Mention| -> Vec<f32> {
            rows.row(mention.first).iter().zip(rows.row(mention.last)).map(|(a, b)| (a + b) / 2.0).collect()
        };
        let vectors = |rows: Matrix<'_>, kinds: &Table, forms: &Table| -> Vec<Vec<f32>> {
            let of = |mention: &Mention| {
                let mut vector = mean(rows, mention);
                add(&mut vector, kinds.row(mention.kind.index()));
                add(&mut vector, forms.row(mention.form as usize));
                vector
            };
            mentions.iter().map(of).collect()
        };
        Ends {
            subjects: vectors(rows.subject, &self.subject_kind, &self.subject_form),
            objects: vectors(rows.object, &self.object_kind, &self.object_form),
            subject_queries: mentions.iter().map(|m| mean(rows.subject_query, m)).collect(),
            object_queries: mentions.iter().map(|m| mean(rows.object_query, m)).collect(),
            head: self,
            rows,
            mentions,
            room: Room::default(),
        }
    }
}

impl Kind {
    /// Row of the kinds' tables; the order is that of `KINDS` in `training/passages.py`.
    fn index(self) -> usize {
        match self {
            Self::Entity(MentionType::Person) => 0,
            Self::Entity(MentionType::Organization) => 1,
            Self::Entity(MentionType::Location) => 2,
            Self::Entity(MentionType::Facility) => 3,
            Self::Entity(MentionType::Norp) => 4,
            Self::Entity(MentionType::Product) => 5,
            Self::Entity(MentionType::Misc) => 6,
            Self::Entity(MentionType::Money) => 7,
            Self::Title => 8,
            Self::Entity(MentionType::Date) | Self::Unknown => 9,
        }
    }
}

/// Classes of the way between two mentions.
const DISTANCES: usize = 8;

/// Class of the way from one mention's first word to the other's: its direction, and its length in words.
fn distance(first: usize, second: usize) -> usize {
    let length = match first.abs_diff(second) {
        0..=3 => 0,
        4..=8 => 1,
        9..=20 => 2,
        _ => 3,
    };
    if second < first { 4 + length } else { length }
}

impl Ends<'_> {
    /// Scores the pair of mentions, which may ask the words of the window's rows `seen`; `path` are the rows on the way
    /// between the two in the sentence's tree.
    pub fn score(&mut self, subject: usize, object: usize, seen: Range<usize>, path: &[usize]) -> PairScores<'_> {
        let (head, rows) = (self.head, self.rows);
        let Room { query, hidden, asked, weights, scores } = &mut self.room;
        sum_into(query, &self.subject_queries[subject], &self.object_queries[object]);
        sum_into(hidden, &self.subjects[subject], &self.objects[object]);
        let apart = distance(self.mentions[subject].first, self.mentions[object].first);
        add(hidden, head.distance.row(apart));
        // The root's row comes first: no word says it.
        asked.clear();
        asked.extend(std::iter::once(0).chain(seen.start + 1..seen.end + 1));
        weights.clear();
        weights.resize(asked.len(), 0.0);
        path.iter().for_each(|row| weights[1 + row - seen.start] += head.path);
        weights.resize(asked.len().next_multiple_of(LANES), f32::NEG_INFINITY);
        scores.clone_from(&head.bias);
        Ask { query, hidden, keys: rows.key, values: rows.value, asked, weights, types: &head.types, scores }
            .dispatch();
        let best = argmax(&weights[..asked.len()]);
        PairScores { types: &scores[..head.count], trigger: asked[best].checked_sub(1) }
    }
}

fn add(sum: &mut [f32], other: &[f32]) {
    sum.iter_mut().zip(other).for_each(|(a, b)| *a += b);
}

fn sum_into(sum: &mut Vec<f32>, one: &[f32], other: &[f32]) {
    sum.clear();
    sum.extend(one.iter().zip(other).map(|(a, b)| a + b));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_tell_direction_and_length() {
        assert_eq!([distance(5, 7), distance(7, 5), distance(0, 8), distance(30, 9)], [0, 4, 1, 7]);
    }
}
