//! Asking how long things took.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use super::inputs::{TimeSpentDimension, details};
use super::types::{Answer, TimeSpent};
use crate::app::App;
use crate::error::{self, ApiError, Text};
use crate::graphql::Ask as _;
use crate::graphql::errors::OnField;
use crate::metrics::facts::{Detail, Source};
use crate::metrics::figures::{Spent, TimeAsk, TimeBy, Want, is_up_to_date, measure_of_time};
use crate::metrics::graphql::inputs::{MetricFigureFilter, MetricGranularity, MetricPeriod};
use crate::metrics::rules::period::Period;

/// The query for times.
#[derive(Default)]
pub struct TimeSpentQuery;

/// The query for times.
#[Object]
impl TimeSpentQuery {
    /// Where time is lost: how long the stretches of time of a source took, by what they are about - the steps of
    /// processes (`ticket.step`), queues (`ticket.queue`), handovers (`ticket.handover`), reasons for waiting
    /// (`ticket.waiting`) -, compared between teams, regions and so on, with the records behind each figure. What is about
    /// a part of the company that your `metric.read` doesn't reach is refused. 耗时分析
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the arguments of the field"
    )]
    async fn time_spent(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The source, such as `ticket.step`; `metricSources` lists them. Its facts must be attributable to records and have a measure in seconds."
        )]
        source: String,
        #[graphql(
            desc = "Which measure of it, in seconds: by the wall clock, or `working_seconds` by business calendars.",
            default_with = "String::from(\"seconds\")"
        )]
        measure: String,
        #[graphql(desc = "Of which days; a stretch of time counts on the day on which it ended.")]
        period: MetricPeriod,
        #[graphql(
            desc = "Into what the period is cut for `series`.",
            default_with = "MetricGranularity::Total"
        )]
        granularity: MetricGranularity,
        #[graphql(
            desc = "By what the groups are told apart.",
            default_with = "TimeSpentDimension::Detail"
        )]
        group_by: TimeSpentDimension,
        #[graphql(
            desc = "By what each group is told apart further, for `compared`; another one than `groupBy`."
        )]
        compare_by: Option<TimeSpentDimension>,
        #[graphql(desc = "Only about these details, as `key` of the groups shows them; 1 to 200.")]
        details: Option<Vec<String>>,
        #[graphql(
            desc = "Of which part of the company; of all when nothing is said. Members can't be named: times are those of records."
        )]
        filter: Option<MetricFigureFilter>,
    ) -> Result<Option<TimeSpent>> {
        let (app, call) = (ctx.app(), ctx.call());
        let asked = async {
            let (source, place) = measure_of_time(&app.counter.sources, &source, &measure)?;
            let mut ask = TimeAsk::of(source, place, period.plain()?);
            ask.granularity = granularity.into();
            ask.by = group_by.into();
            ask.compare = compare_by.map(Into::into);
            ask.part = filter.unwrap_or_default().plain()?;
            ask.details = self::details(source, details)?;
            check(&ask)?;
            ask.check(app.db.reader(), &call.viewer).await?;
            answer(app, source, ask, measure, wanted(ctx)).await
        };
        let answer = asked.await.on_field(call)?;
        Ok(Some(TimeSpent::new(answer)))
    }
}

/// The most pieces of one answer: a year of weeks, two months of days.
const MOST_PIECES: usize = 62;

/// What can't be asked together.
fn check(ask: &TimeAsk) -> error::Result<()> {
    let pieces = ask.pieces().len();
    if pieces > MOST_PIECES {
        return Err(ApiError::bad_input(
            "granularity",
            format!("the period has {pieces} pieces of this size; at most {MOST_PIECES} are shown at once"),
            format!("该周期按此粒度有 {pieces} 段，一次最多显示 {MOST_PIECES} 段"),
        )
        .into());
    }
    if ask.compare == Some(ask.by) {
        return Err(ApiError::bad_input(
            "compareBy",
            "groups can't be compared by what tells them apart; choose another dimension or leave it out",
            "compareBy 不能与 groupBy 相同，请选择其他维度或省略",
        )
        .into());
    }
    if !ask.part.members.is_empty() {
        return Err(ApiError::bad_input(
            "filter.memberIds",
            "times are those of records and name no member; leave it out, or name teams",
            "耗时归属于记录而非成员，请去掉此条件或改用团队筛选",
        )
        .into());
    }
    Ok(())
}

/// What of an answer is selected.
struct Wanted {
    now: Want,
    before: Option<Want>,
    year_before: Option<Want>,
}

fn wanted(ctx: &Context<'_>) -> Wanted {
    let (top, groups) = (ctx.look_ahead(), ctx.look_ahead().field("groups"));
    let earlier = |field: &str| {
        let of_groups = groups.field(field).exists();
        (of_groups || top.field(field).exists()).then_some(Want {
            groups: of_groups,
            ..Want::default()
        })
    };
    Wanted {
        now: Want {
            series: top.field("series").exists(),
            groups: groups.exists(),
            group_series: groups.field("series").exists(),
            parts: groups.field("compared").exists(),
        },
        before: earlier("previous"),
        year_before: earlier("yearBefore"),
    }
}

async fn answer(
    app: &App,
    source: &Source,
    ask: TimeAsk,
    measure: String,
    wanted: Wanted,
) -> error::Result<Arc<Answer>> {
    let db = app.db.reader();
    let up_to_date = is_up_to_date(db).await?;
    let now = ask.read(db, wanted.now).await?;
    let earlier = async |period: Option<Period>, want: Option<Want>| match (period, want) {
        (Some(period), Some(want)) => {
            let spent = ask.during(period).read(db, want).await?;
            Ok::<_, error::Error>(Some((period, spent)))
        }
        _ => Ok(None),
    };
    let before = earlier(ask.period.before(), wanted.before).await?;
    let year_before = earlier(ask.period.year_before(), wanted.year_before).await?;
    let names = names(app, source, &ask, &now).await?;
    Ok(Arc::new(Answer {
        source: source.clone(),
        measure,
        ask,
        now,
        before,
        year_before,
        names,
        up_to_date,
    }))
}

/// What the details of the answer are called.
async fn names(
    app: &App,
    source: &Source,
    ask: &TimeAsk,
    spent: &Spent,
) -> error::Result<BTreeMap<String, Text>> {
    let Some(provider) = app
        .counter
        .sources
        .provider_of(source.key)
        .filter(|_| source.detail == Detail::Word)
    else {
        return Ok(BTreeMap::new());
    };
    let groups = spent.groups.iter();
    let words: BTreeSet<&String> = match (ask.by, ask.compare) {
        (TimeBy::Detail, _) => groups.map(|group| &group.key).collect(),
        (_, Some(TimeBy::Detail)) => groups
            .flat_map(|group| group.parts.iter().map(|(key, _)| key))
            .collect(),
        _ => return Ok(BTreeMap::new()),
    };
    let words: Vec<String> = words.into_iter().cloned().collect();
    provider.details(app.db.reader(), source.key, &words).await
}
