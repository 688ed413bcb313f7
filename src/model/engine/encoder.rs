//! The encoder: pieces in, a state for the root and each word out.

use rten_simd::SimdOp;

use super::attention::Span;
use super::layer::{Layer, LayerScratch, State};
use super::linear::{ALIGNMENT, Gemm};
use super::passes::{Norm, NormQuantise};
use super::weights::{Array, WeightError, Weights};
use crate::model::window::Window;

/// Embeddings of pieces, positions and case shapes, and layers over them.
pub struct Encoder {
    /// `[vocabulary, width]`, with a scale for each row.
    words: Array<i8>,
    word_scales: Vec<f32>,
    /// `[positions, width]`
    positions: Vec<f32>,
    /// `[shapes, width]`
    shapes: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    /// The first layer that is run for words alone; its words still attend to all pieces.
    words_from: usize,
}

/// Windows one after another, and their state after each layer.
#[derive(Debug, Default)]
pub struct EncoderScratch {
    pieces: State,
    /// The rows of `starts`: the first piece of each window and of each word.
    pub words: State,
    starts: Vec<usize>,
    /// Of all pieces.
    whole: Vec<Span>,
    /// Of the words among the pieces.
    words_among_pieces: Vec<Span>,
    /// Of the words among themselves.
    words_alone: Vec<Span>,
    pub layer: LayerScratch,
}

impl Encoder {
    /// Takes the weights whose names begin with `encoder.`.
    pub fn new(weights: &mut Weights) -> Result<Self, WeightError> {
        let words = weights.bytes("encoder.words.weight")?;
        let vocabulary = words.shape.first().copied().unwrap_or(0);
        let width = words.matrix("encoder.words.weight", vocabulary)?;
        let split = weights.integers("encoder.split")?.of_length("encoder.split", 4)?;
        let [heads, head_width] = [split.values[2], split.values[3]].map(|value| usize::try_from(value).unwrap_or(0));
        let attended = heads.saturating_mul(head_width);
        if attended == 0 || width % ALIGNMENT != 0 || attended % ALIGNMENT != 0 || head_width % 16 != 0 {
            let found = format!("of {width} with {heads} heads of {head_width}");
            let wanted = format!("a multiple of {ALIGNMENT}, as all heads together, and of 16 in each head");
            return Err(WeightError::Unexpected { name: "encoder".to_owned(), found, wanted });
        }
        const SCALES: &str = "encoder.words.weight_scale";
        let mut layers = Vec::new();
        while weights.has(&format!("encoder.layers.{}.qkv.weight", layers.len())) {
            layers.push(Layer::new(weights, &format!("encoder.layers.{}", layers.len()), width, heads, attended)?);
        }
        const WORDS_FROM: &str = "encoder.words_from";
        let words_from = weights.integers(WORDS_FROM)?.of_length(WORDS_FROM, 1)?.values[0];
        let words_from = usize::try_from(words_from).ok().filter(|&at| at < layers.len()).ok_or_else(|| {
            let (found, wanted) = (words_from.to_string(), format!("one of {} layers", layers.len()));
            WeightError::Unexpected { name: WORDS_FROM.to_owned(), found, wanted }
        })?;
        Ok(Self {
            words,
            word_scales: weights.floats(SCALES)?.of_length(SCALES, vocabulary)?.values,
            positions: weights.floats("encoder.positions.weight")?.values,
            shapes: weights.floats("encoder.shapes.weight")?.values,
            norm: Norm::new(weights, "encoder.norm", width)?,
            layers,
            words_from,
        })
    }

    /// Width of a state.
    pub fn width(&self) -> usize {
        self.norm.weight.len()
    }

    /// Reads windows, and leaves the state of their words in `scratch.words`: for each window the root, then its words.
    pub fn run(&self, gemm: &mut Gemm, windows: &[&Window], scratch: &mut EncoderScratch) {
        self.embed(windows, scratch);
        let EncoderScratch { pieces, words, starts, whole, words_among_pieces, words_alone, layer: room } = scratch;
        let (below, above) = self.layers.split_at(self.words_from);
        for layer in below {
            layer.run(gemm, pieces, whole, room);
        }
        words.gather(pieces, starts);
        let Some((first, above)) = above.split_first() else { return };
        first.run_some(gemm, pieces, words, words_among_pieces, room);
        for layer in above {
            layer.run(gemm, words, words_alone, room);
        }
    }

    /// The state before the first layer, and where each window and word is in it.
    fn embed(&self, windows: &[&Window], scratch: &mut EncoderScratch) {
        let width = self.width();
        let EncoderScratch { pieces: state, starts, whole, words_among_pieces, words_alone, .. } = scratch;
        let rows = windows.iter().map(|w| w.pieces.len()).sum();
        starts.clear();
        whole.clear();
        words_among_pieces.clear();
        words_alone.clear();
        state.resize(rows, width);
        let mut first = 0;
        for window in windows {
            let keys = first..first + window.pieces.len();
            let out = state.numbers[keys.start * width..keys.end * width].chunks_exact_mut(width);
            for (at, ((out, &piece), &shape)) in out.zip(&window.pieces).zip(&window.shapes).enumerate() {
                let (piece, shape) = (piece as usize, shape as usize);
                let scale = self.word_scales[piece];
                let word = &self.words.values[piece * width..(piece + 1) * width];
                let position = &self.positions[at * width..(at + 1) * width];
                let shape = &self.shapes[shape * width..(shape + 1) * width];
                for (((x, &word), position), shape) in out.iter_mut().zip(word).zip(position).zip(shape) {
                    *x = f32::from(word) * scale + position + shape;
                }
            }
            let before = starts.len();
            starts.extend(window.starts.iter().map(|&s| first + s as usize));
            whole.push(Span { queries: keys.clone(), keys: keys.clone() });
            let words = before..starts.len();
            words_among_pieces.push(Span { queries: words.clone(), keys });
            words_alone.push(Span { queries: words.clone(), keys: words });
            first += window.pieces.len();
        }
        NormQuantise { norm: &self.norm, state: &mut state.numbers[..rows * width], out: &mut state.quantised }
            .dispatch();
    }
}
