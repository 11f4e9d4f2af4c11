//! Signing keys: made, kept in a ring, published.
//!
//! The newest key that isn't retired signs. A retired key goes on verifying until its last token has expired, and
//! stands in the published set until then.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::KeyAlgorithm;
use entity::signing_key;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use serde_json::{Value, json};

pub use super::actions::{KeyView, list, rotate};
use super::jws::{Parts, Refused};
use super::proven::Proven;
use super::secret;
use crate::db;
use crate::error::{Error, Result};

/// PKCS#8 up to the 32 bytes of an Ed25519 private key (RFC 8410).
const ED25519_FRAME: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];
/// PKCS#8 up to the 32 bytes of a P-256 private key (RFC 5915, without the public half).
const P256_FRAME: [u8; 35] = [
    0x30, 0x41, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
    0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x27, 0x30, 0x25, 0x02, 0x01,
    0x01, 0x04, 0x20,
];

/// How long a server process may go on signing with a key that another process has retired.
pub const RELOAD_AFTER: TimeDelta = TimeDelta::seconds(60);

/// The algorithm's name in tokens.
#[must_use]
pub const fn algorithm_of(kind: KeyAlgorithm) -> Algorithm {
    match kind {
        KeyAlgorithm::EdDsa => Algorithm::EdDSA,
        KeyAlgorithm::Es256 => Algorithm::ES256,
    }
}

/// A new key as the row that keeps it.
///
/// # Errors
/// When the system has no randomness.
pub fn generate(algorithm: KeyAlgorithm, at: DateTime<Utc>) -> Result<signing_key::Model> {
    let id = db::new_id(at);
    loop {
        let mut der = match algorithm {
            KeyAlgorithm::EdDsa => ED25519_FRAME.to_vec(),
            KeyAlgorithm::Es256 => P256_FRAME.to_vec(),
        };
        der.extend_from_slice(&secret::bytes::<32>()?);
        let private = match algorithm {
            KeyAlgorithm::EdDsa => EncodingKey::from_ed_der(&der),
            KeyAlgorithm::Es256 => EncodingKey::from_ec_der(&der),
        };
        let Ok(jwk) = Jwk::from_encoding_key(&private, algorithm_of(algorithm)) else {
            // Not every 32 bytes are a number below the order of P-256; nearly all are.
            continue;
        };
        let mut public_jwk = serde_json::to_value(jwk)?;
        if let Some(fields) = public_jwk.as_object_mut() {
            fields.insert("kid".to_owned(), id.to_string().into());
            fields.insert("use".to_owned(), "sig".into());
        }
        return Ok(signing_key::Model {
            id,
            algorithm,
            public_jwk,
            private_pem: pem(&der),
            created_at: at,
            retired_at: None,
            expires_at: None,
        });
    }
}

fn pem(der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut pem = "-----BEGIN PRIVATE KEY-----\n".to_owned();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, further) = rest.split_at(rest.len().min(64));
        pem.push_str(line);
        pem.push('\n');
        rest = further;
    }
    pem.push_str("-----END PRIVATE KEY-----\n");
    pem
}

/// A key, ready for use.
#[derive(Clone)]
pub struct Key {
    /// `kid` in tokens.
    pub kid: String,
    /// The only algorithm it is used with.
    pub algorithm: Algorithm,
    /// Checks signatures.
    pub public: DecodingKey,
    /// Makes signatures.
    pub private: EncodingKey,
    jwk: Value,
    created_at: DateTime<Utc>,
    retired_at: Option<DateTime<Utc>>,
    expires_at: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Key")
            .field("kid", &self.kid)
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}

impl Key {
    /// The key of a row.
    ///
    /// # Errors
    /// When the row's key can't be read.
    pub fn from_row(row: &signing_key::Model) -> Result<Self> {
        let jwk: Jwk = serde_json::from_value(row.public_jwk.clone())?;
        let pem = row.private_pem.as_bytes();
        let private = match row.algorithm {
            KeyAlgorithm::EdDsa => EncodingKey::from_ed_pem(pem),
            KeyAlgorithm::Es256 => EncodingKey::from_ec_pem(pem),
        };
        Ok(Self {
            kid: row.id.to_string(),
            algorithm: algorithm_of(row.algorithm),
            public: DecodingKey::from_jwk(&jwk).map_err(Error::internal)?,
            private: private.map_err(Error::internal)?,
            jwk: row.public_jwk.clone(),
            created_at: row.created_at,
            retired_at: row.retired_at,
            expires_at: row.expires_at,
        })
    }

