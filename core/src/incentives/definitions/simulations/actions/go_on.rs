//! The worker's round: goes on with simulations, page by page (推进模拟).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use entity::enums::IncentivePeriod;
use entity::enums::IncentiveSimulationState::{Done, Failed, Queued, Running};
use entity::{incentive_rule_version, incentive_simulation, incentive_simulation_part};
use serde_json::json;
use uuid::Uuid;

use super::conduct::conduct;
use super::{emit, trace};
use crate::access::Call;
use crate::db::{Db, new_id};
use crate::error::{Error, Result, Text, UserError, UserErrorCode};
use crate::incentives::definitions::actions::stepped;
use crate::incentives::definitions::simulations::batch::Batch;
use crate::incentives::definitions::simulations::period::{Whole, whole};
use crate::incentives::definitions::simulations::plan::{self, Cursor, Plan, Stage, stages};
use crate::incentives::definitions::simulations::result::outcome;
use crate::incentives::definitions::{store, versions};
use crate::incentives::gather;
use crate::incentives::rules::life::Action;
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::run::{self, Member};
use crate::incentives::rules::trace::Span;
use crate::incentives::runs::store::snapshot_of;
use crate::metrics::counting::Counter;
use crate::metrics::rules::at::At;
use crate::metrics::snapshots;
use crate::work::Work;

/// Members or records that are evaluated in one transaction.
const PAGE: u64 = 500;
/// Pages of one simulation in a row, before others have their turn.
const TURN: usize = 200;

/// Goes on with every simulation that hasn't ended; says how many pages were done. Each page is a transaction of its own that moves
/// the cursor, so a round can be cut off and repeated anywhere.
///
/// # Errors
/// When the simulations can't be read. One's failure ends it, with the cause.
pub async fn round(db: &Db, counter: &Counter, at: DateTime<Utc>) -> Result<usize> {
    let call = Call::system(at, "incentives");
    let mut done = 0;
    for id in store::unfinished(db.reader()).await? {
        for _ in 0..TURN {
            match one_page(db, counter, at, id).await {
                Ok(true) => done += 1,
                Ok(false) => break,
                Err(error) => {
                    tracing::warn!(simulation = %id, %error, "a simulation couldn't be computed");
                    fail(db, &call, id, &error).await?;
                    break;
                }
            }
        }
    }
    Ok(done)
}

/// The next page of a simulation, in a transaction of its own; says whether there was one.
///
/// # Errors
/// When it can't be computed; when the database fails.
pub async fn one_page(db: &Db, counter: &Counter, at: DateTime<Utc>, id: Uuid) -> Result<bool> {
    let call = &Call::system(at, "incentives");
    let mut work = Work::begin(db, call).await?;
    let row = store::held(work.tx(), id).await?;
    if !matches!(row.state, Queued | Running) {
        return Ok(false);
    }
    let plan: Plan = serde_json::from_value(row.request.clone())?;
    let cursor: Cursor = match &row.cursor {
        Some(cursor) => serde_json::from_value(cursor.clone())?,
        None => Cursor::default(),
    };
    let rules = loaded(&work, counter, &plan).await?;
    let Some(span) = plan.spans.get(cursor.span).copied() else {
        end(work, counter, (row, plan), &rules).await?;
        return Ok(true);
    };
    let stages = stages(&rules);
    let next = match stages.get(cursor.stage) {
        Some(stage) => {
            let asked = Asked {
                counter,
                rules: &rules,
                span,
                at: as_of(&work, row.period, span).await?,
            };
            let (batch, after) = batch(&work, &asked, stage, cursor.after).await?;
            let part = part(call, id, (cursor.span, cursor.pages), &batch)?;
            store::add_part(work.tx(), part).await?;
            cursor.on(after)
        }
        None => {
            hold(&work, (id, &plan), &rules, cursor.span).await?;
            cursor.next_span()
        }
    };
    let row = incentive_simulation::Model {
        state: Running,
        cursor: Some(serde_json::to_value(next)?),
        done: i32::try_from(next.span).unwrap_or(i32::MAX),
        started_at: row.started_at.or(Some(call.at)),
        ..row
    };
    if next.span > cursor.span {
        emit(&mut work, id, "incentive.simulation.progress");
    }
    store::save(work.tx(), row, call.at).await?;
    work.commit().await?;
    Ok(true)
}

