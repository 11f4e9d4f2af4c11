//! Asking for staffing advice.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use entity::{member, region, team};
use uuid::Uuid;

use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date};
use crate::organisation::graphql::{Member, Region, Team};
use crate::organisation::staffing;
use crate::organisation::staffing::rules::{Giver, Handover, Taker, Thresholds, Verdict};
use crate::organisation::staffing::survey;
use crate::organisation::today;

/// What is advised on. 统计单位
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "staffing::Unit")]
pub enum StaffingUnit {
    /// Teams, by the homes of their members. 团队
    Team,
    /// Regions, by whoever is placed there or in a team of theirs; customers of a province of two regions count in both. 区域
    Region,
}

/// Are there too few, too many, or as many people as needed? 配置结论
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Verdict")]
pub enum StaffingVerdict {
    /// Too few. 缺人
    Missing,
    /// As many as needed. 合适
    Fits,
    /// More than needed. 富余
    Idle,
}

/// Where people are missing or idle for the customers that there are. 人员配置建议
#[derive(SimpleObject)]
pub struct StaffingAdvice {
    /// The day. 日期
    day: Date,
    /// The figures that it goes by; they are settings. 阈值
    thresholds: StaffingThresholds,
    /// Every team or region with customers, by code. 各团队或区域
    desks: Vec<StaffingDesk>,
}

/// The figures that staffing advice goes by; each is a setting `staffing.*`. 配置阈值
#[derive(SimpleObject)]
pub struct StaffingThresholds {
    /// A dedicated member from so many customers on. 设专人
    dedicated_from: i64,
    /// That member is freed of basic information work from so many customers on. 免除基础信息工作
    relieved_from: i64,
    /// About so many customers a member. 每人约管理客户数
    per_member: i64,
    /// Two members from so many customers on. 设两人
    pair_from: i64,
    /// Four members at least, and a manager, from so many customers on. 设四至五人及主管
    large_from: i64,
    /// A manager from so many members on. 设主管的人数
    manager_from: i64,
}

impl From<Thresholds> for StaffingThresholds {
    fn from(by: Thresholds) -> Self {
        Self {
            dedicated_from: by.dedicated_from,
            relieved_from: by.relieved_from,
            per_member: by.per_member,
            pair_from: by.pair_from,
            large_from: by.large_from,
            manager_from: by.manager_from,
        }
    }
}

/// A team or region with its people, its customers and the advice. 配置建议明细
pub struct StaffingDesk {
    unit: staffing::Unit,
    row: staffing::Surveyed,
}

/// A team or region with its people, its customers and the advice. 配置建议明细
#[Object]
impl StaffingDesk {
    /// The team, when teams were asked for. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        if self.unit != staffing::Unit::Team {
            return Ok(None);
        }
        let row = ctx.row::<team::Entity>(self.row.id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// The region, when regions were asked for. 区域
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>> {
        if self.unit != staffing::Unit::Region {
            return Ok(None);
        }
        let row = ctx.row::<region::Entity>(self.row.id).await;
        Ok(row.on_field(ctx.call())?.map(Region))
    }

    /// All its customers. 客户数
    async fn customers(&self) -> i64 {
        self.row.desk.customers()
    }

    /// Those of them that nobody looks after; counted for regions only, by their provinces. 无人负责的客户数
    async fn unowned(&self) -> i64 {
        self.row.desk.unowned
    }

    /// Members that are there, without those who only lead. 现有人数
    async fn present(&self) -> i64 {
        self.row.advice.present
    }

    /// Members that are needed. 建议人数
    async fn proposed(&self) -> i64 {
        self.row.advice.proposed
    }

    /// How many lead it. 现有主管
    async fn managers_present(&self) -> i64 {
        self.row.desk.managers
    }

    /// How many should. 建议主管
    async fn managers_proposed(&self) -> i64 {
        self.row.advice.managers
    }

    /// What follows. 结论
    async fn verdict(&self) -> StaffingVerdict {
        self.row.advice.verdict.into()
    }

    /// Why, in your language. 理由
    async fn reasons(&self, ctx: &Context<'_>) -> Vec<String> {
        let locale = ctx.call().locale;
        let words = self.row.advice.reasons.iter();
        words
            .map(|text| text.in_locale(locale).to_owned())
            .collect()
    }

    /// Who has how many customers. 各成员客户数
    async fn members(&self) -> Vec<StaffingLoad> {
        let loads = self.row.desk.members.iter();
        loads
            .map(|(id, customers)| StaffingLoad {
                member_id: *id,
                customers: *customers,
            })
            .collect()
    }

    /// Who would hand how many customers to whom, so that everybody has about as many. 客户移交建议
    async fn handovers(&self) -> Vec<StaffingHandover> {
        let handovers = self.row.advice.handovers.iter();
        handovers.copied().map(StaffingHandover).collect()
    }
}

/// How many customers a member looks after. 成员客户数
pub struct StaffingLoad {
    member_id: Uuid,
    customers: i64,
}

/// How many customers a member looks after. 成员客户数
#[Object]
impl StaffingLoad {
    /// Who; null when the member is out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// How many customers. 客户数
    async fn customers(&self) -> i64 {
        self.customers
    }
}

/// So many customers from one to another; nothing is changed by the proposal. 客户移交建议
pub struct StaffingHandover(Handover);

/// So many customers from one to another; nothing is changed by the proposal. 客户移交建议
#[Object]
impl StaffingHandover {
    /// From whom; null when nobody looks after them, or the member is out of your reach. 移交人
    async fn from(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let (Giver::Member(id) | Giver::Gone(id)) = self.0.from else {
            return Ok(None);
        };
        let row = ctx.row::<member::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// Does nobody look after them so far? 是否无人负责
    async fn from_nobody(&self) -> bool {
        self.0.from == Giver::Nobody
    }

    /// To whom; null for a member who is yet to come, or is out of your reach. 接收人
    async fn to(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let Taker::Member(id) = self.0.to else {
            return Ok(None);
        };
        let row = ctx.row::<member::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// Which of the members who are yet to come, from 1; null for one who is there. 第几名新增成员
    async fn to_new_member(&self) -> Option<i64> {
        match self.0.to {
            Taker::New(number) => i64::try_from(number).ok(),
            Taker::Member(_) => None,
        }
    }

    /// How many customers. 客户数
    async fn customers(&self) -> i64 {
        self.0.customers
    }
}

/// The query about staffing.
#[derive(Default)]
pub struct StaffingQuery;

/// The query about staffing.
#[Object]
impl StaffingQuery {
    /// Where people are missing or idle for the customers that there are, with the proposed headcount, the reasons and a
    /// proposed handover. 人员配置建议
    async fn staffing_advice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Teams or regions. 统计单位")] by: StaffingUnit,
        #[graphql(
            desc = "Who is where on this day; today when absent. Customers are always those of now. 日期（默认今天）"
        )]
        on: Option<Date>,
    ) -> Result<Option<StaffingAdvice>> {
        let (app, call) = (ctx.app(), ctx.call());
        let day = on.map_or_else(|| today(call), |day| day.0);
        let unit = by.into();
        let counts = app.customer_counts.as_ref();
        let surveyed = survey(&app.db, counts, unit, day).await;
        let (thresholds, rows) = surveyed.on_field(call)?;
        Ok(Some(StaffingAdvice {
            day: day.into(),
            thresholds: thresholds.into(),
            desks: rows
                .into_iter()
                .map(|row| StaffingDesk { unit, row })
                .collect(),
        }))
    }
}
