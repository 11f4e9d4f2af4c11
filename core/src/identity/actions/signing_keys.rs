//! Replacing the key that signs access tokens, and showing the keys.

use chrono::{DateTime, Utc};
use entity::enums::KeyAlgorithm;
use entity::signing_key;
use serde_json::json;
use uuid::Uuid;

use super::lock;
use crate::access::{Call, Permission};
use crate::app::App;
use crate::audit;
use crate::error::Result;
use crate::identity::keys::{RELOAD_AFTER, generate};
use crate::identity::settings::delta;
use crate::identity::store;
use crate::identity::tokens::LEEWAY;
use crate::work::Work;

/// A signing key without its private half.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyView {
    /// `kid` in tokens.
    pub id: Uuid,
    /// With what it signs.
    pub algorithm: KeyAlgorithm,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// From when it signs no more.
    pub retired_at: Option<DateTime<Utc>>,
    /// From when it verifies no more.
    pub expires_at: Option<DateTime<Utc>>,
}

impl From<signing_key::Model> for KeyView {
    fn from(row: signing_key::Model) -> Self {
        Self {
            id: row.id,
            algorithm: row.algorithm,
            created_at: row.created_at,
            retired_at: row.retired_at,
            expires_at: row.expires_at,
        }
    }
}

/// Makes a new key, which signs at once. The old one goes on verifying until the last token that any server process has
/// signed with it is over.
///
/// # Errors
/// When the viewer may not manage accounts or the database fails.
pub async fn rotate(app: &App, call: &Call, algorithm: Option<KeyAlgorithm>) -> Result<KeyView> {
    call.viewer.require(Permission::UserManage)?;
    let algorithm = algorithm.unwrap_or(app.identity.settings.key_algorithm);
    let mut work = Work::begin(&app.db, call).await?;
    lock(&work).await?;
    let end = call.at + delta(app.identity.settings.access_token_lifetime) + RELOAD_AFTER + LEEWAY;
    store::keys::retire_all(work.tx(), call.at, end).await?;
    let key = store::keys::insert(work.tx(), generate(algorithm, call.at)?).await?;
    work.audit(audit::Entry {
        action: "signing_key.rotate",
        entity_type: "signing_key",
        entity_id: Some(key.id),
        detail: json!({ "algorithm": key.algorithm, "oldKeysVerifyUntil": end }),
    });
    work.commit().await?;
    app.identity.keys.forget();
    Ok(key.into())
}

/// All keys, oldest first, also those that verify no more until housekeeping removes them.
///
/// # Errors
/// When the viewer may not see accounts or the database fails.
pub async fn list(app: &App, call: &Call) -> Result<Vec<KeyView>> {
    call.viewer.require(Permission::UserRead)?;
    let rows = store::keys::all(app.db.reader()).await?;
    Ok(rows.into_iter().map(KeyView::from).collect())
}
