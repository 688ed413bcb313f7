//! The gRPC service: it checks and converts; what it serves is below it and knows nothing of Protobuf.

pub mod access_log;
pub mod backend;
pub mod codec;
pub mod convert;
pub mod oversize;
pub mod request;
pub mod server;
pub mod status;

use std::pin::Pin;
use std::sync::{Arc, OnceLock};

use tokio::sync::{mpsc, watch};
use tokio_stream::wrappers::ReceiverStream;
use tokio_stream::{Stream, StreamExt};
use tonic::{Request, Response, Status, Streaming};
use tracing::Instrument;

use self::backend::{Backend, Call, Pending};
use self::status::Fault;
use crate::proto::extraction_service_server::ExtractionService;
use crate::proto::{
    BatchExtractRequest, BatchExtractResponse, BatchExtractResult, ExtractRequest, ExtractResponse,
    GetServiceInfoRequest, GetServiceInfoResponse, StreamExtractRequest, StreamExtractResponse, batch_extract_result,
    stream_extract_response,
};

/// What a request may ask for at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Longest text of a document, in bytes.
    pub max_text_bytes: usize,
    /// Most documents in one batch.
    pub max_batch_documents: usize,
    /// Most documents that wait for a worker.
    pub queue_documents: usize,
    /// Most text that waits for a worker, in bytes.
    pub queue_text_bytes: usize,
    /// Most names in the dictionary of one request.
    pub max_dictionary_names: usize,
}

impl Limits {
    /// Longest name, identifier or scheme in a dictionary, in bytes. It bounds what is compared at each token of a text.
    pub const MAX_DICTIONARY_NAME_BYTES: usize = 256;

    /// Largest message that is read. It leaves room over the longest text, so that a text which is too long is
    /// answered with the field and the limit, and so that a batch can carry several long ones.
    pub fn max_message_bytes(&self) -> usize {
        self.max_text_bytes.saturating_mul(16).saturating_add(1 << 20)
    }
}

/// The extraction service. It answers UNAVAILABLE until its backend is set.
#[derive(Clone)]
pub struct Api {
    backend: Arc<OnceLock<Backend>>,
    limits: Limits,
    /// True once the service shuts down: streams end after what they have begun.
    stopping: watch::Receiver<bool>,
}

impl Api {
    pub fn new(backend: Arc<OnceLock<Backend>>, limits: Limits, stopping: watch::Receiver<bool>) -> Self {
        Self { backend, limits, stopping }
    }

    fn backend(&self) -> Result<&Backend, Fault> {
        self.backend.get().ok_or(Fault::Loading)
    }
}

#[tonic::async_trait]
impl ExtractionService for Api {
    type StreamExtractStream = Pin<Box<dyn Stream<Item = Result<StreamExtractResponse, Status>> + Send>>;

    async fn extract(&self, request: Request<ExtractRequest>) -> Result<Response<ExtractResponse>, Status> {
        let backend = self.backend()?;
        let call = backend.call(&request);
        let running = backend.try_start(request.into_inner(), &call)?;
        Ok(Response::new(running.finish().await?))
    }

    async fn batch_extract(
        &self,
        request: Request<BatchExtractRequest>,
    ) -> Result<Response<BatchExtractResponse>, Status> {
        let backend = self.backend()?;
        let call = &backend.call(&request);
        let BatchExtractRequest { requests } = request.into_inner();
        self.check_batch(requests.len())?;
        // A busy service refuses the batch as a whole; once begun, the rest waits for room in the queue.
        let mut requests = requests.into_iter();
        let (documents, mut pending) = mpsc::channel(backend.window());
        let begin = async move {
            if let Some(first) = requests.next() {
                let first = backend.try_begin(first, call)?;
                let _ = documents.send(first).await;
            }
            for request in requests {
                let _ = documents.send(backend.begin(request, call).await).await;
            }
            Ok::<(), Fault>(())
        };
        let finish = async {
            let mut results = Vec::new();
            while let Some(document) = pending.recv().await {
                results.push(batch_result(document).await);
            }
            Ok(results)
        };
        let ((), results) = tokio::try_join!(begin, finish)?;
        Ok(Response::new(BatchExtractResponse { results }))
    }

    async fn stream_extract(
        &self,
        request: Request<Streaming<StreamExtractRequest>>,
    ) -> Result<Response<Self::StreamExtractStream>, Status> {
        let backend = self.backend()?;
        let (documents, pending) = mpsc::channel(backend.window());
        let call = backend.call(&request);
        let reader = read_stream(self.clone(), request.into_inner(), call, documents);
        tokio::spawn(reader.in_current_span());
        let responses = ReceiverStream::new(pending).then(stream_result);
        Ok(Response::new(Box::pin(responses)))
    }

    async fn get_service_info(
        &self,
        _: Request<GetServiceInfoRequest>,
    ) -> Result<Response<GetServiceInfoResponse>, Status> {
        let extractor = self.backend()?.extractor();
        let info = convert::service_info(extractor.info(), extractor.catalogue(), &self.limits);
        Ok(Response::new(info))
    }
}

impl Api {
    fn check_batch(&self, documents: usize) -> Result<(), Fault> {
        let most = self.limits.max_batch_documents;
        match documents {
            0 => Err(Fault::invalid("requests", "must not be empty")),
            count if count > most => {
                Err(Fault::invalid("requests", format!("has {count} documents; at most {most} are allowed")))
            }
            _ => Ok(()),
        }
    }
}

/// Begins each document of a stream as it comes, until the caller ends it, leaves, or the service shuts down.
async fn read_stream(
    api: Api,
    mut requests: Streaming<StreamExtractRequest>,
    call: Call,
    documents: mpsc::Sender<Result<Pending, Status>>,
) {
    let Ok(backend) = api.backend() else { return };
    let mut stopping = api.stopping.clone();
    loop {
        let message = tokio::select! {
            biased;
            _ = stopping.wait_for(|&stopping| stopping) => Err(Fault::Stopping.into()),
            () = documents.closed() => return,
            message = requests.message() => message,
        };
        let pending = match message {
            Ok(Some(StreamExtractRequest(Ok(request)))) => tokio::select! {
                () = documents.closed() => return,
                begun = backend.begin(request, &call) => Ok(begun),
            },
            Ok(Some(StreamExtractRequest(Err(error)))) => {
                Ok(Pending::Refused { document_id: String::new(), fault: codec::undecodable(&error) })
            }
            Ok(None) => return,
            Err(status) => Err(oversize::explain(status)),
        };
        let is_last = pending.is_err();
        if documents.send(pending).await.is_err() || is_last {
            return;
        }
    }
}

async fn stream_result(pending: Result<Pending, Status>) -> Result<StreamExtractResponse, Status> {
    use stream_extract_response::Result::{Error, Response};
    let result = pending?.finish().await.map_or_else(Error, Response);
    Ok(StreamExtractResponse { result: Some(result) })
}

async fn batch_result(pending: Pending) -> BatchExtractResult {
    use batch_extract_result::Result::{Error, Response};
    BatchExtractResult { result: Some(pending.finish().await.map_or_else(Error, Response)) }
}
