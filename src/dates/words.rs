//! The words of time expressions: content words from `data/dates.tsv`, holidays from `data/holidays.tsv`, function words
//! from the list here.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use jiff::civil::Date;

use super::expr::{Mark, Part, Reference, Season, Unit};
use super::holidays::{Dates, Entry, Holiday, Line, Name};

/// What a word (or number, or sign) can be in a time expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Term {
    /// Any word that no rule knows.
    Other,
    /// A run of ASCII digits; `digits` is its length, and 0 when digits were grouped by commas ("1,948").
    Number {
        value: u32,
        digits: u8,
    },
    Punct(char),
    /// Paragraph break or end of text: no expression crosses it.
    Break,
    Month {
        month: i8,
        abbr: bool,
    },
    Weekday {
        day: i8,
        abbr: bool,
    },
    Weekdays(i8),
    Unit {
        unit: Unit,
        plural: bool,
    },
    Cardinal(u32),
    Ordinal(u8),
    /// The ordinal or the unit.
    Second,
    Decade(u8),
    Season {
        season: Season,
        plural: bool,
    },
    Part {
        part: Part,
        plural: bool,
    },
    Tonight(Part),
    Clock {
        hour: i8,
        minute: i8,
    },
    Day(i8),
    Phase(Mark),
    Approx(Mark),
    /// Index into [`Lexicon::frequencies`].
    Frequency(u8),
    Vague,
    Ref(Reference),
    /// Minutes east of UTC.
    Zone(i16),
    /// "EOM": the end of a unit.
    EndOf(Unit),
    /// First word of a holiday's name, until the names are looked for; then of one that is there.
    Holiday,
    Past,
    Future,
    Fn(W),
}

impl Term {
    /// Whether a holiday's name can begin with a word of this term: one of no other, or of few others.
    pub(super) fn can_begin_holiday(self) -> bool {
        matches!(
            self,
            Term::Holiday
                | Term::Cardinal(_)
                | Term::Month { .. }
                | Term::Ordinal(_)
                | Term::Part { plural: false, .. }
                | Term::Phase(_)
                | Term::Season { plural: false, .. }
                | Term::Unit { unit: Unit::Day, plural: false }
                | Term::Fn(W::St)
        )
    }
}

macro_rules! function_words {
    ($($name:ident $text:literal)*) => {
        /// A function word that a rule names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum W { $($name),* }
        const FUNCTION_WORDS: &[(&str, W)] = &[$(($text, W::$name)),*];
    };
}

function_words! {
    Into "into"
    The "the" A "a" An "an" Of "of" And "and" Or "or" To "to" In "in" On "on" At "at" By "by" For "for" From "from"
    Since "since" Until "until" Till "till" Before "before" After "after" During "during" Between "between"
    Through "through" Throughout "throughout" Within "within" Than "than" More "more" Less "less" Least "least"
    Most "most" No "no" Not "not" Up "up" Last "last" This "this" That "that" These "these" Next "next" Past "past"
    Previous "previous" Prior "prior" Coming "coming" Following "following" Current "current" Latest "latest"
    Same "same" Recent "recent" Ago "ago" Hence "hence" Every "every" Each "each" Other "other" Once "once"
    Twice "twice" Times "times" Per "per" Half "half" Period "period" Fiscal "fiscal" Financial "financial"
    Calendar "calendar" Future "future" Near "near" Right "right" Moment "moment" Present "present" Time "time"
    Oclock "oclock" O "o" Clock "clock" S "s" St "st" Nd "nd" Rd "rd" Th "th" P "p" Am "am" Pm "pm" M "m" Q "q" Fy "fy"
    H "h" WeekLetter "w" T "t" Z "z" Ad "ad" Bc "bc" Bce "bce" Ce "ce" Overnight "overnight" Old "old" Long "long" Full "full"
    As "as" Soon "soon" Ended "ended" Ending "ending" Upcoming "upcoming" Additional "additional" Another "another"
    Entire "entire" Whole "whole" Only "only" Just "just" Was "was" Is "is" Its "its" His "his" Her "her" Their "their"
    Our "our" My "my" Local "local" Earlier "earlier" Later "later" Dated "dated" Today "todays" But "but" When "when"
}

