//! Tokens and public keys for the targets in `fuzz/`.

use std::sync::OnceLock;

use chrono::{DateTime, Utc};
use entity::enums::KeyAlgorithm;
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};

use super::keys::{Ring, generate};
use super::tokens::{self, Parties};
use super::{jws, providers};

/// The ring with one key of ours.
fn ring() -> &'static Ring {
    static RING: OnceLock<Ring> = OnceLock::new();
    RING.get_or_init(|| {
        let row = generate(KeyAlgorithm::EdDsa, DateTime::UNIX_EPOCH).expect("a key");
        Ring::from_rows(&[row]).expect("a ring")
    })
}

const PARTIES: Parties<'static> = Parties {
    issuer: "a",
    audience: "a",
};

/// Takes a token apart and holds it against our key and the time; nobody can make one that passes.
pub fn token(text: &str, at: DateTime<Utc>) {
    let Ok(parts) = jws::parse(text) else { return };
    assert!(tokens::check(&parts, ring(), PARTIES, at).is_err());
    let _ = parts.check_time(at.timestamp(), 30);
}

/// Reads claims that we have signed ourselves, whatever they say.
pub fn claims(claims: &Value, at: DateTime<Utc>) {
    let Some(key) = ring().signing(at) else {
        return;
    };
    let header = json!({ "alg": "EdDSA", "typ": "at+jwt", "kid": key.kid });
    let made = jws::make(&header, claims, &key.private, key.algorithm).expect("a token");
    if let Ok(parts) = jws::parse(&made) {
        let _ = tokens::check(&parts, ring(), PARTIES, at);
    }
}

/// Reads a provider's key set, and checks a token with each key that can be used.
pub fn provider_keys(set: &Value, token: &str) {
    let parts = jws::parse(token);
    for key in providers::usable(set) {
        assert!(matches!(
            key.algorithm,
            Algorithm::RS256 | Algorithm::ES256 | Algorithm::EdDSA
        ));
        if let Ok(parts) = &parts {
            let _ = parts.verify(&key.key, key.algorithm);
        }
    }
}
