//! The service as a client sees it: the real server on a free port, through the real client.

mod common;

use std::sync::mpsc;

use common::{ENCODINGS, LIMITS, Service, slice, spans};
use dossier::proto::extraction_service_client::ExtractionServiceClient;
use dossier::proto::{
    self, BatchExtractRequest, DateOrder, Document, ExtractOptions, ExtractRequest, ExtractResponse, Feature,
    GetServiceInfoRequest, ReferenceTimeSource, StreamExtractRequest, batch_extract_result, stream_extract_response,
};
use tokio_stream::StreamExt;
use tonic::transport::Channel;
use tonic::{Code, Request, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tonic_types::StatusExt;

const TEXT: &str = "BEIJING, Dec. 12, 2023 - China's foreign minister Wang Yi met Hossein Amirabdollahian of Iran. \
                    He told him on Monday that Beijing backs the talks.";
const SERVICE: &str = "dossier.v1.ExtractionService";
/// A news article whose dateline gives the reference time.
const SAMPLE: &str = include_str!("../examples/lisbon-water-pact.txt");

fn request(id: &str, text: &str) -> ExtractRequest {
    let document = Document { id: id.to_owned(), text: text.to_owned(), ..Default::default() };
    ExtractRequest { document: Some(document), options: None }
}

async fn extract(request: ExtractRequest) -> Result<ExtractResponse, Status> {
    let service = Service::start().await;
    let response = service.client().await.extract(request).await;
    service.stop().await;
    response.map(tonic::Response::into_inner)
}

/// The fields that an INVALID_ARGUMENT names.
fn fields_at_fault(status: &Status) -> Vec<String> {
    assert_eq!(status.code(), Code::InvalidArgument, "{status}");
    let details = status.get_error_details();
    let request = details.bad_request().expect("a BadRequest");
    request.field_violations.iter().map(|violation| violation.field.clone()).collect()
}

#[tokio::test]
async fn health_follows_the_model_and_the_end() {
    let (ready, loading) = mpsc::channel::<()>();
    let service = Service::start_when(move || loading.recv().expect("the test goes on")).await;
    assert_eq!(service.health().await, ServingStatus::NotServing);
    let status = service.client().await.extract(request("", TEXT)).await.expect_err("the model is not there");
    assert_eq!(status.code(), Code::Unavailable);

    let watch = HealthCheckRequest { service: SERVICE.to_owned() };
    let mut health = HealthClient::new(service.channel().await);
    let mut watched = health.watch(watch).await.expect("a known service").into_inner();
    ready.send(()).expect("the service waits");
    service.until(ServingStatus::Serving).await;
    assert_eq!(common::health(service.address, SERVICE).await, ServingStatus::Serving);
    service.stop().await;

    let mut seen = Vec::new();
    while let Some(Ok(response)) = watched.next().await {
        seen.push(response.status());
    }
    assert_eq!(seen.first(), Some(&ServingStatus::NotServing));
    assert_eq!(seen.last(), Some(&ServingStatus::NotServing));
}

#[tokio::test]
async fn an_unknown_service_has_no_health() {
    let service = Service::start().await;
    let mut health = HealthClient::new(service.channel().await);
    let request = HealthCheckRequest { service: "dossier.v2.Nothing".to_owned() };
    assert_eq!(health.check(request).await.expect_err("unknown").code(), Code::NotFound);
}

#[tokio::test]
async fn info_tells_version_model_types_and_limits() {
    let service = Service::start().await;
    let info = service.client().await.get_service_info(GetServiceInfoRequest {}).await.expect("info").into_inner();
    assert_eq!(info.version, env!("CARGO_PKG_VERSION"));
    assert!(!info.model.expect("a model").name.is_empty());
    assert_eq!(info.languages, ["en"]);
    assert!(info.entity_types.iter().any(|name| name == "PERSON"));
    let met = info.relation_types.iter().find(|kind| kind.name == "met").expect("a type");
    assert!(met.symmetric && met.examples.iter().any(|sentence| sentence.contains(" met ")), "{met:?}");
    let limits = info.limits.expect("limits");
    assert_eq!(limits.max_text_bytes, LIMITS.max_text_bytes as u64);
    assert_eq!(limits.max_batch_documents as usize, LIMITS.max_batch_documents);
    assert!(limits.max_message_bytes > limits.max_text_bytes);
    assert_eq!(limits.queue_documents as usize, LIMITS.queue_documents);
    assert_eq!(limits.queue_text_bytes, LIMITS.queue_text_bytes as u64);
    assert_eq!(limits.max_dictionary_names as usize, LIMITS.max_dictionary_names);
    assert!(limits.max_dictionary_name_bytes > 0);
}

#[tokio::test]
async fn a_document_is_answered_with_its_id_and_how_it_was_read() {
    let mut request = request("wire-1", TEXT);
    request.document.as_mut().expect("set above").reference_time = "2023-12-13".to_owned();
    let response = extract(request).await.expect("a response");
    assert_eq!(response.document_id, "wire-1");
    assert!(!response.sentences.is_empty());
    let metadata = response.metadata.expect("metadata");
    assert_eq!(metadata.reference_time, "2023-12-13");
    assert_eq!(metadata.reference_time_source(), ReferenceTimeSource::Request);
    assert!((20..=30).contains(&metadata.word_count), "{}", metadata.word_count);
    assert!(!metadata.model_version.is_empty());
    assert!(metadata.timings.expect("timings").queued.is_some());
}

#[tokio::test]
async fn ids_in_a_response_lead_somewhere() {
    let response = extract(request("", SAMPLE)).await.expect("a response");
    let numbered = |prefix: &str, count: usize| (1..=count).map(|n| format!("{prefix}{n}")).collect::<Vec<_>>();
    let entities: Vec<_> = response.entities.iter().map(|entity| entity.id.clone()).collect();
    let relations: Vec<_> = response.relations.iter().map(|relation| relation.id.clone()).collect();
    let dates: Vec<_> = response.dates.iter().map(|date| date.id.clone()).collect();
    assert_eq!(entities, numbered("e", entities.len()));
    assert_eq!(relations, numbered("r", relations.len()));
    assert_eq!(dates, numbered("d", dates.len()));
    for relation in &response.relations {
        let source = relation.attribution.as_ref().map(|attribution| &attribution.source);
        let place = relation.place.is_some().then_some(&relation.place);
        for argument in [&relation.subject, &relation.object].into_iter().chain(source).chain(place) {
            let id = &argument.as_ref().expect("set").entity_id;
            assert!(id.is_empty() || entities.contains(id), "{relation:?}");
        }
        assert!(relation.date_ids.iter().all(|id| dates.contains(id)), "{relation:?}");
        let sentence = &response.sentences[relation.sentence_index as usize];
        assert_eq!(relation.evidence, sentence.span);
    }
}

#[tokio::test]
async fn only_the_parts_asked_for_come_back() {
    let mut request = request("", TEXT);
    request.options = Some(ExtractOptions { features: vec![Feature::Sentences.into()], ..Default::default() });
    let response = extract(request).await.expect("a response");
    assert!(!response.sentences.is_empty());
    assert!(response.entities.is_empty() && response.relations.is_empty() && response.dates.is_empty());
}

#[tokio::test]
async fn dates_alone_are_those_that_all_parts_bring_and_need_no_model() {
    let text = "It ran from May 3 to May 5, 2021, and was shut on 11/12/2023. Since 2015 it has closed on Mondays.";
    let all = extract(request("", text)).await.expect("a response");
    let mut alone = request("", text);
    alone.options = Some(ExtractOptions { features: vec![Feature::Dates.into()], ..Default::default() });
    let alone = extract(alone).await.expect("a response");
    assert!(alone.entities.is_empty() && alone.sentences.is_empty());
    assert_eq!(alone.dates, all.dates);
    assert_eq!(alone.date_ranges, all.date_ranges);
    let (all, alone) = (all.metadata.expect("metadata"), alone.metadata.expect("metadata"));
    assert_eq!(alone.word_count, all.word_count);
    assert_eq!(alone.timings.expect("timings").model, Some(prost_types::Duration::default()));
    assert_ne!(all.timings.expect("timings").model, Some(prost_types::Duration::default()));
}

#[tokio::test]
async fn a_range_names_its_two_dates_and_open_ends_are_empty() {
    let response = extract(request("", "Open from May 3 to May 5, 2021, and since 2015.")).await.expect("a response");
    let range = response.date_ranges.first().expect("a range");
    assert_eq!((range.begin_date_id.as_str(), range.end_date_id.as_str()), ("d1", "d2"));
    assert_eq!(range.span.as_ref().map(|span| span.text.as_str()), Some("May 3 to May 5, 2021"));
    let bounds = |interval: &Option<proto::Interval>| {
        let interval = interval.clone().expect("an interval");
        (interval.begin, interval.end)
    };
    assert_eq!(bounds(&range.interval), ("2021-05-03".to_owned(), "2021-05-06".to_owned()));
    assert_eq!(bounds(&response.dates[2].interval), ("2015-01-01".to_owned(), String::new()));
}

#[tokio::test]
async fn the_order_of_day_and_month_can_be_asked_for() {
    for (order, value) in [(DateOrder::Unspecified, "2023-11-12"), (DateOrder::DayFirst, "2023-12-11")] {
        let mut request = request("", "It was shut on 11/12/2023.");
        request.options = Some(ExtractOptions { date_order: order.into(), ..Default::default() });
        assert_eq!(extract(request).await.expect("a response").dates[0].value, value);
    }
}

#[tokio::test]
async fn names_of_the_request_win_over_the_model_and_come_back_with_their_id() {
    let text = "China's foreign minister Wang Yi met Zelnor in Beijing. Zelnor Group thanked him.";
    let mut request = request("", text);
    let zelnor = proto::DictionaryEntry {
        text: "Zelnor Group".to_owned(),
        r#type: "ORGANIZATION".to_owned(),
        id: "z-17".to_owned(),
        aliases: vec!["Zelnor".to_owned()],
        ..Default::default()
    };
    request.options = Some(ExtractOptions { dictionary: vec![zelnor], ..Default::default() });
    let response = extract(request).await.expect("a response");
    let known: Vec<_> = response.entities.iter().filter(|e| e.links.iter().any(|l| l.id == "z-17")).collect();
    let [entity] = known[..] else { panic!("{known:?}") };
    assert_eq!((entity.r#type.as_str(), entity.name.as_str()), ("ORGANIZATION", "Zelnor Group"));
    assert_eq!((entity.links[0].scheme.as_str(), entity.links[0].name.as_str()), ("dictionary", "Zelnor Group"));
    let names: Vec<_> = entity.mentions.iter().filter_map(|m| m.span.as_ref()).map(|s| s.text.as_str()).collect();
    assert_eq!(names, ["Zelnor", "Zelnor Group"]);
    assert!(entity.mentions.iter().all(|mention| mention.confidence == 1.0));
}

#[tokio::test]
async fn a_relation_tells_what_it_is_about_and_where_it_happened() {
    let response =
        extract(request("", "Wang Yi met Antony Blinken in Beijing to discuss trade.")).await.expect("a response");
    let met = response.relations.iter().find(|relation| relation.r#type == "met").expect("a meeting");
    assert_eq!(met.topic.as_ref().map(|topic| topic.text.as_str()), Some("trade"));
    let place = met.place.as_ref().expect("a place");
    let beijing = response.entities.iter().find(|entity| entity.id == place.entity_id).expect("an entity");
    assert_eq!(beijing.name, "Beijing");
}

#[tokio::test]
async fn offsets_are_in_the_unit_asked_for() {
    let text = "👩‍🚀 Zoë Müller flew to Kraków on Monday.\r\nCafe\u{301} القاهرة 🇮🇷 said so, “Anna Smith” told Reuters.";
    let service = Service::start().await;
    let mut client = service.client().await;
    for encoding in ENCODINGS {
        let mut request = request("", text);
        request.options = Some(ExtractOptions { offset_encoding: encoding.into(), ..Default::default() });
        let response = client.extract(request).await.expect("a response").into_inner();
        assert!(!spans(&response).is_empty());
        for span in spans(&response) {
            assert_eq!(slice(text, encoding, span), span.text, "{encoding:?}");
        }
    }
}

#[tokio::test]
async fn a_batch_is_answered_in_order_with_a_status_for_the_bad_one() {
    use batch_extract_result::Result::{Error, Response};
    let service = Service::start().await;
    let mut requests: Vec<_> = (0..LIMITS.max_batch_documents).map(|n| request(&n.to_string(), TEXT)).collect();
    requests[2] = request("2", " \n");
    let response = service.client().await.batch_extract(BatchExtractRequest { requests }).await.expect("a response");
    let results = response.into_inner().results;
    assert_eq!(results.len(), LIMITS.max_batch_documents);
    for (index, result) in results.into_iter().enumerate() {
        match result.result.expect("a result") {
            Response(response) => assert_eq!(response.document_id, index.to_string()),
            Error(error) => {
                assert_eq!((error.document_id.as_str(), index), ("2", 2));
                assert_eq!(Code::from(error.code), Code::InvalidArgument);
                assert_eq!(error.field_violations[0].field, "document.text");
            }
        }
    }
}

#[tokio::test]
async fn a_batch_is_neither_empty_nor_too_large() {
    let service = Service::start().await;
    let mut client = service.client().await;
    for count in [0, LIMITS.max_batch_documents + 1] {
        let requests = (0..count).map(|n| request(&n.to_string(), TEXT)).collect();
        let status = client.batch_extract(BatchExtractRequest { requests }).await.expect_err("refused");
        assert_eq!(fields_at_fault(&status), ["requests"]);
    }
}

#[tokio::test]
async fn a_stream_answers_in_order_and_outlives_a_bad_document() {
    let service = Service::start().await;
    let ids: Vec<_> = (0..20).map(|n| n.to_string()).collect();
    let requests: Vec<_> =
        ids.iter().map(|id| request(id, if id == "3" { "" } else { TEXT })).map(StreamExtractRequest::from).collect();
    let responses = service.client().await.stream_extract(tokio_stream::iter(requests)).await.expect("a stream");
    let answers: Vec<_> = responses.into_inner().map(|response| response.expect("no failure").result).collect().await;
    let found: Vec<_> = answers
        .into_iter()
        .map(|answer| match answer.expect("a result") {
            stream_extract_response::Result::Response(response) => response.document_id,
            stream_extract_response::Result::Error(error) => {
                assert_eq!(error.field_violations[0].field, "document.text");
                error.document_id
            }
        })
        .collect();
    assert_eq!(found, ids);
}

#[tokio::test]
async fn a_stream_that_is_left_open_does_not_keep_the_service_up() {
    let service = Service::start().await;
    let mut client = service.client().await;
    let endless = tokio_stream::iter([request("1", TEXT).into()]).chain(tokio_stream::pending());
    let mut responses = client.stream_extract(endless).await.expect("a stream").into_inner();
    responses.next().await.expect("an answer").expect("no failure");
    service.stop().await;
    let status = responses.next().await.expect("an end").expect_err("told why");
    assert_eq!(status.code(), Code::Unavailable);
}

async fn refusal(
    client: &mut ExtractionServiceClient<Channel>,
    change: impl FnOnce(&mut Document, &mut ExtractOptions),
) -> Vec<String> {
    let mut document = Document { text: TEXT.to_owned(), ..Default::default() };
    let mut options = ExtractOptions::default();
    change(&mut document, &mut options);
    let request = ExtractRequest { document: Some(document), options: Some(options) };
    fields_at_fault(&client.extract(request).await.expect_err("refused"))
}

#[tokio::test]
async fn what_breaks_a_rule_is_refused_by_its_field() {
    let service = Service::start().await;
    let client = &mut service.client().await;
    let too_long = LIMITS.max_text_bytes + 1;
    assert_eq!(refusal(client, |d, _| d.text = String::new()).await, ["document.text"]);
    assert_eq!(refusal(client, |d, _| d.text = " \r\n\u{a0}".to_owned()).await, ["document.text"]);
    assert_eq!(refusal(client, |d, _| d.text = "x".repeat(too_long)).await, ["document.text"]);
    assert_eq!(refusal(client, |d, _| d.text = "x".repeat(too_long * 10)).await, ["document.text"]);
    assert_eq!(refusal(client, |d, _| d.language = "de-CH".to_owned()).await, ["document.language"]);
    assert_eq!(refusal(client, |d, _| d.reference_time = "Monday".to_owned()).await, ["document.reference_time"]);
    assert_eq!(refusal(client, |_, o| o.offset_encoding = 7).await, ["options.offset_encoding"]);
    assert_eq!(refusal(client, |_, o| o.features = vec![77]).await, ["options.features[0]"]);
    assert_eq!(refusal(client, |_, o| o.entity_types = vec!["ALIEN".to_owned()]).await, ["options.entity_types[0]"]);
    assert_eq!(refusal(client, |_, o| o.relation_types = vec!["ate".to_owned()]).await, ["options.relation_types[0]"]);
    assert_eq!(refusal(client, |_, o| o.min_confidence = 1.5).await, ["options.min_confidence"]);
    let entry = |text: &str, kind: &str| proto::DictionaryEntry {
        text: text.to_owned(),
        r#type: kind.to_owned(),
        ..Default::default()
    };
    let blank = vec![entry("Zog", "PERSON"), entry(" ", "PERSON")];
    assert_eq!(refusal(client, |_, o| o.dictionary = blank).await, ["options.dictionary[1].text"]);
    assert_eq!(
        refusal(client, |_, o| o.dictionary = vec![entry("Zog", "ALIEN")]).await,
        ["options.dictionary[0].type"]
    );
    let many = (0..=LIMITS.max_dictionary_names).map(|n| entry(&format!("Zog {n}"), "PERSON")).collect();
    assert_eq!(refusal(client, |_, o| o.dictionary = many).await, ["options.dictionary"]);
    assert_eq!(refusal(client, |_, o| o.min_confidence = f32::NAN).await, ["options.min_confidence"]);
    // So long that it is refused before it is decoded.
    assert_eq!(refusal(client, |d, _| d.text = "x".repeat(too_long * 20)).await, [""]);
    let status = client.extract(ExtractRequest::default()).await.expect_err("no document");
    assert_eq!(fields_at_fault(&status), ["document"]);
}

#[tokio::test]
async fn a_request_keeps_its_id_or_gets_one() {
    let service = Service::start().await;
    let mut client = service.client().await;
    let mut named = Request::new(request("", TEXT));
    named.metadata_mut().insert("x-request-id", "caller-42".parse().expect("ASCII"));
    let response = client.extract(named).await.expect("a response");
    assert_eq!(response.metadata().get("x-request-id").expect("an id"), "caller-42");
    let response = client.extract(request("", TEXT)).await.expect("a response");
    assert!(!response.metadata().get("x-request-id").expect("an id").is_empty());
    let status = client.extract(request("", "")).await.expect_err("no text");
    assert!(status.metadata().contains_key("x-request-id"));
}

mod sample {
    //! The article in `examples/`, without a reference time.

    use dossier::proto::{Argument, Entity, Modality, Polarity, Relation};

    use super::*;

    async fn read(options: ExtractOptions) -> ExtractResponse {
        let request = ExtractRequest { options: Some(options), ..request("", SAMPLE) };
        extract(request).await.expect("a response")
    }

    fn entity<'r>(response: &'r ExtractResponse, name: &str) -> &'r Entity {
        let mut entities = response.entities.iter();
        entities.find(|entity| entity.name.eq_ignore_ascii_case(name)).unwrap_or_else(|| panic!("no entity {name}"))
    }

    /// The relation of a type between two entities; one that is symmetric is found in either order.
    fn relation<'r>(response: &'r ExtractResponse, kind: &str, subject: &str, object: &str) -> &'r Relation {
        let (subject, object) = (&entity(response, subject).id, &entity(response, object).id);
        let is = |argument: &Option<Argument>, id: &str| argument.as_ref().is_some_and(|end| end.entity_id == id);
        let joins = |relation: &&Relation| {
            let straight = is(&relation.subject, subject) && is(&relation.object, object);
            let crossed = is(&relation.subject, object) && is(&relation.object, subject);
            relation.r#type == kind && (straight || relation.symmetric && crossed)
        };
        response.relations.iter().find(joins).unwrap_or_else(|| panic!("no {kind}({subject}, {object})"))
    }

    /// TIMEX3 values of the relation's dates.
    fn dates<'r>(response: &'r ExtractResponse, relation: &Relation) -> Vec<&'r str> {
        let dates = response.dates.iter().filter(|date| relation.date_ids.contains(&date.id));
        dates.map(|date| date.value.as_str()).collect()
    }

    #[tokio::test]
    async fn its_people_places_and_bodies_are_found() {
        let response = read(ExtractOptions::default()).await;
        for (name, kind) in [
            ("Portugal", "LOCATION"),
            ("Madrid", "LOCATION"),
            ("Helena Sarmento", "PERSON"),
            ("Ignacio Belmonte", "PERSON"),
            ("Karim Benslimane", "PERSON"),
            ("European Commission", "ORGANIZATION"),
            ("European Court of Justice", "ORGANIZATION"),
        ] {
            assert_eq!(entity(&response, name).r#type, kind, "{name}");
        }
        let links = &entity(&response, "Portugal").links;
        assert!(links.iter().any(|link| link.scheme == "iso3166-1" && link.id == "PT"), "{links:?}");
        // "Sarmento" is the minister whose name stands in full before.
        assert!(entity(&response, "Helena Sarmento").mentions.len() >= 3);
    }

    #[tokio::test]
    async fn its_dates_are_counted_from_its_dateline() {
        let response = read(ExtractOptions::default()).await;
        let metadata = response.metadata.as_ref().expect("metadata");
        assert_eq!(metadata.reference_time, "2024-03-14");
        assert_eq!(metadata.reference_time_source(), ReferenceTimeSource::Document);
        assert!(response.warnings.is_empty(), "{:?}", response.warnings);
        for (words, value) in [
            ("March 14, 2024", "2024-03-14"),
            ("Thursday", "2024-03-14"),
            ("Wednesday evening", "2024-03-13TEV"),
            ("Monday", "2024-03-11"),
            ("late 2021", "2021"),
            ("last year", "2023"),
            ("May 2022", "2022-05"),
            ("March 2", "2024-03-02"),
            ("next week", "2024-W12"),
            ("April 8", "2024-04-08"),
            ("1998", "1998"),
            ("ten years", "P10Y"),
        ] {
            let mut dates = response.dates.iter();
            let found = dates.find(|date| date.span.as_ref().is_some_and(|span| span.text == words));
            assert_eq!(found.map(|date| date.value.as_str()), Some(value), "{words}");
        }
    }

    #[tokio::test]
    async fn its_relations_are_found_with_their_shade_and_date() {
        let response = read(ExtractOptions::default()).await;
        relation(&response, "agreed_with", "Portugal", "Spain");
        relation(&response, "replaces", "Duarte Valadares", "Teresa Moutinho");
        relation(&response, "mediated", "European Commission", "Madrid");

        let met = relation(&response, "met", "Helena Sarmento", "Ignacio Belmonte");
        assert_eq!((met.polarity(), met.modality()), (Polarity::Affirmed, Modality::Actual));
        assert_eq!(dates(&response, met), ["2024-03-13TEV"]);

        let not_met = relation(&response, "met", "Carmen Olivares", "Helena Sarmento");
        assert_eq!(not_met.polarity(), Polarity::Negated);

        let visited = relation(&response, "visited", "Marta Lindqvist", "Lisbon");
        assert_eq!(visited.modality(), Modality::Actual);
        assert_eq!(dates(&response, visited), ["2024-03-11"]);
        let codes: Vec<_> = visited.codes.iter().map(|code| (code.scheme.as_str(), code.code.as_str())).collect();
        assert_eq!(codes, [("plover", "CONSULT")]);

        let will_visit = relation(&response, "visited", "Karim Benslimane", "Brussels");
        assert_eq!(will_visit.modality(), Modality::Planned);
        assert_eq!(will_visit.interval.as_ref().map(|interval| interval.begin.as_str()), Some("2024-04-08"));

        let spoke = relation(&response, "spoke_with", "Marta Lindqvist", "Duarte Valadares");
        assert_eq!(spoke.attribution.as_ref().and_then(|a| a.cue.as_ref()).map(|c| c.text.as_str()), Some("according"));
    }

    #[tokio::test]
    async fn its_spans_are_its_words_in_every_encoding() {
        let service = Service::start().await;
        let mut client = service.client().await;
        let mut seen = Vec::new();
        for encoding in ENCODINGS {
            let options = Some(ExtractOptions { offset_encoding: encoding.into(), ..Default::default() });
            let request = ExtractRequest { options, ..request("", SAMPLE) };
            let response = client.extract(request).await.expect("a response").into_inner();
            for span in spans(&response) {
                assert_eq!(slice(SAMPLE, encoding, span), span.text, "{encoding:?}");
            }
            seen.push(spans(&response).into_iter().map(|span| span.text.clone()).collect::<Vec<_>>());
        }
        assert!(seen.iter().all(|words| *words == seen[0]));
    }

    #[tokio::test]
    async fn it_reads_the_same_each_time() {
        let service = Service::start().await;
        let requests = vec![request("", SAMPLE); LIMITS.max_batch_documents];
        let batch = service.client().await.batch_extract(BatchExtractRequest { requests }).await.expect("a response");
        let mut responses = batch.into_inner().results.into_iter().map(|result| match result.result {
            Some(batch_extract_result::Result::Response(response)) => response,
            other => panic!("{other:?}"),
        });
        let first = responses.next().expect("several");
        for next in responses {
            assert_eq!(next.entities, first.entities);
            assert_eq!(next.relations, first.relations);
            assert_eq!(next.dates, first.dates);
        }
    }

    #[tokio::test]
    async fn only_the_types_asked_for_come_back() {
        let relation_types = vec!["met".to_owned(), "visited".to_owned()];
        let response = read(ExtractOptions { relation_types, ..Default::default() }).await;
        assert!(!response.relations.is_empty());
        assert!(response.relations.iter().all(|relation| matches!(relation.r#type.as_str(), "met" | "visited")));

        let response = read(ExtractOptions { entity_types: vec!["PERSON".to_owned()], ..Default::default() }).await;
        assert!(response.entities.iter().all(|entity| entity.r#type == "PERSON"));
        relation(&response, "met", "Helena Sarmento", "Ignacio Belmonte");
    }

    #[tokio::test]
    async fn nothing_less_sure_than_asked_for_comes_back() {
        let all = read(ExtractOptions::default()).await;
        let sure = read(ExtractOptions { min_confidence: 0.6, ..Default::default() }).await;
        assert!(!sure.relations.is_empty() && sure.relations.len() < all.relations.len());
        assert!(sure.relations.iter().all(|relation| relation.confidence >= 0.6));
        assert!(!sure.entities.is_empty() && sure.entities.iter().all(|entity| entity.confidence >= 0.6));
    }

    #[tokio::test]
    async fn open_relations_come_when_asked_for() {
        let closed = read(ExtractOptions::default()).await;
        assert!(closed.relations.iter().all(|relation| relation.r#type != "open"));
        let open = read(ExtractOptions { include_open_relations: true, ..Default::default() }).await;
        assert!(open.relations.iter().any(|relation| relation.r#type == "open"));
    }
}

mod bytes_on_the_wire {
    //! What no generated client sends.

    use super::*;
    use common::raw;

    /// `document { text }` with a text that is not UTF-8.
    const NOT_UTF8: &[u8] = &[0x0a, 6, 0x12, 4, b'T', 0xc3, 0x28, b'n'];

    #[tokio::test]
    async fn a_text_that_is_not_utf8_is_refused_by_its_field() {
        let service = Service::start().await;
        let status = raw::unary(service.channel().await, "Extract", NOT_UTF8).await.expect_err("refused");
        assert_eq!(fields_at_fault(&status), ["document.text"]);
        let mut batch = vec![0x0a, NOT_UTF8.len() as u8];
        batch.extend(NOT_UTF8);
        let status = raw::unary(service.channel().await, "BatchExtract", &batch).await.expect_err("refused");
        assert_eq!(fields_at_fault(&status), ["requests.document.text"]);
    }

    #[tokio::test]
    async fn bytes_that_are_no_message_are_refused() {
        let service = Service::start().await;
        let status = raw::unary(service.channel().await, "Extract", &[0xff, 0xff]).await.expect_err("refused");
        assert_eq!(status.code(), Code::InvalidArgument);
    }

    #[tokio::test]
    async fn a_stream_outlives_a_text_that_is_not_utf8() {
        use prost::Message;
        use stream_extract_response::Result::{Error, Response};
        let service = Service::start().await;
        let good = request("good", TEXT).encode_to_vec();
        let answers = raw::stream(service.channel().await, vec![good.clone(), NOT_UTF8.to_vec(), good]).await;
        let [Response(first), Error(second), Response(third)] = &answers[..] else { panic!("{answers:?}") };
        assert_eq!((first.document_id.as_str(), third.document_id.as_str()), ("good", "good"));
        assert_eq!(Code::from(second.code), Code::InvalidArgument);
        assert_eq!(second.field_violations[0].field, "document.text");
    }
}

mod reflection {
    use super::*;

    #[tokio::test]
    async fn version_1_lists_the_services() {
        use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;
        use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;
        use tonic_reflection::pb::v1::server_reflection_response::MessageResponse;
        let service = Service::start().await;
        let ask = tonic_reflection::pb::v1::ServerReflectionRequest {
            host: String::new(),
            message_request: Some(MessageRequest::ListServices(String::new())),
        };
        let mut client = ServerReflectionClient::new(service.channel().await);
        let mut answers = client.server_reflection_info(tokio_stream::once(ask)).await.expect("a stream").into_inner();
        let answer = answers.next().await.expect("an answer").expect("no failure").message_response;
        let Some(MessageResponse::ListServicesResponse(list)) = answer else { panic!("{answer:?}") };
        check(list.service.into_iter().map(|service| service.name));
    }

    #[tokio::test]
    async fn version_1_alpha_lists_the_services() {
        use tonic_reflection::pb::v1alpha::server_reflection_client::ServerReflectionClient;
        use tonic_reflection::pb::v1alpha::server_reflection_request::MessageRequest;
        use tonic_reflection::pb::v1alpha::server_reflection_response::MessageResponse;
        let service = Service::start().await;
        let ask = tonic_reflection::pb::v1alpha::ServerReflectionRequest {
            host: String::new(),
            message_request: Some(MessageRequest::ListServices(String::new())),
        };
        let mut client = ServerReflectionClient::new(service.channel().await);
        let mut answers = client.server_reflection_info(tokio_stream::once(ask)).await.expect("a stream").into_inner();
        let answer = answers.next().await.expect("an answer").expect("no failure").message_response;
        let Some(MessageResponse::ListServicesResponse(list)) = answer else { panic!("{answer:?}") };
        check(list.service.into_iter().map(|service| service.name));
    }

    fn check(names: impl Iterator<Item = String>) {
        let names: Vec<_> = names.collect();
        for name in [SERVICE, "grpc.health.v1.Health"] {
            assert!(names.iter().any(|known| known == name), "{name} in {names:?}");
        }
    }
}

mod process {
    //! The binary itself.

    use std::io::{BufRead, BufReader};
    use std::net::SocketAddr;
    use std::process::{Child, Command, Stdio};

    use super::*;

    const BINARY: &str = env!("CARGO_BIN_EXE_dossier");

    /// Starts `dossier serve` on a free port, which its log tells.
    fn serve() -> (Child, SocketAddr) {
        let mut child = Command::new(BINARY)
            .args(["serve", "--address", "127.0.0.1:0", "--log-format", "json"])
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut log = BufReader::new(child.stderr.take().expect("piped")).lines();
        let address = loop {
            let line = log.next().expect("a line that tells the address").expect("UTF-8");
            let event: serde_json::Value = serde_json::from_str(&line).expect("a JSON log line");
            if event["message"] == "listening" {
                break event["address"].as_str().expect("an address").parse().expect("a socket address");
            }
        };
        std::thread::spawn(move || log.for_each(drop));
        (child, address)
    }

    fn terminate(child: &Child) {
        let status = Command::new("sh").args(["-c", &format!("kill -TERM {}", child.id())]).status();
        assert!(status.expect("a shell").success());
    }

    fn healthcheck(address: SocketAddr) -> bool {
        let mut check = Command::new(BINARY);
        check.args(["healthcheck", "--address", &address.to_string()]).stdout(Stdio::null()).stderr(Stdio::null());
        check.status().expect("the binary starts").success()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn sigterm_finishes_what_is_in_flight() {
        let (mut child, address) = serve();
        common::until(address, ServingStatus::Serving).await;
        assert!(healthcheck(address));
        let mut client = ExtractionServiceClient::new(common::channel(address).await);
        let long = format!("{TEXT}\n").repeat(100);
        let answer = tokio::spawn(async move { client.extract(request("long", &long)).await });
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        terminate(&child);
        let response = answer.await.expect("no panic").expect("the answer of a request in flight");
        assert_eq!(response.into_inner().document_id, "long");
        assert!(child.wait().expect("an end").success());
        assert!(!healthcheck(address));
    }
}
