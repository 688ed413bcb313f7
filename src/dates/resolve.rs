//! From what was read to a point on the calendar, by the reference, the clause's direction and the date last mentioned.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Length, ToSpan};

use super::arithmetic::{
    containing, days_between, days_in, in_calendar, length, nth_of, parts, seconds_in, shift_years, shifted,
    shifted_from, week_start,
};
use super::direction::Direction;
use super::expr::{Amount, Anchor, Base, Counted, Duration, Moment, Pick, Rest, Stretch, Unit, Whole, Year};
use super::holidays::Holiday;
use super::point::{Point, Unplaced, first_month, timed};
use super::reference::Reference;
use super::words::Lexicon;
use super::write;
use crate::extraction::Interval;

/// Days that tell a yearly date's two nearest occurrences apart.
const FAR: i32 = 270;
const NEAR: i32 = 95;
const JUST: i32 = 130;
const HALF: i32 = 183;
/// Months that are looked through for a day that falls on a weekday.
const MONTHS: i32 = 24;

/// All that a moment is resolved against.
pub(super) struct Context<'a> {
    pub reference: Option<&'a Reference>,
    /// The last point mentioned.
    pub mentioned: Option<Point>,
    /// The last quarter, half or month mentioned nearby, which "a year earlier" is compared with.
    pub period: Option<Point>,
    /// Asked only for what is named without its side of the reference.
    pub direction: &'a dyn Fn() -> Direction,
}

