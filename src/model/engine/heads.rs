//! The heads: scores of each word, from the states of the words.

use std::ops::Range;

use rten_simd::SimdOp;

use super::layer::State;
use super::linear::{ALIGNMENT, FloatLinear, Gemm, Linear};
use super::passes::{Gelu, GeluQuantise};
use super::rows::{QuantisedRows, QuantisedView, room};
use super::weights::{WeightError, Weights};
use crate::model::scores::{Matrix, Scores};

/// The heads that give each word a tag, in the order of their columns.
const TAGS: [&str; 4] = ["mention", "upos", "xpos", "title"];

/// Tags by one product for all of them, arcs and labels of the tree by two on each side.
pub struct Heads {
    tags: FloatLinear,
    /// The columns of each kind of tag.
    columns: [Range<usize>; TAGS.len()],
    arc_dependent: Linear,
    arc: Linear,
    arc_head: Linear,
    label_dependent: Linear,
    label: Linear,
    label_head: Linear,
}

/// Room for the heads of one window.
#[derive(Debug, Default)]
pub struct HeadsScratch {
    side: Side,
    arc_dependents: Vec<f32>,
    arc_heads: Vec<f32>,
    tags: Vec<f32>,
    arcs: Vec<f32>,
    label_dependents: Vec<f32>,
    label_heads: Vec<f32>,
}

impl Heads {
    pub fn new(weights: &mut Weights, width: usize) -> Result<Self, WeightError> {
        let arc_dependent = Linear::new(weights, "arc_dependent", width)?;
        let label_dependent = Linear::new(weights, "label_dependent", width)?;
        let label_head = Linear::new(weights, "label_head", width)?;
        if label_head.outputs != label_head.width() {
            let (found, wanted) = (format!("of {} outputs", label_head.outputs), format!("a multiple of {ALIGNMENT}"));
            return Err(WeightError::Unexpected { name: "label_head".to_owned(), found, wanted });
        }
        let (tags, columns) = FloatLinear::joined(weights, &TAGS, width)?;
        Ok(Self {
            tags,
            columns: std::array::from_fn(|i| columns[i].clone()),
            arc: Linear::new(weights, "arc", arc_dependent.outputs)?,
            arc_dependent,
            arc_head: Linear::new(weights, "arc_head", width)?,
            label: Linear::new(weights, "label", label_dependent.outputs)?,
            label_dependent,
            label_head,
        })
    }

    /// Scores a window's words: `states` has a row for the root, then one for each word.
    pub fn run<'s>(
        &self,
        gemm: &mut Gemm,
        states: &State,
        rows: Range<usize>,
        scratch: &'s mut HeadsScratch,
    ) -> Scores<'s> {
        let HeadsScratch { side, arc_dependents, arc_heads, .. } = scratch;
        let words = rows.start + 1..rows.end;
        let (count, rooted) = (words.len(), states.quantised.rows(rows.clone()));
        let tags = room(&mut scratch.tags, count * self.tags.outputs);
        self.tags.run(gemm, states.numbers(words), tags);
        let tags: &[f32] = tags;
        let [mention, upos, xpos, title] = self.columns.each_ref().map(|columns| {
            Matrix::padded(tags.get(columns.start..).unwrap_or_default(), columns.len(), self.tags.outputs)
        });

        let label_dependents = room(&mut scratch.label_dependents, count * self.label.width());
        side.twice(gemm, &self.label_dependent, &self.label, rooted.after(1), label_dependents);
        let arc_dependents = room(arc_dependents, count * self.arc.width());
        side.twice(gemm, &self.arc_dependent, &self.arc, rooted.after(1), arc_dependents);

        let label_heads = room(&mut scratch.label_heads, rows.len() * self.label_head.width());
        once(gemm, &self.label_head, rooted, label_heads);
        let arc_heads = room(arc_heads, rows.len() * self.arc_head.width());
        once(gemm, &self.arc_head, rooted, arc_heads);
        let arcs = room(&mut scratch.arcs, count * rows.len());
        gemm.pairs(arc_dependents, arc_heads, self.arc.width(), arcs);

        Scores {
            mention,
            upos,
            xpos,
            title,
            arcs: Matrix::new(arcs, rows.len()),
            label_dependents: Matrix::padded(label_dependents, self.label.outputs, self.label.width()),
            label_heads: Matrix::padded(label_heads, self.label_head.outputs, self.label_head.width()),
        }
    }
}

/// Room for one side of a product of two, between its own two products.
#[derive(Debug, Default)]
pub(super) struct Side {
    values: Vec<f32>,
    quantised: QuantisedRows,
}

impl Side {
    /// `second(gelu(first(rows)))`, into `out`: of a biaffine, the words that depend.
    pub(super) fn twice(
        &mut self,
        gemm: &mut Gemm,
        first: &Linear,
        second: &Linear,
        rows: QuantisedView<'_>,
        out: &mut [f32],
    ) {
        let count = rows.scales.len();
        let values = room(&mut self.values, count * first.width());
        first.run(gemm, rows, values);
        self.quantised.resize(count, first.width());
        GeluQuantise { rows: values, out: &mut self.quantised }.dispatch();
        second.run(gemm, self.quantised.rows(0..count), out);
    }
}

/// `gelu(linear(rows))`, into `out`: of a biaffine, the words that others depend on.
pub(super) fn once(gemm: &mut Gemm, linear: &Linear, rows: QuantisedView<'_>, out: &mut [f32]) {
    linear.run(gemm, rows, out);
    Gelu(out).dispatch();
}
