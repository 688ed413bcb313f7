//! Attention inside each window.

use std::arch::x86_64::{
    __m512, __m512i, __mmask16, _mm512_abs_ps, _mm512_add_epi32, _mm512_and_si512, _mm512_cvtepi32_epi8,
    _mm512_cvtepi32_ps, _mm512_cvtps_epi32, _mm512_dpbusd_epi32, _mm512_fmadd_ps, _mm512_mask_mov_epi32,
    _mm512_max_epi32, _mm512_max_ps, _mm512_mul_ps, _mm512_or_si512, _mm512_reduce_add_epi32, _mm512_reduce_max_epi32,
    _mm512_reduce_max_ps, _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_ps, _mm512_setzero_si512,
    _mm512_slli_epi32, _mm512_sub_epi32, _mm512_sub_ps,
};

use bytemuck::{cast_slice_mut, must_cast};

use crate::model::engine::attention::{Attend, Head, LEVELS, Span, steps};
use crate::model::engine::vector::EXP2;

/// Numbers in a vector.
const LANES: usize = 16;
/// Queries that are summed together.
const ROWS: usize = 8;
/// Score of what is no key: less than that of any key.
const NO_KEY: i32 = -(1 << 30);

/// Room for one head of one window.
#[derive(Debug, Default)]
pub struct HeadScratch {
    /// `[queries, head width / 4]`: four numbers each, 128 more than they are.
    queries: Vec<[u8; 4]>,
    /// `[keys / 16, head width / 4]`: four numbers of each of 16 keys.
    keys: Vec<__m512i>,
    /// What scores begin with for each 16 keys, as the queries' numbers are too large.
    offsets: Vec<__m512i>,
    /// `[keys / 4, head width / 16]`: of each of 16 numbers, the values of four keys.
    values: Vec<__m512i>,
    /// `[queries, keys / 16]`
    scores: Vec<__m512i>,
    /// `[queries, keys / 4]`: the weights of four keys each.
    weights: Vec<[u8; 4]>,
}

/// See [`Attend`].
#[target_feature(enable = "avx512f,avx512vnni")]
pub fn attend(attend: &mut Attend<'_>, scratch: &mut HeadScratch) {
    let width = attend.width / attend.heads;
    for span in attend.spans {
        let span = span.since(&attend.spans[0]);
        for column in (0..attend.width).step_by(width) {
            let head = scratch.load(attend, span.clone(), column, width);
            for first in (0..head.span.queries.len()).step_by(ROWS) {
                match head.span.queries.len() - first {
                    1 => scratch.block::<1>(&head, first, attend),
                    2 => scratch.block::<2>(&head, first, attend),
                    3 => scratch.block::<3>(&head, first, attend),
                    4 => scratch.block::<4>(&head, first, attend),
                    5 => scratch.block::<5>(&head, first, attend),
                    6 => scratch.block::<6>(&head, first, attend),
                    7 => scratch.block::<7>(&head, first, attend),
                    _ => scratch.block::<ROWS>(&head, first, attend),
                }
            }
        }
    }
}

