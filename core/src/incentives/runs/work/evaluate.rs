//! Evaluating a run, batch by batch (逐批计算).

use std::collections::BTreeMap;

use entity::enums::{IncentiveRunState, IncentiveSubject};
use entity::{incentive_award, incentive_run};
use serde_json::Value;
use uuid::Uuid;

pub(super) use super::replay::Cursor;
use super::replay::replay;
use super::{lost, told, unchanged};
use crate::access::Call;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::incentives::definitions::kind_of;
use crate::incentives::rules::award::Award;
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::settle::Pending;
use crate::incentives::rules::trace::{Subject, Trace};
use crate::incentives::runs::rules::keys;
use crate::incentives::runs::rules::lacks::Lacks;
use crate::incentives::runs::store;
use crate::metrics::counting::Counter;
use crate::work::Work;

/// Evaluates all that is left of a run, in a transaction a batch. What its rules know is read once.
pub(super) async fn batch(
    db: &Db,
    counter: &Counter,
    call: &Call,
    run: &incentive_run::Model,
) -> Result<()> {
    let replay = replay(db.reader(), counter, run).await?;
    let mut run = run.clone();
    while run.state == IncentiveRunState::Evaluating {
        let cursor: Cursor = match &run.cursor {
            Some(cursor) => serde_json::from_value(cursor.clone())?,
            None => Cursor::default(),
        };
        let batch = replay.batch(db.reader(), counter, &cursor).await?;
        let rows = batch
            .awards
            .iter()
            .map(|award| row(&run, replay.rules(), award, call))
            .collect::<Result<Vec<_>>>()?;
        let more = |count: i32, by: usize| count.saturating_add(i32::try_from(by).unwrap_or(0));
        let mut work = Work::begin(db, call).await?;
        let now = unchanged(&work, &run).await?.ok_or_else(lost)?;
        let (evaluated, awards) = (
            more(now.evaluated, batch.evaluated),
            more(now.awards, rows.len()),
        );
        let lacks = lacks_with(&now, batch.lacks)?;
        store::insert_awards(work.tx(), rows).await?;
        let next = match batch.next {
            Some(next) => incentive_run::Model {
                cursor: Some(serde_json::to_value(next)?),
                ..now
            },
            None => incentive_run::Model {
                state: IncentiveRunState::Settling,
                cursor: None,
                ..now
            },
        };
        let next = incentive_run::Model {
            evaluated,
            awards,
            lacks: Some(lacks),
            ..next
        };
        run = store::save(work.tx(), next, call.at).await?;
        if run.state == IncentiveRunState::Settling {
            let detail = serde_json::json!({ "evaluated": evaluated });
            told(&mut work, run.id, "incentive.run.evaluated", detail);
        }
        work.commit().await?;
    }
    Ok(())
}

/// What was lacking in the batches of a run, with another one.
fn lacks_with(run: &incentive_run::Model, more: BTreeMap<Uuid, Lacks>) -> Result<Value> {
    let mut lacks: BTreeMap<Uuid, Lacks> = match &run.lacks {
        Some(lacks) => serde_json::from_value(lacks.clone())?,
        None => BTreeMap::new(),
    };
    for (rule, more) in more {
        lacks.entry(rule).or_default().add(more);
    }
    Ok(serde_json::to_value(lacks)?)
}

/// An award as it is stored.
fn row(
    run: &incentive_run::Model,
    rules: &[Rule],
    award: &Award,
    call: &Call,
) -> Result<incentive_award::Model> {
    let rule = rules
        .iter()
        .find(|rule| rule.reference() == award.rule)
        .ok_or_else(|| Error::internal("an award without its rule"))?;
    let pending = Pending::from(award);
    let (subject, source) = match &award.subject {
        Subject::Member { .. } => (IncentiveSubject::Member, None),
        Subject::Team { .. } => (IncentiveSubject::Team, None),
        Subject::Record { source, .. } => (IncentiveSubject::Record, Some(source.clone())),
    };
    Ok(incentive_award::Model {
        id: keys::award(run.id, award),
        run_id: run.id,
        rule_id: award.rule.rule,
        version_id: award.rule.version,
        kind: kind_of(rule.content().kind),
        member_id: award.member,
        subject,
        source,
        subject_id: pending.subject,
        day: pending.day,
        part: i32::try_from(award.part).unwrap_or(i32::MAX),
        currency: award.currency.clone(),
        reckoned: award.amount,
        amount: award.amount,
        trace: text_of(&award.trace)?,
        steps: None,
        created_at: call.at,
    })
}

/// A trace as it is stored: the same bytes for the same trace.
pub(super) fn text_of(trace: &Trace) -> Result<String> {
    Ok(serde_json::to_string(trace)?)
}
