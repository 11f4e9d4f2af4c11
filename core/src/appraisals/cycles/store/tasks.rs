//! Self-assessments, reviews, acknowledgements and plans for improvement among what members have to do.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use entity::enums::AppraisalStage;
use entity::{appraisal, appraisal_cycle, improvement_plan, member};
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::access::{Permission, by_ids, visible};
use crate::appraisals::improvement::store::due;
use crate::db::Pool;
use crate::error::{Result, Text};
use crate::settings;
use crate::tasks::{Asked, Due, Found, Task, TaskKind, TaskSource};

/// What members have to do for appraisals that the viewer may see, from `appraisal.reminder_days` before its last day on.
#[derive(Clone, Copy, Debug, Default)]
pub struct AppraisalTasks;

impl TaskSource for AppraisalTasks {
    fn kind(&self) -> TaskKind {
        TaskKind::Appraisal
    }

    fn tasks<'a>(&'a self, db: &'a Pool, asked: &'a Asked<'a>) -> BoxFuture<'a, Result<Found>> {
        Box::pin(async move {
            let days = settings::read(db, &settings::APPRAISAL_REMINDER_DAYS).await?;
            let ahead = Days::new(u64::try_from(days).unwrap_or(0));
            let today = asked.today();
            let horizon = today.checked_add_days(ahead).unwrap_or(today);
            let cycles: HashMap<Uuid, appraisal_cycle::Model> =
                visible::<appraisal_cycle::Entity>(asked.viewer, Permission::AppraisalTemplateRead)
                    .filter(pressing(horizon))
                    .all(db)
                    .await?
                    .into_iter()
                    .map(|cycle| (cycle.id, cycle))
                    .collect();
            let rows = visible::<appraisal::Entity>(asked.viewer, Permission::AppraisalRead)
                .filter(waiting(&cycles, asked.members))
                .order_by_asc(appraisal::Column::Id)
                .all(db)
                .await?;
            let about: Vec<Uuid> = rows.iter().map(|row| row.member_id).collect();
            let read = Permission::MemberRead;
            let names = by_ids::<member::Entity>(db, asked.viewer, read, &about).await?;
            let tasks = rows.into_iter().filter_map(|row| {
                let cycle = cycles.get(&row.cycle_id)?;
                task(cycle, &row, names.get(&row.member_id))
            });
            let plans = due(db, asked.viewer, asked.members, horizon).await?;
            let tasks = tasks.chain(plans.into_iter().map(improvement));
            Ok(Found::all(tasks.collect(), asked.zone))
        })
    }
}

/// Cycles whose next last day is near, or over.
fn pressing(horizon: NaiveDate) -> Condition {
    use appraisal_cycle::Column::{AcknowledgeUntil, ReviewUntil, SelfUntil, Stage};
    let until = |stage: AppraisalStage, column: appraisal_cycle::Column| {
        Condition::all()
            .add(Stage.eq(stage))
            .add(column.lte(horizon))
    };
    Condition::any()
        .add(until(AppraisalStage::SelfAssessment, SelfUntil))
        .add(until(AppraisalStage::Review, ReviewUntil))
        .add(until(AppraisalStage::Published, AcknowledgeUntil))
}

/// Appraisals in these cycles that wait for one of these members.
fn waiting(cycles: &HashMap<Uuid, appraisal_cycle::Model>, members: &[Uuid]) -> Condition {
    use appraisal::Column::{
        AcknowledgedAt, CycleId, MemberId, ReviewSubmittedAt, ReviewerId, SelfSubmittedAt,
    };
    let part = |stage: AppraisalStage, who: appraisal::Column, done: appraisal::Column| {
        let within = cycles
            .values()
            .filter(|cycle| cycle.stage == stage)
            .map(|cycle| cycle.id);
        Condition::all()
            .add(CycleId.is_in(within))
            .add(who.is_in(members.iter().copied()))
            .add(done.is_null())
    };
    Condition::any()
        .add(part(
            AppraisalStage::SelfAssessment,
            MemberId,
            SelfSubmittedAt,
        ))
        .add(part(AppraisalStage::Review, ReviewerId, ReviewSubmittedAt))
        .add(part(AppraisalStage::Published, MemberId, AcknowledgedAt))
}

fn improvement(plan: improvement_plan::Model) -> Task {
    let title = Text::new(
        format!("Plan for improvement: {}", plan.aim),
        format!("改进计划：{}", plan.aim),
    );
    Task {
        kind: TaskKind::Appraisal,
        member: plan.owner_id,
        title,
        due: Some(Due::Day(plan.due_on)),
        table: "improvement_plan",
        id: plan.id,
    }
}

fn task(
    cycle: &appraisal_cycle::Model,
    row: &appraisal::Model,
    about: Option<&member::Model>,
) -> Option<Task> {
    let (en, zh) = (&cycle.name, &cycle.name_zh);
    let (member, due, title) = match cycle.stage {
        AppraisalStage::SelfAssessment => {
            let title = Text::new(format!("Assess yourself: {en}"), format!("自评：{zh}"));
            (row.member_id, cycle.self_until, title)
        }
        AppraisalStage::Review => {
            let title = match about.map(|member| &member.name) {
                Some(name) => Text::new(
                    format!("Appraise {name}: {en}"),
                    format!("评价{name}：{zh}"),
                ),
                None => Text::new(
                    format!("Appraise a member: {en}"),
                    format!("评价成员：{zh}"),
                ),
            };
            (row.reviewer_id?, cycle.review_until, title)
        }
        AppraisalStage::Published => {
            let title = Text::new(
                format!("Take note of your result: {en}"),
                format!("确认考核结果：{zh}"),
            );
            (row.member_id, cycle.acknowledge_until, title)
        }
        _ => return None,
    };
    Some(Task {
        kind: TaskKind::Appraisal,
        member,
        title,
        due: Some(Due::Day(due)),
        table: "appraisal",
        id: row.id,
    })
}
