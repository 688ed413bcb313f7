//! The dictionary of a request: every entry named by its place where it is at fault.

use std::collections::HashMap;

use super::{Faults, unknown};
use crate::entities::dictionary::spaced;
use crate::extraction::DictionaryEntry;
use crate::proto;
use crate::service::Limits;

/// The scheme of an entry that names none.
const SCHEME: &str = "dictionary";

impl Faults {
    pub(super) fn dictionary(
        &mut self,
        entries: Vec<proto::DictionaryEntry>,
        limits: &Limits,
        entity_types: &[String],
    ) -> Vec<DictionaryEntry> {
        let names = entries.iter().map(|entry| 1 + entry.aliases.len()).sum::<usize>();
        let most = limits.max_dictionary_names;
        if names > most {
            self.add("options.dictionary", format!("has {names} names; at most {most} are allowed"));
            return Vec::new();
        }
        let entries: Vec<DictionaryEntry> = entries.into_iter().map(entry).collect();
        for (index, entry) in entries.iter().enumerate() {
            let field = format!("options.dictionary[{index}]");
            self.name(format!("{field}.text"), &entry.text);
            for (place, alias) in entry.aliases.iter().enumerate() {
                self.name(format!("{field}.aliases[{place}]"), alias);
            }
            if entry.kind.is_empty() {
                self.add(format!("{field}.type"), "is required");
            } else if !entity_types.contains(&entry.kind) {
                self.add(format!("{field}.type"), unknown(format!("{:?}", entry.kind)));
            }
            self.length(format!("{field}.id"), &entry.id);
            self.length(format!("{field}.scheme"), &entry.scheme);
        }
        self.one_thing_each(&entries);
        entries
    }

    fn name(&mut self, field: String, name: &str) {
        if name.trim().is_empty() {
            self.add(field, "must not be empty");
        } else {
            self.length(field, name);
        }
    }

    fn length(&mut self, field: String, value: &str) {
        let most = Limits::MAX_DICTIONARY_NAME_BYTES;
        if value.len() > most {
            self.add(field, format!("has {} bytes; at most {most} are allowed", value.len()));
        }
    }

    /// A name stands for one thing, and a thing has one type.
    fn one_thing_each(&mut self, entries: &[DictionaryEntry]) {
        let mut by_id: HashMap<(&str, &str), usize> = HashMap::new();
        let mut by_name: HashMap<String, usize> = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let first = match entry.id.is_empty() {
                true => index,
                false => *by_id.entry((&entry.scheme, &entry.id)).or_insert(index),
            };
            if entries[first].kind != entry.kind {
                let described = format!("is not that of options.dictionary[{first}], which has the same id");
                self.add(format!("options.dictionary[{index}].type"), described);
            }
            let aliases = entry.aliases.iter().enumerate().map(|(place, alias)| (format!("aliases[{place}]"), alias));
            for (field, name) in std::iter::once(("text".to_owned(), &entry.text)).chain(aliases) {
                let other = *by_name.entry(spaced(name)).or_insert(first);
                if other != first {
                    let described = format!("names options.dictionary[{other}] also, which has another id");
                    self.add(format!("options.dictionary[{index}].{field}"), described);
                }
            }
        }
    }
}

fn entry(entry: proto::DictionaryEntry) -> DictionaryEntry {
    let proto::DictionaryEntry { text, r#type, id, scheme, aliases } = entry;
    let scheme = if scheme.is_empty() { SCHEME.to_owned() } else { scheme };
    DictionaryEntry { text, aliases, kind: r#type, id, scheme }
}