/// A line of the word list that cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("line {line}: {problem}")]
pub(super) struct LexiconError {
    pub line: usize,
    pub problem: String,
}

/// Letters of the longest word that is looked up.
const LONGEST: usize = 16;

/// A word's lower-case letters in one number, so that looking a word up allocates nothing.
type Packed = u128;

fn packed(word: &str) -> Option<Packed> {
    let short = word.len() <= LONGEST && word.is_ascii();
    short.then(|| word.bytes().fold(0, |key, b| key << 8 | Packed::from(b.to_ascii_lowercase())))
}

fn key(word: &str) -> Result<Packed, String> {
    packed(word).ok_or_else(|| format!("`{word}` has a sign in it or more than {LONGEST} letters"))
}

/// Hashes a packed word by one multiplication; the keys are the crate's own, so none can be made to collide.
#[derive(Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.write_u128(u128::from(b));
        }
    }

    fn write_u128(&mut self, n: u128) {
        let folded = (n as u64) ^ ((n >> 64) as u64).rotate_left(32) ^ self.0;
        let mixed = u128::from(folded) * 0x9E37_79B9_7F4A_7C15;
        self.0 = (mixed as u64) ^ ((mixed >> 64) as u64);
    }
}

/// Words by their lower-case form, and holidays by the words of their names.
#[derive(Default)]
pub(super) struct Lexicon {
    terms: HashMap<Packed, Term, BuildHasherDefault<Mixer>>,
    pub frequencies: Vec<String>,
    /// Month, day, and the date of the event that is named by them.
    events: Vec<(i8, i8, Date)>,
    /// By the first two words, the longest first; the second is nothing where there is none.
    names: HashMap<(Packed, Packed), Vec<Name>, BuildHasherDefault<Mixer>>,
    holidays: Vec<Dates>,
    /// Nouns that make a thing of the holiday before them.
    things: HashSet<Packed, BuildHasherDefault<Mixer>>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    // The lists are compiled in and a test reads them.
    let words = Lexicon::parse(include_str!("../../data/dates.tsv")).unwrap_or_else(|e| panic!("data/dates.tsv: {e}"));
    words.with_holidays(include_str!("../../data/holidays.tsv")).unwrap_or_else(|e| panic!("data/holidays.tsv: {e}"))
});

