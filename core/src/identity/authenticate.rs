//! From a bearer token to a viewer.
//!
//! An unchanged principal costs nothing but a look at the access epoch, which is read again four times a second:
//! everything else was read under the same epoch before.

use chrono::{DateTime, Utc};
use entity::enums::{ActorKind, Locale, UserKind, UserStatus};
use entity::{api_client, user};
use sea_orm::ConnectionTrait;

use super::jws::{self, Refused};
use super::viewers::{Conditions, Proof, Subject};
use super::{key_cache, store, tokens};
use crate::access::{Actor, Principal, Standing, Viewer};
use crate::app::App;
use crate::error::{ApiError, ErrorCode, Result, Text};
use crate::{access, clock, organisation};

/// The principal behind a bearer token, with its rights and standing of this moment.
///
/// # Errors
/// `UNAUTHENTICATED` when the token is not good, its session has ended or its account is disabled; all read the same.
pub async fn authenticate(app: &App, bearer: &str, at: DateTime<Utc>) -> Result<Viewer> {
    let (proof, expires_at) = prove(app, bearer, at).await?;
    let mut viewer = viewer_of(app, proof, at).await?;
    viewer.expires_at = Some(expires_at);
    Ok(viewer)
}

/// The same principal again, with its rights of this moment; what a socket asks before each event.
///
/// # Errors
/// `UNAUTHENTICATED` when its token or session has ended or its account is disabled.
pub async fn revalidate(app: &App, viewer: &Viewer, at: DateTime<Utc>) -> Result<Viewer> {
    let (Some(principal), Some(expires_at)) = (Principal::of_viewer(viewer), viewer.expires_at)
    else {
        return Err(refused().into());
    };
    if at >= expires_at {
        return Err(refused().into());
    }
    let proof = Proof {
        subject: Subject::Principal(principal),
        session_id: viewer.session_id,
        // The session, which ends whenever the epoch rises, stands for it.
        epoch: None,
        roles: Some(viewer.roles.to_vec()),
    };
    let mut viewer = viewer_of(app, proof, at).await?;
    viewer.expires_at = Some(expires_at);
    Ok(viewer)
}

/// A member with all rights of this moment, for a link that stands for the member without a token; none without an active account.
///
/// # Errors
/// When the database fails; `UNAUTHENTICATED` for an account that is disabled meanwhile.
pub async fn viewer_of_member(
    app: &App,
    member: uuid::Uuid,
    at: DateTime<Utc>,
) -> Result<Option<Viewer>> {
    let connection = app.db.reader();
    let Some(account) = store::accounts::account_of_member(connection, member).await? else {
        return Ok(None);
    };
    let proof = Proof {
        subject: Subject::Principal(Principal::User(account)),
        session_id: None,
        epoch: None,
        roles: None,
    };
    viewer_of(app, proof, at).await.map(Some)
}

/// What a token proves, and until when.
async fn prove(app: &App, bearer: &str, at: DateTime<Utc>) -> Result<(Proof, DateTime<Utc>)> {
    let parts = jws::parse(bearer).map_err(log)?;
    let identity = &app.identity;
    let issuer = parts.claim_text("iss").unwrap_or_default();
    if issuer != identity.issuer()
        && let Some(provider) = identity.providers.of_issuer(issuer)
    {
        let named = provider.check(&parts, at).await.map_err(log)?;
        let proof = Proof {
            subject: Subject::Login(named.login),
            session_id: None,
            epoch: None,
            roles: named.roles,
        };
        return Ok((proof, named.expires_at));
    }
    let ring = key_cache::ring_with(app, parts.header_text("kid"), at).await?;
    let claims = tokens::check(&parts, &ring, identity.parties(), at).map_err(log)?;
    let proof = Proof {
        subject: Subject::Principal(claims.principal),
        session_id: Some(claims.session_id),
        epoch: Some(claims.epoch),
        roles: Some(claims.roles),
    };
    Ok((proof, claims.expires_at))
}

async fn viewer_of(app: &App, proof: Proof, at: DateTime<Utc>) -> Result<Viewer> {
    let conditions = Conditions {
        // Read before the rest: what changes meanwhile raises it, and the next request looks again.
        epoch: access::recent_epoch(&app.db).await?,
        day: clock::day(at, app.identity.zone),
    };
    if let Some(viewer) = app.identity.viewers.get(&proof, conditions, at) {
        return Ok(viewer);
    }
    // Boxed: it is rare and large, and whoever may do it keeps the room for it, each open socket and each subscription.
    let (viewer, until) = Box::pin(look_up(app, &proof, conditions, at)).await?;
    app.identity
        .viewers
        .keep(proof, conditions, until, viewer.clone(), at);
    Ok(viewer)
}

