//! Writing, revising and ending plans for improvement (制定、修订、结束改进计划).

use chrono::NaiveDate;
use entity::enums::ImprovementState;
use entity::{appraisal_cycle, department, improvement_plan, member, region, team};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{Group, IMPROVEMENT_CHANGED, store};
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::appraisals::actions::common::{BODY, Step, TITLE, wrong_stage_of};
use crate::appraisals::rules::stages::is_out;
use crate::audit;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::organisation::{holds_on, today};
use crate::work::{Once, Work, expect_version};

/// What is to be done.
#[derive(Clone, Debug, Serialize)]
pub struct Content {
    /// What is to be better.
    pub aim: String,
    /// What is done for it.
    pub measures: String,
    /// Who sees to it.
    pub owner_id: Uuid,
    /// Until when.
    pub due_on: NaiveDate,
}

/// A plan to write.
#[derive(Clone, Debug, Serialize)]
pub struct PlanWrite {
    /// The cycle whose results it is about.
    pub cycle_id: Uuid,
    /// Whose it is.
    pub group: Group,
    /// What is to be done.
    pub content: Content,
}

/// Writes a plan and returns its id.
///
/// # Errors
/// User errors about the values, and before results are out; refusals of permission and reach.
pub async fn plan_write(
    app: &App,
    call: &Call,
    input: &PlanWrite,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::AppraisalRead)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "improvementPlanWrite", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let mut checks = Checks::default();
    let there = exists(&work, input.group).await?;
    let field = field_of(input.group);
    if checks.found(field, there.then_some(())).is_some() && !input.group.may_write(&call.viewer) {
        return Err(not_theirs(field).into());
    }
    let read = Permission::AppraisalTemplateRead;
    let cycle = find::<appraisal_cycle::Entity>(work.tx(), &call.viewer, read, input.cycle_id);
    let cycle = checks.found("input.cycleId", cycle.await?);
    let content = looked_over(&work, &mut checks, &input.content).await?;
    checks.done()?;
    if let Some(cycle) = cycle.filter(|cycle| !is_out(cycle.stage)) {
        return Err(wrong_stage_of("input.cycleId", cycle.stage).into());
    }
    let mut row = improvement_plan::Model {
        id: new_id(call.at),
        cycle_id: input.cycle_id,
        team_id: None,
        department_id: None,
        region_id: None,
        aim: content.aim,
        measures: content.measures,
        owner_id: content.owner_id,
        due_on: content.due_on,
        state: ImprovementState::Running,
        result: None,
        ended_at: None,
        written_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        written_by_name: call.viewer.actor.name.clone(),
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    match input.group {
        Group::Team(id) => row.team_id = Some(id),
        Group::Department(id) => row.department_id = Some(id),
        Group::Region(id) => row.region_id = Some(id),
    }
    let id = row.id;
    store::insert(work.tx(), row).await?;
    trace(&mut work, id, "improvement_plan.write");
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// A plan to revise.
#[derive(Clone, Debug)]
pub struct PlanRevise {
    /// Which one.
    pub step: Step,
    /// What is to be done from now on.
    pub content: Content,
}

/// Revises a plan that runs, and returns its id.
///
/// # Errors
/// User errors about the values, and when it has ended; refusals of permission, reach and version.
pub async fn plan_revise(app: &App, call: &Call, input: &PlanRevise) -> Result<Uuid> {
    let (mut work, before) = running(app, call, input.step).await?;
    let mut checks = Checks::default();
    let content = looked_over(&work, &mut checks, &input.content).await?;
    checks.done()?;
    let row = improvement_plan::Model {
        aim: content.aim,
        measures: content.measures,
        owner_id: content.owner_id,
        due_on: content.due_on,
        ..before
    };
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, input.step.id, "improvement_plan.revise");
    work.commit().await?;
    Ok(input.step.id)
}

/// A plan that ends.
#[derive(Clone, Debug)]
pub struct PlanEnd {
    /// Which one.
    pub step: Step,
    /// Was it carried out?
    pub done: bool,
    /// What came of it, or why it was dropped.
    pub result: String,
}

