//! Judging (评委打分).

use entity::enums::{ContestRoundKind, ContestRoundState, ContestState};
use entity::{contest_entrant, contest_round, contest_score};
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, me, trace, wrong_state};
use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{ApiError, Result, Text, UserErrorCode};
use crate::organisation::{lead_of, today};
use crate::training::contests::rules::scoring::{Criterion, total};
use crate::training::contests::store::{self, Task};
use crate::training::mentoring;
use crate::work::{Work, expect_version};

/// What a judge gives.
#[derive(Clone, Debug)]
pub struct ScoreGive {
    /// The round.
    pub round_id: Uuid,
    /// The entrant.
    pub entrant_id: Uuid,
    /// The points for each criterion, in their order, in ten-thousandths.
    pub points: Vec<i64>,
    /// What the judge says to it.
    pub comment: Option<String>,
    /// The version of the own score that this replaces; none for the first one.
    pub expected_version: Option<i32>,
}

/// Scores an entrant in a round that is on, or scores anew, and returns the score's id. The same twice does nothing twice.
///
/// # Errors
/// User errors when it can't be, naming a conflict of interest; refusals of permission and version.
pub async fn score_give(app: &App, call: &Call, input: &ScoreGive) -> Result<Uuid> {
    call.viewer.require(Permission::ContestJudge)?;
    let judge = me(call)?;
    let mut work = Work::begin(&app.db, call).await?;
    let read = Permission::ContestRead;
    let seen = find::<contest_round::Entity>(work.tx(), &call.viewer, read, input.round_id).await?;
    let seen = seen.ok_or_else(ApiError::not_found)?;
    let contest = store::contest_locked(work.tx(), seen.contest_id).await?;
    // Whoever doesn't judge learns nothing of how far it is.
    if !store::is_judge(work.tx(), contest.id, judge).await? {
        return Err(call.viewer.reach_too_small(Permission::ContestJudge).into());
    }
    let round = store::round_locked(work.tx(), seen.id).await?;
    if contest.state != ContestState::Running
        || round.state != ContestRoundState::Open
        || round.kind != ContestRoundKind::Judged
    {
        return Err(wrong_state(
            "input.roundId",
            "Scores are given while a judged round is on.",
            "只能在评委打分的轮次进行中打分。",
        )
        .into());
    }
    let inside = store::in_round(work.tx(), contest.id, round.number).await?;
    let mut checks = Checks::default();
    let entrant = inside.into_iter().find(|row| row.id == input.entrant_id);
    if let Some(entrant) = checks.found("input.entrantId", entrant)
        && let Some(text) = conflict(&work, &entrant, judge).await?
    {
        checks.add(UserErrorCode::RuleViolated, "input.entrantId", text);
    }
    let criteria: Vec<Criterion> = serde_json::from_value(round.criteria.clone())?;
    let given = total(&criteria, &input.points);
    checks.ensure(
        given.is_some(),
        UserErrorCode::Invalid,
        "input.points",
        || {
            Text::new(
                format!(
                    "Give points for each of the {} criteria in their order, from nought to its most.",
                    criteria.len()
                ),
                format!("请按顺序为 {} 项标准打分，不得超过各项满分。", criteria.len()),
            )
        },
    );
    let comment = checks.optional_body("input.comment", input.comment.as_deref(), BODY);
    checks.done()?;
    let total = given.unwrap_or(0);
    let points = json!(input.points);
    let former = store::score_of(work.tx(), (round.id, input.entrant_id, judge)).await?;
    let id = match former {
        Some(row) if (&row.points, &row.comment) == (&points, &comment) => return Ok(row.id),
        Some(row) => {
            expect_version(row.version, input.expected_version.unwrap_or(0))?;
            let id = row.id;
            let row = contest_score::Model {
                points,
                total,
                comment,
                ..row
            };
            store::save(work.tx(), row, call.at).await?;
            id
        }
        None => {
            let row = contest_score::Model {
                id: new_id(call.at),
                round_id: round.id,
                entrant_id: input.entrant_id,
                judge_id: judge,
                points,
                total,
                comment,
                version: 1,
                created_at: call.at,
                updated_at: call.at,
            };
            let id = row.id;
            store::insert(work.tx(), row).await?;
            id
        }
    };
    let detail = json!({ "round": round.number, "entrant": input.entrant_id });
    trace(&mut work, contest.id, "training.contest.score", detail);
    work.commit().await?;
    Ok(id)
}

/// Why this judge doesn't judge this entrant, if there is a reason.
async fn conflict(
    work: &Work<'_>,
    entrant: &contest_entrant::Model,
    judge: Uuid,
) -> Result<Option<Text>> {
    let tx = work.tx();
    let about = entrant.member_id;
    if about == judge {
        return Ok(Some(Text::new(
            "Nobody judges themselves.",
            "不能给自己打分。",
        )));
    }
    let declared = store::conflicts_of(tx, entrant.contest_id).await?;
    if declared.contains(&(judge, entrant.id)) {
        return Ok(Some(Text::new(
            "Conflict of interest: it was declared that you don't judge this entrant.",
            "利益冲突：已登记回避，您不能为该选手打分。",
        )));
    }
    if mentoring::mentor_of(tx, about).await? == Some(judge) {
        return Ok(Some(Text::new(
            "Conflict of interest: you are this entrant's mentor.",
            "利益冲突：您是该选手的导师。",
        )));
    }
    if lead_of(tx, about, today(work.call())).await? == Some(judge) {
        return Ok(Some(Text::new(
            "Conflict of interest: you lead this entrant.",
            "利益冲突：您是该选手的主管。",
        )));
    }
    Ok(None)
}

/// The entrants who wait for the viewer's score, at most so many.
///
/// # Errors
/// Refusal of permission.
pub async fn judging_tasks(app: &App, call: &Call, limit: usize) -> Result<Vec<Task>> {
    call.viewer.require(Permission::ContestJudge)?;
    match call.viewer.standing.member_id {
        Some(me) => store::tasks(app.db.reader(), me, limit).await,
        None => Ok(Vec::new()),
    }
}
