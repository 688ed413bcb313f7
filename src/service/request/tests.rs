use super::*;

const LIMITS: Limits = Limits {
    max_text_bytes: 20,
    max_batch_documents: 4,
    queue_documents: 4,
    queue_text_bytes: 80,
    max_dictionary_names: 4,
};

fn request(document: proto::Document, options: proto::ExtractOptions) -> proto::ExtractRequest {
    proto::ExtractRequest { document: Some(document), options: Some(options) }
}

fn document() -> proto::Document {
    proto::Document { text: "Iran backs Hezbollah".to_owned(), ..Default::default() }
}

fn run(request: proto::ExtractRequest) -> Result<Checked, Fault> {
    let entity_types = ["PERSON".to_owned()];
    let relation_types = ["met".to_owned()];
    check(request, &LIMITS, Vocabulary { entity_types: &entity_types, relation_types: &relation_types })
}

/// The fields at fault.
fn faults(document: proto::Document, options: proto::ExtractOptions) -> Vec<String> {
    match run(request(document, options)) {
        Ok(_) => Vec::new(),
        Err(Fault::Invalid(violations)) => violations.into_iter().map(|violation| violation.field).collect(),
        Err(fault) => panic!("{fault}"),
    }
}

fn document_faults(change: impl FnOnce(&mut proto::Document)) -> Vec<String> {
    let mut document = document();
    change(&mut document);
    faults(document, proto::ExtractOptions::default())
}

fn option_faults(change: impl FnOnce(&mut proto::ExtractOptions)) -> Vec<String> {
    let mut options = proto::ExtractOptions::default();
    change(&mut options);
    faults(document(), options)
}

const NONE: [&str; 0] = [];

#[test]
fn a_request_without_options_gets_the_defaults() {
    let checked = run(proto::ExtractRequest { document: Some(document()), options: None }).expect("valid");
    assert_eq!(checked.unit, OffsetUnit::CodePoints);
    assert!(checked.options.features.entities && checked.options.features.sentences);
    assert!(!checked.options.include_open_relations);
}

#[test]
fn a_request_without_document_is_refused() {
    let fault = run(proto::ExtractRequest::default()).expect_err("no document");
    assert_eq!(fault, Fault::invalid("document", "is required"));
}

#[test]
fn every_fault_is_named_at_once() {
    let found = faults(
        proto::Document { language: "de".to_owned(), ..Default::default() },
        proto::ExtractOptions { min_confidence: 2.0, ..Default::default() },
    );
    assert_eq!(found, ["document.text", "document.language", "options.min_confidence"]);
}

#[test]
fn the_order_of_day_and_month_is_known() {
    for order in [0, 1, 2] {
        assert_eq!(option_faults(|o| o.date_order = order), NONE);
    }
    assert_eq!(option_faults(|o| o.date_order = 3), ["options.date_order"]);
}

#[test]
fn text_is_required_and_limited() {
    assert_eq!(document_faults(|d| d.text = String::new()), ["document.text"]);
    assert_eq!(document_faults(|d| d.text = " \r\n\u{a0}\u{2003}".to_owned()), ["document.text"]);
    assert_eq!(document_faults(|d| d.text = "é".repeat(10)), NONE);
    assert_eq!(document_faults(|d| d.text = "é".repeat(11)), ["document.text"]);
    assert_eq!(document_faults(|d| d.title = "x".repeat(21)), ["document.title"]);
}

#[test]
fn english_is_accepted_however_it_is_tagged() {
    for tag in ["", "en", "EN", "en-GB", "en-US-posix", "en-Latn-GB"] {
        assert_eq!(document_faults(|d| d.language = tag.to_owned()), NONE, "{tag}");
    }
    for tag in ["de", "enm", "english!", "en-", "-", "e n", "zh-Hans"] {
        assert_eq!(document_faults(|d| d.language = tag.to_owned()), ["document.language"], "{tag}");
    }
}

#[test]
fn reference_time_is_an_rfc3339_date_or_date_time() {
    for time in [
        "",
        "2023-12-12",
        "2024-02-29",
        "2023-12-12T08:30:00Z",
        "2023-12-12t08:30:00z",
        "2023-12-12T08:30:00.25+08:00",
        "2023-12-12T08:30:60-05:00",
    ] {
        assert_eq!(document_faults(|d| d.reference_time = time.to_owned()), NONE, "{time}");
    }
    for time in [
        "yesterday",
        "2023",
        "2023-12",
        "20231212",
        "2023-02-29",
        "2023-13-01",
        "2023-12-12T",
        "2023-12-12T08:30",
        "2023-12-12T08:30:00",
        "2023-12-12T25:00:00Z",
        "2023-12-12T08:30:00.Z",
        "2023-12-12T08:30:00Z[UTC]",
        "2023-12-12 ",
        "12/12/2023",
        "２０２３-12-12",
    ] {
        assert_eq!(document_faults(|d| d.reference_time = time.to_owned()), ["document.reference_time"], "{time}");
    }
}

