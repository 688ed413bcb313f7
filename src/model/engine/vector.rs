//! What is done to a vector or a row of numbers, for any kind of vector that the processor may have.

use rten_simd::ops::{BitOps, FloatOps, IntOps, NarrowSaturate, NumOps, ToFloat};
use rten_simd::{Isa, Simd};

use super::passes::Norm;
use super::rows::QuantisedRows;

/// Added to a variance, so that nothing is divided by 0.
const EPSILON: f32 = 1e-12;

/// Vectors of a row that are read at a time: sums of their own, so that none waits for another.
const AT_ONCE: usize = 4;

/// Sum of the squares of a row's distances from `centre`, or of the distances themselves.
#[inline(always)]
fn sum<I: Isa>(isa: I, row: &[f32], centre: f32, squares: bool) -> f32 {
    let ops = isa.f32();
    let (mut sums, centre) = ([ops.zero(); AT_ONCE], ops.splat(centre));
    for vectors in row.chunks_exact(AT_ONCE * ops.len()) {
        let vectors = ops.load_many::<AT_ONCE>(vectors);
        for (sum, x) in sums.iter_mut().zip(vectors) {
            let x = ops.sub(x, centre);
            *sum = if squares { ops.mul_add(x, x, *sum) } else { ops.add(*sum, x) };
        }
    }
    ops.sum(ops.add(ops.add(sums[0], sums[1]), ops.add(sums[2], sums[3])))
}

/// Sum of the products of two rows, whole multiples of a vector.
#[inline(always)]
pub fn dot<I: Isa>(isa: I, left: &[f32], right: &[f32]) -> f32 {
    let ops = isa.f32();
    let mut sum = ops.zero();
    for (a, b) in left.chunks_exact(ops.len()).zip(right.chunks_exact(ops.len())) {
        sum = ops.mul_add(ops.load(a), ops.load(b), sum);
    }
    ops.sum(sum)
}

/// Adds a row, multiplied by `factor`, to another.
#[inline(always)]
pub fn add_scaled<I: Isa>(isa: I, sum: &mut [f32], row: &[f32], factor: f32) {
    let ops = isa.f32();
    let factor = ops.splat(factor);
    for (sum, x) in sum.chunks_exact_mut(ops.len()).zip(row.chunks_exact(ops.len())) {
        ops.store(ops.mul_add(ops.load(x), factor, ops.load(sum)), sum);
    }
}

/// Normalises a row.
#[inline(always)]
pub fn normalise<I: Isa>(isa: I, row: &mut [f32], norm: &Norm) {
    let ops = isa.f32();
    let lanes = ops.len();
    let count = row.len() as f32;
    let mean = sum(isa, row, 0.0, false) / count;
    let variance = sum(isa, row, mean, true) / count;
    let (mean, scale) = (ops.splat(mean), ops.splat(1.0 / (variance + EPSILON).sqrt()));
    let columns = norm.weight.chunks_exact(lanes).zip(norm.bias.chunks_exact(lanes));
    for (x, (weight, bias)) in row.chunks_exact_mut(lanes).zip(columns) {
        let centred = ops.mul(ops.sub(ops.load(x), mean), scale);
        ops.store(ops.mul_add(centred, ops.load(weight), ops.load(bias)), x);
    }
}

/// The least and the greatest number of a row, and 0.
#[inline(always)]
fn extent<I: Isa>(isa: I, row: &[f32]) -> (f32, f32) {
    let ops = isa.f32();
    let (mut low, mut high) = ([ops.zero(); 2], [ops.zero(); 2]);
    for vectors in row.chunks_exact(2 * ops.len()) {
        let vectors = ops.load_many::<2>(vectors);
        for i in 0..2 {
            low[i] = ops.min(low[i], vectors[i]);
            high[i] = ops.max(high[i], vectors[i]);
        }
    }
    let (low, high) = (ops.min(low[0], low[1]), ops.max(high[0], high[1]));
    (-greatest::<I>(ops.neg(low)), greatest::<I>(high))
}

