//! Submitting a suggestion, taking it back, supporting one (提交、撤回、附议).

use entity::enums::{SuggestionArea, SuggestionState, SuggestionStepKind};
use entity::{suggestion, suggestion_step};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{ApiError, Result, Text, UserError, UserErrorCode};
use crate::teamwork::SUGGESTION_CHANGED;
use crate::teamwork::common::{BODY, NOTE, TITLE, me, trace, unnamed, wrong_state};
use crate::teamwork::suggestions::rules::{is_under_way, next};
use crate::teamwork::suggestions::store;
use crate::teamwork::writes::{insert, save};
use crate::work::{Once, Work, expect_version};

const WHAT: (&str, &str) = (SUGGESTION_CHANGED, "suggestion");

/// A suggestion to submit.
#[derive(Clone, Debug, Serialize)]
pub struct SuggestionSubmit {
    /// In a line.
    pub title: String,
    /// As a whole.
    pub body: String,
    /// What it is about.
    pub area: SuggestionArea,
    /// Colleagues don't learn who submitted it.
    pub anonymous: bool,
}

/// The idempotency key of somebody who stays unnamed: nobody else's key is the same, and it doesn't lead back.
fn blind(key: Option<&str>, member: Uuid) -> Option<String> {
    let key = key?;
    // What isn't a key is refused as everywhere.
    if key.is_empty() || key.len() > 100 {
        return Some(key.to_owned());
    }
    let digest = Sha256::digest(format!("{member}:{key}").as_bytes());
    Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The first step, or the last one of the author.
fn by_author(
    call: &Call,
    row: &suggestion::Model,
    kind: SuggestionStepKind,
    note: Option<String>,
) -> suggestion_step::Model {
    let named = !row.anonymous;
    suggestion_step::Model {
        id: new_id(call.at),
        suggestion_id: row.id,
        kind,
        note,
        actor_id: named.then_some(row.author_id),
        actor_name: named.then(|| call.viewer.actor.name.clone()),
        at: call.at,
    }
}

/// Submits a suggestion, and returns its id. The log of an anonymous one doesn't say who did.
///
/// # Errors
/// User errors about the values; a missing permission.
pub async fn suggestion_submit(
    app: &App,
    call: &Call,
    input: &SuggestionSubmit,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let me = me(call, Permission::SuggestionSubmit)?;
    let quiet = unnamed(call);
    let key = if input.anonymous {
        blind(idempotency_key, me)
    } else {
        idempotency_key.map(str::to_owned)
    };
    let acting = if input.anonymous { &quiet } else { call };
    let mut work = Work::begin(&app.db, acting).await?;
    if let Once::Repeated(id) = work.once(key.as_deref(), "suggestionSubmit", input).await? {
        return Ok(id);
    }
    let mut checks = Checks::default();
    let title = checks.text("input.title", &input.title, TITLE);
    let body = checks.body("input.body", &input.body, BODY);
    checks.done()?;
    let row = suggestion::Model {
        id: new_id(call.at),
        title,
        body,
        area: input.area,
        author_id: me,
        anonymous: input.anonymous,
        handler_id: None,
        state: SuggestionState::Submitted,
        outcome: None,
        supporters: 0,
        closed_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = row.id;
    let detail = json!({ "area": row.area, "title": row.title, "anonymous": row.anonymous });
    let step = by_author(call, &row, SuggestionStepKind::Submitted, None);
    insert(work.tx(), row).await?;
    insert(work.tx(), step).await?;
    trace(&mut work, WHAT, id, "suggestion.submit", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// A suggestion that the viewer sees.
async fn seen(app: &App, call: &Call, id: Uuid) -> Result<suggestion::Model> {
    let (viewer, read) = (&call.viewer, Permission::SuggestionRead);
    let row = find::<suggestion::Entity>(app.db.reader(), viewer, read, id).await?;
    row.ok_or_else(|| ApiError::not_found().into())
}

/// Takes one's own suggestion back before it is decided, and returns its id.
///
/// # Errors
/// User errors about state and reason; refusals of permission and version.
pub async fn withdraw(
    app: &App,
    call: &Call,
    id: Uuid,
    expected_version: i32,
    reason: &str,
) -> Result<Uuid> {
    let me = me(call, Permission::SuggestionSubmit)?;
    let row = seen(app, call, id).await?;
    if row.author_id != me {
        let text = Text::new(
            "Only who submitted a suggestion takes it back.",
            "仅提交人可撤回建议。",
        );
        return Err(UserError::new(UserErrorCode::RuleViolated, "input.id", text).into());
    }
    let quiet = unnamed(call);
    let acting = if row.anonymous { &quiet } else { call };
    let mut work = Work::begin(&app.db, acting).await?;
    let before = store::lock(work.tx(), id).await?;
    let before = before.ok_or_else(ApiError::not_found)?;
    expect_version(before.version, expected_version)?;
    let kind = SuggestionStepKind::Withdrawn;
    let state = next(before.state, kind).ok_or_else(|| {
        wrong_state(
            "input.id",
            "This suggestion is decided already; its handler can decline it.",
            "该建议已有处理结果，可由处理人终止。",
        )
    })?;
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", reason, NOTE);
    checks.done()?;
    let step = by_author(call, &before, kind, Some(reason.clone()));
    let after = suggestion::Model {
        state,
        outcome: Some(reason),
        closed_at: Some(call.at),
        ..before
    };
    save(work.tx(), after, call.at).await?;
    insert(work.tx(), step).await?;
    trace(&mut work, WHAT, id, "suggestion.withdraw", json!({}));
    work.commit().await?;
    Ok(id)
}

/// Supports a suggestion of somebody else, or no longer does, and returns its id.
///
/// # Errors
/// User errors about one's own and about what is over; a missing permission.
pub async fn support(app: &App, call: &Call, id: Uuid, supports: bool) -> Result<Uuid> {
    let me = me(call, Permission::SuggestionSubmit)?;
    seen(app, call, id).await?;
    let mut work = Work::begin(&app.db, call).await?;
    let row = store::lock(work.tx(), id).await?;
    let row = row.ok_or_else(ApiError::not_found)?;
    if !is_under_way(row.state) {
        return Err(wrong_state(
            "input.suggestionId",
            "This suggestion is over.",
            "该建议已结束。",
        )
        .into());
    }
    if row.author_id == me {
        let text = Text::new(
            "One's own suggestion needs no support of one's own.",
            "不能附议本人提交的建议。",
        );
        return Err(UserError::new(UserErrorCode::RuleViolated, "input.suggestionId", text).into());
    }
    if store::set_support(work.tx(), (id, me), supports, call.at).await? {
        let detail = json!({ "supports": supports });
        trace(&mut work, WHAT, id, "suggestion.support", detail);
        work.commit().await?;
    }
    Ok(id)
}
