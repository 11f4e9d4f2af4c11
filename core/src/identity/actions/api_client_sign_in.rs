//! Signing in as an API client, by id and secret.

use entity::api_client;
use entity::enums::UserStatus;
use serde_json::json;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::sessions::{SessionTokens, by, draw_access, open};
use super::sign_in::counted;
use crate::access::{Call, Principal};
use crate::app::App;
use crate::audit;
use crate::error::{Error, Result, Text, UserError, UserErrorCode};
use crate::identity::authenticate::actor_of_client;
use crate::identity::rules::LONGEST_LOGIN;
use crate::identity::settings::delta;
use crate::identity::{key_cache, secret, store};
use crate::ids::{self, Node};
use crate::work::Work;

/// Begins a session of an API client, as long as its one access token.
///
/// # Errors
/// `BAD_CREDENTIALS` whatever is wrong; `RATE_LIMITED` after too many failures.
pub async fn api_client_sign_in(
    app: &App,
    call: &Call,
    client_id: &str,
    client_secret: &str,
) -> Result<SessionTokens> {
    let name: String = client_id.chars().take(LONGEST_LOGIN + 1).collect();
    counted(app, call, &name, begin(app, call, client_id, client_secret)).await
}

async fn begin(
    app: &App,
    call: &Call,
    client_id: &str,
    client_secret: &str,
) -> Result<SessionTokens> {
    let Some(client) = proven(app, call, client_id, client_secret).await? else {
        return Err(refused());
    };
    let key = key_cache::signer(app, call.at).await?;
    let as_client = by(call, actor_of_client(&client));
    let mut work = Work::begin(&app.db, &as_client).await?;
    let principal = Principal::ApiClient(client.id);
    let session = open(
        &work,
        principal,
        delta(app.identity.settings.access_token_lifetime),
    )
    .await?;
    let tokens = draw_access(app, &work, &key, &session, principal, client.epoch, None).await?;
    work.audit(audit::Entry {
        action: "session.sign_in",
        entity_type: "api_client",
        entity_id: Some(client.id),
        detail: json!({ "session": session.id, "address": session.address }),
    });
    work.commit().await?;
    Ok(tokens)
}

/// The client, if the secret is one of its own that count now. An unknown client costs the same two statements.
async fn proven(
    app: &App,
    call: &Call,
    client_id: &str,
    client_secret: &str,
) -> Result<Option<api_client::Model>> {
    let id = ids::decode(client_id)
        .ok()
        .filter(|(prefix, _)| prefix == api_client::Entity::PREFIX)
        .map_or(Uuid::nil(), |(_, id)| id);
    let client = store::accounts::client(app.db.reader(), id).await?;
    let hashes = store::secrets::live_hashes(app.db.reader(), id, call.at).await?;
    let given = secret::hash(client_secret);
    let mut right = subtle::Choice::from(0);
    for hash in &hashes {
        right |= hash.as_bytes().ct_eq(given.as_bytes());
    }
    Ok(client.filter(|client| bool::from(right) && client.status == UserStatus::Active))
}

fn refused() -> Error {
    UserError::new(
        UserErrorCode::BadCredentials,
        "input",
        Text::new(
            "Client id or secret is wrong, or the client is disabled.",
            "客户端 ID 或密钥错误，或客户端已停用。",
        ),
    )
    .into()
}
