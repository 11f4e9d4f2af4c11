//! Adding an API client of a partner.

use chrono::{DateTime, Utc};
use entity::enums::{ActorKind, UserStatus};
use entity::{api_client, api_client_secret};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{changed, lock};
use crate::access::{Call, Permission, Principal};
use crate::app::App;
use crate::audit;
use crate::db::new_id;
use crate::error::Result;
use crate::identity::rules::check_name;
use crate::identity::{secret, store};
use crate::work::{Once, Work};

/// An API client to be added. Roles are given afterwards, under the rules for giving roles.
#[derive(Clone, Debug, Serialize)]
pub struct NewApiClient {
    /// Its name.
    pub name: String,
    /// The partner for which it acts.
    pub partner_id: Uuid,
}

/// An API client with a new secret, shown this once.
#[derive(Clone)]
pub struct ApiClientSecret {
    /// The client.
    pub client: api_client::Model,
    /// The secret; none when an idempotency key is repeated, for it is kept nowhere.
    pub secret: Option<String>,
    /// When the secrets before it stop counting, where there were any.
    pub old_secrets_end: Option<DateTime<Utc>>,
}

/// Adds an API client.
///
/// # Errors
/// User errors for each thing that is wrong.
pub async fn api_client_create(
    app: &App,
    call: &Call,
    new: NewApiClient,
    idempotency_key: Option<&str>,
) -> Result<ApiClientSecret> {
    call.viewer.require(Permission::UserManage)?;
    let name = check_name(&new.name, "input.name")?.to_owned();
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "apiClientCreate", &new).await? {
        return Ok(ApiClientSecret {
            client: store::accounts::managed_client(work.tx(), &call.viewer, id).await?,
            secret: None,
            old_secrets_end: None,
        });
    }
    lock(&work).await?;
    let partner = Some(new.partner_id);
    store::references::partner(work.tx(), &call.viewer, partner).await?;
    let actor = &call.viewer.actor;
    let row = api_client::Model {
        id: new_id(call.at),
        name,
        partner_id: new.partner_id,
        status: UserStatus::Active,
        epoch: 0,
        trusted_documents_only: false,
        created_by: actor.id.filter(|_| actor.kind == ActorKind::User),
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let client = store::accounts::insert_client(work.tx(), row).await?;
    let secret = add_secret(&work, client.id).await?;
    work.audit(audit::Entry {
        action: "api_client.create",
        entity_type: "api_client",
        entity_id: Some(client.id),
        detail: json!({ "name": client.name, "partnerId": client.partner_id }),
    });
    changed(
        &mut work,
        Principal::ApiClient(client.id),
        "api_client.create",
    );
    work.done(client.id).await?;
    work.commit().await?;
    Ok(ApiClientSecret {
        client,
        secret: Some(secret),
        old_secrets_end: None,
    })
}

/// Makes a secret for a client; only its hash is kept.
pub(super) async fn add_secret(work: &Work<'_>, client: Uuid) -> Result<String> {
    let at = work.call().at;
    let new = secret::new(secret::CLIENT)?;
    let row = api_client_secret::Model {
        id: new_id(at),
        api_client_id: client,
        secret_hash: secret::hash(&new),
        created_at: at,
        expires_at: None,
        revoked_at: None,
    };
    store::secrets::insert(work.tx(), row).await?;
    Ok(new)
}
