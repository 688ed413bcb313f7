//! Attention inside each window.

use std::ops::Range;

use rten_simd::ops::{BitOps, FloatOps, NumOps, ToFloat};
use rten_simd::{Isa, SimdOp};

use super::rows::room;
use super::vector::{exp2, greatest};
#[cfg(target_arch = "x86_64")]
use super::vnni::{self, Vnni};

/// Score of what is no key: less than that of any key.
const NO_KEY: f32 = -1e9;

/// A window's rows: those that attend, among the rows of queries, and those that are attended to, among the keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub queries: Range<usize>,
    pub keys: Range<usize>,
}

impl Span {
    /// The span, counted from where `origin` begins.
    pub fn since(&self, origin: &Self) -> Self {
        let since = |rows: &Range<usize>, origin: usize| rows.start - origin..rows.end - origin;
        Self { queries: since(&self.queries, origin.queries.start), keys: since(&self.keys, origin.keys.start) }
    }
}

/// Queries, keys and values of a head are whole numbers of steps, this many at most on either side of 0.
pub const MOST: f32 = 127.0;
/// The weight of the key with the highest score; those of others are whole numbers less than it.
pub const LEVELS: f32 = 255.0;

/// The size of a step, and how many there are in 1, where the largest number is `greatest`.
pub fn steps(greatest: f32) -> (f32, f32) {
    let step = (greatest / MOST).max(f32::MIN_POSITIVE);
    (step, 1.0 / step)
}

/// Room for one head of one window.
#[derive(Debug, Default)]
pub struct HeadScratch {
    #[cfg(target_arch = "x86_64")]
    vnni: vnni::HeadScratch,
    /// `[queries, head width]`
    queries: Vec<f32>,
    /// `[head width, keys]`: turned, so that a vector holds the same number of several keys.
    keys: Vec<f32>,
    /// `[keys, head width]`
    values: Vec<f32>,
    /// Of a few queries: `[queries, keys]`
    scores: Vec<f32>,
}

/// What each query finds: the sum of the values, weighted by the softmax of its products with the keys.
///
/// Queries come multiplied by log2(e), so that the softmax is of powers of two. Queries, keys and values are quantised
/// for each window and head, and so are the weights; so all products and sums are whole numbers. VNNI has instructions for
/// these; here they are done in floats, which come to the same, as they stay below 2^24 for windows of up to 500 keys.
pub struct Attend<'a> {
    /// `[queries, width]`
    pub queries: &'a [f32],
    /// `[keys, 2 width]`: keys, then values.
    pub keys_values: &'a [f32],
    /// Width of all heads.
    pub width: usize,
    pub heads: usize,
    /// Windows that stand one after another; the rows of the first are the first of the products.
    pub spans: &'a [Span],
    /// `[queries, width]`
    pub out: &'a mut [f32],
}

impl Attend<'_> {
    /// Attends as the processor does it best.
    pub fn run(mut self, scratch: &mut HeadScratch) {
        #[cfg(target_arch = "x86_64")]
        if let Some(vnni) = Vnni::detect() {
            return vnni.attend(&mut self, &mut scratch.vnni);
        }
        Portably { attend: &mut self, scratch }.dispatch();
    }
}

/// Attends with the vectors of any processor.
pub struct Portably<'a, 'b> {
    pub attend: &'a mut Attend<'b>,
    pub scratch: &'a mut HeadScratch,
}

/// A head of a window, and its scales.
pub struct Head {
    pub span: Span,
    /// Where it begins in a row.
    pub column: usize,
    pub width: usize,
    /// A step of a score, and of a value.
    pub score: f32,
    pub value: f32,
}

impl SimdOp for Portably<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(mut self, isa: I) {
        // As many sums as the processor's registers hold.
        if isa.f32().len() >= 16 {
            self.run::<I, 8>(isa);
        } else {
            self.run::<I, 4>(isa);
        }
    }
}

