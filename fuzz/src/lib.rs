//! The part of the service that is fuzzed, compiled from its sources: through the service's crate, the targets would
//! take the model and the server along, and many minutes to build.

#[path = "../../src/dates/mod.rs"]
pub mod dates;
#[path = "../../src/extraction.rs"]
pub mod extraction;
