//! Forming task forces, joining them, and dissolving them (组建、加入、解散联合工作组).

use chrono::NaiveDate;
use entity::enums::AssignmentKind;
use entity::{assignment, member, task_force, team};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::rules::{Overload, overload};
use super::store;
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{ApiError, Result, Text, UserErrorCode};
use crate::organisation::actions::placing::{Place, TooMuch, conclude, end, facts, start};
use crate::organisation::rules::Span;
use crate::organisation::store::assignments_of;
use crate::organisation::structure::actions::{self as structure, TeamCreate};
use crate::work::{Once, Work, expect_version};

/// The most characters of goal and result.
const BODY: usize = 4_000;
/// The most members at the beginning.
const MEMBERS: usize = 50;

/// Who joins, as what and with how much time.
#[derive(Clone, Debug, Serialize)]
pub struct Recruit {
    /// Who.
    pub member_id: Uuid,
    /// What the member does there.
    pub role: String,
    /// Share of the working time.
    pub percent: i32,
}

/// A task force to form.
#[derive(Clone, Debug, Serialize)]
pub struct TaskForceForm {
    /// The code of its team.
    pub code: String,
    /// Its name in English.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// The department that answers for it.
    pub department_id: Uuid,
    /// What it is to reach.
    pub goal: String,
    /// Who leads it; one of the members.
    pub lead_id: Uuid,
    /// The first day.
    pub valid_from: NaiveDate,
    /// The first day on which it should no longer be needed.
    pub planned_end: NaiveDate,
    /// Who joins.
    pub members: Vec<Recruit>,
}

