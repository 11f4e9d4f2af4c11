//! Who takes part, who judges, and who doesn't judge whom (选手、评委、回避).

use entity::enums::ContestState;
use entity::{contest, contest_conflict, contest_entrant, member};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, Seen, me, to_run, trace, wrong_state};
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::today;
use crate::organisation::works_here;
use crate::training::contests::scope::manages;
use crate::training::contests::store;
use crate::work::{Once, Work, expect_version};

/// The most members in one change.
const MOST: usize = 200;

/// Who enters.
#[derive(Clone, Debug, Serialize)]
pub struct Enter {
    /// The contest.
    pub contest_id: Uuid,
    /// The member; oneself when nobody is named.
    pub member_id: Option<Uuid>,
}

/// Enters a member in a contest that is open, and returns the contest's id. Members enter themselves; who runs it enters
/// others as well.
///
/// # Errors
/// User errors when it can't be; refusals of permission and reach.
pub async fn enter(
    app: &App,
    call: &Call,
    input: &Enter,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::ContestEnter)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "contestEnter", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let contest = locked(&work, input.contest_id).await?;
    let member_id = match input.member_id {
        Some(id) if call.viewer.standing.member_id != Some(id) => {
            if !manages(&call.viewer, &contest) {
                return Err(call.viewer.reach_too_small(Permission::ContestEnter).into());
            }
            id
        }
        _ => me(call)?,
    };
    if contest.state != ContestState::Open {
        return Err(wrong_state(
            "input.contestId",
            "Members enter while a contest is open.",
            "只有报名中的竞赛可以报名。",
        )
        .into());
    }
    let mut checks = Checks::default();
    let field = "input.memberId";
    let seen =
        find::<member::Entity>(work.tx(), &call.viewer, Permission::MemberRead, member_id).await?;
    if checks.found(field, seen).is_some() {
        checks.ensure(
            works_here(work.tx(), member_id, today(call)).await?,
            UserErrorCode::RuleViolated,
            field,
            || Text::new("This member doesn't work here.", "该成员不在职。"),
        );
        checks.ensure(
            !store::is_judge(work.tx(), contest.id, member_id).await?,
            UserErrorCode::RuleViolated,
            field,
            || {
                Text::new(
                    "Nobody takes part in a contest that they judge.",
                    "评委不能参加所评的竞赛。",
                )
            },
        );
    }
    let former = store::entrant_of(work.tx(), contest.id, member_id).await?;
    checks.ensure(
        former.as_ref().is_none_or(|row| row.withdrawn_at.is_some()),
        UserErrorCode::Taken,
        field,
        || Text::new("This member takes part already.", "该成员已报名。"),
    );
    checks.done()?;
    match former {
        Some(row) => {
            let row = contest_entrant::Model {
                withdrawn_at: None,
                ..row
            };
            store::save(work.tx(), row, call.at).await?;
        }
        None => {
            let row = contest_entrant::Model {
                id: new_id(call.at),
                contest_id: contest.id,
                member_id,
                withdrawn_at: None,
                version: 1,
                created_at: call.at,
                updated_at: call.at,
            };
            store::insert(work.tx(), row).await?;
        }
    }
    let detail = json!({ "member": member_id });
    trace(&mut work, contest.id, "training.contest.enter", detail);
    work.done(contest.id).await?;
    work.commit().await?;
    Ok(contest.id)
}

/// The contest, locked: of an entry and a judge at once one comes after the other.
async fn locked(work: &Work<'_>, id: Uuid) -> Result<contest::Model> {
    let viewer = &work.call().viewer;
    to_change::<contest::Entity>(work.tx(), viewer, Permission::ContestRead, id).await
}

/// Gives an entry up, one's own or as who runs the contest, and returns the contest's id.
///
/// # Errors
/// User errors when it can't be; refusals of permission, reach and version.
pub async fn withdraw(app: &App, call: &Call, seen: Seen) -> Result<Uuid> {
    call.viewer.require(Permission::ContestEnter)?;
    let mut work = Work::begin(&app.db, call).await?;
    let read = Permission::ContestRead;
    let entrant =
        to_change::<contest_entrant::Entity>(work.tx(), &call.viewer, read, seen.id).await?;
    expect_version(entrant.version, seen.expected_version)?;
    let contest = locked(&work, entrant.contest_id).await?;
    if call.viewer.standing.member_id != Some(entrant.member_id) && !manages(&call.viewer, &contest)
    {
        return Err(call.viewer.reach_too_small(Permission::ContestEnter).into());
    }
    let on = matches!(contest.state, ContestState::Open | ContestState::Running);
    if !on || entrant.withdrawn_at.is_some() {
        return Err(wrong_state(
            "input.id",
            "An entry is given up once, before the contest is over.",
            "只能在竞赛结束前退赛一次。",
        )
        .into());
    }
    let detail = json!({ "member": entrant.member_id });
    let row = contest_entrant::Model {
        withdrawn_at: Some(call.at),
        ..entrant
    };
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, contest.id, "training.contest.withdraw", detail);
    work.commit().await?;
    Ok(contest.id)
}

