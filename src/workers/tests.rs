use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use super::*;
use crate::extraction::{ReferenceSource, Timings};

fn nothing() -> Extraction {
    Extraction {
        entities: Vec::new(),
        relations: Vec::new(),
        dates: Vec::new(),
        date_ranges: Vec::new(),
        sentences: Vec::new(),
        warnings: Vec::new(),
        reference_time: String::new(),
        reference_source: ReferenceSource::None,
        word_count: 0,
        timings: Timings::default(),
    }
}

fn document(text: &str) -> Arc<Document> {
    Arc::new(Document { text: text.to_owned(), ..Document::default() })
}

/// A pool of one worker that does nothing until it is told to go on, once for each document; it counts its documents.
fn gated(places: usize) -> (Pool, mpsc::Sender<()>, Arc<AtomicUsize>) {
    let (go, gate) = mpsc::channel();
    let gate = std::sync::Mutex::new(gate);
    let started = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&started);
    let work = move |_: &Document, _: &Options| {
        counter.fetch_add(1, Ordering::SeqCst);
        let _ = gate.lock().expect("no worker panics here").recv();
        Ok(nothing())
    };
    (Pool::start(Arc::new(work), 1, places).expect("threads start"), go, started)
}

async fn until_started(started: &AtomicUsize, count: usize) {
    while started.load(Ordering::SeqCst) < count {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn a_full_queue_refuses_at_once_and_recovers() {
    let (pool, go, started) = gated(1);
    let options = Arc::new(Options::default());
    let running = pool.try_submit(document("a"), Arc::clone(&options)).expect("the queue is empty");
    until_started(&started, 1).await;
    let waiting = pool.try_submit(document("b"), Arc::clone(&options)).expect("one place");
    let refused = pool.try_submit(document("c"), Arc::clone(&options));
    assert!(matches!(refused, Err(WorkError::QueueFull)));
    for _ in 0..3 {
        go.send(()).expect("the worker listens");
    }
    running.wait().await.expect("an extraction");
    let extraction = waiting.wait().await.expect("an extraction");
    assert!(extraction.timings.queued > Duration::ZERO);
    let ticket = pool.submit(document("d"), options).await.expect("a place again");
    ticket.wait().await.expect("an extraction");
}

#[tokio::test]
async fn a_document_whose_caller_left_is_not_read() {
    let (pool, go, started) = gated(2);
    let options = Arc::new(Options::default());
    let running = pool.try_submit(document("a"), Arc::clone(&options)).expect("a place");
    until_started(&started, 1).await;
    drop(pool.try_submit(document("left"), Arc::clone(&options)).expect("a place"));
    let last = pool.try_submit(document("b"), options).expect("a place");
    for _ in 0..2 {
        go.send(()).expect("the worker listens");
    }
    running.wait().await.expect("an extraction");
    last.wait().await.expect("an extraction");
    assert_eq!(started.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_panic_costs_one_document_and_not_the_worker() {
    let work = |document: &Document, _: &Options| match document.text.as_str() {
        "bad" => panic!("on purpose"),
        _ => Ok(nothing()),
    };
    let pool = Pool::start(Arc::new(work), 1, 4).expect("threads start");
    let options = Arc::new(Options::default());
    let bad = pool.try_submit(document("bad"), Arc::clone(&options)).expect("a place");
    let good = pool.try_submit(document("good"), options).expect("a place");
    assert!(matches!(bad.wait().await, Err(WorkError::Panicked)));
    good.wait().await.expect("an extraction");
}

#[tokio::test]
async fn a_dropped_pool_finishes_what_is_queued() {
    let (pool, go, _) = gated(4);
    let options = Arc::new(Options::default());
    let tickets: Vec<_> =
        (0..3).map(|_| pool.try_submit(document("a"), Arc::clone(&options)).expect("a place")).collect();
    drop(pool);
    for ticket in tickets {
        go.send(()).expect("the worker listens");
        ticket.wait().await.expect("an extraction");
    }
}
