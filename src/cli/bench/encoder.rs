//! `dossier bench --encoder`: the encoder alone, on the windows that the service makes of some texts.

use std::io::{self, Write};
use std::thread;
use std::time::{Duration, Instant};

use dossier::model::window::{self, Window};
use dossier::model::{Model, Scratch};
use dossier::text;

use crate::cli::Outcome;

/// Word pieces of a batch, as when the service is busy.
const BATCH: usize = 512;

/// Runs the encoder over `texts`, which form feeds part, once; each of `threads` takes a share of the windows.
pub fn run(model: &Model, texts: &str, threads: usize) -> Outcome {
    let windows: Vec<Window> = texts
        .split('\u{c}')
        .flat_map(|source| window::cut(source, &text::read(source), &model.pieces, model.description.window).windows)
        .collect();
    let batches = batches(&windows);
    if batches.is_empty() {
        return Err("there is no text to read".into());
    }
    let shares: Vec<_> = batches.chunks(batches.len().div_ceil(threads)).collect();
    let elapsed = thread::scope(|scope| {
        let workers: Vec<_> = shares.iter().map(|share| scope.spawn(|| encode(model, share))).collect();
        workers.into_iter().map(|worker| worker.join().map_err(|_| "a thread panicked")).collect::<Result<Vec<_>, _>>()
    })?;
    let seconds = elapsed.into_iter().max().unwrap_or_default().as_secs_f64();
    let pieces: usize = windows.iter().map(|w| w.pieces.len()).sum();
    writeln!(
        io::stdout(),
        "encoder     {:.0} pieces/s on {threads} threads ({pieces} pieces in {} windows)",
        pieces as f64 / seconds,
        windows.len()
    )?;
    Ok(())
}

/// Time for a share, after its first batch has been run once to warm up.
fn encode(model: &Model, share: &[Vec<&Window>]) -> Duration {
    let mut scratch = Scratch::default();
    model.network.encode(&share[0], &mut scratch);
    let begun = Instant::now();
    for batch in share {
        model.network.encode(batch, &mut scratch);
    }
    begun.elapsed()
}

fn batches(windows: &[Window]) -> Vec<Vec<&Window>> {
    let mut batches: Vec<Vec<&Window>> = Vec::new();
    let mut pieces = BATCH;
    for window in windows {
        if pieces >= BATCH {
            batches.push(Vec::new());
            pieces = 0;
        }
        pieces += window.pieces.len();
        if let Some(batch) = batches.last_mut() {
            batch.push(window);
        }
    }
    batches
}
