//! Heads of state and government, from `data/officials.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::places::key;

/// A person in an office; one line of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Official {
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// "head-of-state", "head-of-government" or "vice-president".
    pub office: &'static str,
    /// ISO 8601: day, month or year.
    pub since: &'static str,
    /// "-" where the source has none.
    pub wikidata: &'static str,
    pub name: &'static str,
}

struct Table {
    officials: Vec<Official>,
    by_name: HashMap<String, Vec<usize>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| read(include_str!("../../../data/officials.tsv")).0);

/// The table, and what is wrong with which line.
fn read(source: &'static str) -> (Table, String) {
    let mut table = Table { officials: Vec::new(), by_name: HashMap::new() };
    let mut faults = String::new();
    for (number, line) in source.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
        let fields: Vec<&'static str> = line.split('\t').collect();
        let [country, office, since, wikidata, name, others] = fields[..] else {
            faults.push_str(&format!("officials.tsv:{}: not six columns: {line:?}\n", number + 1));
            continue;
        };
        for written in std::iter::once(name).chain(others.split('|').filter(|o| !o.is_empty())) {
            table.by_name.entry(key(written)).or_default().push(table.officials.len());
        }
        table.officials.push(Official { country, office, since, wikidata, name });
    }
    (table, faults)
}

/// The offices of the person with this full name.
pub fn offices(name: &str) -> Vec<&'static Official> {
    TABLE.by_name.get(&key(name)).into_iter().flatten().map(|&i| &TABLE.officials[i]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_an_official() {
        assert_eq!(read(include_str!("../../../data/officials.tsv")).1, "");
    }

    #[test]
    fn full_names_find_offices() {
        let found = offices("Emmanuel Macron");
        assert_eq!(found.iter().map(|o| (o.country, o.office)).collect::<Vec<_>>(), [("FR", "head-of-state")]);
        assert!(offices("Macron").is_empty());
        assert!(offices("Donald J. Trump").iter().all(|o| o.wikidata == "Q22686"));
    }
}
