//! Moving a team to another department, below another team or to another region from a day on (团队划转).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use entity::{team, team_place};
use serde_json::json;
use uuid::Uuid;

use super::common::{conclude, dated};
use super::teams::there;
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::{Change, Checks};
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::organisation::rules::{below, holds_on};
use crate::organisation::structure::rules::{Misplaced, Spot, may_stand};
use crate::organisation::structure::store;
use crate::organisation::today;
use crate::work::{Work, expect_version};

/// Where a team moves.
#[derive(Clone, Debug)]
pub struct TeamMove {
    /// Which team.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// The first day there.
    pub on: NaiveDate,
    /// The department.
    pub department_id: Option<Uuid>,
    /// The team above; in another department none unless one is named.
    pub parent_id: Change<Uuid>,
    /// The region it serves.
    pub region_id: Change<Uuid>,
}

/// Moves a team from a day on, with the teams below it, and returns its id.
///
/// # Errors
/// User errors about place and day; refusals of permission and version.
pub async fn team_move(app: &App, call: &Call, input: &TeamMove) -> Result<Uuid> {
    let permission = Permission::OrganisationManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    work.raise_epoch().await?;
    let row = to_change::<team::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(row.version, input.expected_version)?;
    relocate(&mut work, row, input).await?;
    work.commit().await?;
    Ok(input.id)
}

/// Moves a team, within an action.
pub(in crate::organisation) async fn relocate(
    work: &mut Work<'_>,
    row: team::Model,
    input: &TeamMove,
) -> Result<()> {
    let (call, day) = (work.call(), input.on);
    let mut checks = Checks::default();
    dated(&mut checks, call, "input.on", day);
    let teams = store::teams_on(work.tx(), day).await?;
    let Some(now) = teams.iter().find(|team| team.id == row.id).cloned() else {
        checks.add(
            UserErrorCode::WrongState,
            "input.on",
            Text::new(
                format!("The team doesn't exist on {day}."),
                format!("该团队在 {day} 不存在。"),
            ),
        );
        return checks.done();
    };
    let spot = wanted(&Spot::founding(&now), input);
    if spot == Spot::founding(&now) {
        return checks.done();
    }
    look_at_place(work, &mut checks, Some(row.id), spot, day).await?;
    let moved = below(&BTreeSet::from([row.id]), &teams);
    if let Some(planned) = store::next_move(work.tx(), &moved, day).await? {
        checks.add(
            UserErrorCode::WrongState,
            "input.on",
            Text::new(
                format!("A move of it or of a team below it is told for {planned}; take a later day, or withdraw that one."),
                format!("该团队或其下级团队已计划于 {planned} 划转，请选择更晚的日期，或先撤回该计划。"),
            ),
        );
    }
    checks.done()?;
    let move_id = new_id(call.at);
    let along = teams.iter().filter(|team| {
        // Only another department is a change for those below.
        team.id == row.id || (moved.contains(&team.id) && team.department_id != spot.department)
    });
    let mut touched = Vec::new();
    for team in along {
        let there = if team.id == row.id {
            spot
        } else {
            Spot {
                department: spot.department,
                ..Spot::founding(team)
            }
        };
        let place = team_place::Model {
            id: new_id(call.at),
            team_id: team.id,
            move_id,
            department_id: there.department,
            parent_id: there.parent,
            region_id: there.region,
            valid_from: day,
            valid_to: None,
            created_at: call.at,
        };
        store::insert_place(work.tx(), place).await?;
        touched.push(team.id);
    }
    store::save_team(work.tx(), row.clone(), call.at).await?;
    let detail = json!({
        "on": day,
        "from": shown(Spot::founding(&now)),
        "to": shown(spot),
    });
    for id in touched {
        let detail = if id == row.id {
            detail.clone()
        } else {
            json!({ "on": day, "with": row.id })
        };
        conclude(work, "team.move", ("team", id), detail);
    }
    Ok(())
}

fn shown(spot: Spot) -> serde_json::Value {
    json!({ "department": spot.department, "parent": spot.parent, "region": spot.region })
}

