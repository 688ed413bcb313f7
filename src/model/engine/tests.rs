//! Each pass against plain arithmetic, on every kind of vector that this processor has.

use rten_simd::{SimdOp, isa};

use super::attention::{Attend, HeadScratch, Portably, Span};
use super::linear::{Gemm, LinearWeights};
use super::passes::{AddNormQuantise, Dequantise, Gelu, GeluQuantise, Norm, Quantise};
use super::rows::QuantisedRows;
use super::weights::Array;

/// Evaluates `$op` with each kind of vector, and then `$check` with the kind's name as `$path`.
macro_rules! on_each_path {
    ($op:expr, |$path:ident| $check:block) => {
        #[cfg(target_arch = "x86_64")]
        {
            if let Some(isa) = isa::Avx512Isa::new() {
                $op.eval(isa);
                let $path = "AVX-512";
                $check
            }
            if let Some(isa) = isa::Avx2Isa::new() {
                $op.eval(isa);
                let $path = "AVX2";
                $check
            }
        }
        #[cfg(target_arch = "aarch64")]
        if let Some(isa) = isa::ArmNeonIsa::new() {
            $op.eval(isa);
            let $path = "NEON";
            $check
        }
        $op.eval(isa::GenericIsa::new());
        let $path = "portable";
        $check
    };
}

/// Numbers between -`size` and `size` that look random and are always the same.
fn numbers(count: usize, size: f32) -> Vec<f32> {
    let mut state = 1u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..count).map(|_| next() * size).collect()
}