/// Which judges come and go.
#[derive(Clone, Debug)]
pub struct JudgesChange {
    /// The contest.
    pub seen: Seen,
    /// Who comes.
    pub add: Vec<Uuid>,
    /// Who goes.
    pub remove: Vec<Uuid>,
}

/// Changes who judges, and returns the contest's id. Scores that were given stay.
///
/// # Errors
/// User errors when somebody can't judge; refusals of permission, reach and version.
pub async fn judges_change(app: &App, call: &Call, input: &JudgesChange) -> Result<Uuid> {
    call.viewer.require(Permission::ContestManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let contest = to_run(&work, input.seen).await?;
    if matches!(
        contest.state,
        ContestState::Published | ContestState::Cancelled
    ) {
        return Err(wrong_state("input.id", "The contest is over.", "竞赛已结束。").into());
    }
    let mut checks = Checks::default();
    checks.ensure(
        input.add.len() <= MOST && input.remove.len() <= MOST,
        UserErrorCode::TooLong,
        "input.add",
        || {
            Text::new(
                format!("At most {MOST} at once."),
                format!("每次最多 {MOST} 人。"),
            )
        },
    );
    let held = store::judges_of(work.tx(), contest.id).await?;
    let mut come: Vec<Uuid> = input.add.iter().copied().take(MOST).collect();
    come.sort_unstable();
    come.dedup();
    come.retain(|id| !held.contains(id));
    let gone: Vec<Uuid> = input
        .remove
        .iter()
        .copied()
        .filter(|id| held.contains(id) && !input.add.contains(id))
        .collect();
    let entrants = store::entrants_of(work.tx(), contest.id).await?;
    for id in &come {
        let place = input.add.iter().position(|one| one == id).unwrap_or(0);
        let field = format!("input.add.{place}");
        let viewer = &call.viewer;
        let row = find::<member::Entity>(work.tx(), viewer, Permission::MemberRead, *id).await?;
        checks.found(&field, row);
        checks.ensure(
            entrants.iter().all(|entrant| entrant.member_id != *id),
            UserErrorCode::RuleViolated,
            &field,
            || {
                Text::new(
                    "Nobody judges a contest in which they take part.",
                    "参赛选手不能担任评委。",
                )
            },
        );
    }
    checks.done()?;
    let id = contest.id;
    store::replace_judges(work.tx(), id, (&gone, &come), call.at).await?;
    store::save(work.tx(), contest, call.at).await?;
    let detail = json!({ "added": come, "removed": gone });
    trace(&mut work, id, "training.contest.judges_change", detail);
    work.commit().await?;
    Ok(id)
}

/// Who doesn't judge whom.
#[derive(Clone, Debug, Serialize)]
pub struct ConflictDeclare {
    /// The entrant.
    pub entrant_id: Uuid,
    /// The judge; oneself when nobody is named.
    pub judge_id: Option<Uuid>,
    /// Why.
    pub reason: String,
}

/// Declares a conflict of interest, one's own or as who runs the contest, and returns the contest's id. A score that was given
/// no longer counts.
///
/// # Errors
/// User errors when it can't be; refusals of permission and reach.
pub async fn conflict_declare(
    app: &App,
    call: &Call,
    input: &ConflictDeclare,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::ContestJudge)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "contestConflictDeclare", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let read = Permission::ContestRead;
    let entrant =
        to_change::<contest_entrant::Entity>(work.tx(), &call.viewer, read, input.entrant_id)
            .await?;
    let contest = locked(&work, entrant.contest_id).await?;
    let judge_id = match input.judge_id {
        Some(id) if call.viewer.standing.member_id != Some(id) => {
            if !manages(&call.viewer, &contest) {
                return Err(call.viewer.reach_too_small(Permission::ContestJudge).into());
            }
            id
        }
        _ => me(call)?,
    };
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", &input.reason, BODY);
    checks.ensure(
        store::is_judge(work.tx(), contest.id, judge_id).await?,
        UserErrorCode::RuleViolated,
        "input.judgeId",
        || {
            Text::new(
                "This member doesn't judge the contest.",
                "该成员不是本竞赛的评委。",
            )
        },
    );
    let known = store::conflicts_of(work.tx(), contest.id).await?;
    checks.ensure(
        !known.contains(&(judge_id, entrant.id)),
        UserErrorCode::Taken,
        "input.entrantId",
        || Text::new("This is declared already.", "该回避关系已登记。"),
    );
    checks.done()?;
    let row = contest_conflict::Model {
        id: new_id(call.at),
        contest_id: contest.id,
        judge_id,
        entrant_id: entrant.id,
        reason,
        declared_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        created_at: call.at,
    };
    store::insert(work.tx(), row).await?;
    let detail = json!({ "judge": judge_id, "entrant": entrant.id });
    trace(&mut work, contest.id, "training.contest.conflict", detail);
    work.done(contest.id).await?;
    work.commit().await?;
    Ok(contest.id)
}
