//! How a goal stands, as clients see it.

use async_graphql::{Object, SimpleObject};
use chrono::NaiveDate;
use entity::goal_alert;

use super::enums::{GoalAlertKind, GoalVerdict};
use crate::graphql::{Date, DateTime, Decimal, Id};
use crate::metrics::goals::rules::{Course, Forecast, Needed};

/// How a goal stands. 目标进度
#[derive(SimpleObject)]
pub struct GoalProgress {
    /// The figure so far, today's part included; null where there is nothing to take a mean of, and when it is
    /// withheld. 当前值
    value: Option<Decimal>,
    /// How much of the time has passed, in percent. 时间进度（%）
    time_passed: Decimal,
    /// Days that are left, today included. 剩余天数
    days_left: i64,
    /// What the days that are left must bring; null when it is withheld. 剩余所需
    needed: Option<GoalNeeded>,
    /// Where the figure will end; null with fewer than seven days of figures, when the time is over, and when it is
    /// withheld. 预测
    forecast: Option<GoalForecast>,
    /// Whether it is going to be reached. 走势
    verdict: GoalVerdict,
    /// The last day that was looked at. 截至日期
    as_of: Date,
    /// Are the figures withheld, as they are about one member or a small group out of your reach? 是否隐藏数值
    withheld: bool,
}

impl GoalProgress {
    /// How a goal stood on a day, with its figures or without.
    #[must_use]
    pub fn of(course: Course, day: NaiveDate, withheld: bool) -> Self {
        let course = if withheld {
            Course {
                value: None,
                forecast: None,
                ..course
            }
        } else {
            course
        };
        Self {
            value: course.value.map(Decimal),
            time_passed: Decimal(course.time_passed),
            days_left: course.days_left,
            needed: (!withheld).then(|| course.needed.into()),
            forecast: course.forecast.map(Into::into),
            verdict: course.verdict.into(),
            as_of: day.into(),
            withheld,
        }
    }
}

/// What the days that are left must bring, if as much is counted as usual. 剩余所需
#[derive(SimpleObject)]
pub struct GoalNeeded {
    /// Of a figure that adds up: how much is missing, or for "at most" how much may still come. 总量
    total: Option<Decimal>,
    /// The same for each day that is left. 每天
    per_day: Option<Decimal>,
    /// Of a mean or a rate: what the rest must reach, or for "at most" not exceed. 平均值
    mean: Option<Decimal>,
    /// Not even the best rest would do. 是否已无法达到
    out_of_reach: bool,
}

impl From<Needed> for GoalNeeded {
    fn from(needed: Needed) -> Self {
        Self {
            total: needed.total.map(Decimal),
            per_day: needed.per_day.map(Decimal),
            mean: needed.mean.map(Decimal),
            out_of_reach: needed.out_of_reach,
        }
    }
}

/// Where a figure will end, judged by its last 60 days. 预测
#[derive(SimpleObject)]
pub struct GoalForecast {
    /// Most probably. 预测值
    value: Decimal,
    /// In 95 of 100 cases it ends between this ... 下限
    low: Decimal,
    /// ... and this. 上限
    high: Decimal,
    /// The chance to reach the target, in percent. 达成概率（%）
    chance: i32,
}

impl From<Forecast> for GoalForecast {
    fn from(forecast: Forecast) -> Self {
        Self {
            value: Decimal(forecast.value),
            low: Decimal(forecast.low),
            high: Decimal(forecast.high),
            chance: forecast.chance,
        }
    }
}

/// What was told about a goal, and how it stood then. 目标提醒
pub struct GoalAlert {
    /// The row.
    pub row: goal_alert::Model,
    /// Without its figures?
    pub withheld: bool,
}

/// What was told about a goal, and how it stood then. 目标提醒
#[Object]
impl GoalAlert {
    /// Its id, `goalalert_...`. 标识
    async fn id(&self) -> Id<goal_alert::Entity> {
        Id::new(self.row.id)
    }

    /// What was told. 类型
    async fn kind(&self) -> GoalAlertKind {
        self.row.kind.into()
    }

    /// The figure then; for an ended goal the final one; null when it is withheld. 当时的值
    async fn value(&self) -> Option<Decimal> {
        self.row.value.filter(|_| !self.withheld).map(Into::into)
    }

    /// The forecast then; null when the goal ended, and when it is withheld. 当时的预测
    async fn forecast(&self) -> Option<GoalForecast> {
        if self.withheld {
            return None;
        }
        let row = &self.row;
        Some(GoalForecast {
            value: row.forecast?.into(),
            low: row.forecast_low?.into(),
            high: row.forecast_high?.into(),
            chance: row.chance?,
        })
    }

    /// When. 时间
    async fn raised_at(&self) -> DateTime {
        self.row.raised_at.into()
    }
}
