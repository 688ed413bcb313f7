//! What the rules read out of the words, before it is resolved against a reference.

use jiff::civil::Date;

macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($variant:ident $name:literal)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum $type { $($variant),* }
        impl $type {
            pub(super) fn name(self) -> &'static str {
                match self { $($type::$variant => $name),* }
            }
            pub(super) fn from_name(name: &str) -> Option<$type> {
                match name { $($name => Some($type::$variant),)* _ => None }
            }
        }
    };
}

/// A unit of the clock or the calendar, from the finest to the coarsest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    /// The unit that the word list calls `name`.
    pub(super) fn from_name(name: &str) -> Option<Unit> {
        Some(match name {
            "second" => Unit::Second,
            "minute" => Unit::Minute,
            "hour" => Unit::Hour,
            "day" => Unit::Day,
            "weekend" => Unit::Weekend,
            "week" => Unit::Week,
            "fortnight" => Unit::Fortnight,
            "month" => Unit::Month,
            "quarter" => Unit::Quarter,
            "half" => Unit::Half,
            "year" => Unit::Year,
            "decade" => Unit::Decade,
            "century" => Unit::Century,
            "millennium" => Unit::Millennium,
            _ => return None,
        })
    }
}

named! {
    Season { Spring "SP" Summer "SU" Autumn "FA" Winter "WI" }
}

named! {
    /// A part of the day.
    Part { Morning "TMO" Afternoon "TAF" Evening "TEV" Night "TNI" Daytime "TDT" }
}

named! {
    /// TIMEX3 `mod`.
    Mark {
        Start "START" Mid "MID" End "END" Approx "APPROX" MoreThan "MORE_THAN" LessThan "LESS_THAN"
        EqualOrMore "EQUAL_OR_MORE" EqualOrLess "EQUAL_OR_LESS" OnOrBefore "ON_OR_BEFORE" OnOrAfter "ON_OR_AFTER"
    }
}

named! {
    /// A time that is named only by its side of the present.
    Reference { Present "PRESENT_REF" Past "PAST_REF" Future "FUTURE_REF" }
}

/// Which of the recurring days, months or seasons is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pick {
    /// Named alone: the clause's direction decides.
    Near,
    Last,
    This,
    Next,
}

/// The year of a month, quarter, season or holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    Given(i16),
    /// Counted from the reference's year: "last year" is -1.
    Shift(i32),
    Pick(Pick),
}

/// What an offset is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The reference: "ago", "last", "next".
    Reference,
    /// The date last mentioned: "later", "earlier", "the following".
    Mentioned,
}

/// How many units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Amount {
    /// A whole number and a fraction of the unit: "two and a half" is `whole: 2, part: 1, of: 2`.
    Count { whole: u32, part: u32, of: u32 },
    /// "several", "a few", a bare plural.
    Vague,
}

impl Amount {
    pub(super) fn whole(whole: u32) -> Amount {
        Amount::Count { whole, part: 0, of: 1 }
    }
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Clock {
    pub hour: i8,
    pub minute: Option<i8>,
    pub second: Option<i8>,
    /// Minutes east of UTC, where a zone is named.
    pub offset: Option<i16>,
}

/// The calendar unit that an expression names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Base {
    Day(Date),
    MonthDay {
        month: i8,
        day: i8,
        year: Year,
    },
    Weekday {
        day: i8,
        pick: Pick,
        from: Anchor,
    },
    Month {
        month: i8,
        year: Year,
    },
    Quarter {
        quarter: i8,
        year: Year,
    },
    Half {
        half: i8,
        year: Year,
    },
    Season {
        season: Season,
        year: Year,
    },
    Year(i16),
    /// First year of the decade, or its tens alone.
    Decade {
        tens: i16,
        century_given: bool,
    },
    /// Years divided by a hundred: 20 for 2000 to 2099.
    Century(i16),
    Week {
        year: i16,
        week: i8,
    },
    Holiday {
        holiday: super::holidays::Holiday,
        year: Year,
    },
    /// "last week" is -1 weeks, "today" 0 days.
    Unit {
        unit: Unit,
        shift: i32,
        from: Anchor,
    },
    /// "three days ago", "two weeks later".
    Offset {
        amount: Amount,
        unit: Unit,
        back: bool,
        from: Anchor,
    },
    /// The unit last mentioned: "the quarter".
    Mentioned(Unit),
    /// A year before the unit last mentioned: "the year-earlier quarter".
    YearEarlier(Unit),
    /// "Thursday, April 6": the year is one in which the day is such a weekday.
    WeekdayDate {
        weekday: i8,
        month: i8,
        day: i8,
    },
}

/// A point or period on the calendar, with what narrows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moment {
    pub base: Base,
    pub part: Option<Part>,
    pub clock: Option<Clock>,
    pub mark: Option<Mark>,
}

impl From<Base> for Moment {
    fn from(base: Base) -> Moment {
        Moment { base, part: None, clock: None, mark: None }
    }
}

/// What recurs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Every {
    /// "every two weeks".
    Period(Amount, Unit),
    /// "daily": index into the word list's frequencies.
    Frequency(u8),
    Weekday(i8, Option<Part>),
    Month(i8),
    Season(Season),
    Part(Part),
}

/// A time expression as read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Expr {
    Moment(Moment),
    Duration { amount: Amount, unit: Unit, mark: Option<Mark> },
    Set(Every),
    Reference(Reference),
}

impl From<Base> for Expr {
    fn from(base: Base) -> Expr {
        Expr::Moment(base.into())
    }
}
