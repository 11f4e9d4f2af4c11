//! Beginning a round, and closing it with its ranking (轮次开始与结束).

use std::collections::{HashMap, HashSet};

use entity::enums::{ContestRoundKind, ContestRoundState, ContestState, ExamState};
use entity::{contest, contest_entrant, contest_result, contest_round, exam};
use serde_json::json;
use uuid::Uuid;

use super::common::{Seen, trace, wrong_state};
use super::step::next;
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::decimal::SCALE;
use crate::error::{Result, Text, UserErrorCode};
use crate::training::contests::rules::life::{Step, can_begin};
use crate::training::contests::rules::ranking::{Scored, rank};
use crate::training::contests::rules::scoring::{Dropping, mean};
use crate::training::contests::store;
use crate::training::exams;
use crate::work::{Work, expect_version};

/// The round that is about to change with its contest, both locked: the viewer runs it.
async fn to_run(work: &Work<'_>, seen: Seen) -> Result<(contest::Model, contest_round::Model)> {
    let viewer = &work.call().viewer;
    let permission = Permission::ContestManage;
    let round = find::<contest_round::Entity>(work.tx(), viewer, permission, seen.id).await?;
    // A round that is only seen is refused as its contest is.
    let round = match round {
        Some(round) => round,
        None => to_change::<contest_round::Entity>(work.tx(), viewer, permission, seen.id).await?,
    };
    let contest = store::contest_locked(work.tx(), round.contest_id).await?;
    let round = store::round_locked(work.tx(), round.id).await?;
    expect_version(round.version, seen.expected_version)?;
    Ok((contest, round))
}