impl HeadScratch {
    /// Quantises a head's queries, keys and values, and lays them out for the products.
    #[target_feature(enable = "avx512f,avx512vnni")]
    fn load(&mut self, attend: &Attend<'_>, span: Span, column: usize, width: usize) -> Head {
        let (total, count, fours) = (attend.width, span.keys.len(), width / 4);
        let queries = &attend.queries[span.queries.start * total..span.queries.end * total];
        let keys_values = &attend.keys_values[span.keys.start * 2 * total..span.keys.end * 2 * total];
        let (query_step, query_steps) = steps(greatest(queries, total, column, width));
        let (key_step, key_steps) = steps(greatest(keys_values, 2 * total, column, width));
        let (value_step, value_steps) = steps(greatest(keys_values, 2 * total, total + column, width));

        self.queries.resize(span.queries.len() * fours, [0; 4]);
        let bytes = self.queries.as_flattened_mut().chunks_exact_mut(LANES);
        let numbers = queries.chunks_exact(total).flat_map(|row| row[column..column + width].chunks_exact(LANES));
        for (bytes, numbers) in bytes.zip(numbers) {
            let whole = whole(numbers, query_steps);
            let whole = _mm512_add_epi32(whole, _mm512_set1_epi32(128));
            bytes.copy_from_slice(&must_cast::<_, [u8; LANES]>(_mm512_cvtepi32_epi8(whole)));
        }

        let vectors = count.div_ceil(LANES);
        self.keys.clear();
        self.keys.resize(vectors * fours, _mm512_setzero_si512());
        let keys: &mut [[u8; 4]] = cast_slice_mut(&mut self.keys);
        for (key, row) in keys_values.chunks_exact(2 * total).enumerate() {
            let place = key / LANES * fours * LANES + key % LANES;
            for (at, numbers) in row[column..column + width].chunks_exact(LANES).enumerate() {
                let bytes: [[u8; 4]; 4] = must_cast(_mm512_cvtepi32_epi8(whole(numbers, key_steps)));
                for (i, four) in bytes.into_iter().enumerate() {
                    keys[place + (4 * at + i) * LANES] = four;
                }
            }
        }
        self.offsets.clear();
        for keys in self.keys.chunks_exact(fours) {
            let mut sum = _mm512_setzero_si512();
            for &four in keys {
                sum = _mm512_dpbusd_epi32(sum, _mm512_set1_epi32(i32::from_ne_bytes([128; 4])), four);
            }
            self.offsets.push(_mm512_sub_epi32(_mm512_setzero_si512(), sum));
        }

        self.values.clear();
        for rows in keys_values.chunks(4 * 2 * total) {
            for at in (0..width).step_by(LANES) {
                let mut four = _mm512_setzero_si512();
                // The first key's value is the lowest byte.
                for row in rows.chunks_exact(2 * total).rev() {
                    let low = _mm512_and_si512(whole(&row[total + column + at..], value_steps), _mm512_set1_epi32(255));
                    four = _mm512_or_si512(_mm512_slli_epi32::<8>(four), low);
                }
                self.values.push(four);
            }
        }
        self.scores.resize(ROWS * vectors, _mm512_setzero_si512());
        self.weights.resize(ROWS * vectors * 4, [0; 4]);
        Head { span, column, width, score: query_step * key_step, value: value_step }
    }

    /// What `R` queries find.
    #[target_feature(enable = "avx512f,avx512vnni")]
    fn block<const R: usize>(&mut self, head: &Head, first: usize, attend: &mut Attend<'_>) {
        let vectors = self.offsets.len();
        let fours = head.width / 4;
        let mut queries: [&[[u8; 4]]; R] = [&[]; R];
        for r in 0..R {
            queries[r] = &self.queries[(first + r) * fours..][..fours];
        }
        let mut at = 0;
        while at < vectors {
            at += match vectors - at {
                1 => score::<R, 1>(queries, &self.keys, &self.offsets, at, &mut self.scores),
                2 | 4 => score::<R, 2>(queries, &self.keys, &self.offsets, at, &mut self.scores),
                _ => score::<R, 3>(queries, &self.keys, &self.offsets, at, &mut self.scores),
            };
        }
        let last = u16::MAX >> (vectors * LANES - head.span.keys.len());
        let mut scales = [0.0; R];
        for r in 0..R {
            let weights = self.weights[r * vectors * 4..][..vectors * 4].as_flattened_mut();
            let sum = powers(&mut self.scores[r * vectors..][..vectors], head.score, last, weights);
            scales[r] = head.value / sum as f32;
        }
        let row = (head.span.queries.start + first) * attend.width + head.column;
        let mut at = 0;
        while at < head.width / LANES {
            let out = &mut attend.out[row + at * LANES..];
            let values = &self.values[at..];
            let step = head.width / LANES;
            at += match step - at {
                1 => mix::<R, 1>(&self.weights, vectors * 4, values, step, scales, out, attend.width),
                _ => mix::<R, 2>(&self.weights, vectors * 4, values, step, scales, out, attend.width),
            };
        }
    }
}

/// The greatest size of any number of a head, in rows of `stride`.
#[target_feature(enable = "avx512f")]
fn greatest(rows: &[f32], stride: usize, column: usize, width: usize) -> f32 {
    let mut most = _mm512_setzero_ps();
    for row in rows.chunks_exact(stride) {
        for numbers in row[column..column + width].chunks_exact(LANES) {
            most = _mm512_max_ps(most, _mm512_abs_ps(vector(numbers)));
        }
    }
    _mm512_reduce_max_ps(most)
}

/// The first 16 numbers.
#[target_feature(enable = "avx512f")]
fn vector(numbers: &[f32]) -> __m512 {
    let mut array = [0.0; LANES];
    array.copy_from_slice(&numbers[..LANES]);
    must_cast(array)
}

/// The first 16 numbers in whole steps.
#[target_feature(enable = "avx512f")]
fn whole(numbers: &[f32], steps: f32) -> __m512i {
    _mm512_cvtps_epi32(_mm512_mul_ps(vector(numbers), _mm512_set1_ps(steps)))
}