/// Forms a task force; returns its id, and who would have more to do than there is time.
///
/// # Errors
/// User errors about the values; a missing permission.
pub async fn task_force_form(
    app: &App,
    call: &Call,
    input: &TaskForceForm,
    idempotency_key: Option<&str>,
) -> Result<(Uuid, Vec<Overload>)> {
    call.viewer.require(Permission::OrganisationManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "taskForceForm", input).await? {
        return Ok((id, Vec::new()));
    }
    work.raise_epoch().await?;
    let goal = look_over(input)?;
    let team = TeamCreate {
        code: input.code.clone(),
        name: input.name.clone(),
        name_zh: input.name_zh.clone(),
        department_id: input.department_id,
        parent_id: None,
        region_id: None,
        valid_from: input.valid_from,
    };
    let team_id = structure::found(&mut work, &team, new_id(call.at)).await?;
    let mut overloads = Vec::new();
    for (index, recruit) in input.members.iter().enumerate() {
        let field = format!("input.members.{index}");
        let over = enlist(&mut work, &field, (team_id, input.valid_from), recruit).await?;
        overloads.extend(over);
    }
    let row = task_force::Model {
        id: new_id(call.at),
        team_id,
        goal,
        lead_id: input.lead_id,
        planned_end: input.planned_end,
        dissolved_on: None,
        result: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = row.id;
    let detail = json!({
        "team": team_id,
        "goal": row.goal,
        "lead": row.lead_id,
        "from": input.valid_from,
        "plannedEnd": row.planned_end,
    });
    store::insert(work.tx(), row).await?;
    structure::conclude(&mut work, "task_force.form", ("task_force", id), detail);
    work.done(id).await?;
    work.commit().await?;
    Ok((id, overloads))
}

fn look_over(input: &TaskForceForm) -> Result<String> {
    let mut checks = Checks::default();
    let goal = checks.body("input.goal", &input.goal, BODY);
    checks.ensure(
        input.planned_end > input.valid_from,
        UserErrorCode::Invalid,
        "input.plannedEnd",
        || {
            Text::new(
                "The planned end comes after the first day.",
                "计划结束日期须晚于开始日期。",
            )
        },
    );
    checks.ensure(
        (1..=MEMBERS).contains(&input.members.len()),
        UserErrorCode::Invalid,
        "input.members",
        || {
            Text::new(
                format!("A task force begins with 1 to {MEMBERS} members."),
                format!("联合工作组初始成员须为 1 至 {MEMBERS} 人。"),
            )
        },
    );
    let mut ids: Vec<Uuid> = input.members.iter().map(|one| one.member_id).collect();
    checks.ensure(
        ids.contains(&input.lead_id),
        UserErrorCode::RuleViolated,
        "input.leadId",
        || {
            Text::new(
                "Whoever leads it is one of its members.",
                "负责人须为工作组成员。",
            )
        },
    );
    ids.sort_unstable();
    ids.dedup();
    checks.ensure(
        ids.len() == input.members.len(),
        UserErrorCode::Invalid,
        "input.members",
        || Text::new("A member is named twice.", "成员重复。"),
    );
    checks.done()?;
    Ok(goal)
}

/// Gives a member a project assignment; tells when that is more than there is time.
async fn enlist(
    work: &mut Work<'_>,
    field: &str,
    (team_id, from): (Uuid, NaiveDate),
    recruit: &Recruit,
) -> Result<Option<Overload>> {
    let permission = Permission::OrganisationManage;
    let viewer = &work.call().viewer;
    let Some(row) =
        find::<member::Entity>(work.tx(), viewer, permission, recruit.member_id).await?
    else {
        let mut checks = Checks::default();
        checks.found::<()>(&format!("{field}.memberId"), None);
        checks.done()?;
        return Ok(None);
    };
    let there = assignments_of(work.tx(), row.id).await?;
    let mut checks = Checks::default();
    let is_in = |one: &assignment::Model| {
        one.team_id == Some(team_id) && one.valid_to.is_none_or(|to| from < to)
    };
    checks.ensure(
        !there.iter().any(is_in),
        UserErrorCode::Taken,
        &format!("{field}.memberId"),
        || {
            Text::new(
                "The member is in the task force already on these days.",
                "该成员在此期间已在工作组中。",
            )
        },
    );
    checks.done()?;
    let span = Span { from, to: None };
    let place = Place {
        kind: AssignmentKind::Project,
        department_id: None,
        team_id: Some(team_id),
        region_id: None,
        position_id: None,
        role: &recruit.role,
        percent: recruit.percent,
        span,
        from_field: "input.validFrom",
        too_much: TooMuch::Allowed,
    };
    let started = start(work, &row, &place).await?;
    let id = row.id;
    let detail = json!({ "started": facts(&started) });
    conclude(work, row, "assignment.start", detail).await?;
    let rows = assignments_of(work.tx(), id).await?;
    Ok(overload(id, &rows, span))
}

/// Somebody who joins a task force.
#[derive(Clone, Debug, Serialize)]
pub struct TaskForceJoin {
    /// The task force.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// Who joins.
    pub recruit: Recruit,
    /// The first day.
    pub valid_from: NaiveDate,
}

/// Lets a member join; returns the id of the task force, and the warning if it is more than there is time.
///
/// # Errors
/// User errors about the values; refusals of permission and version.
pub async fn task_force_join(
    app: &App,
    call: &Call,
    input: &TaskForceJoin,
) -> Result<(Uuid, Vec<Overload>)> {
    let (mut work, row, _) = to_lead(app, call, input.id, input.expected_version).await?;
    let at = (row.team_id, input.valid_from);
    let over = enlist(&mut work, "input.member", at, &input.recruit).await?;
    store::save(work.tx(), row, call.at).await?;
    let detail = json!({ "member": input.recruit.member_id, "percent": input.recruit.percent });
    structure::conclude(
        &mut work,
        "task_force.join",
        ("task_force", input.id),
        detail,
    );
    work.commit().await?;
    Ok((input.id, over.into_iter().collect()))
}

/// A task force to dissolve.
#[derive(Clone, Debug)]
pub struct TaskForceDissolve {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// The first day on which it no longer exists.
    pub on: NaiveDate,
    /// What came of it.
    pub result: String,
}

/// Dissolves a task force: its assignments and its team end on one day. Returns its id.
///
/// # Errors
/// User errors about day and result; refusals of permission and version.
pub async fn task_force_dissolve(
    app: &App,
    call: &Call,
    input: &TaskForceDissolve,
) -> Result<Uuid> {
    let (mut work, row, team) = to_lead(app, call, input.id, input.expected_version).await?;
    let mut checks = Checks::default();
    let result = checks.body("input.result", &input.result, BODY);
    structure::dated(&mut checks, call, "input.on", input.on);
    let placed = store::assignments_from(work.tx(), team.id, input.on).await?;
    checks.ensure(
        placed.iter().all(|row| row.valid_from < input.on),
        UserErrorCode::RuleViolated,
        "input.on",
        || {
            Text::new(
                "Somebody only joins on that day or later; take a later day.",
                "仍有成员在该日或之后才加入，请选择更晚的日期。",
            )
        },
    );
    checks.done()?;
    for assigned in placed {
        let person = assigned.member_id;
        let viewer = &call.viewer;
        let person =
            to_change::<member::Entity>(work.tx(), viewer, Permission::OrganisationManage, person)
                .await?;
        let ended = end(&work, assigned, input.on).await?;
        let detail = json!({ "ended": facts(&ended) });
        conclude(&mut work, person, "assignment.end", detail).await?;
    }
    structure::close(&mut work, team, input.on).await?;
    let detail = json!({ "on": input.on, "result": result });
    let over = task_force::Model {
        dissolved_on: Some(input.on),
        result: Some(result),
        ..row
    };
    store::save(work.tx(), over, call.at).await?;
    let about = ("task_force", input.id);
    structure::conclude(&mut work, "task_force.dissolve", about, detail);
    work.commit().await?;
    Ok(input.id)
}

/// A task force that is at work, with its team, both locked.
async fn to_lead<'c>(
    app: &App,
    call: &'c Call,
    id: Uuid,
    expected_version: i32,
) -> Result<(Work<'c>, task_force::Model, team::Model)> {
    let permission = Permission::OrganisationManage;
    call.viewer.require(permission)?;
    let work = Work::begin(&app.db, call).await?;
    work.raise_epoch().await?;
    let row = to_change::<task_force::Entity>(work.tx(), &call.viewer, permission, id).await?;
    expect_version(row.version, expected_version)?;
    let mut checks = Checks::default();
    checks.ensure(
        row.dissolved_on.is_none(),
        UserErrorCode::WrongState,
        "input.id",
        || {
            Text::new(
                "This task force is dissolved; form another one.",
                "该联合工作组已解散，请另行组建。",
            )
        },
    );
    checks.done()?;
    let team = find::<team::Entity>(work.tx(), &call.viewer, permission, row.team_id).await?;
    let team = team.ok_or_else(ApiError::not_found)?;
    Ok((work, row, team))
}