/// Begins a round and returns the contest's id; with the first one the contest begins, and nobody enters any more.
///
/// # Errors
/// User errors when it isn't its turn; refusals of permission, reach and version.
pub async fn round_open(app: &App, call: &Call, seen: Seen) -> Result<Uuid> {
    call.viewer.require(Permission::ContestManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (contest, round) = to_run(&work, seen).await?;
    let state = match contest.state {
        ContestState::Running => ContestState::Running,
        state => next(state, Step::Begin)?,
    };
    let rounds = store::rounds_of(work.tx(), contest.id).await?;
    let states: Vec<_> = rounds.iter().map(|one| (one.number, one.state)).collect();
    if !can_begin(&states, round.number) {
        return Err(wrong_state(
            "input.id",
            "Rounds begin one after the other, each once.",
            "轮次须依次进行，每轮只能开始一次。",
        )
        .into());
    }
    let inside = store::in_round(work.tx(), contest.id, round.number).await?;
    let mut checks = Checks::default();
    checks.ensure(
        !inside.is_empty(),
        UserErrorCode::RuleViolated,
        "input.id",
        || Text::new("Nobody is in this round.", "本轮没有选手。"),
    );
    if round.kind == ContestRoundKind::Judged {
        let judges = store::judges_of(work.tx(), contest.id).await?.len();
        let enough = usize::try_from(round.least_judges).is_ok_and(|least| judges >= least);
        checks.ensure(enough, UserErrorCode::RuleViolated, "input.id", || {
            Text::new(
                format!("Name {} judges at least first.", round.least_judges),
                format!("请先指定至少 {} 名评委。", round.least_judges),
            )
        });
    }
    checks.done()?;
    let (contest_id, number) = (contest.id, round.number);
    let row = contest_round::Model {
        state: ContestRoundState::Open,
        ..round
    };
    store::save(work.tx(), row, call.at).await?;
    if state != contest.state {
        let row = contest::Model { state, ..contest };
        store::save(work.tx(), row, call.at).await?;
    }
    let detail = json!({ "round": number, "entrants": inside.len() });
    trace(&mut work, contest_id, "training.contest.round_open", detail);
    work.commit().await?;
    Ok(contest_id)
}

/// Closes a round with its ranking, and returns the contest's id.
///
/// # Errors
/// User errors when scores are missing, or the exam isn't over or not all its results are published; refusals of permission,
/// reach and version.
pub async fn round_close(app: &App, call: &Call, seen: Seen) -> Result<Uuid> {
    call.viewer.require(Permission::ContestManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (contest, round) = to_run(&work, seen).await?;
    if round.state != ContestRoundState::Open || contest.state != ContestState::Running {
        return Err(wrong_state(
            "input.id",
            "Only a round that is on can be closed.",
            "只有进行中的轮次可以结束。",
        )
        .into());
    }
    let inside = store::in_round(work.tx(), contest.id, round.number).await?;
    let (scored, counts) = match round.exam_id {
        Some(exam_id) => by_exam(&work, &inside, exam_id).await?,
        None => by_judges(&work, &contest, &round, &inside).await?,
    };
    let rows: Vec<contest_result::Model> = rank(scored, round.advance)
        .into_iter()
        .map(|one| contest_result::Model {
            id: new_id(call.at),
            contest_id: contest.id,
            round_id: round.id,
            entrant_id: one.entrant,
            score: one.score,
            rank: one.rank,
            scores: counts.get(&one.entrant).copied().unwrap_or(0),
            advanced: one.advances,
            created_at: call.at,
        })
        .collect();
    let advanced = rows.iter().filter(|row| row.advanced).count();
    let detail = json!({ "round": round.number, "ranked": rows.len(), "advanced": advanced });
    store::write_all(work.tx(), rows).await?;
    let row = contest_round::Model {
        state: ContestRoundState::Closed,
        closed_at: Some(call.at),
        ..round
    };
    store::save(work.tx(), row, call.at).await?;
    trace(
        &mut work,
        contest.id,
        "training.contest.round_close",
        detail,
    );
    work.commit().await?;
    Ok(contest.id)
}

/// The scores of entrants, and of how many judges each is.
type Outcome = (Vec<Scored>, HashMap<Uuid, i32>);

async fn by_judges(
    work: &Work<'_>,
    contest: &contest::Model,
    round: &contest_round::Model,
    inside: &[contest_entrant::Model],
) -> Result<Outcome> {
    let given = store::scores_of_round(work.tx(), round.id).await?;
    let conflicts: HashSet<(Uuid, Uuid)> = store::conflicts_of(work.tx(), contest.id).await?;
    let dropping = Dropping {
        each: usize::try_from(round.drop_each).unwrap_or(0),
        from: usize::try_from(round.drop_from).unwrap_or(usize::MAX),
    };
    let least = usize::try_from(round.least_judges).unwrap_or(usize::MAX);
    let (mut scored, mut counts, mut missing) = (Vec::new(), HashMap::new(), 0);
    for entrant in inside {
        let totals: Vec<i64> = given
            .get(&entrant.id)
            .into_iter()
            .flatten()
            .filter(|score| !conflicts.contains(&(score.judge_id, entrant.id)))
            .map(|score| score.total)
            .collect();
        missing += usize::from(totals.len() < least);
        counts.insert(entrant.id, i32::try_from(totals.len()).unwrap_or(i32::MAX));
        scored.push(Scored {
            entrant: entrant.id,
            score: mean(&totals, dropping),
        });
    }
    let mut checks = Checks::default();
    checks.ensure(missing == 0, UserErrorCode::RuleViolated, "input.id", || {
        Text::new(
            format!("{missing} entrants have scores of fewer than {least} judges; let the judges go on, or let entrants withdraw."),
            format!("{missing} 名选手的评分不足 {least} 人，请评委补评或办理退赛。"),
        )
    });
    checks.done()?;
    Ok((scored, counts))
}

async fn by_exam(
    work: &Work<'_>,
    inside: &[contest_entrant::Model],
    exam_id: Uuid,
) -> Result<Outcome> {
    let viewer = &work.call().viewer;
    let exam = find::<exam::Entity>(work.tx(), viewer, Permission::ExamRead, exam_id).await?;
    let members: Vec<Uuid> = inside.iter().map(|entrant| entrant.member_id).collect();
    let waiting = exams::who_waits(work.tx(), exam_id, &members).await?.len();
    let mut checks = Checks::default();
    if let Some(exam) = checks.found("input.id", exam) {
        let over = exam.state == ExamState::Closed;
        checks.ensure(over, UserErrorCode::WrongState, "input.id", || {
            Text::new(
                "The exam isn't over yet; close the round afterwards.",
                "考试尚未结束，请在其结束后再结束本轮。",
            )
        });
        // A round is closed once: whoever has no place in it now never gets one.
        checks.ensure(
            !over || waiting == 0,
            UserErrorCode::RuleViolated,
            "input.id",
            || {
                Text::new(
                    format!("{waiting} entrants have results of the exam that aren't published; let what waits be marked and published, or let entrants withdraw."),
                    format!("{waiting} 名选手的考试成绩尚未发布，请先完成阅卷并发布成绩，或办理退赛。"),
                )
            },
        );
    }
    checks.done()?;
    let best = exams::best_published(work.tx(), exam_id, &members).await?;
    let scored = inside
        .iter()
        .map(|entrant| Scored {
            entrant: entrant.id,
            score: best
                .get(&entrant.member_id)
                .map(|(points, most)| exams::rules::grading::share(100 * SCALE, *points, *most)),
        })
        .collect();
    let counts = inside
        .iter()
        .map(|entrant| (entrant.id, i32::from(best.contains_key(&entrant.member_id))))
        .collect();
    Ok((scored, counts))
}
