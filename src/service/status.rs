//! What can go wrong with a request, and the gRPC status that says so.

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};

use crate::pipeline::ExtractError;
use crate::proto;
use crate::workers::WorkError;

/// One field at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Path of the field, e.g. `options.features[2]`; empty where it is not known.
    pub field: String,
    pub description: String,
}

/// Why a request, or one document of several, was not answered with an extraction.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("invalid request: {}", summary(.0))]
    Invalid(Vec<Violation>),
    #[error("the queue is full; try again later")]
    QueueFull,
    #[error("the model is still loading; try again later")]
    Loading,
    #[error("the service is shutting down")]
    Stopping,
    #[error("the caller has left")]
    Cancelled,
    #[error("internal error")]
    Internal,
}

impl Fault {
    /// A request with one field at fault.
    pub fn invalid(field: impl Into<String>, description: impl Into<String>) -> Self {
        Self::Invalid(vec![Violation { field: field.into(), description: description.into() }])
    }

    /// The gRPC code that tells a caller what to do about it.
    pub fn code(&self) -> Code {
        match self {
            Self::Invalid(_) => Code::InvalidArgument,
            Self::QueueFull => Code::ResourceExhausted,
            Self::Loading | Self::Stopping => Code::Unavailable,
            Self::Cancelled => Code::Cancelled,
            Self::Internal => Code::Internal,
        }
    }

    /// The same as an error of one document of several.
    pub fn of_document(self, document_id: String) -> proto::DocumentError {
        let (code, message) = (self.code() as i32, self.to_string());
        let violations = if let Self::Invalid(violations) = self { violations } else { Vec::new() };
        let field_violations = violations
            .into_iter()
            .map(|Violation { field, description }| proto::FieldViolation { field, description })
            .collect();
        proto::DocumentError { document_id, code, message, field_violations }
    }
}

impl From<Fault> for Status {
    fn from(fault: Fault) -> Self {
        let (code, message) = (fault.code(), fault.to_string());
        let Fault::Invalid(violations) = fault else { return Self::new(code, message) };
        let violations: Vec<_> = violations
            .into_iter()
            .map(|violation| tonic_types::FieldViolation::new(violation.field, violation.description))
            .collect();
        Self::with_error_details(code, message, ErrorDetails::with_bad_request(violations))
    }
}

impl From<ExtractError> for Fault {
    fn from(error: ExtractError) -> Self {
        match error {
            ExtractError::InvalidField { field, description } => Self::invalid(field, description),
            ExtractError::Unwanted => Self::Cancelled,
            // What went wrong inside is for the log, not for the caller.
            ExtractError::Internal(description) => {
                tracing::error!(error = description, "extraction failed");
                Self::Internal
            }
        }
    }
}

impl From<WorkError> for Fault {
    fn from(error: WorkError) -> Self {
        match error {
            WorkError::QueueFull => Self::QueueFull,
            WorkError::Stopped => Self::Stopping,
            WorkError::Panicked => Self::Internal,
            WorkError::Extract(error) => error.into(),
        }
    }
}

fn summary(violations: &[Violation]) -> String {
    let parts: Vec<_> = violations
        .iter()
        .map(|violation| match violation.field.as_str() {
            "" => violation.description.clone(),
            field => format!("{field}: {}", violation.description),
        })
        .collect();
    parts.join("; ")
}
