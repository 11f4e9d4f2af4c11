//! The next page of a period: reading it and evaluating the rules for it (单页计算).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use entity::enums::IncentivePeriod;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::incentives::definitions::simulations::batch::Batch;
use crate::incentives::definitions::simulations::plan::Stage;
use crate::incentives::gather;
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::run::{self, Member};
use crate::incentives::rules::trace::Span;
use crate::incentives::runs::store::snapshot_of;
use crate::metrics::counting::Counter;
use crate::metrics::rules::at::At;
use crate::metrics::snapshots;

/// Members or records that are written in one transaction.
const PAGE: u64 = 500;

/// What is evaluated, and for which period.
pub(super) struct Asked<'a> {
    pub counter: &'a Counter,
    pub rules: &'a Arc<Vec<Rule>>,
    pub period: IncentivePeriod,
    pub span: Span,
}

/// As of when figures of a period are read: as they were frozen for its run, where one was approved, or else as they stand now.
async fn as_of(
    connection: &impl ConnectionTrait,
    period: IncentivePeriod,
    span: Span,
) -> Result<At> {
    Ok(match snapshot_of(connection, period, span.from).await? {
        Some(snapshot) => At::Frozen(Arc::new(snapshots::frozen(connection, snapshot).await?)),
        None => At::Now,
    })
}

/// What the next page of a stage comes to, and after which row it goes on; none at the end of the stage.
pub(super) async fn page(
    connection: &impl ConnectionTrait,
    asked: &Asked<'_>,
    stage: &Stage,
    after: Option<Uuid>,
) -> Result<(Batch, Option<Uuid>)> {
    let (sources, span) = (&asked.counter.sources, asked.span);
    let at = &as_of(connection, asked.period, span).await?;
    let facts: BTreeSet<String> = asked
        .rules
        .iter()
        .flat_map(|rule| rule.facts().iter().cloned())
        .collect();
    let around = gather::surroundings(connection, sources, span, at, &facts).await?;
    let rules = Arc::clone(asked.rules);
    match stage {
        Stage::Members => {
            let page = gather::members(connection, sources, span, at, &facts, after, PAGE).await?;
            let next = page.last().map(|member| member.person.id);
            let batch = aside(move || {
                let mut batch = Batch::of(&rules, &page, |some| {
                    run::members(&rules, span, &around, some)
                });
                batch.count(&rules, &page);
                batch
            });
            Ok((batch.await?, next))
        }
        Stage::Teams => {
            let teams = gather::teams(connection, span).await?;
            let batch = aside(move || {
                Batch::of(&rules, &teams, |some| {
                    run::teams(&rules, span, &around, some)
                })
            });
            Ok((batch.await?, None))
        }
        Stage::Records { source } => {
            let page = (after, PAGE);
            let (records, next) =
                gather::records_at(connection, sources, source, span, at, page).await?;
            let credited: BTreeSet<Uuid> = records
                .iter()
                .flat_map(|record| record.credits.iter().map(|credit| credit.member))
                .collect();
            let ids: Vec<Uuid> = credited.into_iter().collect();
            let people = gather::members_by_id(connection, sources, span, at, &facts, &ids).await?;
            let people: BTreeMap<Uuid, Member> = people
                .into_iter()
                .map(|member| (member.person.id, member))
                .collect();
            let batch = aside(move || {
                Batch::of(&rules, &records, |some| {
                    run::records(&rules, span, &around, &people, some)
                })
            });
            Ok((batch.await?, next))
        }
    }
}

/// Works something out that is nothing for a thread on which others wait: the worker's lease is renewed on it, too.
pub(super) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::internal)
}
