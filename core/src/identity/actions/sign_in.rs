//! Signing in with login and password.

use entity::enums::UserStatus;
use entity::user;
use serde_json::json;

use super::sessions::{SessionTokens, by, draw_access, draw_refresh, open};
use crate::access::{Call, Principal};
use crate::app::App;
use crate::audit;
use crate::error::{Error, Result};
use crate::identity::authenticate::actor_of_user;
use crate::identity::password::too_many;
use crate::identity::rules::{LONGEST_LOGIN, bad_credentials, normal_login};
use crate::identity::settings::delta;
use crate::identity::{key_cache, store};
use crate::work::Work;

/// Begins a session of a user.
///
/// # Errors
/// `BAD_CREDENTIALS` whatever is wrong; `RATE_LIMITED` after too many failures.
pub async fn sign_in(app: &App, call: &Call, login: &str, password: &str) -> Result<SessionTokens> {
    let login: String = normal_login(login)
        .chars()
        .take(LONGEST_LOGIN + 1)
        .collect();
    counted(app, call, &login, begin(app, call, &login, password)).await
}

async fn begin(app: &App, call: &Call, login: &str, password: &str) -> Result<SessionTokens> {
    let found = store::accounts::user_by_login(app.db.reader(), login).await?;
    let hash = found.as_ref().map(|user| user.password_hash.as_str());
    let right = app.identity.hasher.verify(password, hash).await?;
    let user = match found {
        Some(user) if right && user.status == UserStatus::Active => user,
        other => return refuse(app, call, other.as_ref()).await,
    };
    let fresh_hash = if app.identity.hasher.is_outdated(&user.password_hash) {
        Some(app.identity.hasher.hash(password).await?)
    } else {
        None
    };
    let key = key_cache::signer(app, call.at).await?;
    let as_user = by(call, actor_of_user(&user));
    let mut work = Work::begin(&app.db, &as_user).await?;
    // Hashing takes a while: the account may have been disabled or got another password meanwhile.
    let now = store::accounts::user(work.tx(), user.id).await?;
    if now.as_ref().is_none_or(|now| changed_since(now, &user)) {
        drop(work);
        return refuse(app, call, now.as_ref()).await;
    }
    if let Some(hash) = fresh_hash {
        store::accounts::rehash(work.tx(), user.id, hash).await?;
    }
    let principal = Principal::User(user.id);
    let session = open(
        &work,
        principal,
        delta(app.identity.settings.session_lifetime),
    )
    .await?;
    let (refresh, _) = draw_refresh(&work, &session).await?;
    let tokens = draw_access(
        app,
        &work,
        &key,
        &session,
        principal,
        user.epoch,
        Some(refresh),
    )
    .await?;
    work.audit(audit::Entry {
        action: "session.sign_in",
        entity_type: "user",
        entity_id: Some(user.id),
        detail: json!({ "session": session.id, "address": session.address }),
    });
    work.commit().await?;
    Ok(tokens)
}

fn changed_since(now: &user::Model, then: &user::Model) -> bool {
    now.status != UserStatus::Active
        || now.epoch != then.epoch
        // Not the hash: somebody else who signs in with the same password may just have made a newer one.
        || now.password_changed_at != then.password_changed_at
}

/// Writes the failure down and refuses; the same work whether the login exists or not.
async fn refuse(app: &App, call: &Call, user: Option<&user::Model>) -> Result<SessionTokens> {
    let mut work = Work::begin(&app.db, call).await?;
    work.audit(audit::Entry {
        action: "session.sign_in_refused",
        entity_type: "user",
        entity_id: user.map(|user| user.id),
        detail: json!({ "address": call.address }),
    });
    work.commit().await?;
    Err(bad_credentials())
}

/// Makes an attempt to prove who somebody is. It counts before it is looked at, so that many at once don't get through
/// together; one that turned out well doesn't, nor one that failed through no fault of theirs.
///
/// # Errors
/// `RATE_LIMITED` after too many failures; what the attempt says.
pub async fn counted<T>(
    app: &App,
    call: &Call,
    login: &str,
    attempt: impl Future<Output = Result<T>>,
) -> Result<T> {
    let (identity, address) = (&app.identity, call.address.clone());
    let key = (login.to_owned(), address.clone());
    let counted = identity.address_failures.add(&address, call.at);
    counted
        .and_then(|()| identity.login_failures.add(&key, call.at))
        .map_err(|wait| {
            // Rounded up: who comes back then is let in.
            let seconds = (wait.num_milliseconds() + 999) / 1000;
            too_many(seconds.max(1))
        })?;
    let done = attempt.await;
    if !matches!(done, Err(Error::Api(_) | Error::User(_))) {
        identity.address_failures.forgive(&address, call.at);
        identity.login_failures.forgive(&key, call.at);
    }
    done
}
