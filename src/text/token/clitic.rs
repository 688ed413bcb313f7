//! Clitics and contractions: `do|n't`, `Iran|'s`, `can|not`, `gon|na`.

use super::View;
use crate::text::chars::{is_apostrophe, is_word};

/// Contractions without an apostrophe, and where each is cut.
const CONTRACTIONS: [(&str, &[usize]); 27] = [
    ("cannot", &[3]),
    ("gonna", &[3]),
    ("wanna", &[3]),
    ("gotta", &[3]),
    ("gimme", &[3]),
    ("lemme", &[3]),
    ("dunno", &[2, 3]),
    ("dont", &[2]),
    ("doesnt", &[4]),
    ("didnt", &[3]),
    ("cant", &[2]),
    ("wont", &[2]),
    ("isnt", &[2]),
    ("arent", &[3]),
    ("wasnt", &[3]),
    ("werent", &[4]),
    ("havent", &[4]),
    ("hasnt", &[3]),
    ("couldnt", &[5]),
    ("wouldnt", &[5]),
    ("shouldnt", &[6]),
    ("im", &[1]),
    ("ive", &[1]),
    ("youre", &[3]),
    ("theyre", &[4]),
    ("thats", &[4]),
    ("whats", &[4]),
];

const LONGEST_CONTRACTION: usize = 8;

/// What may follow an apostrophe as a clitic of its own; `n't` is treated apart.
const CLITICS: [&str; 6] = ["s", "m", "d", "ll", "re", "ve"];

/// Words that lost their beginning to an apostrophe.
const ELIDED: [&str; 7] = ["em", "til", "cause", "cuz", "coz", "bout", "n"];

/// Where `word` is cut into tokens, in order.
pub(super) fn cuts(word: &str) -> Vec<usize> {
    if !word.contains(is_apostrophe) {
        return contraction(word).to_vec();
    }
    let mut cuts = Vec::new();
    let mut head = word;
    while let Some(cut) = last_clitic(head) {
        cuts.push(cut);
        head = &head[..cut];
    }
    cuts.reverse();
    cuts
}

fn contraction(word: &str) -> &'static [usize] {
    // "IM" and "CANT" may be initials; "Im" and "Cant" are not.
    if word.len() > LONGEST_CONTRACTION || !word.bytes().skip(1).all(|byte| byte.is_ascii_lowercase()) {
        return &[];
    }
    let found = CONTRACTIONS.iter().find(|(written, _)| written.eq_ignore_ascii_case(word));
    found.map_or(&[], |(_, cuts)| cuts)
}

fn last_clitic(word: &str) -> Option<usize> {
    let (at, apostrophe) = word.char_indices().rev().take(4).find(|(_, c)| is_apostrophe(*c))?;
    let (head, tail) = (&word[..at], &word[at + apostrophe.len_utf8()..]);
    if tail.eq_ignore_ascii_case("t") {
        let cut = head.strip_suffix(['n', 'N'])?.len();
        return (cut > 0).then_some(cut);
    }
    if head.eq_ignore_ascii_case("y") && tail.eq_ignore_ascii_case("all") {
        return Some(word.len() - tail.len());
    }
    let decade = tail == "s" && head.ends_with('0') && head.bytes().all(|byte| byte.is_ascii_digit());
    let clitic = CLITICS.iter().any(|clitic| clitic.eq_ignore_ascii_case(tail));
    (clitic && !decade && !head.is_empty()).then_some(at)
}

/// The length of a token that begins with an apostrophe: `'s` after a closing quote, `'em`, `'72`, `'90s`.
pub(super) fn leading(view: View<'_>) -> Option<usize> {
    let apostrophe = view.first();
    if !is_apostrophe(apostrophe) && apostrophe != '‘' {
        return None;
    }
    let rest = &view.rest[apostrophe.len_utf8()..];
    let length = rest.bytes().take(8).take_while(u8::is_ascii_alphanumeric).count();
    let word = &rest[..length];
    let next = rest[length..].chars().next();
    // A word between two apostrophes is quoted, not clipped; only "'n'" is written so.
    let closed = next.is_some_and(is_apostrophe);
    if next.is_some_and(is_word) {
        return None;
    }
    let year = |digits: &str| digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let clipped = year(word) || word.strip_suffix('s').is_some_and(year) || ELIDED.contains(&word);
    // Words take their own clitics; what is left follows a figure, a symbol or a closing quote.
    let clitic = CLITICS.iter().any(|clitic| clitic.eq_ignore_ascii_case(word));
    if closed {
        return (word == "n" && view.at_word_start())
            .then(|| apostrophe.len_utf8() + 1 + next.map_or(0, char::len_utf8));
    }
    ((clipped && view.at_word_start()) || clitic).then_some(apostrophe.len_utf8() + length)
}
