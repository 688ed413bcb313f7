//! The lines of `data/holidays.tsv`, and the spellings that a name stands for.

use super::rule::Dates;

/// What a line says.
#[derive(Debug)]
pub(in crate::dates) enum Line<'a> {
    Holiday(Entry),
    /// A noun that makes the holiday before it a thing.
    Thing(&'a str),
}

/// A holiday with every spelling of its name.
#[derive(Debug)]
pub(in crate::dates) struct Entry {
    pub names: Vec<Vec<String>>,
    pub capital: bool,
    pub local: bool,
    pub dates: Dates,
}

impl Line<'_> {
    /// Reads `class <TAB> name <TAB> rule`.
    pub(in crate::dates) fn parse(line: &str) -> Result<Line<'_>, String> {
        let columns: Vec<&str> = line.split('\t').collect();
        let (capital, local) = match columns[0] {
            "any" => (false, false),
            "title" => (true, false),
            "any-local" => (false, true),
            "title-local" => (true, true),
            "thing" if columns.len() == 2 => return Ok(Line::Thing(columns[1])),
            class => return Err(format!("`{class}` is not a class")),
        };
        let &[_, name, rule] = columns.as_slice() else { return Err("not three columns".to_owned()) };
        let names = spellings(name);
        if names.iter().any(Vec::is_empty) {
            return Err("no name".to_owned());
        }
        let dates = Dates::parse(rule).ok_or_else(|| format!("`{rule}` is not a rule"))?;
        Ok(Line::Holiday(Entry { names, capital, local, dates }))
    }
}

/// All that `st|saint patrick's (feast) day` stands for, as words without signs: an apostrophe may be left out
/// ("patrick", "s" or "patricks"), a hyphen or space parts words.
fn spellings(name: &str) -> Vec<Vec<String>> {
    let mut spellings = vec![Vec::new()];
    for word in name.split_whitespace() {
        let optional = word.strip_prefix('(').and_then(|w| w.strip_suffix(')'));
        let mut forms: Vec<Vec<String>> = optional.unwrap_or(word).split('|').flat_map(forms).collect();
        if optional.is_some() {
            forms.push(Vec::new());
        }
        spellings = spellings.iter().flat_map(|begun| forms.iter().map(|f| [begun.as_slice(), f].concat())).collect();
    }
    spellings
}

/// The words that a text has for one of the list.
fn forms(word: &str) -> Vec<Vec<String>> {
    let split = |text: &str| text.split(['-', '\'']).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    if word.contains('\'') { vec![split(word), split(&word.replace('\'', ""))] } else { vec![split(word)] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_for_its_spellings() {
        let of = |name| spellings(name).iter().map(|words| words.join(" ")).collect::<Vec<_>>();
        assert_eq!(of("may day"), ["may day"]);
        assert_eq!(of("st|saint david's (feast) day").len(), 8);
        assert_eq!(of("veteran's day"), ["veteran s day", "veterans day"]);
        assert_eq!(of("eid al-fitr"), ["eid al fitr"]);
        assert_eq!(of("fools' day"), ["fools day", "fools day"]);
    }

    #[test]
    fn a_bad_line_is_refused() {
        let problem = |line| Line::parse(line).err();
        assert_eq!(problem("some\teaster\teaster").as_deref(), Some("`some` is not a class"));
        assert_eq!(problem("any\teaster").as_deref(), Some("not three columns"));
        assert_eq!(problem("any\t\teaster").as_deref(), Some("no name"));
        assert_eq!(problem("any\t(the)\teaster").as_deref(), Some("no name"));
        assert_eq!(problem("any\tnoon\t13-01").as_deref(), Some("`13-01` is not a rule"));
    }
}
