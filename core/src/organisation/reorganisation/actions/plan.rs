//! Writing a plan down (拟定方案).

use chrono::NaiveDate;
use entity::enums::{ReorganisationState, ReorganisationStep as Kind};
use entity::{reorganisation, reorganisation_change};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::steps::{ended, trace};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::reorganisation::rules::{Step, next};
use crate::organisation::reorganisation::store;
use crate::organisation::structure::actions::dated;
use crate::work::{Once, Work, expect_version};

/// The most characters of a title.
const TITLE: usize = 200;
/// The most characters of why.
const BODY: usize = 4_000;
/// The most changes of a plan.
const CHANGES: usize = 100;

/// A team that there is, or one that the plan founds by an earlier change.
#[derive(Clone, Copy, Debug, Serialize)]
pub enum TeamRef {
    /// A team that there is.
    Known(Uuid),
    /// The team that the change at this place founds, from 1.
    Founded(i32),
}

/// One change.
#[derive(Clone, Debug, Serialize)]
pub enum Planned {
    /// Found a team.
    FoundTeam {
        /// Its code.
        code: String,
        /// Its name in English.
        name: String,
        /// 中文名称.
        name_zh: String,
        /// The department.
        department: Uuid,
        /// The team above.
        parent: Option<TeamRef>,
    },
    /// Move a team.
    MoveTeam {
        /// Which one.
        team: Uuid,
        /// The department; as before when absent.
        department: Option<Uuid>,
        /// The team above; none when absent.
        parent: Option<TeamRef>,
    },
    /// Move a member to another home.
    MoveMember {
        /// Who.
        member: Uuid,
        /// The team.
        team: TeamRef,
        /// The position.
        position: Option<Uuid>,
        /// What the member does there.
        role: String,
    },
    /// Close a team.
    CloseTeam {
        /// Which one.
        team: Uuid,
    },
}

/// A plan as it is written.
#[derive(Clone, Debug, Serialize)]
pub struct Draft {
    /// What it is called.
    pub title: String,
    /// Why.
    pub reason: String,
    /// The day.
    pub takes_effect_on: NaiveDate,
    /// The changes, in order.
    pub changes: Vec<Planned>,
}

/// Writes a plan and returns its id.
///
/// # Errors
/// User errors about words, day and changes; a missing permission.
pub async fn reorganisation_plan(
    app: &App,
    call: &Call,
    draft: &Draft,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::OrganisationManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let operation = "reorganisationPlan";
    if let Once::Repeated(id) = work.once(idempotency_key, operation, draft).await? {
        return Ok(id);
    }
    let id = new_id(call.at);
    let (title, reason, changes) = look_over(call, id, draft)?;
    let row = reorganisation::Model {
        id,
        title,
        reason,
        takes_effect_on: draft.takes_effect_on,
        state: ReorganisationState::Draft,
        approved_by: None,
        approved_at: None,
        applied_at: None,
        ended_reason: None,
        created_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let detail = json!({ "title": row.title, "on": row.takes_effect_on, "changes": draft.changes });
    store::insert(work.tx(), row).await?;
    store::replace_changes(work.tx(), id, changes).await?;
    trace(&mut work, id, "reorganisation.plan", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Writes a draft anew and returns its id.
///
/// # Errors
/// User errors about words, day and changes; refusals of permission and version.
pub async fn reorganisation_revise(
    app: &App,
    call: &Call,
    (id, expected_version): (Uuid, i32),
    draft: &Draft,
) -> Result<Uuid> {
    let permission = Permission::OrganisationManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let row = to_change::<reorganisation::Entity>(work.tx(), &call.viewer, permission, id).await?;
    expect_version(row.version, expected_version)?;
    let state = next(row.state, Step::Revise).ok_or_else(|| ended(row.state))?;
    let (title, reason, changes) = look_over(call, id, draft)?;
    let detail = json!({ "title": title, "on": draft.takes_effect_on, "changes": draft.changes });
    let row = reorganisation::Model {
        title,
        reason,
        state,
        takes_effect_on: draft.takes_effect_on,
        ..row
    };
    store::save(work.tx(), row, call.at).await?;
    store::replace_changes(work.tx(), id, changes).await?;
    trace(&mut work, id, "reorganisation.revise", detail);
    work.commit().await?;
    Ok(id)
}

type LookedOver = (String, String, Vec<reorganisation_change::Model>);

/// Words and day, and the rows of the changes. Whether the changes fit, preview and approval say.
fn look_over(call: &Call, id: Uuid, draft: &Draft) -> Result<LookedOver> {
    let mut checks = Checks::default();
    let title = checks.text("input.title", &draft.title, TITLE);
    let reason = checks.body("input.reason", &draft.reason, BODY);
    dated(
        &mut checks,
        call,
        "input.takesEffectOn",
        draft.takes_effect_on,
    );
    checks.ensure(
        (1..=CHANGES).contains(&draft.changes.len()),
        UserErrorCode::Invalid,
        "input.changes",
        || {
            Text::new(
                format!("A plan has 1 to {CHANGES} changes."),
                format!("方案须包含 1 至 {CHANGES} 项调整。"),
            )
        },
    );
    let mut rows: Vec<reorganisation_change::Model> = Vec::new();
    for (place, planned) in (1..).zip(&draft.changes) {
        let row = written(call, &mut checks, (id, place), planned, &rows);
        rows.push(row);
    }
    checks.done()?;
    Ok((title, reason, rows))
}

fn written(
    call: &Call,
    checks: &mut Checks,
    (plan, place): (Uuid, i32),
    planned: &Planned,
    earlier: &[reorganisation_change::Model],
) -> reorganisation_change::Model {
    let mut team = |reference: TeamRef| match reference {
        TeamRef::Known(id) => Some(id),
        TeamRef::Founded(at) => {
            let founded = earlier
                .iter()
                .find(|row| row.place == at && row.step == Kind::FoundTeam);
            checks.ensure(
                founded.is_some(),
                UserErrorCode::NotFound,
                &format!("input.changes.{}", place - 1),
                || {
                    Text::new(
                        format!("Change {at} of this plan doesn't found a team before this one."),
                        format!("本方案第 {at} 项并非在此之前新设团队。"),
                    )
                },
            );
            founded.and_then(|row| row.team_id)
        }
    };
    let mut row = reorganisation_change::Model {
        id: new_id(call.at),
        reorganisation_id: plan,
        place,
        step: Kind::CloseTeam,
        member_id: None,
        team_id: None,
        department_id: None,
        parent_id: None,
        position_id: None,
        code: None,
        name: None,
        name_zh: None,
        role: None,
    };
    match planned {
        Planned::FoundTeam {
            code,
            name,
            name_zh,
            department,
            parent,
        } => {
            row.step = Kind::FoundTeam;
            row.team_id = Some(new_id(call.at));
            row.department_id = Some(*department);
            row.parent_id = parent.and_then(&mut team);
            row.code = Some(code.clone());
            row.name = Some(name.clone());
            row.name_zh = Some(name_zh.clone());
        }
        Planned::MoveTeam {
            team: which,
            department,
            parent,
        } => {
            row.step = Kind::MoveTeam;
            row.team_id = Some(*which);
            row.department_id = *department;
            row.parent_id = parent.and_then(&mut team);
        }
        Planned::MoveMember {
            member,
            team: to,
            position,
            role,
        } => {
            row.step = Kind::MoveMember;
            row.member_id = Some(*member);
            row.team_id = team(*to);
            row.position_id = *position;
            row.role = Some(role.clone());
        }
        Planned::CloseTeam { team } => row.team_id = Some(*team),
    }
    row
}
