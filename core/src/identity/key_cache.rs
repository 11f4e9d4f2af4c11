//! The ring of signing keys in the memory of this process, read again when it may be out of date.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use tokio::sync::Mutex;

use super::keys::{Key, RELOAD_AFTER, Ring};
use super::store;
use crate::app::App;
use crate::error::Result;

/// An unknown `kid` makes us look for new keys, but not more often than this.
const UNKNOWN_KEY_PAUSE: TimeDelta = TimeDelta::seconds(1);

#[derive(Clone, Debug)]
struct Loaded {
    ring: Arc<Ring>,
    at: DateTime<Utc>,
}

/// The ring as this process last read it.
#[derive(Debug, Default)]
pub struct KeyCache {
    loaded: RwLock<Option<Loaded>>,
    reading: Mutex<()>,
}

impl KeyCache {
    fn younger_than(&self, age: TimeDelta, at: DateTime<Utc>) -> Option<Arc<Ring>> {
        let loaded = self.loaded.read().unwrap_or_else(PoisonError::into_inner);
        loaded
            .as_ref()
            .filter(|loaded| (at - loaded.at).abs() < age)
            .map(|loaded| Arc::clone(&loaded.ring))
    }

    /// The ring, at most `age` old; many who ask at once read it once.
    async fn ring(&self, app: &App, age: TimeDelta, at: DateTime<Utc>) -> Result<Arc<Ring>> {
        if let Some(ring) = self.younger_than(age, at) {
            return Ok(ring);
        }
        let _reading = self.reading.lock().await;
        if let Some(ring) = self.younger_than(age, at) {
            return Ok(ring);
        }
        let rows = store::keys::still_verifying(app.db.reader(), at).await?;
        let ring = Arc::new(Ring::from_rows(&rows)?);
        let mut loaded = self.loaded.write().unwrap_or_else(PoisonError::into_inner);
        *loaded = Some(Loaded {
            ring: Arc::clone(&ring),
            at,
        });
        Ok(ring)
    }

    /// Forgets the ring after this process has changed the keys.
    pub fn forget(&self) {
        *self.loaded.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// The ring for checking a token signed with `kid`.
///
/// # Errors
/// When the database fails.
pub async fn ring_with(app: &App, kid: Option<&str>, at: DateTime<Utc>) -> Result<Arc<Ring>> {
    let keys = &app.identity.keys;
    let ring = keys.ring(app, RELOAD_AFTER, at).await?;
    match kid {
        Some(kid) if ring.verifying(kid, at).is_none() => {
            // Another process may have rotated a moment ago.
            keys.ring(app, UNKNOWN_KEY_PAUSE, at).await
        }
        _ => Ok(ring),
    }
}

/// The key that signs; the first one is made when there is none yet.
///
/// # Errors
/// When the database fails.
pub async fn signer(app: &App, at: DateTime<Utc>) -> Result<Key> {
    let keys = &app.identity.keys;
    let ring = keys.ring(app, RELOAD_AFTER, at).await?;
    if let Some(key) = ring.signing(at) {
        return Ok(key.clone());
    }
    let row = store::keys::first(&app.db, app.identity.settings.key_algorithm, at).await?;
    keys.forget();
    Key::from_row(&row)
}

/// The document at `/.well-known/jwks.json`: the public halves of all keys that still verify.
///
/// # Errors
/// When the database fails.
pub async fn jwks(app: &App) -> Result<Value> {
    let at = app.clock.now();
    signer(app, at).await?;
    let ring = app.identity.keys.ring(app, RELOAD_AFTER, at).await?;
    Ok(ring.published(at))
}
