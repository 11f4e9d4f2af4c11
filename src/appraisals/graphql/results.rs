//! Results, and how they came about.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::appraisal_result;

use super::enums::AppraisalResultCause;
use crate::access::Call;
use crate::appraisals::rules::content::{Content, Measure, Section};
use crate::appraisals::rules::scoring::{Deduction, ItemLine, Outcome, SectionLine};
use crate::appraisals::rules::words::{Remark, Remarks, item_name, remarks};
use crate::error::{self, Text};
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Decimal, Id};
use crate::metrics::definitions::graphql::NameOfMetric;

/// A result of an appraisal; never changed, a later one holds. 考核结果
pub struct AppraisalResult {
    row: appraisal_result::Model,
    outcome: Outcome,
    content: Arc<Content>,
}

impl AppraisalResult {
    /// A result by the template that it follows.
    ///
    /// # Errors
    /// When what is stored can't be read.
    pub fn new(row: appraisal_result::Model, content: Arc<Content>) -> error::Result<Self> {
        let outcome = serde_json::from_value(row.outcome.clone())?;
        Ok(Self {
            row,
            outcome,
            content,
        })
    }

    /// Its number; the last one holds.
    pub const fn number(&self) -> i32 {
        self.row.number
    }

    fn section(&self, key: &str) -> Option<&Section> {
        self.content.sections.iter().find(|one| one.key == key)
    }

    async fn remarks(&self, ctx: &Context<'_>) -> error::Result<Remarks> {
        let metrics = self.content.sections.iter().filter_map(metrics_of);
        let keys = metrics.flatten().map(NameOfMetric);
        let names = ctx.loads().load_many(keys).await.map_err(shared)?;
        let names: HashMap<String, Text> =
            names.into_iter().map(|(key, name)| (key.0, name)).collect();
        let named = |key: &str| names.get(key).cloned();
        Ok(remarks(&self.content, &self.outcome, &named))
    }
}

fn metrics_of(section: &Section) -> Option<impl Iterator<Item = String>> {
    match &section.measure {
        Measure::Metrics { items } => Some(items.iter().map(|item| item.metric.clone())),
        _ => None,
    }
}

fn read(call: &Call, en: &str, zh: &str) -> String {
    Text::new(en.to_owned(), zh.to_owned())
        .in_locale(call.locale)
        .to_owned()
}

/// A result of an appraisal; never changed, a later one holds. 考核结果
#[Object]
impl AppraisalResult {
    /// Its id, `appraisalresult_...`. 标识
    async fn id(&self) -> Id<appraisal_result::Entity> {
        Id::new(self.row.id)
    }

    /// Counts up from 1; the last one holds. 序号
    #[graphql(name = "number")]
    async fn shown_number(&self) -> i32 {
        self.row.number
    }

    /// Why it was made. 成因
    async fn cause(&self) -> AppraisalResultCause {
        self.row.cause.into()
    }

    /// The score, in points. 得分
    async fn score(&self) -> Decimal {
        self.row.score.into()
    }

    /// Full marks, in points. 满分
    async fn full(&self) -> i32 {
        self.content.full
    }

    /// The highest score that anybody gets, in points. 得分上限
    async fn cap(&self) -> Decimal {
        Decimal(self.content.cap)
    }

    /// Did that lower the score? 是否触及上限
    async fn capped(&self) -> bool {
        self.outcome.capped
    }

    /// The band that the score lies in. 等级
    async fn band(&self, ctx: &Context<'_>) -> AppraisalResultBand {
        let key = &self.row.band;
        let band = self.content.bands.iter().find(|band| band.key == *key);
        let name = |call| band.map(|band| read(call, &band.name, &band.name_zh));
        AppraisalResultBand {
            name: name(ctx.call()).unwrap_or_else(|| key.clone()),
            key: key.clone(),
        }
    }

    /// The points of the sections together, before anything was taken off. 扣分前得分
    async fn before(&self) -> Decimal {
        Decimal(self.outcome.before)
    }

    /// What each section brought, in the order of the template. 各项目得分
    async fn sections(&self, ctx: &Context<'_>) -> Vec<AppraisalResultSection> {
        let lines = self.outcome.sections.iter().map(|line| {
            let section = self.section(&line.key);
            let name = section.map(|one| read(ctx.call(), &one.name, &one.name_zh));
            AppraisalResultSection {
                name: name.unwrap_or_else(|| line.key.clone()),
                line: line.clone(),
                section: section.cloned(),
            }
        });
        lines.collect()
    }

    /// What critical behaviours cost. 关键行为扣分
    async fn deductions(&self, ctx: &Context<'_>) -> Vec<AppraisalDeduction> {
        let behaviours = &self.content.behaviours;
        let deduction = |one: &Deduction| {
            let behaviour = behaviours.iter().find(|known| known.key == one.key);
            let name = behaviour.map(|known| read(ctx.call(), &known.name, &known.name_zh));
            AppraisalDeduction {
                behaviour: one.key.clone(),
                name: name.unwrap_or_else(|| one.key.clone()),
                times: i32::try_from(one.times).unwrap_or(i32::MAX),
                points: Decimal(one.points),
            }
        };
        self.outcome.deductions.iter().map(deduction).collect()
    }