/// Ends a plan and returns its id.
///
/// # Errors
/// User errors about the result, and when it has ended; refusals of permission, reach and version.
pub async fn plan_end(app: &App, call: &Call, input: &PlanEnd) -> Result<Uuid> {
    let (mut work, before) = running(app, call, input.step).await?;
    let mut checks = Checks::default();
    let result = checks.body("input.result", &input.result, BODY);
    checks.done()?;
    let row = improvement_plan::Model {
        state: if input.done {
            ImprovementState::Done
        } else {
            ImprovementState::Dropped
        },
        result: Some(result),
        ended_at: Some(call.at),
        ..before
    };
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, input.step.id, "improvement_plan.end");
    work.commit().await?;
    Ok(input.step.id)
}

/// A plan that the viewer may change, locked; its owner may end and revise it as well as whoever may write it.
async fn running<'a>(
    app: &'a App,
    call: &'a Call,
    step: Step,
) -> Result<(Work<'a>, improvement_plan::Model)> {
    let read = Permission::AppraisalRead;
    call.viewer.require(read)?;
    let work = Work::begin(&app.db, call).await?;
    let row = to_change::<improvement_plan::Entity>(work.tx(), &call.viewer, read, step.id).await?;
    let me = call.viewer.standing.member_id;
    let may = me == Some(row.owner_id)
        || Group::of(&row).is_some_and(|group| group.may_write(&call.viewer));
    if !may {
        return Err(not_theirs("input.id").into());
    }
    expect_version(row.version, step.expected_version)?;
    let mut checks = Checks::default();
    checks.ensure(
        row.state == ImprovementState::Running,
        UserErrorCode::WrongState,
        "input.id",
        || Text::new("This plan has ended.", "该改进计划已结束。"),
    );
    checks.done()?;
    Ok((work, row))
}

fn not_theirs(field: &str) -> UserError {
    let text = Text::new(
        "Whoever leads the group with appraisal.review, or calibrates, writes its plans; their owner revises and ends them.",
        "改进计划由负责该群体并有 appraisal.review 权限的人或校准人员制定，负责人可修订和结束。",
    );
    UserError::new(UserErrorCode::RuleViolated, field, text)
}

const fn field_of(group: Group) -> &'static str {
    match group {
        Group::Team(_) => "input.group.teamId",
        Group::Department(_) => "input.group.departmentId",
        Group::Region(_) => "input.group.regionId",
    }
}

async fn exists(work: &Work<'_>, group: Group) -> Result<bool> {
    let (tx, viewer, read) = (work.tx(), &work.call().viewer, Permission::OrganisationRead);
    Ok(match group {
        Group::Team(id) => find::<team::Entity>(tx, viewer, read, id).await?.is_some(),
        Group::Department(id) => {
            let row = find::<department::Entity>(tx, viewer, read, id).await?;
            row.is_some()
        }
        Group::Region(id) => find::<region::Entity>(tx, viewer, read, id)
            .await?
            .is_some(),
    })
}

async fn looked_over(work: &Work<'_>, checks: &mut Checks, content: &Content) -> Result<Content> {
    let call = work.call();
    let today = today(call);
    checks.ensure(
        content.due_on >= today,
        UserErrorCode::RuleViolated,
        "input.dueOn",
        || {
            Text::new(
                format!("This day is over; take {today} or a later one."),
                format!("日期已过，请选择 {today} 或之后的日期。"),
            )
        },
    );
    let read = Permission::MemberRead;
    let owner = find::<member::Entity>(work.tx(), &call.viewer, read, content.owner_id).await?;
    if let Some(owner) = checks.found("input.ownerId", owner) {
        checks.ensure(
            holds_on(owner.joined_on, owner.left_on, today),
            UserErrorCode::RuleViolated,
            "input.ownerId",
            || Text::new("This member doesn't work here.", "该成员不在职。"),
        );
    }
    Ok(Content {
        aim: checks.text("input.aim", &content.aim, TITLE),
        measures: checks.body("input.measures", &content.measures, BODY),
        owner_id: content.owner_id,
        due_on: content.due_on,
    })
}

fn trace(work: &mut Work<'_>, id: Uuid, action: &'static str) {
    work.audit(audit::Entry {
        action,
        entity_type: "improvement_plan",
        entity_id: Some(id),
        detail: json!({}),
    });
    let payload = json!({ "action": action });
    work.emit(Event::new(work.call().at, IMPROVEMENT_CHANGED, id, payload));
}
