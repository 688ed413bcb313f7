//! Names of holidays in a text, and what else their words can mean.

use super::{Holiday, Name};
use crate::dates::cursor::Cursor;
use crate::dates::expr::Unit;
use crate::dates::lexer::{Case, Lexeme};
use crate::dates::words::{Lexicon, Term, W};

/// What the words of a name are in their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sense {
    Day,
    /// Part of a longer name, or a title, or a thing: "Good Friday Agreement", "Christmas tree".
    Name,
    /// Words that are only like it: "his father's day", "Lent him money".
    Words,
}

/// Makes [`Term::Holiday`] of the lexemes where a name stands; a word that only could begin one is an ordinary word.
pub(in crate::dates) fn mark(text: &str, lexemes: &mut [Lexeme]) {
    // What follows a name is looked at, so it is settled first.
    for at in (0..lexemes.len()).rev() {
        let term = lexemes[at].term;
        if !term.can_begin_holiday() {
            continue;
        }
        let c = Cursor { at, ..Cursor::new(text, lexemes, false) };
        match named(c).map(|(name, end)| (sense(name, c, end), end.at)) {
            Some((Sense::Day, _)) => lexemes[at].term = Term::Holiday,
            // The Friday of the agreement is no day either.
            Some((Sense::Name, end)) => lexemes[at..end].iter_mut().for_each(unname),
            _ if term == Term::Holiday => lexemes[at].term = Term::Other,
            _ => {}
        }
    }
}

fn unname(lexeme: &mut Lexeme) {
    if matches!(lexeme.term, Term::Holiday | Term::Weekday { .. } | Term::Month { .. }) {
        lexeme.term = Term::Other;
    }
}

/// The holiday that is named here, and where the name ends.
pub(in crate::dates) fn find(c: Cursor<'_>) -> Option<(Holiday, Cursor<'_>)> {
    let (name, end) = named(c).filter(|&(name, end)| sense(name, c, end) == Sense::Day)?;
    let weekend = weekend(end);
    Some((Holiday { index: name.index, weekend: weekend.is_some() }, weekend.unwrap_or(end)))
}

/// The longest of the names whose words are here, and where they end.
fn named(c: Cursor<'_>) -> Option<(&'static Name, Cursor<'_>)> {
    let names = Lexicon::get().holidays(c.str(), past_sign(c.next()).str()).into_iter().flatten();
    names.filter_map(|name| Some((name, past(name, c)?))).next()
}

/// "Labor Day weekend", "the Memorial Day holiday weekend".
fn weekend(end: Cursor<'_>) -> Option<Cursor<'_>> {
    let at = if end.is("holiday") || end.term() == Term::Fn(W::Long) { end.next() } else { end };
    at.is_unit(Unit::Weekend).then(|| at.next())
}

fn past<'a>(name: &Name, c: Cursor<'a>) -> Option<Cursor<'a>> {
    let mut words = name.words.iter();
    let first = words.next().filter(|word| c.is(word)).map(|_| c.next());
    words.try_fold(first?, |end, word| {
        let at = past_sign(end);
        at.is(word).then(|| at.next())
    })
}

/// Past a sign between words of a name: "Presidents' Day", "St. Patrick", "al-Fitr", "King, Jr.".
fn past_sign(c: Cursor<'_>) -> Cursor<'_> {
    let sign = match c.term() {
        Term::Punct('\'') => c.glued(),
        Term::Punct('-') => c.glued() && c.next().glued(),
        Term::Punct('.') => c.glued() && c.back(1).is_some_and(|word| word.str().len() <= 2),
        Term::Punct(',') => c.next().is("jr"),
        _ => false,
    };
    if sign { c.next() } else { c }
}

fn sense(name: &Name, c: Cursor<'_>, end: Cursor<'_>) -> Sense {
    let single = name.words.len() == 1;
    if name.capital && !is_capital(c, end, single) || name.local && is_of_another_country(c) {
        return Sense::Words;
    }
    if end.glued() && !matches!(end.term(), Term::Punct(_)) || is_part_of_name(c, end, single) || is_quoted(c, end) {
        return Sense::Name;
    }
    let words = if single { is_surname(c) } else { !c.capital() && is_owned(c) };
    if words { Sense::Words } else { Sense::Day }
}

/// "the Easter Bunny", "Earth Day Network", "Easter eggs"; "a Christmas party" is any day's.
fn is_part_of_name(c: Cursor<'_>, end: Cursor<'_>, single: bool) -> bool {
    let any = single && matches!(c.before(), Term::Fn(W::A | W::An));
    let noun = end.term() == Term::Other && !end.glued() && (end.case() == Case::Title || any);
    noun || Lexicon::get().is_thing(end.str())
}

/// "Independence Day", the film.
fn is_quoted(c: Cursor<'_>, end: Cursor<'_>) -> bool {
    let end = end.punct(',').unwrap_or(end);
    matches!(c.before(), Term::Punct('"' | '“')) && matches!(end.term(), Term::Punct('"' | '”'))
}

/// Whether ordinary words are written as a name: the first and the last begin with capitals, and they do not only open
/// the sentence; or a year follows.
fn is_capital(c: Cursor<'_>, end: Cursor<'_>, single: bool) -> bool {
    let dated = end.maybe(W::In).digits(4).is_some();
    if single {
        return c.capital() && (dated || !opens_sentence(c));
    }
    let last = end.back(1).filter(|last| last.str().len() > 1).or_else(|| end.back(3));
    dated || c.capital() && last.is_some_and(Cursor::capital)
}

fn opens_sentence(c: Cursor<'_>) -> bool {
    matches!(c.before(), Term::Break | Term::Punct('.' | '!' | '?' | '"' | '“' | '\'' | '–' | ':'))
}

/// "Ukraine's Independence Day", "the country's", "Mexican"; an American's is the one meant.
fn is_of_another_country(c: Cursor<'_>) -> bool {
    let possessive = c.before() == Term::Fn(W::S) && c.back(2).is_some_and(|b| b.term() == Term::Punct('\''));
    let owner = c.back(if possessive { 3 } else { 1 }).filter(|o| matches!(o.term(), Term::Other | Term::Holiday));
    let another = owner.is_some_and(|owner| {
        (possessive || owner.case() == Case::Title) && !owner.is("American") && !owner.is("America")
    });
    another || is_owned(c)
}

/// "his father's day"
fn is_owned(c: Cursor<'_>) -> bool {
    matches!(c.before(), Term::Fn(W::My | W::His | W::Her | W::Its | W::Our | W::Their))
}

/// "Tariq Ramadan", "Father Christmas": inside a sentence, a capitalised word before.
fn is_surname(c: Cursor<'_>) -> bool {
    c.back(1).is_some_and(|before| {
        matches!(before.term(), Term::Other | Term::Holiday)
            && before.case() == Case::Title
            && !before.glued()
            && !opens_sentence(before)
    })
}
