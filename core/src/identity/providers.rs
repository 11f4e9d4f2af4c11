//! Tokens of the company's own identity provider: accepted by issuer, public keys and a mapping of claims.

mod fetch;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde_json::Value;
use tokio::sync::Mutex;

use super::jws::{Parts, Refused};
use super::rules::normal_login;
use super::settings::ProviderSettings;
use crate::error::Result;
use fetch::Source;

/// By how much a provider's clock may differ from ours.
const LEEWAY: TimeDelta = TimeDelta::seconds(30);
/// Its keys are read again after this time.
const KEEP: TimeDelta = TimeDelta::minutes(10);
/// When it can't be reached, its last keys still count for this time.
const KEEP_AT_MOST: TimeDelta = TimeDelta::hours(24);
/// For an unknown key, and after a failure, it is asked at most this often.
const PAUSE: TimeDelta = TimeDelta::seconds(30);
/// RSA keys shorter than 2048 bits are not accepted.
const SHORTEST_MODULUS: usize = 256;

/// What a provider's token proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The login of our user.
    pub login: String,
    /// The roles to which the mapping cuts the user down; none where there is no mapping.
    pub roles: Option<Vec<String>>,
    /// When the token counts no more.
    pub expires_at: DateTime<Utc>,
}

/// All configured providers.
#[derive(Debug)]
pub struct Providers(Vec<Provider>);

impl Providers {
    /// The providers of the configuration.
    ///
    /// # Errors
    /// When the HTTP client can't be made.
    pub fn new(settings: &[ProviderSettings]) -> Result<Self> {
        let providers = settings.iter().map(Provider::new);
        Ok(Self(providers.collect::<Result<_>>()?))
    }

    /// The provider of that issuer.
    #[must_use]
    pub fn of_issuer(&self, issuer: &str) -> Option<&Provider> {
        self.0
            .iter()
            .find(|provider| provider.settings.issuer == issuer)
    }
}

/// Holds the settings of one provider against each other.
///
/// # Errors
/// Says what is wrong.
pub fn check_provider(settings: &ProviderSettings) -> Result<(), &'static str> {
    if settings.issuer.is_empty() || settings.audience.is_empty() {
        return Err("issuer and audience are needed");
    }
    match (&settings.jwks_url, &settings.jwks_file) {
        (Some(url), None) => fetch::check_url(url)?,
        (None, Some(_)) => {}
        _ => return Err("give either jwks_url or jwks_file"),
    }
    if settings.roles_claim.is_some() == settings.roles.is_empty() {
        return Err("roles_claim and roles go together");
    }
    Ok(())
}

/// A public key of a provider, with the one algorithm it is used with.
#[derive(Clone, Debug)]
pub(super) struct PublicKey {
    kid: Option<String>,
    pub(super) algorithm: Algorithm,
    pub(super) key: DecodingKey,
}

#[derive(Debug, Default)]
struct Known {
    keys: Arc<Vec<PublicKey>>,
    read_at: Option<DateTime<Utc>>,
    tried_at: Option<DateTime<Utc>>,
}

/// One provider with its keys as last read.
#[derive(Debug)]
pub struct Provider {
    settings: ProviderSettings,
    source: Source,
    known: Mutex<Known>,
}

impl Provider {
    fn new(settings: &ProviderSettings) -> Result<Self> {
        Ok(Self {
            source: Source::new(settings)?,
            settings: settings.clone(),
            known: Mutex::default(),
        })
    }

    /// Checks a token of this provider and says whom it names.
    ///
    /// # Errors
    /// Why it is refused.
    pub async fn check(&self, token: &Parts<'_>, at: DateTime<Utc>) -> Result<Named, Refused> {
        let kid = token.header_text("kid");
        let keys = self.keys(kid, at).await;
        let key = find(&keys, kid).ok_or(Refused::UnknownKey)?;
        token.verify(&key.key, key.algorithm)?;
        read(token, &self.settings, at)
    }

    /// The keys, read again when they are old or don't have the one that is needed.
    async fn keys(&self, kid: Option<&str>, at: DateTime<Utc>) -> Arc<Vec<PublicKey>> {
        let mut known = self.known.lock().await;
        let age = |moment: Option<DateTime<Utc>>| moment.map(|moment| (at - moment).abs());
        let old = age(known.read_at).is_none_or(|age| age >= KEEP);
        let paused = age(known.tried_at).is_some_and(|age| age < PAUSE);
        if (old || find(&known.keys, kid).is_none()) && !paused {
            known.tried_at = Some(at);
            match self.source.read().await {
                Ok(set) => {
                    known.keys = Arc::new(usable(&set));
                    known.read_at = Some(at);
                }
                Err(cause) => {
                    tracing::warn!(issuer = self.settings.issuer, %cause, "the identity provider's keys can't be read");
                }
            }
        }
        if age(known.read_at).is_none_or(|age| age >= KEEP_AT_MOST) {
            return Arc::default();
        }
        Arc::clone(&known.keys)
    }
}

