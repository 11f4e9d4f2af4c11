//! Changing meetings, series and action items.

use async_graphql::{Context, Object, Result};
use entity::{action_item, meeting, meeting_series, member};
use uuid::Uuid;

use super::inputs::{
    ActionItemAdvanceInput, ActionItemCreateInput, ActionItemUpdateInput, MeetingAgendaItemInput,
    MeetingAgendaSetInput, MeetingAttendanceInput, MeetingAttendanceRecordInput,
    MeetingCancelInput, MeetingCreateInput, MeetingDecisionAddInput, MeetingFinishInput,
    MeetingMinutesWriteInput, MeetingSeriesCreateInput, MeetingSeriesEndInput,
    MeetingSeriesPlanInput, MeetingSeriesUpdateInput, MeetingUpdateInput,
};
use super::types::{ActionItem, Meeting, MeetingSeries};
use crate::graphql::{Ask, Id};
use crate::mutation_payload;
use crate::teamwork::graphql::shown;
use crate::teamwork::meetings::actions;

fn keys(ids: Vec<Id<member::Entity>>) -> Vec<Uuid> {
    ids.into_iter().map(|id| id.uuid).collect()
}

mutation_payload!(
    MeetingSeriesCreatePayload,
    series: MeetingSeries,
    "The series; null when nothing was changed. 例会系列"
);
mutation_payload!(
    MeetingSeriesUpdatePayload,
    series: MeetingSeries,
    "The series; null when nothing was changed. 例会系列"
);
mutation_payload!(
    MeetingSeriesPlanPayload,
    series: MeetingSeries,
    "The series; null when nothing was changed. 例会系列"
);
mutation_payload!(
    MeetingSeriesEndPayload,
    series: MeetingSeries,
    "The series; null when nothing was changed. 例会系列"
);
mutation_payload!(
    MeetingCreatePayload,
    meeting: Meeting,
    "The meeting; null when nothing was changed. 会议"
);
mutation_payload!(
    MeetingUpdatePayload,
    meeting: Meeting,
    "The meeting; null when nothing was changed. 会议"
);
mutation_payload!(
    MeetingFinishPayload,
    meeting: Meeting,
    "The meeting; null when nothing was changed. 会议"
);
mutation_payload!(
    MeetingCancelPayload,
    meeting: Meeting,
    "The meeting; null when nothing was changed. 会议"
);
mutation_payload!(
    MeetingAgendaSetPayload,
    meeting: Meeting,
    "The meeting; null when nothing was changed. 会议"
);
mutation_payload!(
    MeetingAttendanceRecordPayload,
    meeting: Meeting,
    "The meeting; null when nothing was changed. 会议"
);
mutation_payload!(
    MeetingMinutesWritePayload,
    meeting: Meeting,
    "The meeting; null when nothing was changed. 会议"
);
mutation_payload!(
    MeetingDecisionAddPayload,
    meeting: Meeting,
    "The meeting; null when nothing was changed. 会议"
);
mutation_payload!(
    ActionItemCreatePayload,
    action_item: ActionItem,
    "The action item; null when nothing was changed. 行动项"
);
mutation_payload!(
    ActionItemUpdatePayload,
    action_item: ActionItem,
    "The action item; null when nothing was changed. 行动项"
);
mutation_payload!(
    ActionItemAdvancePayload,
    action_item: ActionItem,
    "The action item; null when nothing was changed. 行动项"
);

/// The mutations of meetings, series and action items.
#[derive(Default)]
pub struct MeetingMutation;

