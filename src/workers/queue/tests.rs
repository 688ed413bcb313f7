use std::iter;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use super::*;
use crate::extraction::{Document, Options};
use crate::workers::{Caller, Ticket};

const ROOMY: Bounds = Bounds { documents: 100, text_bytes: 1 << 20 };

fn job(caller: u64, id: &str, bytes: usize) -> (Job, Ticket) {
    let document = Document { id: id.to_owned(), text: "x".repeat(bytes), ..Document::default() };
    Job::new(Caller(caller), Arc::new(document), Arc::new(Options::default()))
}

/// The ticket of a document of some bytes, where it is let in at once.
fn enter(queue: &Queue, caller: u64, id: &str, bytes: usize) -> Option<Ticket> {
    let (job, ticket) = job(caller, id, bytes);
    queue.try_push(job).is_ok().then_some(ticket)
}

/// Looks whether what waits is let in by now.
fn look<F: Future>(waiting: Pin<&mut F>) -> Poll<F::Output> {
    waiting.poll(&mut Context::from_waker(Waker::noop()))
}

/// Does the work on the next document and tells its name.
fn serve(queue: &Queue) -> Option<String> {
    let job = queue.take()?;
    queue.done(&job);
    Some(job.document.id.clone())
}

/// The names of all that waits, in the order of service.
fn rest(queue: &Queue) -> Vec<String> {
    queue.close();
    iter::from_fn(|| serve(queue)).collect()
}

#[test]
fn a_single_call_waits_for_one_document_of_a_stream_and_not_for_all() {
    let queue = Queue::new(ROOMY, 1);
    let (stream, single) = (1, 2);
    let _of_stream = ["first", "second", "third"].map(|id| enter(&queue, stream, id, 10).expect("room"));
    let _single = enter(&queue, single, "single", 10).expect("room");
    assert_eq!(rest(&queue), ["first", "single", "second", "third"]);
}

#[test]
fn callers_are_served_in_turn_each_in_its_own_order() {
    let queue = Queue::new(ROOMY, 1);
    let documents = [(1, "a1"), (1, "a2"), (1, "a3"), (2, "b1"), (2, "b2"), (3, "c1")];
    let _tickets = documents.map(|(caller, id)| enter(&queue, caller, id, 10).expect("room"));
    assert_eq!(rest(&queue), ["a1", "b1", "c1", "a2", "b2", "a3"]);
}

#[test]
fn a_caller_that_comes_again_is_not_served_before_those_who_wait() {
    let queue = Queue::new(ROOMY, 1);
    let _tickets = [(1, "a1"), (2, "b1")].map(|(caller, id)| enter(&queue, caller, id, 10).expect("room"));
    assert_eq!(serve(&queue).as_deref(), Some("a1"));
    let _again = enter(&queue, 1, "a2", 10).expect("room");
    assert_eq!(rest(&queue), ["b1", "a2"]);
}

#[test]
fn so_many_documents_may_wait_and_no_more() {
    let queue = Queue::new(Bounds { documents: 2, ..ROOMY }, 1);
    let _tickets = ["a", "b"].map(|id| enter(&queue, 1, id, 10).expect("room"));
    assert!(enter(&queue, 2, "c", 10).is_none());
}

#[test]
fn so_much_text_may_wait_and_no_more() {
    let queue = Queue::new(Bounds { text_bytes: 100, ..ROOMY }, 1);
    let _first = enter(&queue, 1, "first", 60).expect("room");
    assert!(enter(&queue, 2, "too long", 41).is_none());
    let _second = enter(&queue, 3, "just right", 40).expect("room");
    assert!(enter(&queue, 4, "one byte", 1).is_none());
    assert_eq!(serve(&queue).as_deref(), Some("first"));
    assert!(enter(&queue, 5, "too long", 61).is_none());
    let _third = enter(&queue, 6, "as long as the first", 60).expect("the room of the first");
}

#[test]
fn a_title_is_text_that_waits() {
    let queue = Queue::new(Bounds { text_bytes: 100, ..ROOMY }, 1);
    let document = Document { title: "x".repeat(60), text: "x".repeat(40), ..Document::default() };
    let (titled, _ticket) = Job::new(Caller(1), Arc::new(document), Arc::new(Options::default()));
    assert!(queue.try_push(titled).is_ok());
    assert!(enter(&queue, 2, "one byte", 1).is_none());
}

#[test]
fn a_document_of_any_length_is_let_in_when_no_other_waits() {
    let queue = Queue::new(Bounds { text_bytes: 100, ..ROOMY }, 1);
    let _long = enter(&queue, 1, "long", 1000).expect("nothing waits");
    assert!(enter(&queue, 2, "one byte", 1).is_none());
    assert_eq!(serve(&queue).as_deref(), Some("long"));
    let (long, _ticket) = job(3, "of a stream", 1000);
    assert!(look(pin!(queue.push(long))).is_ready());
}

