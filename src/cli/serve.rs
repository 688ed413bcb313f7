//! `dossier serve`.

use std::io::{self, IsTerminal};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, ValueEnum};
use dossier::service::Limits;
use dossier::service::server::{self, Config};
use tokio::net::TcpListener;
use tokio::runtime;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::{Model, Outcome, cores};

/// Threads of the asynchronous runtime: they move bytes only.
const NETWORK_THREADS: usize = 2;

#[derive(Debug, Args)]
pub struct Serve {
    /// Address to listen on; port 0 takes any free one, which the log tells.
    #[arg(long, value_name = "HOST:PORT", env = "DOSSIER_ADDRESS", default_value = "127.0.0.1:50051")]
    address: String,
    /// Threads that run the network; twice as many documents are read at the same time [default: one for each core].
    #[arg(long, value_name = "N", env = "DOSSIER_THREADS", value_parser = at_least_one(1 << 10))]
    threads: Option<u64>,
    /// Documents that may wait for a thread; beyond it requests are answered with RESOURCE_EXHAUSTED.
    #[arg(long, value_name = "N", env = "DOSSIER_QUEUE", default_value = "64", value_parser = at_least_one(1 << 20))]
    queue: u64,
    /// Bytes of text that may wait for a thread; beyond it requests are answered with RESOURCE_EXHAUSTED.
    #[arg(
        long,
        value_name = "N",
        env = "DOSSIER_QUEUE_TEXT_BYTES",
        default_value = "16777216",
        value_parser = at_least_one(1 << 40)
    )]
    queue_text_bytes: u64,
    /// Longest text of a document, in bytes.
    #[arg(
        long,
        value_name = "N",
        env = "DOSSIER_MAX_TEXT_BYTES",
        default_value = "1048576",
        value_parser = at_least_one(1 << 28)
    )]
    max_text_bytes: u64,
    /// Most documents in one batch.
    #[arg(
        long,
        value_name = "N",
        env = "DOSSIER_MAX_BATCH_DOCUMENTS",
        default_value = "128",
        value_parser = at_least_one(1 << 20)
    )]
    max_batch_documents: u64,
    /// Most names in the dictionary of one request.
    #[arg(
        long,
        value_name = "N",
        env = "DOSSIER_MAX_DICTIONARY_NAMES",
        default_value = "10000",
        value_parser = at_least_one(1 << 20)
    )]
    max_dictionary_names: u64,
    /// How long to wait for requests in flight when told to stop.
    #[arg(long, value_name = "N", env = "DOSSIER_DRAIN_SECONDS", default_value_t = 30)]
    drain_seconds: u64,
    #[command(flatten)]
    model: Model,
    /// Form of the log lines on standard error.
    #[arg(long, value_name = "FORM", env = "DOSSIER_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    log_format: LogFormat,
    /// What to log: error, warn, info, debug or trace, or directives such as `info,h2=debug`.
    #[arg(long, value_name = "LEVEL", env = "DOSSIER_LOG", default_value = "info", value_parser = log_filter)]
    log: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

fn at_least_one(most: u64) -> clap::builder::RangedU64ValueParser<u64> {
    clap::value_parser!(u64).range(1..=most)
}

fn log_filter(value: &str) -> Result<String, tracing_subscriber::filter::ParseError> {
    EnvFilter::builder().parse(value).map(|_| value.to_owned())
}

impl Serve {
    pub fn run(self) -> Outcome {
        self.log_to_stderr()?;
        runtime::Builder::new_multi_thread()
            .worker_threads(NETWORK_THREADS)
            .thread_name("network")
            .enable_all()
            .build()?
            .block_on(self.serve())
    }

    async fn serve(self) -> Outcome {
        let threads = match self.threads {
            Some(threads) => usize::try_from(threads)?,
            None => cores(),
        };
        let config = Config {
            threads,
            limits: Limits {
                max_text_bytes: usize::try_from(self.max_text_bytes)?,
                max_batch_documents: usize::try_from(self.max_batch_documents)?,
                queue_documents: usize::try_from(self.queue)?,
                queue_text_bytes: usize::try_from(self.queue_text_bytes)?,
                max_dictionary_names: usize::try_from(self.max_dictionary_names)?,
            },
            drain: Duration::from_secs(self.drain_seconds),
        };
        // Before the listener opens, so that no signal is missed.
        let stop = stop_signal()?;
        let listener = TcpListener::bind(&self.address)
            .await
            .map_err(|error| io::Error::new(error.kind(), format!("can't listen on {}: {error}", self.address)))?;
        let address: SocketAddr = listener.local_addr()?;
        tracing::info!(%address, threads, "listening");
        server::serve(listener, config, move || self.model.load(threads).map(Arc::new), stop).await?;
        Ok(())
    }

    fn log_to_stderr(&self) -> Outcome {
        let filter = EnvFilter::builder().parse(&self.log)?;
        let logger = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_ansi(io::stderr().is_terminal())
            .with_writer(io::stderr);
        match self.log_format {
            LogFormat::Text => logger.try_init().map_err(|error| error as _),
            LogFormat::Json => logger.json().flatten_event(true).try_init().map_err(|error| error as _),
        }
    }
}

/// Done when the process is asked to end, by SIGTERM or from the keyboard.
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
