//! Looking after a suggestion: receiving, answering, deciding, realising it (受理、答复、决定、实施).

use entity::enums::SuggestionStepKind as Kind;
use entity::{member, suggestion, suggestion_step};
use serde_json::json;
use uuid::Uuid;

use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::{holds_on, today};
use crate::teamwork::SUGGESTION_CHANGED;
use crate::teamwork::common::{NOTE, me, trace, wrong_state};
use crate::teamwork::suggestions::rules::{is_under_way, next};
use crate::teamwork::writes::{insert, save};
use crate::work::{Work, expect_version};

/// What is done with a suggestion.
#[derive(Clone, Debug)]
pub struct Handling {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// What.
    pub kind: Kind,
    /// In words.
    pub note: Option<String>,
    /// Who looks after it from now on, when it is received; oneself when nobody is named.
    pub handler_id: Option<Uuid>,
}

/// Takes a step with a suggestion that is given to oneself or that one may look after, and returns its id.
///
/// # Errors
/// User errors about state, words and handler; refusals of permission, reach and version.
pub async fn handle(app: &App, call: &Call, input: &Handling) -> Result<Uuid> {
    let permission = Permission::SuggestionHandle;
    let me = me(call, permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before =
        to_change::<suggestion::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(before.version, input.expected_version)?;
    let mut checks = Checks::default();
    checks.ensure(
        before.author_id != me,
        UserErrorCode::RuleViolated,
        "input.id",
        || {
            Text::new(
                "Nobody looks after their own suggestion; let somebody else.",
                "不能处理本人提交的建议，请由他人处理。",
            )
        },
    );
    let state = next(before.state, input.kind).ok_or_else(|| {
        wrong_state(
            "input.id",
            "This can't be done with a suggestion in this state: it is received, then decided, then realised.",
            "当前状态不能执行此操作：建议须先受理，再决定，再实施。",
        )
    })?;
    let note = match input.kind {
        Kind::Received | Kind::Started => {
            checks.optional_body("input.note", input.note.as_deref(), NOTE)
        }
        _ => {
            let words = input.note.as_deref().unwrap_or_default();
            Some(checks.body("input.note", words, NOTE))
        }
    };
    let handler_id = if input.kind == Kind::Received {
        let wanted = input.handler_id.unwrap_or(me);
        handler(&work, &mut checks, &before, wanted, me).await?;
        Some(wanted)
    } else {
        before.handler_id
    };
    checks.done()?;
    let step = suggestion_step::Model {
        id: new_id(call.at),
        suggestion_id: before.id,
        kind: input.kind,
        note: note.clone(),
        actor_id: Some(me),
        actor_name: Some(call.viewer.actor.name.clone()),
        at: call.at,
    };
    let detail = json!({
        "step": input.kind,
        "from": before.state,
        "to": state,
        "handler": handler_id,
        "note": note,
    });
    let closes = is_under_way(before.state) && !is_under_way(state);
    let outcome = if closes { note } else { before.outcome.clone() };
    let after = suggestion::Model {
        state,
        handler_id,
        outcome,
        closed_at: if closes {
            Some(call.at)
        } else {
            before.closed_at
        },
        ..before
    };
    save(work.tx(), after, call.at).await?;
    insert(work.tx(), step).await?;
    let what = (SUGGESTION_CHANGED, "suggestion");
    trace(&mut work, what, input.id, "suggestion.handle", detail);
    work.commit().await?;
    Ok(input.id)
}

/// Whoever looks after it works here, and didn't submit it.
async fn handler(
    work: &Work<'_>,
    checks: &mut Checks,
    row: &suggestion::Model,
    wanted: Uuid,
    me: Uuid,
) -> Result<()> {
    let call = work.call();
    if wanted != me {
        let viewer = &call.viewer;
        let found = find::<member::Entity>(work.tx(), viewer, Permission::MemberRead, wanted);
        let found = found.await?;
        let found = found.filter(|row| holds_on(row.joined_on, row.left_on, today(call)));
        checks.found("input.handlerId", found);
    }
    checks.ensure(
        wanted != row.author_id,
        UserErrorCode::RuleViolated,
        "input.handlerId",
        || {
            Text::new(
                "Nobody looks after their own suggestion; choose somebody else.",
                "不能处理本人提交的建议，请选择其他处理人。",
            )
        },
    );
    Ok(())
}
