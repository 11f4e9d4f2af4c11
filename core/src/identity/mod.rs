//! Who is asking: users, API clients, sign-in, sessions, tokens and the keys that sign them.
//!
//! Words
//! - A **user** is a person's account, an **API client** the account of a partner's system; both are **principals**.
//! - A **session** begins with a sign-in. From it are drawn **access tokens** (minutes long, signed, checked without the
//!   database but for one number) and **refresh tokens** (opaque, good for one use, kept as hashes).
//! - An account's **epoch** rises when all its access tokens so far are to stop counting.
//! - A client's **trusted documents** are those that it may send by an id; some clients may run no others.
//! - A **provider** is the company's own identity provider; its tokens are accepted for users that exist here.
//!
//! Invariants
//! - What a token says is an upper bound: roles, sessions and accounts are looked up in the database (or in memory under
//!   an unchanged access epoch), so that what is taken away is gone with the next request.
//! - The algorithm of a signature comes from the key, never from the token.
//! - Sign-in says the same, and takes as long, for an unknown login, a wrong password and a disabled account.
//! - No password, secret, token or hash of one is ever in a log, an audit entry, an event or an error.
//! - One active user who may manage roles remains.
//!
//! To add a way to sign in: one file in `actions/` that proves who it is and calls `actions::open_session`. To accept
//! another kind of token: one branch in [`authenticate`] that proves a subject.

mod actions;
mod authenticate;
pub mod bucket;
pub mod documents;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod jws;
mod key_cache;
pub mod keys;
pub mod oauth;
pub mod pass;
pub mod password;
mod proven;
mod providers;
mod rules;
pub mod secret;
mod settings;
pub mod store;
mod tokens;
mod viewers;

use chrono_tz::Tz;

pub use actions::{
    ApiClientSecret, Forgotten, NewApiClient, NewUser, SessionTokens, TrustChange,
    api_client_create, api_client_disable, api_client_documents_forget,
    api_client_documents_restrict, api_client_documents_trust, api_client_secret_rotate,
    api_client_sign_in, password_change, sign_in, sign_out, sign_out_everywhere, token_refresh,
    user_create, user_disable, user_enable, user_password_reset,
};
pub use authenticate::{authenticate, revalidate, viewer_of_member};
pub use key_cache::jwks;
pub use settings::{
    ACCESS_TOKEN_SECONDS, GRACE_SECONDS, LimitSettings, PasswordSettings, ProviderSettings,
    SESSION_SECONDS, Settings,
};
pub use store::accounts::{locale_of_customer, members_of_users};

use crate::error::Result;

/// What sign-in keeps in memory: settings, keys, limits and caches.
#[derive(Debug)]
pub struct Identity {
    settings: Settings,
    zone: Tz,
    hasher: password::Hasher,
    login_failures: bucket::Buckets<(String, Option<String>)>,
    address_failures: bucket::Buckets<Option<String>>,
    keys: key_cache::KeyCache,
    viewers: viewers::Viewers,
    documents: documents::Lists,
    providers: providers::Providers,
}

impl Identity {
    /// Wires sign-in; `zone` is the organisation's time zone.
    ///
    /// # Errors
    /// When the settings contradict themselves; the message names the setting.
    pub fn new(settings: Settings, zone: Tz) -> Result<Self> {
        settings.check()?;
        let limits = &settings.limits;
        Ok(Self {
            zone,
            hasher: password::Hasher::new(&settings.passwords)?,
            login_failures: bucket::Buckets::new(bucket::Limit::new(
                limits.login_burst,
                limits.login_seconds,
            )),
            address_failures: bucket::Buckets::new(bucket::Limit::new(
                limits.address_burst,
                limits.address_seconds,
            )),
            keys: key_cache::KeyCache::default(),
            viewers: viewers::Viewers::default(),
            documents: documents::Lists::default(),
            providers: providers::Providers::new(&settings.identity_providers)?,
            settings,
        })
    }

    /// Computes and checks password hashes; the demo loader hashes its users' passwords with it.
    #[must_use]
    pub fn hasher(&self) -> &password::Hasher {
        &self.hasher
    }

    /// `iss` of our tokens; that there is one was checked when it was wired.
    fn issuer(&self) -> &str {
        self.settings.issuer.as_deref().unwrap_or_default()
    }

    fn parties(&self) -> tokens::Parties<'_> {
        tokens::Parties {
            issuer: self.issuer(),
            audience: &self.settings.audience,
        }
    }
}
