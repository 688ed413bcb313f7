//! The heads that facts are read with: antecedents, and what the relation head knows of each word. They are asked of the
//! words that may stand in a fact alone, once tags and trees have told which these are.

use std::ops::Range;

use super::heads::{Side, once};
use super::layer::State;
use super::linear::{Gemm, Linear};
use super::rows::{QuantisedRows, room};
use super::weights::{WeightError, Weights};
use crate::model::scores::{Matrix, RelationRows};

/// Parts of the relation head that are products with the state of an end of a pair, in the order of their columns.
const END_PARTS: [&str; 4] = ["subject", "object", "subject_query", "object_query"];
/// Those with the state of a word that a pair asks.
const WORD_PARTS: [&str; 2] = ["key", "value"];

pub struct FactHeads {
    anaphor: Linear,
    antecedent: Linear,
    antecedents: Linear,
    ends: Joined<{ END_PARTS.len() }>,
    words: Joined<{ WORD_PARTS.len() }>,
}

/// Several products in one, and the columns of each.
struct Joined<const N: usize> {
    product: Linear,
    columns: [Range<usize>; N],
}

/// Room for these heads of one window.
#[derive(Debug, Default)]
pub struct FactScratch {
    side: Side,
    picked: Vec<usize>,
    states: QuantisedRows,
    anaphors: Vec<f32>,
    candidates: Vec<f32>,
    antecedents: Vec<f32>,
    found: Vec<f32>,
    ends: Vec<f32>,
    words: Vec<f32>,
}

impl FactHeads {
    pub fn new(weights: &mut Weights, width: usize) -> Result<Self, WeightError> {
        let anaphor = Linear::new(weights, "antecedents.anaphor", width)?;
        Ok(Self {
            antecedents: Linear::new(weights, "antecedents.product", anaphor.outputs)?,
            anaphor,
            antecedent: Linear::new(weights, "antecedents.antecedent", width)?,
            ends: Joined::new(weights, END_PARTS, width)?,
            words: Joined::new(weights, WORD_PARTS, width)?,
        })
    }
}

impl<const N: usize> Joined<N> {
    fn new(weights: &mut Weights, parts: [&str; N], width: usize) -> Result<Self, WeightError> {
        let (product, columns) = Linear::joined(weights, &parts.map(|part| format!("relations.{part}")), width)?;
        Ok(Self { product, columns: std::array::from_fn(|i| columns[i].clone()) })
    }

    /// The parts of `values`, which are rows of the product.
    fn parts<'a>(&self, values: &'a [f32]) -> [Matrix<'a>; N] {
        let part = |columns: &Range<usize>| {
            Matrix::padded(values.get(columns.start..).unwrap_or_default(), columns.len(), self.product.width())
        };
        self.columns.each_ref().map(part)
    }
}

/// These heads over the states of one window, whose words are told by their number.
pub struct FactReader<'a> {
    heads: &'a FactHeads,
    gemm: &'a mut Gemm,
    states: &'a State,
    /// Of the window: the root's, then one for each word.
    rows: Range<usize>,
    scratch: &'a mut FactScratch,
}

impl<'a> FactReader<'a> {
    pub fn new(
        heads: &'a FactHeads,
        gemm: &'a mut Gemm,
        states: &'a State,
        rows: Range<usize>,
        scratch: &'a mut FactScratch,
    ) -> Self {
        Self { heads, gemm, states, rows, scratch }
    }

    /// How well each of `candidates` fits as what each of `anaphors` refers back to: a row for each anaphor, with none of
    /// them in the first column.
    pub fn antecedents(&mut self, anaphors: &[usize], candidates: &[usize]) -> Matrix<'_> {
        let Self { heads, gemm, states, rows, scratch } = self;
        let FactScratch { side, picked, states: own, anaphors: left, candidates: right, antecedents, .. } = scratch;
        let width = heads.antecedents.width();
        pick(picked, rows, anaphors);
        own.gather(&states.quantised, picked);
        let left = room(left, anaphors.len() * width);
        side.twice(gemm, &heads.anaphor, &heads.antecedents, own.rows(0..anaphors.len()), left);
        pick(picked, rows, candidates);
        picked.insert(0, rows.start);
        own.gather(&states.quantised, picked);
        let right = room(right, picked.len() * width);
        once(gemm, &heads.antecedent, own.rows(0..picked.len()), right);
        let out = room(antecedents, anaphors.len() * picked.len());
        gemm.pairs(left, right, width, out);
        Matrix::new(out, picked.len())
    }

    /// What the relation head knows of `ends` as ends of pairs, and of all words as those that say what holds between
    /// them. The rows of words that are no ends mean nothing.
    pub fn relations(&mut self, ends: &[usize]) -> RelationRows<'_> {
        let Self { heads, gemm, states, rows, scratch } = self;
        let FactScratch { picked, states: own, found, ends: end_rows, words, .. } = scratch;
        pick(picked, rows, ends);
        own.gather(&states.quantised, picked);
        let width = heads.ends.product.width();
        let found = room(found, ends.len() * width);
        heads.ends.product.run(gemm, own.rows(0..ends.len()), found);
        let end_rows = room(end_rows, (rows.len() - 1) * width);
        for (row, &end) in found.chunks_exact(width).zip(ends) {
            end_rows[end * width..(end + 1) * width].copy_from_slice(row);
        }
        let words = room(words, rows.len() * heads.words.product.width());
        heads.words.product.run(gemm, states.quantised.rows(rows.clone()), words);
        let [subject, object, subject_query, object_query] = heads.ends.parts(end_rows);
        let [key, value] = heads.words.parts(words);
        RelationRows { subject, object, subject_query, object_query, key, value }
    }
}

/// The rows of words of the window that `rows` are.
fn pick(picked: &mut Vec<usize>, rows: &Range<usize>, words: &[usize]) {
    picked.clear();
    picked.extend(words.iter().map(|word| rows.start + 1 + word));
}
