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

fn pool<W>(work: W, threads: usize, documents: usize) -> Pool
where
    W: Fn(&Document, &Options, Wanted<'_>) -> Result<Extraction, ExtractError> + Send + Sync + 'static,
{
    Pool::start(Arc::new(work), threads, Bounds { documents, text_bytes: 1 << 20 }).expect("threads start")
}

/// Queues a document of a caller of its own.
fn submit(pool: &Pool, text: &str) -> Result<Ticket, WorkError> {
    pool.try_submit(pool.caller(), document(text), Arc::new(Options::default()))
}

/// A pool of one worker that does nothing until it is told to go on, once for each document; it counts its documents.
fn gated(documents: usize) -> (Pool, mpsc::Sender<()>, Arc<AtomicUsize>) {
    let (go, gate) = mpsc::channel();
    let gate = std::sync::Mutex::new(gate);
    let started = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&started);
    let work = move |_: &Document, _: &Options, _: Wanted<'_>| {
        counter.fetch_add(1, Ordering::SeqCst);
        let _ = gate.lock().expect("no worker panics here").recv();
        Ok(nothing())
    };
    (pool(work, 1, documents), go, started)
}

async fn until_started(started: &AtomicUsize, count: usize) {
    while started.load(Ordering::SeqCst) < count {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn a_full_queue_refuses_at_once_and_recovers() {
    let (pool, go, started) = gated(1);
    let running = submit(&pool, "a").expect("the queue is empty");
    until_started(&started, 1).await;
    let waiting = submit(&pool, "b").expect("one place");
    assert!(matches!(submit(&pool, "c"), Err(WorkError::QueueFull)));
    for _ in 0..3 {
        go.send(()).expect("the worker listens");
    }
    running.wait().await.expect("an extraction");
    let extraction = waiting.wait().await.expect("an extraction");
    assert!(extraction.timings.queued > Duration::ZERO);
    let ticket = pool.submit(pool.caller(), document("d"), Arc::new(Options::default())).await;
    ticket.wait().await.expect("an extraction");
}

#[tokio::test]
async fn who_waits_for_room_is_let_in_when_a_worker_has_made_some() {
    let (pool, go, started) = gated(2);
    let running = submit(&pool, "a").expect("the queue is empty");
    until_started(&started, 1).await;
    let waiting = submit(&pool, "b").expect("a place");
    let patient = async {
        let ticket = pool.submit(pool.caller(), document("c"), Arc::new(Options::default())).await;
        ticket.wait().await
    };
    let others = async {
        // Comes to its turn when the patient one waits.
        for _ in 0..3 {
            go.send(()).expect("the worker listens");
        }
        running.wait().await.and(waiting.wait().await)
    };
    let (patient, others) = tokio::join!(patient, others);
    others.expect("an extraction");
    patient.expect("an extraction");
}

#[tokio::test]
async fn a_document_whose_caller_left_is_not_read() {
    let (pool, go, started) = gated(2);
    let running = submit(&pool, "a").expect("a place");
    until_started(&started, 1).await;
    drop(submit(&pool, "left").expect("a place"));
    let last = submit(&pool, "b").expect("a place");
    for _ in 0..2 {
        go.send(()).expect("the worker listens");
    }
    running.wait().await.expect("an extraction");
    last.wait().await.expect("an extraction");
    assert_eq!(started.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_document_whose_caller_leaves_is_not_read_to_its_end() {
    let started = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&started);
    let work = move |document: &Document, _: &Options, wanted: Wanted<'_>| {
        counter.fetch_add(1, Ordering::SeqCst);
        if document.text != "endless" {
            return Ok(nothing());
        }
        while wanted() {
            thread::sleep(Duration::from_millis(1));
        }
        Err(ExtractError::Unwanted)
    };
    let pool = pool(work, 1, 4);
    let endless = submit(&pool, "endless").expect("a place");
    until_started(&started, 1).await;
    let next = submit(&pool, "next").expect("a place");
    drop(endless);
    let next = tokio::time::timeout(Duration::from_secs(60), next.wait()).await;
    next.expect("the worker is free").expect("an extraction");
}

#[tokio::test]
async fn a_document_whose_caller_stays_is_wanted() {
    let work = |_: &Document, _: &Options, wanted: Wanted<'_>| match wanted() {
        true => Ok(nothing()),
        false => Err(ExtractError::Unwanted),
    };
    let pool = pool(work, 1, 4);
    submit(&pool, "a").expect("a place").wait().await.expect("an extraction");
}

#[tokio::test]
async fn a_panic_costs_one_document_and_not_the_worker() {
    let work = |document: &Document, _: &Options, _: Wanted<'_>| match document.text.as_str() {
        "good" => Ok(nothing()),
        _ => panic!("on purpose"),
    };
    let pool = pool(work, 1, 4);
    for bad in ["bad", &"long and bad ".repeat(10_000)] {
        let bad = submit(&pool, bad).expect("a place");
        let good = submit(&pool, "good").expect("a place");
        assert!(matches!(bad.wait().await, Err(WorkError::Panicked)));
        good.wait().await.expect("an extraction");
    }
}

#[tokio::test]
async fn long_documents_are_read_one_after_the_other_and_none_is_left() {
    let pool = pool(|_: &Document, _: &Options, _: Wanted<'_>| Ok(nothing()), 3, 64);
    let text = "long ".repeat(50_000);
    let tickets: Vec<_> = (0..4).map(|_| submit(&pool, &text).expect("a place")).collect();
    drop(pool);
    for ticket in tickets {
        ticket.wait().await.expect("an extraction");
    }
}

#[tokio::test]
async fn a_dropped_pool_finishes_what_is_queued() {
    let (pool, go, _) = gated(4);
    let tickets: Vec<_> = (0..3).map(|_| submit(&pool, "a").expect("a place")).collect();
    drop(pool);
    for ticket in tickets {
        go.send(()).expect("the worker listens");
        ticket.wait().await.expect("an extraction");
    }
}

#[tokio::test]
async fn each_caller_is_someone_else() {
    let (pool, ..) = gated(1);
    assert_ne!(pool.caller(), pool.caller());
}
