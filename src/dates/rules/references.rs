//! Times named only by their side of the present: "now", "recently", "the future".

use crate::dates::cursor::{Cursor, Match};
use crate::dates::expr::{Expr, Reference};
use crate::dates::words::{Term, W};

const WORD: f32 = 0.75;

pub(super) fn parse(c: Cursor<'_>) -> Option<Match<'_>> {
    let (side, end) = match c.term() {
        // "the now-defunct firm"
        Term::Ref(_) if c.next().hyphen().is_some() => return None,
        Term::Ref(side) => (side, c.next()),
        Term::Fn(W::Right) => match c.next().term() {
            Term::Ref(Reference::Present) => (Reference::Present, c.next().next()),
            _ => return None,
        },
        Term::Fn(W::Just) if c.next().term() == Term::Ref(Reference::Present) => (Reference::Present, c.next().next()),
        Term::Fn(W::Present) if c.before() == Term::Fn(W::At) && c.next().term() != Term::Other => {
            (Reference::Present, c.next())
        }
        Term::Fn(W::As) => {
            let end = c.next().word(W::Soon)?.word(W::As)?;
            end.is("possible").then(|| (Reference::Future, end.next()))?
        }
        Term::Fn(W::The) => the(c)?,
        Term::Fn(W::These) if c.next().is("days") => (Reference::Present, c.next().next()),
        _ => return None,
    };
    Match::new(Expr::Reference(side), end, WORD)
}

/// "in the past", "in the near future".
fn the(c: Cursor<'_>) -> Option<(Reference, Cursor<'_>)> {
    let led = matches!(c.before(), Term::Fn(W::In | W::From | W::Of | W::For | W::To | W::At));
    let at = c.next();
    let at = at.word(W::Near).or_else(|| at.is("foreseeable").then(|| at.next())).unwrap_or(at);
    let (side, end) = match at.term() {
        Term::Fn(W::Past) => (Reference::Past, at.next()),
        Term::Fn(W::Future) => (Reference::Future, at.next()),
        Term::Fn(W::Moment) if c.before() == Term::Fn(W::At) => (Reference::Present, at.next()),
        _ => return None,
    };
    // "the past century", "the future king"
    (led && !matches!(
        end.term(),
        Term::Other
            | Term::Unit { .. }
            | Term::Fn(W::Of)
            | Term::Cardinal(_)
            | Term::Number { .. }
            | Term::Vague
            | Term::Season { .. }
    ))
    .then_some((side, end))
}

#[cfg(test)]
pub(in crate::dates) mod tests {
    use crate::dates::tests::Family;

    pub(in crate::dates) const FAMILY: Family = Family {
        title: "The present, the past and the future",
        about: "",
        groups: &[
            (
                "sides of the present",
                &[
                    (
                        "He is now abroad, as in the past, and recently wed.",
                        "2023-12-12",
                        &["now|DATE|PRESENT_REF|", "the past|DATE|PAST_REF|", "recently|DATE|PAST_REF|"],
                    ),
                    (
                        "in the near future, at the moment",
                        "",
                        &["the near future|DATE|FUTURE_REF|", "the moment|DATE|PRESENT_REF|"],
                    ),
                ],
            ),
            (
                "soon and just now",
                &[(
                    "Just now he said so; call as soon as possible.",
                    "2023-12-12",
                    &["Just now|DATE|PRESENT_REF|", "as soon as possible|DATE|FUTURE_REF|"],
                )],
            ),
        ],
    };
}
