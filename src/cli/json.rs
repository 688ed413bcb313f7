//! Messages in the JSON mapping of Protobuf, every field written out.

use std::error::Error;
use std::io::Write;

use dossier::proto::{ExtractResponse, FILE_DESCRIPTOR_SET};
use prost::Message;
use prost_reflect::{DescriptorPool, DynamicMessage, MessageDescriptor, SerializeOptions};

/// Writes responses as JSON, one a line.
pub struct Writer(MessageDescriptor);

impl Writer {
    pub fn new() -> Result<Self, Box<dyn Error>> {
        let pool = DescriptorPool::decode(FILE_DESCRIPTOR_SET)?;
        let descriptor = pool
            .get_message_by_name("dossier.v1.ExtractResponse")
            .ok_or("the contract has no dossier.v1.ExtractResponse")?;
        Ok(Self(descriptor))
    }

    pub fn write(&self, response: &ExtractResponse, mut out: impl Write) -> Result<(), Box<dyn Error>> {
        let message = DynamicMessage::decode(self.0.clone(), response.encode_to_vec().as_slice())?;
        let mut line = serde_json::Serializer::new(Vec::new());
        message.serialize_with_options(&mut line, &SerializeOptions::new().skip_default_fields(false))?;
        let mut line = line.into_inner();
        line.push(b'\n');
        // Kept apart from the above, so that a closed pipe is seen as one.
        Ok(out.write_all(&line)?)
    }
}

#[cfg(test)]
mod tests {
    use dossier::proto::{Polarity, Relation, Span};

    use super::*;

    #[test]
    fn every_field_is_written_but_absent_messages_are_not() {
        let relation = Relation {
            id: "r1".to_owned(),
            trigger: Some(Span { start: 0, end: 3, text: "\"é".to_owned() }),
            polarity: Polarity::Negated.into(),
            confidence: 0.9,
            ..Default::default()
        };
        let response = ExtractResponse { relations: vec![relation], ..Default::default() };
        let mut out = Vec::new();
        Writer::new().expect("the contract").write(&response, &mut out).expect("written");
        assert_eq!(out.iter().filter(|&&byte| byte == b'\n').count(), 1);
        let json: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
        assert_eq!(json["documentId"], "");
        assert_eq!(json["entities"], serde_json::json!([]));
        let relation = &json["relations"][0];
        assert_eq!(relation["trigger"], serde_json::json!({"start": 0, "end": 3, "text": "\"é"}));
        assert_eq!(relation["polarity"], "POLARITY_NEGATED");
        assert_eq!(relation["modality"], "MODALITY_UNSPECIFIED");
        assert_eq!(relation["confidence"].to_string(), "0.9");
        assert!(relation.get("attribution").is_none());
    }
}
