//! Reading a provider's public keys from its address or from a file.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use reqwest::{Client, Url, redirect};
use serde_json::Value;

use super::ProviderSettings;
use crate::error::{Error, Result};

/// A larger set of keys is refused.
const LARGEST: usize = 256 * 1024;
/// How long the provider may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where the keys are.
#[derive(Debug)]
pub enum Source {
    /// At an address.
    Web(Client, Url),
    /// In a file.
    File(PathBuf),
}

impl Source {
    /// Where the settings say they are.
    ///
    /// # Errors
    /// When the address is no address or the HTTP client can't be made.
    pub fn new(settings: &ProviderSettings) -> Result<Self> {
        let Some(url) = &settings.jwks_url else {
            return Ok(Self::File(
                settings.jwks_file.clone().unwrap_or_default().into(),
            ));
        };
        // Whoever installed a provider first wins; that is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .timeout(PATIENCE)
            // A redirect could lead to where the address may not.
            .redirect(redirect::Policy::none())
            .build()
            .map_err(Error::internal)?;
        Ok(Self::Web(client, url.parse().map_err(Error::internal)?))
    }

    /// The set of keys.
    ///
    /// # Errors
    /// When it can't be had, is too large or no JSON.
    pub async fn read(&self) -> Result<Value> {
        let text = match self {
            Self::Web(client, url) => get(client, url.clone()).await?,
            Self::File(path) => tokio::fs::read(path).await.map_err(Error::internal)?,
        };
        Ok(serde_json::from_slice(&text)?)
    }
}

async fn get(client: &Client, url: Url) -> Result<Vec<u8>> {
    let answer = client.get(url).send().await.map_err(Error::internal)?;
    if !answer.status().is_success() {
        return Err(Error::internal(format!("it answered {}", answer.status())));
    }
    let mut answer = answer;
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(Error::internal)? {
        if body.len() + chunk.len() > LARGEST {
            return Err(Error::internal("its set of keys is too large"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// An address must be `https`, or `http` on this machine.
///
/// # Errors
/// Says what is wrong.
pub fn check_url(url: &str) -> Result<(), &'static str> {
    let url: Url = url.parse().map_err(|_| "jwks_url is no address")?;
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let here = host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    match url.scheme() {
        "https" => Ok(()),
        "http" if here => Ok(()),
        _ => Err("jwks_url is neither https nor on this machine"),
    }
}
