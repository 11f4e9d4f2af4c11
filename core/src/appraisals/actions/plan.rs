//! The work plan: the member writes it, the reviewer revises it and agrees to it (工作计划).

use std::collections::HashMap;

use entity::{appraisal, appraisal_plan_item};
use serde_json::json;
use uuid::Uuid;

use super::common::{
    BODY, Step, TITLE, only_the_member, only_the_reviewer, to_work_on, trace, wrong_stage,
};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::appraisals::rules::review::has_plan;
use crate::appraisals::rules::stages::{Deed, allows};
use crate::appraisals::store;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::work::{Work, expect_version};

/// The most items of a plan.
const ITEMS: usize = 20;

/// An item of a plan.
#[derive(Clone, Debug)]
pub struct Item {
    /// Which of those that are there; a new one when none is named.
    pub id: Option<Uuid>,
    /// What is to be done.
    pub title: String,
    /// How one sees that it is done.
    pub measure: String,
    /// Its weight among the items.
    pub weight: i32,
}

/// A plan as it is to be: items that aren't named go.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The appraisal.
    pub step: Step,
    /// The items in their order.
    pub items: Vec<Item>,
}

/// The member writes the plan, as long as it isn't agreed, and the appraisal's id is returned.
///
/// # Errors
/// User errors about the values, the stage and who does it; refusals of permission, reach and version.
pub async fn plan_set(app: &App, call: &Call, input: &Plan) -> Result<Uuid> {
    let permission = Permission::AppraisalWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (row, cycle) = to_work_on(&work, permission, input.step.id, Deed::Plan).await?;
    only_the_member(call, &row)?;
    // What is made good late is the reviewer's: the member would learn by it that there is no result yet.
    if !allows(cycle.stage, Deed::Plan) {
        return Err(wrong_stage(cycle.stage).into());
    }
    expect_version(row.version, input.step.expected_version)?;
    let mut checks = Checks::default();
    checks.ensure(
        row.plan_agreed_at.is_none(),
        UserErrorCode::WrongState,
        "input.id",
        || {
            Text::new(
                "The plan is agreed; only the reviewer can revise it now.",
                "工作计划已确认，此后仅评价人可以修订。",
            )
        },
    );
    write(&mut work, checks, row, &input.items, "appraisal.plan_set").await?;
    work.commit().await?;
    Ok(input.step.id)
}

/// The reviewer revises the plan, agreed or not, and the appraisal's id is returned.
///
/// # Errors
/// User errors about the values, the stage and who does it; refusals of permission, reach and version.
pub async fn plan_revise(app: &App, call: &Call, input: &Plan) -> Result<Uuid> {
    let permission = Permission::AppraisalReview;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (row, _) = to_work_on(&work, permission, input.step.id, Deed::Plan).await?;
    only_the_reviewer(call, &row)?;
    expect_version(row.version, input.step.expected_version)?;
    let mut checks = Checks::default();
    // What was judged as a whole isn't changed under the judgement.
    checks.ensure(
        row.review_submitted_at.is_none(),
        UserErrorCode::WrongState,
        "input.id",
        || {
            Text::new(
                "The review is handed in; the plan stays as it was judged.",
                "评价已提交，工作计划不能再修订。",
            )
        },
    );
    write(
        &mut work,
        checks,
        row,
        &input.items,
        "appraisal.plan_revise",
    )
    .await?;
    work.commit().await?;
    Ok(input.step.id)
}

/// The reviewer agrees to the plan, and the appraisal's id is returned.
///
/// # Errors
/// User errors about the stage, the plan and who does it; refusals of permission, reach and version.
pub async fn plan_agree(app: &App, call: &Call, step: Step) -> Result<Uuid> {
    let permission = Permission::AppraisalReview;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (row, _) = to_work_on(&work, permission, step.id, Deed::Plan).await?;
    only_the_reviewer(call, &row)?;
    expect_version(row.version, step.expected_version)?;
    let items = store::plan_of(work.tx(), row.id).await?;
    let mut checks = Checks::default();
    checks.ensure(
        row.plan_agreed_at.is_none(),
        UserErrorCode::WrongState,
        "input.id",
        || Text::new("The plan is agreed already.", "工作计划已确认。"),
    );
    checks.ensure(
        !items.is_empty(),
        UserErrorCode::WrongState,
        "input.id",
        || Text::new("There is no plan yet.", "尚无工作计划。"),
    );
    checks.done()?;
    let row = appraisal::Model {
        plan_agreed_at: Some(call.at),
        ..row
    };
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, step.id, "appraisal.plan_agree", json!({}));
    work.commit().await?;
    Ok(step.id)
}

async fn write(
    work: &mut Work<'_>,
    mut checks: Checks,
    row: appraisal::Model,
    items: &[Item],
    action: &'static str,
) -> Result<()> {
    let at = work.call().at;
    let contents = store::content_of(work.tx(), [row.version_id].into()).await?;
    let planned = contents.get(&row.version_id).is_some_and(has_plan);
    checks.ensure(planned, UserErrorCode::RuleViolated, "input.id", || {
        Text::new(
            "The template of this appraisal has no work plan.",
            "该考核所用模板没有工作计划项目。",
        )
    });
    checks.ensure(
        (1..=ITEMS).contains(&items.len()),
        UserErrorCode::Invalid,
        "input.items",
        || {
            Text::new(
                format!("A plan has 1 to {ITEMS} items."),
                format!("工作计划须有 1 至 {ITEMS} 项。"),
            )
        },
    );
    let there = store::plan_of(work.tx(), row.id).await?;
    let mut there: HashMap<Uuid, _> = there.into_iter().map(|item| (item.id, item)).collect();
    let mut rows = Vec::with_capacity(items.len());
    for (place, item) in (1..).zip(items.iter().take(ITEMS)) {
        let field = format!("input.items.{}", place - 1);
        let title = checks.text(&format!("{field}.title"), &item.title, TITLE);
        let measure = checks.body(&format!("{field}.measure"), &item.measure, BODY);
        checks.ensure(
            (1..=100).contains(&item.weight),
            UserErrorCode::Invalid,
            &format!("{field}.weight"),
            || Text::new("A weight is 1 to 100.", "权重须为 1 至 100。"),
        );
        let blank = appraisal_plan_item::Model {
            id: new_id(at),
            appraisal_id: row.id,
            place,
            title: String::new(),
            measure: String::new(),
            weight: item.weight,
            own_percent: None,
            percent: None,
            comment: None,
            version: 1,
            created_at: at,
            updated_at: at,
        };
        let known = match item.id {
            // Each once: what is taken isn't found again.
            Some(id) => checks.found(&format!("{field}.id"), there.remove(&id)),
            None => Some(blank),
        };
        rows.extend(known.map(|known| appraisal_plan_item::Model {
            place,
            title,
            measure,
            weight: item.weight,
            ..known
        }));
    }
    checks.done()?;
    let detail = json!({ "items": rows.len() });
    store::put_plan(work.tx(), row.id, rows, at).await?;
    let id = row.id;
    store::save(work.tx(), row, at).await?;
    trace(work, id, action, detail);
    Ok(())
}
