//! Placing a member somewhere beside or instead of nowhere (新增任职).

use chrono::NaiveDate;
use entity::enums::AssignmentKind;
use entity::member;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::placing::{Place, TooMuch, conclude, facts, start};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::error::Result;
use crate::organisation::rules::Span;
use crate::work::{Once, Work};

/// The assignment to start.
#[derive(Clone, Debug, Serialize)]
pub struct AssignmentStart {
    /// Who.
    pub member_id: Uuid,
    /// In which line of the matrix.
    pub kind: AssignmentKind,
    /// In which department; needed for a home.
    pub department_id: Option<Uuid>,
    /// In which team; needed for a project.
    pub team_id: Option<Uuid>,
    /// For which region; needed for a regional one.
    pub region_id: Option<Uuid>,
    /// As what.
    pub position_id: Option<Uuid>,
    /// What the member does there.
    pub role: String,
    /// Share of the working time.
    pub percent: i32,
    /// First day.
    pub valid_from: NaiveDate,
    /// First day on which it no longer holds.
    pub valid_to: Option<NaiveDate>,
}

/// Starts an assignment and returns its id.
///
/// # Errors
/// User errors about the place, the days and the shares; refusals of permission and reach.
pub async fn assignment_start(
    app: &App,
    call: &Call,
    input: &AssignmentStart,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::OrganisationManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "assignmentStart", input).await? {
        return Ok(id);
    }
    work.raise_epoch().await?;
    let member = to_change::<member::Entity>(
        work.tx(),
        &call.viewer,
        Permission::OrganisationManage,
        input.member_id,
    )
    .await?;
    let place = Place {
        kind: input.kind,
        department_id: input.department_id,
        team_id: input.team_id,
        region_id: input.region_id,
        position_id: input.position_id,
        role: &input.role,
        percent: input.percent,
        span: Span {
            from: input.valid_from,
            to: input.valid_to,
        },
        from_field: "input.validFrom",
        too_much: TooMuch::Refused,
    };
    let row = start(&work, &member, &place).await?;
    let detail = json!({ "started": facts(&row) });
    conclude(&mut work, member, "assignment.start", detail).await?;
    work.done(row.id).await?;
    work.commit().await?;
    Ok(row.id)
}
