//! Punctuation marks and symbols: ellipses, dashes, emoticons, emoji, and single marks.

use super::View;
use crate::text::chars::{is_extend, is_flag_half, is_invisible, is_terminal, is_word};

/// Written faces; longer ones first where one begins with another.
const EMOTICONS: [&str; 24] = [
    ":'(", ":-)", ":-(", ";-)", ":-D", ":-P", ":-/", "^_^", "-_-", ">:(", ":))", ":)", ":(", ";)", "=)", "=(", ":D",
    ":P", ":p", ":/", ":|", ";D", "<3", "XD",
];

const JOINER: char = '\u{200d}';

/// The length of the mark that `view` begins with.
pub(super) fn scan(view: View<'_>) -> usize {
    emoticon(view).or_else(|| repeated(view.rest)).unwrap_or_else(|| single(view.rest))
}

fn emoticon(view: View<'_>) -> Option<usize> {
    let apart = view.before.is_none_or(|c| is_terminal(c) || c == ',');
    let face = EMOTICONS.iter().find(|face| view.rest.starts_with(**face))?;
    let rest = &view.rest[face.len()..];
    (apart && !rest.starts_with(is_word) && !rest.starts_with('/')).then_some(face.len())
}

/// Runs of the same mark, and of the marks that end a sentence in any order.
fn repeated(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    let run = |inside: &dyn Fn(char) -> bool| rest.find(|c: char| !inside(c)).unwrap_or(rest.len());
    if is_terminal(first) {
        return Some(run(&is_terminal));
    }
    if matches!(first, '\'' | '`' | '’' | '‘') {
        // Two make a quotation mark; more than two are taken by twos.
        let doubled = rest[first.len_utf8()..].starts_with(first);
        return doubled.then_some(2 * first.len_utf8());
    }
    if matches!(first, '-' | '–' | '—' | '=' | '_' | '*' | '~' | '+' | '#' | '$' | '<' | '>' | ',') {
        return Some(run(&|c| c == first));
    }
    None
}

/// One character with all that combines with it: accents, skin tones, joined emoji, the second half of a flag.
fn single(rest: &str) -> usize {
    let mut characters = rest.char_indices().peekable();
    let Some((_, first)) = characters.next() else { return 0 };
    let mut end = first.len_utf8();
    if is_flag_half(first) && characters.peek().is_some_and(|(_, next)| is_flag_half(*next)) {
        return 2 * end;
    }
    while let Some((at, c)) = characters.next() {
        if is_extend(c) {
            end = at + c.len_utf8();
        } else if c == JOINER && !first.is_ascii() {
            match characters.next() {
                Some((at, joined)) if !is_word(joined) && !is_invisible(joined) && !joined.is_ascii() => {
                    end = at + joined.len_utf8();
                }
                _ => break,
            }
        } else {
            break;
        }
    }
    end
}
