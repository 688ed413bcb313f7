//! The text layer: a document's tokens, sentences and paragraphs.
//!
//! Tokens follow the Universal Dependencies English corpora (EWT, GUM), which the model is trained on:
//! clitics, currency signs and most hyphens are tokens of their own.
//! Every character that is seen belongs to exactly one token, and every token to exactly one sentence.

mod abbreviation;
mod chars;
mod dateline;
mod lines;
pub mod offsets;
pub mod sentence;
pub mod token;

use std::ops::Range;

use crate::extraction::Span;

/// A word, number, punctuation mark or symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub span: Span,
}

/// A sentence, headline or list item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Indices into [`Text::tokens`]; never empty.
    pub tokens: Range<usize>,
    /// From the first token's start to the last one's end.
    pub span: Span,
    /// Counted from 0. A paragraph ends at a blank line, and at a line break that is not mere wrapping.
    pub paragraph: usize,
}

/// A document as the rest of the crate reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
}

/// Splits `text` into tokens and sentences, in time linear in its length.
pub fn read(text: &str) -> Text {
    let tokens = token::tokenize(text);
    let sentences = sentence::split(text, &tokens);
    Text { tokens, sentences }
}

#[cfg(test)]
mod tests;