impl Portably<'_, '_> {
    /// Blocks of `R` queries by up to three vectors of keys, then by two vectors of values.
    #[inline(always)]
    fn run<I: Isa, const R: usize>(&mut self, isa: I) {
        let width = self.attend.width / self.attend.heads;
        for span in self.attend.spans {
            let span = span.since(&self.attend.spans[0]);
            for column in (0..self.attend.width).step_by(width) {
                let head = self.load(isa, span.clone(), column, width);
                for first in (0..span.queries.len()).step_by(R) {
                    self.block::<I, R>(isa, &head, first);
                }
            }
        }
    }

    /// Fills the scratch with a head's numbers, in whole steps.
    #[inline(always)]
    fn load<I: Isa>(&mut self, isa: I, span: Span, column: usize, width: usize) -> Head {
        let Attend { queries, keys_values, width: total, .. } = *self.attend;
        let stride = span.keys.len().next_multiple_of(isa.f32().len());
        let queries = &queries[span.queries.start * total..span.queries.end * total];
        let keys_values = &keys_values[span.keys.start * 2 * total..span.keys.end * 2 * total];
        let query_step = whole(isa, queries, total, column, width, &mut self.scratch.queries);
        let key_step = whole(isa, keys_values, 2 * total, column, width, &mut self.scratch.values);
        let turned = room(&mut self.scratch.keys, width * stride);
        for (at, row) in self.scratch.values.chunks_exact(width).take(span.keys.len()).enumerate() {
            for (turned, &x) in turned.chunks_exact_mut(stride).zip(row) {
                turned[at] = x;
            }
        }
        let value_step = whole(isa, keys_values, 2 * total, total + column, width, &mut self.scratch.values);
        Head { span, column, width, score: query_step * key_step, value: value_step }
    }

    /// What the queries from `first` on, `R` at most, find with one head.
    #[inline(always)]
    fn block<I: Isa, const R: usize>(&mut self, isa: I, head: &Head, first: usize) {
        let (lanes, count, width) = (isa.f32().len(), head.span.keys.len(), head.width);
        let stride = count.next_multiple_of(lanes);
        let HeadScratch { queries, keys, values, scores, .. } = &mut *self.scratch;
        let (keys, values) = (&keys[..width * stride], &values[..count * width]);
        let scores = room(scores, R * stride);
        // Where there are fewer queries than R, the last is read again and again.
        let last = head.span.queries.len() - 1;
        let queries: [&[f32]; R] = std::array::from_fn(|r| &queries[(first + r).min(last) * width..][..width]);
        let mut column = 0;
        while column < stride {
            column += lanes
                * match (stride - column) / lanes {
                    1 => score::<I, R, 1>(isa, queries, keys, stride, column, scores),
                    2 | 4 => score::<I, R, 2>(isa, queries, keys, stride, column, scores),
                    _ => score::<I, R, 3>(isa, queries, keys, stride, column, scores),
                };
        }
        let weights: [f32; R] = std::array::from_fn(|r| {
            let row = &mut scores[r * stride..(r + 1) * stride];
            row[count..].fill(NO_KEY);
            head.value / powers(isa, row, head.score)
        });
        let total = self.attend.width;
        let out = &mut self.attend.out[(head.span.queries.start + first) * total..head.span.queries.end * total];
        let mut column = 0;
        while column < width {
            let own = head.column + column;
            let out = out.chunks_mut(total).zip(weights).map(|(row, weight)| (&mut row[own..], weight));
            column += lanes
                * match (width - column) / lanes {
                    1 => mix::<I, R, 1>(isa, scores, stride, &values[column..], width, out),
                    _ => mix::<I, R, 2>(isa, scores, stride, &values[column..], width, out),
                };
        }
    }
}