/// Where the team is to stand: what isn't said stays, but in another department nobody is above unless it is said.
fn wanted(now: &Spot, input: &TeamMove) -> Spot {
    let department = input.department_id.unwrap_or(now.department);
    let stays = department == now.department;
    Spot {
        department,
        parent: input
            .parent_id
            .clone()
            .optional()
            .unwrap_or(now.parent.filter(|_| stays)),
        region: input.region_id.clone().optional().unwrap_or(now.region),
    }
}

/// A team can stand there on that day and on every later day on which teams change.
pub(super) async fn look_at_place(
    work: &Work<'_>,
    checks: &mut Checks,
    team: Option<Uuid>,
    spot: Spot,
    day: NaiveDate,
) -> Result<()> {
    there(work, checks, spot, day).await?;
    let Some(parent) = spot.parent else {
        return Ok(());
    };
    for at in store::days_from(work.tx(), day).await? {
        let teams = store::teams_on(work.tx(), at).await?;
        let above = teams
            .iter()
            .any(|row| row.id == parent && holds_on(row.valid_from, row.valid_to, at));
        let fits = may_stand(team, spot.department, spot.parent, &teams);
        let text = match fits {
            Ok(()) if above => continue,
            Ok(()) => Text::new(
                format!("There is no such team on {at}."),
                format!("{at} 不存在该上级团队。"),
            ),
            Err(Misplaced::BelowItself) => Text::new(
                format!("On {at} the team above would be itself or below it."),
                format!("{at} 上级团队将是其自身或其下级团队。"),
            ),
            Err(Misplaced::OtherDepartment) => Text::new(
                format!("On {at} the team above belongs to another department."),
                format!("{at} 上级团队属于其他部门。"),
            ),
        };
        checks.add(UserErrorCode::RuleViolated, "input.parentId", text);
        break;
    }
    Ok(())
}

/// A move to withdraw.
#[derive(Clone, Copy, Debug)]
pub struct TeamMoveWithdraw {
    /// The team that moves.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// The first day of the move.
    pub on: NaiveDate,
}

/// Withdraws a move that hasn't begun, and returns the id of the team.
///
/// # Errors
/// User errors when there is no such move, or it has begun; refusals of permission and version.
pub async fn team_move_withdraw(app: &App, call: &Call, input: TeamMoveWithdraw) -> Result<Uuid> {
    let permission = Permission::OrganisationManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    work.raise_epoch().await?;
    let row = to_change::<team::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(row.version, input.expected_version)?;
    let refuse = |code, text| UserError::new(code, "input.on", text);
    if input.on <= today(call) {
        let text = Text::new(
            "A move that has begun is history; move the team back from a later day.",
            "划转已生效，不可撤回；请另行划转。",
        );
        return Err(refuse(UserErrorCode::RuleViolated, text).into());
    }
    let places = store::move_on(work.tx(), row.id, input.on).await?;
    if places.is_empty() {
        let text = Text::new(
            format!("No move of this team is told for {}.", input.on),
            format!("该团队没有计划于 {} 的划转。", input.on),
        );
        return Err(refuse(UserErrorCode::NotFound, text).into());
    }
    let teams: BTreeSet<Uuid> = places.iter().map(|place| place.team_id).collect();
    let after = input.on + chrono::TimeDelta::days(1);
    if let Some(later) = store::next_move(work.tx(), &teams, after).await? {
        let text = Text::new(
            format!("A later move builds on it; withdraw that of {later} first."),
            format!("其后尚有 {later} 的划转，请先撤回。"),
        );
        return Err(refuse(UserErrorCode::WrongState, text).into());
    }
    store::withdraw_places(work.tx(), &places).await?;
    store::save_team(work.tx(), row, call.at).await?;
    for id in teams {
        conclude(
            &mut work,
            "team.move_withdraw",
            ("team", id),
            json!({ "on": input.on }),
        );
    }
    work.commit().await?;
    Ok(input.id)
}
