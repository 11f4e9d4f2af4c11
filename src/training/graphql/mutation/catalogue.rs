//! Mutations of courses, learning paths and targets.

use async_graphql::{Context, Object, Result};
use entity::{training_course, training_path, training_target};

use super::shown;
use crate::access::{Scoped, find};
use crate::graphql::{Ask, Outcome};
use crate::mutation_payload;
use crate::training::actions;
use crate::training::graphql::catalogue::{TrainingCourse, TrainingPath, TrainingTarget};
use crate::training::graphql::inputs::catalogue::{
    TrainingCourseCreateInput, TrainingCourseUpdateInput, TrainingPathCreateInput,
    TrainingPathUpdateInput, TrainingTargetSetInput,
};

mutation_payload!(
    TrainingCourseCreatePayload,
    course: TrainingCourse,
    "The course; null when nothing was changed. 课程"
);
mutation_payload!(
    TrainingCourseUpdatePayload,
    course: TrainingCourse,
    "The course; null when nothing was changed. 课程"
);
mutation_payload!(
    TrainingPathCreatePayload,
    path: TrainingPath,
    "The path; null when nothing was changed. 学习路径"
);
mutation_payload!(
    TrainingPathUpdatePayload,
    path: TrainingPath,
    "The path; null when nothing was changed. 学习路径"
);
mutation_payload!(
    TrainingTargetSetPayload,
    target: TrainingTarget,
    "The target; null when nothing was changed. 学时目标"
);

/// The mutations of courses, learning paths and targets.
#[derive(Default)]
pub struct TrainingCatalogueMutation;

#[Object]
impl TrainingCatalogueMutation {
    /// Makes a course. 新建课程
    async fn training_course_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: TrainingCourseCreateInput,
    ) -> Result<Option<TrainingCourseCreatePayload>> {
        let key = input.idempotency_key.clone();
        let done =
            actions::course_create(ctx.app(), ctx.call(), &input.plain(), key.as_deref()).await;
        shown!(ctx, done, training_course as TrainingCourse)
    }

    /// Changes a course, or retires it. 修改课程
    async fn training_course_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: TrainingCourseUpdateInput,
    ) -> Result<Option<TrainingCourseUpdatePayload>> {
        let done = actions::course_update(ctx.app(), ctx.call(), input.plain()).await;
        shown!(ctx, done, training_course as TrainingCourse)
    }

    /// Makes a learning path. 新建学习路径
    async fn training_path_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: TrainingPathCreateInput,
    ) -> Result<Option<TrainingPathCreatePayload>> {
        let key = input.idempotency_key.clone();
        let done =
            actions::path_create(ctx.app(), ctx.call(), &input.plain(), key.as_deref()).await;
        shown!(ctx, done, training_path as TrainingPath)
    }

    /// Changes a learning path, or retires it. 修改学习路径
    async fn training_path_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: TrainingPathUpdateInput,
    ) -> Result<Option<TrainingPathUpdatePayload>> {
        let done = actions::path_update(ctx.app(), ctx.call(), input.plain()).await;
        shown!(ctx, done, training_path as TrainingPath)
    }

    /// Sets how much the holders of a position learn in a year, from a year on. 设定学时目标
    async fn training_target_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: TrainingTargetSetInput,
    ) -> Result<Option<TrainingTargetSetPayload>> {
        let done = actions::target_set(ctx.app(), ctx.call(), input.plain()).await;
        shown!(ctx, done, training_target as TrainingTarget)
    }
}
