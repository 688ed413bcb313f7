//! Products of quantised rows with weights.

use std::arch::x86_64::{
    __m512, __m512i, _mm512_cvtepi32_ps, _mm512_dpbusd_epi32, _mm512_fmadd_ps, _mm512_mul_ps, _mm512_mullo_epi32,
    _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_si512,
};

use bytemuck::must_cast;

use crate::model::engine::rows::QuantisedView;

/// Columns that are summed together: two vectors.
const COLUMNS: usize = 32;
/// Rows that are summed together.
const ROWS: usize = 8;

/// Weights `[inputs, outputs]` as the kernel reads them.
pub struct Packed {
    inputs: usize,
    /// For each 32 columns, for each 4 inputs: the 4 weights of each column, side by side.
    panels: Vec<[__m512i; 2]>,
    /// Sum of each column, less than 0: what each step of a zero point takes from the products.
    offsets: Vec<[__m512i; 2]>,
    scales: Vec<[__m512; 2]>,
    bias: Vec<[__m512; 2]>,
}

impl Packed {
    /// `weights` has a row for each input; both sizes are whole multiples of 32.
    pub fn new(weights: &[i8], scales: &[f32], bias: &[f32]) -> Self {
        let outputs = scales.len();
        let inputs = weights.len() / outputs;
        let (mut panels, mut offsets) = (Vec::with_capacity(weights.len() / 128), Vec::new());
        for column in (0..outputs).step_by(COLUMNS) {
            let mut offset = [[0i32; 16]; 2];
            for rows in weights.chunks_exact(4 * outputs) {
                let mut panel = [[[0i8; 4]; 16]; 2];
                for (at, row) in rows.chunks_exact(outputs).enumerate() {
                    for (i, &weight) in row[column..column + COLUMNS].iter().enumerate() {
                        panel[i / 16][i % 16][at] = weight;
                        offset[i / 16][i % 16] -= i32::from(weight);
                    }
                }
                panels.push(panel.map(must_cast));
            }
            offsets.push(offset.map(must_cast));
        }
        Self { inputs, panels, offsets, scales: vectors(scales), bias: vectors(bias) }
    }
}

/// Pairs of vectors.
fn vectors(values: &[f32]) -> Vec<[__m512; 2]> {
    let (pairs, _) = values.as_chunks::<COLUMNS>();
    pairs.iter().map(|pair| must_cast(*pair)).collect()
}

/// The outputs of each row, into `out`: a row for each.
#[target_feature(enable = "avx512f,avx512vnni")]
pub fn run(weights: &Packed, rows: QuantisedView<'_>, out: &mut [f32]) {
    assert_eq!(rows.width, weights.inputs);
    let (inputs, _) = rows.wholes.as_chunks::<4>();
    for (panel, values) in weights.panels.chunks_exact(weights.inputs / 4).enumerate() {
        let mut first = 0;
        while first < rows.scales.len() {
            let tile = Tile { weights, panel, values, inputs, rows, first };
            match rows.scales.len() - first {
                1 => tile.run::<1>(out),
                2 => tile.run::<2>(out),
                3 => tile.run::<3>(out),
                4 => tile.run::<4>(out),
                5 => tile.run::<5>(out),
                6 => tile.run::<6>(out),
                7 => tile.run::<7>(out),
                _ => tile.run::<ROWS>(out),
            }
            first += ROWS;
        }
    }
}

/// Some rows by the columns of a panel.
struct Tile<'a> {
    weights: &'a Packed,
    panel: usize,
    values: &'a [[__m512i; 2]],
    inputs: &'a [[u8; 4]],
    rows: QuantisedView<'a>,
    first: usize,
}

impl Tile<'_> {
    // Loops over rows are of constant length and without closures, so that they are unrolled and the sums stay in
    // registers.
    #[target_feature(enable = "avx512f,avx512vnni")]
    fn run<const R: usize>(&self, out: &mut [f32]) {
        let depth = self.values.len();
        let mut inputs: [&[[u8; 4]]; R] = [&[]; R];
        for r in 0..R {
            inputs[r] = &self.inputs[(self.first + r) * depth..][..depth];
        }
        let (offsets, scales, bias) =
            (self.weights.offsets[self.panel], self.weights.scales[self.panel], self.weights.bias[self.panel]);
        let (zeros, row_scales) = (&self.rows.zeros[self.first..][..R], &self.rows.scales[self.first..][..R]);
        let mut sums = [[_mm512_setzero_si512(); 2]; R];
        for r in 0..R {
            let zero = _mm512_set1_epi32(zeros[r].into());
            sums[r] = [_mm512_mullo_epi32(zero, offsets[0]), _mm512_mullo_epi32(zero, offsets[1])];
        }
        for (at, &[left, right]) in self.values.iter().enumerate() {
            for r in 0..R {
                let four = _mm512_set1_epi32(i32::from_ne_bytes(inputs[r][at]));
                sums[r][0] = _mm512_dpbusd_epi32(sums[r][0], four, left);
                sums[r][1] = _mm512_dpbusd_epi32(sums[r][1], four, right);
            }
        }
        let width = self.weights.scales.len() * COLUMNS;
        for r in 0..R {
            let row = &mut out[(self.first + r) * width + self.panel * COLUMNS..][..COLUMNS];
            let row_scale = _mm512_set1_ps(row_scales[r]);
            let left = finish(sums[r][0], row_scale, scales[0], bias[0]);
            let right = finish(sums[r][1], row_scale, scales[1], bias[1]);
            row.copy_from_slice(&must_cast::<[__m512; 2], [f32; COLUMNS]>([left, right]));
        }
    }
}

/// Sums of products as numbers.
#[target_feature(enable = "avx512f")]
fn finish(sums: __m512i, row_scale: __m512, scale: __m512, bias: __m512) -> __m512 {
    _mm512_fmadd_ps(_mm512_cvtepi32_ps(sums), _mm512_mul_ps(row_scale, scale), bias)
}
