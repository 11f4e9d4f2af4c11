//! Versions of positions, and answers to whose duty a thing is.

use async_graphql::{Context, Object, Result};
use chrono::NaiveDate;
use entity::{member, position, position_version, team};

use super::loaders::Holding;
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime};
use crate::organisation::duties::rules::Answer;
use crate::organisation::duties::store::Holder;
use crate::organisation::graphql::{Member, Position, Team};

/// What is expected of whoever holds a position, from a day on. 岗位说明版本
pub struct PositionVersion(pub position_version::Model);

/// What is expected of whoever holds a position, from a day on. 岗位说明版本
#[Object]
impl PositionVersion {
    /// Counts up from 1. 版本号
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// What the holder does, in English. 职责（英文）
    async fn duties(&self) -> &str {
        &self.0.duties
    }

    /// What the holder does, in Chinese. 岗位职责
    async fn duties_zh(&self) -> &str {
        &self.0.duties_zh
    }

    /// What the holder is to reach, in English. 目标（英文）
    async fn goals(&self) -> &str {
        &self.0.goals
    }

    /// What the holder is to reach, in Chinese. 工作目标
    async fn goals_zh(&self) -> &str {
        &self.0.goals_zh
    }

    /// How good work is told, in English. 标准（英文）
    async fn standards(&self) -> &str {
        &self.0.standards
    }

    /// How good work is told, in Chinese. 绩效标准
    async fn standards_zh(&self) -> &str {
        &self.0.standards_zh
    }

    /// First day on which it holds; the next version ends it. 生效日期
    async fn valid_from(&self) -> Date {
        self.0.valid_from.into()
    }

    /// Why it was written. 修订说明
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// When it was written. 编写时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// A position whose duties answer the question. 匹配的岗位职责
pub struct DutyMatch {
    /// The position.
    pub position: position::Model,
    /// What of its duties answers.
    pub answer: Answer,
    /// The day that was asked about.
    pub day: NaiveDate,
}

/// A position whose duties answer the question. 匹配的岗位职责
#[Object]
impl DutyMatch {
    /// The position. 岗位
    async fn position(&self) -> Position {
        Position(self.position.clone())
    }

    /// The sentence of its duties that answers best. 匹配的职责
    async fn duty(&self) -> &str {
        &self.answer.duty
    }

    /// How many of a hundred words that were asked for it has: 50 to 100. 匹配度
    async fn score(&self) -> u32 {
        self.answer.score
    }

    /// Its holders on the day, by number: everybody may know whose duty a thing is. 任职成员
    async fn holders(&self, ctx: &Context<'_>) -> Result<Option<Vec<DutyHolder>>> {
        let key = Holding {
            position_id: self.position.id,
            day: self.day,
        };
        let rows = ctx.loads().load_one(key).await.map_err(shared);
        let rows = rows.on_field(ctx.call())?.unwrap_or_default();
        Ok(Some(rows.into_iter().map(DutyHolder).collect()))
    }
}

/// Somebody who holds a position. 任职成员
pub struct DutyHolder(Holder);

/// Somebody who holds a position. 任职成员
#[Object]
impl DutyHolder {
    /// The number of the member. 工号
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// What the member is called. 姓名
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Who, with all that you may see; null when the member is out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// In which team; null when it is held in a department or region. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Some(id) = self.0.team else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await.on_field(ctx.call())?;
        Ok(row.map(Team))
    }
}
