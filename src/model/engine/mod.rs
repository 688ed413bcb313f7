//! What runs the network: transformer layers and heads over 8-bit weights, on one core.
//!
//! Windows are put one after another into one batch of rows, without padding; only attention knows where one ends.
//! Products with weights are of 8-bit integers: weights have a scale for each output, activations a scale and a zero
//! point for each row. What stands between two products (bias, GELU, residual, normalisation, quantising) is one pass
//! over rows that are still in the cache. From some layer on, the first pieces of words are read alone: the heads look at
//! nothing else, and the layers below have put into them what the other pieces say. Tags, arcs and labels are scored for
//! every word; the heads that facts are read with, for the words that may stand in a fact.
//!
//! From small to large: [`weights`] reads an exported model, [`rows`] are quantised activations, [`linear`] multiplies
//! them (with `vnni` where the processor has that), [`vector`] and [`passes`] do the rest with the processor's vectors, [`attention`] and [`layer`] make a
//! transformer's layer of these, [`encoder`], [`heads`] and [`facts`] the network.
//!
//! Layers and linears know no sizes of their own: a further head is a [`linear::Linear`] in [`heads`], and further layers
//! over the words' states are a [`layer::Layer`] each, run on [`encoder::EncoderScratch::words`].

pub mod attention;
pub mod encoder;
pub mod facts;
pub mod heads;
pub mod layer;
pub mod linear;
pub mod passes;
pub mod rows;
pub mod vector;
#[cfg(target_arch = "x86_64")]
mod vnni;
pub mod weights;

#[cfg(test)]
mod tests;
