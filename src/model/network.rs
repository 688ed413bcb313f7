//! The network: windows in, scores out.

use super::LoadError;
use super::engine::encoder::{Encoder, EncoderScratch};
use super::engine::facts::{FactHeads, FactReader, FactScratch};
use super::engine::heads::{Heads, HeadsScratch};
use super::engine::linear::Gemm;
use super::engine::weights::Weights;
use super::pairs::PairHead;
use super::scores::Scores;
use super::window::Window;

/// The encoder and the heads over it.
pub struct Network {
    encoder: Encoder,
    heads: Heads,
    facts: FactHeads,
    /// Scores pairs of mentions from the scores of their words.
    pub pairs: PairHead,
}

/// What a thread needs to run the network. It grows to the largest batch and is used again for each, so that running
/// allocates nothing.
#[derive(Default)]
pub struct Scratch {
    gemm: Gemm,
    encoder: EncoderScratch,
    heads: HeadsScratch,
    facts: FactScratch,
}

impl Network {
    /// Reads the weights of an exported graph, which knows as many types of relations as `relations`.
    pub fn new(onnx: &[u8], relations: usize) -> Result<Self, LoadError> {
        let mut weights = Weights::parse(onnx)?;
        let encoder = Encoder::new(&mut weights)?;
        let heads = Heads::new(&mut weights, encoder.width())?;
        let facts = FactHeads::new(&mut weights, encoder.width())?;
        let pairs = PairHead::new(&mut weights, relations)?;
        Ok(Self { encoder, heads, facts, pairs })
    }

    /// Scores windows, all at once, and hands the scores of each to `each` with its index, and what answers further
    /// questions. They do not depend on what else is in the batch.
    pub fn run(
        &self,
        windows: &[&Window],
        scratch: &mut Scratch,
        mut each: impl FnMut(usize, &Scores<'_>, FactReader<'_>),
    ) {
        self.encode(windows, scratch);
        let Scratch { gemm, encoder, heads, facts } = scratch;
        let mut first = 0;
        for (index, window) in windows.iter().enumerate() {
            let rows = first..first + window.starts.len();
            first = rows.end;
            let scores = self.heads.run(gemm, &encoder.words, rows.clone(), heads);
            each(index, &scores, FactReader::new(&self.facts, gemm, &encoder.words, rows, facts));
        }
    }

    /// Runs the encoder alone; the states of the words are left in `scratch`.
    pub fn encode(&self, windows: &[&Window], scratch: &mut Scratch) {
        self.encoder.run(&mut scratch.gemm, windows, &mut scratch.encoder);
    }
}
