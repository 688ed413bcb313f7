//! The side on which a preposition leaves a date open: "since 2015", "until Friday".

use super::cursor::{Cursor, Match};
use super::expr::Mark;
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
    /// The bound that the words before `begin`, or after what was read there, name.
    pub(super) fn of(begin: Cursor<'_>, found: &Match<'_>) -> Option<Bound> {
        let bound = Bound::after(begin, found.end).or_else(|| Bound::before(begin))?;
        let phase = found.moment().and_then(|moment| moment.mark);
        Some(match (bound, phase) {
            // "before the end of 2018" reaches to the end, "after the beginning" from the beginning.
            (Bound::Before, Some(Mark::End)) => Bound::To,
            (Bound::After, Some(Mark::Start)) => Bound::From,
            (bound, _) => bound,
        })
    }

    fn before(begin: Cursor<'_>) -> Option<Bound> {
        let back = |n| begin.back(n);
        let is = |n, word: &str| back(n).is_some_and(|c| c.is(word));
        match begin.before() {
            Term::Fn(W::Since) => Some(Bound::From),
            Term::Fn(W::After) => Some(Bound::After),
            Term::Fn(W::Until | W::Till | W::Through | W::By) => Some(Bound::To),
            // "on or before"
            Term::Fn(W::Before) if is(2, "or") => Some(Bound::To),
            Term::Fn(W::Before) => Some(Bound::Before),
            // "prior to", "up to"
            Term::Fn(W::To) if is(2, "prior") => Some(Bound::Before),
            Term::Fn(W::To) if is(2, "up") => Some(Bound::To),
            // "no later than", "earlier than"
            Term::Fn(W::Than) if is(2, "later") => {
                Some(if is(3, "no") || is(3, "not") { Bound::To } else { Bound::After })
            }
            Term::Fn(W::Than) if is(2, "earlier") => {
                Some(if is(3, "no") || is(3, "not") { Bound::From } else { Bound::Before })
            }
            Term::Fn(W::On | W::From | W::In) if is(2, "starting") || is(2, "beginning") => Some(Bound::From),
            _ if is(1, "starting") || is(1, "effective") => Some(Bound::From),
            _ => None,
        }
    }

    /// "from May 3 on", "2012 or later", "1/1/2016 and after".
    fn after(begin: Cursor<'_>, end: Cursor<'_>) -> Option<Bound> {
        let ends = |c: Cursor<'_>| matches!(c.term(), Term::Punct(_) | Term::Break);
        let closed = |c: Cursor<'_>| !matches!(c.term(), Term::Other | Term::Cardinal(_) | Term::Number { .. });
        if end.is("onwards") || end.is("onward") {
            return Some(Bound::From);
        }
        if begin.before() == Term::Fn(W::From) && end.word(W::On).is_some_and(closed) {
            return Some(Bound::From);
        }
        let word = end.any(&[W::And, W::Or])?;
        match word.term() {
            Term::Fn(W::After | W::Later) if ends(word.next()) => Some(Bound::From),
            Term::Fn(W::Before | W::Earlier) if ends(word.next()) => Some(Bound::To),
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

#[cfg(test)]
pub(super) mod tests {
    use crate::dates::tests::Family;

    pub(in crate::dates) const FAMILY: Family = Family {
        title: "Open ends",
        about: "A preposition leaves the interval open on one side; the value stays that of the date.",
        groups: &[(
            "open on one side",
            &[
                ("It has been shut since 2015.", "", &["2015|DATE|2015||2015-01-01.."]),
                ("It will be shut until Friday.", "2023-12-12", &["Friday|DATE|2023-12-15||..2023-12-16"]),
                (
                    "After May 3, 2021 and before June 1, 2021.",
                    "",
                    &["May 3, 2021|DATE|2021-05-03||2021-05-04..", "June 1, 2021|DATE|2021-06-01||..2021-06-01"],
                ),
                (
                    "He must pay by May 3, 2024, no later than 5 p.m.",
                    "",
                    &[
                        "May 3, 2024|DATE|2024-05-03||..2024-05-04",
                        "5 p.m.|TIME|2024-05-03T17:00||..2024-05-03T17:00:00",
                    ],
                ),
                (
                    "It was in 2012 or later, 1/1/2016 and after",
                    "",
                    &["2012|DATE|2012||2012-01-01..", "1/1/2016|DATE|2016-01-01||2016-01-01.."],
                ),
                ("from May 3, 2021 on", "", &["May 3, 2021|DATE|2021-05-03||2021-05-03.."]),
                ("It was built prior to 1948.", "", &["1948|DATE|1948||..1948-01-01"]),
                (
                    "no earlier than May 2021, earlier than June 2022",
                    "",
                    &["May 2021|DATE|2021-05||2021-05-01..", "June 2022|DATE|2022-06||..2022-06-01"],
                ),
            ],
        )],
    };
}
