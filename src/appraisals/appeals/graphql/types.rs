//! Appeals.

use async_graphql::{Context, Enum, Object, Result};
use entity::{appraisal, appraisal_appeal, member};

use crate::appraisals::appeals::store;
use crate::enum_filter;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Id};
use crate::organisation::graphql::Member;

/// What has become of an appeal. 申诉状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::AppraisalAppealState")]
pub enum AppraisalAppealState {
    /// It waits for a decision. 待裁定
    Filed,
    /// It was right: a further result holds. 成立
    Upheld,
    /// It was not. 驳回
    Rejected,
    /// The member withdrew it. 已撤回
    Withdrawn,
}

enum_filter!(
    AppraisalAppealStateFilter,
    AppraisalAppealState,
    entity::enums::AppraisalAppealState,
    "Compares what has become of appeals. 申诉状态筛选"
);

/// How appeals are sorted. 申诉排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::AppealOrder")]
pub enum AppraisalAppealOrder {
    /// The latest first. 最新
    #[default]
    CreatedAtDesc,
    /// The earliest first. 最早
    CreatedAtAsc,
}

/// An appeal against a result. 考核申诉
pub struct AppraisalAppeal(pub appraisal_appeal::Model);

/// An appeal against a result. 考核申诉
#[Object]
impl AppraisalAppeal {
    /// Its id, `appraisalappeal_...`. 标识
    async fn id(&self) -> Id<appraisal_appeal::Entity> {
        Id::new(self.0.id)
    }

    /// The id of the appraisal. 考核标识
    async fn appraisal_id(&self) -> Id<appraisal::Entity> {
        Id::new(self.0.appraisal_id)
    }

    /// The member who appeals; null when out of your reach. 申诉人
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let about = ctx.row::<appraisal::Entity>(self.0.appraisal_id).await;
        let Some(about) = about.on_field(ctx.call())? else {
            return Ok(None);
        };
        let row = ctx.row::<member::Entity>(about.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// Against which of the appraisal's results, by number. 结果编号
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// Why. 理由
    async fn grounds(&self) -> &str {
        &self.0.grounds
    }

    /// What has become of it. 状态
    async fn state(&self) -> AppraisalAppealState {
        self.0.state.into()
    }

    /// Why it was decided like that. 裁定意见
    async fn decision(&self) -> Option<&str> {
        self.0.decision.as_deref()
    }

    /// Who decided, as the account was called then. 裁定人
    async fn decided_by_name(&self) -> Option<&str> {
        self.0.decided_by_name.as_deref()
    }

    /// When it was decided. 裁定时间
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was filed. 提出时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}
