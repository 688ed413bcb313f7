//! A response as a person reads it in a terminal.

use std::fmt::Write;

use dossier::extraction;
use dossier::proto::{
    Argument, Date, DateRange, DateType, Entity, ExtractResponse, Interval, Modality, Polarity, ReferenceTimeSource,
    Relation,
};

/// Longer cells are cut.
const WIDEST: usize = 60;

/// The response as text: a heading, then a table each for entities, relations and dates. `whole`: every part was asked
/// for, so that an empty one is shown as such.
pub fn text(response: &ExtractResponse, whole: bool) -> String {
    let mut out = heading(response, whole);
    let Response { entities, relations, dates, ranges } = Response::of(response);
    for (title, rows) in [("Entities", &entities), ("Relations", &relations), ("Dates", &dates)] {
        if whole || !rows.is_empty() {
            table(&mut out, title, rows);
        }
    }
    if !ranges.is_empty() {
        table(&mut out, "Date ranges", &ranges);
    }
    out
}

/// How each relation was found: what proposed it, how sure the rule and the network are of it (0.00: it doesn't read it),
/// its trigger, and the way between its ends.
pub fn why(text: &str, relations: &[extraction::Relation]) -> String {
    let row = |relation: &extraction::Relation| {
        let trigger = format!("\"{}\"", line(relation.trigger.of(text)));
        let support = format!("{:.2} / {:.2}", relation.support.rule, relation.support.network);
        vec![relation.id.clone(), relation.rule.to_owned(), support, trigger, relation.path.clone().unwrap_or_default()]
    };
    let mut out = String::new();
    table(&mut out, "Why", &relations.iter().map(row).collect::<Vec<_>>());
    out
}

struct Response {
    entities: Vec<Vec<String>>,
    relations: Vec<Vec<String>>,
    dates: Vec<Vec<String>>,
    ranges: Vec<Vec<String>>,
}

impl Response {
    fn of(response: &ExtractResponse) -> Self {
        Self {
            entities: response.entities.iter().map(entity).collect(),
            relations: response.relations.iter().map(|one| relation(response, one)).collect(),
            dates: response.dates.iter().map(date).collect(),
            ranges: response.date_ranges.iter().map(range).collect(),
        }
    }
}

fn heading(response: &ExtractResponse, whole: bool) -> String {
    let metadata = response.metadata.clone().unwrap_or_default();
    let counted_from = match metadata.reference_time_source() {
        ReferenceTimeSource::Unspecified => "no reference time".to_owned(),
        ReferenceTimeSource::Request => format!("dates counted from {}", metadata.reference_time),
        ReferenceTimeSource::Document => {
            format!("dates counted from {}, found in the text", metadata.reference_time)
        }
    };
    let sentences = match response.sentences.len() {
        0 if !whole => String::new(),
        count => format!("{count} sentences, "),
    };
    let mut out = format!("{}: {} words, {sentences}{counted_from}\n", response.document_id, metadata.word_count);
    for warning in &response.warnings {
        let _ = writeln!(out, "warning: {warning}");
    }
    out
}

/// Appends a table whose columns are as wide as they need to be.
fn table(out: &mut String, title: &str, rows: &[Vec<String>]) {
    let _ = writeln!(out, "\n{title} ({})", rows.len());
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max())
        .map(Option::unwrap_or_default)
        .collect();
    for row in rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:width$}")).collect();
        let _ = writeln!(out, "  {}", cells.join("  ").trim_end());
    }
}

fn entity(entity: &Entity) -> Vec<String> {
    let links: Vec<_> = entity.links.iter().map(|link| format!("{}:{}", link.scheme, link.id)).collect();
    vec![
        entity.id.clone(),
        entity.r#type.clone(),
        line(&entity.name),
        format!("x{}", entity.mentions.len()),
        format!("{:.2}", entity.confidence),
        links.join(" "),
    ]
}

fn relation(response: &ExtractResponse, relation: &Relation) -> Vec<String> {
    let arrow = if relation.symmetric { "<->" } else { "->" };
    let ends = format!(
        "{} {arrow} {}",
        argument(response, relation.subject.as_ref()),
        argument(response, relation.object.as_ref())
    );
    vec![
        relation.id.clone(),
        relation.r#type.clone(),
        ends,
        format!("\"{}\"", line(&relation.predicate)),
        format!("{:.2}", relation.confidence),
        remarks(response, relation),
    ]
}

/// What sets a relation apart from a plain fact that the writer states.
fn remarks(response: &ExtractResponse, relation: &Relation) -> String {
    let mut remarks = Vec::new();
    if relation.polarity() == Polarity::Negated {
        remarks.push("negated".to_owned());
    }
    match relation.modality() {
        Modality::Planned => remarks.push("planned".to_owned()),
        Modality::Possible => remarks.push("possible".to_owned()),
        Modality::Requested => remarks.push("requested".to_owned()),
        Modality::Actual | Modality::Unspecified => {}
    }
    let dates = response.dates.iter().filter(|date| relation.date_ids.contains(&date.id));
    remarks.extend(dates.map(|date| date.value.clone()));
    if let Some(place) = &relation.place {
        remarks.push(format!("in {}", argument(response, Some(place))));
    }
    if let Some(topic) = &relation.topic {
        remarks.push(format!("about \"{}\"", line(&topic.text)));
    }
    if let Some(attribution) = &relation.attribution {
        remarks.push(format!("says {}", argument(response, attribution.source.as_ref())));
    }
    remarks.join(", ")
}

