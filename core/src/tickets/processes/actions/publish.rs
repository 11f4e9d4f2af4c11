//! Putting versions into force and out of it.

use entity::{process_step, process_version};
use serde_json::json;
use uuid::Uuid;

use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::audit::Entry;
use crate::error::{Error, Result, Text, UserError, UserErrorCode};
use crate::tickets::processes::rules::states::{self, Change};
use crate::tickets::processes::rules::steps::Step;
use crate::tickets::processes::rules::validity::{Problem, problems};
use crate::tickets::processes::store;
use crate::work::{Work, expect_version};

/// Which version, as it was read.
#[derive(Clone, Copy, Debug)]
pub struct Put {
    /// The version.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
}

/// Lets new tickets follow a draft from now on; the version published before is retired. Tickets that run keep theirs.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors for every problem of the steps, or when another template of the
/// kind is published.
pub async fn publish(app: &App, call: &Call, put: Put) -> Result<process_version::Model> {
    let (mut work, was) = begin(app, call, put).await?;
    let state = states::next(was.state, Change::Publish)?;
    let template = store::template(work.tx(), was.template_id).await?;
    let of_kind = store::lock_kind(work.tx(), template.kind).await?;
    let rows = store::steps(work.tx(), was.id).await?;
    let steps: Vec<Step> = rows.iter().map(Step::from).collect();
    let names = store::names(work.tx(), template.kind).await?;
    refuse(&rows, &problems(&steps, &names))?;

    let ids: Vec<Uuid> = of_kind.iter().map(|row| row.id).collect();
    let mut replaced = None;
    for former in store::published(work.tx(), &ids).await? {
        if former.template_id != template.id {
            let other = of_kind.iter().find(|row| row.id == former.template_id);
            let other = other.map_or("", |row| row.code.as_str());
            let number = former.number;
            let text = Text::new(
                format!(
                    "Tickets of this kind follow the template `{other}`; retire its published version {number} first."
                ),
                format!("此类工单正在使用流程模板 {other}；请先停用其已发布的版本 {number}。"),
            );
            return Err(UserError::new(UserErrorCode::RuleViolated, "input.id", text).into());
        }
        replaced = Some(former.number);
        let former = process_version::Model {
            state: states::next(former.state, Change::Retire)?,
            retired_at: Some(call.at),
            ..former
        };
        store::save_version(work.tx(), former, call.at).await?;
    }
    let now = process_version::Model {
        state,
        published_by: call.viewer.actor.id,
        published_at: Some(call.at),
        ..was
    };
    let saved = store::save_version(work.tx(), now, call.at).await?;
    work.audit(Entry {
        action: "process.publish",
        entity_type: "process_version",
        entity_id: Some(saved.id),
        detail: json!({ "template": template.code, "number": saved.number, "replaces": replaced }),
    });
    work.commit().await?;
    Ok(saved)
}

/// Lets no new ticket follow the published version any more; those that run keep it.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; a user error when it isn't published.
pub async fn retire(app: &App, call: &Call, put: Put) -> Result<process_version::Model> {
    let (mut work, was) = begin(app, call, put).await?;
    let now = process_version::Model {
        state: states::next(was.state, Change::Retire)?,
        retired_at: Some(call.at),
        ..was
    };
    let saved = store::save_version(work.tx(), now, call.at).await?;
    work.audit(Entry {
        action: "process.retire",
        entity_type: "process_version",
        entity_id: Some(saved.id),
        detail: json!({ "number": saved.number }),
    });
    work.commit().await?;
    Ok(saved)
}

async fn begin<'c>(
    app: &App,
    call: &'c Call,
    put: Put,
) -> Result<(Work<'c>, process_version::Model)> {
    let work = Work::begin(&app.db, call).await?;
    let was = to_change::<process_version::Entity>(
        work.tx(),
        &call.viewer,
        Permission::ProcessManage,
        put.id,
    )
    .await?;
    expect_version(was.version, put.expected_version)?;
    Ok((work, was))
}

/// Every problem at its step and field, such as `version.steps.3.ownerRole`.
fn refuse(rows: &[process_step::Model], problems: &[Problem]) -> Result<()> {
    if problems.is_empty() {
        return Ok(());
    }
    let mistakes = problems.iter().map(|problem| {
        let place = problem
            .step
            .as_ref()
            .and_then(|code| rows.iter().position(|row| row.code == *code));
        let (field, text) = match (place, &problem.step) {
            (Some(place), Some(step)) => (
                format!("version.steps.{place}.{}", problem.field),
                Text::new(
                    format!("{step}: {}", problem.text.en),
                    format!("{step}：{}", problem.text.zh),
                ),
            ),
            _ => (format!("version.{}", problem.field), problem.text.clone()),
        };
        UserError::new(UserErrorCode::RuleViolated, &field, text)
    });
    Err(Error::User(mistakes.collect()))
}
