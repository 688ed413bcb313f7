//! Callers that leave in the middle of a long document: the service stops reading it.
//!
//! What the service does inside shows in its log.

mod common;

use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use common::{LIMITS, Service};
use dossier::proto::{BatchExtractRequest, Document, ExtractRequest, StreamExtractRequest};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Code, Request};

/// The log of all tests here, each of which has documents of its own.
static LOG: Mutex<String> = Mutex::new(String::new());

const BEGUN: &str = "reading";
const STOPPED: &str = "no longer reading";

struct Log;

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap_or_else(PoisonError::into_inner).push_str(&String::from_utf8_lossy(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A service whose log is kept.
async fn logging_service() -> Service {
    // The first test here sets it up for all.
    let _ = tracing_subscriber::fmt().with_env_filter("dossier=debug").with_ansi(false).with_writer(|| Log).try_init();
    Service::start().await
}

/// Whether the log says so of a document.
fn logged(event: &str, id: &str) -> bool {
    let event = format!(": {event}");
    let id = format!("document_id=\"{id}\"");
    let log = LOG.lock().unwrap_or_else(PoisonError::into_inner);
    log.lines().any(|line| line.contains(&event) && line.contains(&id))
}

async fn until_logged(event: &str, id: &str) {
    let found = async {
        while !logged(event, id) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(120), found).await.unwrap_or_else(|_| panic!("{event} {id} in time"));
}

fn request(id: &str, text: &str) -> ExtractRequest {
    let document = Document { id: id.to_owned(), text: text.to_owned(), ..Default::default() };
    ExtractRequest { document: Some(document), options: None }
}

/// The longest document that is allowed: many seconds of work.
fn long(id: &str) -> ExtractRequest {
    let sentence = "Wang Yi met Hossein Amirabdollahian of Iran in Beijing on Monday, an official said.\n";
    request(id, &sentence.repeat(LIMITS.max_text_bytes / sentence.len()))
}

#[tokio::test]
async fn a_deadline_that_passes_ends_the_reading() {
    let service = logging_service().await;
    let mut client = service.client().await;
    // Where the machine is so busy that the first deadline passes before the work, the next is twice as long.
    let mut deadline = Duration::from_millis(500);
    while !logged(BEGUN, "with a deadline") {
        let mut request = Request::new(long("with a deadline"));
        request.set_timeout(deadline);
        let status = client.extract(request).await.expect_err("there is no time for it");
        assert!(matches!(status.code(), Code::DeadlineExceeded | Code::Cancelled), "{status}");
        deadline *= 2;
    }
    until_logged(STOPPED, "with a deadline").await;
    client.extract(request("after it", "Anna Smith met Zoe Miller.")).await.expect("the service is free");
}

#[tokio::test]
async fn a_call_that_is_cancelled_is_not_read_to_its_end() {
    let service = logging_service().await;
    let mut client = service.client().await;
    let call = tokio::spawn(async move { client.extract(long("cancelled")).await });
    until_logged(BEGUN, "cancelled").await;
    call.abort();
    until_logged(STOPPED, "cancelled").await;
}

#[tokio::test]
async fn a_batch_that_is_cancelled_is_not_read_to_its_end() {
    let service = logging_service().await;
    let mut client = service.client().await;
    let requests = vec![long("in a batch"), long("behind it")];
    let call = tokio::spawn(async move { client.batch_extract(BatchExtractRequest { requests }).await });
    until_logged(BEGUN, "in a batch").await;
    call.abort();
    until_logged(STOPPED, "in a batch").await;
}

#[tokio::test]
async fn a_stream_that_is_left_is_not_read_to_its_end() {
    let service = logging_service().await;
    let mut client = service.client().await;
    let (documents, requests) = mpsc::channel(1);
    documents.send(StreamExtractRequest::from(long("in a stream"))).await.expect("there is room");
    let responses = client.stream_extract(ReceiverStream::new(requests)).await.expect("a stream");
    until_logged(BEGUN, "in a stream").await;
    drop((documents, responses));
    until_logged(STOPPED, "in a stream").await;
}
