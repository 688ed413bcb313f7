//! Sentences: which full stops, and which line breaks, end one.

use super::abbreviation::{self, Class};
use super::chars::{is_closer, is_opener, is_terminal, is_word};
use super::dateline;
use super::lines::{self, Break, Kind};
use super::{Sentence, Token};
use crate::extraction::Span;

/// Verbs that follow a quoted question or exclamation and carry its sentence on: “Really?” Smith asked.
const SPEECH: [&str; 14] = [
    "said",
    "says",
    "asked",
    "asks",
    "told",
    "added",
    "shouted",
    "cried",
    "replied",
    "wrote",
    "exclaimed",
    "wondered",
    "tweeted",
    "yelled",
];

/// Groups `tokens` of `text` into sentences: in order, without gaps.
pub fn split(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let splitter = Splitter { text, tokens };
    let mut line_breaks = lines::breaks(text).into_iter().peekable();
    let mut sentences = Vec::new();
    let mut state = State::default();
    let mut dateline_end = dateline::end(text, tokens, 0);
    for index in 0..tokens.len() {
        let line_break = splitter.line_break_after(index, &mut line_breaks);
        state.see(index, splitter.word(index));
        let ends = line_break >= Some(Kind::Hard)
            || dateline_end.map_or_else(|| splitter.ends(index, &mut state), |end| end == index + 1);
        if ends {
            sentences.push(splitter.sentence(state.start..index + 1, state.paragraph));
            state.start = index + 1;
            state.terminal = None;
            dateline_end = None;
        }
        if line_break >= Some(Kind::Hard) {
            dateline_end = dateline::end(text, tokens, index + 1);
            state.paragraph += 1;
            state.quote_open = false;
        }
    }
    sentences
}

/// What is known at a token of the sentence it stands in.
#[derive(Default)]
struct State {
    /// The sentence's first token.
    start: usize,
    paragraph: usize,
    starts_lower: bool,
    /// Whether a straight double quote is open; reset at each paragraph, since news leaves them unclosed there.
    quote_open: bool,
    /// The token that may have ended the sentence, while closing marks follow it.
    terminal: Option<usize>,
    /// The token after a reference in brackets that belongs to the sentence before it.
    note_end: usize,
}

impl State {
    fn see(&mut self, index: usize, word: &str) {
        if index == self.start {
            self.starts_lower = word.starts_with(char::is_lowercase);
        }
        if word == "\"" {
            self.quote_open = !self.quote_open;
        }
    }
}

struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl<'a> Splitter<'a> {
    fn word(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |token| token.span.of(self.text))
    }

    /// Whether nothing stands between the token and the one before it.
    fn is_glued(&self, index: usize) -> bool {
        index > 0 && index < self.tokens.len() && self.tokens[index - 1].span.end == self.tokens[index].span.start
    }

    fn sentence(&self, tokens: std::ops::Range<usize>, paragraph: usize) -> Sentence {
        let span = Span::new(self.tokens[tokens.start].span.start, self.tokens[tokens.end - 1].span.end);
        Sentence { tokens, span, paragraph }
    }

    /// The strongest line break between the token and the next; at the end of the text, that of a paragraph.
    fn line_break_after(
        &self,
        index: usize,
        breaks: &mut std::iter::Peekable<std::vec::IntoIter<Break>>,
    ) -> Option<Kind> {
        let Some(next) = self.tokens.get(index + 1) else { return Some(Kind::Paragraph) };
        let mut strongest = None;
        while let Some(line_break) = breaks.next_if(|line_break| line_break.at < next.span.start) {
            strongest = strongest.max(Some(line_break.kind));
        }
        strongest
    }

    /// Whether a sentence ends with the token at `index`, as far as its words say.
    fn ends(&self, index: usize, state: &mut State) -> bool {
        let word = self.word(index);
        let abbreviated = word.ends_with('.') && word.starts_with(is_word);
        if abbreviated || word.chars().all(is_terminal) {
            state.terminal = Some(index);
        } else if !(state.terminal.is_some() && (self.closes(index) || index < state.note_end)) {
            state.terminal = None;
        }
        let Some(terminal) = state.terminal else { return false };
        let next = index + 1;
        if next < state.note_end || self.closes(next) && self.closes_here(next, state) {
            return false;
        }
        if let Some(note_end) = self.note(next) {
            state.note_end = note_end;
            return false;
        }
        self.decide(terminal, next, state)
    }

    /// Whether the token is a mark that may close a sentence together with its full stop.
    fn closes(&self, index: usize) -> bool {
        let word = self.word(index);
        matches!(word, "''" | "’’") || (word.chars().count() == 1 && word.starts_with(is_closer))
    }

    /// The token after a reference such as `[6]`, or an omission `[...]`, that begins at the token.
    fn note(&self, index: usize) -> Option<usize> {
        let inner = self.word(index + 1);
        let reference = inner.len() <= 3 && inner.bytes().all(|byte| byte.is_ascii_digit());
        let omission = inner.chars().all(is_terminal);
        (self.word(index) == "[" && !inner.is_empty() && (reference || omission) && self.word(index + 2) == "]")
            .then_some(index + 3)
    }

    /// Whether a mark that may both open and close closes: it stands against the word before, or its pair is open.
    fn closes_here(&self, index: usize, state: &State) -> bool {
        match self.word(index) {
            "\"" => {
                let (after_word, before_blank) = (self.is_glued(index), !self.is_glued(index + 1));
                after_word && before_blank || state.quote_open && (after_word || before_blank)
            }
            "'" | "’" | "''" | "’’" => self.is_glued(index),
            _ => true,
        }
    }

    /// Whether a sentence that could end with `terminal` does so before the token `next`.
    fn decide(&self, terminal: usize, next: usize, state: &State) -> bool {
        let mark = self.word(terminal);
        let quoted = next > terminal + 1;
        // The word that follows, behind marks that open.
        let opens = |index: &usize| {
            let word = self.word(*index);
            word.starts_with(is_opener) || matches!(word, "\"" | "'" | "``" | "''" | "‘‘")
        };
        let first = (next..next + 3).find(|index| !opens(index)).unwrap_or(next);
        let word = self.word(first);
        let Some(c) = word.chars().next() else { return false };
        if c.is_lowercase() {
            // Who began this sentence without a capital may begin the next one so; newspapers do not.
            let aside = self.word(next) == "(" && mark == "." && !self.is_glued(next);
            return aside
                || state.starts_lower
                    && next == first
                    && !quoted
                    && !self.is_glued(next)
                    && !mark.starts_with(is_word);
        }
        if !is_word(c) && !opens(&next) {
            // Dashes, commas and colons carry the sentence on; symbols and emoji begin a new one.
            return !matches!(
                c,
                ',' | ';'
                    | ':'
                    | '-'
                    | '–'
                    | '—'
                    | '/'
                    | '%'
                    | ')'
                    | ']'
                    | '.'
                    | '…'
                    | '!'
                    | '?'
                    | '&'
                    | '='
                    | '+'
                    | '|'
            ) && !self.is_glued(next);
        }
        if self.is_glued(next) && !quoted && !self.glued_sentence(terminal, first, mark) {
            return false;
        }
        if mark.starts_with(is_word) {
            return self.abbreviation_ends(terminal, first);
        }
        if self.is_list_number(terminal, state) {
            return false;
        }
        if quoted && !mark.starts_with('.') && c.is_uppercase() && !abbreviation::is_starter(word) {
            return !(first + 1..first + 4).any(|index| SPEECH.contains(&self.word(index)));
        }
        true
    }

    /// "... the end.The next": a full stop without a blank after it ends a sentence between a word and a capital.
    fn glued_sentence(&self, terminal: usize, first: usize, mark: &str) -> bool {
        let before = self.word(terminal.wrapping_sub(1));
        let capital = self.word(first).starts_with(char::is_uppercase);
        mark.starts_with(is_terminal)
            && capital
            && before.chars().next_back().is_some_and(|c| c.is_lowercase() || is_closer(c))
    }

    /// A number and a full stop at the head of a list item.
    fn is_list_number(&self, terminal: usize, state: &State) -> bool {
        let before = self.word(terminal.wrapping_sub(1));
        terminal == state.start + 1
            && self.word(terminal) == "."
            && before.len() <= 3
            && before.chars().all(|c| c.is_ascii_alphanumeric())
            && (before.len() == 1 || before.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// Whether the abbreviation at `index` ends a sentence before the word at `next`.
    fn abbreviation_ends(&self, index: usize, next: usize) -> bool {
        let next_word = self.word(next);
        let starter = abbreviation::is_starter(next_word) && !self.word(next + 1).starts_with('.');
        let word = self.word(index).trim_end_matches('.');
        match abbreviation::class(word) {
            Some(Class::Title | Class::Number) => false,
            Some(Class::General) if word.eq_ignore_ascii_case("a.m") || word.eq_ignore_ascii_case("p.m") => starter,
            Some(Class::General) => next_word.starts_with(char::is_uppercase),
            _ => starter,
        }
    }
}

#[cfg(test)]
mod tests;
