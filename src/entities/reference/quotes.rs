//! Direct speech: which words are quoted, and who speaks them.

use std::ops::Range;

use super::is_subject;
use crate::model::labels::Upos;
use crate::syntax::Syntax;

/// Verbs that introduce speech.
const SPEECH: &[&str] = &[
    "say", "tell", "add", "ask", "note", "explain", "warn", "claim", "argue", "insist", "reply", "respond", "announce",
    "declare", "write", "tweet", "state", "stress", "recall", "admit", "continue", "conclude", "comment", "remark",
    "observe", "joke", "shout", "quote", "describe", "call",
];

pub fn is_speech(lemma: &str) -> bool {
    SPEECH.contains(&lemma)
}

/// The quoted stretches of a document.
#[derive(Debug, Default)]
pub struct Quotes {
    /// For each token: the quotation that it stands in.
    of_token: Vec<Option<usize>>,
    /// The head of the words that name the speaker of each quotation.
    speakers: Vec<Option<usize>>,
}

impl Quotes {
    pub fn read(syntax: &Syntax<'_>) -> Self {
        let mut quotes = Self { of_token: vec![None; syntax.len()], speakers: Vec::new() };
        let spans = spans(syntax);
        for (number, span) in spans.iter().enumerate() {
            quotes.of_token[span.clone()].fill(Some(number));
        }
        for (number, span) in spans.iter().enumerate() {
            let speaker = quotes.speaker_near(syntax, span).or_else(|| {
                // A quotation that goes on in the next sentence, or after "he said" in its middle.
                let before = spans.get(number.checked_sub(1)?)?;
                let gap = syntax.sentence(span.start) - syntax.sentence(before.end - 1);
                let same = syntax.text.sentences[syntax.sentence(span.start)].paragraph
                    == syntax.text.sentences[syntax.sentence(before.end - 1)].paragraph;
                quotes.speakers[number - 1].filter(|_| gap <= 1 && same)
            });
            quotes.speakers.push(speaker);
        }
        quotes
    }

    /// The head of the words that name who speaks the token, where it is quoted.
    pub fn speaker(&self, token: usize) -> Option<usize> {
        self.speakers[self.of_token[token]?]
    }

    pub fn quoted(&self, token: usize) -> bool {
        self.of_token[token].is_some()
    }

    /// The subject of the verb of speech, outside of quotations, that stands nearest in the sentences of the quotation.
    fn speaker_near(&self, syntax: &Syntax<'_>, span: &Range<usize>) -> Option<usize> {
        let first = syntax.sentence_tokens(syntax.sentence(span.start));
        let last = syntax.sentence_tokens(syntax.sentence(span.end - 1));
        let distance = |t: usize| if t < span.start { span.start - t } else { t - span.end };
        (first.start..span.start)
            .chain(span.end..last.end.max(span.end))
            .filter(|&t| syntax.upos(t) == Upos::Verb && !self.quoted(t) && is_speech(syntax.lemma(t)))
            .filter_map(|t| {
                let subject = syntax.children(t).iter().copied().find(|&c| is_subject(syntax.deprel(c)))?;
                Some((distance(t), subject))
            })
            .min()
            .map(|(_, subject)| subject)
    }
}

/// Stretches between quotation marks; one that is not closed ends with its paragraph.
fn spans(syntax: &Syntax<'_>) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut open: Option<usize> = None;
    let mut paragraph = 0;
    for sentence in &syntax.text.sentences {
        if sentence.paragraph != paragraph {
            spans.extend(open.take().map(|start| start..sentence.tokens.start));
            paragraph = sentence.paragraph;
        }
        for token in sentence.tokens.clone() {
            match (syntax.form(token), open) {
                ("“" | "„" | "``" | "«", _) | ("\"", None) => open = Some(token + 1),
                ("”" | "''" | "»" | "\"", Some(start)) => {
                    spans.push(start..token);
                    open = None;
                }
                _ => {}
            }
        }
    }
    spans.extend(open.map(|start| start..syntax.len()));
    spans.retain(|s| !s.is_empty());
    spans
}
