//! Checks a request, whole, before any of it is queued, and turns it into the crate's own terms.

mod dictionary;

use std::fmt::Display;

use super::Limits;
use super::status::{Fault, Violation};
use crate::extraction::{DateOrder, Document, Features, Options};
use crate::proto::{self, Feature, OffsetEncoding};
use crate::relations::catalogue::OPEN;
use crate::text::offsets::OffsetUnit;

/// A request that keeps every rule.
#[derive(Clone, Debug)]
pub struct Checked {
    pub document: Document,
    pub options: Options,
    pub unit: OffsetUnit,
}

/// The names that a request may use.
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary<'a> {
    pub entity_types: &'a [String],
    pub relation_types: &'a [String],
}

/// Checks `request` and lists every field at fault.
pub fn check(request: proto::ExtractRequest, limits: &Limits, vocabulary: Vocabulary<'_>) -> Result<Checked, Fault> {
    let mut faults = Faults::default();
    let document = faults.document(request.document, limits);
    let (options, unit) = faults.options(request.options.unwrap_or_default(), limits, vocabulary);
    match faults.0.is_empty() {
        true => Ok(Checked { document, options, unit }),
        false => Err(Fault::Invalid(faults.0)),
    }
}

#[derive(Default)]
struct Faults(Vec<Violation>);

impl Faults {
    fn add(&mut self, field: impl Into<String>, description: impl Into<String>) {
        self.0.push(Violation { field: field.into(), description: description.into() });
    }

    fn document(&mut self, document: Option<proto::Document>, limits: &Limits) -> Document {
        let Some(document) = document else {
            self.add("document", "is required");
            return Document::default();
        };
        let proto::Document { id, text, title, language, reference_time } = document;
        for (field, value) in [("document.text", &text), ("document.title", &title)] {
            if value.len() > limits.max_text_bytes {
                let most = limits.max_text_bytes;
                self.add(field, format!("has {} bytes; at most {most} are allowed", value.len()));
            }
        }
        if text.trim().is_empty() {
            self.add("document.text", "must not be empty");
        }
        if let Err(description) = check_language(&language) {
            self.add("document.language", description);
        }
        if !reference_time.is_empty() && !is_rfc3339(&reference_time) {
            self.add(
                "document.reference_time",
                "must be an RFC 3339 date (2023-12-12) or date-time (2023-12-12T08:30:00Z)",
            );
        }
        Document { id, text, title, language, reference_time }
    }

    fn options(
        &mut self,
        options: proto::ExtractOptions,
        limits: &Limits,
        vocabulary: Vocabulary<'_>,
    ) -> (Options, OffsetUnit) {
        let unit = match OffsetEncoding::try_from(options.offset_encoding) {
            Ok(OffsetEncoding::Unspecified | OffsetEncoding::Utf32) => OffsetUnit::CodePoints,
            Ok(OffsetEncoding::Utf8) => OffsetUnit::Bytes,
            Ok(OffsetEncoding::Utf16) => OffsetUnit::Utf16,
            Err(_) => {
                self.add("options.offset_encoding", unknown(options.offset_encoding));
                OffsetUnit::CodePoints
            }
        };
        let date_order = match proto::DateOrder::try_from(options.date_order) {
            Ok(proto::DateOrder::Unspecified) => DateOrder::ByEvidence,
            Ok(proto::DateOrder::MonthFirst) => DateOrder::MonthFirst,
            Ok(proto::DateOrder::DayFirst) => DateOrder::DayFirst,
            Err(_) => {
                self.add("options.date_order", unknown(options.date_order));
                DateOrder::ByEvidence
            }
        };
        let features = self.features(&options.features);
        self.names("options.entity_types", &options.entity_types, vocabulary.entity_types, &[]);
        self.names("options.relation_types", &options.relation_types, vocabulary.relation_types, &[OPEN]);
        // NaN is in no range.
        if !(0.0..=1.0).contains(&options.min_confidence) {
            self.add("options.min_confidence", "must lie between 0 and 1");
        }
        // Open relations may be asked for by flag or by name; either stands for both.
        let mut relation_types = options.relation_types;
        let named = relation_types.iter().any(|name| name == OPEN);
        let include_open_relations = options.include_open_relations || named;
        if include_open_relations && !named && !relation_types.is_empty() {
            relation_types.push(OPEN.to_owned());
        }
        let options = Options {
            features,
            entity_types: options.entity_types,
            relation_types,
            min_confidence: options.min_confidence,
            include_open_relations,
            date_order,
            dictionary: self.dictionary(options.dictionary, limits, vocabulary.entity_types),
            explain: false,
        };
        (options, unit)
    }

    fn features(&mut self, asked: &[i32]) -> Features {
        if asked.is_empty() {
            return Options::default().features;
        }
        let mut features = Features { entities: false, relations: false, dates: false, sentences: false };
        for (index, &value) in asked.iter().enumerate() {
            match Feature::try_from(value) {
                Ok(Feature::Entities) => features.entities = true,
                Ok(Feature::Relations) => features.relations = true,
                Ok(Feature::Dates) => features.dates = true,
                Ok(Feature::Sentences) => features.sentences = true,
                Ok(Feature::Unspecified) => {
                    self.add(format!("options.features[{index}]"), "FEATURE_UNSPECIFIED names no part");
                }
                Err(_) => self.add(format!("options.features[{index}]"), unknown(value)),
            }
        }
        features
    }

    fn names(&mut self, field: &str, asked: &[String], known: &[String], extra: &[&str]) {
        for (index, name) in asked.iter().enumerate() {
            if !known.contains(name) && !extra.contains(&name.as_str()) {
                self.add(format!("{field}[{index}]"), unknown(format!("{name:?}")));
            }
        }
    }
}

fn unknown(value: impl Display) -> String {
    format!("unknown value {value}")
}

/// Accepts an empty tag and English with any subtags.
fn check_language(tag: &str) -> Result<(), &'static str> {
    if tag.is_empty() {
        return Ok(());
    }
    let subtag_is_valid =
        |subtag: &str| (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !tag.split('-').all(subtag_is_valid) {
        return Err("must be a BCP 47 tag, such as en or en-GB");
    }
    match tag.split('-').next() {
        Some(primary) if primary.eq_ignore_ascii_case("en") => Ok(()),
        _ => Err("only English (en) is supported"),
    }
}

/// Whether `value` is a full-date or a date-time of RFC 3339, on the calendar.
fn is_rfc3339(value: &str) -> bool {
    let Some((date, rest)) = value.split_at_checked("2023-12-12".len()) else { return false };
    let digits_where = |pattern: &str, value: &str| {
        value.len() == pattern.len()
            && pattern.bytes().zip(value.bytes()).all(|(want, byte)| match want {
                b'0' => byte.is_ascii_digit(),
                _ => byte == want,
            })
    };
    if !digits_where("0000-00-00", date) || date.parse::<jiff::civil::Date>().is_err() {
        return false;
    }
    if rest.is_empty() {
        return true;
    }
    let Some((clock, rest)) = rest.split_at_checked("T08:30:00".len()) else { return false };
    let clock = clock.to_ascii_uppercase();
    // A fraction, where there is one, stands before the offset.
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    let zone_is_valid = zone.eq_ignore_ascii_case("z") || digits_where("+00:00", zone) || digits_where("-00:00", zone);
    digits_where("T00:00:00", &clock) && zone_is_valid && value.to_ascii_uppercase().parse::<jiff::Timestamp>().is_ok()
}

#[cfg(test)]
mod tests;
