//! Asking for figures.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use entity::metric_snapshot;
use uuid::Uuid;

use super::inputs::{MetricDimension, MetricFigureFilter, MetricGranularity, MetricPeriod};
use super::loaders::{FiguresOf, MetricOf};
use super::types::{Answer, MetricFigures};
use crate::access::{Permission, Viewer, find};
use crate::app::App;
use crate::error::{self, ApiError};
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask as _, Id};
use crate::metrics::figures::{
    Ask, Differences, Group, Metric, Rights, differences, figures, is_up_to_date, note_look,
    protect, protect_differences,
};
use crate::metrics::rules::at::At;
use crate::metrics::rules::period::Period;
use crate::metrics::snapshots::frozen_of;

/// The query for figures.
#[derive(Default)]
pub struct MetricQuery;

/// The query for figures.
#[Object]
impl MetricQuery {
    /// The figures of a metric: of a period, cut into pieces, told apart by one thing, of a part of the company. A figure
    /// about what your `metric.read` doesn't reach is refused. 查询指标
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the arguments of the field"
    )]
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
        #[graphql(
            desc = "The figures as they were when this snapshot was frozen, for days that it has; as they are when nothing is said."
        )]
        snapshot: Option<Id<metric_snapshot::Entity>>,
    ) -> Result<Option<MetricFigures>> {
        let (app, call) = (ctx.app(), ctx.call());
        let groups = ctx.look_ahead().field("groups");
        let wanted = Wanted {
            before: groups.field("previous").exists(),
            year_before: groups.field("yearBefore").exists(),
            differences: groups.field("difference").exists()
                || ctx.look_ahead().field("differences").exists(),
        };
        let asked = async {
            let snapshot = match snapshot {
                Some(id) => Some(snapshot_of(app, &call.viewer, id.uuid).await?),
                None => None,
            };
            let ask = Ask {
                period: period.plain()?,
                granularity: granularity.into(),
                by: group_by.map(Into::into),
                part: filter.unwrap_or_default().plain()?,
                at: match &snapshot {
                    Some(row) => At::Frozen(Arc::new(frozen_of(row)?)),
                    None => At::Now,
                },
            };
            if !ask.at.has(ask.period) {
                return Err(not_within(snapshot.as_ref()));
            }
            let pieces = ask.pieces().len();
            if pieces > MOST_PIECES {
                return Err(ApiError::bad_input(
                    "granularity",
                    format!("the period has {pieces} pieces of this size; at most {MOST_PIECES} are shown at once"),
                    format!("该周期按此粒度有 {pieces} 段，一次最多显示 {MOST_PIECES} 段"),
                )
                .into());
            }
            answer(ctx, key, ask, snapshot, wanted).await
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
    differences: bool,
}

/// The snapshot with that id.
async fn snapshot_of(
    app: &App,
    viewer: &Viewer,
    id: Uuid,
) -> error::Result<metric_snapshot::Model> {
    let read = Permission::MetricRead;
    let found = find::<metric_snapshot::Entity>(app.db.reader(), viewer, read, id).await?;
    found.ok_or_else(|| {
        ApiError::bad_input(
            "snapshot",
            "there is no such snapshot; metricSnapshots lists those there are",
            "没有该快照；请用 metricSnapshots 查询",
        )
        .into()
    })
}

fn not_within(snapshot: Option<&metric_snapshot::Model>) -> error::Error {
    let (from, to) = snapshot.map_or_else(Default::default, |row| {
        (row.from_day.to_string(), row.until_day.to_string())
    });
    ApiError::bad_input(
        "period",
        format!(
            "the snapshot has the days from {from} to before {to}; ask for a period within them"
        ),
        format!("该快照的周期为 {from} 至 {to}（不含），请在此范围内查询"),
    )
    .into()
}

async fn answer(
    ctx: &Context<'_>,
    key: String,
    ask: Ask,
    snapshot: Option<metric_snapshot::Model>,
    wanted: Wanted,
) -> error::Result<Option<MetricFigures>> {
    let (app, call) = (ctx.app(), ctx.call());
    let (db, viewer) = (app.db.reader(), &call.viewer);
    let Some(metric) = metric_at(ctx, key, &ask.at).await? else {
        return Err(unknown(&ask.at));
    };
    let rights = Rights::of(db, viewer, &metric, &ask).await?;
    if rights == Rights::Whole {
        note_look(&app.db, call, &metric, &ask).await?;
    }
    let up_to_date = ctx.selects("upToDate") && is_up_to_date(db).await?;
    let (groups, withheld) = read(ctx, &metric, &ask, rights).await?;
    let earlier = async |period: Option<Period>, wanted: bool| match period {
        Some(period) if wanted && ask.at.has(period) => {
            let (groups, _) = read(ctx, &metric, &ask.during(period), rights).await?;
            Ok::<_, error::Error>(Some(groups))
        }
        _ => Ok(None),
    };
    let before = earlier(ask.period.before(), wanted.before).await?;
    let year_before = earlier(ask.period.year_before(), wanted.year_before).await?;
    let differences = match ask.at.frozen() {
        Some(frozen) if wanted.differences => {
            let differences =
                differences(&app.db, &app.counter.sources, &metric, &ask, frozen).await?;
            Some(shown(app, viewer, &ask, (rights, &withheld), differences).await?)
        }
        _ => None,
    };
    let answer = Answer {
        metric,
        ask,
        rights,
        withheld,
        before,
        year_before,
        up_to_date,
        snapshot,
        differences,
    };
    Ok(Some(MetricFigures {
        answer: Arc::new(answer),
        groups,
    }))
}

fn unknown(at: &At) -> error::Error {
    match at {
        At::Now => ApiError::bad_input(
            "key",
            "there is no such metric in use; metricDefinitions lists those there are",
            "没有该指标或已停用；请用 metricDefinitions 查询可用指标",
        ),
        At::Frozen(_) => ApiError::bad_input(
            "key",
            "there was no such metric in use when the snapshot was frozen; its `metrics` lists those there were",
            "冻结时没有该指标；请查看快照的 metrics",
        ),
    }
    .into()
}

/// Differences with what has to be withheld taken out: today's figure may be about members where the frozen one isn't.
async fn shown(
    app: &App,
    viewer: &Viewer,
    ask: &Ask,
    (rights, withheld): (Rights, &HashMap<String, Vec<Period>>),
    mut differences: Differences,
) -> error::Result<Differences> {
    let db = app.db.reader();
    let today = match &differences.latest {
        Some(latest) => Rights::of(db, viewer, latest, ask).await?,
        None => rights,
    };
    if rights == Rights::Guarded || today == Rights::Guarded {
        protect_differences(db, ask, withheld, &mut differences).await?;
    }
    Ok(differences)
}

/// The metric as of a moment, if it could be asked for then.
async fn metric_at(ctx: &Context<'_>, key: String, at: &At) -> error::Result<Option<Arc<Metric>>> {
    match at {
        At::Now => ctx.loads().load_one(MetricOf(key)).await.map_err(shared),
        At::Frozen(_) => {
            let app = ctx.app();
            let found = Metric::find_at(app.db.reader(), &app.counter.sources, &key, at).await?;
            Ok(found.map(Arc::new))
        }
    }
}

/// Figures with what has to be withheld taken out.
async fn read(
    ctx: &Context<'_>,
    metric: &Arc<Metric>,
    ask: &Ask,
    rights: Rights,
) -> error::Result<(Arc<Vec<Group>>, HashMap<String, Vec<Period>>)> {
    let db = ctx.app().db.reader();
    let mut groups = match ask.at {
        At::Now => {
            let wanted = FiguresOf {
                metric: Arc::clone(metric),
                ask: ask.clone(),
            };
            let found = ctx.loads().load_one(wanted).await.map_err(shared)?;
            found.transpose().map_err(shared)?.unwrap_or_default()
        }
        At::Frozen(_) => Arc::new(figures(db, metric, ask).await?),
    };
    let withheld = match rights {
        Rights::Whole => HashMap::new(),
        Rights::Guarded => {
            // Each field protects a copy of its own.
            let own: &mut Vec<_> = Arc::make_mut(&mut groups);
            protect(db, metric, ask, own).await?
        }
    };
    Ok((groups, withheld))
}