/// Reads account, session, roles and standing; also says when the answer changes by itself.
async fn look_up(
    app: &App,
    proof: &Proof,
    conditions: Conditions,
    at: DateTime<Utc>,
) -> Result<(Viewer, Option<DateTime<Utc>>)> {
    let connection = app.db.reader();
    let account = match &proof.subject {
        Subject::Principal(Principal::User(id)) => {
            Account::of_user(store::accounts::user(connection, *id).await?)
        }
        Subject::Principal(Principal::ApiClient(id)) => {
            Account::of_client(store::accounts::client(connection, *id).await?)
        }
        Subject::Login(login) => {
            Account::of_user(store::accounts::user_by_login(connection, login).await?)
        }
    };
    let account = account
        .filter(|account| account.active)
        .filter(|account| proof.epoch.is_none_or(|epoch| epoch == account.epoch))
        .ok_or_else(refused)?;
    let session_ends = match proof.session_id {
        Some(id) => Some(
            store::sessions::live(connection, id, account.principal, at)
                .await?
                .ok_or_else(refused)?
                .expires_at,
        ),
        None => None,
    };
    let (grants, roles) =
        access::roles::grants_of(connection, account.principal, proof.roles.as_deref(), at).await?;
    let role_ends = access::roles::next_end(connection, account.principal, at).await?;
    let documents = match &account.client {
        Some(client) => app.identity.documents.of(connection, client).await?,
        None => None,
    };
    let viewer = Viewer {
        documents,
        kind: Some(account.kind),
        grants: grants.into(),
        roles: roles.into(),
        standing: account.standing(connection, conditions).await?.into(),
        locale: account.locale,
        session_id: proof.session_id,
        expires_at: None,
        actor: account.actor,
    };
    Ok((viewer, session_ends.into_iter().chain(role_ends).min()))
}

/// What users and API clients have in common.
struct Account {
    principal: Principal,
    actor: Actor,
    kind: UserKind,
    active: bool,
    epoch: i32,
    locale: Option<Locale>,
    member_id: Option<uuid::Uuid>,
    partner_id: Option<uuid::Uuid>,
    customer_id: Option<uuid::Uuid>,
    client: Option<api_client::Model>,
}

impl Account {
    fn of_user(user: Option<user::Model>) -> Option<Self> {
        let user = user?;
        Some(Self {
            principal: Principal::User(user.id),
            actor: actor_of_user(&user),
            kind: user.kind,
            active: user.status == UserStatus::Active,
            epoch: user.epoch,
            locale: Some(user.locale),
            member_id: user.member_id,
            partner_id: user.partner_id,
            customer_id: user.customer_id,
            client: None,
        })
    }

    fn of_client(client: Option<api_client::Model>) -> Option<Self> {
        let client = client?;
        Some(Self {
            principal: Principal::ApiClient(client.id),
            actor: actor_of_client(&client),
            kind: UserKind::Partner,
            active: client.status == UserStatus::Active,
            epoch: client.epoch,
            locale: None,
            member_id: None,
            partner_id: Some(client.partner_id),
            customer_id: None,
            client: Some(client),
        })
    }

    async fn standing(
        &self,
        connection: &impl ConnectionTrait,
        conditions: Conditions,
    ) -> Result<Standing> {
        let placed = match self.member_id {
            Some(member) => organisation::standing(connection, member, conditions.day).await?,
            None => Standing {
                day: Some(conditions.day),
                ..Standing::default()
            },
        };
        Ok(Standing {
            principal_id: Some(self.principal.id()),
            member_id: self.member_id,
            partner_id: self.partner_id,
            customer_id: self.customer_id,
            ..placed
        })
    }
}

/// A user, as history and audit record it.
pub fn actor_of_user(user: &user::Model) -> Actor {
    Actor {
        kind: ActorKind::User,
        id: Some(user.id),
        name: user.display_name.clone(),
    }
}

/// An API client, as history and audit record it.
pub fn actor_of_client(client: &api_client::Model) -> Actor {
    Actor {
        kind: ActorKind::ApiClient,
        id: Some(client.id),
        name: client.name.clone(),
    }
}

/// The reason goes to the log only: it would help whoever forges.
fn log(reason: Refused) -> ApiError {
    tracing::debug!(%reason, "an access token was refused");
    refused()
}

fn refused() -> ApiError {
    ApiError::new(
        ErrorCode::Unauthenticated,
        Text::new(
            "The access token is not valid any more; refresh it or sign in again.",
            "访问令牌无效或已过期，请刷新令牌或重新登录。",
        ),
    )
}
