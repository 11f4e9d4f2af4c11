//! Planning, beginning, finishing and withdrawing rotations (轮岗计划、开始、结束、撤回).

use chrono::NaiveDate;
use entity::enums::{AssignmentKind, RotationState};
use entity::{assignment, member, position, rotation, team};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::rules::{Step, step};
use super::{CHANGED, store};
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::audit;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Error, Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::organisation::actions::{MemberTransfer, transfer as move_home};
use crate::organisation::rules::holds_on;
use crate::organisation::store::assignments_of;
use crate::organisation::structure::actions::dated;
use crate::organisation::structure::store::teams_on;
use crate::work::{Once, Work, expect_version};

/// The permission for all of it: a rotation changes who works where.
const PERMISSION: Permission = Permission::OrganisationManage;
/// The most characters of a role.
const ROLE: usize = 100;
/// The most characters of goal and result.
const BODY: usize = 4_000;

/// A rotation to plan.
#[derive(Clone, Debug, Serialize)]
pub struct RotationPlan {
    /// Who.
    pub member_id: Uuid,
    /// To which team.
    pub team_id: Uuid,
    /// As what.
    pub position_id: Option<Uuid>,
    /// What the member does there.
    pub role: String,
    /// What it is for.
    pub goal: String,
    /// The first planned day.
    pub starts_on: NaiveDate,
    /// The first day on which it should be over.
    pub ends_on: NaiveDate,
}

