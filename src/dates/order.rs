//! Whether a document writes the day before the month: "25/12/2023" shows how "11/12/2023" is to be read.

use super::cursor::Cursor;
use super::lexer::Lexeme;
use super::rules::numeric;
use super::words::Term;
use crate::extraction::DateOrder;

/// Whether "11/12/2023" is the eleventh of December in `text`.
pub(super) fn is_day_first(text: &str, lexemes: &[Lexeme], order: DateOrder) -> bool {
    match order {
        DateOrder::MonthFirst => false,
        DateOrder::DayFirst => true,
        DateOrder::ByEvidence => {
            let (mut day_first, mut month_first) = (false, false);
            let mut c = Cursor::new(text, lexemes, false);
            while c.at < lexemes.len() {
                if matches!(c.term(), Term::Number { digits: 1 | 2, .. })
                    && let Some((first, second)) = numeric::fields(c)
                {
                    day_first |= first > 12 && second <= 12;
                    month_first |= second > 12 && first <= 12;
                }
                c = c.next();
            }
            day_first && !month_first
        }
    }
}