    /// What is worth 90 percent or more, what weighs most first, at most five. 优势
    async fn strengths(&self, ctx: &Context<'_>) -> Result<Option<Vec<AppraisalRemark>>> {
        let remarks = self.remarks(ctx).await.on_field(ctx.call())?;
        Ok(Some(told(ctx.call(), remarks.strengths)))
    }

    /// What is worth less than 60 percent, what weighs most first, at most five. 待改进
    async fn weaknesses(&self, ctx: &Context<'_>) -> Result<Option<Vec<AppraisalRemark>>> {
        let remarks = self.remarks(ctx).await.on_field(ctx.call())?;
        Ok(Some(told(ctx.call(), remarks.weaknesses)))
    }

    /// In the words of who made it. 说明
    async fn reason(&self) -> Option<&str> {
        self.row.reason.as_deref()
    }

    /// Who made it, as the account was called then. 产生人
    async fn made_by(&self) -> &str {
        &self.row.made_by_name
    }

    /// When it was made. 产生时间
    async fn created_at(&self) -> DateTime {
        self.row.created_at.into()
    }

    /// When the member took note of it. 确认时间
    async fn acknowledged_at(&self) -> Option<DateTime> {
        self.row.acknowledged_at.map(Into::into)
    }

    /// What the member said to it. 确认意见
    async fn acknowledgement(&self) -> Option<&str> {
        self.row.acknowledgement.as_deref()
    }
}

fn told(call: &Call, remarks: Vec<Remark>) -> Vec<AppraisalRemark> {
    let tell = |remark: Remark| AppraisalRemark {
        text: remark.text.in_locale(call.locale).to_owned(),
        section: remark.section,
        item: remark.item,
        percent: Decimal(remark.percent),
    };
    remarks.into_iter().map(tell).collect()
}

/// A range of scores with a name. 等级
#[derive(SimpleObject)]
pub struct AppraisalResultBand {
    /// Its key in the template. 键
    key: String,
    /// What it is called, in your language. 名称
    name: String,
}

/// What a critical behaviour cost. 关键行为扣分
#[derive(SimpleObject)]
pub struct AppraisalDeduction {
    /// The key of the behaviour in the template. 关键行为键
    behaviour: String,
    /// What it is called, in your language. 名称
    name: String,
    /// How often it was recorded. 次数
    times: i32,
    /// How many points it cost. 扣分
    points: Decimal,
}

/// What stands out in a result. 评语
#[derive(SimpleObject)]
pub struct AppraisalRemark {
    /// The key of the section. 考核项目键
    section: String,
    /// The key of the item in it. 考核指标键
    item: String,
    /// What it is worth, in percent. 得分率
    percent: Decimal,
    /// A sentence, in your language. 评语
    text: String,
}

/// What a section brought. 项目得分
pub struct AppraisalResultSection {
    name: String,
    line: SectionLine,
    section: Option<Section>,
}

/// What a section brought. 项目得分
#[Object]
impl AppraisalResultSection {
    /// Its key in the template. 键
    async fn key(&self) -> &str {
        &self.line.key
    }

    /// What it is called, in your language. 名称
    async fn name(&self) -> &str {
        &self.name
    }

    /// Its weight in the template, in percent. 权重
    async fn weight(&self) -> i32 {
        self.line.weight
    }

    /// With which weight it counted, in percent: more when the weight of another one was spread. 实际权重
    async fn counted(&self) -> Decimal {
        Decimal(self.line.counted)
    }

    /// What it is worth, in percent; null when there was nothing to go by. 得分率
    async fn percent(&self) -> Option<Decimal> {
        self.line.percent.map(Decimal)
    }

    /// What it is made of. 考核指标
    async fn items(&self) -> Vec<AppraisalResultItem> {
        let item = |line: &ItemLine| AppraisalResultItem {
            line: line.clone(),
            section: self.section.clone(),
        };
        self.line.items.iter().map(item).collect()
    }
}

/// What an item of a section brought. 指标得分
pub struct AppraisalResultItem {
    line: ItemLine,
    section: Option<Section>,
}

/// What an item of a section brought. 指标得分
#[Object]
impl AppraisalResultItem {
    /// The key of the metric or criterion, the side that feedback comes from, or the title of an item of the plan. 键
    async fn key(&self) -> &str {
        &self.line.key
    }

    /// What it is called, in your language. 名称
    async fn name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let (call, key) = (ctx.call(), &self.line.key);
        let Some(section) = &self.section else {
            return Ok(Some(key.clone()));
        };
        let metric = match &section.measure {
            Measure::Metrics { .. } => {
                let found = ctx.loads().load_one(NameOfMetric(key.clone())).await;
                found.map_err(shared).on_field(call)?
            }
            _ => None,
        };
        let name = item_name(section, key, &|_| metric.clone());
        Ok(Some(name.in_locale(call.locale).to_owned()))
    }

    /// Its weight among the items. 权重
    async fn weight(&self) -> i32 {
        self.line.weight
    }

    /// The figure in the metric's unit, or the mean rating from 1 to 5 of a side; null for what is judged in percent, and where
    /// there was nothing to go by. 数值
    async fn value(&self) -> Option<Decimal> {
        self.line.value.map(Decimal)
    }

    /// What it is worth, in percent; null when there was nothing to go by. 得分率
    async fn percent(&self) -> Option<Decimal> {
        self.line.percent.map(Decimal)
    }
}
