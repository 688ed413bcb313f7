//! Tokens: where words, numbers and marks begin and end.
//!
//! The text is cut at white space, and each piece is read from left to right. At every step one rule takes a
//! prefix of what is left, and looks no further ahead than it takes or than a small bound, so time is linear.

mod clitic;
mod number;
mod symbol;
mod web;
mod word;

use super::Token;
use super::chars::{is_extend, is_invisible, is_separator, is_word};
use crate::extraction::Span;

/// Splits `text` into tokens, in order.
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokenizer = Tokenizer { text, tokens: Vec::with_capacity(text.len() / 5) };
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if is_separator(c) {
            tokenizer.piece(start, at);
            start = at + c.len_utf8();
        }
    }
    tokenizer.piece(start, text.len());
    tokenizer.tokens
}

/// What a rule may see: the rest of the piece, the character before it, and the text after the piece.
#[derive(Clone, Copy)]
struct View<'a> {
    rest: &'a str,
    before: Option<char>,
    after: &'a str,
}

impl<'a> View<'a> {
    fn first(self) -> char {
        self.rest.chars().next().unwrap_or(' ')
    }

    /// The view `length` bytes further on.
    fn skip(self, length: usize) -> View<'a> {
        let before = self.rest[..length].chars().next_back().or(self.before);
        View { rest: &self.rest[length..], before, after: self.after }
    }

    /// Whether nothing stands before, or only marks that open or separate.
    fn at_word_start(self) -> bool {
        self.before.is_none_or(|c| !is_word(c))
    }

    /// The next word on the line after this piece, without marks before it, and the little that is seen after it.
    /// The word is empty when the line ends.
    fn following_word(self) -> (&'a str, &'a str) {
        const FAR: usize = 48;
        let line = &self.after[..self.after.floor_char_boundary(FAR)];
        let line = line.split('\n').next().unwrap_or_default();
        let words = line.trim_start_matches(|c: char| !is_word(c));
        words.split_at(words.find(|c: char| !is_word(c)).unwrap_or(words.len()))
    }
}

struct Tokenizer<'a> {
    text: &'a str,
    tokens: Vec<Token>,
}

impl Tokenizer<'_> {
    fn push(&mut self, start: usize, end: usize) {
        let token = &self.text[start..end];
        let inner = token.trim_matches(is_invisible);
        if !inner.is_empty() {
            let start = start + (token.len() - token.trim_start_matches(is_invisible).len());
            self.tokens.push(Token { span: Span::new(start, start + inner.len()) });
        }
    }

    /// Pushes the parts of a word that begin at `start`, cut at the given lengths from there.
    fn push_cut(&mut self, start: usize, end: usize, cuts: &[usize]) {
        let mut from = start;
        for cut in cuts {
            self.push(from, start + cut);
            from = start + cut;
        }
        self.push(from, end);
    }

    /// Reads `text[start..end]`, which holds no separator.
    fn piece(&mut self, start: usize, end: usize) {
        if start == end {
            return;
        }
        let mut at = start;
        let mut view = View { rest: &self.text[start..end], before: None, after: &self.text[end..] };
        // Most pieces hold neither, and then need not be tried as an address.
        let address = view.rest.bytes().any(|byte| matches!(byte, b'.' | b'@' | b':' | b'#'));
        while !view.rest.is_empty() {
            let length = self.step(at, view, address).clamp(1, view.rest.len());
            view = view.skip(length);
            at += length;
        }
    }

    /// Takes what the first rule that fits takes, and returns its length.
    fn step(&mut self, at: usize, view: View<'_>, address: bool) -> usize {
        let first = view.first();
        if is_invisible(first) {
            return first.len_utf8();
        }
        if address
            && view.at_word_start()
            && let Some(length) = web::address(view)
        {
            self.push(at, at + length);
            return length;
        }
        if let Some(length) = number::scan(view) {
            let unit = number::unit(&view.rest[length..]);
            self.push(at, at + length);
            if unit > 0 {
                self.push(at + length, at + length + unit);
            }
            return length + unit;
        }
        if is_word(first) || is_extend(first) {
            let length = word::scan(view);
            let cuts = clitic::cuts(&view.rest[..length]);
            self.push_cut(at, at + length, &cuts);
            return length;
        }
        if let Some(length) = clitic::leading(view) {
            self.push(at, at + length);
            return length;
        }
        let length = symbol::scan(view);
        self.push(at, at + length);
        length
    }
}

#[cfg(test)]
mod tests;
