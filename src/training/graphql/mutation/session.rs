//! Mutations of sessions, enrolments, attendance and feedback.

use async_graphql::{Context, Object, Result};
use entity::{training_enrolment, training_session};

use super::shown;
use crate::access::{Scoped, find};
use crate::graphql::{Ask, Outcome};
use crate::mutation_payload;
use crate::training::actions;
use crate::training::graphql::inputs::session::{
    TrainingAttendanceRecordInput, TrainingEnrolInput, TrainingEnrolmentCancelInput,
    TrainingFeedbackGiveInput, TrainingSessionBeginInput, TrainingSessionCancelInput,
    TrainingSessionCreateInput, TrainingSessionFinishInput, TrainingSessionOpenInput,
    TrainingSessionUpdateInput,
};
use crate::training::graphql::sessions::{TrainingEnrolment, TrainingSession};

mutation_payload!(
    TrainingSessionCreatePayload,
    session: TrainingSession,
    "The session; null when nothing was changed. 场次"
);
mutation_payload!(
    TrainingSessionUpdatePayload,
    session: TrainingSession,
    "The session; null when nothing was changed. 场次"
);
mutation_payload!(
    TrainingSessionOpenPayload,
    session: TrainingSession,
    "The session; null when nothing was changed. 场次"
);
mutation_payload!(
    TrainingSessionBeginPayload,
    session: TrainingSession,
    "The session; null when nothing was changed. 场次"
);
mutation_payload!(
    TrainingSessionFinishPayload,
    session: TrainingSession,
    "The session; null when nothing was changed. 场次"
);
mutation_payload!(
    TrainingSessionCancelPayload,
    session: TrainingSession,
    "The session; null when nothing was changed. 场次"
);
mutation_payload!(
    TrainingEnrolPayload,
    session: TrainingSession,
    "The session; null when nothing was changed. 场次"
);
mutation_payload!(
    TrainingEnrolmentCancelPayload,
    enrolment: TrainingEnrolment,
    "The enrolment; null when nothing was changed. 报名"
);
mutation_payload!(
    TrainingAttendanceRecordPayload,
    session: TrainingSession,
    "The session; null when nothing was changed. 场次"
);
mutation_payload!(
    TrainingFeedbackGivePayload,
    session: TrainingSession,
    "The session; null when nothing was changed. 场次"
);

/// The mutations of sessions, enrolments, attendance and feedback.
#[derive(Default)]
pub struct TrainingSessionMutation;

#[Object]
impl TrainingSessionMutation {
    /// Plans a session. 安排场次
    async fn training_session_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: TrainingSessionCreateInput,
    ) -> Result<Option<TrainingSessionCreatePayload>> {
        let key = input.idempotency_key.clone();
        let done =
            actions::session_create(ctx.app(), ctx.call(), &input.plain(), key.as_deref()).await;
        shown!(ctx, done, training_session as TrainingSession)
    }

    /// Changes a session that hasn't begun. Where there is more room now, those who wait move up. 修改场次
    async fn training_session_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: TrainingSessionUpdateInput,
    ) -> Result<Option<TrainingSessionUpdatePayload>> {
        let done = actions::session_update(ctx.app(), ctx.call(), input.plain()).await;
        shown!(ctx, done, training_session as TrainingSession)
    }

    /// Lets members enrol. 开放报名
    async fn training_session_open(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: TrainingSessionOpenInput,
    ) -> Result<Option<TrainingSessionOpenPayload>> {
        let done = actions::session_step(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, training_session as TrainingSession)
    }

    /// A session begins, an hour ahead at the earliest. 开始场次
    async fn training_session_begin(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: TrainingSessionBeginInput,
    ) -> Result<Option<TrainingSessionBeginPayload>> {
        let done = actions::session_step(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, training_session as TrainingSession)
    }

    /// A session is over: whoever wasn't checked in was absent. 结束场次
    async fn training_session_finish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: TrainingSessionFinishInput,
    ) -> Result<Option<TrainingSessionFinishPayload>> {
        let done = actions::session_step(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, training_session as TrainingSession)
    }

    /// A session doesn't take place. 取消场次
    async fn training_session_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: TrainingSessionCancelInput,
    ) -> Result<Option<TrainingSessionCancelPayload>> {
        let done = actions::session_step(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, training_session as TrainingSession)
    }

    /// Enrols members in a session, all or none; whoever finds no place waits for one. 报名
    async fn training_enrol(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: TrainingEnrolInput,
    ) -> Result<Option<TrainingEnrolPayload>> {
        let key = input.idempotency_key.clone();
        let done = actions::enrol(ctx.app(), ctx.call(), &input.plain(), key.as_deref()).await;
        shown!(ctx, done, training_session as TrainingSession)
    }

    /// Takes an enrolment back before the session begins; whoever waits longest gets the place. 取消报名
    async fn training_enrolment_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: TrainingEnrolmentCancelInput,
    ) -> Result<Option<TrainingEnrolmentCancelPayload>> {
        let done =
            actions::enrolment_cancel(ctx.app(), ctx.call(), input.id.uuid, input.expected_version)
                .await;
        shown!(ctx, done, training_enrolment as TrainingEnrolment)
    }

    /// Records who attended, all or none: a check-in while the session takes place; hours and the certificate of the course follow
    /// when it is finished, and at once afterwards. 登记出勤
    async fn training_attendance_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: TrainingAttendanceRecordInput,
    ) -> Result<Option<TrainingAttendanceRecordPayload>> {
        let done = actions::attendance_record(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, training_session as TrainingSession)
    }

    /// Says once how a session was that you attended; nobody sees whose it is. 提交反馈
    async fn training_feedback_give(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: TrainingFeedbackGiveInput,
    ) -> Result<Option<TrainingFeedbackGivePayload>> {
        let key = input.idempotency_key.clone();
        let done =
            actions::feedback_give(ctx.app(), ctx.call(), &input.plain(), key.as_deref()).await;
        shown!(ctx, done, training_session as TrainingSession)
    }
}
