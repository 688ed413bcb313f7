//! Products with weights.

use std::ops::Range;

use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::SimdOp;
use rten_tensor::{Matrix, NdTensorView};

use super::passes::Dequantise;
use super::rows::{QuantisedView, room};
#[cfg(target_arch = "x86_64")]
use super::vnni::{self, Vnni};
use super::weights::{Array, WeightError, Weights};

/// Outputs are padded to a multiple of this with zeros, so that every pass over a row has whole vectors only.
pub const ALIGNMENT: usize = 64;

/// Multiplies in the way that suits the processor. One for each thread.
#[derive(Default)]
pub struct Gemm {
    whole: GemmExecutor<u8, i8, i32>,
    float: GemmExecutor<f32, f32, f32>,
    products: Vec<i32>,
}

impl Gemm {
    /// Products of each row of `left` with each of `right`: `[left, right]`, into `out`.
    pub fn pairs(&self, left: &[f32], right: &[f32], width: usize, out: &mut [f32]) {
        let left = view(left, left.len() / width, width);
        let right = view(right, right.len() / width, width);
        let (a, b) = (GemmInputA::Unpacked(left), GemmInputB::Unpacked(right.transposed()));
        self.float.gemm(out, a, b, GemmOptions::default()).expect("the shapes agree");
    }
}

/// Weights of 8-bit integers, with a scale for each output, and a bias.
pub struct Linear {
    packed: Packed,
    /// How many outputs there are, without those that pad.
    pub outputs: usize,
    scale: Vec<f32>,
    bias: Vec<f32>,
    /// Of the weights of each output.
    sums: Vec<i32>,
}

/// Weights as what multiplies them reads them.
enum Packed {
    /// For processors with AVX-512 VNNI.
    #[cfg(target_arch = "x86_64")]
    Vnni(Vnni, vnni::Packed),
    /// For any other; rten-gemm has kernels for AVX-512, AVX2, NEON and its successors, and a portable one.
    Other(PackedBMatrix<i8>),
}

/// Weights and a bias of 32-bit floats.
pub struct FloatLinear {
    packed: PackedBMatrix<f32>,
    pub outputs: usize,
    bias: Vec<f32>,
}

/// The weights of a product as they stand in the model.
#[derive(Default)]
pub struct LinearWeights {
    /// `[inputs, outputs]`
    pub(super) weight: Array<i8>,
    pub(super) scale: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

impl LinearWeights {
    /// Takes `name.weight` `[inputs, outputs]`, its scales and its bias.
    pub fn new(weights: &mut Weights, name: &str, inputs: usize) -> Result<Self, WeightError> {
        let weight = weights.bytes(&format!("{name}.weight"))?;
        let outputs = weight.matrix(name, inputs)?;
        let scale = weights.floats(&format!("{name}.weight_scale"))?.of_length(name, outputs)?.values;
        let bias = weights.floats(&format!("{name}.bias"))?.of_length(name, outputs)?.values;
        Ok(Self { weight, scale, bias })
    }

    /// How many outputs there are.
    pub fn count(&self) -> usize {
        self.scale.len()
    }

    /// What some of the outputs need, each of them multiplied by `factor`.
    pub fn outputs(&self, columns: Range<usize>, factor: f32) -> Linear {
        self.packed(columns, factor, Packed::best)
    }

    /// As [`outputs`](Self::outputs), for any processor.
    #[cfg(test)]
    pub fn portable_outputs(&self, columns: Range<usize>, factor: f32) -> Linear {
        self.packed(columns, factor, |weights, scale, _| Packed::other(weights, scale.len()))
    }

    fn packed(&self, columns: Range<usize>, factor: f32, pack: impl Fn(&[i8], &[f32], &[f32]) -> Packed) -> Linear {
        let padded = columns.len().next_multiple_of(ALIGNMENT);
        let pad = |values: &[f32]| {
            let mut values: Vec<f32> = values[columns.clone()].iter().map(|v| v * factor).collect();
            values.resize(padded, 0.0);
            values
        };
        let rows = self.weight.values.chunks_exact(self.scale.len());
        let (mut cut, mut sums) = (vec![0; rows.len() * padded], vec![0; padded]);
        for (to, from) in cut.chunks_exact_mut(padded).zip(rows.clone()) {
            to[..columns.len()].copy_from_slice(&from[columns.clone()]);
            sums.iter_mut().zip(to).for_each(|(sum, weight)| *sum += i32::from(*weight));
        }
        let (scale, bias) = (pad(&self.scale), pad(&self.bias));
        let packed = pack(&cut, &scale, &bias);
        Linear { packed, outputs: columns.len(), scale, bias, sums }
    }
}

impl Packed {
    /// Packs weights, a row for each input, for what this processor is best at.
    fn best(weights: &[i8], scale: &[f32], bias: &[f32]) -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(vnni) = Vnni::detect() {
            return Self::Vnni(vnni, vnni::Packed::new(weights, scale, bias));
        }
        let _ = bias;
        Self::other(weights, scale.len())
    }

