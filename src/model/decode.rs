//! Scores to tags, mentions and trees.

use std::ops::Range;

use rten_simd::{Isa, SimdOp};

use super::Model;
use super::engine::facts::FactReader;
use super::engine::vector::dot;
use super::labels::{Bio, Deprel, Labels, MentionType, Upos, VerbForm};
use super::scores::Scores;
use super::window::{Segment, Window};

mod antecedents;
mod pairs;
mod tree;
mod viterbi;

pub use antecedents::Antecedents;
pub use pairs::PairReading;

/// A word as the network reads it.
#[derive(Clone, Debug)]
pub struct Word {
    pub upos: Upos,
    pub form: VerbForm,
    /// Index of the head among the document's tokens; none for the root of its sentence.
    pub head: Option<usize>,
    pub deprel: Deprel,
    /// Probability of the attachment to this head.
    pub confidence: f32,
}

/// A named mention or a date, over tokens of the document.
#[derive(Clone, Debug, PartialEq)]
pub struct TaggedMention {
    pub tokens: Range<usize>,
    pub kind: MentionType,
    /// Lowest probability of the label of any of its words.
    pub confidence: f32,
}

/// Everything read from a window, or from all of a document's: one word for each token.
#[derive(Debug, Default)]
pub struct Reading {
    pub words: Vec<Word>,
    pub mentions: Vec<TaggedMention>,
    /// Titles of office, as written beside or instead of a name.
    pub titles: Vec<Range<usize>>,
    pub antecedents: Antecedents,
    pub pairs: Vec<PairReading>,
}

impl Reading {
    /// Appends what was read from the next window.
    pub fn extend(&mut self, next: Self) {
        self.words.extend(next.words);
        self.mentions.extend(next.mentions);
        self.titles.extend(next.titles);
        self.antecedents.extend(next.antecedents);
        self.pairs.extend(next.pairs);
    }
}

/// Decodes the scores of one window.
pub fn decode(window: &Window, scores: &Scores<'_>, mut facts: FactReader<'_>, model: &Model) -> Reading {
    let labels = &model.labels;
    let mut reading = Reading::default();
    let mut first = 0;
    for segment in &window.segments {
        let rows = first..first + segment.tokens.len();
        decode_mentions(scores, rows.clone(), segment, labels, &mut reading.mentions);
        decode_titles(scores, rows.clone(), segment, &mut reading.titles);
        decode_words(scores, rows.clone(), segment, labels, &mut reading.words);
        first = rows.end;
    }
    reading.antecedents = antecedents::decode(&mut facts, window.first(), &reading.words);
    reading.pairs = pairs::decode(window, &mut facts, model, &reading);
    reading
}

/// Runs of words that are in a title rather than outside of one; the labels are outside, begin, inside.
fn decode_titles(scores: &Scores<'_>, rows: Range<usize>, segment: &Segment, titles: &mut Vec<Range<usize>>) {
    let mut open: Option<Range<usize>> = None;
    for (i, row) in rows.enumerate() {
        let token = segment.tokens.start + i;
        match (argmax(scores.title.row(row)), &mut open) {
            (0, _) => titles.extend(open.take()),
            (2, Some(title)) => title.end = token + 1,
            _ => {
                titles.extend(open.take());
                open = Some(token..token + 1);
            }
        }
    }
    titles.extend(open);
}

fn decode_mentions(
    scores: &Scores<'_>,
    rows: Range<usize>,
    segment: &Segment,
    labels: &Labels,
    mentions: &mut Vec<TaggedMention>,
) {
    let probabilities: Vec<Vec<f32>> = rows.map(|r| log_softmax(scores.mention.row(r))).collect();
    let path = viterbi::best_path(&probabilities, &labels.mention);
    let mut open: Option<TaggedMention> = None;
    for (i, label) in path.into_iter().enumerate() {
        let (token, probability) = (segment.tokens.start + i, probabilities[i][label].exp());
        match (labels.mention[label], &mut open) {
            (Bio::Inside(kind), Some(mention)) if mention.kind == kind => {
                mention.tokens.end = token + 1;
                mention.confidence = mention.confidence.min(probability);
            }
            (Bio::Outside, _) => mentions.extend(open.take()),
            (Bio::Begin(kind) | Bio::Inside(kind), _) => {
                mentions.extend(open.take());
                open = Some(TaggedMention { tokens: token..token + 1, kind, confidence: probability });
            }
        }
    }
    mentions.extend(open);
}

fn decode_words(scores: &Scores<'_>, rows: Range<usize>, segment: &Segment, labels: &Labels, words: &mut Vec<Word>) {
    // Columns of the sentence's own tree: the root, then its words.
    let arcs: Vec<Vec<f32>> = rows
        .clone()
        .map(|r| {
            let row = scores.arcs.row(r);
            let own: Vec<f32> =
                std::iter::once(row[0]).chain(row[1 + rows.start..1 + rows.end].iter().copied()).collect();
            log_softmax(&own)
        })
        .collect();
    let heads = tree::heads(&arcs);
    for (i, row) in rows.clone().enumerate() {
        let above = heads[i];
        let head_row = if above == 0 { 0 } else { rows.start + above };
        let (dependent, head) = (scores.label_dependents.row(row), scores.label_heads.row(head_row));
        let deprel = BestLabel { dependent, head }.dispatch();
        words.push(Word {
            upos: labels.upos[argmax(scores.upos.row(row))],
            form: labels.verb_form[argmax(scores.xpos.row(row))],
            head: above.checked_sub(1).map(|h| segment.tokens.start + h),
            deprel: if above == 0 { Deprel::Root } else { labels.deprel[deprel] },
            confidence: arcs[i][above].exp(),
        });
    }
}

/// Finds the label whose vector, of which the last value is a bias, scores highest with the head's.
struct BestLabel<'a> {
    dependent: &'a [f32],
    head: &'a [f32],
}

impl SimdOp for BestLabel<'_> {
    type Output = usize;

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) -> usize {
        let (labels, width) = (self.dependent.chunks_exact(self.head.len() + 1), self.head.len());
        let score = |label: &[f32]| label[width] + dot(isa, &label[..width], self.head);
        let better = |best: (usize, f32), (i, score)| if score > best.1 { (i, score) } else { best };
        labels.map(score).enumerate().fold((0, f32::NEG_INFINITY), better).0
    }
}

pub(super) fn argmax(values: &[f32]) -> usize {
    values.iter().enumerate().fold((0, f32::NEG_INFINITY), |best, (i, &v)| if v > best.1 { (i, v) } else { best }).0
}

fn log_softmax(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = scores.iter().map(|s| (s - most).exp()).sum();
    scores.iter().map(|s| s - most - sum.ln()).collect()
}
