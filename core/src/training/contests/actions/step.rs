//! Opening, publishing and calling off a contest (开放报名、公布、取消).

use entity::enums::{ContestRoundState, ContestState};
use entity::{contest, contest_award};
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, Seen, to_run, trace, wrong_state};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::Result;
use crate::events::Event;
use crate::training::contests::rules::life::{Step, after};
use crate::training::contests::rules::prizes::{Prize, won};
use crate::training::contests::rules::ranking::{Reached, overall};
use crate::training::contests::{CONTEST_PUBLISHED, store};
use crate::work::Work;

/// The state after a step, or its refusal.
pub(super) fn next(state: ContestState, step: Step) -> Result<ContestState> {
    let (en, zh) = match step {
        Step::Open => (
            "Only a draft can be opened.",
            "只有草稿状态的竞赛可以开放报名。",
        ),
        Step::Begin => (
            "Rounds begin while the contest is open or running.",
            "只有报名中或进行中的竞赛可以开始轮次。",
        ),
        Step::Publish => (
            "Only a running contest can be published.",
            "只有进行中的竞赛可以公布成绩。",
        ),
        Step::Cancel => (
            "What is published or called off already stays so.",
            "已公布或已取消的竞赛不能再取消。",
        ),
    };
    Ok(after(state, step).ok_or_else(|| wrong_state("input.id", en, zh))?)
}

/// Lets members enter a contest, and returns its id.
///
/// # Errors
/// A user error when it is no draft; refusals of permission, reach and version.
pub async fn contest_open(app: &App, call: &Call, seen: Seen) -> Result<Uuid> {
    call.viewer.require(Permission::ContestManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_run(&work, seen).await?;
    let state = next(before.state, Step::Open)?;
    let row = contest::Model { state, ..before };
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, seen.id, "training.contest.open", json!({}));
    work.commit().await?;
    Ok(seen.id)
}

/// Publishes a contest whose rounds are all closed: those who took part learn the results, and prizes are won. Returns its id.
///
/// # Errors
/// A user error when a round isn't closed; refusals of permission, reach and version.
pub async fn contest_publish(app: &App, call: &Call, seen: Seen) -> Result<Uuid> {
    call.viewer.require(Permission::ContestManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_run(&work, seen).await?;
    let state = next(before.state, Step::Publish)?;
    let rounds = store::rounds_of(work.tx(), seen.id).await?;
    if rounds
        .iter()
        .any(|round| round.state != ContestRoundState::Closed)
    {
        return Err(wrong_state(
            "input.id",
            "Close every round before the results are published.",
            "公布前须结束所有轮次。",
        )
        .into());
    }
    let prizes: Vec<Prize> = serde_json::from_value(before.prizes.clone())?;
    let results = store::results_of(work.tx(), seen.id).await?;
    let reached: Vec<Reached> = results.into_iter().map(|(reached, _)| reached).collect();
    let entrants = store::entrants_of(work.tx(), seen.id).await?;
    // Who gave up afterwards wins nothing, and keeps the place.
    let member = |entrant: Uuid| {
        let row = entrants.iter().find(|row| row.id == entrant);
        row.map(|row| row.member_id)
    };
    let mut awards = Vec::new();
    for (entrant_id, rank, prize) in won(&prizes, &overall(&reached)) {
        let (Some(member_id), Some(prize)) = (member(entrant_id), prizes.get(prize)) else {
            continue;
        };
        awards.push(contest_award::Model {
            id: new_id(call.at),
            contest_id: seen.id,
            entrant_id,
            member_id,
            rank,
            name: prize.name.clone(),
            name_zh: prize.name_zh.clone(),
            created_at: call.at,
        });
    }
    let told: Vec<_> = awards
        .iter()
        .map(|award| {
            json!({ "award": award.id, "member": award.member_id, "rank": award.rank, "name": award.name })
        })
        .collect();
    store::write_all(work.tx(), awards).await?;
    let row = contest::Model {
        state,
        published_at: Some(call.at),
        ..before
    };
    store::save(work.tx(), row, call.at).await?;
    let detail = json!({ "awards": told.len() });
    trace(&mut work, seen.id, "training.contest.publish", detail);
    let payload = json!({ "awards": told });
    work.emit(Event::new(call.at, CONTEST_PUBLISHED, seen.id, payload));
    work.commit().await?;
    Ok(seen.id)
}

/// Calls a contest off with a reason, and returns its id. What was scored stays with those who could see it.
///
/// # Errors
/// User errors about state and reason; refusals of permission, reach and version.
pub async fn contest_cancel(app: &App, call: &Call, seen: Seen, reason: &str) -> Result<Uuid> {
    call.viewer.require(Permission::ContestManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_run(&work, seen).await?;
    let state = next(before.state, Step::Cancel)?;
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", reason, BODY);
    checks.done()?;
    let detail = json!({ "reason": reason });
    let row = contest::Model {
        state,
        reason: Some(reason),
        ..before
    };
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, seen.id, "training.contest.cancel", detail);
    work.commit().await?;
    Ok(seen.id)
}
