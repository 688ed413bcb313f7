//! Text to lexemes: words, runs of digits and signs, each with its byte span, in one pass.

use super::words::{Lexicon, Term};

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Lower,
    Title,
    Upper,
}

/// Offsets are 32 bits wide, as in the contract: ten million words are a quarter of a gigabyte of lexemes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lexeme {
    start: u32,
    end: u32,
    pub term: Term,
    pub case: Case,
    /// No white space before it.
    pub glued: bool,
}

impl Lexeme {
    pub(super) fn start(&self) -> usize {
        self.start as usize
    }

    pub(super) fn end(&self) -> usize {
        self.end as usize
    }

    /// The words as they stand in `text`.
    pub(super) fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start()..self.end()]
    }

    /// A word or a number.
    pub(super) fn is_alphanumeric(&self) -> bool {
        !matches!(self.term, Term::Punct(_) | Term::Break)
    }
}

/// Splits `text`; letters and digits that touch are split too ("3rd" is "3" and "rd", "Q3" is "Q" and "3").
/// What lies beyond four gibibytes is not read.
pub(super) fn lex(text: &str) -> Vec<Lexeme> {
    let mut lexemes = Vec::with_capacity(text.len() / 5);
    let longest = u32::MAX as usize;
    let text = if text.len() > longest { &text[..text.floor_char_boundary(longest)] } else { text };
    lexemes.extend(Lexer { lexicon: Lexicon::get(), text, at: 0, glued: false, newlines: 0 });
    lexemes
}

/// The lexemes of a text, in order.
struct Lexer<'a> {
    lexicon: &'static Lexicon,
    text: &'a str,
    at: usize,
    glued: bool,
    /// Line ends since the last lexeme; the second is a paragraph break.
    newlines: usize,
}

impl Iterator for Lexer<'_> {
    type Item = Lexeme;

    fn next(&mut self) -> Option<Lexeme> {
        let bytes = self.text.as_bytes();
        loop {
            let at = self.at;
            let first = *bytes.get(at)?;
            if first.is_ascii_whitespace() {
                self.at += 1;
                self.glued = false;
                self.newlines += usize::from(first == b'\n');
                if first == b'\n' && self.newlines == 2 {
                    return Some(lexeme(at, at, Term::Break, Case::Lower, false));
                }
                continue;
            }
            let (end, term, case) = self.piece(first);
            if term == Term::Punct(' ') {
                (self.at, self.glued) = (end, false);
                continue;
            }
            let lexeme = lexeme(at, end, term, case, self.glued);
            (self.at, self.glued, self.newlines) = (end, true, 0);
            return Some(lexeme);
        }
    }
}

fn lexeme(start: usize, end: usize, term: Term, case: Case, glued: bool) -> Lexeme {
    Lexeme { start: start as u32, end: end as u32, term, case, glued }
}

impl Lexer<'_> {
    /// The word, number or sign that begins here.
    fn piece(&self, first: u8) -> (usize, Term, Case) {
        if first.is_ascii_digit() {
            return number(self.text.as_bytes(), self.at);
        }
        if !first.is_ascii_alphabetic() && first < 0x80 {
            return (self.at + 1, Term::Punct(char::from(first)), Case::Lower);
        }
        match word_end(self.text, self.at) {
            end if end > self.at => word(self.lexicon, &self.text[self.at..end], end),
            _ => {
                let (end, sign) = sign(self.text, self.at);
                (end, Term::Punct(sign), Case::Lower)
            }
        }
    }
}

/// Digits, with groups of three after commas taken in ("1,948,000").
fn number(bytes: &[u8], start: usize) -> (usize, Term, Case) {
    let run = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let length = run(start);
    let mut end = start + length;
    let mut digits = u8::try_from(length).unwrap_or(u8::MAX);
    while length <= 3 && bytes.get(end) == Some(&b',') && run_is_three(bytes, end + 1) {
        end += 4;
        digits = 0;
    }
    let value = bytes[start..end]
        .iter()
        .filter(|b| b.is_ascii_digit())
        .fold(0u32, |n, b| n.saturating_mul(10).saturating_add(u32::from(b - b'0')));
    (end, Term::Number { value, digits }, Case::Lower)
}

fn run_is_three(bytes: &[u8], from: usize) -> bool {
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    digit(from) && digit(from + 1) && digit(from + 2) && !digit(from + 3)
}

fn word_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let ascii = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    if rest.as_bytes().get(ascii).is_none_or(|&b| b < 0x80) {
        return start + ascii;
    }
    start + rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
}

fn word(lexicon: &Lexicon, word: &str, end: usize) -> (usize, Term, Case) {
    let mut letters = word.chars();
    let case = match (letters.next(), letters.next()) {
        (Some(a), Some(b)) if a.is_uppercase() && b.is_uppercase() => Case::Upper,
        (Some(a), _) if a.is_uppercase() => Case::Title,
        _ => Case::Lower,
    };
    (end, lexicon.term(word), case)
}

/// One character that is no letter and no digit; typographic forms become the plain ones.
fn sign(text: &str, start: usize) -> (usize, char) {
    let sign = text[start..].chars().next().unwrap_or(' ');
    let plain = match sign {
        '\u{2018}' | '\u{2019}' | '\u{02bc}' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        '\u{2013}' | '\u{2014}' | '\u{2212}' => '–',
        sign if sign.is_whitespace() || sign == '\u{200b}' => ' ',
        sign => sign,
    };
    (start + sign.len_utf8(), plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        lex(text).iter().map(|l| l.of(text)).collect()
    }

    #[test]
    fn letters_digits_and_signs_are_split() {
        assert_eq!(pieces("Q3, 3rd 1,948 it’s"), ["Q", "3", ",", "3", "rd", "1,948", "it", "’", "s"]);
        assert_eq!(pieces("May 3,2021"), ["May", "3", ",", "2021"]);
        assert_eq!(pieces("Zürich été\u{a0}12"), ["Zürich", "été", "12"]);
    }

    #[test]
    fn a_blank_line_is_a_break() {
        assert!(lex("one\n\n\ntwo").iter().any(|l| l.term == Term::Break));
        assert!(lex("one\ntwo").iter().all(|l| l.term != Term::Break));
    }
}