/// Writes a head's numbers in rows of `stride` as whole steps into rows of its own; gives the size of a step.
#[inline(always)]
fn whole<I: Isa>(isa: I, rows: &[f32], stride: usize, column: usize, width: usize, out: &mut Vec<f32>) -> f32 {
    let ops = isa.f32();
    let lanes = ops.len();
    let mut most = ops.zero();
    for row in rows.chunks_exact(stride) {
        for vector in row[column..column + width].chunks_exact(lanes) {
            most = ops.max(most, ops.abs(ops.load(vector)));
        }
    }
    let (step, steps) = steps(greatest::<I>(most));
    let steps = ops.splat(steps);
    let out = room(out, rows.len() / stride * width).chunks_exact_mut(width);
    for (row, out) in rows.chunks_exact(stride).zip(out) {
        let vectors = row[column..column + width].chunks_exact(lanes);
        for (vector, out) in vectors.zip(out.chunks_exact_mut(lanes)) {
            let whole = ops.to_int_round(ops.mul(ops.load(vector), steps));
            ops.store(isa.i32().to_float(whole), out);
        }
    }
    step
}

/// Products of `R` queries with `C` vectors of keys, from `column` on; gives `C`.
#[inline(always)]
fn score<I: Isa, const R: usize, const C: usize>(
    isa: I,
    queries: [&[f32]; R],
    keys: &[f32],
    stride: usize,
    column: usize,
    scores: &mut [f32],
) -> usize {
    let ops = isa.f32();
    let lanes = ops.len();
    let mut sums = [[ops.zero(); C]; R];
    let width = queries[0].len();
    let queries: [&[f32]; R] = queries.map(|q| &q[..width]);
    for i in 0..width {
        let keys = ops.load_many::<C>(&keys[i * stride + column..]);
        for r in 0..R {
            let query = ops.splat(queries[r][i]);
            for c in 0..C {
                sums[r][c] = ops.mul_add(query, keys[c], sums[r][c]);
            }
        }
    }
    for (sums, scores) in sums.into_iter().zip(scores.chunks_exact_mut(stride)) {
        for (c, sum) in sums.into_iter().enumerate() {
            ops.store(sum, &mut scores[column + c * lanes..]);
        }
    }
    C
}

/// Makes powers of two of the scores in steps of `step`, the largest [`LEVELS`], the others whole numbers too; gives
/// their sum.
#[inline(always)]
fn powers<I: Isa>(isa: I, scores: &mut [f32], step: f32) -> f32 {
    let ops = isa.f32();
    let mut most = ops.splat(f32::MIN);
    for chunk in scores.chunks_exact(ops.len()) {
        most = ops.max(most, ops.load(chunk));
    }
    let (most, step) = (ops.splat(greatest::<I>(most)), ops.splat(step));
    let mut sum = ops.zero();
    for chunk in scores.chunks_exact_mut(ops.len()) {
        let power = exp2(isa, ops.mul(ops.sub(ops.load(chunk), most), step));
        let power = isa.i32().to_float(ops.to_int_round(ops.mul(power, ops.splat(LEVELS))));
        sum = ops.add(sum, power);
        ops.store(power, chunk);
    }
    ops.sum(sum)
}

/// `V` vectors of the values, weighted by the scores of each query, into the rows of `out` with the query's weight; gives
/// `V`.
#[inline(always)]
fn mix<'o, I: Isa, const R: usize, const V: usize>(
    isa: I,
    scores: &[f32],
    stride: usize,
    values: &[f32],
    width: usize,
    out: impl Iterator<Item = (&'o mut [f32], f32)>,
) -> usize {
    let ops = isa.f32();
    let lanes = ops.len();
    let mut sums = [[ops.zero(); V]; R];
    let keys = values.len().div_ceil(width);
    let scores: [&[f32]; R] = std::array::from_fn(|r| &scores[r * stride..r * stride + keys]);
    for key in 0..keys {
        let values = ops.load_many::<V>(&values[key * width..]);
        for r in 0..R {
            let score = ops.splat(scores[r][key]);
            for v in 0..V {
                sums[r][v] = ops.mul_add(score, values[v], sums[r][v]);
            }
        }
    }
    for (sums, (out, weight)) in sums.into_iter().zip(out) {
        let weight = ops.splat(weight);
        for (v, sum) in sums.into_iter().enumerate() {
            ops.store(ops.mul(sum, weight), &mut out[v * lanes..]);
        }
    }
    V
}
