//! What a pair of mentions asks the words, and what it makes of their answers, with the processor's vectors.

use rten_simd::ops::{BitOps, NumOps};
use rten_simd::{Isa, SimdOp};

use crate::model::engine::vector::{add_scaled, dot, exp2, gelu_row};
use crate::model::scores::Matrix;

/// Answers with less weight than this are left out.
const LEAST_WEIGHT: f32 = 1e-4;

/// One pair's question. All rows are whole multiples of [`LANES`](super::LANES).
pub struct Ask<'a> {
    /// The sum of the ends' queries.
    pub query: &'a mut [f32],
    /// The sum of the ends' own vectors.
    pub hidden: &'a mut [f32],
    pub keys: Matrix<'a>,
    pub values: Matrix<'a>,
    /// The rows of `keys` and `values` that are asked.
    pub asked: &'a [usize],
    /// What is added to the fit of each of them; in the end their weights. What pads it is negative infinity.
    pub weights: &'a mut [f32],
    /// `[hidden, types]`
    pub types: &'a [f32],
    /// The types' biases; in the end their scores.
    pub scores: &'a mut [f32],
}

impl SimdOp for Ask<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        gelu_row(isa, self.query);
        let scale = 1.0 / (self.query.len() as f32).sqrt();
        for (weight, &row) in self.weights.iter_mut().zip(self.asked) {
            *weight += dot(isa, self.query, self.keys.row(row)) * scale;
        }
        softmax(isa, self.weights);
        for (&weight, &row) in self.weights.iter().zip(self.asked) {
            if weight > LEAST_WEIGHT {
                add_scaled(isa, self.hidden, self.values.row(row), weight);
            }
        }
        gelu_row(isa, self.hidden);
        for (&x, row) in self.hidden.iter().zip(self.types.chunks_exact(self.scores.len())) {
            add_scaled(isa, self.scores, row, x);
        }
    }
}

#[inline(always)]
fn softmax<I: Isa>(isa: I, row: &mut [f32]) {
    let ops = isa.f32();
    let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let (most, scale) = (ops.splat(most), ops.splat(std::f32::consts::LOG2_E));
    let mut sum = ops.zero();
    for x in row.chunks_exact_mut(ops.len()) {
        let power = exp2(isa, ops.mul(ops.sub(ops.load(x), most), scale));
        sum = ops.add(sum, power);
        ops.store(power, x);
    }
    let inverse = ops.splat(1.0 / ops.sum(sum));
    for x in row.chunks_exact_mut(ops.len()) {
        ops.store(ops.mul(ops.load(x), inverse), x);
    }
}
