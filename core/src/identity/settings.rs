//! What the configuration says about sign-in.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono::TimeDelta;
use entity::enums::KeyAlgorithm;
use serde::{Deserialize, Serialize};

use super::providers::check_provider;
use crate::config::span;
use crate::error::{Error, Result};

/// The `identity` part of the configuration.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// `iss` of our access tokens; the public URL when not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// `aud` of our access tokens.
    pub audience: String,
    /// How long an access token counts.
    #[serde(with = "span")]
    pub access_token_lifetime: Duration,
    /// How long a session, and with it its refresh tokens, lasts at most.
    #[serde(with = "span")]
    pub session_lifetime: Duration,
    /// For how long a used refresh token may be repeated, when its answer was lost on the way.
    #[serde(with = "span")]
    pub refresh_grace: Duration,
    /// With what new signing keys sign: `ed_dsa` or `es256`.
    pub key_algorithm: KeyAlgorithm,
    /// The cost of password hashes.
    pub passwords: PasswordSettings,
    /// How many sign-ins fail before the next has to wait.
    pub limits: LimitSettings,
    /// The company's own identity providers whose tokens are accepted too.
    pub identity_providers: Vec<ProviderSettings>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            issuer: None,
            audience: "aftercare".to_owned(),
            access_token_lifetime: Duration::from_secs(600),
            session_lifetime: Duration::from_secs(30 * 86_400),
            refresh_grace: Duration::from_secs(10),
            key_algorithm: KeyAlgorithm::EdDsa,
            passwords: PasswordSettings::default(),
            limits: LimitSettings::default(),
            identity_providers: Vec::new(),
        }
    }
}

/// The least and the most seconds that an access token counts.
pub const ACCESS_TOKEN_SECONDS: (u64, u64) = (30, 3_600);
/// The least and the most seconds that a session lasts.
pub const SESSION_SECONDS: (u64, u64) = (3_600, 365 * 86_400);
/// The most seconds for which a used refresh token may be repeated.
pub const GRACE_SECONDS: u64 = 60;

impl Settings {
    /// Holds the settings against each other.
    ///
    /// # Errors
    /// Names the first setting that is wrong.
    pub fn check(&self) -> Result<()> {
        let wrong = |name: &str, why: &str| Err(Error::internal(format!("identity.{name}: {why}")));
        let issuer = self.issuer.as_deref().unwrap_or_default();
        if issuer.is_empty() {
            return wrong("issuer", "is empty");
        }
        if self.audience.is_empty() {
            return wrong("audience", "is empty");
        }
        let lies = |length: Duration, (least, most): (u64, u64)| {
            (Duration::from_secs(least)..=Duration::from_secs(most)).contains(&length)
        };
        if !lies(self.access_token_lifetime, ACCESS_TOKEN_SECONDS) {
            return wrong("access_token_lifetime", "is not between 30s and 1h");
        }
        if !lies(self.session_lifetime, SESSION_SECONDS) {
            return wrong("session_lifetime", "is not between 1h and 365d");
        }
        if self.refresh_grace > Duration::from_secs(GRACE_SECONDS) {
            return wrong("refresh_grace", "is more than 60s");
        }
        let mut issuers = BTreeSet::from([issuer]);
        for provider in &self.identity_providers {
            if let Err(why) = check_provider(provider) {
                return wrong("identity_providers", &format!("{}: {why}", provider.issuer));
            }
            if !issuers.insert(&provider.issuer) {
                return wrong("identity_providers", "two have one issuer, or ours");
            }
        }
        Ok(())
    }
}

/// A length of time of the configuration, as times are reckoned with.
#[must_use]
pub fn delta(span: Duration) -> TimeDelta {
    TimeDelta::from_std(span).unwrap_or(TimeDelta::MAX)
}

