//! The side on which a preposition leaves a date open: "since 2015", "until Friday".

use super::cursor::Cursor;
use super::words::{Term, W};
use crate::extraction::Interval;

/// What the words round a date make of its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// From its beginning on: "since".
    From,
    /// From its end on: "after".
    After,
    /// Up to its end: "until", "by", "through".
    To,
    /// Up to its beginning: "before".
    Before,
}

impl Bound {
    /// The bound that the words before `begin`, or after `end`, name.
    pub(super) fn of(begin: Cursor<'_>, end: Cursor<'_>) -> Option<Bound> {
        let onwards = end.is("onwards") || end.is("onward") || end.word(W::On).is_some_and(|c| c.term() != Term::Other);
        match begin.before() {
            Term::Fn(W::Since) => Some(Bound::From),
            Term::Fn(W::From) if onwards => Some(Bound::From),
            Term::Fn(W::After) => Some(Bound::After),
            Term::Fn(W::Until | W::Till | W::Through | W::By) => Some(Bound::To),
            Term::Fn(W::Before) => Some(Bound::Before),
            // "prior to", "up to"
            Term::Fn(W::To) => match begin.back(2).map(Cursor::term) {
                Some(Term::Fn(W::Prior)) => Some(Bound::Before),
                Some(Term::Fn(W::Up)) => Some(Bound::To),
                _ => None,
            },
            _ => None,
        }
    }

    /// The interval, open on its side. A time of day is a moment: "after 2 p.m." begins with it.
    pub(super) fn of_interval(self, interval: Interval, moment: bool) -> Interval {
        let Interval { begin, mut end, approximate } = interval;
        if moment {
            end.clone_from(&begin);
        }
        let (begin, end) = match self {
            Bound::From => (begin, String::new()),
            Bound::After => (end, String::new()),
            Bound::To => (String::new(), end),
            Bound::Before => (String::new(), begin),
        };
        Interval { begin, end, approximate }
    }
}