/// Products of `R` queries with `C` vectors of keys, from the vector `at` on; gives `C`.
#[target_feature(enable = "avx512f,avx512vnni")]
fn score<const R: usize, const C: usize>(
    queries: [&[[u8; 4]]; R],
    keys: &[__m512i],
    offsets: &[__m512i],
    at: usize,
    scores: &mut [__m512i],
) -> usize {
    let (fours, vectors) = (queries[0].len(), offsets.len());
    let keys = &keys[at * fours..(at + C) * fours];
    let mut sums = [[_mm512_setzero_si512(); C]; R];
    for r in 0..R {
        sums[r].copy_from_slice(&offsets[at..at + C]);
    }
    for i in 0..fours {
        let mut own = [_mm512_setzero_si512(); C];
        for c in 0..C {
            own[c] = keys[c * fours + i];
        }
        for r in 0..R {
            let four = _mm512_set1_epi32(i32::from_ne_bytes(queries[r][i]));
            for c in 0..C {
                sums[r][c] = _mm512_dpbusd_epi32(sums[r][c], four, own[c]);
            }
        }
    }
    for r in 0..R {
        scores[r * vectors + at..][..C].copy_from_slice(&sums[r]);
    }
    C
}

/// Powers of two of the scores in steps of `step`, the largest `LEVELS`, and their sum. `last` tells which of the last
/// vector are keys.
#[target_feature(enable = "avx512f")]
fn powers(scores: &mut [__m512i], step: f32, last: __mmask16, weights: &mut [u8]) -> i32 {
    if let Some(tail) = scores.last_mut() {
        *tail = _mm512_mask_mov_epi32(_mm512_set1_epi32(NO_KEY), last, *tail);
    }
    let mut most = _mm512_set1_epi32(NO_KEY);
    for &score in &*scores {
        most = _mm512_max_epi32(most, score);
    }
    let most = _mm512_set1_epi32(_mm512_reduce_max_epi32(most));
    let (step, levels, mut sum) = (_mm512_set1_ps(step), _mm512_set1_ps(LEVELS), _mm512_setzero_si512());
    for (&score, weights) in scores.iter().zip(weights.chunks_exact_mut(LANES)) {
        let below = _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_sub_epi32(score, most)), step);
        let weight = _mm512_cvtps_epi32(_mm512_mul_ps(exp2(below), levels));
        sum = _mm512_add_epi32(sum, weight);
        weights.copy_from_slice(&must_cast::<_, [u8; LANES]>(_mm512_cvtepi32_epi8(weight)));
    }
    _mm512_reduce_add_epi32(sum)
}

/// As [`vector::exp2`](crate::model::engine::vector::exp2).
#[target_feature(enable = "avx512f")]
fn exp2(x: __m512) -> __m512 {
    let x = _mm512_max_ps(x, _mm512_set1_ps(-126.0));
    let whole = _mm512_cvtps_epi32(x);
    let rest = _mm512_sub_ps(x, _mm512_cvtepi32_ps(whole));
    let mut sum = _mm512_set1_ps(EXP2[5]);
    for power in (0..5).rev() {
        sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(EXP2[power]));
    }
    must_cast(_mm512_add_epi32(must_cast(sum), _mm512_slli_epi32::<23>(whole)))
}

/// `V` vectors of the values, weighted for each query, times its scale, into rows of `out`; gives `V`.
#[target_feature(enable = "avx512f,avx512vnni")]
fn mix<const R: usize, const V: usize>(
    weights: &[[u8; 4]],
    stride: usize,
    values: &[__m512i],
    step: usize,
    scales: [f32; R],
    out: &mut [f32],
    out_stride: usize,
) -> usize {
    let fours = values.len().div_ceil(step);
    let mut own: [&[[u8; 4]]; R] = [&[]; R];
    for r in 0..R {
        own[r] = &weights[r * stride..][..fours];
    }
    let mut sums = [[_mm512_setzero_si512(); V]; R];
    for (at, values) in values.chunks(step).enumerate() {
        let values = &values[..V];
        for r in 0..R {
            let four = _mm512_set1_epi32(i32::from_ne_bytes(own[r][at]));
            for v in 0..V {
                sums[r][v] = _mm512_dpbusd_epi32(sums[r][v], four, values[v]);
            }
        }
    }
    for r in 0..R {
        let scale = _mm512_set1_ps(scales[r]);
        for v in 0..V {
            let numbers: [f32; LANES] = must_cast(_mm512_mul_ps(_mm512_cvtepi32_ps(sums[r][v]), scale));
            out[r * out_stride + v * LANES..][..LANES].copy_from_slice(&numbers);
        }
    }
    V
}