#[test]
fn unknown_option_values_are_named_with_their_place() {
    assert_eq!(option_faults(|o| o.offset_encoding = 9), ["options.offset_encoding"]);
    assert_eq!(option_faults(|o| o.features = vec![1, 9, 0]), ["options.features[1]", "options.features[2]"]);
    assert_eq!(
        option_faults(|o| o.entity_types = vec!["PERSON".to_owned(), "person".to_owned()]),
        ["options.entity_types[1]"]
    );
    assert_eq!(option_faults(|o| o.relation_types = vec!["marries".to_owned()]), ["options.relation_types[0]"]);
}

#[test]
fn min_confidence_is_a_probability() {
    for value in [0.0, 0.5, 1.0, -0.0] {
        assert_eq!(option_faults(|o| o.min_confidence = value), NONE, "{value}");
    }
    for value in [-0.1, 1.1, f32::NAN, f32::INFINITY] {
        assert_eq!(option_faults(|o| o.min_confidence = value), ["options.min_confidence"], "{value}");
    }
}

#[test]
fn open_relations_are_asked_for_by_flag_or_by_name() {
    let relations_asked_for = |names: &[&str], include_open_relations| {
        let relation_types = names.iter().map(|&name| name.to_owned()).collect();
        let options = proto::ExtractOptions { relation_types, include_open_relations, ..Default::default() };
        let options = run(request(document(), options)).expect("valid").options;
        (options.relation_types, options.include_open_relations)
    };
    assert_eq!(relations_asked_for(&[], false), (vec![], false));
    assert_eq!(relations_asked_for(&[], true), (vec![], true));
    assert_eq!(relations_asked_for(&["open"], false), (vec!["open".to_owned()], true));
    assert_eq!(relations_asked_for(&["met"], true), (vec!["met".to_owned(), "open".to_owned()], true));
}

#[test]
fn only_the_parts_asked_for_are_returned() {
    let options =
        proto::ExtractOptions { features: vec![Feature::Dates as i32, Feature::Dates as i32], ..Default::default() };
    let features = run(request(document(), options)).expect("valid").options.features;
    assert_eq!(features, Features { entities: false, relations: false, dates: true, sentences: false });
}

mod dictionary {
    use super::*;

    fn entry(text: &str, id: &str) -> proto::DictionaryEntry {
        proto::DictionaryEntry {
            text: text.to_owned(),
            r#type: "PERSON".to_owned(),
            id: id.to_owned(),
            ..Default::default()
        }
    }

    fn entry_faults(entries: &[proto::DictionaryEntry]) -> Vec<String> {
        option_faults(|o| o.dictionary = entries.to_vec())
    }

    #[test]
    fn an_entry_without_a_scheme_gets_one() {
        let options = proto::ExtractOptions { dictionary: vec![entry("Zog", "k1")], ..Default::default() };
        let entries = run(request(document(), options)).expect("valid").options.dictionary;
        assert_eq!((entries[0].scheme.as_str(), entries[0].id.as_str()), ("dictionary", "k1"));
    }

    #[test]
    fn names_and_types_are_required() {
        let blank = proto::DictionaryEntry { aliases: vec!["Zoglet".to_owned(), String::new()], ..entry(" \n", "") };
        assert_eq!(entry_faults(&[blank]), ["options.dictionary[0].text", "options.dictionary[0].aliases[1]"]);
        for kind in ["", "ALIEN", "person"] {
            let entries = [entry("Zog", ""), proto::DictionaryEntry { r#type: kind.to_owned(), ..entry("Ada", "") }];
            assert_eq!(entry_faults(&entries), ["options.dictionary[1].type"], "{kind}");
        }
    }

    #[test]
    fn names_are_limited_in_length_and_number() {
        let long = "x".repeat(Limits::MAX_DICTIONARY_NAME_BYTES);
        assert_eq!(entry_faults(&[entry(&long, &long)]), NONE);
        let longer = format!("{long}x");
        let fields = ["options.dictionary[0].text", "options.dictionary[0].id"];
        assert_eq!(entry_faults(&[entry(&longer, &longer)]), fields);
        let aliases = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        let many = proto::DictionaryEntry { aliases, ..entry("Zog", "") };
        assert_eq!(entry_faults(&[many]), ["options.dictionary"]);
    }

    #[test]
    fn a_name_stands_for_one_thing_of_one_type() {
        assert_eq!(entry_faults(&[entry("Zog", "k1"), entry("Zog", "k1"), entry("King  Zog", "k1")]), NONE);
        assert_eq!(entry_faults(&[entry("King Zog", "k1"), entry("King  Zog", "k2")]), ["options.dictionary[1].text"]);
        assert_eq!(entry_faults(&[entry("Zog", ""), entry("Zog", "")]), ["options.dictionary[1].text"]);
    }
}
