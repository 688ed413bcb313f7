//! How messages are put on the wire and taken off it.
//!
//! The usual codec answers a message that can't be decoded with INTERNAL, as if the service were at fault. This one
//! answers INVALID_ARGUMENT and names the field.

use std::marker::PhantomData;

use prost::{DecodeError, Message};
use tonic::Status;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};

use super::status::Fault;
use crate::proto::{ExtractRequest, StreamExtractRequest};

/// A message that can travel.
pub trait Wire: Sized + Send + 'static {
    /// Appends the message's bytes to `buffer`.
    fn put(&self, buffer: &mut EncodeBuf<'_>) -> Result<(), Status>;

    /// Reads a message that fills `buffer`.
    fn take(buffer: &mut DecodeBuf<'_>) -> Result<Self, Status>;
}

impl<M: Message + Default + 'static> Wire for M {
    fn put(&self, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        self.encode(buffer).map_err(|error| Status::internal(error.to_string()))
    }

    fn take(buffer: &mut DecodeBuf<'_>) -> Result<Self, Status> {
        M::decode(buffer).map_err(|error| undecodable(&error).into())
    }
}

impl Wire for StreamExtractRequest {
    fn put(&self, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        match &self.0 {
            Ok(request) => request.put(buffer),
            Err(error) => Err(undecodable(error).into()),
        }
    }

    fn take(buffer: &mut DecodeBuf<'_>) -> Result<Self, Status> {
        Ok(Self(ExtractRequest::decode(buffer)))
    }
}

/// The fault of a message that is not valid Protobuf, mostly because a string in it is not valid UTF-8.
pub fn undecodable(error: &DecodeError) -> Fault {
    let error = error.to_string();
    let error = error.strip_prefix("failed to decode Protobuf message: ").unwrap_or(&error);
    // The text lists the fields from the inside out: "Document.text: ExtractRequest.document: invalid string value".
    let mut path = Vec::new();
    let mut rest = error;
    while let Some((head, tail)) = rest.split_once(": ") {
        match head.split_once('.') {
            Some((message, field)) if !message.contains(' ') && !field.contains(' ') => path.push(field),
            _ => break,
        }
        rest = tail;
    }
    path.reverse();
    Fault::invalid(path.join("."), rest)
}

/// The codec of every method.
#[derive(Debug)]
pub struct ProtoCodec<E, D>(PhantomData<(E, D)>);

impl<E, D> Default for ProtoCodec<E, D> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<E: Wire, D: Wire> Codec for ProtoCodec<E, D> {
    type Encode = E;
    type Decode = D;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self::default()
    }

    fn decoder(&mut self) -> Self {
        Self::default()
    }
}

impl<E: Wire, D> Encoder for ProtoCodec<E, D> {
    type Item = E;
    type Error = Status;

    fn encode(&mut self, item: E, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        item.put(buffer)
    }
}

impl<E, D: Wire> Decoder for ProtoCodec<E, D> {
    type Item = D;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<D>, Status> {
        D::take(buffer).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_not_utf8_is_named_by_its_path() {
        // document (1) { text (2): FF }
        let error = ExtractRequest::decode(&[0x0a, 3, 0x12, 1, 0xff][..]).unwrap_err();
        let Fault::Invalid(violations) = undecodable(&error) else { panic!("not an invalid request") };
        assert_eq!(violations[0].field, "document.text");
        assert_eq!(violations[0].description, "invalid string value: data is not UTF-8 encoded");
    }

    #[test]
    fn bytes_that_are_no_message_have_no_path() {
        let error = ExtractRequest::decode(&[0xff][..]).unwrap_err();
        let Fault::Invalid(violations) = undecodable(&error) else { panic!("not an invalid request") };
        assert_eq!(violations[0].field, "");
    }
}
