//! Holidays by name: `list` reads `data/holidays.tsv`, `rule` tells the days from the year (by `calendars` where they
//! are another calendar's), `mention` finds the names in a text.

mod calendars;
mod list;
pub(super) mod mention;
mod rule;

pub(super) use list::{Entry, Line};
pub(super) use rule::Dates;

/// A holiday of the list, or the weekend at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Holiday {
    /// Into the word list's holidays.
    pub index: u16,
    pub weekend: bool,
}

/// A name as its words are looked for in a text: signs are left out.
#[derive(Debug)]
pub(super) struct Name {
    pub words: Vec<String>,
    pub index: u16,
    /// Its words are ordinary ones: written small they name no day.
    pub capital: bool,
    /// Other countries have a holiday of this name on another day.
    pub local: bool,
}
