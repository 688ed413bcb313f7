//! Compiles the gRPC contract: server, client and the descriptors that reflection serves.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use prost::Message;

const PROTOS: [&str; 3] =
    ["dossier/v1/extraction.proto", "dossier/v1/extraction_service.proto", "dossier/v1/service_info.proto"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=proto");
    let descriptors = protox::compile(PROTOS, ["proto"])?;
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    fs::write(out.join("dossier_descriptor.bin"), descriptors.encode_to_vec())?;
    tonic_prost_build::configure()
        // Kept by hand, so that it can hold a document that could not be decoded.
        .extern_path(".dossier.v1.StreamExtractRequest", "crate::proto::StreamExtractRequest")
        .codec_path("crate::service::codec::ProtoCodec")
        .compile_fds(descriptors)?;
    Ok(())
}
