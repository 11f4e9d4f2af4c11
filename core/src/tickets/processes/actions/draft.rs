//! Making and writing drafts.

use entity::enums::ProcessState;
use entity::{process_step, process_template, process_version};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::audit::Entry;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::tickets::processes::rules::form::{self, TypedStep};
use crate::tickets::processes::rules::states::{self, Change};
use crate::tickets::processes::rules::steps::Step;
use crate::tickets::processes::store;
use crate::work::{Once, Work, expect_version};

/// A new draft, empty or copied.
#[derive(Clone, Debug, Serialize)]
pub struct DraftCreate {
    /// The template.
    pub template_id: Uuid,
    /// The version whose steps are copied, of this template or another one; none begins without steps.
    pub copy_of_id: Option<Uuid>,
    /// What is to change.
    pub note: Option<String>,
    /// So that a repeated request makes no second draft.
    pub idempotency_key: Option<String>,
}

/// Makes a draft.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`; user errors naming the field.
pub async fn draft_create(
    app: &App,
    call: &Call,
    create: DraftCreate,
) -> Result<process_version::Model> {
    call.viewer.require(Permission::ProcessManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let key = create.idempotency_key.as_deref();
    if let Once::Repeated(id) = work.once(key, "processDraftCreate", &create).await? {
        return store::version(work.tx(), id).await;
    }
    // The template stays locked, so that two drafts at once get numbers of their own.
    let template = to_change::<process_template::Entity>(
        work.tx(),
        &call.viewer,
        Permission::ProcessManage,
        create.template_id,
    )
    .await?;
    let mut checks = Checks::default();
    let note = checks.optional_body("input.note", create.note.as_deref(), form::NOTE_MAX);
    checks.done()?;
    let source = copied(&work, create.copy_of_id).await?;
    let row = process_version::Model {
        id: new_id(call.at),
        template_id: template.id,
        number: store::last_number(work.tx(), template.id).await? + 1,
        state: ProcessState::Draft,
        note,
        created_by: call.viewer.actor.id,
        published_by: None,
        published_at: None,
        retired_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let saved = store::insert_version(work.tx(), row).await?;
    let steps: Vec<_> = source
        .into_iter()
        .map(|step| process_step::Model {
            id: new_id(call.at),
            version_id: saved.id,
            ..step
        })
        .collect();
    let count = steps.len();
    store::insert_steps(work.tx(), steps).await?;
    work.audit(Entry {
        action: "process.draft.create",
        entity_type: "process_version",
        entity_id: Some(saved.id),
        detail: json!({ "template": template.code, "number": saved.number, "copyOf": create.copy_of_id, "steps": count }),
    });
    work.done(saved.id).await?;
    work.commit().await?;
    Ok(saved)
}

async fn copied(work: &Work<'_>, of: Option<Uuid>) -> Result<Vec<process_step::Model>> {
    let Some(id) = of else {
        return Ok(Vec::new());
    };
    let viewer = &work.call().viewer;
    let found =
        find::<process_version::Entity>(work.tx(), viewer, Permission::ProcessRead, id).await?;
    if found.is_none() {
        let text = Text::new("There is no such version.", "流程版本不存在。");
        return Err(UserError::new(UserErrorCode::NotFound, "input.copyOfId", text).into());
    }
    store::steps(work.tx(), id).await
}

/// The whole set of steps of a draft.
#[derive(Clone, Debug)]
pub struct DraftWrite {
    /// The draft.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// What changes; `None` leaves it as it is.
    pub note: Option<String>,
    /// All steps, in order.
    pub steps: Vec<TypedStep>,
}

/// Replaces the steps of a draft.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors naming the field, or when it is no draft.
pub async fn draft_write(
    app: &App,
    call: &Call,
    write: DraftWrite,
) -> Result<process_version::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let was = to_change::<process_version::Entity>(
        work.tx(),
        &call.viewer,
        Permission::ProcessManage,
        write.id,
    )
    .await?;
    expect_version(was.version, write.expected_version)?;
    let state = states::next(was.state, Change::Write)?;
    let mut checks = Checks::default();
    let note = checks.optional_body("input.note", write.note.as_deref(), form::NOTE_MAX);
    let steps = form::read(&write.steps, &mut checks);
    checks.done()?;
    let now = process_version::Model {
        state,
        note: note.or_else(|| was.note.clone()),
        ..was
    };
    let saved = store::save_version(work.tx(), now, call.at).await?;
    store::delete_steps(work.tx(), saved.id).await?;
    let rows = rows(saved.id, &steps, |_| new_id(call.at));
    store::insert_steps(work.tx(), rows).await?;
    let codes: Vec<&str> = steps.iter().map(|step| step.code.as_str()).collect();
    work.audit(Entry {
        action: "process.draft.write",
        entity_type: "process_version",
        entity_id: Some(saved.id),
        detail: json!({ "number": saved.number, "steps": codes }),
    });
    work.commit().await?;
    Ok(saved)
}

/// The rows of steps, in their order.
pub(in crate::tickets::processes) fn rows(
    version: Uuid,
    steps: &[Step],
    id: impl Fn(&Step) -> Uuid,
) -> Vec<process_step::Model> {
    let row = |(place, step): (usize, &Step)| process_step::Model {
        id: id(step),
        version_id: version,
        code: step.code.clone(),
        position: i32::try_from(place + 1).unwrap_or(i32::MAX),
        stage: step.stage,
        name: step.name.clone(),
        name_zh: step.name_zh.clone(),
        guideline: step.guideline.clone(),
        guideline_zh: step.guideline_zh.clone(),
        owner_role: step.owner_role.clone(),
        limit_seconds: step.limit_seconds,
        required_fields: step
            .required
            .iter()
            .map(|required| Value::String(required.to_string()))
            .collect(),
        next: step.next.iter().cloned().map(Value::String).collect(),
    };
    steps.iter().enumerate().map(row).collect()
}
