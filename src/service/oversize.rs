//! A message over the size limit is the caller's fault like any other: INVALID_ARGUMENT, where the transport, which
//! refuses it before it is decoded, says OUT_OF_RANGE.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use tonic::body::Body;
use tonic::{Code, Status};
use tower::{Layer, Service};

use super::status::Fault;

/// The status of a message that could not be received. The service itself never answers OUT_OF_RANGE.
pub fn explain(status: Status) -> Status {
    match status.code() {
        Code::OutOfRange => Fault::invalid("", status.message()).into(),
        _ => status,
    }
}

/// Puts [`explain`] around a service.
#[derive(Clone, Copy, Debug)]
pub struct Oversize;

impl<S> Layer<S> for Oversize {
    type Service = Explained<S>;

    fn layer(&self, inner: S) -> Explained<S> {
        Explained(inner)
    }
}

/// A service whose refusals are explained.
#[derive(Clone, Debug)]
pub struct Explained<S>(S);

impl<S> Service<http::Request<Body>> for Explained<S>
where
    S: Service<http::Request<Body>, Response = http::Response<Body>, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let response = self.0.call(request);
        Box::pin(async move {
            let response = response.await?;
            // A refusal without a body has its status in the headers.
            match Status::from_header_map(response.headers()) {
                Some(status) if status.code() == Code::OutOfRange => Ok(explain(status).into_http()),
                _ => Ok(response),
            }
        })
    }
}