impl Context<'_> {
    fn today(&self) -> Option<Date> {
        self.reference.map(|r| r.date)
    }

    /// The point that the moment names; unplaced when it depends on a reference that is missing.
    pub(super) fn resolve(&self, moment: &Moment) -> Option<Point> {
        let placed = self.place(moment.base).and_then(|point| match moment.shift {
            Some(shift) => shifted_from(point, shift),
            None => Some(point),
        });
        placed
            .filter(|p| matches!(p, Point::Bc(_)) || p.begin().is_some_and(in_calendar))
            .or_else(|| Some(Point::Unplaced(unplaced(moment)?)))
    }

    /// The stretch of the calendar that a length covers, or the place that it reaches, from the reference on.
    pub(super) fn stretch(&self, duration: Duration) -> Option<Interval> {
        let Duration { amount: Amount::Count { whole, part, of }, unit, rest, stretch: Some(stretch), mark } = duration
        else {
            return None;
        };
        let reference = self.reference?;
        // "the next 0 years" covers nothing.
        if whole == 0 && part == 0 && rest.is_empty() && stretch != Stretch::In {
            return None;
        }
        let back = stretch == Stretch::Last;
        let mut span = parts(whole, unit, rest, back)?;
        if part > 0 {
            // Of hours and minutes a part is exact.
            let seconds = i64::from(seconds_in(unit)) * i64::from(part) / i64::from(of.max(1));
            span = (unit < Unit::Day && rest.is_empty())
                .then(|| span.try_seconds(if back { -seconds } else { seconds }).ok())??;
        }
        let about = mark.is_some();
        let unit = rest.finest().unwrap_or(unit);
        if unit < Unit::Day {
            let now = reference.date.to_datetime(reference.time?);
            let then = now.checked_add(span).ok()?;
            return match stretch {
                Stretch::In => timed(then, 1.minute(), reference.offset, about),
                Stretch::Last => timed(then, now.since(then).ok()?, reference.offset, about),
                Stretch::Next | Stretch::Within => timed(now, then.since(now).ok()?, reference.offset, about),
            };
        }
        let day = |date: Date, days: i64| date.checked_add(days.days()).ok().filter(|&d| in_calendar(d));
        let today = reference.date;
        let (begin, end) = match stretch {
            Stretch::Last => (today.checked_add(span).ok()?, today),
            Stretch::Next => (day(today, 1)?, day(today, 1)?.checked_add(span).ok()?),
            Stretch::Within => (today, day(today.checked_add(span).ok()?, 1)?),
            Stretch::In => {
                if (self.direction)() == Direction::Past {
                    return None;
                }
                let to = today.checked_add(span).ok()?;
                match unit {
                    Unit::Day | Unit::Week | Unit::Fortnight => (to, day(to, 1)?),
                    _ => containing(to, unit)?.bounds()?,
                }
            }
        };
        (in_calendar(begin) && in_calendar(end)).then(|| write::interval(begin, end, about))
    }

    fn place(&self, base: Base) -> Option<Point> {
        Some(match base {
            Base::Day(date) | Base::Event(date) => Point::Day(date),
            Base::Bc(year) => Point::Bc(year),
            Base::DayOfMonth { day, weekday, shift } => Point::Day(self.day_of_month(day, weekday, shift)?),
            Base::WeekdayOfWeek { day, shift } => {
                let monday = week_start(self.today()?)?;
                let days = i64::from(shift) * 7 + i64::from(day) - 1;
                Point::Day(monday.checked_add(Length::new().try_days(days).ok()?).ok()?)
            }
            Base::Nth { nth, counted, of } => nth_of(nth, counted, self.whole(of)?)?,
            Base::Year(year) => Point::Year(year),
            Base::Century(hundreds) => Point::Century(hundreds),
            Base::Week { year, week } => Point::Week { year, week },
            Base::Decade { tens, century_given: true } => Point::Decade(tens / 10),
            // "the '90s" are the last nineties that have begun.
            Base::Decade { tens, .. } => {
                let year = self.today().map_or(2000, |t| t.year());
                let decade = year / 100 * 10 + tens / 10;
                let decade = if decade * 10 > year { decade - 10 } else { decade };
                (decade >= 0).then_some(Point::Decade(decade))?
            }
            Base::MonthDay { month, day, year } => {
                Point::Day(self.in_year(year, |y| Date::new(y, month, day).ok(), Length::new().days(1))?)
            }
            Base::Holiday { holiday, year } => self.holiday(holiday, year)?,
            Base::Month { month, year } => {
                Point::month_of(self.in_year(year, |y| Date::new(y, month, 1).ok(), Length::new().months(1))?)
            }
            Base::Quarter { quarter, year } => {
                let first = |y| Date::new(y, quarter * 3 - 2, 1).ok();
                Point::Quarter { year: self.in_year(year, first, Length::new().months(3))?.year(), quarter }
            }
            Base::Half { half, year } => {
                let first = |y| Date::new(y, half * 6 - 5, 1).ok();
                Point::Half { year: self.in_year(year, first, Length::new().months(6))?.year(), half }
            }
            Base::Season { season, year } => {
                let first = |y| Date::new(y, first_month(season), 1).ok();
                Point::Season { year: self.in_year(year, first, Length::new().months(3))?.year(), season }
            }
            Base::Weekday { day, pick, from } => Point::Day(self.weekday(day, pick, from)?),
            Base::Unit { unit, shift, from } => shifted(self.unit_at(unit, from)?, shift)?,
            Base::Offset { amount, unit, rest, back, from } if rest.is_empty() => {
                self.offset(amount, unit, back, from)?
            }
            Base::Offset { amount, unit, rest, back, from } => self.offset_by_parts(amount, unit, rest, back, from)?,
            Base::WeekdayOffset { count, day } => {
                let weekday = Weekday::from_monday_one_offset(day).ok()?;
                Point::Day(self.today()?.nth_weekday(i32::from(count), weekday).ok()?)
            }
            Base::Mentioned(unit) => self.mentioned_unit(unit)?,
            Base::YearEarlier(unit) => shift_years(self.mentioned_unit(unit)?, -1)?,
            Base::WeekdayDate { weekday, month, day } => Point::Day(self.weekday_date(weekday, month, day)?),
        })
    }

    /// The days of the holiday, or the weekend at it.
    fn holiday(&self, holiday: Holiday, year: Year) -> Option<Point> {
        let dates = Lexicon::get().dates(holiday);
        let first = self.in_year(year, |y| dates.in_year(y), Length::new().days(dates.days()))?;
        if holiday.weekend {
            return Point::weekend_at(first);
        }
        Some(match dates.days_from(first) {
            1 => Point::Day(first),
            days => Point::Days { first, days, weekend: false },
        })
    }

    /// The occurrence of a yearly unit that `year` picks; `length` is the unit's. A year has one, none, or more.
    fn in_year<I>(&self, year: Year, first: impl Fn(i16) -> I, length: Length) -> Option<Date>
    where
        I: IntoIterator<Item = Date, IntoIter: DoubleEndedIterator>,
    {
        let of_year = |year| first(year).into_iter().next();
        let (pick, today) = match year {
            Year::Given(year) => return of_year(year),
            Year::Shift(shift) => {
                return of_year(i16::try_from(i32::from(self.today()?.year()) + shift).ok()?);
            }
            Year::Pick(pick) => (pick, self.today()?),
            Year::Mentioned(pick) => (pick, self.mentioned_day(pick).or_else(|| self.today())?),
        };
        // A leap day lies up to eight years away.
        let years = |back: bool| (0..=8).filter_map(move |n| today.year().checked_add(if back { -n } else { n }));
        let ends_after = |begin: Date| begin.checked_add(length).is_ok_and(|end| end > today);
        let back = || years(true).flat_map(|y| first(y).into_iter().rev());
        let on = || years(false).flat_map(&first);
        let last = || back().find(|&d| d <= today);
        let next = || on().find(|&d| ends_after(d));
        match pick {
            Pick::This => {
                let this = first(today.year()).into_iter().min_by_key(|&d| days_between(today, d).abs());
                this.or_else(last)
            }
            Pick::Last => back().find(|&d| !ends_after(d)),
            Pick::Next | Pick::Coming => on().find(|&d| d > today),
            Pick::Near => self.nearest(today, last(), next(), length),
        }
    }

    /// The day of the date last mentioned that the following or the previous May is counted from.
    fn mentioned_day(&self, pick: Pick) -> Option<Date> {
        let (begin, end) = self.mentioned?.bounds()?;
        if pick == Pick::Next { end.yesterday().ok() } else { Some(begin) }
    }

    /// Of the last and the next occurrence, the one that is meant by a name alone.
    fn nearest(&self, today: Date, last: Option<Date>, next: Option<Date>, length: Length) -> Option<Date> {
        let (Some(behind), Some(ahead)) = (last, next) else { return last.or(next) };
        let (ago, away) = (days_between(behind, today), days_between(today, ahead));
        let under_way = behind.checked_add(length).is_ok_and(|end| end > today);
        match (self.direction)() {
            // Reports say so when they go most of a year back.
            Direction::Past if ago > FAR && away < NEAR && length.get_months() < 3 => Some(ahead),
            Direction::Past => Some(behind),
            // What is under way, or has just ended, is nearer than next year's.
            Direction::Future if under_way => Some(behind),
            Direction::Future if ago < JUST && away > HALF => Some(behind),
            Direction::Future => Some(ahead),
            Direction::Unknown if ago > HALF && away < HALF && length.get_months() < 3 => Some(ahead),
            Direction::Unknown => Some(behind),
        }
    }

    /// The nearest year's day that falls on the weekday; the nearest at all when the two never meet.
    fn weekday_date(&self, weekday: i8, month: i8, day: i8) -> Option<Date> {
        let today = self.today()?;
        let fits = |d: &Date| d.weekday().to_monday_one_offset() == weekday;
        let near = (-6..=6).filter_map(|n| Date::new(today.year().checked_add(n)?, month, day).ok());
        near.filter(fits)
            .min_by_key(|&d| days_between(today, d).abs())
            .or_else(|| self.in_year(Year::Pick(Pick::Near), |y| Date::new(y, month, day).ok(), Length::new().days(1)))
    }

    fn weekday(&self, day: i8, pick: Pick, from: Anchor) -> Option<Date> {
        let mentioned = match (from, self.mentioned) {
            (Anchor::Mentioned, Some(Point::Day(date))) => Some(date),
            _ => None,
        };
        let today = mentioned.or_else(|| self.today())?;
        let weekday = Weekday::from_monday_one_offset(day).ok()?;
        let same = today.weekday() == weekday;
        let nth = |n| today.nth_weekday(n, weekday).ok();
        match pick {
            Pick::Last => nth(-1),
            Pick::Coming => nth(1),
            // "next Friday" is that of next week; "the following Friday" the first.
            Pick::Next if from == Anchor::Mentioned => nth(1),
            Pick::Next => week_start(today)?.checked_add(Length::new().days(day + 6)).ok(),
            Pick::This => week_start(today)?.checked_add(Length::new().days(day - 1)).ok(),
            Pick::Near if same => Some(today),
            Pick::Near => match (self.direction)() {
                Direction::Future => nth(1),
                Direction::Past | Direction::Unknown => nth(-1),
            },
        }
    }

    /// "the 15th": of the month that `shift` counts to, or of the nearest that the clause's direction allows.
    fn day_of_month(&self, day: i8, weekday: Option<i8>, shift: Option<i32>) -> Option<Date> {
        let fits = |d: &Date| weekday.is_none_or(|w| d.weekday().to_monday_one_offset() == w);
        // What follows a month that was named.
        let mentioned = match self.mentioned {
            Some(Point::Month { year, month }) if shift.is_none() => Some((year, month)),
            Some(Point::Day(date)) if shift.is_none() => Some((date.year(), date.month())),
            _ => None,
        };
        if let (Some((year, month)), None) = (mentioned, weekday) {
            return Date::new(year, month, day).ok();
        }
        let today = self.today()?;
        let month = |n: i32| {
            let first = Date::new(today.year(), today.month(), 1).ok()?.checked_add(length(Unit::Month, n)?).ok()?;
            Date::new(first.year(), first.month(), day).ok()
        };
        if let Some(shift) = shift {
            return month(shift);
        }
        let direction = (self.direction)();
        if weekday.is_some() && direction == Direction::Unknown {
            let near = (-MONTHS..=MONTHS).filter_map(month).filter(fits);
            return near.min_by_key(|&d| days_between(today, d).abs());
        }
        match direction {
            Direction::Future => (0..=MONTHS).filter_map(month).find(|d| *d >= today && fits(d)),
            Direction::Past | Direction::Unknown => {
                (-MONTHS..=0).rev().filter_map(month).find(|d| *d <= today && fits(d))
            }
        }
    }

    /// The period that something is counted within.
    fn whole(&self, of: Whole) -> Option<Point> {
        self.place(match of {
            Whole::Month { month, year } => Base::Month { month, year },
            Whole::Season { season, year } => Base::Season { season, year },
            Whole::Year(year) => Base::Year(year),
            Whole::Decade(tens) => Base::Decade { tens, century_given: true },
            Whole::Century(hundreds) => Base::Century(hundreds),
            Whole::Unit { unit, shift, from } => Base::Unit { unit, shift, from },
        })
    }

    /// The unit round the anchor.
    fn unit_at(&self, unit: Unit, from: Anchor) -> Option<Point> {
        let date = match from {
            // The day after a year is not its second of January.
            Anchor::Mentioned => {
                let mentioned = self.mentioned.filter(|p| p.unit() <= unit);
                mentioned.and_then(Point::begin).or_else(|| self.today())
            }
            Anchor::Reference => self.today(),
        }?;
        containing(date, unit)
    }

    fn mentioned_unit(&self, unit: Unit) -> Option<Point> {
        let same = |p: &Point| p.unit() == unit;
        // "in June 1998 ... later that year"
        let round = self
            .mentioned
            .filter(|p| p.unit() < unit && matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year));
        let round = round.and_then(Point::begin).and_then(|date| containing(date, unit));
        self.period.filter(same).or(self.mentioned.filter(same)).or(round).or_else(|| {
            let now = containing(self.today()?, unit)?;
            // A quarter spoken of is one that has ended; so is a weekend.
            match unit {
                Unit::Weekend if (self.direction)() == Direction::Future => Some(now),
                Unit::Quarter | Unit::Weekend => shifted(now, -1),
                _ => Some(now),
            }
        })
    }

    fn offset(&self, amount: Amount, unit: Unit, back: bool, from: Anchor) -> Option<Point> {
        let Amount::Count { whole, part, of } = amount else {
            return None;
        };
        let sign = if back { -1 } else { 1 };
        let count = i32::try_from(whole).ok()?.checked_mul(sign)?;
        let anchor = match from {
            Anchor::Mentioned => self.mentioned.filter(|p| p.is_placed()),
            Anchor::Reference => None,
        };
        // "a year earlier" than a quarter is a quarter.
        if unit == Unit::Year && part == 0 {
            let period = self.period.filter(|_| from == Anchor::Mentioned || whole == 1);
            if let Some(period) = period.filter(|p| matches!(p, Point::Quarter { .. } | Point::Half { .. })) {
                return shift_years(period, count);
            }
            if let Some(anchor) = anchor.filter(|p| p.unit() >= Unit::Month && p.unit() < Unit::Year) {
                return shift_years(anchor, count);
            }
        }
        if matches!(unit, Unit::Hour | Unit::Minute | Unit::Second) {
            return self.clock_offset(count, part, of, unit, back, anchor);
        }
        let date = anchor.and_then(Point::begin).or_else(|| self.today())?;
        let mut to = date.checked_add(length(unit, count)?).ok()?;
        if part > 0 && of > 0 {
            let days = i64::from(days_in(unit)) * i64::from(part) / i64::from(of) * i64::from(sign);
            to = to.checked_add(Length::new().try_days(days).ok()?).ok()?;
        }
        match (unit, anchor) {
            (Unit::Week | Unit::Fortnight, Some(Point::Day(_))) => Some(Point::Day(to)),
            (Unit::Week | Unit::Fortnight, None) if from == Anchor::Mentioned || !back => Some(Point::Day(to)),
            (Unit::Fortnight, _) => Some(Point::week_of(to)),
            (Unit::Decade | Unit::Century | Unit::Millennium, _) => Some(Point::Year(to.year())),
            _ => containing(to, unit),
        }
    }

    /// "two years and three months ago": to the finest unit.
    fn offset_by_parts(&self, amount: Amount, unit: Unit, rest: Rest, back: bool, from: Anchor) -> Option<Point> {
        let Amount::Count { whole, .. } = amount else { return None };
        let mentioned = self.mentioned.filter(|p| from == Anchor::Mentioned && p.is_placed());
        let span = parts(whole, unit, rest, back)?;
        if rest.finest().is_some_and(|finest| finest < Unit::Day) {
            let reference = self.reference.filter(|_| mentioned.is_none())?;
            let at = reference.date.to_datetime(reference.time?).checked_add(span).ok()?;
            return in_calendar(at.date()).then_some(Point::Instant(at));
        }
        let date = mentioned.and_then(Point::begin).or_else(|| self.today())?;
        containing(date.checked_add(span).ok()?, rest.finest()?)
    }

    /// Hours and minutes need a time to be counted from; without one, the day is all that is known.
    fn clock_offset(
        &self,
        count: i32,
        part: u32,
        of: u32,
        unit: Unit,
        back: bool,
        anchor: Option<Point>,
    ) -> Option<Point> {
        let from = match anchor {
            Some(Point::Instant(at)) => at,
            Some(point) => return point.begin().map(Point::Day),
            None => {
                let reference = self.reference?;
                reference.date.to_datetime(reference.time?)
            }
        };
        let seconds = i64::from(seconds_in(unit));
        let rest = if of > 0 { seconds * i64::from(part) / i64::from(of) } else { 0 };
        let total = i64::from(count).checked_mul(seconds)?.checked_add(if back { -rest } else { rest })?;
        let at = from.checked_add(Length::new().try_seconds(total).ok()?).ok()?;
        in_calendar(at.date()).then_some(Point::Instant(at))
    }
}

