//! What line breaks mean: the end of a paragraph, the end of a line that stands alone, or mere wrapping.

use super::chars::{is_closer, is_opener, is_separator, is_terminal};

/// What a line break says about the sentence it stands in; stronger ones come later in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The line was wrapped: the break counts as a blank.
    Soft,
    /// A headline, list item or paragraph on a line of its own ends here.
    Hard,
    /// A blank line follows.
    Paragraph,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Break {
    /// Byte offset of the end of the line.
    pub at: usize,
    pub kind: Kind,
}

/// Text wrapped by hand is between so many characters wide; wider lines are paragraphs.
const WRAP_WIDTH: std::ops::RangeInclusive<usize> = 40..=120;

/// A line below this length is not wrapped text.
const SHORT: usize = 30;

struct Line<'a> {
    end: usize,
    content: &'a str,
    width: usize,
    first_word_width: usize,
}

impl<'a> Line<'a> {
    fn new(text: &'a str, start: usize, end: usize) -> Self {
        let content = text[start..end].trim_matches(is_separator);
        let width = content.chars().count();
        let first_word_width = content.split(is_separator).next().unwrap_or_default().chars().count();
        Line { end, content, width, first_word_width }
    }

    fn starts_lower(&self) -> bool {
        self.content.trim_start_matches(|c| is_opener(c) || is_closer(c)).starts_with(char::is_lowercase)
    }

    /// Whether the line ends as a sentence does, closing quotes and brackets left aside.
    fn ends_sentence(&self) -> bool {
        self.content.trim_end_matches(is_closer).ends_with(|c| is_terminal(c) || c == ':')
    }

    fn ends_open(&self) -> bool {
        self.content.ends_with([',', ';', '-', '–', '—', '&'])
    }

    /// Whether the line begins with a bullet or with a number and a blank after it.
    fn is_item(&self) -> bool {
        let marker = self.content.split(is_separator).next().unwrap_or_default();
        let bullet = matches!(marker, "-" | "*" | "•" | "·" | "–" | "—" | "►" | "▪" | "◦" | "o" | ">");
        let number = marker.trim_start_matches('(').strip_suffix(['.', ')']);
        bullet
            || number.is_some_and(|number| {
                number.len() <= 2 && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
            })
    }
}

/// All line breaks of `text`, in order.
pub(super) fn breaks(text: &str) -> Vec<Break> {
    let mut breaks = Vec::new();
    let mut block: Vec<Line<'_>> = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let ends_paragraph = matches!(c, '\u{b}' | '\u{c}' | '\u{2029}');
        if !ends_paragraph && !matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}') {
            continue;
        }
        let line = Line::new(text, start, at);
        start = at + c.len_utf8();
        if c == '\r' && characters.next_if(|(_, next)| *next == '\n').is_some() {
            start += 1;
        }
        let blank = line.content.is_empty();
        if !blank {
            block.push(line);
        }
        if blank || ends_paragraph {
            close(&mut block, &mut breaks);
        }
    }
    let last = Line::new(text, start, text.len());
    if !last.content.is_empty() {
        block.push(last);
    }
    close(&mut block, &mut breaks);
    breaks
}

/// Decides the breaks of a block of lines without a blank line between them.
fn close(block: &mut Vec<Line<'_>>, breaks: &mut Vec<Break>) {
    let width = block.iter().map(|line| line.width).max().unwrap_or_default();
    // Wrapped text breaks where the next word would not have fitted.
    let full = |pair: &[Line<'_>]| pair[0].width + 1 + pair[1].first_word_width > width;
    let full_lines = block.windows(2).filter(|pair| full(pair)).count();
    let wrapped = block.len() > 2 && WRAP_WIDTH.contains(&width) && full_lines * 5 >= (block.len() - 1) * 3;
    for pair in block.windows(2) {
        let (line, next) = (&pair[0], &pair[1]);
        let fits_wrap = width <= *WRAP_WIDTH.end() && full(pair);
        let soft = if next.is_item() {
            false
        } else if wrapped {
            full(pair) || next.starts_lower()
        } else if block.len() == 2 && fits_wrap && line.width >= 55 {
            !line.ends_sentence() && (next.starts_lower() || next.ends_sentence())
        } else {
            line.width >= SHORT && !line.ends_sentence() && (next.starts_lower() || line.ends_open())
        };
        breaks.push(Break { at: line.end, kind: if soft { Kind::Soft } else { Kind::Hard } });
    }
    if let Some(line) = block.last() {
        breaks.push(Break { at: line.end, kind: Kind::Paragraph });
    }
    block.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        breaks(text).into_iter().map(|line_break| line_break.kind).collect()
    }

    #[test]
    fn blank_lines_end_paragraphs() {
        assert_eq!(kinds("One\n\nTwo"), [Kind::Paragraph, Kind::Paragraph]);
        assert_eq!(kinds("One\r\n \r\nTwo\r\n"), [Kind::Paragraph, Kind::Paragraph]);
    }
}
