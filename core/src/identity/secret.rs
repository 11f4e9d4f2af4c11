//! Random secrets and their hashes. They have full entropy, so a fast hash keeps them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// What stands before a refresh token, so that scanners of leaked secrets know it.
pub const REFRESH: &str = "art_";
/// What stands before an API client's secret.
pub const CLIENT: &str = "acs_";

/// Random bytes from the operating system.
///
/// # Errors
/// When the system has none.
pub fn bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    OsRng.try_fill_bytes(&mut bytes).map_err(Error::internal)?;
    Ok(bytes)
}

/// A new secret of 256 bits, behind a prefix.
///
/// # Errors
/// When the system has no randomness.
pub fn new(prefix: &str) -> Result<String> {
    Ok(format!(
        "{prefix}{}",
        URL_SAFE_NO_PAD.encode(bytes::<32>()?)
    ))
}

/// The hash under which a secret is kept: SHA-256 in hex.
#[must_use]
pub fn hash(secret: &str) -> String {
    Sha256::digest(secret.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
