//! Words: letters, with the apostrophes, hyphens and full stops that belong to them.

use super::{View, number};
use crate::text::abbreviation::{self, Class};
use crate::text::chars::{is_apostrophe, is_extend, is_invisible, is_word};

/// Prefixes that keep their hyphen inside the token; other compounds are split at it.
const PREFIXES: [&str; 31] = [
    "anti", "arch", "co", "counter", "cross", "e", "ex", "extra", "hyper", "inter", "intra", "macro", "micro", "mid",
    "mini", "multi", "neo", "non", "over", "pan", "post", "pre", "pro", "proto", "psycho", "re", "semi", "socio",
    "sub", "super", "un",
];

/// Second parts that keep the hyphen before them.
const SUFFIXES: [&str; 2] = ["esque", "wise"];

/// Words written with a slash that are not two words.
const SLASHED: [&str; 12] = ["w/o", "w/", "w/out", "s/he", "b/c", "b/w", "b/t", "n/a", "a/c", "i/o", "l/c", "i/c"];

/// Longest stretch looked at to see whether a hyphen, slash or ampersand stays inside a word.
const NEAR: usize = 12;

/// The length of the word that `view` begins with.
pub(super) fn scan(view: View<'_>) -> usize {
    let special = dotted(view).or_else(|| degree(view.rest)).or_else(|| slashed(view.rest));
    if let Some(length) = special.or_else(|| dollar(view.rest)).or_else(|| amount(view.rest)) {
        return length;
    }
    let mut length = run(view.rest);
    loop {
        let (head, tail) = view.rest.split_at(length);
        let joined = hyphen(head, tail).or_else(|| ampersand(head, tail)).or_else(|| stars(tail));
        match joined {
            Some(more) => length += more + run(&tail[more..]),
            None => break,
        }
    }
    length + usize::from(keeps_full_stop(view, length))
}

/// Letters, digits and marks, with underscores, apostrophes and invisible characters between them.
fn run(rest: &str) -> usize {
    let mut end = 0;
    let mut pending = false;
    for (at, c) in rest.char_indices() {
        if is_word(c) || is_extend(c) {
            end = at + c.len_utf8();
            pending = false;
        } else if is_invisible(c) || c == '_' {
            // May stand in any number; they count only when a letter follows.
        } else if is_apostrophe(c) && end == at && !pending {
            pending = true;
        } else {
            break;
        }
    }
    end
}

/// The length of what joins the next part to `head` when a hyphen after it stays inside the word.
fn hyphen(head: &str, tail: &str) -> Option<usize> {
    let after = tail.strip_prefix('-')?;
    let first = after.chars().next()?;
    let prefix = head.len() <= NEAR && PREFIXES.iter().any(|prefix| prefix.eq_ignore_ascii_case(last_part(head)));
    let suffix_length = after.bytes().take(NEAR).take_while(u8::is_ascii_alphabetic).count();
    let suffix = SUFFIXES.contains(&&after[..suffix_length]);
    (is_word(first) && (prefix || suffix)).then_some(1)
}

/// The part after the last hyphen: of "non-life-threatening" only "non" may join, of "anti-co-op" both prefixes.
fn last_part(head: &str) -> &str {
    head.rsplit('-').next().unwrap_or(head)
}

/// `AT&T`, `PG&E`, `p&l`: short capitals, or single letters, on both sides.
fn ampersand(head: &str, tail: &str) -> Option<usize> {
    let after = tail.strip_prefix('&')?;
    let length = after.bytes().take(NEAR).take_while(u8::is_ascii_alphabetic).count();
    let second = &after[..length];
    let short = |part: &str| !part.is_empty() && part.len() <= 4;
    let capital = |part: &str| part.bytes().all(|byte| byte.is_ascii_uppercase());
    let single = head.len() == 1 && second.len() == 1;
    (short(head) && short(second) && (single || capital(head) && capital(second))).then_some(1)
}

/// `sh*t`: stars for letters.
fn stars(tail: &str) -> Option<usize> {
    let length = tail.bytes().take(NEAR).take_while(|byte| *byte == b'*').count();
    let letter = tail[length..].starts_with(char::is_alphabetic);
    (length > 0 && letter).then_some(length)
}