/// What is known of `base` without a reference; none when nothing is.
fn unplaced(moment: &Moment) -> Option<Unplaced> {
    Some(match moment.base {
        Base::DayOfMonth { .. } | Base::WeekdayOfWeek { .. } => Unplaced::Unit(Unit::Day),
        Base::Nth { counted: Counted::Weekday(day), .. } => Unplaced::Weekday(day),
        Base::Nth { counted: Counted::Unit(unit), .. } => Unplaced::Unit(unit),
        _ if moment.shift.is_some() => Unplaced::Unit(Unit::Day),
        Base::MonthDay { month, day, .. } => Unplaced::MonthDay { month, day },
        Base::Weekday { day, .. } => Unplaced::Weekday(day),
        Base::Month { month, .. } => Unplaced::Month(month),
        Base::Quarter { quarter, .. } => Unplaced::Quarter(quarter),
        Base::Half { half, .. } => Unplaced::Half(half),
        Base::Season { season, .. } => Unplaced::Season(season),
        Base::Decade { tens, .. } => Unplaced::Decade(tens),
        Base::Holiday { holiday: Holiday { weekend: true, .. }, .. } => Unplaced::Unit(Unit::Weekend),
        Base::Holiday { holiday, .. } => match Lexicon::get().dates(holiday).fixed() {
            Some((month, day)) => Unplaced::MonthDay { month, day },
            None => Unplaced::Unit(Unit::Day),
        },
        Base::Unit { unit, .. } | Base::Mentioned(unit) | Base::YearEarlier(unit) => Unplaced::Unit(unit),
        Base::WeekdayDate { month, day, .. } => Unplaced::MonthDay { month, day },
        Base::WeekdayOffset { day, .. } => Unplaced::Weekday(day),
        Base::Offset { amount: Amount::Count { .. }, unit, .. } => Unplaced::Unit(unit),
        Base::Offset { .. }
        | Base::Day(_)
        | Base::Event(_)
        | Base::Year(_)
        | Base::Bc(_)
        | Base::Century(_)
        | Base::Week { .. } => return None,
    })
}
