//! Which side of the reference a clause speaks of, from its words alone.

use super::Direction;
use super::lexer::lex;
use super::words::{Term, W};
use crate::extraction::Span;

/// Bytes looked at on each side of the expression.
const WINDOW: usize = 240;
/// Bytes from a word that looks ahead to its participle.
const PARTICIPLE: usize = 16;
/// Bytes before the expression in which "set to" governs it.
const SET_TO: usize = 40;

/// A guess of the clause's direction: the nearest verb form that tells it, looking to the left first.
pub fn shallow_direction(text: &str, span: Span) -> Direction {
    let before = left(text, span.start);
    if leads_ahead(before) {
        return Direction::Future;
    }
    // "will be released", "is expected to be completed": a participle right after the word that looks ahead.
    let (mut nearest, mut ahead_at) = (None, None);
    for (at, side) in cues(before) {
        let participle = side == Direction::Past && ahead_at.is_some_and(|a| at - a < PARTICIPLE);
        ahead_at = (side == Direction::Future).then_some(at);
        nearest = Some(if participle { Direction::Future } else { side });
    }
    nearest.or_else(|| Some(cues(right(text, span.end)).next()?.1)).unwrap_or(Direction::Unknown)
}

/// The words of a part of a clause that tell its direction, with their places.
fn cues(part: &str) -> impl Iterator<Item = (usize, Direction)> + '_ {
    lex(part).filter_map(|lexeme| {
        let word = lexeme.span.of(part);
        let side = match lexeme.term {
            Term::Future | Term::Fn(W::Coming | W::Upcoming) => Direction::Future,
            Term::Past | Term::Fn(W::Was | W::Ended) => Direction::Past,
            Term::Other if word.len() > 4 && word.ends_with("ed") => Direction::Past,
            _ => return None,
        };
        Some((lexeme.span.start, side))
    })
}

/// Whether the words right before say that the date is to come: "until Tuesday", "as soon as Tuesday".
fn leads_ahead(before: &str) -> bool {
    let before = before.trim_end();
    let tail = before.len().saturating_sub(SET_TO);
    if (tail..before.len()).find(|&i| before.is_char_boundary(i)).is_some_and(|i| before[i..].contains(" set to ")) {
        return true;
    }
    ["until", "till", "as soon as", "as early as", "effective", "payable"].iter().any(|words| {
        let Some(at) = before.len().checked_sub(words.len()) else { return false };
        before.get(at..) == Some(words)
    })
}

/// The text before `at`, from the sentence's beginning.
fn left(text: &str, at: usize) -> &str {
    let mut start = at.saturating_sub(WINDOW);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let window = &text[start.min(at)..at];
    let bytes = window.as_bytes();
    let end = |i: usize| {
        matches!(bytes[i], b'.' | b'!' | b'?') && bytes.get(i + 1).is_some_and(u8::is_ascii_whitespace)
            || bytes[i] == b'\n' && bytes.get(i + 1) == Some(&b'\n')
    };
    let from = (0..bytes.len()).rev().find(|&i| end(i)).map_or(0, |i| i + 1);
    &window[from..]
}

/// The text after `at`, to the sentence's end.
fn right(text: &str, at: usize) -> &str {
    let mut end = text.len().min(at + WINDOW);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let window = &text[at..end.max(at)];
    let stop = window.find(['.', '!', '?', ';']).unwrap_or(window.len());
    &window[..stop]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_verb_form_decides() {
        let of = |text: &str, word: &str| {
            let start = text.find(word).unwrap_or(0);
            shallow_direction(text, Span::new(start, start + word.len()))
        };
        assert_eq!(of("He said on Monday it was over.", "Monday"), Direction::Past);
        assert_eq!(of("He said they will meet on Monday.", "Monday"), Direction::Future);
        assert_eq!(of("The report will be published on Monday.", "Monday"), Direction::Future);
        assert_eq!(of("Talks ended. On Monday they will meet.", "Monday"), Direction::Future);
        assert_eq!(of("Monday", "Monday"), Direction::Unknown);
    }
}
