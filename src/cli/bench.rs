//! `dossier bench`: how fast the whole pipeline is on a document, or the encoder alone.

mod encoder;

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use dossier::extraction::{Document, Options};
use dossier::pipeline::{ExtractError, Extractor};

use super::{Model, Outcome, cores};

/// Read where no file is given.
const SAMPLE: &str = include_str!("../../examples/lisbon-water-pact.txt");

#[derive(Debug, Args)]
pub struct Bench {
    /// Plain text to read over and over [default: a news article of 550 words that the binary carries].
    file: Option<PathBuf>,
    /// Seconds for each of the two measurements.
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    seconds: u64,
    /// Documents to read at the same time when throughput is measured [default: one for each core].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Measure the network's encoder alone instead: the file's texts, parted by form feeds, are read once.
    #[arg(long, conflicts_with = "seconds")]
    encoder: bool,
    #[command(flatten)]
    model: Model,
}

impl Bench {
    pub fn run(self) -> Outcome {
        let threads = self.threads.map_or_else(cores, usize::from);
        if self.encoder {
            return encoder::run(&self.model.read()?, &self.text()?, threads);
        }
        let limit = Duration::from_secs(self.seconds);
        let document = Document { text: self.text()?, ..Document::default() };
        let mut out = io::stdout().lock();

        let begun = Instant::now();
        let extractor = self.model.load(threads)?;
        let loaded = begun.elapsed();
        let words = extractor.extract(&document, &Options::default())?.word_count;
        writeln!(out, "document    {words} words")?;
        writeln!(
            out,
            "start       {:.2} s (model loaded in {:.2} s, then read the document once)",
            begun.elapsed().as_secs_f64(),
            loaded.as_secs_f64()
        )?;

        let mut latencies = latencies(&extractor, &document, limit)?;
        latencies.sort_unstable();
        writeln!(
            out,
            "latency     p50 {:.1} ms, p95 {:.1} ms (one document at a time, {} documents)",
            milliseconds(quantile(&latencies, 0.50)),
            milliseconds(quantile(&latencies, 0.95)),
            latencies.len()
        )?;
        let (documents, elapsed) = throughput(&extractor, &document, threads, limit)?;
        writeln!(
            out,
            "throughput  {:.0} words/s on {threads} threads ({documents} documents)",
            (documents * words) as f64 / elapsed.as_secs_f64()
        )?;
        if let Some(memory) = resident_memory() {
            writeln!(out, "memory      {memory}")?;
        }
        Ok(())
    }

    fn text(&self) -> Result<String, String> {
        match &self.file {
            Some(file) => fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display())),
            None => Ok(SAMPLE.to_owned()),
        }
    }
}

/// Time for each document, one after another.
fn latencies(extractor: &Extractor, document: &Document, limit: Duration) -> Result<Vec<Duration>, ExtractError> {
    let mut latencies = Vec::new();
    let begun = Instant::now();
    while begun.elapsed() < limit {
        let begun = Instant::now();
        extractor.extract(document, &Options::default())?;
        latencies.push(begun.elapsed());
    }
    Ok(latencies)
}

/// How many documents `threads` threads read, and in which time.
fn throughput(
    extractor: &Extractor,
    document: &Document,
    threads: usize,
    limit: Duration,
) -> Result<(usize, Duration), ExtractError> {
    let done = AtomicUsize::new(0);
    let begun = Instant::now();
    let work = || {
        while begun.elapsed() < limit {
            extractor.extract(document, &Options::default())?;
            done.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker.join().unwrap_or_else(|_| Err(ExtractError::Internal("a thread panicked".to_owned())))
        })
    })?;
    Ok((done.into_inner(), begun.elapsed()))
}

/// The smallest value that at least `fraction` of the sorted values don't exceed.
fn quantile(sorted: &[Duration], fraction: f64) -> Duration {
    let rank = (sorted.len() as f64 * fraction).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// Resident memory now and at its highest, where the system tells.
fn resident_memory() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let mebibytes = |key: &str| {
        let value = status.lines().find_map(|line| line.strip_prefix(key))?;
        let kibibytes: f64 = value.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(kibibytes / 1024.0)
    };
    Some(format!("{:.0} MiB resident, {:.0} MiB at most", mebibytes("VmRSS:")?, mebibytes("VmHWM:")?))
}
