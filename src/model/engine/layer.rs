//! A transformer's layer.

use std::f32::consts::LOG2_E;
use std::ops::Range;

use rten_simd::SimdOp;

use super::attention::{Attend, HeadScratch, Span};
use super::linear::{Gemm, Linear, LinearWeights};
use super::passes::{AddNormQuantise, GeluQuantise, Norm, Quantise};
use super::rows::{QuantisedRows, room};
use super::weights::{WeightError, Weights};

/// Rows that pass through the feed-forward half at a time: their intermediate values stay in the second-level cache.
const PANEL: usize = 64;
/// Windows attend together until they are this many rows.
const GROUP: usize = 128;

/// Attention and feed-forward, each added to its input and normalised.
pub struct Layer {
    heads: usize,
    queries: Linear,
    keys_values: Linear,
    out: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

/// A row of numbers for each piece or word, and the same quantised.
#[derive(Debug, Default)]
pub struct State {
    rows: usize,
    pub numbers: Vec<f32>,
    pub quantised: QuantisedRows,
}

impl State {
    /// Makes room for `rows` of `width` numbers.
    pub fn resize(&mut self, rows: usize, width: usize) {
        self.rows = rows;
        room(&mut self.numbers, rows * width);
        self.quantised.resize(rows, width);
    }

    /// Takes over the rows of `from` that `picked` numbers.
    pub fn gather(&mut self, from: &Self, picked: &[usize]) {
        let width = from.quantised.width;
        self.resize(picked.len(), width);
        for (to, &row) in self.numbers.chunks_exact_mut(width).zip(picked) {
            to.copy_from_slice(&from.numbers[row * width..(row + 1) * width]);
        }
        self.quantised.gather(&from.quantised, picked);
    }

    /// Numbers of some rows.
    pub fn numbers(&self, rows: Range<usize>) -> &[f32] {
        &self.numbers[rows.start * self.quantised.width..rows.end * self.quantised.width]
    }
}

/// Room for what stands between a layer's products.
#[derive(Debug, Default)]
pub struct LayerScratch {
    queries: Vec<f32>,
    keys_values: Vec<f32>,
    head: HeadScratch,
    /// What a product with the state's width gives.
    narrow: Vec<f32>,
    /// What the product with the inner width gives.
    wide: Vec<f32>,
    /// What attention found.
    found: QuantisedRows,
    inner: QuantisedRows,
}

impl Layer {
    /// Takes the weights whose names begin with `name`. `width` is that of a state, `attended` of all heads together:
    /// multiples of 64, each head's of 16.
    pub fn new(
        weights: &mut Weights,
        name: &str,
        width: usize,
        heads: usize,
        attended: usize,
    ) -> Result<Self, WeightError> {
        let part = |part: &str| format!("{name}.{part}");
        let qkv = LinearWeights::new(weights, &part("qkv"), width)?;
        if qkv.count() != 3 * attended {
            let (found, wanted) = (format!("of {} outputs", qkv.count()), format!("of {}", 3 * attended));
            return Err(WeightError::Unexpected { name: part("qkv"), found, wanted });
        }
        let (queries, keys_values) = (qkv.outputs(0..attended, LOG2_E), qkv.outputs(attended..3 * attended, 1.0));
        let up = Linear::new(weights, &part("up"), width)?;
        Ok(Self {
            heads,
            queries,
            keys_values,
            out: Linear::new(weights, &part("out"), attended)?,
            norm1: Norm::new(weights, &part("norm1"), width)?,
            down: Linear::new(weights, &part("down"), up.outputs)?,
            up,
            norm2: Norm::new(weights, &part("norm2"), width)?,
        })
    }

    /// Lets every row attend to its window, and brings the state on by a layer.
    pub fn run(&self, gemm: &mut Gemm, state: &mut State, spans: &[Span], scratch: &mut LayerScratch) {
        self.attend(gemm, &state.quantised, &state.quantised, spans, scratch);
        self.add(gemm, state, scratch);
    }

    /// As [`run`](Self::run), for some rows only, which attend to all.
    pub fn run_some(&self, gemm: &mut Gemm, all: &State, some: &mut State, spans: &[Span], scratch: &mut LayerScratch) {
        self.attend(gemm, &all.quantised, &some.quantised, spans, scratch);
        self.add(gemm, some, scratch);
    }

    /// Leaves in `scratch.found` what the queries' rows find in the keys' rows.
    fn attend(
        &self,
        gemm: &mut Gemm,
        keys: &QuantisedRows,
        queries: &QuantisedRows,
        spans: &[Span],
        scratch: &mut LayerScratch,
    ) {
        let width = self.queries.width();
        let LayerScratch { queries: query_rows, keys_values: key_rows, head, narrow, found, .. } = scratch;
        found.resize(spans.last().map_or(0, |s| s.queries.end), width);
        let mut rest = spans;
        while let Some(first) = rest.first() {
            let fits = |span: &&Span| span.keys.end - first.keys.start <= GROUP;
            let (group, after) = rest.split_at(1 + rest[1..].iter().take_while(fits).count());
            let end = group.last().unwrap_or(first);
            let (from_queries, from_keys) = (first.queries.start..end.queries.end, first.keys.start..end.keys.end);
            let query_rows = room(query_rows, from_queries.len() * width);
            self.queries.run(gemm, queries.rows(from_queries.clone()), query_rows);
            let key_rows = room(key_rows, from_keys.len() * 2 * width);
            self.keys_values.run(gemm, keys.rows(from_keys), key_rows);
            let out = room(narrow, from_queries.len() * width);
            let (queries, keys_values, heads) = (&*query_rows, &*key_rows, self.heads);
            Attend { queries, keys_values, width, heads, spans: group, out }.run(head);
            Quantise { rows: out, out: found, first: from_queries.start }.dispatch();
            rest = after;
        }
    }

    /// Adds what attention found to the state, and what the feed-forward half makes of that.
    fn add(&self, gemm: &mut Gemm, state: &mut State, scratch: &mut LayerScratch) {
        let LayerScratch { narrow, wide, found, inner, .. } = scratch;
        let (width, inner_width) = (self.out.width(), self.up.width());
        let State { numbers, quantised, rows } = state;
        for first in (0..*rows).step_by(PANEL) {
            let panel = first..(*rows).min(first + PANEL);
            let count = panel.len();
            let state = &mut numbers[panel.start * width..panel.end * width];
            let narrow = room(narrow, count * width);
            self.out.run(gemm, found.rows(panel.clone()), narrow);
            AddNormQuantise { added: narrow, norm: &self.norm1, state, out: quantised, first }.dispatch();

            let wide = room(wide, count * inner_width);
            self.up.run(gemm, quantised.rows(panel), wide);
            inner.resize(count, inner_width);
            GeluQuantise { rows: wide, out: inner }.dispatch();
            self.down.run(gemm, inner.rows(0..count), narrow);
            AddNormQuantise { added: narrow, norm: &self.norm2, state, out: quantised, first }.dispatch();
        }
    }
}