/// The cost of password hashes (Argon2id), and how many are made at once.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PasswordSettings {
    /// Memory of one hash in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub iterations: u32,
    /// Lanes of one hash.
    pub lanes: u32,
    /// Hashes computed at once; each holds a thread and its memory.
    pub at_once: usize,
    /// Hashes that may wait for their turn; who comes later is told to try again.
    pub waiting: usize,
}

impl Default for PasswordSettings {
    fn default() -> Self {
        Self {
            memory_kib: 19_456,
            iterations: 2,
            lanes: 1,
            at_once: 2,
            waiting: 64,
        }
    }
}

impl PasswordSettings {
    /// Hashes that cost next to nothing: for tests and for loading demo data, never for real passwords.
    #[must_use]
    pub fn cheap() -> Self {
        Self {
            memory_kib: 64,
            iterations: 1,
            ..Self::default()
        }
    }
}

/// Leaky buckets: so many failures at once, then one more each so many seconds.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitSettings {
    /// Failures at once of one login from one address.
    pub login_burst: u32,
    /// Seconds until one of them is forgotten.
    pub login_seconds: u32,
    /// Failures at once from one address, whatever the login.
    pub address_burst: u32,
    /// Seconds until one of them is forgotten.
    pub address_seconds: u32,
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            login_burst: 5,
            login_seconds: 30,
            address_burst: 50,
            address_seconds: 3,
        }
    }
}

/// An identity provider whose tokens are accepted: its users sign in there and are known here by their login.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProviderSettings {
    /// `iss` of its tokens, exactly.
    pub issuer: String,
    /// The `aud` that its tokens for us carry.
    pub audience: String,
    /// Where its public keys are: `https`, or `http` on this machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jwks_url: Option<String>,
    /// A file with its public keys, instead of `jwks_url`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jwks_file: Option<String>,
    /// The claim that holds our login; without it `preferred_username`, else `email`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login_claim: Option<String>,
    /// The claim that holds groups or roles, a text or a list of texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles_claim: Option<String>,
    /// From a value of `roles_claim` to the keys of our roles. A user has the roles that both the database and this
    /// mapping give; without `roles_claim` the database alone decides.
    pub roles: BTreeMap<String, Vec<String>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours() -> Settings {
        Settings {
            issuer: Some("aftercare".to_owned()),
            ..Settings::default()
        }
    }

    #[test]
    fn settings_that_contradict_themselves_are_named() {
        assert!(ours().check().is_ok());
        let provider = ProviderSettings {
            issuer: "https://login.example.com".to_owned(),
            audience: "aftercare".to_owned(),
            jwks_url: Some("https://login.example.com/keys".to_owned()),
            ..ProviderSettings::default()
        };
        let with = |provider: ProviderSettings| Settings {
            identity_providers: vec![provider],
            ..ours()
        };
        assert!(with(provider.clone()).check().is_ok());
        let plain_http = |url: &str| ProviderSettings {
            jwks_url: Some(url.to_owned()),
            ..provider.clone()
        };
        assert!(with(plain_http("http://127.0.0.1:9/keys")).check().is_ok());
        for wrong in [
            with(plain_http("http://login.example.com/keys")),
            with(plain_http("file:///etc/keys")),
            with(ProviderSettings {
                issuer: "aftercare".to_owned(),
                ..provider.clone()
            }),
            with(ProviderSettings {
                jwks_url: None,
                ..provider.clone()
            }),
            with(ProviderSettings {
                jwks_file: Some("keys".to_owned()),
                ..provider.clone()
            }),
            with(ProviderSettings {
                audience: String::new(),
                ..provider.clone()
            }),
            with(ProviderSettings {
                roles_claim: Some("groups".to_owned()),
                ..provider
            }),
            Settings {
                access_token_lifetime: Duration::from_secs(1),
                ..ours()
            },
            Settings {
                session_lifetime: Duration::ZERO,
                ..ours()
            },
            Settings {
                issuer: None,
                ..ours()
            },
        ] {
            assert!(wrong.check().is_err(), "{wrong:?}");
        }
    }
}