/// Everything that is evaluated, in the order of the slots.
async fn loaded(work: &Work<'_>, counter: &Counter, plan: &Plan) -> Result<Vec<Rule>> {
    let slots = plan.slots();
    let ids: Vec<Uuid> = slots.iter().map(|slot| slot.version).collect();
    let catalogue = gather::catalogue(work.tx(), &counter.sources).await?;
    let rules = versions(work.tx(), &catalogue, &ids).await?;
    let by_id: BTreeMap<Uuid, Rule> = rules
        .into_iter()
        .map(|rule| (rule.reference().version, rule))
        .collect();
    for (id, digest) in plan.candidates.iter().zip(&plan.digests) {
        let same = match by_id.get(id) {
            Some(rule) => plan::digest(rule.content())? == *digest,
            None => false,
        };
        if !same {
            let text = Text::new(
                "A version was changed while it was tried: start again.",
                "模拟期间版本内容已变更，请重新发起。",
            );
            return Err(UserError::new(UserErrorCode::RuleViolated, "input", text).into());
        }
    }
    slots
        .iter()
        .map(|slot| {
            let rule = by_id.get(&slot.version)?;
            let varied = plan.vary.as_ref().zip(slot.value);
            match varied {
                None => Some(rule.clone()),
                Some((vary, place)) => rule.with(&vary.parameter, *vary.values.get(place)?),
            }
        })
        .collect::<Option<Vec<Rule>>>()
        .ok_or_else(|| Error::internal("a simulation whose versions or values are gone"))
}

/// What is evaluated, and for which period.
struct Asked<'a> {
    counter: &'a Counter,
    rules: &'a [Rule],
    span: Span,
    at: At,
}

/// As of when figures of a period are read: as they were frozen for its run, where one was approved, or else as they stand now.
async fn as_of(work: &Work<'_>, period: IncentivePeriod, span: Span) -> Result<At> {
    Ok(match snapshot_of(work.tx(), period, span.from).await? {
        Some(snapshot) => At::Frozen(Arc::new(snapshots::frozen(work.tx(), snapshot).await?)),
        None => At::Now,
    })
}

/// What the next page of a stage comes to, and after which row it goes on; none at the end of the stage.
async fn batch(
    work: &Work<'_>,
    asked: &Asked<'_>,
    stage: &Stage,
    after: Option<Uuid>,
) -> Result<(Batch, Option<Uuid>)> {
    let tx = work.tx();
    let (sources, span, rules) = (&asked.counter.sources, asked.span, asked.rules);
    let at = &asked.at;
    let facts: BTreeSet<String> = rules
        .iter()
        .flat_map(|rule| rule.facts().iter().cloned())
        .collect();
    let around = gather::surroundings(tx, sources, span, at, &facts).await?;
    match stage {
        Stage::Members => {
            let page = gather::members(tx, sources, span, at, &facts, after, PAGE).await?;
            let next = page.last().map(|member| member.person.id);
            let mut batch = Batch::of(rules, run::members(rules, span, &around, &page));
            batch.count(rules, &page);
            Ok((batch, next))
        }
        Stage::Teams => {
            let teams = gather::teams(tx, span).await?;
            Ok((
                Batch::of(rules, run::teams(rules, span, &around, &teams)),
                None,
            ))
        }
        Stage::Records { source } => {
            let page = (after, PAGE);
            let (records, next) = gather::records_at(tx, sources, source, span, at, page).await?;
            let credited: BTreeSet<Uuid> = records
                .iter()
                .flat_map(|record| record.credits.iter().map(|credit| credit.member))
                .collect();
            let ids: Vec<Uuid> = credited.into_iter().collect();
            let people = gather::members_by_id(tx, sources, span, at, &facts, &ids).await?;
            let people: BTreeMap<Uuid, Member> = people
                .into_iter()
                .map(|member| (member.person.id, member))
                .collect();
            let outcomes = run::records(rules, span, &around, &people, &records);
            Ok((Batch::of(rules, outcomes), next))
        }
    }
}

