//! How windows are handed out, with readers that read nothing.

use std::cell::Cell;
use std::iter;
use std::sync::Mutex;

use super::*;

/// The windows' documents, in the order in which they were read.
type Log = Arc<Mutex<Vec<i32>>>;

const LONG: i32 = 1;
const SHORT: i32 = 2;
/// Makes its reader panic.
const BAD: i32 = 3;

/// Threads whose readers note whose window it is, and find a title at the window's index.
fn noting(threads: usize) -> (Inference, Log) {
    let log = Log::default();
    let reader_log = Arc::clone(&log);
    let reader = move || {
        let log = Arc::clone(&reader_log);
        move |batch: &[Job]| {
            // The last first: the order of answers must not matter.
            for job in batch.iter().rev() {
                let document = job.window.pieces[0];
                assert_ne!(document, BAD, "on purpose");
                log.lock().expect("no reader panics here").push(document);
                let titles = iter::once(job.index..job.index + 1).collect();
                let reading = Reading { titles, ..Reading::default() };
                let _ = job.reply.send((job.index, Ok(reading)));
            }
        }
    };
    (Inference::start_readers(threads, reader).expect("threads start"), log)
}

/// Full windows of a document.
fn windows(document: i32, count: usize) -> Vec<Window> {
    (0..count).map(|_| Window { pieces: vec![document; 192], ..Window::default() }).collect()
}

/// How many of a document's windows were read.
fn read_of(document: i32, log: &Log) -> usize {
    log.lock().expect("no reader panics here").iter().filter(|&&read| read == document).count()
}

#[test]
fn what_is_read_comes_back_in_the_order_of_the_windows() {
    let (inference, _) = noting(3);
    let whole = inference.run(windows(LONG, 100), &|| true).expect("a reading");
    let expected: Vec<_> = (0..100).map(|index| index..index + 1).collect();
    assert_eq!(whole.titles, expected);
}

#[test]
fn a_document_without_windows_is_read() {
    let (inference, _) = noting(1);
    assert!(inference.run(Vec::new(), &|| true).expect("a reading").titles.is_empty());
}

#[test]
fn a_short_document_does_not_wait_for_all_of_a_long_one() {
    let (inference, log) = noting(1);
    // The short one comes when the long one has had nine answers.
    let answers = Cell::new(0);
    let comes_in_between = || {
        answers.set(answers.get() + 1);
        if answers.get() == 10 {
            inference.run(windows(SHORT, 1), &|| true).expect("a reading");
        }
        true
    };
    inference.run(windows(LONG, 100), &comes_in_between).expect("a reading");
    assert_eq!(read_of(LONG, &log), 100);
    let at = log.lock().expect("no reader panics here").iter().position(|&read| read == SHORT).expect("it was read");
    assert!((9..30).contains(&at), "after {at} windows of the long one");
}

#[test]
fn a_document_that_is_not_wanted_any_more_is_not_read_to_its_end() {
    let (inference, log) = noting(1);
    let answers = Cell::new(0);
    let leaves = || {
        answers.set(answers.get() + 1);
        answers.get() < 10
    };
    let stopped = inference.run(windows(LONG, 100), &leaves);
    assert!(matches!(stopped, Err(InferenceError::Unwanted)), "{stopped:?}");
    // Comes after all that was handed out.
    inference.run(windows(SHORT, 1), &|| true).expect("a reading");
    assert!((9..30).contains(&read_of(LONG, &log)), "{}", read_of(LONG, &log));
}

#[test]
fn a_document_that_nobody_wants_is_not_begun() {
    let (inference, log) = noting(1);
    assert!(matches!(inference.run(windows(LONG, 1), &|| false), Err(InferenceError::Unwanted)));
    inference.run(windows(SHORT, 1), &|| true).expect("a reading");
    assert_eq!(read_of(LONG, &log), 0);
}

#[test]
fn a_panic_fails_its_document_and_no_other() {
    let (inference, _) = noting(1);
    let mut mixed = windows(LONG, 20);
    mixed.extend(windows(BAD, 1));
    assert!(matches!(inference.run(mixed, &|| true), Err(InferenceError::Failed(_))));
    inference.run(windows(LONG, 20), &|| true).expect("a reading");
}

#[test]
fn documents_share_two_batches_of_each_thread() {
    for threads in 1..=64 {
        for documents in 1..=2 * threads {
            let share = share(threads, documents);
            assert!(share >= BATCH, "a batch can be filled");
            assert!(share * documents <= 2 * BATCH * threads, "{threads} threads, {documents} documents");
        }
    }
}