/// The name of the entity, or the words of a literal.
fn argument(response: &ExtractResponse, argument: Option<&Argument>) -> String {
    let Some(argument) = argument else { return "?".to_owned() };
    match response.entities.iter().find(|entity| entity.id == argument.entity_id) {
        Some(entity) => line(&entity.name),
        None => line(argument.span.as_ref().map_or("?", |span| &span.text)),
    }
}

fn date(date: &Date) -> Vec<String> {
    let kind = match date.r#type() {
        DateType::Unspecified => "",
        DateType::Date => "date",
        DateType::Time => "time",
        DateType::Duration => "duration",
        DateType::Set => "set",
    };
    let value = format!("{} {}", date.value, date.r#mod);
    vec![
        date.id.clone(),
        kind.to_owned(),
        format!("\"{}\"", line(date.span.as_ref().map_or("", |span| &span.text))),
        value.trim_end().to_owned(),
        date.interval.as_ref().map(interval).unwrap_or_default(),
    ]
}

fn range(range: &DateRange) -> Vec<String> {
    vec![
        range.id.clone(),
        format!("{} to {}", range.begin_date_id, range.end_date_id),
        format!("\"{}\"", line(range.span.as_ref().map_or("", |span| &span.text))),
        range.interval.as_ref().map(interval).unwrap_or_default(),
    ]
}

fn interval(interval: &Interval) -> String {
    let end = |end: &str| if end.is_empty() { "...".to_owned() } else { end.to_owned() };
    let about = if interval.approximate { "about " } else { "" };
    format!("{about}[{}, {})", end(&interval.begin), end(&interval.end))
}

/// `text` on one line, cut where it is too long for a table.
fn line(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(WIDEST) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use dossier::proto::{Attribution, ExtractionMetadata, Mention, Span};

    use super::*;

    fn span(text: &str) -> Option<Span> {
        Some(Span { start: 0, end: 0, text: text.to_owned() })
    }

    fn named(id: &str, name: &str) -> Entity {
        Entity {
            id: id.to_owned(),
            r#type: "PERSON".to_owned(),
            name: name.to_owned(),
            mentions: vec![Mention::default(); 2],
            confidence: 0.984,
            ..Default::default()
        }
    }

    fn end(entity_id: &str, text: &str) -> Option<Argument> {
        Some(Argument { entity_id: entity_id.to_owned(), span: span(text) })
    }

    #[test]
    fn a_response_is_printed_as_tables() {
        let relation = Relation {
            id: "r1".to_owned(),
            r#type: "met".to_owned(),
            predicate: "meet".to_owned(),
            subject: end("e1", "Wang"),
            object: end("", "the\nminister"),
            symmetric: true,
            polarity: Polarity::Negated.into(),
            modality: Modality::Planned.into(),
            attribution: Some(Attribution { source: end("e2", "he"), cue: span("said") }),
            date_ids: vec!["d1".to_owned()],
            topic: span("trade"),
            place: end("", "Bali"),
            confidence: 0.7,
            ..Default::default()
        };
        let date = Date {
            id: "d1".to_owned(),
            span: span("Monday"),
            r#type: DateType::Date.into(),
            value: "2023-12-11".to_owned(),
            interval: Some(Interval { begin: "2023-12-11".to_owned(), end: String::new(), approximate: false }),
            ..Default::default()
        };
        let response = ExtractResponse {
            document_id: "wire".to_owned(),
            entities: vec![named("e1", "Wang Yi"), named("e2", "Li")],
            relations: vec![relation],
            dates: vec![date],
            warnings: vec!["careful".to_owned()],
            metadata: Some(ExtractionMetadata { word_count: 9, ..Default::default() }),
            ..Default::default()
        };
        let expected = r#"wire: 9 words, 0 sentences, no reference time
warning: careful

Entities (2)
  e1  PERSON  Wang Yi  x2  0.98
  e2  PERSON  Li       x2  0.98

Relations (1)
  r1  met  Wang Yi <-> the minister  "meet"  0.70  negated, planned, 2023-12-11, in Bali, about "trade", says Li

Dates (1)
  d1  date  "Monday"  2023-12-11  [2023-12-11, ...)
"#;
        assert_eq!(text(&response, true), expected);
    }

    #[test]
    fn parts_that_were_not_asked_for_are_not_shown() {
        let response = ExtractResponse { document_id: "wire".to_owned(), ..Default::default() };
        assert_eq!(text(&response, false), "wire: 0 words, no reference time\n");
    }

    #[test]
    fn long_names_are_cut() {
        assert_eq!(line(&"é".repeat(61)), format!("{}...", "é".repeat(60)));
        assert_eq!(line(&"é".repeat(60)), "é".repeat(60));
    }
}
