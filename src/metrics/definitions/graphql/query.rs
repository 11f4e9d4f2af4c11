//! Reading and trying definitions.

use async_graphql::{Context, Object, Result, SimpleObject};

use super::inputs::{MetricCheckInput, MetricFilter, MetricOrder};
use super::types::{Metric, MetricSource};
use crate::access::Call;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Connection, PageArgs};
use crate::metrics::definitions::actions::{self, Verdict};
use crate::metrics::definitions::store;
use crate::metrics::rules::standing::inputs;

/// What comes of trying a definition. 校验结果
#[derive(SimpleObject)]
pub struct MetricCheck {
    /// Everything that is wrong with it; empty when it can be saved. 问题
    problems: Vec<MetricProblem>,
    /// The keys of the metrics that it would stand on. 引用的指标
    inputs: Vec<String>,
}

/// A mistake in a definition. 定义中的问题
#[derive(SimpleObject)]
pub struct MetricProblem {
    /// The path of the argument it is about, such as `["input", "definition", "body", "expression"]`. 字段路径
    field: Vec<String>,
    /// Where it begins in the expression: characters from its start; null for other fields. 起始位置
    offset: Option<i32>,
    /// How many characters it is about; null for other fields. 长度
    length: Option<i32>,
    /// What is wrong and the way out, in the language of the request. 说明
    message: String,
}

impl MetricCheck {
    fn new(call: &Call, verdict: Verdict) -> Self {
        let flaws = match verdict {
            Ok(definition) => {
                return Self {
                    problems: Vec::new(),
                    inputs: inputs(&definition).to_vec(),
                };
            }
            Err(flaws) => flaws,
        };
        let number = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
        let problems = flaws.into_iter().map(|flaw| MetricProblem {
            field: ["input", "definition"]
                .into_iter()
                .chain(flaw.field.split('.'))
                .map(str::to_owned)
                .collect(),
            offset: flaw.place.map(|(offset, _)| number(offset)),
            length: flaw.place.map(|(_, length)| number(length)),
            message: flaw.text.in_locale(call.locale).to_owned(),
        });
        Self {
            problems: problems.collect(),
            inputs: Vec::new(),
        }
    }
}

/// The queries about definitions.
#[derive(Default)]
pub struct MetricDefinitionQuery;

#[Object]
impl MetricDefinitionQuery {
    /// The metrics with their definitions, in use or retired. 指标定义列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn metric_definitions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which metrics.")] filter: Option<MetricFilter>,
        #[graphql(desc = "In which order; by key when nothing is said.")] order_by: Option<
            MetricOrder,
        >,
    ) -> Result<Option<Connection<Metric>>> {
        let call = ctx.call();
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let page = page.page(ctx).on_field(call)?;
        let filter = filter.unwrap_or_default().into();
        let order = order_by.unwrap_or_default().into();
        let total = ctx.selects("totalCount");
        let reader = ctx.app().db.reader();
        let listing = store::page(reader, &call.viewer, &filter, order, &page, total).await;
        Ok(Some(Connection::from_listing(
            listing.on_field(call)?,
            Metric,
        )))
    }

    /// The metric of that key with its definition, in use or retired; null when there is none. 指标定义
    async fn metric_definition(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its name, such as `tickets_resolved`.")] key: String,
    ) -> Result<Option<Metric>> {
        let call = ctx.call();
        let found = store::shown_by_key(ctx.app().db.reader(), &call.viewer, &key).await;
        Ok(found.on_field(call)?.map(Metric))
    }

    /// Everything that can be counted, for definitions of metrics from facts. 事实来源列表
    async fn metric_sources(&self, ctx: &Context<'_>) -> Result<Option<Vec<MetricSource>>> {
        let sources = ctx.app().counter.sources.iter();
        Ok(Some(
            sources
                .map(|source| MetricSource::new(ctx, source))
                .collect(),
        ))
    }

    /// Looks a definition over without saving it: what is wrong with it, and where. 校验指标定义
    async fn metric_check(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The definition.")] input: MetricCheckInput,
    ) -> Result<Option<MetricCheck>> {
        let call = ctx.call();
        let draft = input.definition.into();
        let verdict = actions::check(ctx.app(), call, input.key.as_deref(), &draft).await;
        Ok(Some(MetricCheck::new(call, verdict.on_field(call)?)))
    }
}
