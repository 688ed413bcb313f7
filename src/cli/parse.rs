//! `dossier parse`: the words and trees that relations are read from, as CoNLL-U.

use std::io::{self, Read, Write};

use super::{Model, Outcome};

pub fn run(model: &Model) -> Outcome {
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text)?;
    let parsed = model.load(1)?.parse(&text)?;
    io::stdout().lock().write_all(parsed.as_bytes())?;
    Ok(())
}
