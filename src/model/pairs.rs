//! The relation head: which types hold from one mention to another, and the word that says so.
//!
//! The network gives a few rows of numbers a word (`RelationRows`); the pairs of a window are scored here. A pair asks
//! each word of its sentence with the sum of its ends' queries; what the words answer, weighted by how well they fit,
//! joins the ends' own vectors (`training/heads.py` has the same sum, and `parity` compares them).

use std::ops::Range;

use super::engine::weights::{WeightError, Weights};
use super::labels::MentionType;
use super::scores::{Matrix, RelationRows};

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

/// What the head says of a pair: the probability of each type, and the row that says it best, if any does.
#[derive(Debug)]
pub struct PairScores {
    pub probabilities: Vec<f32>,
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

    fn rows(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }
}

/// The part of the head that works on pairs.
pub struct PairHead {
    subject_kind: Table,
    object_kind: Table,
    subject_form: Table,
    object_form: Table,
    distance: Table,
    types: Table,
    bias: Vec<f32>,
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
}

impl PairHead {
    /// Takes the head's tables; `types` is how many types the model names.
    pub fn new(weights: &mut Weights, types: usize) -> Result<Self, WeightError> {
        let kinds = MentionType::ALL.len() - 1 + 2; // dates are no mentions here
        let mut table = |name: &str, rows: usize| {
            let name = format!("relations.{name}.weight");
            let found = weights.floats(&name)?;
            let width = found.matrix(&name, rows)?;
            Ok::<_, WeightError>(Table { values: found.values, width })
        };
        let head = Self {
            subject_kind: table("subject_kind", kinds)?,
            object_kind: table("object_kind", kinds)?,
            subject_form: table("subject_form", 3)?,
            object_form: table("object_form", 3)?,
            distance: table("distance", DISTANCES)?,
            types: table("types", types)?,
            bias: weights.floats("relations.types.bias")?.of_length("relations.types.bias", types)?.values,
            path: weights.floats("relations.path")?.of_length("relations.path", 1)?.values[0],
        };
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
                add(&mut vector, kinds.row(mention.kind.index()), 1.0);
                add(&mut vector, forms.row(mention.form as usize), 1.0);
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
    pub fn score(&self, subject: usize, object: usize, seen: Range<usize>, path: &[usize]) -> PairScores {
        let (key, value) = (self.rows.key, self.rows.value);
        let mut query = self.subject_queries[subject].clone();
        add(&mut query, &self.object_queries[object], 1.0);
        query.iter_mut().for_each(|x| *x = gelu(*x));
        let scale = 1.0 / (query.len() as f32).sqrt();
        // The root's row comes first: no word says it.
        let asked = std::iter::once(0).chain(seen.start + 1..seen.end + 1);
        let mut fits: Vec<(usize, f32)> = asked.map(|row| (row, dot(&query, key.row(row)) * scale)).collect();
        path.iter().for_each(|row| fits[1 + row - seen.start].1 += self.head.path);
        let most = fits.iter().map(|f| f.1).fold(f32::NEG_INFINITY, f32::max);
        let sum: f32 = fits.iter().map(|f| (f.1 - most).exp()).sum();

        let mut hidden = self.subjects[subject].clone();
        add(&mut hidden, &self.objects[object], 1.0);
        let apart = distance(self.mentions[subject].first, self.mentions[object].first);
        add(&mut hidden, self.head.distance.row(apart), 1.0);
        let mut best = (0, 0.0);
        for &(row, fit) in &fits {
            let weight = (fit - most).exp() / sum;
            if weight > best.1 {
                best = (row, weight);
            }
            if weight > 1e-4 {
                add(&mut hidden, value.row(row), weight);
            }
        }
        hidden.iter_mut().for_each(|x| *x = gelu(*x));
        let types = &self.head.types;
        let probabilities =
            (0..types.rows()).map(|t| sigmoid(dot(&hidden, types.row(t)) + self.head.bias[t])).collect();
        PairScores { probabilities, trigger: best.0.checked_sub(1) }
    }
}

fn add(sum: &mut [f32], other: &[f32], weight: f32) {
    sum.iter_mut().zip(other).for_each(|(a, b)| *a += weight * b);
}

/// Sum of products, in eight lanes that the compiler can keep side by side.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 8];
    let (left, right) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = left.remainder().iter().zip(right.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in left.zip(right) {
        for lane in 0..8 {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    lanes.iter().sum::<f32>() + rest
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// Gaussian error linear unit; the error function after Abramowitz and Stegun 7.1.26, right to 1.5e-7.
fn gelu(x: f32) -> f32 {
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let series = t * (0.254_829_6 + t * (-0.284_496_72 + t * (1.421_413_8 + t * (-1.453_152 + t * 1.061_405_4))));
    let erf = 1.0 - series * (-z * z).exp();
    0.5 * x * (1.0 + if x < 0.0 { -erf } else { erf })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_activation_is_the_gaussian_error_linear_unit() {
        for (x, wanted) in
            [(-3.0, -0.004_049_69), (-0.5, -0.154_268_8), (0.0, 0.0), (1.0, 0.841_344_8), (4.0, 3.999_873)]
        {
            assert!((gelu(x) - wanted).abs() < 1e-5, "{x}: {}", gelu(x));
        }
    }

    #[test]
    fn distances_tell_direction_and_length() {
        assert_eq!([distance(5, 7), distance(7, 5), distance(0, 8), distance(30, 9)], [0, 4, 1, 7]);
    }
}