/// Largest difference.
fn apart(found: &[f32], wanted: &[f32]) -> f32 {
    assert_eq!(found.len(), wanted.len());
    found.iter().zip(wanted).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

fn value(rows: &QuantisedRows, row: usize, column: usize) -> f32 {
    let whole = f32::from(rows.wholes[row * rows.width + column]) - f32::from(rows.zeros[row]);
    whole * rows.scales[row]
}

/// Simpson's rule over the density of the normal distribution.
fn normal(x: f64) -> f64 {
    let density = |t: f64| (-t * t / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let (steps, half) = (400, x / 800.0);
    let part = |i: i32| {
        let t = f64::from(i) * 2.0 * half;
        density(t) + 4.0 * density(t + half) + density(t + 2.0 * half)
    };
    0.5 + (0..steps).map(part).sum::<f64>() * half / 3.0
}

#[test]
fn gelu_is_x_times_the_normal_distribution() {
    let given: Vec<f32> = (-640..640).map(|i| i as f32 / 80.0).collect();
    let wanted: Vec<f32> = given.iter().map(|&x| (f64::from(x) * normal(f64::from(x))) as f32).collect();
    let mut row = given.clone();
    on_each_path!(Gelu(&mut row), |path| {
        assert!(apart(&row, &wanted) < 5e-5, "{path}: {}", apart(&row, &wanted));
        row.copy_from_slice(&given);
    });
}

#[test]
fn a_quantised_row_is_within_half_a_step_of_its_numbers() {
    let rows = [numbers(64, 3.0), vec![0.0; 64], numbers(64, 1e-3), vec![5.0; 64], vec![-7.0; 64]].concat();
    let mut out = QuantisedRows::default();
    out.resize(5, 64);
    on_each_path!(Quantise { rows: &rows, out: &mut out, first: 0 }, |path| {
        for (i, &x) in rows.iter().enumerate() {
            let (row, column) = (i / 64, i % 64);
            let off = (value(&out, row, column) - x).abs();
            assert!(off <= 0.501 * out.scales[row], "{path}: {x} in row {row} is off by {off}");
        }
    });
}

#[test]
fn gelu_and_quantising_in_one_pass_are_the_two_passes() {
    let given = numbers(3 * 128, 4.0);
    let mut wanted_numbers = given.clone();
    Gelu(&mut wanted_numbers).dispatch();
    let (mut rows, mut out) = (given.clone(), QuantisedRows::default());
    out.resize(3, 128);
    on_each_path!(GeluQuantise { rows: &mut rows, out: &mut out }, |path| {
        for (i, &x) in wanted_numbers.iter().enumerate() {
            let off = (value(&out, i / 128, i % 128) - x).abs();
            assert!(off < 0.51 * out.scales[i / 128] + 1e-5, "{path}: {x} is off by {off}");
        }
        rows.copy_from_slice(&given);
    });
}

#[test]
fn added_rows_are_normalised() {
    let (given, added) = (numbers(2 * 64, 2.0), numbers(2 * 64, 0.7));
    let norm = Norm { weight: numbers(64, 1.5), bias: numbers(64, 0.5) };
    let mut wanted = Vec::new();
    for (given, added) in given.chunks(64).zip(added.chunks(64)) {
        let sums: Vec<f64> = given.iter().zip(added).map(|(a, b)| f64::from(a + b)).collect();
        let mean = sums.iter().sum::<f64>() / 64.0;
        let variance = sums.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 64.0;
        let columns = sums.iter().zip(norm.weight.iter().zip(&norm.bias));
        wanted.extend(columns.map(|(x, (w, b))| ((x - mean) / variance.sqrt()) as f32 * w + b));
    }
    let (mut state, mut out) = (given.clone(), QuantisedRows::default());
    out.resize(2, 64);
    on_each_path!(AddNormQuantise { added: &added, norm: &norm, state: &mut state, out: &mut out, first: 0 }, |path| {
        assert!(apart(&state, &wanted) < 1e-5, "{path}: {}", apart(&state, &wanted));
        assert!((value(&out, 1, 7) - wanted[71]).abs() <= 0.501 * out.scales[1], "{path}");
        state.copy_from_slice(&given);
    });
}

#[test]
fn products_become_numbers_by_zero_points_and_scales() {
    let products: Vec<i32> = (0..128).map(|i| (i - 60) * 1000).collect();
    let (scales, bias) = (numbers(64, 0.01), numbers(64, 1.0));
    let (row_scales, row_zeros, weight_sums) = ([0.5, 0.25], [3, 200], (0..64).collect::<Vec<i32>>());
    let whole = |i: usize| (products[i] - i32::from(row_zeros[i / 64]) * weight_sums[i % 64]) as f32;
    let wanted: Vec<f32> = (0..128).map(|i| whole(i) * row_scales[i / 64] * scales[i % 64] + bias[i % 64]).collect();
    let mut out = vec![0.0; 128];
    let (products, row_scales, row_zeros) = (&products[..], &row_scales[..], &row_zeros[..]);
    let (scales, bias, weight_sums) = (&scales[..], &bias[..], &weight_sums[..]);
    on_each_path!(Dequantise { products, row_scales, row_zeros, scales, bias, weight_sums, out: &mut out }, |path| {
        assert!(apart(&out, &wanted) < 1e-4, "{path}: {}", apart(&out, &wanted));
    });
}

/// Attention as the textbook has it, in powers of two.
fn attention(queries: &[f32], keys_values: &[f32], width: usize, heads: usize, span: &Span) -> Vec<f32> {
    let own = width / heads;
    let mut out = vec![0.0; span.queries.len() * width];
    for (i, query) in span.queries.clone().enumerate() {
        for head in 0..heads {
            let query = &queries[query * width + head * own..][..own];
            let row = |key: usize, at: usize| &keys_values[key * 2 * width + at + head * own..][..own];
            let score = |key: usize| -> f64 {
                query.iter().zip(row(key, 0)).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>().exp2()
            };
            let total: f64 = span.keys.clone().map(score).sum();
            for key in span.keys.clone() {
                for (out, value) in out[i * width + head * own..].iter_mut().zip(row(key, width)) {
                    *out += (score(key) / total) as f32 * value;
                }
            }
        }
    }
    out
}

#[test]
fn each_window_attends_to_itself_alone() {
    // Windows of every length up to four vectors and more, with fewer queries than keys in the second half.
    for (width, heads) in [(64, 2), (64, 4)] {
        let lengths = [1, 2, 15, 16, 17, 33, 50, 64, 65, 100];
        let mut spans: Vec<Span> = Vec::new();
        for (i, length) in lengths.into_iter().enumerate() {
            let (queries, keys) = spans.last().map_or((0, 0), |s| (s.queries.end, s.keys.end));
            let asking = if i < 5 { length } else { length / 2 };
            spans.push(Span { queries: queries..queries + asking, keys: keys..keys + length });
        }
        let (query_count, key_count) = spans.last().map_or((0, 0), |s| (s.queries.end, s.keys.end));
        let (queries, keys_values) = (numbers(query_count * width, 2.0), numbers(key_count * 2 * width, 1.0));
        let wanted: Vec<f32> =
            spans.iter().flat_map(|span| attention(&queries, &keys_values, width, heads, span)).collect();
        let (queries, keys_values, spans) = (&queries[..], &keys_values[..], &spans[..]);
        let (scratch, mut best) = (&mut HeadScratch::default(), vec![0.0; query_count * width]);
        Attend { queries, keys_values, width, heads, spans, out: &mut best }.run(scratch);
        assert!(apart(&best, &wanted) < 0.03, "{heads} heads: {}", apart(&best, &wanted));
        let mut out = vec![0.0; query_count * width];
        on_each_path!(
            Portably {
                attend: &mut Attend { queries, keys_values, width, heads, spans, out: &mut out },
                scratch: &mut *scratch
            },
            |path| {
                // One weight may be rounded to the other side.
                assert!(apart(&out, &best) < 0.01, "{path}, {heads} heads: {}", apart(&out, &best));
                out.fill(0.0);
            }
        );
    }
}

#[test]
fn a_linear_multiplies_any_number_of_rows() {
    let (inputs, outputs) = (1152, 70);
    let whole = |x: &f32| *x as i8;
    let weights = LinearWeights {
        weight: Array {
            shape: vec![inputs, outputs],
            values: numbers(inputs * outputs, 63.0).iter().map(whole).collect(),
        },
        scale: numbers(outputs, 0.01),
        bias: numbers(outputs, 1.0),
    };
    let columns = 3..outputs;
    let linear = weights.outputs(columns.clone(), 2.0);
    let portable = weights.portable_outputs(columns.clone(), 2.0);
    for count in [1, 2, 7, 8, 9, 64, 130] {
        let given = numbers(count * inputs, 5.0);
        let mut rows = QuantisedRows::default();
        rows.resize(count, inputs);
        Quantise { rows: &given, out: &mut rows, first: 0 }.dispatch();
        let mut out = vec![0.0; count * linear.width()];
        linear.run(&mut Gemm::default(), rows.rows(0..count), &mut out);
        let mut portably = vec![0.0; out.len()];
        portable.run(&mut Gemm::default(), rows.rows(0..count), &mut portably);
        assert!(out == portably, "{count} rows");
        for (row, out) in out.chunks(linear.width()).enumerate() {
            for (column, &found) in columns.clone().zip(out) {
                let weight = |i: usize| f32::from(weights.weight.values[i * outputs + column]);
                let sum: f32 = (0..inputs).map(|i| value(&rows, row, i) * weight(i)).sum();
                let wanted = 2.0 * (sum * weights.scale[column] + weights.bias[column]);
                assert!((found - wanted).abs() < 1e-2, "{count} rows: {found} for {wanted} at {row}, {column}");
            }
        }
    }
}
