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
    /// The first to come.
    Coming,
    /// Of weekdays, that of next week; of all else the first to come.
    Next,
}

/// The year of a month, quarter, season or holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    Given(i16),
    /// Counted from the reference's year: "last year" is -1.
    Shift(i32),
    Pick(Pick),
    /// Picked from the date last mentioned: "the following May", "that October".
    Mentioned(Pick),
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

/// What finer units follow an amount: the months and days of "two years, three months and a day".
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rest {
    parts: [(u32, Unit); Rest::MOST],
    len: u8,
}

impl Rest {
    const MOST: usize = 6;
    pub(super) const NONE: Rest = Rest { parts: [(0, Unit::Second); Rest::MOST], len: 0 };

    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, Unit)> + '_ {
        self.parts[..usize::from(self.len)].iter().copied()
    }

    /// With one more part; as it was when it is full.
    pub(super) fn with(mut self, count: u32, unit: Unit) -> Rest {
        if let Some(part) = self.parts.get_mut(usize::from(self.len)) {
            *part = (count, unit);
            self.len += 1;
        }
        self
    }

    /// The unit of the last part.
    pub(super) fn finest(&self) -> Option<Unit> {
        self.iter().last().map(|(_, unit)| unit)
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

/// A unit or weekday that is counted within a longer one: "the first Monday", "the third week".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Unit(Unit),
    Weekday(i8),
}

/// What something is counted within: "of May", "of 2020", "of next month".
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Whole {
    Month { month: i8, year: Year },
    Season { season: Season, year: Year },
    Year(i16),
    Decade(i16),
    Century(i16),
    Unit { unit: Unit, shift: i32, from: Anchor },
}

/// The calendar unit that an expression names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Base {
    Day(Date),
    /// The day of an event that is named by it: "9/11".
    Event(Date),
    MonthDay {
        month: i8,
        day: i8,
        year: Year,
    },
    /// "the 15th", "Tuesday the 15th": the month is counted from the reference's, or the nearest where none is named.
    DayOfMonth {
        day: i8,
        weekday: Option<i8>,
        shift: Option<i32>,
    },
    Weekday {
        day: i8,
        pick: Pick,
        from: Anchor,
    },
    /// "Tuesday of next week", "Monday after next".
    WeekdayOfWeek {
        day: i8,
        shift: i32,
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
    /// Years before Christ.
    Bc(i16),
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
    /// "the first Monday of May"; from the end where `nth` is negative.
    Nth {
        nth: i8,
        counted: Counted,
        of: Whole,
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
        /// Of "two years and three months ago", the months.
        rest: Rest,
        back: bool,
        from: Anchor,
    },
    /// "two Sundays from now".
    WeekdayOffset {
        count: i8,
        day: i8,
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

/// What is made of a point that was read: something counted from it, or the unit round it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shift {
    /// "two weeks after October 7".
    Offset { amount: Amount, unit: Unit, back: bool },
    /// "the week of March 6".
    Round(Unit),
    /// "the week after Easter": the unit next to that round the point.
    Beside { unit: Unit, back: bool },
}

/// A point or period on the calendar, with what moves and narrows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moment {
    pub base: Base,
    pub shift: Option<Shift>,
    pub part: Option<Part>,
    pub clock: Option<Clock>,
    pub mark: Option<Mark>,
}

impl From<Base> for Moment {
    fn from(base: Base) -> Moment {
        Moment { base, shift: None, part: None, clock: None, mark: None }
    }
}

/// How a length of time lies to the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// "the past three months".
    Last,
    /// "the next three months".
    Next,
    /// "within 48 hours".
    Within,
    /// "in two days".
    In,
}

/// A length of time: "two hours and ten minutes" has a second part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Duration {
    pub amount: Amount,
    pub unit: Unit,
    pub rest: Rest,
    pub mark: Option<Mark>,
    pub stretch: Option<Stretch>,
}

impl Duration {
    pub(super) fn new(amount: Amount, unit: Unit) -> Duration {
        Duration { amount, unit, rest: Rest::NONE, mark: None, stretch: None }
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
    /// "every Monday at 9 a.m.".
    WeekdayAt(i8, Clock),
    /// "every day at 9 a.m.".
    DayAt(Clock),
    Weekdays,
    Weekends,
    Month(i8),
    MonthDay(i8, i8),
    Season(Season),
    Part(Part),
}

/// A time expression as read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Expr {
    Moment(Moment),
    Duration(Duration),
    Set(Every),
    Reference(Reference),
}

impl From<Base> for Expr {
    fn from(base: Base) -> Expr {
        Expr::Moment(base.into())
    }
}

impl From<Duration> for Expr {
    fn from(duration: Duration) -> Expr {
        Expr::Duration(duration)
    }
}
