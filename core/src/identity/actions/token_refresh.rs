//! Exchanging a refresh token for the next tokens of its session.

use entity::enums::{RevokeReason, UserStatus};
use entity::{refresh_token, session, user};
use serde_json::json;

use super::sessions::{SessionTokens, by, draw_access, draw_refresh};
use super::{changed, lock};
use crate::access::{Call, Principal};
use crate::app::App;
use crate::audit;
use crate::error::Result;
use crate::identity::authenticate::actor_of_user;
use crate::identity::rules::{Presented, Verdict, judge, session_over};
use crate::identity::settings::delta;
use crate::identity::{key_cache, secret, store};
use crate::work::Work;

/// The next tokens for a refresh token. A token that was used before ends its session, unless it comes again at once.
///
/// # Errors
/// `BAD_CREDENTIALS` whatever is wrong.
pub async fn token_refresh(app: &App, call: &Call, token: &str) -> Result<SessionTokens> {
    let found = store::sessions::refresh_by_hash(app.db.reader(), &secret::hash(token)).await?;
    let Some(found) = found else {
        return Err(session_over());
    };
    let key = key_cache::signer(app, call.at).await?;
    let Some(user) = owner(app, &found).await? else {
        return Err(session_over());
    };
    let as_user = by(call, actor_of_user(&user));
    let work = Work::begin(&app.db, &as_user).await?;
    let Some(case) = Case::read(&work, &found, user).await? else {
        return Err(session_over());
    };
    let presented = case.presented(&work).await?;
    match judge(
        &presented,
        call.at,
        delta(app.identity.settings.refresh_grace),
    ) {
        Verdict::Refuse => Err(session_over()),
        Verdict::Reuse => {
            // Whoever ends sessions has the lock of rights before theirs.
            drop(work);
            end(app, &as_user, &case).await
        }
        Verdict::Rotate | Verdict::Repeat => {
            let (refresh, successor) = draw_refresh(&work, &case.session).await?;
            let at = call.at;
            if let Some(lost) = &case.successor {
                store::sessions::replace_refresh(work.tx(), lost, successor, at).await?;
            }
            store::sessions::replace_refresh(work.tx(), &case.token, successor, at).await?;
            store::sessions::touch(work.tx(), case.session.id, at).await?;
            let tokens = draw_access(
                app,
                &work,
                &key,
                &case.session,
                Principal::User(case.user.id),
                case.user.epoch,
                Some(refresh),
            )
            .await?;
            work.commit().await?;
            Ok(tokens)
        }
    }
}

/// The user of a token's session, read ahead for the name under which the work is done.
async fn owner(app: &App, token: &refresh_token::Model) -> Result<Option<user::Model>> {
    let session = store::sessions::by_id(app.db.reader(), token.session_id).await?;
    match session.and_then(|session| session.user_id) {
        Some(id) => store::accounts::user(app.db.reader(), id).await,
        None => Ok(None),
    }
}

/// The rows that decide, as they are under the session's lock.
struct Case {
    session: session::Model,
    token: refresh_token::Model,
    successor: Option<refresh_token::Model>,
    user: user::Model,
}

impl Case {
    async fn read(
        work: &Work<'_>,
        found: &refresh_token::Model,
        user: user::Model,
    ) -> Result<Option<Self>> {
        // Two refreshes of one session wait for one another here.
        let session = store::sessions::locked(work.tx(), found.session_id).await?;
        let token = store::sessions::refresh_by_id(work.tx(), found.id).await?;
        let (Some(session), Some(token)) = (session, token) else {
            return Ok(None);
        };
        let successor = match token.replaced_by {
            Some(id) => store::sessions::refresh_by_id(work.tx(), id).await?,
            None => None,
        };
        Ok(Some(Self {
            session,
            token,
            successor,
            user,
        }))
    }

    async fn presented(&self, work: &Work<'_>) -> Result<Presented> {
        let user = store::accounts::user(work.tx(), self.user.id).await?;
        Ok(Presented {
            expires_at: self.token.expires_at,
            used_at: self.token.used_at,
            successor_used: self
                .successor
                .as_ref()
                .is_some_and(|next| next.used_at.is_some()),
            session_ends: self.session.expires_at,
            session_revoked: self.session.revoked_at.is_some(),
            account_active: user.is_some_and(|user| {
                user.status == UserStatus::Active && user.epoch == self.user.epoch
            }),
        })
    }
}

/// Ends a session whose token came back: two parties hold tokens of it, and one of them shouldn't.
async fn end(app: &App, call: &Call, case: &Case) -> Result<SessionTokens> {
    let mut work = Work::begin(&app.db, call).await?;
    lock(&work).await?;
    let (id, reason) = (case.session.id, RevokeReason::ReuseDetected);
    if store::sessions::revoke(work.tx(), id, reason, call.at).await? == 0 {
        // It ended meanwhile.
        return Err(session_over());
    }
    work.audit(audit::Entry {
        action: "session.reuse_detected",
        entity_type: "user",
        entity_id: Some(case.user.id),
        detail: json!({ "session": case.session.id, "address": call.address }),
    });
    changed(
        &mut work,
        Principal::User(case.user.id),
        "session.reuse_detected",
    );
    work.commit().await?;
    Err(session_over())
}
