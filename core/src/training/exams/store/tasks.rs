//! Exams to sit among what members have to do.

use std::collections::HashMap;

use entity::enums::{ExamAttemptState, ExamState};
use entity::{exam, exam_attempt, exam_candidate, member};
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::access::{Permission, visible};
use crate::db::Pool;
use crate::error::{Result, Text};
use crate::tasks::{Asked, Due, Found, Task, TaskKind, TaskSource};

/// Exams that members were assigned to, that are open and that they haven't handed in: one's own, and those of the members
/// whose results the viewer may see, at exams that the viewer sees. Whether an attempt was good enough isn't told by it.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExamTasks;

impl TaskSource for ExamTasks {
    fn kind(&self) -> TaskKind {
        TaskKind::Exam
    }

    fn tasks<'a>(&'a self, db: &'a Pool, asked: &'a Asked<'a>) -> BoxFuture<'a, Result<Found>> {
        Box::pin(async move {
            let exams: HashMap<Uuid, exam::Model> =
                visible::<exam::Entity>(asked.viewer, Permission::ExamRead)
                    .filter(exam::Column::State.eq(ExamState::Active))
                    .filter(exam::Column::OpensAt.lte(asked.at))
                    .filter(exam::Column::ClosesAt.gt(asked.at))
                    .all(db)
                    .await?
                    .into_iter()
                    .map(|exam| (exam.id, exam))
                    .collect();
            let reached = visible::<member::Entity>(asked.viewer, Permission::ExamResultRead)
                .select_only()
                .column(member::Column::Id)
                .into_query();
            let candidates = exam_candidate::Entity::find()
                .filter(exam_candidate::Column::ExamId.is_in(exams.keys().copied()))
                .filter(exam_candidate::Column::MemberId.is_in(asked.members.iter().copied()))
                .filter(exam_candidate::Column::MemberId.in_subquery(reached))
                .order_by_asc(exam_candidate::Column::Id)
                .all(db)
                .await?;
            let sat: Vec<(Uuid, Uuid)> = exam_attempt::Entity::find()
                .select_only()
                .column(exam_attempt::Column::ExamId)
                .column(exam_attempt::Column::MemberId)
                .filter(exam_attempt::Column::ExamId.is_in(exams.keys().copied()))
                .filter(exam_attempt::Column::MemberId.is_in(asked.members.iter().copied()))
                .filter(exam_attempt::Column::State.ne(ExamAttemptState::InProgress))
                .into_tuple()
                .all(db)
                .await?;
            let tasks = candidates.into_iter().filter_map(|row| {
                let exam = exams.get(&row.exam_id)?;
                if sat.contains(&(row.exam_id, row.member_id)) {
                    return None;
                }
                Some(Task {
                    kind: TaskKind::Exam,
                    member: row.member_id,
                    title: Text::new(
                        format!("Sit the exam: {}", exam.title),
                        format!("参加考试：{}", exam.title_zh),
                    ),
                    due: Some(Due::At(exam.closes_at)),
                    table: "exam",
                    id: exam.id,
                })
            });
            Ok(Found::all(tasks.collect(), asked.zone))
        })
    }
}
