//! Founding and closing teams (新设、撤销团队).

use chrono::NaiveDate;
use entity::{department, region, team};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{NAME, coded, conclude, dated, not_placed, still_there};
use super::moves::look_at_place;
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::rules::holds_on;
use crate::organisation::structure::rules::Spot;
use crate::organisation::structure::store::{self, Target};
use crate::work::{Once, Work, expect_version};

/// A team to found.
#[derive(Clone, Debug, Serialize)]
pub struct TeamCreate {
    /// Its code.
    pub code: String,
    /// Its name in English.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// The department.
    pub department_id: Uuid,
    /// The team above.
    pub parent_id: Option<Uuid>,
    /// The region it serves.
    pub region_id: Option<Uuid>,
    /// The first day.
    pub valid_from: NaiveDate,
}

/// Founds a team and returns its id.
///
/// # Errors
/// User errors about code, names, place and day; a missing permission.
pub async fn team_create(
    app: &App,
    call: &Call,
    input: &TeamCreate,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::OrganisationManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "teamCreate", input).await? {
        return Ok(id);
    }
    work.raise_epoch().await?;
    let id = found(&mut work, input, new_id(call.at)).await?;
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Founds a team under that id, within an action.
pub(in crate::organisation) async fn found(
    work: &mut Work<'_>,
    input: &TeamCreate,
    id: Uuid,
) -> Result<Uuid> {
    let call = work.call();
    let mut checks = Checks::default();
    let taken = store::team_code_taken(work.tx(), input.code.trim()).await?;
    let code = coded(&mut checks, &input.code, taken);
    let name = checks.text("input.name", &input.name, NAME);
    let name_zh = checks.text("input.nameZh", &input.name_zh, NAME);
    dated(&mut checks, call, "input.validFrom", input.valid_from);
    let spot = Spot {
        department: input.department_id,
        parent: input.parent_id,
        region: input.region_id,
    };
    look_at_place(work, &mut checks, None, spot, input.valid_from).await?;
    checks.done()?;
    let row = team::Model {
        id,
        code,
        name,
        name_zh,
        department_id: spot.department,
        parent_id: spot.parent,
        region_id: spot.region,
        valid_from: input.valid_from,
        valid_to: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let detail = json!({
        "code": row.code,
        "name": row.name,
        "nameZh": row.name_zh,
        "department": row.department_id,
        "parent": row.parent_id,
        "region": row.region_id,
        "from": row.valid_from,
    });
    store::insert_team(work.tx(), row).await?;
    conclude(work, "team.create", ("team", id), detail);
    Ok(id)
}

/// A team to close.
#[derive(Clone, Copy, Debug)]
pub struct TeamClose {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// The first day on which it no longer exists.
    pub on: NaiveDate,
}

/// Closes a team from a day on and returns its id.
///
/// # Errors
/// User errors when members or teams are in it on that day or later; refusals of permission and version.
pub async fn team_close(app: &App, call: &Call, input: TeamClose) -> Result<Uuid> {
    let permission = Permission::OrganisationManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    work.raise_epoch().await?;
    let row = to_change::<team::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(row.version, input.expected_version)?;
    close(&mut work, row, input.on).await?;
    work.commit().await?;
    Ok(input.id)
}

/// Closes a team, within an action.
pub(in crate::organisation) async fn close(
    work: &mut Work<'_>,
    row: team::Model,
    on: NaiveDate,
) -> Result<()> {
    let (call, id) = (work.call(), row.id);
    let mut checks = Checks::default();
    dated(&mut checks, call, "input.on", on);
    still_there(&mut checks, (row.valid_from, row.valid_to), on);
    not_placed(work, &mut checks, Target::Team(id), on).await?;
    let mut below = Vec::new();
    for day in store::days_from(work.tx(), on).await? {
        let teams = store::teams_on(work.tx(), day).await?;
        below.extend(
            teams
                .into_iter()
                .filter(|team| team.parent_id == Some(id))
                .map(|team| team.code),
        );
    }
    below.sort();
    below.dedup();
    checks.ensure(
        below.is_empty(),
        UserErrorCode::RuleViolated,
        "input.on",
        || {
            let codes = below.join(", ");
            Text::new(
                format!(
                    "Teams stand below it on {on} or later: {codes}. Move or close them first."
                ),
                format!("{on} 及以后仍有下级团队：{codes}，请先划转或撤销。"),
            )
        },
    );
    checks.done()?;
    let closed = team::Model {
        valid_to: Some(on),
        ..row
    };
    store::save_team(work.tx(), closed, call.at).await?;
    conclude(work, "team.close", ("team", id), json!({ "on": on }));
    Ok(())
}

/// Department and region exist on a day.
pub(super) async fn there(
    work: &Work<'_>,
    checks: &mut Checks,
    spot: Spot,
    day: NaiveDate,
) -> Result<()> {
    macro_rules! there {
        ($table:ident, $id:expr, $field:literal) => {
            if let Some(id) = $id {
                let (viewer, permission) = (&work.call().viewer, Permission::OrganisationManage);
                let row = find::<$table::Entity>(work.tx(), viewer, permission, id).await?;
                if let Some(row) = checks.found($field, row) {
                    checks.ensure(
                        holds_on(row.valid_from, row.valid_to, day),
                        UserErrorCode::WrongState,
                        $field,
                        || {
                            Text::new(
                                format!("It doesn't exist on {day}."),
                                format!("该对象在 {day} 无效。"),
                            )
                        },
                    );
                }
            }
        };
    }
    there!(department, Some(spot.department), "input.departmentId");
    there!(region, spot.region, "input.regionId");
    Ok(())
}