/// The mutations of meetings, series and action items.
#[Object]
impl MeetingMutation {
    /// Makes a series that you organise, with its meetings up to a day. 创建例会系列
    async fn meeting_series_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: MeetingSeriesCreateInput,
    ) -> Result<Option<MeetingSeriesCreatePayload>> {
        let key = input.idempotency_key.clone();
        let order = actions::SeriesCreate {
            kind: input.kind.into(),
            title: input.title,
            team_id: input.team_id.map(|id| id.uuid),
            rhythm: input.rhythm.into(),
            first_day: input.first_day.0,
            time: input.time,
            minutes: input.minutes,
            place: input.place,
            link: input.link,
            members: keys(input.member_ids),
            plan_until: input.plan_until.0,
        };
        let done = actions::series_create(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, meeting_series as MeetingSeries)
    }

    /// Changes a series and those of its meetings that are still to come; a meeting that was put off stays where it was put. 修改例会系列
    async fn meeting_series_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: MeetingSeriesUpdateInput,
    ) -> Result<Option<MeetingSeriesUpdatePayload>> {
        let order = actions::SeriesUpdate {
            id: input.id.uuid,
            expected_version: input.expected_version,
            title: input.title,
            time: input.time,
            minutes: input.minutes,
            place: input.place,
            link: input.link,
            members: keys(input.member_ids),
        };
        let done = actions::series_update(ctx.app(), ctx.call(), &order).await;
        shown!(ctx, done, meeting_series as MeetingSeries)
    }

    /// Makes the meetings of a series up to a later day. 例会续排
    async fn meeting_series_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: MeetingSeriesPlanInput,
    ) -> Result<Option<MeetingSeriesPlanPayload>> {
        let order = actions::SeriesPlan {
            id: input.id.uuid,
            expected_version: input.expected_version,
            until: input.until.0,
        };
        let done = actions::series_plan(ctx.app(), ctx.call(), order).await;
        shown!(ctx, done, meeting_series as MeetingSeries)
    }

    /// Ends a series: its meetings that are still to come are cancelled. 结束例会系列
    async fn meeting_series_end(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: MeetingSeriesEndInput,
    ) -> Result<Option<MeetingSeriesEndPayload>> {
        let (id, version) = (input.id.uuid, input.expected_version);
        let done = actions::series_end(ctx.app(), ctx.call(), id, version).await;
        shown!(ctx, done, meeting_series as MeetingSeries)
    }

    /// Plans a meeting that you organise and that isn't one of a series. 安排会议
    async fn meeting_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: MeetingCreateInput,
    ) -> Result<Option<MeetingCreatePayload>> {
        let key = input.idempotency_key.clone();
        let order = actions::MeetingCreate {
            kind: input.kind.into(),
            title: input.title,
            team_id: input.team_id.map(|id| id.uuid),
            starts_at: input.starts_at.0,
            ends_at: input.ends_at.0,
            place: input.place,
            link: input.link,
            invitees: keys(input.invitee_ids),
        };
        let done = actions::meeting_create(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, meeting as Meeting)
    }

    /// Changes a meeting that isn't over. 修改会议
    async fn meeting_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: MeetingUpdateInput,
    ) -> Result<Option<MeetingUpdatePayload>> {
        let order = actions::MeetingUpdate {
            id: input.id.uuid,
            expected_version: input.expected_version,
            title: input.title,
            starts_at: input.starts_at.0,
            ends_at: input.ends_at.0,
            place: input.place,
            link: input.link,
            invitees: keys(input.invitee_ids),
        };
        let done = actions::meeting_update(ctx.app(), ctx.call(), &order).await;
        shown!(ctx, done, meeting as Meeting)
    }

    /// Writes that a meeting has taken place; what its series hasn't done goes on the agenda of the next one. 结束会议
    async fn meeting_finish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: MeetingFinishInput,
    ) -> Result<Option<MeetingFinishPayload>> {
        let (id, version) = (input.id.uuid, input.expected_version);
        let done = actions::meeting_finish(ctx.app(), ctx.call(), id, version).await;
        shown!(ctx, done, meeting as Meeting)
    }

    /// Cancels a meeting; what its series hasn't done goes on the agenda of the next one. 取消会议
    async fn meeting_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: MeetingCancelInput,
    ) -> Result<Option<MeetingCancelPayload>> {
        let order = actions::MeetingCancel {
            id: input.id.uuid,
            expected_version: input.expected_version,
            reason: input.reason,
        };
        let done = actions::meeting_cancel(ctx.app(), ctx.call(), &order).await;
        shown!(ctx, done, meeting as Meeting)
    }

    /// Writes the agenda of a meeting that isn't over. 设置议程
    async fn meeting_agenda_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: MeetingAgendaSetInput,
    ) -> Result<Option<MeetingAgendaSetPayload>> {
        let item = |item: MeetingAgendaItemInput| actions::AgendaItem {
            title: item.title,
            minutes: item.minutes,
            presenter_id: item.presenter_id.map(|id| id.uuid),
        };
        let order = actions::AgendaSet {
            id: input.id.uuid,
            expected_version: input.expected_version,
            items: input.items.into_iter().map(item).collect(),
        };
        let done = actions::agenda_set(ctx.app(), ctx.call(), &order).await;
        shown!(ctx, done, meeting as Meeting)
    }

    /// Records who was at a meeting that has begun. 登记出席
    async fn meeting_attendance_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: MeetingAttendanceRecordInput,
    ) -> Result<Option<MeetingAttendanceRecordPayload>> {
        let row = |row: MeetingAttendanceInput| (row.member_id.uuid, row.attendance.into());
        let order = actions::AttendanceRecord {
            id: input.id.uuid,
            expected_version: input.expected_version,
            rows: input.rows.into_iter().map(row).collect(),
        };
        let done = actions::attendance_record(ctx.app(), ctx.call(), &order).await;
        shown!(ctx, done, meeting as Meeting)
    }

    /// Writes another version of the minutes of a meeting that has begun. 填写纪要
    async fn meeting_minutes_write(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: MeetingMinutesWriteInput,
    ) -> Result<Option<MeetingMinutesWritePayload>> {
        let order = actions::MinutesWrite {
            id: input.id.uuid,
            expected_version: input.expected_version,
            body: input.body,
        };
        let done = actions::minutes_write(ctx.app(), ctx.call(), &order).await;
        shown!(ctx, done, meeting as Meeting)
    }

    /// Writes down what a meeting that has begun has decided. 添加决议
    async fn meeting_decision_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: MeetingDecisionAddInput,
    ) -> Result<Option<MeetingDecisionAddPayload>> {
        let key = input.idempotency_key.clone();
        let order = actions::DecisionAdd {
            meeting_id: input.meeting_id.uuid,
            body: input.body,
        };
        let done = actions::decision_add(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, meeting as Meeting)
    }

    /// Writes what somebody is to do after a meeting that you run, by when. 添加行动项
    async fn action_item_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: ActionItemCreateInput,
    ) -> Result<Option<ActionItemCreatePayload>> {
        let key = input.idempotency_key.clone();
        let order = actions::ItemCreate {
            meeting_id: input.meeting_id.uuid,
            title: input.title,
            detail: input.detail,
            owner_id: input.owner_id.uuid,
            due_on: input.due_on.0,
        };
        let done = actions::item_create(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, action_item as ActionItem)
    }

    /// Changes an unfinished action item: for whoever runs the meeting or leads its owner. 修改行动项
    async fn action_item_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: ActionItemUpdateInput,
    ) -> Result<Option<ActionItemUpdatePayload>> {
        let order = actions::ItemUpdate {
            id: input.id.uuid,
            expected_version: input.expected_version,
            title: input.title,
            detail: input.detail,
            owner_id: input.owner_id.uuid,
            due_on: input.due_on.0,
        };
        let done = actions::item_update(ctx.app(), ctx.call(), &order).await;
        shown!(ctx, done, action_item as ActionItem)
    }

    /// Takes an action item forward: begun, done, dropped with a reason, or taken up again. 推进行动项
    async fn action_item_advance(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: ActionItemAdvanceInput,
    ) -> Result<Option<ActionItemAdvancePayload>> {
        let order = actions::ItemAdvance {
            id: input.id.uuid,
            expected_version: input.expected_version,
            state: input.state.into(),
            note: input.note,
        };
        let done = actions::item_advance(ctx.app(), ctx.call(), &order).await;
        shown!(ctx, done, action_item as ActionItem)
    }
}