    /// When it stopped signing, if it has.
    #[must_use]
    pub const fn retired_at(&self) -> Option<DateTime<Utc>> {
        self.retired_at
    }

    fn verifies(&self, at: DateTime<Utc>) -> bool {
        self.expires_at.is_none_or(|end| at < end)
    }

    fn signs(&self, at: DateTime<Utc>) -> bool {
        self.verifies(at) && self.retired_at.is_none_or(|end| at < end)
    }
}

/// All keys that this process knows of, and what was checked with them.
#[derive(Debug, Default)]
pub struct Ring {
    keys: Vec<Key>,
    proven: Proven,
}

impl Ring {
    /// The ring of some rows.
    ///
    /// # Errors
    /// When a row's key can't be read.
    pub fn from_rows(rows: &[signing_key::Model]) -> Result<Self> {
        Ok(Self {
            keys: rows.iter().map(Key::from_row).collect::<Result<_>>()?,
            proven: Proven::default(),
        })
    }

    /// The key that signs.
    #[must_use]
    pub fn signing(&self, at: DateTime<Utc>) -> Option<&Key> {
        self.keys
            .iter()
            .filter(|key| key.signs(at))
            .max_by(|a, b| (a.created_at, &a.kid).cmp(&(b.created_at, &b.kid)))
    }

    /// The key of that name, while it verifies.
    #[must_use]
    pub fn verifying(&self, kid: &str, at: DateTime<Utc>) -> Option<&Key> {
        self.keys
            .iter()
            .find(|key| key.kid == kid && key.verifies(at))
    }

    /// Is the token's signature that of one of our keys?
    ///
    /// # Errors
    /// When the header names another algorithm or the signature is wrong.
    pub fn prove(&self, token: &Parts<'_>, key: &Key) -> Result<(), Refused> {
        self.proven.or_check(token.signed(), &key.kid, || {
            token.verify(&key.public, key.algorithm)
        })
    }

    /// The public halves, as published.
    #[must_use]
    pub fn published(&self, at: DateTime<Utc>) -> Value {
        let keys: Vec<&Value> = self
            .keys
            .iter()
            .filter(|key| key.verifies(at))
            .map(|key| &key.jwk)
            .collect();
        json!({ "keys": keys })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_760_000_000 + second, 0).expect("a valid time")
    }

    #[test]
    fn a_new_key_signs_and_publishes_only_its_public_half() {
        for algorithm in [KeyAlgorithm::EdDsa, KeyAlgorithm::Es256] {
            let row = generate(algorithm, at(0)).expect("a key");
            let key = Key::from_row(&row).expect("a readable key");
            let signature =
                jsonwebtoken::crypto::sign(b"words", &key.private, key.algorithm).expect("signs");
            let right =
                jsonwebtoken::crypto::verify(&signature, b"words", &key.public, key.algorithm);
            assert!(right.expect("verifies"), "{algorithm:?}");
            let names: Vec<&String> = row
                .public_jwk
                .as_object()
                .expect("an object")
                .keys()
                .collect();
            assert!(
                !names
                    .iter()
                    .any(|name| matches!(name.as_str(), "d" | "k" | "p" | "q")),
                "{names:?}"
            );
        }
    }

    #[test]
    fn a_retired_key_verifies_on_but_signs_no_more() {
        let old = signing_key::Model {
            retired_at: Some(at(100)),
            expires_at: Some(at(700)),
            ..generate(KeyAlgorithm::EdDsa, at(0)).expect("a key")
        };
        let new = generate(KeyAlgorithm::Es256, at(100)).expect("a key");
        let ring = Ring::from_rows(&[old.clone(), new.clone()]).expect("a ring");
        let kid = |at| ring.signing(at).map(|key| key.kid.clone());
        assert_eq!(kid(at(100)), Some(new.id.to_string()));
        for (second, verifies) in [(50, true), (100, true), (699, true), (700, false)] {
            let found = ring.verifying(&old.id.to_string(), at(second)).is_some();
            assert_eq!(found, verifies, "at second {second}");
            let published = ring.published(at(second))["keys"]
                .as_array()
                .map_or(0, Vec::len);
            assert_eq!(
                published,
                if verifies { 2 } else { 1 },
                "at second {second}"
            );
        }
    }
}
