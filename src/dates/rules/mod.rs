//! The grammar: one module a family of expressions, tried by the class of the first lexeme; the longest match wins.

mod calendar;
mod clocks;
mod counted;
mod days;
mod holidays;
pub(super) mod numeric;
mod parts;
mod periods;
mod phases;
mod quantities;
mod quarters;
mod ranges;
mod references;
mod sets;
mod times;
mod years;
mod zones;

use super::cursor::{Cursor, Match};
use super::words::{Term, W};

pub(super) use ranges::{Joined, read};

/// The forms of every module, in the order of the page that lists them.
#[cfg(test)]
pub(super) const FAMILIES: &[super::tests::Family] = &[
    calendar::tests::FAMILY,
    numeric::tests::FAMILY,
    days::tests::FAMILY,
    parts::tests::FAMILY,
    holidays::tests::FAMILY,
    periods::tests::FAMILY,
    phases::tests::FAMILY,
    years::tests::FAMILY,
    quarters::tests::FAMILY,
    times::tests::FAMILY,
    ranges::tests::FAMILY,
    super::bound::tests::FAMILY,
    quantities::tests::FAMILY,
    sets::tests::FAMILY,
    references::tests::FAMILY,
];

type Rule = for<'a> fn(Cursor<'a>) -> Option<Match<'a>>;

/// Reads the expression that begins here, if one does.
pub(super) fn expression<'a>(c: Cursor<'a>) -> Option<Match<'a>> {
    let rules: &[Rule] = match c.term() {
        Term::Other | Term::Break | Term::Past | Term::Future | Term::Zone(_) => return None,
        Term::EndOf(_) => &[phases::short],
        Term::Punct('\'') => &[years::decade, years::short],
        Term::Punct(_) => return None,
        Term::Number { .. } => &[
            numeric::parse,
            calendar::parse,
            times::parse,
            years::parse,
            years::decade,
            years::century,
            quarters::parse,
            calendar::day_of_month,
            periods::nth,
            quantities::parse,
            counted::weekdays_off,
            sets::times_per,
        ],
        Term::Month { .. } => &[calendar::parse, holidays::parse],
        Term::Weekday { .. } => &[days::parse, holidays::parse, sets::weekday_parts],
        Term::Unit { .. } => &[
            quantities::bare_units,
            counted::round_named,
            periods::after_next,
            quarters::year_earlier,
            phases::year_end,
            days::two_days_off,
        ],
        Term::Cardinal(_) => &[
            years::spelled,
            quantities::parse,
            counted::weekdays_off,
            calendar::parse,
            calendar::day_of_month,
            periods::nth,
            quarters::parse,
            years::century,
            times::parse,
            sets::times_per,
        ],
        Term::Ordinal(_) | Term::Second => &[calendar::parse, quarters::parse, years::century, periods::nth],
        Term::Decade(_) => &[years::decade],
        Term::Season { .. } => &[periods::season],
        Term::Part { .. } => &[parts::part_of_day, parts::part_alone],
        Term::Tonight(_) | Term::Day(_) => &[days::parse],
        Term::Clock { .. } => &[times::parse],
        Term::Phase(_) => &[phases::parse, times::parse, parts::part_alone],
        Term::Approx(_) => &[quantities::about, times::about],
        Term::Frequency(_) | Term::Weekdays(_) => &[sets::parse],
        Term::Vague => &[quantities::parse, sets::times_per],
        Term::Ref(_) => &[references::parse],
        Term::Holiday => &[holidays::parse],
        Term::Fn(word) => return function_word(word, c),
    };
    longest(rules, c)
}

fn function_word<'a>(word: W, c: Cursor<'a>) -> Option<Match<'a>> {
    let rules: &[Rule] = match word {
        W::The => &[
            days::two_days_off,
            days::parse,
            parts::part_of_day,
            phases::parse,
            phases::short,
            calendar::parse,
            calendar::day_of_month,
            years::decade,
            years::century,
            years::parse,
            quarters::parse,
            periods::parse,
            periods::season,
            periods::nth,
            periods::after_next,
            counted::next_to_named,
            counted::round_named,
            quantities::parse,
            references::parse,
        ],
        W::A | W::An => &[quantities::parse, quarters::parse, times::parse, years::parse],
        W::Another => &[quantities::parse, quarters::parse],
        W::Last | W::Past | W::Next | W::This | W::That | W::Previous | W::Coming | W::Following => &[
            periods::parse,
            quarters::parse,
            quantities::parse,
            days::parse,
            days::week_then_day,
            references::parse,
            periods::nth,
        ],
        W::These | W::Recent | W::Future | W::Current | W::Latest | W::Same | W::Upcoming | W::Prior => {
            &[references::parse, periods::parse, quarters::parse, quantities::parse]
        }
        W::Its | W::His | W::Her | W::Their | W::Our | W::My => &[quarters::parse],
        W::Fiscal | W::Financial | W::Fy | W::Q | W::H => &[quarters::parse, years::fiscal],
        W::Every | W::Each | W::Once | W::Twice => &[sets::parse, sets::times_per],
        W::Half => &[quantities::parse, times::parse],
        W::More | W::Less | W::At | W::Up | W::No | W::Not => &[quantities::about],
        W::Earlier | W::Later => &[phases::parse],
        W::Overnight => &[days::parse],
        W::Ad => &[years::parse],
        W::Right | W::Just | W::As | W::Present => &[references::parse],
        _ => return None,
    };
    longest(rules, c)
}

fn longest<'a>(rules: &[Rule], c: Cursor<'a>) -> Option<Match<'a>> {
    let mut best: Option<Match<'a>> = None;
    for found in rules.iter().filter_map(|rule| rule(c)) {
        if best.is_none_or(|b| found.end.at > b.end.at) {
            best = Some(found);
        }
    }
    best
}
