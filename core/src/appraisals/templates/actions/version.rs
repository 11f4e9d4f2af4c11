//! Drafting, revising and publishing versions (起草、修订、发布模板版本).

use entity::enums::AppraisalVersionState;
use entity::{appraisal_template, appraisal_template_version};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{NOTE, a_draft, drafted, in_use, look_over, trace};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::appraisals::actions::common::Step;
use crate::appraisals::rules::content::Content;
use crate::appraisals::templates::store;
use crate::check::Checks;
use crate::error::{Result, Text, UserErrorCode};
use crate::work::{Once, Work, expect_version};

/// The next version of a template.
#[derive(Clone, Debug, Serialize)]
pub struct TemplateDraft {
    /// The template.
    pub id: Uuid,
    /// What it says.
    pub content: Content,
    /// What is new.
    pub note: Option<String>,
}

/// Begins the next version of a template as a draft and returns the template's id.
///
/// # Errors
/// User errors about the values, and while there is a draft; refusals of permission and reach.
pub async fn template_draft(
    app: &App,
    call: &Call,
    input: &TemplateDraft,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::AppraisalTemplateManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "appraisalTemplateDraft", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let (tx, viewer) = (work.tx(), &call.viewer);
    let template = to_change::<appraisal_template::Entity>(tx, viewer, permission, input.id);
    let template = template.await?;
    in_use(&template)?;
    let versions = store::versions_of(work.tx(), template.id).await?;
    let mut checks = Checks::default();
    let drafts =
        |one: &appraisal_template_version::Model| one.state == AppraisalVersionState::Draft;
    checks.ensure(
        !versions.iter().any(drafts),
        UserErrorCode::WrongState,
        "input.id",
        || {
            Text::new(
                "This template has a draft already: revise or publish that one.",
                "该模板已有草稿，请修订或发布该草稿。",
            )
        },
    );
    let note = checks.optional_body("input.note", input.note.as_deref(), NOTE);
    look_over(&work, app, &mut checks, &input.content).await?;
    checks.done()?;
    let number = versions.first().map_or(1, |last| last.number + 1);
    let version = drafted(&work, (template.id, number), &input.content, note)?;
    let (id, detail) = (template.id, json!({ "number": number }));
    store::insert(work.tx(), version).await?;
    store::save(work.tx(), template, call.at).await?;
    trace(&mut work, id, "appraisal.template.draft", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// A draft as it is to be.
#[derive(Clone, Debug)]
pub struct VersionRevise {
    /// The version.
    pub step: Step,
    /// What it says.
    pub content: Content,
    /// What is new.
    pub note: Option<String>,
}

/// Changes a draft as a whole and returns its template's id.
///
/// # Errors
/// User errors about the values, and when it is published; refusals of permission, reach and version.
pub async fn version_revise(app: &App, call: &Call, input: &VersionRevise) -> Result<Uuid> {
    call.viewer.require(Permission::AppraisalTemplateManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (_, before) = seen(&work, input.step).await?;
    let mut checks = Checks::default();
    let note = checks.optional_body("input.note", input.note.as_deref(), NOTE);
    look_over(&work, app, &mut checks, &input.content).await?;
    checks.done()?;
    let (id, detail) = (before.template_id, json!({ "number": before.number }));
    let row = appraisal_template_version::Model {
        content: serde_json::to_value(&input.content)?,
        note,
        ..before
    };
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, id, "appraisal.template.revise", detail);
    work.commit().await?;
    Ok(id)
}

/// Publishes a draft, which then never changes, and returns its template's id.
///
/// # Errors
/// User errors when a metric that it names is gone, and when it is published; refusals of permission, reach and version.
pub async fn version_publish(app: &App, call: &Call, step: Step) -> Result<Uuid> {
    call.viewer.require(Permission::AppraisalTemplateManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (template, before) = seen(&work, step).await?;
    in_use(&template)?;
    let content: Content = serde_json::from_value(before.content.clone())?;
    let mut checks = Checks::default();
    look_over(&work, app, &mut checks, &content).await?;
    checks.done()?;
    let (id, detail) = (
        template.id,
        json!({ "number": before.number, "content": before.content }),
    );
    let row = appraisal_template_version::Model {
        state: AppraisalVersionState::Published,
        published_at: Some(call.at),
        published_by_name: Some(call.viewer.actor.name.clone()),
        ..before
    };
    store::save(work.tx(), row, call.at).await?;
    store::save(work.tx(), template, call.at).await?;
    trace(&mut work, id, "appraisal.template.publish", detail);
    work.commit().await?;
    Ok(id)
}

/// A draft that is about to change, as it was seen, with its template; both are locked.
async fn seen(
    work: &Work<'_>,
    step: Step,
) -> Result<(appraisal_template::Model, appraisal_template_version::Model)> {
    let permission = Permission::AppraisalTemplateManage;
    let (tx, viewer) = (work.tx(), &work.call().viewer);
    let row = to_change::<appraisal_template_version::Entity>(tx, viewer, permission, step.id);
    let row = row.await?;
    expect_version(row.version, step.expected_version)?;
    a_draft(&row)?;
    Ok((store::locked(tx, row.template_id).await?, row))
}
