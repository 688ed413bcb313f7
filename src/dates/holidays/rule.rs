//! How the days of a holiday follow from the year.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use super::calendars::{self, Calendar};

/// The rules of a holiday, each with the years that it holds in.
#[derive(Debug, PartialEq)]
pub(in crate::dates) struct Dates(Vec<Era>);

#[derive(Debug, PartialEq)]
struct Era {
    from: i16,
    to: i16,
    /// None where there is no such holiday, or its date is not known.
    rule: Option<Rule>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Rule {
    anchor: Anchor,
    /// Days from the anchor, by its weekday from Monday on.
    moved: [i8; 7],
    /// Divisor, and what it leaves of a year that has the holiday.
    cycle: Option<(i16, i16)>,
    lasting: Lasting,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Anchor {
    Fixed {
        month: i8,
        day: i8,
    },
    /// The nth such weekday of the month; -1 is the last.
    Nth {
        month: i8,
        weekday: Weekday,
        nth: i8,
    },
    /// The first such weekday on the day or beyond, in the one direction or the other.
    Near {
        weekday: Weekday,
        month: i8,
        day: i8,
        after: bool,
    },
    Easter,
    OrthodoxEaster,
    Qingming,
    Foreign {
        calendar: Calendar,
        month: u8,
        day: u8,
    },
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Lasting {
    Days(i16),
    /// To the end of the month, of the anchor's calendar.
    Month,
    To {
        month: i8,
        day: i8,
    },
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// Days that a stretch to a date takes at most: Advent.
const LONGEST_STRETCH: i16 = 28;

impl Dates {
    /// Reads the third column of the list, whose head describes it.
    pub(in crate::dates) fn parse(text: &str) -> Option<Dates> {
        let eras = text.split(';').map(|era| Era::parse(era.trim())).collect::<Option<Vec<_>>>()?;
        Some(Dates(eras))
    }

    /// The first days of the holiday in `year`: none, one, or two.
    pub(in crate::dates) fn in_year(&self, year: i16) -> impl DoubleEndedIterator<Item = Date> {
        let days = self.rule(year).map_or([None, None], |rule| rule.in_year(year));
        days.into_iter().flatten()
    }

    /// How many days the holiday has that begins on `first`.
    pub(in crate::dates) fn days_from(&self, first: Date) -> i16 {
        self.rule(first.year()).map_or(1, |rule| rule.days_from(first).max(1))
    }

    /// How many days the holiday can have.
    pub(in crate::dates) fn days(&self) -> i16 {
        let lasting = self.0.iter().filter_map(|era| era.rule).map(|rule| match rule.lasting {
            Lasting::Days(days) => days,
            Lasting::Month => 31,
            Lasting::To { .. } => LONGEST_STRETCH,
        });
        lasting.max().unwrap_or(1)
    }

    /// Month and day, where they are always the same.
    pub(in crate::dates) fn fixed(&self) -> Option<(i8, i8)> {
        match self.0.as_slice() {
            [
                Era {
                    rule: Some(Rule { anchor: Anchor::Fixed { month, day }, moved: [0, 0, 0, 0, 0, 0, 0], .. }), ..
                },
            ] => Some((*month, *day)),
            _ => None,
        }
    }

    /// The rule of the year: one for it alone goes before the last that holds since.
    fn rule(&self, year: i16) -> Option<Rule> {
        let holding = self.0.iter().filter(|era| (era.from..=era.to).contains(&year));
        holding.max_by_key(|era| (era.from == era.to, era.from)).and_then(|era| era.rule)
    }
}

impl Era {
    /// `2014: 04-27 sun-1`, `2020-07-15`, `1971: none`.
    fn parse(text: &str) -> Option<Era> {
        if let Some(date) = text.split_whitespace().next().filter(|t| t.len() == 10 && t.as_bytes()[4] == b'-') {
            let year = date[..4].parse().ok()?;
            return Some(Era { from: year, to: year, rule: Some(Rule::parse(&text[5..])?) });
        }
        let (from, rule) = match text.split_once(':') {
            Some((year, rule)) => (year.parse().ok()?, rule.trim()),
            None => (i16::MIN, text),
        };
        let rule = if rule == "none" { None } else { Some(Rule::parse(rule)?) };
        Some(Era { from, to: i16::MAX, rule })
    }
}

impl Rule {
    fn parse(text: &str) -> Option<Rule> {
        let mut words = text.split_whitespace();
        let anchor = Anchor::parse(words.next()?)?;
        let mut rule = Rule { anchor, moved: [0; 7], cycle: None, lasting: Lasting::Days(1) };
        for word in words {
            rule.take(word)?;
        }
        Some(rule)
    }

    /// Reads what follows the anchor: `+1`, `sat-1`, `year%4=1`, `8d`, `month` or `..12-24`.
    fn take(&mut self, word: &str) -> Option<()> {
        if word == "month" {
            self.lasting = Lasting::Month;
        } else if let Some((month, day)) = word.strip_prefix("..").and_then(month_day) {
            self.lasting = Lasting::To { month, day };
        } else if let Some(cycle) = word.strip_prefix("year%") {
            let (divisor, rest) = cycle.split_once('=')?;
            self.cycle = Some((divisor.parse().ok().filter(|d| *d > 0)?, rest.parse().ok()?));
        } else if let Some(days) = word.strip_suffix('d') {
            self.lasting = Lasting::Days(days.parse().ok().filter(|d| (2..=60).contains(d))?);
        } else if let Some(days) = word.starts_with(['+', '-']).then(|| word.parse::<i8>().ok()) {
            self.moved = [days?; 7];
        } else {
            let (weekday, days) = word.split_at_checked(3)?;
            self.moved[position(weekday)?] = days.parse().ok()?;
        }
        Some(())
    }

    fn in_year(self, year: i16) -> [Option<Date>; 2] {
        if self.cycle.is_some_and(|(divisor, rest)| year.rem_euclid(divisor) != rest) {
            return [None, None];
        }
        self.anchor.in_year(year).map(|date| {
            let date = date?;
            let days = self.moved[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())];
            date.checked_add(Span::new().days(days)).ok()
        })
    }

    fn days_from(self, first: Date) -> i16 {
        match self.lasting {
            Lasting::Days(days) => days,
            Lasting::Month => match self.anchor {
                Anchor::Foreign { calendar, .. } => calendar.month_length(first).unwrap_or(1),
                _ => i16::from(first.days_in_month()) - i16::from(first.day()) + 1,
            },
            Lasting::To { month, day } => {
                let last = Date::new(first.year(), month, day).ok();
                let days = last.and_then(|last| first.until(last).ok()).map_or(0, |span| span.get_days());
                days as i16 + 1
            }
        }
    }
}

impl Anchor {
    fn parse(text: &str) -> Option<Anchor> {
        match text {
            "easter" => return Some(Anchor::Easter),
            "orthodox" => return Some(Anchor::OrthodoxEaster),
            "qingming" => return Some(Anchor::Qingming),
            _ => {}
        }
        if let Some((month, day)) = month_day(text) {
            return Some(Anchor::Fixed { month, day });
        }
        for (sign, after) in [(">=", true), ("<=", false)] {
            if let Some((weekday, (month, day))) = text.split_once(sign).and_then(|(w, d)| Some((w, month_day(d)?))) {
                return Some(Anchor::Near { weekday: from_name(weekday)?, month, day, after });
            }
        }
        let (first, rest) = text.split_once('-')?;
        let (second, third) = rest.split_once('-')?;
        if let Some(calendar) = Calendar::from_name(first) {
            let (month, day) = month_day(rest)?;
            return Some(Anchor::Foreign { calendar, month: month.unsigned_abs(), day: day.unsigned_abs() });
        }
        let month = first.parse().ok().filter(|m| (1..=12).contains(m))?;
        let nth = if third == "last" { -1 } else { third.parse().ok().filter(|n| (1..=4).contains(n))? };
        Some(Anchor::Nth { month, weekday: from_name(second)?, nth })
    }

    fn in_year(self, year: i16) -> [Option<Date>; 2] {
        let one = match self {
            Anchor::Fixed { month, day } => Date::new(year, month, day).ok(),
            Anchor::Nth { month, weekday, nth } => {
                Date::new(year, month, 1).ok().and_then(|first| first.nth_weekday_of_month(nth, weekday).ok())
            }
            Anchor::Near { weekday, month, day, after } => Date::new(year, month, day).ok().and_then(|date| {
                // The day itself counts.
                let beyond = if after { date.yesterday() } else { date.tomorrow() };
                beyond.ok()?.nth_weekday(if after { 1 } else { -1 }, weekday).ok()
            }),
            Anchor::Easter => easter(year),
            Anchor::OrthodoxEaster => calendars::orthodox_easter(year),
            Anchor::Qingming => qingming(year),
            Anchor::Foreign { calendar, month, day } => return calendar.days_in(year, month, day),
        };
        [one, None]
    }
}

fn position(weekday: &str) -> Option<usize> {
    WEEKDAYS.iter().position(|&w| w == weekday)
}

fn from_name(weekday: &str) -> Option<Weekday> {
    Weekday::from_monday_zero_offset(position(weekday)? as i8).ok()
}

/// `MM-DD`.
fn month_day(text: &str) -> Option<(i8, i8)> {
    let (month, day) = text.split_once('-')?;
    let two = |text: &str, most: i8| text.parse().ok().filter(|n| text.len() == 2 && (1..=most).contains(n));
    Some((two(month, 12)?, two(day, 31)?))
}

/// Easter Sunday of the Gregorian calendar, by the anonymous algorithm of 1876.
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(calendars::GREGORIAN.contains(&year).then_some(year)?);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    let f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    Date::new(year as i16, (f / 31) as i8, (f % 31 + 1) as i8).ok()
}

/// The day in April on which the sun stands at 15 degrees, in Chinese time: linear in the year of the century, which is
/// right for the 20th and the 21st.
fn qingming(year: i16) -> Option<Date> {
    let (century, at) = match year {
        1901..=2000 => (1900, 559),
        2001..=2099 => (2000, 481),
        _ => return None,
    };
    let (of_century, at) = (i64::from(year - century), i64::from(at));
    let first = Date::new(year, 4, 1).ok()?;
    let day = (of_century * 2422 + at * 100) / 10_000 - of_century / 4;
    first.checked_add((day - 1).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn day(rule: &str, year: i16) -> Option<Date> {
        Dates::parse(rule).unwrap_or_else(|| panic!("{rule}")).in_year(year).next()
    }

    #[test]
    fn days_follow_from_the_year() {
        assert_eq!(day("12-25", 2023), Some(date(2023, 12, 25)));
        assert_eq!(day("11-thu-4", 1999), Some(date(1999, 11, 25)));
        assert_eq!(day("11-thu-4 +1", 2023), Some(date(2023, 11, 24)));
        assert_eq!(day("05-mon-last", 2023), Some(date(2023, 5, 29)));
        assert_eq!(day("mon<=05-24", 2017), Some(date(2017, 5, 22)));
        assert_eq!(day("sun>=11-27", 2022), Some(date(2022, 11, 27)));
        assert_eq!(day("sun>=11-27", 2023), Some(date(2023, 12, 3)));
        assert_eq!(day("easter", 2024), Some(date(2024, 3, 31)));
        assert_eq!(day("easter -2", 2023), Some(date(2023, 4, 7)));
        assert_eq!(day("orthodox -48", 2018), Some(date(2018, 2, 19)));
        assert_eq!(day("hebrew-01-10", 2018), Some(date(2018, 9, 19)));
        assert_eq!(day("chinese-01-01 -1", 2024), Some(date(2024, 2, 9)));
    }

    #[test]
    fn the_weekday_moves_the_day() {
        assert_eq!(day("04-16 sat-1 sun+1", 2017), Some(date(2017, 4, 17)));
        assert_eq!(day("04-16 sat-1 sun+1", 2016), Some(date(2016, 4, 15)));
        assert_eq!(day("04-16 sat-1 sun+1", 2018), Some(date(2018, 4, 16)));
    }

    #[test]
    fn rules_change_with_the_years() {
        let rule = "04-30 sun-1; 2014: 04-27 sun-1; 2020-05-05; 2030: none";
        assert_eq!(day(rule, 2013), Some(date(2013, 4, 30)));
        assert_eq!(day(rule, 2014), Some(date(2014, 4, 26)));
        assert_eq!(day(rule, 2020), Some(date(2020, 5, 5)));
        assert_eq!(day(rule, 2021), Some(date(2021, 4, 27)));
        assert_eq!(day(rule, 2031), None);
        assert_eq!(day("01-20 year%4=1", 2021), Some(date(2021, 1, 20)));
        assert_eq!(day("01-20 year%4=1", 2022), None);
    }

    #[test]
    fn qingming_is_the_fourth_or_the_fifth_of_april() {
        let days = |years: [i16; 5]| years.map(|year| day("qingming", year).map_or(0, Date::day));
        assert_eq!(days([1999, 2000, 2008, 2019, 2023]), [5, 4, 4, 5, 5]);
        assert_eq!(day("qingming", 2150), None);
    }

    #[test]
    fn holidays_have_their_days() {
        let days = |rule: &str, year| {
            let dates = Dates::parse(rule)?;
            Some(dates.days_from(dates.in_year(year).next()?))
        };
        assert_eq!(days("12-25", 2023), Some(1));
        assert_eq!(days("hebrew-03-25 8d", 2018), Some(8));
        assert_eq!(days("hijri-09-01 month", 2018), Some(30));
        assert_eq!(days("02-01 month", 2024), Some(29));
        assert_eq!(days("sun>=11-27 ..12-24", 2023), Some(22));
    }

    #[test]
    fn a_bad_rule_is_refused() {
        for rule in ["", "13-01", "1-1", "05-mon-6", "05-xyz-1", "easter 2", "12-25 1d", "martian-01-01", "x: 01-01"] {
            assert_eq!(Dates::parse(rule), None, "{rule}");
        }
    }
}
