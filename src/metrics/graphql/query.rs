//! Asking for figures.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use super::inputs::{MetricDimension, MetricFigureFilter, MetricGranularity, MetricPeriod};
use super::types::{Answer, MetricFigures};
use crate::app::App;
use crate::error::{self, ApiError};
use crate::graphql::Ask as _;
use crate::graphql::errors::OnField;
use crate::metrics::figures::{Ask, Group, Metric, Rights, figures, is_up_to_date, protect};
use crate::metrics::rules::period::Period;

/// The query for figures.
#[derive(Default)]
pub struct MetricQuery;

/// The query for figures.
#[Object]
impl MetricQuery {
    /// The figures of a metric: of a period, cut into pieces, told apart by one thing, of a part of the company. A figure
    /// about what your `metric.read` doesn't reach is refused. 查询指标
    async fn metric(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The metric, such as `tickets_resolved`; `metricDefinitions` lists them."
        )]
        key: String,
        #[graphql(desc = "Of which days.")] period: MetricPeriod,
        #[graphql(
            desc = "Into what the period is cut.",
            default_with = "MetricGranularity::Total"
        )]
        granularity: MetricGranularity,
        #[graphql(desc = "By what the figures are told apart; not at all when nothing is said.")]
        group_by: Option<MetricDimension>,
        #[graphql(desc = "Of which part of the company; of all when nothing is said.")]
        filter: Option<MetricFigureFilter>,
    ) -> Result<Option<MetricFigures>> {
        let (app, call) = (ctx.app(), ctx.call());
        let groups = ctx.look_ahead().field("groups");
        let wanted = Wanted {
            before: groups.field("previous").exists(),
            year_before: groups.field("yearBefore").exists(),
        };
        let asked = async {
            let ask = Ask {
                period: period.plain()?,
                granularity: granularity.into(),
                by: group_by.map(Into::into),
                part: filter.unwrap_or_default().plain()?,
            };
            let pieces = ask.pieces().len();
            if pieces > MOST_PIECES {
                return Err(ApiError::bad_input(
                    "granularity",
                    format!("the period has {pieces} pieces of this size; at most {MOST_PIECES} are shown at once"),
                    format!("该周期按此粒度有 {pieces} 段，一次最多显示 {MOST_PIECES} 段"),
                )
                .into());
            }
            answer(app, &call.viewer, &key, ask, wanted).await
        };
        let answer = asked.await.on_field(call)?;
        Ok(answer)
    }
}

/// The most pieces of one answer: a year of days.
const MOST_PIECES: usize = 400;

/// Which comparisons are wanted.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    before: bool,
    year_before: bool,
}

async fn answer(
    app: &App,
    viewer: &crate::access::Viewer,
    key: &str,
    ask: Ask,
    wanted: Wanted,
) -> error::Result<Option<MetricFigures>> {
    let db = app.db.reader();
    let Some(metric) = Metric::find(db, &app.counter.sources, key).await? else {
        return Err(ApiError::bad_input(
            "key",
            "there is no such metric in use; metricDefinitions lists those there are",
            "没有该指标或已停用；请用 metricDefinitions 查询可用指标",
        )
        .into());
    };
    let rights = Rights::of(db, viewer, &metric, &ask).await?;
    let up_to_date = is_up_to_date(db).await?;
    let (groups, withheld) = read(app, &metric, &ask, rights).await?;
    let earlier = async |period: Option<Period>, wanted: bool| match period {
        Some(period) if wanted => {
            let (groups, _) = read(app, &metric, &ask.during(period), rights).await?;
            Ok::<_, error::Error>(Some(groups))
        }
        _ => Ok(None),
    };
    let before = earlier(ask.period.before(), wanted.before).await?;
    let year_before = earlier(ask.period.year_before(), wanted.year_before).await?;
    let answer = Answer {
        metric,
        ask,
        rights,
        withheld,
        before,
        year_before,
        up_to_date,
    };
    Ok(Some(MetricFigures {
        answer: Arc::new(answer),
        groups,
    }))
}

/// Figures with what has to be withheld taken out.
async fn read(
    app: &App,
    metric: &Metric,
    ask: &Ask,
    rights: Rights,
) -> error::Result<(Vec<Group>, HashMap<String, Vec<Period>>)> {
    let db = app.db.reader();
    let mut groups = figures(db, metric, ask).await?;
    let withheld = match rights {
        Rights::Whole => HashMap::new(),
        Rights::Guarded => protect(db, metric, ask, &mut groups).await?,
    };
    Ok((groups, withheld))
}
