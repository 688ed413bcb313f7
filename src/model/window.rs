//! Cutting a document into windows: as many whole sentences as the network takes at once.

use std::collections::HashMap;
use std::ops::Range;

use super::wordpiece::{WordPiece, shape};
use crate::text::Text;

/// A stretch of words inside one sentence that is read as one: the sentence, or a part of one too long for a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Indices of the document's tokens.
    pub tokens: Range<usize>,
}

/// What the network reads at once: `[CLS] sentence [SEP] sentence [SEP]`.
#[derive(Debug, Default)]
pub struct Window {
    pub segments: Vec<Segment>,
    pub pieces: Vec<i32>,
    pub shapes: Vec<i32>,
    /// Position of the root's piece (0), then of each word's first piece.
    pub starts: Vec<i32>,
}

impl Window {
    /// The document's token that the first row stands for; those that follow stand for the tokens after it.
    pub fn first(&self) -> usize {
        self.segments.first().map_or(0, |s| s.tokens.start)
    }
}

/// A document cut into windows.
pub struct Windows {
    pub windows: Vec<Window>,
    /// Sentences that were longer than a window and were read in parts.
    pub split_sentences: usize,
}

struct Cutter<'a> {
    source: &'a str,
    text: &'a Text,
    vocabulary: &'a WordPiece,
    limit: usize,
    known: HashMap<&'a str, Range<usize>>,
    pool: Vec<i32>,
    windows: Vec<Window>,
    open: Window,
}

/// Cuts `text` into windows of at most `limit` pieces.
pub fn cut(source: &str, text: &Text, vocabulary: &WordPiece, limit: usize) -> Windows {
    let open = Cutter::empty(vocabulary);
    let mut cutter =
        Cutter { source, text, vocabulary, limit, known: HashMap::new(), pool: Vec::new(), windows: Vec::new(), open };
    let mut split_sentences = 0;
    for sentence in &text.sentences {
        let segments = cutter.segments(sentence.tokens.clone());
        split_sentences += usize::from(segments.len() > 1);
        for segment in segments {
            cutter.push(segment);
        }
    }
    cutter.close();
    Windows { windows: cutter.windows, split_sentences }
}

impl<'a> Cutter<'a> {
    fn empty(vocabulary: &WordPiece) -> Window {
        Window { pieces: vec![vocabulary.cls], shapes: vec![0], starts: vec![0], ..Window::default() }
    }

    /// The word's pieces, as a range of the pool; each form is looked up once a document.
    fn pieces(&mut self, token: usize) -> Range<usize> {
        let word = self.text.tokens[token].span.of(self.source);
        if let Some(range) = self.known.get(word) {
            return range.clone();
        }
        let start = self.pool.len();
        self.vocabulary.encode(word, &mut self.pool);
        let range = start..self.pool.len();
        self.known.insert(word, range.clone());
        range
    }

    /// The sentence whole, or cut where it outgrows a window, after the last comma-like token where there is one.
    fn segments(&mut self, tokens: Range<usize>) -> Vec<Segment> {
        let room = self.limit - 2;
        let (mut segments, mut start, mut used, mut pause) = (Vec::new(), tokens.start, 0, None);
        let mut token = tokens.start;
        while token < tokens.end {
            let size = self.pieces(token).len();
            if used + size > room {
                let end = pause.filter(|&p| p > start).unwrap_or(token);
                segments.push(Segment { tokens: start..end });
                (start, token, used, pause) = (end, end, 0, None);
                continue;
            }
            used += size;
            token += 1;
            if matches!(self.text.tokens[token - 1].span.of(self.source), "," | ";" | ":" | "-" | "–" | "—") {
                pause = Some(token);
            }
        }
        if start < tokens.end {
            segments.push(Segment { tokens: start..tokens.end });
        }
        segments
    }

    fn push(&mut self, segment: Segment) {
        let size: usize = segment.tokens.clone().map(|t| self.pieces(t).len()).sum();
        if self.open.pieces.len() + size + 1 > self.limit {
            self.close();
        }
        for token in segment.tokens.clone() {
            let range = self.pieces(token);
            let word = self.text.tokens[token].span.of(self.source);
            self.open.starts.push(i32::try_from(self.open.pieces.len()).unwrap_or(i32::MAX));
            for (i, at) in range.enumerate() {
                self.open.pieces.push(self.pool[at]);
                self.open.shapes.push(shape(word, i > 0));
            }
        }
        self.open.pieces.push(self.vocabulary.sep);
        self.open.shapes.push(0);
        self.open.segments.push(segment);
    }

    fn close(&mut self) {
        let full = std::mem::replace(&mut self.open, Self::empty(self.vocabulary));
        if !full.segments.is_empty() {
            self.windows.push(full);
        }
    }
}
