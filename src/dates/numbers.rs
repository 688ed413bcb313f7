//! Numbers in digits and words, and amounts of units.

use super::cursor::Cursor;
use super::expr::{Amount, Unit};
use super::words::{Term, W};

/// More words than any number in a time expression has.
const LONGEST: usize = 8;

/// "24", "twenty-four", "a hundred", "two thousand".
pub(super) fn integer(c: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    if let Term::Number { value, .. } = c.term() {
        return scale(value, c.next()).or(Some((value, c.next())));
    }
    let (mut value, mut at) = match c.term() {
        Term::Cardinal(n) if n != 100 && n != 1000 => (n, c.next()),
        // "a hundred", "a dozen"
        Term::Fn(W::A) => match c.next().term() {
            Term::Cardinal(n @ (100 | 1000 | 12)) => (n, c.next().next()),
            _ => return None,
        },
        _ => return None,
    };
    for _ in 0..LONGEST {
        let next = at.maybe_hyphen();
        (value, at) = match next.term() {
            Term::Cardinal(n) if n < 10 && (20..100).contains(&(value % 100)) && value % 10 == 0 => {
                (value.saturating_add(n), next.next())
            }
            Term::Cardinal(n @ (100 | 1000)) if value < n => (value.saturating_mul(n), next.next()),
            Term::Cardinal(n) if value >= 100 && value % 100 == 0 && n < 100 => (value.saturating_add(n), next.next()),
            Term::Fn(W::And) if value >= 100 && value % 100 == 0 => match next.next().term() {
                Term::Cardinal(n) if n < 100 => (value.saturating_add(n), next.next().next()),
                _ => break,
            },
            _ => break,
        };
    }
    Some((value, at))
}

/// "2 thousand", "3 hundred".
fn scale(value: u32, c: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    match c.term() {
        Term::Cardinal(n @ (100 | 1000)) => Some((value.saturating_mul(n), c.next())),
        _ => None,
    }
}

/// "3rd", "third", "twenty-first".
pub(super) fn ordinal(c: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    match c.term() {
        Term::Number { value, digits: 1 | 2 } => {
            let suffix = c.next();
            let end = suffix.any(&[W::St, W::Nd, W::Rd, W::Th]).filter(|_| suffix.glued())?;
            Some((value as i8, end))
        }
        Term::Ordinal(n) => Some((n as i8, c.next())),
        Term::Second => Some((2, c.next())),
        Term::Cardinal(tens @ (20 | 30)) => {
            let at = c.next().maybe_hyphen();
            let (ones, end) = match at.term() {
                Term::Ordinal(n) => (n, at.next()),
                Term::Second => (2, at.next()),
                _ => return None,
            };
            (ones < 10).then_some((tens as i8 + ones as i8, end))
        }
        _ => None,
    }
}

/// "three", "5 1/2", "two and a half", "half a", "a", "several", "a few".
pub(super) fn amount(c: Cursor<'_>) -> Option<(Amount, Cursor<'_>)> {
    if let Some((part, of, rest)) = part_of_one(c) {
        return Some((Amount::Count { whole: 0, part, of }, rest));
    }
    if let Some((whole, rest)) = integer(c) {
        if let Some((part, of, rest)) = fraction(rest).or_else(|| and_a_part(rest)) {
            return Some((Amount::Count { whole, part, of }, rest));
        }
        return Some((Amount::whole(whole), upper_bound(rest).unwrap_or(rest)));
    }
    if c.term() == Term::Vague {
        return Some(vague(c));
    }
    let rest = c.any(&[W::A, W::An, W::Another])?;
    if rest.term() == Term::Vague {
        return Some(vague(rest));
    }
    Some((Amount::whole(1), rest.maybe(W::Full).maybe(W::Additional)))
}

/// "half an", "half" of "half-hour", "1/4", "three-quarters of an": less than one unit.
fn part_of_one(c: Cursor<'_>) -> Option<(u32, u32, Cursor<'_>)> {
    // "a half hour"
    let half = c.any(&[W::A, W::An]).filter(|at| at.word(W::Half).is_some()).unwrap_or(c);
    if let Some(rest) = half.word(W::Half) {
        let unit = rest.maybe_hyphen();
        let short = matches!(unit.term(), Term::Unit { unit: Unit::Hour | Unit::Day | Unit::Century, plural: false });
        return Some((1, 2, rest.any(&[W::A, W::An]).or_else(|| short.then_some(unit))?));
    }
    if let Some((part, of, rest)) = slash(c).filter(|(.., rest)| rest.unit().is_some() || rest.word(W::H).is_some()) {
        return Some((part, of, rest));
    }
    let (part, rest) = quarters(c)?;
    Some((part, 4, rest.word(W::Of)?.maybe(W::A).maybe(W::An)))
}

/// "a quarter", "three-quarters".
fn quarters(c: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    let (part, rest) = match c.any(&[W::A, W::An]) {
        Some(rest) => (1, rest),
        None => integer(c).filter(|(n, _)| (1..=3).contains(n))?,
    };
    let rest = rest.maybe_hyphen();
    (rest.is("quarter") || rest.is("quarters")).then(|| (part, rest.next()))
}

/// "several", "few", "couple of", the last of which is two.
fn vague(c: Cursor<'_>) -> (Amount, Cursor<'_>) {
    let amount = if c.is("couple") || c.is("pair") { Amount::whole(2) } else { Amount::Vague };
    (amount, c.next().maybe(W::Of))
}

/// "and a half", "and three quarters of": as part of a unit.
pub(super) fn and_a_part(c: Cursor<'_>) -> Option<(u32, u32, Cursor<'_>)> {
    let rest = c.word(W::And)?;
    if let Some(half) = rest.any(&[W::A, W::An]).unwrap_or(rest).word(W::Half) {
        return Some((1, 2, half));
    }
    let (part, rest) = quarters(rest)?;
    Some((part, 4, rest.maybe(W::Of).maybe(W::A).maybe(W::An)))
}

/// "1/2", or ".5".
fn fraction(c: Cursor<'_>) -> Option<(u32, u32, Cursor<'_>)> {
    if let Some(decimals) = c.punct('.').filter(|d| c.glued() && d.glued()) {
        let (value, end) = decimals.digits(1)?;
        return Some((value, 10, end));
    }
    slash(c)
}

/// "1/2".
fn slash(c: Cursor<'_>) -> Option<(u32, u32, Cursor<'_>)> {
    let (part, rest) = c.short_number()?;
    let (of, end) = rest.punct('/')?.short_number()?;
    (part > 0 && of > part).then_some((u32::from(part as u8), u32::from(of as u8), end))
}

/// The rest of "two or three", "12 to 18", "5-6": the amount is the lower one.
fn upper_bound(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let joined = c.any(&[W::Or, W::To]).or_else(|| c.hyphen())?;
    let (_, end) = integer(joined)?;
    end.unit().map(|_| end)
}
