//! Passes over rows that the processor does with vectors: what stands between two products is done in one pass.
//!
//! Each is written once and compiled for every kind of vector (AVX-512, AVX2, NEON, and what any processor has); the
//! best that the processor has is chosen at run time. Rows are whole multiples of [`ALIGNMENT`](super::linear::ALIGNMENT).

use rten_simd::ops::{BitOps, NumOps, ToFloat};
use rten_simd::{Isa, SimdOp};

use super::rows::QuantisedRows;
use super::vector::{gelu_row, normalise, quantise};
use super::weights::{WeightError, Weights};

/// Layer normalisation over rows of `weight.len()`.
pub struct Norm {
    pub weight: Vec<f32>,
    pub bias: Vec<f32>,
}

impl Norm {
    /// Takes `name.weight` and `name.bias`.
    pub fn new(weights: &mut Weights, name: &str, width: usize) -> Result<Self, WeightError> {
        let weight = weights.floats(&format!("{name}.weight"))?.of_length(name, width)?.values;
        let bias = weights.floats(&format!("{name}.bias"))?.of_length(name, width)?.values;
        Ok(Self { weight, bias })
    }
}

/// Sums of products of quantised rows with quantised weights as numbers.
pub struct Dequantise<'a> {
    pub products: &'a [i32],
    /// For each row.
    pub row_scales: &'a [f32],
    pub row_zeros: &'a [u8],
    /// For each column.
    pub scales: &'a [f32],
    pub bias: &'a [f32],
    /// Sum of a column's weights: what each step of the zero point adds to a product.
    pub weight_sums: &'a [i32],
    pub out: &'a mut [f32],
}

impl SimdOp for Dequantise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let (ops, int) = (isa.f32(), isa.i32());
        let (lanes, width) = (ops.len(), self.scales.len());
        let rows = self.products.chunks_exact(width).zip(self.out.chunks_exact_mut(width));
        for ((products, out), (&row_scale, &zero)) in rows.zip(self.row_scales.iter().zip(self.row_zeros)) {
            let (row_scale, zero) = (ops.splat(row_scale), int.splat(zero.into()));
            let columns = self.scales.chunks_exact(lanes).zip(self.bias.chunks_exact(lanes));
            let values = products.chunks_exact(lanes).zip(out.chunks_exact_mut(lanes));
            for (((product, out), (scale, bias)), sum) in values.zip(columns).zip(self.weight_sums.chunks_exact(lanes))
            {
                let whole = int.sub(int.load(product), int.mul(zero, int.load(sum)));
                let scale = ops.mul(row_scale, ops.load(scale));
                ops.store(ops.mul_add(int.to_float(whole), scale, ops.load(bias)), out);
            }
        }
    }
}

/// Rows through GELU, in place.
pub struct Gelu<'a>(pub &'a mut [f32]);

impl SimdOp for Gelu<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        gelu_row(isa, self.0);
    }
}

/// Rows through GELU, in place, and quantised for the next product.
pub struct GeluQuantise<'a> {
    pub rows: &'a mut [f32],
    pub out: &'a mut QuantisedRows,
}

impl SimdOp for GeluQuantise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        for (i, row) in self.rows.chunks_exact_mut(self.out.width).enumerate() {
            gelu_row(isa, row);
            quantise(isa, row, self.out, i);
        }
    }
}

/// Rows added to the state, which is normalised, and quantised for the products to come: into the rows of `out` from
/// `first` on.
pub struct AddNormQuantise<'a> {
    pub added: &'a [f32],
    pub norm: &'a Norm,
    pub state: &'a mut [f32],
    pub out: &'a mut QuantisedRows,
    pub first: usize,
}

impl SimdOp for AddNormQuantise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let ops = isa.f32();
        let width = self.out.width;
        for (i, (state, added)) in self.state.chunks_exact_mut(width).zip(self.added.chunks_exact(width)).enumerate() {
            for (state, added) in state.chunks_exact_mut(ops.len()).zip(added.chunks_exact(ops.len())) {
                ops.store(ops.add(ops.load(state), ops.load(added)), state);
            }
            normalise(isa, state, self.norm);
            quantise(isa, state, self.out, self.first + i);
        }
    }
}

/// Rows normalised in place and quantised.
pub struct NormQuantise<'a> {
    pub norm: &'a Norm,
    pub state: &'a mut [f32],
    pub out: &'a mut QuantisedRows,
}

impl SimdOp for NormQuantise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        for (i, state) in self.state.chunks_exact_mut(self.norm.weight.len()).enumerate() {
            normalise(isa, state, self.norm);
            quantise(isa, state, self.out, i);
        }
    }
}

/// Rows quantised.
pub struct Quantise<'a> {
    pub rows: &'a [f32],
    pub out: &'a mut QuantisedRows,
    pub first: usize,
}

impl SimdOp for Quantise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        for (i, row) in self.rows.chunks_exact(self.out.width).enumerate() {
            quantise(isa, row, self.out, self.first + i);
        }
    }
}
