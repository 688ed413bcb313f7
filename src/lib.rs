//! Reads entities, relations and dates out of English documents.

pub mod dates;
pub mod entities;
pub mod extraction;
mod lexicon;
pub mod model;
pub mod pipeline;
pub mod proto;
pub mod relations;
pub mod service;
pub mod syntax;
pub mod text;
pub mod workers;