    fn other(weights: &[i8], outputs: usize) -> Self {
        Self::Other(Gemm::default().whole.prepack_b(view(weights, weights.len() / outputs, outputs)))
    }
}

impl Linear {
    /// Takes several of them as one, whose outputs stand side by side: the columns of each are returned too.
    pub fn joined(
        weights: &mut Weights,
        names: &[String],
        inputs: usize,
    ) -> Result<(Self, Vec<Range<usize>>), WeightError> {
        let parts =
            names.iter().map(|name| LinearWeights::new(weights, name, inputs)).collect::<Result<Vec<_>, _>>()?;
        let (mut whole, mut columns) = (LinearWeights::default(), Vec::new());
        for part in &parts {
            columns.push(whole.count()..whole.count() + part.count());
            whole.scale.extend(&part.scale);
            whole.bias.extend(&part.bias);
        }
        let row = |row: usize| parts.iter().flat_map(move |p| &p.weight.values[row * p.count()..(row + 1) * p.count()]);
        whole.weight.values = (0..inputs).flat_map(row).copied().collect();
        Ok((whole.outputs(0..whole.count(), 1.0), columns))
    }

    /// Takes `name.weight` `[inputs, outputs]`, its scales and its bias.
    pub fn new(weights: &mut Weights, name: &str, inputs: usize) -> Result<Self, WeightError> {
        let weights = LinearWeights::new(weights, name, inputs)?;
        Ok(weights.outputs(0..weights.count(), 1.0))
    }

    /// Outputs with those that pad: the length of a row of products.
    pub fn width(&self) -> usize {
        self.scale.len()
    }

    /// The outputs of each row, into `out`: a row of [`width`](Self::width) each.
    pub fn run(&self, gemm: &mut Gemm, rows: QuantisedView<'_>, out: &mut [f32]) {
        let count = rows.scales.len();
        debug_assert_eq!(out.len(), count * self.width());
        let packed = match &self.packed {
            #[cfg(target_arch = "x86_64")]
            Packed::Vnni(vnni, packed) => return vnni.run(packed, rows, out),
            Packed::Other(packed) => packed,
        };
        let products = room(&mut gemm.products, count * self.width());
        let (a, b) = (GemmInputA::Unpacked(view(rows.wholes, count, rows.width)), GemmInputB::Packed(packed));
        // Zero points are left to us: rten-gemm 0.27 takes those of the first few rows for all of them.
        gemm.whole.gemm(products, a, b, GemmOptions::default()).expect("the shapes agree");
        let (row_scales, row_zeros, scales, bias) = (rows.scales, rows.zeros, &self.scale, &self.bias);
        Dequantise { products, row_scales, row_zeros, scales, bias, weight_sums: &self.sums, out }.dispatch();
    }
}

impl FloatLinear {
    /// Takes several of them as one, whose outputs stand side by side: of each `name.weight` `[inputs, outputs]` and its
    /// bias. The columns of each are returned too.
    pub fn joined(
        weights: &mut Weights,
        names: &[&str],
        inputs: usize,
    ) -> Result<(Self, Vec<Range<usize>>), WeightError> {
        let (mut parts, mut columns, mut bias) = (Vec::new(), Vec::new(), Vec::new());
        for name in names {
            let weight: Array<f32> = weights.floats(&format!("{name}.weight"))?;
            let outputs = weight.matrix(name, inputs)?;
            columns.push(bias.len()..bias.len() + outputs);
            bias.extend(weights.floats(&format!("{name}.bias"))?.of_length(name, outputs)?.values);
            parts.push((weight.values, outputs));
        }
        let row = |row: usize| parts.iter().flat_map(move |(values, count)| &values[row * count..(row + 1) * count]);
        let weight: Vec<f32> = (0..inputs).flat_map(row).copied().collect();
        let packed = Gemm::default().float.prepack_b(view(&weight, inputs, bias.len()));
        Ok((Self { packed, outputs: bias.len(), bias }, columns))
    }

    pub fn inputs(&self) -> usize {
        self.packed.rows()
    }

    /// Scores of each row, into `out`: a row of `outputs` each.
    pub fn run(&self, gemm: &Gemm, rows: &[f32], out: &mut [f32]) {
        let inputs = self.inputs();
        let count = rows.len() / inputs;
        let options = GemmOptions { bias: Some(BiasVector::Row(&self.bias)), ..GemmOptions::default() };
        let (a, b) = (GemmInputA::Unpacked(view(rows, count, inputs)), GemmInputB::Packed(&self.packed));
        gemm.float.gemm(out, a, b, options).expect("the shapes agree");
    }
}

fn view<T>(values: &[T], rows: usize, columns: usize) -> Matrix<'_, T> {
    NdTensorView::from_data([rows, columns], values)
}