impl Lexicon {
    /// The list that comes with the crate.
    pub(super) fn get() -> &'static Lexicon {
        &LEXICON
    }

    /// The term of a word, in any case.
    pub(super) fn term(&self, word: &str) -> Term {
        packed(word).and_then(|key| self.terms.get(&key).copied()).unwrap_or(Term::Other)
    }

    /// The date of the event that is named by a month and a day in digits.
    pub(super) fn event(&self, month: i8, day: i8) -> Option<Date> {
        self.events.iter().find(|(m, d, _)| (*m, *d) == (month, day)).map(|(_, _, date)| *date)
    }

    /// The holidays whose names begin with two words, in any case, and those whose name is the first alone.
    pub(super) fn holidays(&self, first: &str, second: &str) -> [&[Name]; 2] {
        let Some(first) = packed(first) else { return [&[], &[]] };
        let names = |second| self.names.get(&(first, second)).map_or(&[][..], Vec::as_slice);
        [packed(second).map_or(&[][..], names), names(0)]
    }

    pub(super) fn dates(&self, holiday: Holiday) -> &Dates {
        &self.holidays[usize::from(holiday.index)]
    }

    /// Whether "Christmas" before the noun tells what it is: "tree", "cards".
    pub(super) fn is_thing(&self, noun: &str) -> bool {
        packed(noun).is_some_and(|key| self.things.contains(&key))
    }

    fn set_term(&mut self, word: &str, term: Term) -> Result<(), String> {
        // A word that has a term keeps it: function words come first.
        self.terms.entry(key(word)?).or_insert(term);
        Ok(())
    }

    /// Reads the word list: `class <TAB> word <TAB> value`, `#` begins a comment line.
    pub(super) fn parse(list: &str) -> Result<Lexicon, LexiconError> {
        let mut lexicon = Lexicon::default();
        for &(text, word) in FUNCTION_WORDS {
            lexicon.set_term(text, Term::Fn(word)).map_err(|problem| LexiconError { line: 0, problem })?;
        }
        lexicon.set_term("second", Term::Second).map_err(|problem| LexiconError { line: 0, problem })?;
        for (at, line) in list.lines().enumerate() {
            if !line.trim().is_empty() && !line.starts_with('#') {
                let error = |problem| LexiconError { line: at + 1, problem };
                lexicon.add(line).map_err(error)?;
            }
        }
        Ok(lexicon)
    }

    /// Adds the list of holidays, whose words give way to those that the lexicon has.
    pub(super) fn with_holidays(mut self, list: &str) -> Result<Lexicon, LexiconError> {
        for (at, line) in list.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let added = Line::parse(line).and_then(|line| match line {
                Line::Holiday(entry) => self.add_holiday(entry),
                Line::Thing(noun) => {
                    self.things.insert(key(noun)?);
                    Ok(())
                }
            });
            added.map_err(|problem| LexiconError { line: at + 1, problem })?;
        }
        for names in self.names.values_mut() {
            names.sort_by_key(|name| std::cmp::Reverse(name.words.len()));
        }
        Ok(self)
    }

    fn add_holiday(&mut self, entry: Entry) -> Result<(), String> {
        let index = u16::try_from(self.holidays.len()).map_err(|_| "too many holidays".to_owned())?;
        for words in entry.names {
            let keys = words.iter().map(|word| key(word)).collect::<Result<Vec<_>, _>>()?;
            self.set_term(&words[0], Term::Holiday)?;
            if !self.term(&words[0]).can_begin_holiday() {
                return Err(format!("`{}` begins other expressions", words[0]));
            }
            let names = self.names.entry((keys[0], keys.get(1).copied().unwrap_or_default())).or_default();
            if names.iter().any(|name| name.words == words && name.index != index) {
                return Err(format!("`{}` is in a line before", words.join(" ")));
            }
            names.push(Name { words, index, capital: entry.capital, local: entry.local });
        }
        self.holidays.push(entry.dates);
        Ok(())
    }

    fn add(&mut self, line: &str) -> Result<(), String> {
        let mut columns = line.split('\t');
        let class = columns.next().unwrap_or_default();
        let word = columns.next().filter(|w| !w.is_empty()).ok_or("no word")?;
        let value = columns.next().unwrap_or_default();
        if columns.next().is_some() {
            return Err("more than three columns".to_owned());
        }
        let number = || value.parse::<u32>().map_err(|_| format!("`{value}` is not a number"));
        let small = |low: u32, high: u32| match number()? {
            n if (low..=high).contains(&n) => Ok(n as i8),
            n => Err(format!("{n} is not between {low} and {high}")),
        };
        let unknown = || format!("`{value}` is not a value of class `{class}`");
        let plural = class.ends_with('s');
        let term = match class {
            "month" | "month-abbr" => Term::Month { month: small(1, 12)?, abbr: class != "month" },
            "weekday" | "weekday-abbr" => Term::Weekday { day: small(1, 7)?, abbr: class != "weekday" },
            "weekdays" => Term::Weekdays(small(1, 7)?),
            "unit" | "units" => Term::Unit { unit: Unit::from_name(value).ok_or_else(unknown)?, plural },
            "cardinal" => Term::Cardinal(number()?),
            "ordinal" => Term::Ordinal(small(1, 31)? as u8),
            "decade" => Term::Decade(small(0, 90)? as u8),
            "season" | "seasons" => Term::Season { season: Season::from_name(value).ok_or_else(unknown)?, plural },
            "part" | "parts" => Term::Part { part: Part::from_name(value).ok_or_else(unknown)?, plural },
            "tonight" => Term::Tonight(Part::from_name(value).ok_or_else(unknown)?),
            "clock" => {
                let (hour, minute) = value.split_once(':').ok_or_else(unknown)?;
                let field = |text: &str| text.parse::<i8>().map_err(|_| unknown());
                Term::Clock { hour: field(hour)?, minute: field(minute)? }
            }
            "day" => Term::Day(value.parse().map_err(|_| unknown())?),
            "phase" => Term::Phase(Mark::from_name(value).ok_or_else(unknown)?),
            "approx" => Term::Approx(Mark::from_name(value).ok_or_else(unknown)?),
            "frequency" => {
                self.frequencies.push(value.to_owned());
                Term::Frequency((self.frequencies.len() - 1) as u8)
            }
            "vague" => Term::Vague,
            "ref" => Term::Ref(Reference::from_name(value).ok_or_else(unknown)?),
            "zone" => Term::Zone(offset(value).ok_or_else(unknown)?),
            "end-of" => Term::EndOf(Unit::from_name(value).ok_or_else(unknown)?),
            "alias" => match self.term(value) {
                Term::Other => return Err(format!("`{value}` is not a word of the list above")),
                term => term,
            },
            "event" => {
                let day = value.parse().map_err(|_| unknown())?;
                let (month, of_month) = word.split_once('/').ok_or_else(unknown)?;
                let field = |text: &str| text.parse::<i8>().map_err(|_| unknown());
                self.events.push((field(month)?, field(of_month)?, day));
                return Ok(());
            }
            "past" => Term::Past,
            "future" => Term::Future,
            _ => return Err(format!("`{class}` is not a class")),
        };
        self.set_term(word, term)
    }
}

