//! Beginning a session and drawing tokens from it.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{refresh_token, session};
use uuid::Uuid;

use crate::access::{self, Actor, Call, Principal};
use crate::app::App;
use crate::db::new_id;
use crate::error::Result;
use crate::identity::keys::Key;
use crate::identity::settings::delta;
use crate::identity::tokens::{self, Claims};
use crate::identity::{secret, store};
use crate::work::Work;

/// What a sign-in or a refresh gives out.
#[derive(Clone)]
pub struct SessionTokens {
    /// The session.
    pub session_id: Uuid,
    /// Goes with every request.
    pub access_token: String,
    /// Gets the next tokens, once; API clients have none.
    pub refresh_token: Option<String>,
    /// When the access token counts no more.
    pub expires_at: DateTime<Utc>,
    /// When the session ends.
    pub session_ends: DateTime<Utc>,
}

/// Without the tokens: this may stand in a log.
impl std::fmt::Debug for SessionTokens {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SessionTokens")
            .field("session_id", &self.session_id)
            .finish_non_exhaustive()
    }
}

/// The same request, now by the principal that has proven itself.
pub fn by(call: &Call, actor: Actor) -> Call {
    let mut call = call.clone();
    call.viewer.actor = actor;
    call
}

/// Begins a session of `lifetime`.
pub async fn open(
    work: &Work<'_>,
    principal: Principal,
    lifetime: TimeDelta,
) -> Result<session::Model> {
    let call = work.call();
    let (user_id, api_client_id) = match principal {
        Principal::User(id) => (Some(id), None),
        Principal::ApiClient(id) => (None, Some(id)),
    };
    let row = session::Model {
        id: new_id(call.at),
        user_id,
        api_client_id,
        created_at: call.at,
        last_used_at: call.at,
        expires_at: call.at + lifetime,
        revoked_at: None,
        revoke_reason: None,
        user_agent: None,
        address: call.address.clone(),
    };
    store::sessions::insert(work.tx(), row).await
}

/// Makes a refresh token of a session: the token, and the key of its row.
pub async fn draw_refresh(work: &Work<'_>, session: &session::Model) -> Result<(String, Uuid)> {
    let token = secret::new(secret::REFRESH)?;
    let row = refresh_token::Model {
        id: new_id(work.call().at),
        session_id: session.id,
        token_hash: secret::hash(&token),
        issued_at: work.call().at,
        expires_at: session.expires_at,
        used_at: None,
        replaced_by: None,
    };
    let id = row.id;
    store::sessions::insert_refresh(work.tx(), row).await?;
    Ok((token, id))
}

/// Makes an access token of a session. `key` is got before the transaction begins: the very first one is made in a
/// transaction of its own.
pub async fn draw_access(
    app: &App,
    work: &Work<'_>,
    key: &Key,
    session: &session::Model,
    principal: Principal,
    epoch: i32,
    refresh_token: Option<String>,
) -> Result<SessionTokens> {
    let at = work.call().at;
    let (_, roles) = access::roles::grants_of(work.tx(), principal, None, at).await?;
    let lifetime = delta(app.identity.settings.access_token_lifetime);
    let claims = Claims {
        principal,
        session_id: session.id,
        token_id: new_id(at),
        issued_at: at,
        expires_at: (at + lifetime).min(session.expires_at),
        roles,
        epoch,
    };
    Ok(SessionTokens {
        session_id: session.id,
        access_token: tokens::make(&claims, app.identity.parties(), key)?,
        refresh_token,
        expires_at: claims.expires_at,
        session_ends: session.expires_at,
    })
}
