//! Signed tokens in compact form: taken apart, and their signature checked with a key that we chose.
//!
//! Nothing in a token's header decides how it is checked: `kid` only names one of our keys, and `alg` must be that key's.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Longer tokens are refused unread.
pub const LONGEST: usize = 4096;

/// Why a token is refused; for the log and for tests, clients only hear `UNAUTHENTICATED`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is longer than [`LONGEST`].
    #[error("too long")]
    TooLong,
    /// It isn't three parts of base64url with JSON in them.
    #[error("malformed")]
    Malformed,
    /// Its header has something that we don't understand and may not ignore.
    #[error("the header has `{0}`")]
    Header(&'static str),
    /// Its `typ` is another one.
    #[error("wrong typ")]
    WrongType,
    /// No key that counts has its `kid`.
    #[error("unknown key")]
    UnknownKey,
    /// Its `alg` isn't that of the key.
    #[error("wrong alg")]
    WrongAlgorithm,
    /// The signature isn't that key's.
    #[error("wrong signature")]
    WrongSignature,
    /// A claim is missing or has the wrong form or value.
    #[error("claim `{0}`")]
    Claim(&'static str),
    /// It counts no more.
    #[error("expired")]
    Expired,
    /// It doesn't count yet.
    #[error("not yet valid")]
    NotYet,
}

/// A token taken apart; nothing in it is proven yet.
#[derive(Clone, Debug)]
pub struct Parts<'t> {
    /// Fields of the header.
    pub header: Map<String, Value>,
    /// Fields of the payload.
    pub claims: Map<String, Value>,
    message: &'t str,
    signature: &'t str,
}

/// Takes a token apart.
///
/// # Errors
/// When it is too long or malformed, or when its header has `crit` or `b64`.
pub fn parse(token: &str) -> Result<Parts<'_>, Refused> {
    if token.len() > LONGEST {
        return Err(Refused::TooLong);
    }
    let (message, signature) = token.rsplit_once('.').ok_or(Refused::Malformed)?;
    let (header, claims) = message.split_once('.').ok_or(Refused::Malformed)?;
    let header = object(header)?;
    for name in ["crit", "b64"] {
        if header.contains_key(name) {
            return Err(Refused::Header(name));
        }
    }
    Ok(Parts {
        header,
        claims: object(claims)?,
        message,
        signature,
    })
}

/// A part as a JSON object; a name that stands twice in it makes it ambiguous and is refused.
fn object(part: &str) -> Result<Map<String, Value>, Refused> {
    let bytes = URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| Refused::Malformed)?;
    serde_json::from_slice::<Unambiguous>(&bytes)
        .map(|object| object.0)
        .map_err(|_| Refused::Malformed)
}

struct Unambiguous(Map<String, Value>);

impl<'de> Deserialize<'de> for Unambiguous {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Unambiguous;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut access: A,
            ) -> Result<Self::Value, A::Error> {
                let mut fields = Map::new();
                while let Some((name, value)) = access.next_entry::<String, Value>()? {
                    if fields.insert(name, value).is_some() {
                        return Err(serde::de::Error::custom("a name stands twice"));
                    }
                }
                Ok(Unambiguous(fields))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

impl Parts<'_> {
    /// A field of the header, if it is a text.
    #[must_use]
    pub fn header_text(&self, name: &str) -> Option<&str> {
        self.header.get(name)?.as_str()
    }

    /// A claim, if it is a text.
    #[must_use]
    pub fn claim_text(&self, name: &str) -> Option<&str> {
        self.claims.get(name)?.as_str()
    }

    /// A claim that is a moment, in whole seconds.
    #[must_use]
    pub fn claim_seconds(&self, name: &str) -> Option<i64> {
        let value = self.claims.get(name)?;
        value.as_i64().or_else(|| {
            // RFC 7519 allows fractions; what doesn't fit is no moment.
            let seconds = value.as_f64()?.floor();
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the bounds are checked just here"
            )]
            (seconds.abs() < 1e15).then_some(seconds as i64)
        })
    }

    /// What was signed, and the signature.
    #[must_use]
    pub const fn signed(&self) -> [&str; 2] {
        [self.message, self.signature]
    }

    /// Is the signature that of this key, with this key's algorithm?
    ///
    /// # Errors
    /// When the header names another algorithm or the signature is wrong.
    pub fn verify(&self, key: &DecodingKey, algorithm: Algorithm) -> Result<(), Refused> {
        let named = self
            .header_text("alg")
            .and_then(|name| name.parse::<Algorithm>().ok());
        if named != Some(algorithm) || key.family() != algorithm.family() {
            return Err(Refused::WrongAlgorithm);
        }
        let right =
            jsonwebtoken::crypto::verify(self.signature, self.message.as_bytes(), key, algorithm);
        if right.unwrap_or(false) {
            Ok(())
        } else {
            Err(Refused::WrongSignature)
        }
    }

    /// Holds `exp` (which must be there) and `nbf` against the time, with `leeway` seconds for clocks that differ.
    ///
    /// # Errors
    /// When it counts no more or not yet.
    pub fn check_time(&self, now: i64, leeway: i64) -> Result<i64, Refused> {
        let expires = self.claim_seconds("exp").ok_or(Refused::Claim("exp"))?;
        if now >= expires.saturating_add(leeway) {
            return Err(Refused::Expired);
        }
        match (self.claim_seconds("nbf"), self.claims.contains_key("nbf")) {
            (None, true) => Err(Refused::Claim("nbf")),
            (Some(from), _) if now < from.saturating_sub(leeway) => Err(Refused::NotYet),
            _ => Ok(expires),
        }
    }
}

/// Makes a token.
///
/// # Errors
/// When the key can't sign with that algorithm.
pub fn make(
    header: &impl Serialize,
    claims: &impl Serialize,
    key: &EncodingKey,
    algorithm: Algorithm,
) -> crate::error::Result<String> {
    let message = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(header)?),
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims)?)
    );
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), key, algorithm)
        .map_err(crate::error::Error::internal)?;
    Ok(format!("{message}.{signature}"))
}
