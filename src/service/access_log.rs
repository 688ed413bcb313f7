//! One log line for each request: its id, method, status, latency and words. The id goes into the response also.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use http::{HeaderMap, HeaderName, HeaderValue};
use http_body::{Frame, SizeHint};
use tonic::body::Body;
use tonic::{Code, Status};
use tower::{Layer, Service};
use tracing::{Instrument, Span};

/// Metadata key of the request's id.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Longer ids are replaced, so that a caller can't fill the log.
const MAX_ID_BYTES: usize = 128;

/// Words read so far on behalf of a request.
#[derive(Clone, Debug, Default)]
pub struct WordCount(Arc<AtomicUsize>);

impl WordCount {
    /// The count that the access log reports for `request`.
    pub fn of<T>(request: &tonic::Request<T>) -> Self {
        request.extensions().get::<Self>().cloned().unwrap_or_default()
    }

    pub fn add(&self, words: usize) {
        self.0.fetch_add(words, Ordering::Relaxed);
    }
}

/// Wraps a service in the access log.
#[derive(Clone, Debug)]
pub struct AccessLog {
    ids: Arc<Ids>,
}

impl Default for AccessLog {
    fn default() -> Self {
        Self { ids: Arc::new(Ids::new()) }
    }
}

impl<S> Layer<S> for AccessLog {
    type Service = Logged<S>;

    fn layer(&self, inner: S) -> Logged<S> {
        Logged { inner, ids: Arc::clone(&self.ids) }
    }
}

/// A service whose requests are logged.
#[derive(Clone, Debug)]
pub struct Logged<S> {
    inner: S,
    ids: Arc<Ids>,
}

impl<S> Service<http::Request<Body>> for Logged<S>
where
    S: Service<http::Request<Body>, Response = http::Response<Body>, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: http::Request<Body>) -> Self::Future {
        let id = self.ids.of(request.headers());
        let method = request.uri().path().to_owned();
        let words = WordCount::default();
        request.extensions_mut().insert(words.clone());
        let span = tracing::info_span!("request", id = id.to_str().unwrap_or_default());
        let mut record = Record { method, words, span, begun: Instant::now(), code: None };
        let response = self.inner.call(request).instrument(record.span.clone());
        Box::pin(async move {
            let mut response = response.await?;
            response.headers_mut().insert(REQUEST_ID, id);
            record.note(response.headers());
            Ok(response.map(|body| Body::new(LoggedBody { body, record })))
        })
    }
}

/// What is known of a request; logged when it is dropped, whichever way the request ended.
#[derive(Debug)]
struct Record {
    method: String,
    words: WordCount,
    span: Span,
    begun: Instant,
    code: Option<Code>,
}

impl Record {
    /// Takes the status from headers or trailers, where it is there.
    fn note(&mut self, headers: &HeaderMap) {
        if let Some(status) = Status::from_header_map(headers) {
            self.code = Some(status.code());
        }
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        let Self { method, words, span, begun, code } = self;
        // Without a status the caller left, or its deadline passed, before there was one.
        let code = code.unwrap_or(Code::Cancelled);
        let words = words.0.load(Ordering::Relaxed);
        let latency_ms = begun.elapsed().as_secs_f64() * 1e3;
        let _span = span.enter();
        // Probes come every few seconds.
        if method.starts_with("/grpc.health.") {
            tracing::debug!(method, ?code, latency_ms, "request done");
        } else {
            tracing::info!(method, ?code, latency_ms, words, "request done");
        }
    }
}

struct LoggedBody {
    body: Body,
    record: Record,
}

impl http_body::Body for LoggedBody {
    type Data = <Body as http_body::Body>::Data;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Status>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        if let Poll::Ready(Some(Ok(frame))) = &frame
            && let Some(trailers) = frame.trailers_ref()
        {
            self.record.note(trailers);
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Gives ids to requests that have none.
#[derive(Debug)]
struct Ids {
    /// Tells the ids of this run from those of another.
    run: u64,
    next: AtomicU64,
}

impl Ids {
    fn new() -> Self {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { run: since_epoch.as_secs(), next: AtomicU64::new(1) }
    }

    /// The id that the caller gave, or a new one.
    fn of(&self, headers: &HeaderMap) -> HeaderValue {
        let given = headers.get(REQUEST_ID).filter(|id| (1..=MAX_ID_BYTES).contains(&id.len()) && id.to_str().is_ok());
        if let Some(id) = given {
            return id.clone();
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        HeaderValue::try_from(format!("{:x}-{number}", self.run))
            .unwrap_or_else(|_| HeaderValue::from_static("unknown"))
    }
}