/// The key of that name; a token may go without a name when there is only one.
fn find<'k>(keys: &'k [PublicKey], kid: Option<&str>) -> Option<&'k PublicKey> {
    match (kid, keys) {
        (Some(kid), keys) => keys.iter().find(|key| key.kid.as_deref() == Some(kid)),
        (None, [only]) => Some(only),
        (None, _) => None,
    }
}

/// The keys of a set that we may use; what else stands in it is passed over.
pub(super) fn usable(set: &Value) -> Vec<PublicKey> {
    let keys = set.get("keys").and_then(Value::as_array);
    keys.into_iter()
        .flatten()
        .filter_map(|key| serde_json::from_value::<Jwk>(key.clone()).ok())
        .filter_map(|jwk| {
            let algorithm = algorithm_of(&jwk)?;
            let key = DecodingKey::from_jwk(&jwk).ok()?;
            let sound = match key.kind() {
                jsonwebtoken::DecodingKeyKind::RsaModulusExponent { n, .. } => {
                    n.iter().skip_while(|byte| **byte == 0).count() >= SHORTEST_MODULUS
                }
                // The library slices the first 32 bytes of an Ed25519 key without looking.
                jsonwebtoken::DecodingKeyKind::SecretOrDer(bytes) => match algorithm {
                    Algorithm::EdDSA => bytes.len() == 32,
                    _ => bytes.len() == 65,
                },
            };
            sound.then_some(PublicKey {
                kid: jwk.common.key_id,
                algorithm,
                key,
            })
        })
        .collect()
}

/// The one algorithm of a key: by its kind, and as the set says where it says so.
fn algorithm_of(jwk: &Jwk) -> Option<Algorithm> {
    if !matches!(
        jwk.common.public_key_use,
        None | Some(PublicKeyUse::Signature)
    ) {
        return None;
    }
    let by_kind = match &jwk.algorithm {
        AlgorithmParameters::RSA(_) => Algorithm::RS256,
        AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P256 => {
            Algorithm::ES256
        }
        AlgorithmParameters::OctetKeyPair(pair) if pair.curve == EllipticCurve::Ed25519 => {
            Algorithm::EdDSA
        }
        _ => return None,
    };
    let said = jwk.common.key_algorithm.map(|name| name.to_string());
    match said {
        Some(said) if said.parse() != Ok(by_kind) => None,
        _ => Some(by_kind),
    }
}

/// Reads the claims of a token whose signature is right.
fn read(
    token: &Parts<'_>,
    settings: &ProviderSettings,
    at: DateTime<Utc>,
) -> Result<Named, Refused> {
    if token.claim_text("iss") != Some(settings.issuer.as_str()) {
        return Err(Refused::Claim("iss"));
    }
    let ours = |value: &Value| value.as_str() == Some(settings.audience.as_str());
    let for_us = match token.claims.get("aud") {
        Some(Value::Array(list)) => list.iter().any(ours),
        Some(one) => ours(one),
        None => false,
    };
    if !for_us {
        return Err(Refused::Claim("aud"));
    }
    let expires = token.check_time(at.timestamp(), LEEWAY.num_seconds())?;
    let login = match &settings.login_claim {
        Some(claim) => token.claim_text(claim),
        None => token
            .claim_text("preferred_username")
            .or_else(|| token.claim_text("email")),
    };
    let login = login
        .map(normal_login)
        .filter(|login| !login.is_empty())
        .ok_or(Refused::Claim("login"))?;
    Ok(Named {
        login,
        roles: settings
            .roles_claim
            .as_ref()
            .map(|claim| mapped_roles(token.claims.get(claim), settings)),
        expires_at: DateTime::from_timestamp(expires, 0).ok_or(Refused::Claim("exp"))?,
    })
}

/// The roles that the values of a claim stand for, sorted, each once.
fn mapped_roles(claim: Option<&Value>, settings: &ProviderSettings) -> Vec<String> {
    let values = match claim {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(one)) => vec![one.as_str()],
        _ => Vec::new(),
    };
    let mut roles: Vec<String> = values
        .into_iter()
        .filter_map(|value| settings.roles.get(value))
        .flatten()
        .cloned()
        .collect();
    roles.sort();
    roles.dedup();
    roles
}

#[cfg(test)]
mod tests;
