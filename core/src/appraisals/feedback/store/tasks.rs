//! Requests for feedback among what members have to do.

use chrono::TimeDelta;
use entity::appraisal_rater;
use entity::enums::AppraisalRaterState;
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::requests::{about, giving, own};
use crate::db::Pool;
use crate::error::{Result, Text};
use crate::settings;
use crate::tasks::{Asked, Due, Found, Task, TaskKind, TaskSource};

/// Requests for feedback that wait for an answer, from `appraisal.reminder_days` before the last day on. They are told to the rater
/// alone, and only to one who asks for nobody else's tasks: that one is gone from a list says that it was answered.
#[derive(Clone, Copy, Debug, Default)]
pub struct FeedbackTasks;

impl TaskSource for FeedbackTasks {
    fn kind(&self) -> TaskKind {
        TaskKind::AppraisalFeedback
    }

    fn tasks<'a>(&'a self, db: &'a Pool, asked: &'a Asked<'a>) -> BoxFuture<'a, Result<Found>> {
        Box::pin(async move {
            let Some(select) = own(asked.viewer).filter(|_| asked.about_self()) else {
                return Ok(Found::default());
            };
            let waiting = select
                .filter(appraisal_rater::Column::State.eq(AppraisalRaterState::Asked))
                .filter(appraisal_rater::Column::AppraisalId.in_subquery(giving()))
                .all(db)
                .await?;
            let ids: Vec<Uuid> = waiting.iter().map(|row| row.appraisal_id).collect();
            let about = about(db, &ids).await?;
            let days = settings::read(db, &settings::APPRAISAL_REMINDER_DAYS).await?;
            let soon = asked.today() + TimeDelta::days(days);
            let task = |row: appraisal_rater::Model| {
                let about = about.get(&row.appraisal_id)?;
                let last = about.cycle.review_until;
                (last <= soon).then(|| Task {
                    kind: TaskKind::AppraisalFeedback,
                    member: row.member_id,
                    title: Text::new(
                        format!("Give feedback about {}", about.member.name),
                        format!("填写对{}的 360 度评价", about.member.name),
                    ),
                    due: Some(Due::Day(last)),
                    table: "appraisal_rater",
                    id: row.id,
                })
            };
            let tasks = waiting.into_iter().filter_map(task).collect();
            Ok(Found::all(tasks, asked.zone))
        })
    }
}
