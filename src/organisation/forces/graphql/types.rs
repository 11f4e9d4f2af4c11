//! A task force, and how much of a member's time is given away.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::enums::Locale;
use entity::{member, task_force, team};
use uuid::Uuid;

use crate::graphql::children::rows_of;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};
use crate::organisation::forces::rules::Overload;
use crate::organisation::forces::store::TeamsForce;
use crate::organisation::graphql::{Assignment, Member, Team};

/// A joint task force: a team with a goal and an end. 联合工作组
pub struct TaskForce(pub task_force::Model);

/// A joint task force: a team with a goal and an end. 联合工作组
#[Object]
impl TaskForce {
    /// Its id, `taskforce_...`. 标识
    pub async fn id(&self) -> Id<task_force::Entity> {
        Id::new(self.0.id)
    }

    /// The team that it works as; its members are those of the task force. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let row = ctx.row::<team::Entity>(self.0.team_id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// What it is to reach. 目标
    async fn goal(&self) -> &str {
        &self.0.goal
    }

    /// Who leads it; null when the member is out of your reach. 负责人
    async fn lead(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.lead_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// First day on which it should no longer be needed. 计划结束日期
    async fn planned_end(&self) -> Date {
        self.0.planned_end.into()
    }

    /// First day on which it no longer exists; null while it is at work. 解散日期
    async fn dissolved_on(&self) -> Option<Date> {
        self.0.dissolved_on.map(Into::into)
    }

    /// What came of it. 成果
    async fn result(&self) -> Option<&str> {
        self.0.result.as_deref()
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was formed. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// The task force that a team works as, if it is one.
///
/// # Errors
/// When it can't be read.
pub async fn force_of(ctx: &Context<'_>, team: Uuid) -> Result<Option<TaskForce>> {
    let rows = rows_of::<TeamsForce>(ctx, team).await;
    let rows = rows.on_field(ctx.call())?;
    Ok(rows.into_iter().next().map(TaskForce))
}

/// How much of a member's time is given away on a day. 投入占比
#[derive(SimpleObject)]
pub struct MemberAllocation {
    /// What the shares add up to, in percent. 合计（%）
    pub percent: i32,
    /// Is that more than the whole working time? 是否超负荷
    pub overloaded: bool,
    /// The assignments of the day. 当日任职
    pub assignments: Vec<Assignment>,
}

/// A member who has more to do than there is time; the change was made all the same. 超负荷提醒
#[derive(SimpleObject)]
pub struct AllocationWarning {
    /// Who. 成员
    member_id: Id<member::Entity>,
    /// The first day on which the sum is highest. 日期
    day: Date,
    /// What the shares add up to on it. 合计（%）
    percent: i32,
    /// The warning in your language. 提醒内容
    message: String,
}

impl AllocationWarning {
    /// The warning for a reader.
    pub(super) fn of(ctx: &Context<'_>, load: Overload) -> Self {
        let (day, percent) = (load.day, load.percent);
        Self {
            member_id: Id::new(load.member),
            day: day.into(),
            percent,
            message: match ctx.call().locale {
                Locale::En => {
                    format!("On {day} the shares add up to {percent} % of the working time.")
                }
                Locale::Zh => format!("{day} 投入占比合计为 {percent}%，超过全部工时。"),
            },
        }
    }
}
