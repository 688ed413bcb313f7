//! Datelines: "BRUSSELS, Dec. 12 (Reuters) - " is a sentence of its own, not a part of the one that follows.

use super::Token;

/// Most tokens in a dateline.
const LONGEST: usize = 14;

/// The token after the dateline (its dash included) that opens the paragraph at token `start`.
pub(super) fn end(text: &str, tokens: &[Token], start: usize) -> Option<usize> {
    let form = |index: usize| tokens[index].span.of(text);
    let capitals =
        |word: &str| word.chars().filter(|c| c.is_uppercase()).count() >= 3 && !word.chars().any(char::is_lowercase);
    if start >= tokens.len() || !capitals(form(start)) {
        return None;
    }
    let mut bracket = false;
    for index in start + 1..tokens.len().min(start + LONGEST) {
        let gap = &text[tokens[index - 1].span.end..tokens[index].span.start];
        match form(index) {
            _ if gap.contains(['\n', '\r']) => return None,
            "(" => bracket = true,
            ")" => bracket = false,
            "–" | "—" | "-" | "--" => return (!gap.is_empty() && index + 1 < tokens.len()).then_some(index + 1),
            "," | "." | "/" => {}
            word if bracket || capitals(word) || is_of_date(word) => {}
            _ => return None,
        }
    }
    None
}

/// Numbers and months, whole or cut short.
fn is_of_date(word: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = word.to_lowercase();
    word.starts_with(|c: char| c.is_ascii_digit()) || MONTHS.iter().any(|m| lower.starts_with(m))
}

#[cfg(test)]
mod tests {
    fn sentences(text: &str) -> Vec<&str> {
        crate::text::read(text).sentences.iter().map(|s| s.span.of(text)).collect()
    }

    #[test]
    fn a_dateline_is_a_sentence_of_its_own() {
        assert_eq!(
            sentences("BRUSSELS, Dec. 12 (Reuters) - Marta met Ana."),
            ["BRUSSELS, Dec. 12 (Reuters) -", "Marta met Ana."]
        );
        assert_eq!(sentences("TEHRAN – In a rare move, Iran spoke."), ["TEHRAN –", "In a rare move, Iran spoke."]);
        assert_eq!(sentences("NEW YORK (AP) — Stocks fell."), ["NEW YORK (AP) —", "Stocks fell."]);
    }

    #[test]
    fn other_dashes_do_not_split() {
        for text in [
            "NATO members - all of them - met.",
            "COVID-19 spread.",
            "The EU - a union - met.",
            "USA TODAY reported - late.",
        ] {
            assert_eq!(sentences(text), [text]);
        }
    }
}