/// Plans a rotation and returns its id. Nobody is placed anywhere by that.
///
/// # Errors
/// User errors about the values; refusals of permission and reach.
pub async fn rotation_plan(
    app: &App,
    call: &Call,
    input: &RotationPlan,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(PERMISSION)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "rotationPlan", input).await? {
        return Ok(id);
    }
    let person =
        to_change::<member::Entity>(work.tx(), &call.viewer, PERMISSION, input.member_id).await?;
    let mut checks = Checks::default();
    let role = checks.text("input.role", &input.role, ROLE);
    let goal = checks.body("input.goal", &input.goal, BODY);
    dated(&mut checks, call, "input.startsOn", input.starts_on);
    checks.ensure(
        input.ends_on > input.starts_on,
        UserErrorCode::Invalid,
        "input.endsOn",
        || {
            Text::new(
                "The end is the first day after it, so it comes after the start.",
                "结束日期为轮岗后的第一天，须晚于开始日期。",
            )
        },
    );
    checks.ensure(
        holds_on(person.joined_on, person.left_on, input.starts_on),
        UserErrorCode::RuleViolated,
        "input.startsOn",
        || {
            Text::new(
                "The member doesn't work here on that day.",
                "该成员当日不在职。",
            )
        },
    );
    there(&work, &mut checks, input).await?;
    let home = home_on(&work, person.id, input.starts_on).await?;
    checks.ensure(
        home.as_ref().and_then(|home| home.team_id) != Some(input.team_id),
        UserErrorCode::RuleViolated,
        "input.teamId",
        || {
            Text::new(
                "The member works in that team already; choose another one.",
                "该成员届时已在该团队，请选择其他团队。",
            )
        },
    );
    checks.ensure(
        store::open_of(work.tx(), person.id).await? == 0,
        UserErrorCode::WrongState,
        "input.memberId",
        || {
            Text::new(
                "Another rotation of this member is planned or under way; finish or withdraw it first.",
                "该成员已有计划中或进行中的轮岗，请先结束或撤回。",
            )
        },
    );
    checks.done()?;
    let row = rotation::Model {
        id: new_id(call.at),
        member_id: person.id,
        team_id: input.team_id,
        position_id: input.position_id,
        role,
        goal,
        starts_on: input.starts_on,
        ends_on: input.ends_on,
        state: RotationState::Planned,
        origin_id: None,
        assignment_id: None,
        finished_on: None,
        returned: None,
        result: None,
        created_by: call.viewer.actor.id,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = row.id;
    let detail = json!({
        "member": row.member_id,
        "team": row.team_id,
        "from": row.starts_on,
        "plannedEnd": row.ends_on,
    });
    store::insert(work.tx(), row).await?;
    leave_trace(&mut work, id, "rotation.plan", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Team and position exist on the first day.
async fn there(work: &Work<'_>, checks: &mut Checks, input: &RotationPlan) -> Result<()> {
    let viewer = &work.call().viewer;
    let day = input.starts_on;
    let gone = || Text::new("It doesn't exist on that day.", "该对象当日无效。");
    let row = find::<team::Entity>(work.tx(), viewer, PERMISSION, input.team_id).await?;
    if let Some(row) = checks.found("input.teamId", row) {
        let holds = holds_on(row.valid_from, row.valid_to, day);
        checks.ensure(holds, UserErrorCode::WrongState, "input.teamId", gone);
    }
    if let Some(id) = input.position_id {
        let row = find::<position::Entity>(work.tx(), viewer, PERMISSION, id).await?;
        if let Some(row) = checks.found("input.positionId", row) {
            let holds = holds_on(row.valid_from, row.valid_to, day);
            checks.ensure(holds, UserErrorCode::WrongState, "input.positionId", gone);
        }
    }
    Ok(())
}

async fn home_on(
    work: &Work<'_>,
    member: Uuid,
    day: NaiveDate,
) -> Result<Option<assignment::Model>> {
    let rows = assignments_of(work.tx(), member).await?;
    Ok(rows.into_iter().find(|row| {
        row.kind == AssignmentKind::Home && holds_on(row.valid_from, row.valid_to, day)
    }))
}

/// A rotation to begin.
#[derive(Clone, Copy, Debug)]
pub struct RotationBegin {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// The first day; the planned one when nothing is said.
    pub on: Option<NaiveDate>,
}

/// Begins a rotation: the member is transferred on that day, which may be one to come. Returns its id.
///
/// # Errors
/// User errors about the day and what the transfer refuses; refusals of permission and version.
pub async fn rotation_begin(app: &App, call: &Call, input: RotationBegin) -> Result<Uuid> {
    let seen = (input.id, input.expected_version);
    let (mut work, row, state) = to_step(app, call, seen, Step::Begin).await?;
    let on = input.on.unwrap_or(row.starts_on);
    let mut checks = Checks::default();
    checks.ensure(
        on < row.ends_on,
        UserErrorCode::RuleViolated,
        "input.on",
        || {
            let end = row.ends_on;
            Text::new(
                format!("It should be over by {end}; begin it before, or withdraw it and plan another one."),
                format!("计划于 {end} 结束，请在此之前开始，或撤回后重新计划。"),
            )
        },
    );
    checks.done()?;
    let origin = home_on(&work, row.member_id, on).await?;
    let teams = teams_on(work.tx(), on).await?;
    let team = teams.iter().find(|team| team.id == row.team_id);
    let Some(team) = team else {
        return Err(mistake(
            "input.id",
            "The team no longer exists on that day; withdraw the rotation.",
            "该团队届时已不存在，请撤回该轮岗。",
        ));
    };
    let place = Destination {
        department_id: team.department_id,
        team_id: Some(team.id),
        position_id: row.position_id,
        role: row.role.clone(),
        percent: None,
    };
    let entered = transfer(&mut work, row.member_id, on, place).await?;
    let detail = json!({ "on": on, "assignment": entered.id });
    let row = rotation::Model {
        state,
        starts_on: on,
        origin_id: origin.map(|origin| origin.id),
        assignment_id: Some(entered.id),
        ..row
    };
    store::save(work.tx(), row, call.at).await?;
    leave_trace(&mut work, input.id, "rotation.begin", detail);
    work.commit().await?;
    Ok(input.id)
}

/// A rotation to finish.
#[derive(Clone, Debug)]
pub struct RotationFinish {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// The first day after it.
    pub on: NaiveDate,
    /// Does the member go back to where the home was?
    pub returns: bool,
    /// What came of it.
    pub result: String,
}

/// Finishes a rotation: the member is transferred back on that day, or stays. Returns its id.
///
/// # Errors
/// User errors about day and result and what the transfer refuses; refusals of permission and version.
pub async fn rotation_finish(app: &App, call: &Call, input: &RotationFinish) -> Result<Uuid> {
    let seen = (input.id, input.expected_version);
    let (mut work, row, state) = to_step(app, call, seen, Step::Finish).await?;
    let mut checks = Checks::default();
    let result = checks.body("input.result", &input.result, BODY);
    dated(&mut checks, call, "input.on", input.on);
    checks.ensure(
        input.on > row.starts_on,
        UserErrorCode::RuleViolated,
        "input.on",
        || {
            Text::new(
                "It only begins on that day or later; take a later one.",
                "该轮岗届时尚未开始，请选择更晚的日期。",
            )
        },
    );
    checks.done()?;
    let mut back = None;
    if input.returns {
        let homes = assignments_of(work.tx(), row.member_id).await?;
        let origin = homes
            .into_iter()
            .find(|home| Some(home.id) == row.origin_id);
        let Some(origin) = origin else {
            return Err(mistake(
                "input.returns",
                "The member had no home before it; say `returns: false`, and transfer the member.",
                "该成员此前无归属，请填写 returns: false 并另行调动。",
            ));
        };
        // The team may have moved meanwhile.
        let teams = teams_on(work.tx(), input.on).await?;
        let team = teams.iter().find(|team| Some(team.id) == origin.team_id);
        let department = match (team, origin.team_id) {
            (Some(team), _) => Some(team.department_id),
            (None, None) => origin.department_id,
            (None, Some(_)) => None,
        };
        let Some(department_id) = department else {
            return Err(mistake(
                "input.returns",
                "The team that the member came from no longer exists; say `returns: false`, and transfer the member.",
                "原团队已不存在，请填写 returns: false 并另行调动。",
            ));
        };
        let place = Destination {
            department_id,
            team_id: origin.team_id,
            position_id: origin.position_id,
            role: origin.role,
            percent: Some(origin.percent),
        };
        back = Some(
            transfer(&mut work, row.member_id, input.on, place)
                .await?
                .id,
        );
    }
    let detail = json!({ "on": input.on, "returned": input.returns, "assignment": back });
    let row = rotation::Model {
        state,
        finished_on: Some(input.on),
        returned: Some(input.returns),
        result: Some(result),
        ..row
    };
    store::save(work.tx(), row, call.at).await?;
    leave_trace(&mut work, input.id, "rotation.finish", detail);
    work.commit().await?;
    Ok(input.id)
}

/// A rotation that doesn't take place.
#[derive(Clone, Debug)]
pub struct RotationWithdraw {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// Why.
    pub reason: String,
}

/// Withdraws a planned rotation and returns its id.
///
/// # Errors
/// User errors when it has begun; refusals of permission and version.
pub async fn rotation_withdraw(app: &App, call: &Call, input: &RotationWithdraw) -> Result<Uuid> {
    let seen = (input.id, input.expected_version);
    let (mut work, row, state) = to_step(app, call, seen, Step::Withdraw).await?;
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", &input.reason, BODY);
    checks.done()?;
    let row = rotation::Model {
        state,
        finished_on: Some(crate::organisation::today(call)),
        result: Some(reason),
        ..row
    };
    store::save(work.tx(), row, call.at).await?;
    leave_trace(&mut work, input.id, "rotation.withdraw", json!({}));
    work.commit().await?;
    Ok(input.id)
}

/// The rotation, locked, and the state that the step leads to.
async fn to_step<'c>(
    app: &App,
    call: &'c Call,
    (id, expected_version): (Uuid, i32),
    taken: Step,
) -> Result<(Work<'c>, rotation::Model, RotationState)> {
    call.viewer.require(PERMISSION)?;
    let work = Work::begin(&app.db, call).await?;
    work.raise_epoch().await?;
    let row = to_change::<rotation::Entity>(work.tx(), &call.viewer, PERMISSION, id).await?;
    expect_version(row.version, expected_version)?;
    let Some(state) = step(row.state, taken) else {
        return Err(mistake(
            "input.id",
            "A planned rotation can be begun or withdrawn, one under way can be finished; this one is beyond that.",
            "计划中的轮岗可开始或撤回，进行中的可结束；当前状态不允许此操作。",
        ));
    };
    Ok((work, row, state))
}

fn mistake(field: &str, en: &'static str, zh: &'static str) -> Error {
    UserError::new(UserErrorCode::WrongState, field, Text::new(en, zh)).into()
}

/// Where a member goes.
struct Destination {
    department_id: Uuid,
    team_id: Option<Uuid>,
    position_id: Option<Uuid>,
    role: String,
    percent: Option<i32>,
}

/// Transfers the member and returns the home assignment that starts then.
async fn transfer(
    work: &mut Work<'_>,
    member: Uuid,
    on: NaiveDate,
    place: Destination,
) -> Result<assignment::Model> {
    let viewer = &work.call().viewer;
    let person = to_change::<member::Entity>(work.tx(), viewer, PERMISSION, member).await?;
    let order = MemberTransfer {
        id: member,
        expected_version: person.version,
        on,
        department_id: place.department_id,
        team_id: place.team_id,
        position_id: place.position_id,
        role: place.role,
        percent: place.percent,
    };
    move_home(work, person, &order).await?;
    let entered = home_on(work, member, on).await?;
    entered.ok_or_else(|| Error::internal("a transfer without a home"))
}

fn leave_trace(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: serde_json::Value) {
    work.audit(audit::Entry {
        action,
        entity_type: "rotation",
        entity_id: Some(id),
        detail,
    });
    let event = Event::new(work.call().at, CHANGED, id, json!({ "action": action }));
    work.emit(event);
}
