//! Leave in the schema: with why for those who may read it, and only when for everybody who sees the member.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{leave, member};

use super::enums::{LeaveKind, LeaveState};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Id};
use crate::organisation::graphql::Member;

/// When somebody is away; not why. 不在岗时段
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct Away {
    /// From when. 开始时间
    pub starts_at: DateTime,
    /// Until when, exclusive. 结束时间
    pub ends_at: DateTime,
}

/// A time in which a member is, wants to be or was to be away. 请假
pub struct Leave(pub leave::Model);

/// A time in which a member is, wants to be or was to be away. 请假
#[Object]
impl Leave {
    /// Its id. 标识
    pub async fn id(&self) -> Id<leave::Entity> {
        Id::new(self.0.id)
    }

    /// Who. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// Why. 类型
    async fn kind(&self) -> LeaveKind {
        self.0.kind.into()
    }

    /// From when. 开始时间
    async fn starts_at(&self) -> DateTime {
        self.0.starts_at.into()
    }

    /// Until when, exclusive. 结束时间
    async fn ends_at(&self) -> DateTime {
        self.0.ends_at.into()
    }

    /// What has become of it. 状态
    async fn state(&self) -> LeaveState {
        self.0.state.into()
    }

    /// In the member's words. 请假原因
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// The name of who decided, as it was then. 审批人
    async fn decided_by(&self) -> Option<&str> {
        self.0.decided_by_name.as_deref()
    }

    /// When it was decided. 审批时间
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(Into::into)
    }

    /// In the words of who decided. 审批意见
    async fn decision_note(&self) -> Option<&str> {
        self.0.decision_note.as_deref()
    }

    /// Counts up with every change. 版本
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was asked for. 申请时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}
