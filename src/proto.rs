//! The messages, client and server of the gRPC contract, as compiled from `proto/dossier/v1`.

use prost::DecodeError;

#[allow(clippy::large_enum_variant, reason = "the generator decides what is boxed")]
mod generated {
    tonic::include_proto!("dossier.v1");
}

pub use generated::*;

/// The encoded descriptors of the contract, for reflection and for the JSON mapping.
pub const FILE_DESCRIPTOR_SET: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dossier_descriptor.bin"));

/// One message of `StreamExtract`: a request, or why its bytes are not one.
///
/// On the wire it is an [`ExtractRequest`]. A message that can't be decoded is handed on rather than refused, so that
/// the stream can answer it with an error and go on.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamExtractRequest(pub Result<ExtractRequest, DecodeError>);

impl From<ExtractRequest> for StreamExtractRequest {
    fn from(request: ExtractRequest) -> Self {
        Self(Ok(request))
    }
}
