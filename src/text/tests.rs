//! What holds for any text: order, boundaries, coverage, and time.

use proptest::prelude::*;

use super::chars::{is_invisible, is_separator};
use super::*;

/// Checks the promises of [`read`] on one text.
fn check(text: &str) {
    let read = read(text);
    let mut covered = 0;
    for token in &read.tokens {
        let Span { start, end } = token.span;
        assert!(covered <= start && start < end, "{token:?} in {text:?}");
        assert!(text.is_char_boundary(start) && text.is_char_boundary(end), "{token:?} in {text:?}");
        let gap = &text[covered..start];
        assert!(gap.chars().all(|c| is_separator(c) || is_invisible(c)), "{gap:?} left out of {text:?}");
        let word = token.span.of(text);
        assert!(!word.contains(is_separator), "{word:?} in {text:?}");
        assert!(!word.starts_with(is_invisible) && !word.ends_with(is_invisible), "{word:?} in {text:?}");
        covered = end;
    }
    assert!(text[covered..].chars().all(|c| is_separator(c) || is_invisible(c)), "the end of {text:?} left out");
    let mut next = 0;
    let mut paragraph = 0;
    for sentence in &read.sentences {
        assert_eq!(sentence.tokens.start, next, "{text:?}");
        assert!(!sentence.tokens.is_empty(), "{text:?}");
        assert!(sentence.paragraph >= paragraph, "{text:?}");
        assert_eq!(sentence.span.start, read.tokens[sentence.tokens.start].span.start);
        assert_eq!(sentence.span.end, read.tokens[sentence.tokens.end - 1].span.end);
        next = sentence.tokens.end;
        paragraph = sentence.paragraph;
    }
    assert_eq!(next, read.tokens.len(), "{text:?}");
}

proptest! {
    #[test]
    fn any_characters(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn marks_and_words(text in "([A-Za-z]{1,4}|[0-9]{1,3}|['’`\"“”.,!?…:;()@#$&*/_+-]| |\n|\r\n|\u{200b}|\u{301}|👩‍🚀|🇬🇧|م|é){0,60}") {
        check(&text);
    }

    #[test]
    fn near_misses_of_rules(text in "(http://|www\\.|@|#|U\\.S\\.|No\\. |J\\. |n't|'s|non-|AT&|w/|US\\$|\\.com|1,000|:\\)|\\[6\\]| |\n\n|x|é|\u{feff}){0,40}") {
        check(&text);
    }
}

#[test]
fn odd_texts() {
    for text in [
        "",
        " ",
        "\n\n\n",
        "\u{feff}",
        "\u{200b}a\u{200b}",
        "\0",
        "\u{301}",
        "'",
        "@",
        "#",
        "http://",
        "www.",
        "...",
        "👍🏽👍🏽",
        "a\u{200d}",
    ] {
        check(text);
    }
}

#[test]
fn time_is_linear() {
    let long = |unit: &str| unit.repeat(50_000 / unit.len());
    let started = std::time::Instant::now();
    for unit in [
        "1",
        "1-",
        "1,",
        "1.",
        "1/",
        "'",
        "\"",
        "“",
        ".",
        "a",
        "a.",
        "a-",
        "non-",
        "a'",
        "a'n't",
        "n't",
        "@",
        "a@",
        "a@b.",
        "#a",
        "$",
        "*",
        "a*",
        "&",
        "A&",
        "_",
        "a_",
        "http://",
        "(",
        ")",
        "[1]",
        ".[1]",
        ". ",
        "\n",
        "a\n",
        "A.\n",
        "\r",
        "’",
        "é",
        "\u{200b}",
        "a\u{200b}",
        "\u{301}",
        "👩\u{200d}",
        "🇬",
        "-",
        "J. ",
        "Mr. ",
        "! \"",
        "?)",
        ". \"",
        "a.com/",
        "1.5m",
        "w/",
        "'s",
    ] {
        read(&long(unit));
    }
    // A quadratic rule would take minutes; the margin is for slow machines and builds without optimisation.
    assert!(started.elapsed() < std::time::Duration::from_secs(60), "{:?}", started.elapsed());
}

#[test]
fn paragraphs_are_counted_over_blank_and_hard_line_breaks() {
    let text = "Headline\nIran vowed to respond. It did.\n\nSecond.";
    let paragraphs: Vec<usize> = read(text).sentences.iter().map(|sentence| sentence.paragraph).collect();
    assert_eq!(paragraphs, [0, 1, 1, 2]);
}
