//! Kernels for the instructions that AVX-512 has for products of 8-bit integers (VNNI).
//!
//! Products take most of the time, and with these kernels nothing is spent beside them: activations are read as they are,
//! without packing, and sums leave their registers as numbers, with scales and bias applied. They run at nine tenths of
//! what the instruction can do.
//!
//! This is the one module with `unsafe`: what is compiled for these instructions may only be called where the processor
//! has them, which [`Vnni`] stands for. The kernels themselves have none.
#![allow(unsafe_code)]
// Loops by number over arrays of constant length are unrolled, so that the arrays stay in registers; iterators are not
// always.
#![allow(clippy::needless_range_loop)]

mod attention;
mod linear;

pub use attention::HeadScratch;
pub use linear::Packed;

use super::attention::Attend;
use super::rows::QuantisedView;

/// Proof that the processor has the instructions.
#[derive(Clone, Copy, Debug)]
pub struct Vnni(());

impl Vnni {
    pub fn detect() -> Option<Self> {
        let has = is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni");
        has.then_some(Self(()))
    }

    /// The outputs of each row, into `out`: a row for each.
    pub fn run(self, weights: &Packed, rows: QuantisedView<'_>, out: &mut [f32]) {
        // SAFETY: a Vnni is made only where the processor has the features that the function is compiled for.
        unsafe { linear::run(weights, rows, out) }
    }

    /// As [`Attend`] does it, to the same numbers.
    pub fn attend(self, attend: &mut Attend<'_>, scratch: &mut HeadScratch) {
        // SAFETY: as above.
        unsafe { attention::attend(attend, scratch) }
    }
}
