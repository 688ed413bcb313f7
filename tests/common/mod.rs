//! What the tests share: a service on a free port, and a look at every span of a response.
#![allow(dead_code, reason = "each test crate uses its own part")]

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use dossier::pipeline::Extractor;
use dossier::proto::extraction_service_client::ExtractionServiceClient;
use dossier::proto::{Argument, ExtractResponse, OffsetEncoding, Span};
use dossier::service::Limits;
use dossier::service::server::{self, Config, ServeError};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tonic::transport::{Channel, Endpoint};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

pub const LIMITS: Limits = Limits {
    max_text_bytes: 1 << 20,
    max_batch_documents: 8,
    queue_documents: 64,
    queue_text_bytes: 16 << 20,
    max_dictionary_names: 100,
};

/// A service on a port of its own. All of a test run share one model.
pub struct Service {
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), ServeError>>,
}

impl Service {
    /// Starts a service and waits until it serves.
    pub async fn start() -> Self {
        let service = Self::start_when(|| {}).await;
        service.until(ServingStatus::Serving).await;
        service
    }

    /// Starts a service that loads its model once `ready` returns.
    pub async fn start_when(ready: impl FnOnce() + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel();
        let config = Config { threads: 2, limits: LIMITS, drain: Duration::from_secs(10) };
        let load = move || {
            ready();
            Ok(extractor())
        };
        let stopped = async {
            let _ = stopped.await;
        };
        let task = tokio::spawn(server::serve(listener, config, load, stopped));
        Self { address, stop, task }
    }

    pub async fn channel(&self) -> Channel {
        channel(self.address).await
    }

    pub async fn client(&self) -> ExtractionServiceClient<Channel> {
        ExtractionServiceClient::new(self.channel().await).max_decoding_message_size(64 << 20)
    }

    pub async fn health(&self) -> ServingStatus {
        health(self.address, "").await
    }

    pub async fn until(&self, status: ServingStatus) {
        until(self.address, status).await;
    }

    /// Tells the service to stop and waits until it has.
    pub async fn stop(self) {
        self.stop.send(()).expect("the service runs");
        self.task.await.expect("no panic").expect("no failure");
    }
}

/// The embedded model, loaded once.
pub fn extractor() -> Arc<Extractor> {
    static EXTRACTOR: OnceLock<Arc<Extractor>> = OnceLock::new();
    Arc::clone(EXTRACTOR.get_or_init(|| Arc::new(Extractor::load(None, 2).expect("the embedded model loads"))))
}

pub async fn channel(address: SocketAddr) -> Channel {
    let endpoint = Endpoint::from_shared(format!("http://{address}")).expect("a valid address");
    endpoint.connect().await.expect("the service listens")
}

pub async fn health(address: SocketAddr, service: &str) -> ServingStatus {
    let request = HealthCheckRequest { service: service.to_owned() };
    let mut client = HealthClient::new(channel(address).await);
    client.check(request).await.expect("a known service").into_inner().status()
}

pub async fn until(address: SocketAddr, status: ServingStatus) {
    let reached = async {
        while health(address, "").await != status {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(120), reached).await.expect("the status in time");
}

/// Every span of a response.
pub fn spans(response: &ExtractResponse) -> Vec<&Span> {
    fn end(argument: &Option<Argument>) -> Option<&Span> {
        argument.as_ref()?.span.as_ref()
    }
    let mut spans: Vec<Option<&Span>> = Vec::new();
    for entity in &response.entities {
        spans.extend(entity.mentions.iter().map(|mention| mention.span.as_ref()));
    }
    for relation in &response.relations {
        spans.extend([end(&relation.subject), end(&relation.object)]);
        spans.extend([relation.trigger.as_ref(), relation.evidence.as_ref()]);
        if let Some(attribution) = &relation.attribution {
            spans.extend([end(&attribution.source), attribution.cue.as_ref()]);
        }
        spans.extend(relation.topic.iter().chain(end(&relation.place)).map(Some));
    }
    spans.extend(response.dates.iter().map(|date| date.span.as_ref()));
    spans.extend(response.date_ranges.iter().map(|range| range.span.as_ref()));
    spans.extend(response.sentences.iter().map(|sentence| sentence.span.as_ref()));
    spans.into_iter().map(|span| span.expect("every span is set")).collect()
}

/// What a caller who counts in `encoding` finds at `span`.
pub fn slice(text: &str, encoding: OffsetEncoding, span: &Span) -> String {
    let range = span.start as usize..span.end as usize;
    match encoding {
        OffsetEncoding::Utf8 => text[range].to_owned(),
        OffsetEncoding::Utf16 => {
            let units: Vec<u16> = text.encode_utf16().collect();
            String::from_utf16(&units[range]).expect("whole characters")
        }
        OffsetEncoding::Utf32 | OffsetEncoding::Unspecified => {
            text.chars().skip(range.start).take(range.len()).collect()
        }
    }
}

pub const ENCODINGS: [OffsetEncoding; 4] =
    [OffsetEncoding::Unspecified, OffsetEncoding::Utf8, OffsetEncoding::Utf16, OffsetEncoding::Utf32];

/// Calls with bytes of the test's own making.
pub mod raw {
    use dossier::proto::{StreamExtractResponse, stream_extract_response};
    use http::uri::PathAndQuery;
    use prost::Message;
    use prost::bytes::{Buf, BufMut};
    use tokio_stream::StreamExt;
    use tonic::client::Grpc;
    use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
    use tonic::transport::Channel;
    use tonic::{Request, Status};

    struct Bytes;

    impl Codec for Bytes {
        type Encode = Vec<u8>;
        type Decode = Vec<u8>;
        type Encoder = Self;
        type Decoder = Self;

        fn encoder(&mut self) -> Self {
            Self
        }

        fn decoder(&mut self) -> Self {
            Self
        }
    }

    impl Encoder for Bytes {
        type Item = Vec<u8>;
        type Error = Status;

        fn encode(&mut self, item: Vec<u8>, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
            buffer.put_slice(&item);
            Ok(())
        }
    }

    impl Decoder for Bytes {
        type Item = Vec<u8>;
        type Error = Status;

        fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Vec<u8>>, Status> {
            Ok(Some(buffer.copy_to_bytes(buffer.remaining()).to_vec()))
        }
    }

    fn path(method: &str) -> PathAndQuery {
        format!("/dossier.v1.ExtractionService/{method}").parse().expect("a path")
    }

    pub async fn unary(channel: Channel, method: &str, message: &[u8]) -> Result<Vec<u8>, Status> {
        let mut grpc = Grpc::new(channel);
        grpc.ready().await.expect("the service listens");
        grpc.unary(Request::new(message.to_vec()), path(method), Bytes).await.map(tonic::Response::into_inner)
    }

    pub async fn stream(channel: Channel, messages: Vec<Vec<u8>>) -> Vec<stream_extract_response::Result> {
        let mut grpc = Grpc::new(channel);
        grpc.ready().await.expect("the service listens");
        let messages = Request::new(tokio_stream::iter(messages));
        let answers = grpc.streaming(messages, path("StreamExtract"), Bytes).await.expect("a stream").into_inner();
        let decode = |answer: Result<Vec<u8>, Status>| {
            StreamExtractResponse::decode(&*answer.expect("no failure")).expect("a response").result.expect("a result")
        };
        answers.map(decode).collect().await
    }
}