#[test]
fn those_who_can_wait_leave_half_of_the_documents_to_those_who_cannot() {
    let queue = Queue::new(Bounds { documents: 4, ..ROOMY }, 1);
    let [(first, _a), (second, _b), (third, _c)] = ["s1", "s2", "s3"].map(|id| job(1, id, 10));
    assert!(look(pin!(queue.push(first))).is_ready());
    assert!(look(pin!(queue.push(second))).is_ready());
    let mut third = pin!(queue.push(third));
    assert!(look(third.as_mut()).is_pending());

    let _singles = [(2, "x"), (3, "y")].map(|(caller, id)| enter(&queue, caller, id, 10).expect("the other half"));
    assert!(enter(&queue, 4, "z", 10).is_none());
    for served in ["s1", "x"] {
        assert_eq!(serve(&queue).as_deref(), Some(served));
        assert!(look(third.as_mut()).is_pending());
    }
    assert_eq!(serve(&queue).as_deref(), Some("y"));
    assert!(look(third.as_mut()).is_ready());
    assert_eq!(rest(&queue), ["s2", "s3"]);
}

#[test]
fn those_who_can_wait_leave_half_of_the_text_to_those_who_cannot() {
    let queue = Queue::new(Bounds { text_bytes: 100, ..ROOMY }, 1);
    let [(first, _a), (second, _b)] = [("s1", 50), ("s2", 1)].map(|(id, bytes)| job(1, id, bytes));
    assert!(look(pin!(queue.push(first))).is_ready());
    let mut second = pin!(queue.push(second));
    assert!(look(second.as_mut()).is_pending());
    let _single = enter(&queue, 2, "single", 50).expect("the other half");
    assert_eq!(serve(&queue).as_deref(), Some("s1"));
    assert!(look(second.as_mut()).is_pending());
    assert_eq!(serve(&queue).as_deref(), Some("single"));
    assert!(look(second.as_mut()).is_ready());
}

#[test]
fn those_who_wait_for_room_are_let_in_in_the_order_in_which_they_came() {
    let queue = Queue::new(Bounds { text_bytes: 100, ..ROOMY }, 1);
    let _before = enter(&queue, 1, "before", 30).expect("room");
    let [(first, _a), (second, _b)] = [(2, "first", 30), (3, "second", 10)].map(|(caller, id, n)| job(caller, id, n));
    let mut first = pin!(queue.push(first));
    let mut second = pin!(queue.push(second));
    assert!(look(first.as_mut()).is_pending());
    assert!(look(second.as_mut()).is_pending(), "there is room for it, but not before the first");
    assert_eq!(serve(&queue).as_deref(), Some("before"));
    assert!(look(first.as_mut()).is_ready());
    assert!(look(second.as_mut()).is_ready());
}

#[test]
fn who_waits_for_room_and_leaves_does_not_hold_up_those_behind() {
    let queue = Queue::new(Bounds { documents: 2, ..ROOMY }, 1);
    let _before = enter(&queue, 1, "before", 10).expect("room");
    let [(first, _a), (second, _b)] = [(2, "first"), (3, "second")].map(|(caller, id)| job(caller, id, 10));
    let mut first = Box::pin(queue.push(first));
    let mut second = pin!(queue.push(second));
    assert!(look(first.as_mut()).is_pending());
    assert!(look(second.as_mut()).is_pending());
    assert_eq!(serve(&queue).as_deref(), Some("before"));
    drop(first); // It was told of the room, and can't take it.
    assert!(look(second.as_mut()).is_ready());
}

#[test]
fn those_who_left_are_not_served() {
    let queue = Queue::new(ROOMY, 1);
    let tickets = [(1, "a1"), (1, "a2"), (2, "b1")].map(|(caller, id)| enter(&queue, caller, id, 10).expect("room"));
    let [left, _stays, also_left] = tickets;
    drop((left, also_left));
    assert_eq!(rest(&queue), ["a2"]);
}

#[test]
fn those_who_left_hold_no_room() {
    let queue = Queue::new(Bounds { documents: 4, text_bytes: 100 }, 1);
    let tickets = [(1, "a", 10), (2, "b", 80), (3, "c", 5), (4, "d", 5)];
    let [_a, b, c, d] = tickets.map(|(caller, id, bytes)| enter(&queue, caller, id, bytes).expect("room"));
    assert!(enter(&queue, 5, "e", 80).is_none());
    drop(c);
    assert!(enter(&queue, 5, "e", 80).is_none(), "a place is free, but too little text");
    drop(b);
    let _e = enter(&queue, 5, "e", 80).expect("the room of those who left");
    drop(d);
    let (patient, _ticket) = job(6, "f", 10);
    assert!(look(pin!(queue.push(patient))).is_pending());
    assert_eq!(rest(&queue), ["a", "e"]);
}

#[test]
fn those_who_can_wait_get_the_room_of_those_who_left() {
    let queue = Queue::new(Bounds { documents: 2, ..ROOMY }, 1);
    drop(enter(&queue, 1, "left", 10));
    let (patient, _ticket) = job(2, "patient", 10);
    assert!(look(pin!(queue.push(patient))).is_ready());
    assert_eq!(rest(&queue), ["patient"]);
}

#[test]
fn long_documents_leave_a_worker_to_short_ones() {
    let queue = Queue::new(ROOMY, 2);
    let documents = [(1, "long", LONG), (2, "another long", LONG), (3, "short", 10)];
    let _tickets = documents.map(|(caller, id, bytes)| enter(&queue, caller, id, bytes).expect("room"));
    let long = queue.take().expect("a document");
    assert_eq!(long.document.id, "long");
    assert_eq!(serve(&queue).as_deref(), Some("short"));
    queue.done(&long);
    assert_eq!(serve(&queue).as_deref(), Some("another long"));
}
