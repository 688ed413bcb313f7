//! `dossier healthcheck`.

use std::net::SocketAddr;
use std::time::Duration;

use clap::Args;
use tokio::{runtime, time};
use tonic::transport::Endpoint;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use super::Outcome;

#[derive(Debug, Args)]
pub struct Healthcheck {
    /// Address of the service.
    #[arg(long, value_name = "HOST:PORT", env = "DOSSIER_ADDRESS", default_value = "127.0.0.1:50051")]
    address: String,
    /// Seconds to wait for an answer.
    #[arg(long, value_name = "N", default_value_t = 3)]
    timeout: u64,
}

impl Healthcheck {
    pub fn run(self) -> Outcome {
        let limit = Duration::from_secs(self.timeout);
        let status = runtime::Builder::new_current_thread()
            .enable_all()
            .build()?
            .block_on(async { time::timeout(limit, check(reachable(&self.address))).await })
            .map_err(|_| format!("no answer from {} in {} s", self.address, self.timeout))??;
        println!("{}", status.as_str_name());
        match status {
            ServingStatus::Serving => Ok(()),
            _ => Err(format!("the service at {} does not serve", self.address).into()),
        }
    }
}

async fn check(address: String) -> Result<ServingStatus, Box<dyn std::error::Error>> {
    let channel = Endpoint::from_shared(format!("http://{address}"))?.connect().await?;
    let request = HealthCheckRequest { service: String::new() };
    Ok(HealthClient::new(channel).check(request).await?.into_inner().status())
}

/// Where to reach a service that listens on `address`: one that listens everywhere is here.
fn reachable(address: &str) -> String {
    match address.parse::<SocketAddr>() {
        Ok(address) if address.ip().is_unspecified() => format!("localhost:{}", address.port()),
        _ => address.to_owned(),
    }
}
