//! `dossier tokens`: how texts are cut into tokens and sentences, for comparing with other tools.

use std::io::{self, Read, Write};

use dossier::text::offsets::{OffsetMap, OffsetUnit};

use super::Outcome;

/// Separates texts, on the way in and on the way out.
const FORM_FEED: char = '\x0c';

pub fn run() -> Outcome {
    let mut input = String::new();
    io::stdin().lock().read_to_string(&mut input)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (index, text) in input.split(FORM_FEED).enumerate() {
        if index > 0 {
            writeln!(out, "{FORM_FEED}")?;
        }
        write_tokens(text, &mut out)?;
    }
    out.flush()?;
    Ok(())
}

fn write_tokens(raw: &str, out: &mut impl Write) -> io::Result<()> {
    let offsets = OffsetMap::new(raw, OffsetUnit::CodePoints);
    let text = dossier::text::read(raw);
    for sentence in &text.sentences {
        for token in &text.tokens[sentence.tokens.clone()] {
            writeln!(out, "{} {}", offsets.convert(token.span.start), offsets.convert(token.span.end))?;
        }
        writeln!(out)?;
    }
    Ok(())
}
