//! Founding and closing departments (新设、撤销部门).

use chrono::NaiveDate;
use entity::department;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{NAME, coded, conclude, dated, not_placed, still_there};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::structure::store::{self, Target};
use crate::work::{Once, Work, expect_version};

/// A department to found.
#[derive(Clone, Debug, Serialize)]
pub struct DepartmentCreate {
    /// Its code.
    pub code: String,
    /// Its name in English.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// The first day.
    pub valid_from: NaiveDate,
}

/// Founds a department and returns its id.
///
/// # Errors
/// User errors about code, names and day; a missing permission.
pub async fn department_create(
    app: &App,
    call: &Call,
    input: &DepartmentCreate,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::OrganisationManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work
        .once(idempotency_key, "departmentCreate", input)
        .await?
    {
        return Ok(id);
    }
    work.raise_epoch().await?;
    let mut checks = Checks::default();
    let taken = store::department_code_taken(work.tx(), input.code.trim()).await?;
    let row = department::Model {
        id: new_id(call.at),
        code: coded(&mut checks, &input.code, taken),
        name: checks.text("input.name", &input.name, NAME),
        name_zh: checks.text("input.nameZh", &input.name_zh, NAME),
        valid_from: input.valid_from,
        valid_to: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    dated(&mut checks, call, "input.validFrom", input.valid_from);
    checks.done()?;
    let id = row.id;
    let detail = json!({ "code": row.code, "name": row.name, "nameZh": row.name_zh, "from": row.valid_from });
    store::insert_department(work.tx(), row).await?;
    conclude(&mut work, "department.create", ("department", id), detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// A department to close.
#[derive(Clone, Copy, Debug)]
pub struct DepartmentClose {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// The first day on which it no longer exists.
    pub on: NaiveDate,
}

/// Closes a department from a day on and returns its id.
///
/// # Errors
/// User errors when teams or members are in it on that day or later; refusals of permission and version.
pub async fn department_close(app: &App, call: &Call, input: DepartmentClose) -> Result<Uuid> {
    let permission = Permission::OrganisationManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    work.raise_epoch().await?;
    let row =
        to_change::<department::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(row.version, input.expected_version)?;
    let mut checks = Checks::default();
    dated(&mut checks, call, "input.on", input.on);
    still_there(&mut checks, (row.valid_from, row.valid_to), input.on);
    not_placed(&work, &mut checks, Target::Department(row.id), input.on).await?;
    let codes = store::codes_in(work.tx(), row.id, input.on).await?;
    checks.ensure(
        codes.is_empty(),
        UserErrorCode::RuleViolated,
        "input.on",
        || {
            let codes: Vec<String> = codes.into_iter().collect();
            let codes = codes.join(", ");
            Text::new(
                format!(
                    "Teams belong to it on {} or later: {codes}. Move or close them first.",
                    input.on
                ),
                format!("{} 及以后仍有下属团队：{codes}，请先划转或撤销。", input.on),
            )
        },
    );
    checks.done()?;
    let closed = department::Model {
        valid_to: Some(input.on),
        ..row
    };
    store::save_department(work.tx(), closed, call.at).await?;
    let detail = json!({ "on": input.on });
    conclude(
        &mut work,
        "department.close",
        ("department", input.id),
        detail,
    );
    work.commit().await?;
    Ok(input.id)
}
