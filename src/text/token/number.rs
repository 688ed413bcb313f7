//! Numbers: grouped and decimal figures, times, dates, telephone numbers, and the units written onto them.

use super::View;
use crate::text::chars::{is_apostrophe, is_invisible, is_word};

/// No telephone number or date with hyphens is longer.
const LONGEST_HYPHENATED: usize = 24;

/// Units that stand as a token of their own after a figure.
const UNITS: [&str; 52] = [
    "am", "pm", "AM", "PM", "k", "K", "m", "M", "mm", "MM", "bn", "tn", "mn", "B", "kg", "g", "mg", "cm", "km", "nm",
    "ft", "lb", "lbs", "oz", "mi", "mph", "kph", "ml", "L", "hrs", "hr", "h", "min", "mins", "secs", "MB", "GB", "TB",
    "kB", "kW", "MW", "GW", "kWh", "MWh", "Hz", "kHz", "MHz", "GHz", "sq", "yr", "yrs", "million",
];

/// The length of the number that `view` begins with.
pub(super) fn scan(view: View<'_>) -> Option<usize> {
    let bytes = view.rest.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    // A sign or a point belongs to the number only where no word stands before it: "+44", ".04".
    let lead = match bytes.first() {
        Some(b'+' | b'.') if digit(1) && view.before.is_none_or(|c| !is_word(c) && !matches!(c, '.' | '+')) => 1,
        Some(byte) if byte.is_ascii_digit() => 0,
        _ => return None,
    };
    let length = hyphenated(&view.rest[lead..]).unwrap_or_else(|| grouped(&view.rest[lead..])) + lead;
    let rest = &view.rest[length..];
    if is_decade(&view.rest[..length], rest) {
        return None;
    }
    let ends = rest.chars().next().is_none_or(|c| !is_word(c) || is_invisible(c)) || unit(rest) > 0;
    // "1990s", "3rd", "3801A" and "9th" are words that begin with a digit.
    ends.then_some(length)
}

/// The length of a unit that `rest`, which follows a figure, begins with and that no letter follows; 0 when there is none.
pub(super) fn unit(rest: &str) -> usize {
    let length = rest.bytes().take(8).take_while(u8::is_ascii_alphabetic).count();
    let ends = rest[length..].chars().next().is_none_or(|c| !is_word(c));
    if ends && UNITS.contains(&&rest[..length]) { length } else { 0 }
}

/// "80's" and "1960’s" are words too.
fn is_decade(figure: &str, rest: &str) -> bool {
    let mut after = rest.chars();
    let clitic = after.next().is_some_and(is_apostrophe)
        && after.next() == Some('s')
        && after.next().is_none_or(|c| !is_word(c));
    clitic && figure.ends_with('0') && figure.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits with points, colons and slashes between them, and commas before groups of three.
pub(super) fn grouped(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while digit(at)
        || match bytes.get(at) {
            Some(b'.' | b':' | b'/') => digit(at + 1),
            Some(b',') => {
                let group = (at + 1..).take(4).take_while(|next| digit(*next)).count();
                // Lakhs and crores are grouped by two before the last three.
                group == 3 || group == 2 && bytes.get(at + 3) == Some(&b',') && digit(at + 4)
            }
            _ => false,
        }
    {
        at += 1;
    }
    at
}

/// A telephone number, postal code or date with hyphens; a range such as 1969-1970 is not one token.
fn hyphenated(rest: &str) -> Option<usize> {
    let inside = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b'.');
    let length = rest.bytes().take(LONGEST_HYPHENATED).take_while(|byte| inside(*byte)).count();
    let number = rest[..length].trim_end_matches(['-', '/', '.']);
    if number.len() == LONGEST_HYPHENATED || rest[number.len()..].starts_with(is_word) {
        return None;
    }
    let groups = || number.split(['-', '/', '.']);
    let hyphens = number.matches('-').count();
    let last = groups().next_back()?.len();
    let before_last = groups().rev().nth(1)?.len();
    let fits = match hyphens {
        0 => false,
        1 => last == 4 && matches!(before_last, 3 | 5 | 7),
        _ => groups().all(|group| !group.is_empty()),
    };
    fits.then_some(number.len())
}