/// Holds the pages of a period together, which aren't needed any more then.
async fn hold(
    work: &Work<'_>,
    (id, plan): (Uuid, &Plan),
    rules: &[Rule],
    place: usize,
) -> Result<()> {
    let tx = work.tx();
    let number = i32::try_from(place).unwrap_or(i32::MAX);
    let pages = store::parts_of(tx, id, Some(number)).await?;
    let pages = pages
        .into_iter()
        .map(|part| Ok(serde_json::from_value(part.content)?))
        .collect::<Result<Vec<Batch>>>()?;
    let before: Vec<(Span, Whole)> = plan
        .spans
        .iter()
        .copied()
        .zip(wholes(work, id).await?)
        .collect();
    let variants = plan.variants(rule_of(rules));
    let whole = whole(rules, &variants, plan.spans[place], &before, pages);
    store::drop_parts(tx, id, number).await?;
    let part = part(work.call(), id, (place, store::WHOLE), &whole)?;
    store::add_part(tx, part).await
}

async fn wholes(work: &Work<'_>, id: Uuid) -> Result<Vec<Whole>> {
    store::parts_of(work.tx(), id, None)
        .await?
        .into_iter()
        .map(|part| Ok(serde_json::from_value(part.content)?))
        .collect()
}

/// Of which rule a version is.
fn rule_of(rules: &[Rule]) -> impl Fn(Uuid) -> Option<Uuid> {
    move |version| {
        let reference = rules.iter().map(Rule::reference);
        reference
            .clone()
            .find(|one| one.version == version)
            .map(|one| one.rule)
    }
}

fn part(
    call: &Call,
    simulation_id: Uuid,
    (span, number): (usize, i32),
    content: &impl serde::Serialize,
) -> Result<incentive_simulation_part::Model> {
    Ok(incentive_simulation_part::Model {
        id: new_id(call.at),
        simulation_id,
        span: i32::try_from(span).unwrap_or(i32::MAX),
        number,
        content: serde_json::to_value(content)?,
        created_at: call.at,
    })
}

/// Puts the periods together, and marks what was tried as simulated.
async fn end(
    mut work: Work<'_>,
    counter: &Counter,
    (row, plan): (incentive_simulation::Model, Plan),
    rules: &[Rule],
) -> Result<()> {
    let (id, at) = (row.id, work.call().at);
    let variants = plan.variants(rule_of(rules));
    let wholes = wholes(&work, id).await?;
    let conduct = conduct(&work, counter, &plan, rules).await?;
    let outcome = outcome(&plan, rules, &variants, &wholes, &conduct);
    for version in store::versions_by_ids(work.tx(), &plan.candidates).await? {
        let to = stepped(version.state, Action::Simulate);
        if let Ok(state) = to {
            let version = incentive_rule_version::Model {
                state,
                simulated_at: version.simulated_at.or(Some(at)),
                ..version
            };
            store::save(work.tx(), version, at).await?;
        }
    }
    let detail = json!({ "warnings": outcome.warnings.len() });
    let row = incentive_simulation::Model {
        state: Done,
        cursor: None,
        ended_at: Some(at),
        ..row
    };
    store::drop_parts_of(work.tx(), id).await?;
    let part = part(work.call(), id, (0, store::RESULT), &outcome)?;
    store::add_part(work.tx(), part).await?;
    store::save(work.tx(), row, at).await?;
    trace(&mut work, id, "incentive.simulation.end", detail);
    work.commit().await
}

/// Ends a simulation that can't be computed.
async fn fail(db: &Db, call: &Call, id: Uuid, error: &Error) -> Result<()> {
    let mut work = Work::begin(db, call).await?;
    let row = store::held(work.tx(), id).await?;
    if !matches!(row.state, Queued | Running) {
        return Ok(());
    }
    let failure = match error {
        Error::User(mistakes) => mistakes
            .iter()
            .map(|one| format!("{} · {}", one.text.en, one.text.zh))
            .collect::<Vec<_>>()
            .join(" "),
        _ => "It couldn't be computed; the server's log says why. · 计算失败，原因见服务器日志。"
            .to_owned(),
    };
    let row = incentive_simulation::Model {
        state: Failed,
        cursor: None,
        failure: Some(failure),
        ended_at: Some(call.at),
        ..row
    };
    store::drop_parts_of(work.tx(), id).await?;
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, id, "incentive.simulation.fail", json!({}));
    work.commit().await
}
