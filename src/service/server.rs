//! Brings the service up, tells its health, and takes it down without losing requests.

use std::io;
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};
use tonic::server::NamedService;
use tonic::transport::server::TcpIncoming;
use tonic::transport::{self, Server};
use tonic_health::ServingStatus;
use tonic_health::server::HealthReporter;

use super::access_log::AccessLog;
use super::backend::Backend;
use super::oversize::Oversize;
use super::{Api, Limits};
use crate::extraction::{Document, Options};
use crate::pipeline::{ExtractError, Extractor, LoadError};
use crate::proto::FILE_DESCRIPTOR_SET;
use crate::proto::extraction_service_server::ExtractionServiceServer;

/// Read once before the service says that it is serving, so that no caller waits for what is done but once.
const WARM_UP: &str =
    "On Monday, Anna Smith of Acme Corp. told the Reuters news agency in Paris that she would step down.";

/// Finds out that a caller has vanished, and gives its places in the queue to others.
const KEEPALIVE: Duration = Duration::from_secs(30);

/// How to serve.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// Threads that run the network.
    pub threads: usize,
    pub limits: Limits,
    /// How long to wait for requests in flight when stopping.
    pub drain: Duration,
}

/// Why the service ended before it was told to.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("the model could not be loaded")]
    Load(#[from] LoadError),
    #[error("the model failed on its first document")]
    WarmUp(#[from] ExtractError),
    #[error("the model panicked while loading")]
    Panicked,
    #[error("could not start threads")]
    Threads(#[from] io::Error),
    #[error("could not describe the service for reflection")]
    Reflection(#[from] tonic_reflection::server::Error),
    #[error("the connection layer failed")]
    Transport(#[from] transport::Error),
}

/// Serves on `listener` until `stop` is done.
///
/// Connections are taken at once; until `load` has returned and the model is warm, health is NOT_SERVING and requests
/// are answered with UNAVAILABLE.
pub async fn serve(
    listener: TcpListener,
    config: Config,
    load: impl FnOnce() -> Result<Arc<Extractor>, LoadError> + Send + 'static,
    stop: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let backend = Arc::new(OnceLock::new());
    let (stopping, stopped) = watch::channel(false);
    let mut health = Health::new();
    health.set(ServingStatus::NotServing).await;

    let api = Api::new(Arc::clone(&backend), config.limits, stopped.clone());
    let router = Server::builder()
        .http2_keepalive_interval(Some(KEEPALIVE))
        .layer(AccessLog::default())
        .layer(Oversize)
        .add_service(ExtractionServiceServer::new(api).max_decoding_message_size(config.limits.max_message_bytes()))
        .add_service(health.service())
        .add_service(reflection().build_v1()?)
        .add_service(reflection().build_v1alpha()?);
    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    let mut server = tokio::spawn(router.serve_with_incoming_shutdown(incoming, told_to_stop(stopped)));

    tokio::pin!(stop);
    let running = async {
        let loaded = load_and_warm_up(config, load)?.await.map_err(|_| ServeError::Panicked)??;
        if backend.set(loaded).is_ok() {
            health.set(ServingStatus::Serving).await;
            tracing::info!("serving");
        }
        std::future::pending().await
    };
    let outcome = tokio::select! {
        () = &mut stop => Ok(()),
        failure = running => failure,
        ended = &mut server => return ended.map_err(|_| ServeError::Panicked)?.map_err(Into::into),
    };

    tracing::info!("stopping: finishing the requests in flight");
    health.stop().await;
    let _ = stopping.send(true);
    match tokio::time::timeout(config.drain, &mut server).await {
        Ok(_) => tracing::info!("stopped"),
        Err(_) => {
            server.abort();
            tracing::warn!(seconds = config.drain.as_secs(), "stopped with requests still in flight");
        }
    }
    outcome
}

async fn told_to_stop(mut stopped: watch::Receiver<bool>) {
    // An error means that `serve` itself is gone.
    let _ = stopped.wait_for(|&stopped| stopped).await;
}

/// Loads the model on a thread of its own and starts the workers.
fn load_and_warm_up(
    config: Config,
    load: impl FnOnce() -> Result<Arc<Extractor>, LoadError> + Send + 'static,
) -> io::Result<oneshot::Receiver<Result<Backend, ServeError>>> {
    let (done, loaded) = oneshot::channel();
    let prepare = move || {
        let begun = Instant::now();
        let extractor = load()?;
        let document = Document { text: WARM_UP.to_owned(), ..Document::default() };
        extractor.extract(&document, &Options::default())?;
        let model = extractor.info();
        let load_ms = begun.elapsed().as_secs_f64() * 1e3;
        tracing::info!(model = model.name, version = model.version, load_ms, "model is warm");
        Ok(Backend::start(extractor, config.threads, config.limits)?)
    };
    // Nobody waits any more when the service is stopped while the model loads.
    thread::Builder::new().name("load".to_owned()).spawn(move || done.send(prepare()).ok())?;
    Ok(loaded)
}

fn reflection() -> tonic_reflection::server::Builder<'static> {
    tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(FILE_DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
}

/// The health of the server as a whole and of the extraction service, which are one.
struct Health(HealthReporter);

impl Health {
    const SERVICES: [&str; 2] = ["", <ExtractionServiceServer<Api> as NamedService>::NAME];

    fn new() -> Self {
        Self(HealthReporter::new())
    }

    fn service(&self) -> tonic_health::pb::health_server::HealthServer<tonic_health::server::HealthService> {
        let service = tonic_health::server::HealthService::from_health_reporter(self.0.clone());
        tonic_health::pb::health_server::HealthServer::new(service)
    }

    async fn set(&self, status: ServingStatus) {
        for name in Self::SERVICES {
            self.0.set_service_status(name, status).await;
        }
    }

    /// Tells those who watch that the service goes, then ends their streams, which would keep it from stopping.
    async fn stop(&mut self) {
        self.set(ServingStatus::NotServing).await;
        for name in Self::SERVICES {
            self.0.clear_service_status(name).await;
        }
    }
}
