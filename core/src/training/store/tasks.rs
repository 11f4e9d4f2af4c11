//! Mandatory courses among what members have to do.

use entity::member;
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::paths::duties;
use crate::access::{Permission, visible};
use crate::db::Pool;
use crate::error::{Result, Text};
use crate::tasks::{Asked, Due, Found, Task, TaskKind, TaskSource};
use crate::training::rules::paths::DutyState;

/// The learning paths that members must do and haven't done, of the members whose hours the viewer may see.
#[derive(Clone, Copy, Debug, Default)]
pub struct CourseTasks;

impl TaskSource for CourseTasks {
    fn kind(&self) -> TaskKind {
        TaskKind::Course
    }

    fn tasks<'a>(&'a self, db: &'a Pool, asked: &'a Asked<'a>) -> BoxFuture<'a, Result<Found>> {
        Box::pin(async move {
            let members: Vec<Uuid> =
                visible::<member::Entity>(asked.viewer, Permission::TrainingHoursRead)
                    .select_only()
                    .column(member::Column::Id)
                    .filter(member::Column::Id.is_in(asked.members.iter().copied()))
                    .into_tuple()
                    .all(db)
                    .await?;
            let duties = duties(db, &members, asked.today()).await?;
            let open = duties
                .into_iter()
                .filter(|duty| duty.state != DutyState::Done);
            let tasks = open.map(|duty| {
                let (done, of) = (
                    duty.courses.iter().filter(|(_, done)| *done).count(),
                    duty.courses.len(),
                );
                Task {
                    kind: TaskKind::Course,
                    member: duty.member,
                    title: Text::new(
                        format!("{}: {done} of {of} courses done", duty.path.name),
                        format!("{}：已完成 {done}/{of} 门课程", duty.path.name_zh),
                    ),
                    due: Some(Due::Day(duty.due)),
                    table: "training_path",
                    id: duty.path.id,
                }
            });
            Ok(Found::all(tasks.collect(), asked.zone))
        })
    }
}