fn slashed(rest: &str) -> Option<usize> {
    if !rest.as_bytes().iter().take(2).any(|byte| *byte == b'/') {
        return None;
    }
    let length = rest.bytes().take(NEAR).take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'/').count();
    SLASHED.iter().any(|word| word.eq_ignore_ascii_case(&rest[..length])).then_some(length)
}

/// `US$`, `A$`: the letters of a currency keep its sign when a figure follows.
fn dollar(rest: &str) -> Option<usize> {
    let letters = rest.bytes().take(4).take_while(u8::is_ascii_uppercase).count();
    let sign = rest[letters..].starts_with('$');
    let figure = rest.as_bytes().get(letters + 1).is_none_or(u8::is_ascii_digit);
    (sign && figure && letters <= 3).then_some(letters + 1)
}

/// Single letters with full stops between them: `U.S.`, `a.m.`, `J.K.` of `J.K.Rowling`; the last full stop may lack.
fn dotted(view: View<'_>) -> Option<usize> {
    let mut letters = 0;
    let mut end = 0;
    let mut characters = view.rest.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        if !c.is_alphabetic() {
            break;
        }
        match characters.peek() {
            Some((_, '.')) => {
                characters.next();
                letters += 1;
                end = at + c.len_utf8() + 1;
            }
            Some((_, next)) if is_word(*next) => break,
            _ => {
                letters += 1;
                end = at + c.len_utf8();
                break;
            }
        }
    }
    let ellipsis = view.rest[end..].starts_with('.') && view.rest[..end].ends_with('.');
    if letters < 2 {
        return None;
    }
    Some(if ellipsis && view.rest[end..].starts_with("..") { end - 1 } else { end })
}

/// Listed abbreviations with a full stop inside: `Ph.D.`, `M.Sc.`; the last one may lack.
fn degree(rest: &str) -> Option<usize> {
    let length = rest.bytes().take(NEAR).take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'.').count();
    let word = rest[..length].trim_end_matches('.');
    let listed = word.contains('.') && abbreviation::class(word).is_some();
    listed.then_some(word.len() + usize::from(length > word.len()))
}

/// `N7.2` billion, `R1,000`: a currency's letters before a figure that is grouped or has decimals.
fn amount(rest: &str) -> Option<usize> {
    let letters = rest.bytes().take(4).take_while(u8::is_ascii_uppercase).count();
    if letters == 0 || letters > 3 || !rest.as_bytes().get(letters).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let figure = &rest[letters..][..number::grouped(&rest[letters..])];
    let plain = figure.bytes().all(|byte| byte.is_ascii_digit());
    let ends = !rest[letters + figure.len()..].starts_with(is_word);
    (!plain && ends).then_some(letters + figure.len())
}

/// Whether the full stop after the first `length` bytes belongs to the word.
fn keeps_full_stop(view: View<'_>, length: usize) -> bool {
    let (word, tail) = view.rest.split_at(length);
    let Some(tail) = tail.strip_prefix('.') else { return false };
    let glued = tail.chars().next();
    if glued == Some('.') {
        return false;
    }
    if is_initial(word) {
        return match glued {
            Some(c) => is_word(c) || matches!(c, ',' | ';' | '-' | '’' | '\''),
            None => initial_before(word, view),
        };
    }
    let figure = |c: char| c.is_numeric() || matches!(c, '#' | '$' | '€' | '£');
    let before_number = match glued {
        Some(c) => figure(c),
        None => view.following_word().0.starts_with(char::is_numeric),
    };
    match abbreviation::class(word) {
        Some(Class::Number) => before_number || (view.before == Some('(') && glued.is_none()),
        Some(_) => true,
        None => false,
    }
}

fn is_initial(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(char::is_uppercase) && characters.all(is_extend)
}

/// Whether a capital and a full stop before a blank are an initial ("J. Smith") and not the end of a sentence ("vitamin C. The").
fn initial_before(word: &str, view: View<'_>) -> bool {
    let (next, after) = view.following_word();
    let name = next.starts_with(char::is_uppercase) && !abbreviation::is_starter(next);
    let another_initial = is_initial(next) && after.starts_with('.');
    // "I." is rather the pronoun, unless more of a name follows.
    name && word != "I" || another_initial
}
