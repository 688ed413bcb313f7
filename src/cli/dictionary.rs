//! A dictionary out of a file: one entry a line.

use std::error::Error;
use std::fs;
use std::path::Path;

use dossier::proto::DictionaryEntry;

/// Reads a file of lines of text, type, identifier and aliases, apart by tabs; the identifier and what follows may be
/// missing, and lines that begin with `#` are passed over.
pub fn read(file: &Path) -> Result<Vec<DictionaryEntry>, Box<dyn Error>> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    parse(&text).map_err(|fault| format!("{}, {fault}", file.display()).into())
}

fn parse(text: &str) -> Result<Vec<DictionaryEntry>, String> {
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty() && !line.starts_with('#'));
    lines.map(|(line, number)| entry(line).ok_or_else(|| format!("line {number}: has no type"))).collect()
}

fn entry(line: &str) -> Option<DictionaryEntry> {
    let mut fields = line.split('\t').map(|field| field.trim().to_owned());
    Some(DictionaryEntry {
        text: fields.next()?,
        r#type: fields.next()?,
        id: fields.next().unwrap_or_default(),
        scheme: String::new(),
        aliases: fields.filter(|alias| !alias.is_empty()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_an_entry() {
        let entries = parse("# known\nAcme Rail\tORGANIZATION\tQ1\tAcme\tARW\n\nZog\tPERSON\n").expect("entries");
        assert_eq!((entries[0].text.as_str(), entries[0].id.as_str()), ("Acme Rail", "Q1"));
        assert_eq!(entries[0].aliases, ["Acme", "ARW"]);
        assert_eq!((entries[1].r#type.as_str(), entries[1].id.as_str()), ("PERSON", ""));
    }

    #[test]
    fn a_line_without_a_type_is_told() {
        assert_eq!(parse("Zog\tPERSON\nAcme").expect_err("no type"), "line 2: has no type");
    }
}
