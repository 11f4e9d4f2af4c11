//! Setting which tickets need which skills.

use entity::enums::TicketKind;
use entity::{dispatch_requirement, product, skill};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::access::{Call, Permission, Scoped, find, to_change};
use crate::app::App;
use crate::audit::Entry;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::tickets::dispatch::store;
use crate::work::{Once, Work, expect_version};

/// Which tickets need what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RequirementFields {
    /// The kind of ticket; none for all.
    pub kind: Option<TicketKind>,
    /// The product; none for all.
    pub product_id: Option<Uuid>,
    /// The skill.
    pub skill_id: Uuid,
    /// The least level.
    pub min_level: i32,
}

/// Another version of a requirement; `None` leaves a field as it is.
#[derive(Clone, Copy, Debug)]
pub struct RequirementChange {
    /// The requirement.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// The kind of ticket; `Some(None)` for all.
    pub kind: Option<Option<TicketKind>>,
    /// The product; `Some(None)` for all.
    pub product_id: Option<Option<Uuid>>,
    /// The skill.
    pub skill_id: Option<Uuid>,
    /// The least level.
    pub min_level: Option<i32>,
}

/// Makes a requirement. It counts from the next decision on.
///
/// # Errors
/// `FORBIDDEN`; user errors naming the field.
pub async fn create_requirement(
    app: &App,
    call: &Call,
    fields: RequirementFields,
    idempotency_key: Option<&str>,
) -> Result<dispatch_requirement::Model> {
    let permission = Permission::DispatchManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work
        .once(idempotency_key, "dispatchRequirementCreate", &fields)
        .await?
    {
        return to_change::<dispatch_requirement::Entity>(work.tx(), &call.viewer, permission, id)
            .await;
    }
    let row = dispatch_requirement::Model {
        id: new_id(call.at),
        kind: fields.kind,
        product_id: fields.product_id,
        skill_id: fields.skill_id,
        min_level: fields.min_level,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    look_over(&work, &row).await?;
    let row = store::insert_requirement(work.tx(), row).await?;
    note(&mut work, "dispatch.requirement.create", &row);
    work.done(row.id).await?;
    work.commit().await?;
    Ok(row)
}

/// Changes a requirement. It counts from the next decision on.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors naming the field.
pub async fn update_requirement(
    app: &App,
    call: &Call,
    change: RequirementChange,
) -> Result<dispatch_requirement::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let was = to_change::<dispatch_requirement::Entity>(
        work.tx(),
        &call.viewer,
        Permission::DispatchManage,
        change.id,
    )
    .await?;
    expect_version(was.version, change.expected_version)?;
    let row = dispatch_requirement::Model {
        kind: change.kind.unwrap_or(was.kind),
        product_id: change.product_id.unwrap_or(was.product_id),
        skill_id: change.skill_id.unwrap_or(was.skill_id),
        min_level: change.min_level.unwrap_or(was.min_level),
        ..was
    };
    look_over(&work, &row).await?;
    let row = store::save_requirement(work.tx(), row, call.at).await?;
    note(&mut work, "dispatch.requirement.update", &row);
    work.commit().await?;
    Ok(row)
}

/// Removes a requirement; past decisions keep what they asked for. Returns what was removed.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`.
pub async fn remove_requirement(
    app: &App,
    call: &Call,
    id: Uuid,
    expected_version: i32,
) -> Result<dispatch_requirement::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let was = to_change::<dispatch_requirement::Entity>(
        work.tx(),
        &call.viewer,
        Permission::DispatchManage,
        id,
    )
    .await?;
    expect_version(was.version, expected_version)?;
    store::delete_requirement(work.tx(), id).await?;
    note(&mut work, "dispatch.requirement.delete", &was);
    work.commit().await?;
    Ok(was)
}

async fn look_over(work: &Work<'_>, row: &dispatch_requirement::Model) -> Result<()> {
    let viewer = &work.call().viewer;
    let mut checks = Checks::default();
    checks.ensure(
        (1..=5).contains(&row.min_level),
        UserErrorCode::Invalid,
        "input.minLevel",
        || Text::new("A level is 1 to 5.", "等级须为 1 至 5。"),
    );
    let known = find::<skill::Entity>(
        work.tx(),
        viewer,
        <skill::Entity as Scoped>::READ,
        row.skill_id,
    )
    .await?;
    checks.found("input.skillId", known);
    if let Some(id) = row.product_id {
        let known = find::<product::Entity>(work.tx(), viewer, Permission::ProductRead, id).await?;
        checks.found("input.productId", known);
    }
    checks.done()?;
    if store::same_requirement(work.tx(), row).await? {
        let text = Text::new(
            "There is a requirement for this kind, product and skill already; change that one.",
            "该类型、产品和技能的要求已存在，请修改原有要求。",
        );
        return Err(UserError::new(UserErrorCode::Taken, "input.skillId", text).into());
    }
    Ok(())
}

fn note(work: &mut Work<'_>, action: &'static str, row: &dispatch_requirement::Model) {
    work.audit(Entry {
        action,
        entity_type: "dispatch_requirement",
        entity_id: Some(row.id),
        detail: json!({
            "kind": row.kind,
            "product": row.product_id,
            "skill": row.skill_id,
            "minLevel": row.min_level,
        }),
    });
}