/// Minutes of `-05` or `+05:30`.
fn offset(text: &str) -> Option<i16> {
    let (hours, minutes) = text.split_once(':').unwrap_or((text, "0"));
    let (sign, hours) = match hours.strip_prefix('-') {
        Some(hours) => (-1, hours),
        None => (1, hours.strip_prefix('+')?),
    };
    Some(sign * (hours.parse::<i16>().ok()? * 60 + minutes.parse::<i16>().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crates_own_list_can_be_read() {
        let words = Lexicon::parse(include_str!("../../data/dates.tsv"));
        let holidays = words.and_then(|words| words.with_holidays(include_str!("../../data/holidays.tsv")));
        assert_eq!(holidays.err(), None);
        assert_eq!(Lexicon::get().term("october"), Term::Month { month: 10, abbr: false });
    }

    #[test]
    fn a_bad_line_is_named() {
        let problem = |list| Lexicon::parse(list).err().map(|e| e.to_string());
        assert_eq!(problem("# words\nmonth\tmay\t13"), Some("line 2: 13 is not between 1 and 12".to_owned()));
        assert_eq!(problem("planet\tmars\t4"), Some("line 1: `planet` is not a class".to_owned()));
        assert_eq!(problem("month"), Some("line 1: no word".to_owned()));
        let problem = |list| Lexicon::parse("").and_then(|l| l.with_holidays(list)).err().map(|e| e.to_string());
        assert_eq!(problem("any\teaster\teaster"), None);
        assert_eq!(problem("# feasts\nany\teaster\t99-99"), Some("line 2: `99-99` is not a rule".to_owned()));
        assert_eq!(problem("any\tlast day\t12-31"), Some("line 1: `last` begins other expressions".to_owned()));
        let twice = "any\tmay|labour day\t05-01\nany\tmay day\t05-02";
        assert_eq!(problem(twice), Some("line 2: `may day` is in a line before".to_owned()));
    }

    #[test]
    fn every_holiday_has_its_days_in_every_year() {
        for dates in &Lexicon::get().holidays {
            for year in (1..=9999).step_by(61) {
                assert!(dates.in_year(year).all(|day| day.year() == year && (1..=60).contains(&dates.days_from(day))));
            }
            assert!((2000..2030).any(|year| dates.in_year(year).next().is_some()), "{dates:?}");
        }
    }
}
