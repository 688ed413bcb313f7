//! Which side of the reference a clause speaks of, from the words round an expression.

use super::cursor::Cursor;
use super::words::{Term, W};

/// Which side of the reference a clause speaks of; it decides which Monday or October is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
    Unknown,
}

/// Lexemes looked at on each side of the expression.
const WINDOW: usize = 48;
/// Lexemes from a word that looks ahead to its participle.
const PARTICIPLE: usize = 3;
/// Lexemes before the expression in which "set to" governs it.
const SET_TO: usize = 8;

/// The clause's direction: that of the nearest verb form which tells it, looking to the left first.
pub(super) fn direction(begin: Cursor<'_>, end: Cursor<'_>) -> Direction {
    // "Until Thursday, they had not called him a suspect."
    let told = end.punct(',').is_some() && after(end) == Some(Direction::Past);
    if leads_ahead(begin) && !told {
        return Direction::Future;
    }
    let found = before(begin).or_else(|| after(end));
    match found {
        Some(side) => side,
        // A text that is nothing but a time comes from a form or a calendar, and those look ahead.
        None if is_alone(begin, end) => Direction::Future,
        None => Direction::Unknown,
    }
}

/// The nearest cue between the sentence's beginning and the expression.
fn before(begin: Cursor<'_>) -> Option<Direction> {
    let mut n = 1;
    while let Some(c) = begin.back(n).filter(|c| n <= WINDOW && !ends_sentence(*c)) {
        match cue(c) {
            // "will be released", "is expected to be completed": a participle right after the word that looks ahead.
            Some(Direction::Past) => {
                let ahead = (1..=PARTICIPLE).map_while(|k| c.back(k)).take_while(|b| !ends_sentence(*b));
                let ahead = ahead.into_iter().any(|b| cue(b) == Some(Direction::Future));
                return Some(if ahead { Direction::Future } else { Direction::Past });
            }
            Some(side) => return Some(side),
            None => n += 1,
        }
    }
    None
}

/// The nearest cue between the expression and the sentence's end.
fn after(end: Cursor<'_>) -> Option<Direction> {
    let mut c = end;
    for _ in 0..WINDOW {
        if matches!(c.term(), Term::Break | Term::Punct('.' | '!' | '?' | ';')) {
            return None;
        }
        if let Some(side) = cue(c) {
            return Some(side);
        }
        c = c.next();
    }
    None
}

/// What a word tells of its clause's direction.
fn cue(c: Cursor<'_>) -> Option<Direction> {
    match c.term() {
        Term::Future | Term::Fn(W::Coming | W::Upcoming) => Some(Direction::Future),
        // "is to resume"
        Term::Fn(W::To) if c.back(1).is_some_and(|b| b.is("is") || b.is("are") || b.is("was") || b.is("were")) => {
            Some(Direction::Future)
        }
        Term::Past | Term::Fn(W::Was | W::Ended) => Some(Direction::Past),
        Term::Other => {
            let word = c.str();
            // "I'll"
            let contracted = word.eq_ignore_ascii_case("ll") && c.back(1).is_some_and(|b| b.punct('\'').is_some());
            if contracted {
                return Some(Direction::Future);
            }
            (word.len() > 4 && word.ends_with("ed")).then_some(Direction::Past)
        }
        _ => None,
    }
}

/// Whether a sentence ends at this sign.
fn ends_sentence(c: Cursor<'_>) -> bool {
    match c.term() {
        Term::Break => true,
        Term::Punct('!' | '?') => true,
        // Not the stop of "Jan." or "3.5".
        Term::Punct('.') => !c.next().glued() && !matches!(c.before(), Term::Month { abbr: true, .. }),
        _ => false,
    }
}

/// Whether the words right before say that the date is to come: "until Tuesday", "as soon as Tuesday", "is to meet
/// Tuesday".
fn leads_ahead(begin: Cursor<'_>) -> bool {
    let Some(last) = begin.back(1) else { return false };
    if last.any(&[W::Until, W::Till]).is_some() || last.is("effective") || last.is("payable") {
        return true;
    }
    if last.word(W::As).is_some() && last.back(2).is_some_and(|b| b.word(W::As).is_some()) {
        return last.back(1).is_some_and(|b| b.word(W::Soon).is_some() || b.is("early"));
    }
    (1..=SET_TO)
        .map_while(|n| begin.back(n))
        .take_while(|c| !ends_sentence(*c))
        .any(|c| c.is("set") && c.next().any(&[W::To, W::For]).is_some())
}

/// Lexemes beside an expression that is all of its text: a preposition, quotes, a full stop.
const BESIDE: usize = 8;

/// Whether the text is nothing but the expression.
fn is_alone(begin: Cursor<'_>, end: Cursor<'_>) -> bool {
    let nothing = |l: &super::lexer::Lexeme| matches!(l.term, Term::Punct(_) | Term::Break | Term::Fn(_));
    begin.at < BESIDE
        && end.lexemes.len() < end.at + BESIDE
        && begin.lexemes[..begin.at].iter().all(nothing)
        && end.lexemes[end.at.min(end.lexemes.len())..].iter().all(nothing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::lexer::lex;

    #[test]
    fn the_nearest_verb_form_decides() {
        let of = |text: &str, word: &str| {
            let lexemes = lex(text);
            let mut c = Cursor::new(text, &lexemes, false);
            while !c.is(word) {
                c = c.next();
            }
            direction(c, c.next())
        };
        assert_eq!(of("He said on Monday it was over.", "Monday"), Direction::Past);
        assert_eq!(of("He said they will meet on Monday.", "Monday"), Direction::Future);
        assert_eq!(of("The report will be published on Monday.", "Monday"), Direction::Future);
        assert_eq!(of("Talks ended. On Monday they will meet.", "Monday"), Direction::Future);
        assert_eq!(of("The bank is to resume trading Tuesday.", "Tuesday"), Direction::Future);
        assert_eq!(of("It takes effect on Monday.", "Monday"), Direction::Future);
        assert_eq!(of("I'll go back Monday.", "Monday"), Direction::Future);
        assert_eq!(of("Rain in Rome Monday", "Monday"), Direction::Unknown);
        assert_eq!(of("It is shut until Monday.", "Monday"), Direction::Future);
        assert_eq!(of("Until Monday, it had been open.", "Monday"), Direction::Past);
        assert_eq!(of("Monday", "Monday"), Direction::Future);
    }
}
