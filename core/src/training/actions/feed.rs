//! A member's calendar for calendar programs (日历订阅): a secret link that can be renewed and taken away.

use entity::training_feed;
use serde_json::json;
use uuid::Uuid;

use crate::access::{Call, Permission, Viewer};
use crate::app::App;
use crate::audit;
use crate::db::new_id;
use crate::error::{ApiError, Result, Text, UserError, UserErrorCode};
use crate::identity::{self, secret};
use crate::organisation;
use crate::training::store;
use crate::work::Work;

/// What stands before the secret, so that scanners of leaked secrets know it.
const PREFIX: &str = "acal_";
/// The most characters of a secret that is looked at.
const LONGEST: usize = 100;
/// What the entries of a calendar need; without any of them the link opens nothing.
const SHOWN: [Permission; 2] = [Permission::TrainingSessionRead, Permission::MeetingRead];

/// Makes a new link to one's own calendar, which it returns this once; the former one opens nothing any more.
///
/// # Errors
/// A user error when the account is no member's; refusals of permission.
pub async fn feed_renew(app: &App, call: &Call) -> Result<String> {
    call.viewer.require(Permission::TrainingSessionRead)?;
    let me = member(call)?;
    let token = secret::new(PREFIX)?;
    let mut work = Work::begin(&app.db, call).await?;
    let row = training_feed::Model {
        id: new_id(call.at),
        member_id: me,
        token_hash: secret::hash(&token),
        created_at: call.at,
    };
    store::replace_feed(work.tx(), row).await?;
    noted(&mut work, me, "training.calendar.renew");
    work.commit().await?;
    Ok(format!("{}/calendar/{token}.ics", app.config.public_url()))
}

/// Takes the link to one's own calendar away; says whether there was one. That needs no permission: whoever has lost it may still
/// close what they opened.
///
/// # Errors
/// A user error when the account is no member's; `UNAUTHENTICATED` for nobody.
pub async fn feed_revoke(app: &App, call: &Call) -> Result<bool> {
    if !call.viewer.is_signed_in() {
        return Err(ApiError::unauthenticated().into());
    }
    let me = member(call)?;
    let mut work = Work::begin(&app.db, call).await?;
    let was_there = store::revoke_feed(work.tx(), me).await?;
    if was_there {
        noted(&mut work, me, "training.calendar.revoke");
    }
    work.commit().await?;
    Ok(was_there)
}

/// The member whose calendar a secret opens, with the rights of this moment; none when it opens nothing, or nothing is left to see.
/// Tries with bad ones are counted by address.
///
/// # Errors
/// `RATE_LIMITED` for an address that tries many.
pub async fn calendar_of(app: &App, call: &Call, token: &str) -> Result<Option<Viewer>> {
    app.calendar_gate.count(call)?;
    if token.len() > LONGEST || !token.starts_with(PREFIX) {
        return Ok(None);
    }
    let db = app.db.reader();
    let Some(member) = store::feed_of(db, &secret::hash(token)).await? else {
        return Ok(None);
    };
    app.calendar_gate.forgive(call);
    let day = call.at.with_timezone(&app.config.time_zone()).date_naive();
    if !organisation::works_here(db, member, day).await? {
        return Ok(None);
    }
    let viewer = identity::viewer_of_member(app, member, call.at).await?;
    Ok(viewer.filter(|viewer| SHOWN.iter().any(|shown| viewer.may(*shown))))
}

fn member(call: &Call) -> Result<Uuid> {
    call.viewer.standing.member_id.ok_or_else(|| {
        let text = Text::new(
            "Your account is no member's: only members have a calendar.",
            "您的账号未关联成员，仅成员有培训日历。",
        );
        UserError::new(UserErrorCode::RuleViolated, "", text).into()
    })
}

fn noted(work: &mut Work<'_>, member: Uuid, action: &'static str) {
    work.audit(audit::Entry {
        action,
        entity_type: "member",
        entity_id: Some(member),
        detail: json!({}),
    });
}
