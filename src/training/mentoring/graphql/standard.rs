//! The time to standard and mentors' results in the schema.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{member, team};

use super::enums::MentoringVerdict;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, Decimal};
use crate::organisation::graphql::{Member, Team};
use crate::training::mentoring::actions;
use crate::training::mentoring::rules::standard::Verdict;

/// When a newcomer worked as the team does. 达标时间
pub struct MentoringStandard(pub actions::Look);

/// When a newcomer worked as the team does. 达标时间
#[Object]
impl MentoringStandard {
    /// The first day in the team: what is counted from; null without a team. 入组日期
    async fn since(&self) -> Option<Date> {
        self.0.since.map(Into::into)
    }

    /// The team that it is held against. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Some(id) = self.0.team else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// The answer; null without a team or when the metric isn't used any more. 结论
    async fn verdict(&self) -> Option<MentoringVerdict> {
        self.0.verdict.map(Into::into)
    }

    /// Days from the first one to the end of the window that reached it. 达标天数
    async fn days(&self) -> Option<i64> {
        self.0.days()
    }

    /// The last day of that window. 达标日期
    async fn reached_on(&self) -> Option<Date> {
        match self.0.verdict {
            Some(Verdict::Reached { on, .. }) => Some(on.into()),
            _ => None,
        }
    }

    /// Within how many days it is expected on average: `mentoring.expected_days`. 预期天数
    async fn expected_days(&self) -> i64 {
        self.0.expected_days
    }

    /// The windows that it follows from, at most about 60. Figures are null where `metric.member.read` doesn't reach the
    /// newcomer, those of the team where it doesn't reach the team. 比较窗口
    async fn windows(&self) -> Vec<MentoringWindow> {
        let (own, team) = (self.0.own_shown, self.0.team_shown);
        self.0
            .windows
            .iter()
            .map(|window| MentoringWindow {
                from: window.period.from.into(),
                to: window.period.to.into(),
                cases: own.then_some(window.cases),
                value: window.own.filter(|_| own).map(Into::into),
                colleagues: i32::try_from(window.colleagues).unwrap_or(i32::MAX),
                standard: window.standard.filter(|_| team).map(Into::into),
                reached: window.reached,
            })
            .collect()
    }
}

/// Some days in which a newcomer is held against the team. 比较窗口
#[derive(SimpleObject)]
pub struct MentoringWindow {
    /// The first day. 开始日期
    from: Date,
    /// The first day after it. 结束日期（不含）
    to: Date,
    /// How many cases the newcomer has. 案例数
    cases: Option<i64>,
    /// The newcomer's figure; null with too few cases as well. 新人指标值
    value: Option<Decimal>,
    /// How many experienced colleagues have cases enough. 可比同事人数
    colleagues: i32,
    /// What is to be reached; null with too few colleagues as well. 达标线
    standard: Option<Decimal>,
    /// Was it reached? 是否达标
    reached: bool,
}

/// What became of a mentor's pairs, of those within your reach. 导师成效
pub struct MentorResult(pub actions::MentorResults);

/// What became of a mentor's pairs, of those within your reach. 导师成效
#[Object]
impl MentorResult {
    /// The mentor; null when the member is out of your reach. 导师
    async fn mentor(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.mentor).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// Pairs, with those at work. 结对数
    async fn pairs(&self) -> i32 {
        self.0.results.pairs
    }

    /// Those at work. 进行中
    async fn active(&self) -> i32 {
        self.0.results.active
    }

    /// Those that ended with the goal reached; withheld like `reached`. 以达标结束的
    async fn ended_reached(&self) -> Option<i32> {
        self.0.shown.then_some(self.0.results.ended_reached)
    }

    /// Newcomers whose figures reached the standard. Withheld (null) where they are fewer than `metrics.minimum_group` and you
    /// may not see every one of these pairs. 已达标新人数
    async fn reached(&self) -> Option<i32> {
        self.0.shown.then_some(self.0.results.reached)
    }

    /// The median of their days to the standard; withheld like `reached`. 达标天数中位数
    async fn median_days(&self) -> Option<i64> {
        self.0.results.median_days.filter(|_| self.0.shown)
    }
}