/// The greatest number of a vector.
#[inline(always)]
pub fn greatest<I: Isa>(vector: I::F32) -> f32 {
    let (mut array, mut count) = (vector.to_array(), vector.to_array().as_ref().len());
    // By halves, so that none of the comparisons waits for all others.
    while count > 1 {
        count /= 2;
        for i in 0..count {
            array[i] = if array[i] > array[i + count] { array[i] } else { array[i + count] };
        }
    }
    array[0]
}

/// Quantises a row into row `index` of `out`, as ONNX's `DynamicQuantizeLinear` does a tensor.
#[inline(always)]
pub fn quantise<I: Isa>(isa: I, row: &[f32], out: &mut QuantisedRows, index: usize) {
    let (ops, int) = (isa.f32(), isa.i32());
    let (lanes, width) = (ops.len(), out.width);
    let (low, high) = extent(isa, row);
    let scale = ((high - low) / 255.0).max(f32::MIN_POSITIVE);
    let zero = (-low / scale).round_ties_even().clamp(0.0, 255.0);
    out.scales[index] = scale;
    out.zeros[index] = zero as u8;
    let (inverse, zero) = (ops.splat(1.0 / scale), int.splat(zero as i32));
    let wholes = &mut out.wholes[index * width..(index + 1) * width];
    for (x, wholes) in row.chunks_exact(4 * lanes).zip(wholes.chunks_exact_mut(4 * lanes)) {
        let mut whole = [int.zero(); 4];
        for (whole, x) in whole.iter_mut().zip(ops.load_many::<4>(x)) {
            *whole = int.add(ops.to_int_round(ops.mul(x, inverse)), zero);
        }
        let [a, b, c, d] = whole;
        isa.u8().store(isa.i16().narrow_saturate(int.narrow_saturate(a, b), int.narrow_saturate(c, d)), wholes);
    }
}

/// Beyond this, GELU is 0 or the number itself to five digits.
const GELU_LIMIT: f32 = 4.3;
/// `(Phi(x) - 1/2) / x` as a polynomial of x squared, for x within the limit: what GELU comes to is off by 3e-5 at most.
const GELU: [f32; 9] = [
    0.398_802_07,
    -0.066_155_6,
    0.009_695_149,
    -0.001_071_386_6,
    8.711_77e-5,
    -5.006_171e-6,
    1.902_240_3e-7,
    -4.248_996_7e-9,
    4.197_442_4e-11,
];

/// A row through GELU, in place.
#[inline(always)]
pub fn gelu_row<I: Isa>(isa: I, row: &mut [f32]) {
    let ops = isa.f32();
    for vector in row.chunks_exact_mut(ops.len()) {
        ops.store(gelu(isa, ops.load(vector)), vector);
    }
}

/// `x * Phi(x)`, Phi being the normal distribution's.
#[inline(always)]
fn gelu<I: Isa>(isa: I, x: I::F32) -> I::F32 {
    let ops = isa.f32();
    let near = ops.clamp(x, ops.splat(-GELU_LIMIT), ops.splat(GELU_LIMIT));
    let square = ops.mul(near, near);
    let mut sum = ops.splat(GELU[8]);
    for power in (0..8).rev() {
        sum = ops.mul_add(sum, square, ops.splat(GELU[power]));
    }
    ops.mul(x, ops.mul_add(near, sum, ops.splat(0.5)))
}

/// `2^x` as a polynomial of the part of x after the point, which is off by 1e-7 at most.
pub const EXP2: [f32; 6] = [1.000_000_1, 0.693_146_94, 0.240_221_2, 0.055_507_135, 0.009_675_542, 0.001_327_647];

/// `2^x` for x of 0 or less; what is less than -126 counts as that.
#[inline(always)]
pub fn exp2<I: Isa>(isa: I, x: I::F32) -> I::F32 {
    let (ops, int) = (isa.f32(), isa.i32());
    let x = ops.max(x, ops.splat(-126.0));
    let whole = ops.to_int_round(x);
    let rest = ops.sub(x, int.to_float(whole));
    let mut sum = ops.splat(EXP2[5]);
    for power in (0..5).rev() {
        sum = ops.mul_add(sum, rest, ops.splat(EXP2[power]));
    }
    let bits = int.add(sum.reinterpret_cast::<I::I32>(), int.shift_left::<23>(whole));
    bits.reinterpret_cast()
}
