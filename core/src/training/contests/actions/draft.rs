//! Making a contest, and changing its draft (筹备竞赛).

use entity::enums::{ContestRoundKind, ContestRoundState, ContestState};
use entity::{contest, contest_round, exam, member};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::common::{BODY, Seen, TITLE, to_run, trace, wrong_state};
use crate::access::{Call, Permission, find, still_within};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::decimal::SCALE;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::organisation::{holds_on, today};
use crate::training::contests::rules::prizes::Prize;
use crate::training::contests::rules::scoring::Criterion;
use crate::training::contests::store;
use crate::work::{Once, Work};

/// The most rounds.
const ROUNDS: usize = 10;
/// The most criteria of a round.
const CRITERIA: usize = 20;
/// The most prizes.
const PRIZES: usize = 30;

/// A round as it is planned.
#[derive(Clone, Debug, Serialize)]
pub struct RoundPlan {
    /// What it is called.
    pub title: String,
    /// 中文名称.
    pub title_zh: String,
    /// The exam whose results are its scores; judged when absent.
    pub exam_id: Option<Uuid>,
    /// What judges score by.
    pub criteria: Vec<Criterion>,
    /// So many of the highest and of the lowest are left out.
    pub drop_each: i32,
    /// Only when there are at least so many.
    pub drop_from: i32,
    /// Of so many judges at least each entrant needs a score.
    pub least_judges: i32,
    /// So many come into the next round.
    pub advance: Option<i32>,
}

/// What a contest is.
#[derive(Clone, Debug, Serialize)]
pub struct Content {
    /// Short code, unique.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// 中文名称.
    pub title_zh: String,
    /// What it is about.
    pub description: Option<String>,
    /// Who runs it.
    pub owner_id: Uuid,
    /// Its rounds, in their order.
    pub rounds: Vec<RoundPlan>,
    /// What ranks get.
    pub prizes: Vec<Prize>,
}

/// A draft as it is to be.
#[derive(Clone, Debug)]
pub struct ContestRevise {
    /// The contest.
    pub seen: Seen,
    /// What it is.
    pub content: Content,
}

/// Writes the draft of a contest and returns its id.
///
/// # Errors
/// User errors about the values; refusal of permission.
pub async fn contest_create(
    app: &App,
    call: &Call,
    input: &Content,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::ContestManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "contestCreate", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let blank = contest::Model {
        id: new_id(call.at),
        code: String::new(),
        title: String::new(),
        title_zh: String::new(),
        description: None,
        state: ContestState::Draft,
        owner_id: input.owner_id,
        prizes: Value::Null,
        created_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        published_at: None,
        reason: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let (row, rounds) = filled(&work, blank, input).await?;
    let (id, detail) = (row.id, shown(&row, rounds.len()));
    if !store::insert_contest(work.tx(), row).await? {
        let text = Text::new(
            "There is a contest with this code already; take another code.",
            "该编码的竞赛已存在，请更换编码。",
        );
        return Err(UserError::new(UserErrorCode::Taken, "input.contest.code", text).into());
    }
    store::replace_rounds(work.tx(), id, rounds).await?;
    still_within::<contest::Entity>(work.tx(), &call.viewer, permission, id).await?;
    trace(&mut work, id, "training.contest.create", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Changes a draft as a whole and returns its id; its code stays.
///
/// # Errors
/// User errors about the values, and when it is no draft any more; refusals of permission, reach and version.
pub async fn contest_revise(app: &App, call: &Call, input: &ContestRevise) -> Result<Uuid> {
    call.viewer.require(Permission::ContestManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let seen = to_run(&work, input.seen).await?;
    if seen.state != ContestState::Draft {
        return Err(wrong_state(
            "input.id",
            "A contest that members can enter doesn't change any more: cancel it and make another one.",
            "竞赛开放报名后不能再修改，请取消后另建。",
        )
        .into());
    }
    if seen.code != input.content.code.trim() {
        let text = Text::new("The code stays.", "编码不能修改。");
        return Err(UserError::new(UserErrorCode::RuleViolated, "input.contest.code", text).into());
    }
    let (row, rounds) = filled(&work, seen, &input.content).await?;
    let (id, detail) = (row.id, shown(&row, rounds.len()));
    store::save(work.tx(), row, call.at).await?;
    store::replace_rounds(work.tx(), id, rounds).await?;
    trace(&mut work, id, "training.contest.revise", detail);
    work.commit().await?;
    Ok(id)
}

/// The rows with this content.
async fn filled(
    work: &Work<'_>,
    row: contest::Model,
    input: &Content,
) -> Result<(contest::Model, Vec<contest_round::Model>)> {
    let call = work.call();
    let mut checks = Checks::default();
    let code = coded(&mut checks, &input.code);
    let title = checks.text("input.contest.title", &input.title, TITLE);
    let title_zh = checks.text("input.contest.titleZh", &input.title_zh, TITLE);
    let description = input.description.as_deref();
    let description = checks.optional_body("input.contest.description", description, BODY);
    let viewer = &call.viewer;
    let owner =
        find::<member::Entity>(work.tx(), viewer, Permission::MemberRead, input.owner_id).await?;
    if let Some(owner) = checks.found("input.contest.ownerId", owner) {
        checks.ensure(
            holds_on(owner.joined_on, owner.left_on, today(call)),
            UserErrorCode::RuleViolated,
            "input.contest.ownerId",
            || {
                Text::new(
                    "This member doesn't work here; name somebody who does.",
                    "该成员已不在职，请指定在职成员。",
                )
            },
        );
    }
    counted(
        &mut checks,
        "input.contest.rounds",
        input.rounds.len(),
        (1, ROUNDS),
    );
    counted(
        &mut checks,
        "input.contest.prizes",
        input.prizes.len(),
        (0, PRIZES),
    );
    let mut rounds = Vec::new();
    for (place, plan) in input.rounds.iter().take(ROUNDS).enumerate() {
        let last = place + 1 == input.rounds.len();
        rounds.push(round(work, &mut checks, (row.id, place, last), plan).await?);
    }
    let prizes = prizes(&mut checks, &input.prizes);
    checks.done()?;
    let row = contest::Model {
        code,
        title,
        title_zh,
        description,
        owner_id: input.owner_id,
        prizes: serde_json::to_value(prizes)?,
        ..row
    };
    Ok((row, rounds))
}

fn coded(checks: &mut Checks, value: &str) -> String {
    let field = "input.contest.code";
    let code = checks.text(field, value, 50);
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let formed = code.chars().all(|c| plain(c) || "_-.".contains(c))
        && code.starts_with(plain)
        && code.ends_with(plain);
    checks.ensure(formed || code.is_empty(), UserErrorCode::Invalid, field, || {
        Text::new(
            "A code has small letters, digits and `_`, `-`, `.` between them, such as `hotline.2026`.",
            "编码由小写字母、数字及其间的 _ - . 组成，例如 hotline.2026。",
        )
    });
    code
}

fn counted(checks: &mut Checks, field: &str, count: usize, (least, most): (usize, usize)) {
    checks.ensure(
        (least..=most).contains(&count),
        UserErrorCode::Invalid,
        field,
        || {
            Text::new(
                format!("There are {least} to {most} of these."),
                format!("数量须为 {least} 至 {most}。"),
            )
        },
    );
}

fn between(checks: &mut Checks, field: &str, value: i32, (least, most): (i32, i32)) {
    checks.ensure(
        (least..=most).contains(&value),
        UserErrorCode::Invalid,
        field,
        || {
            Text::new(
                format!("This is a whole number from {least} to {most}."),
                format!("须为 {least} 到 {most} 的整数。"),
            )
        },
    );
}

async fn round(
    work: &Work<'_>,
    checks: &mut Checks,
    (contest_id, place, last): (Uuid, usize, bool),
    plan: &RoundPlan,
) -> Result<contest_round::Model> {
    let call = work.call();
    let field = |part: &str| format!("input.contest.rounds.{place}.{part}");
    let title = checks.text(&field("title"), &plan.title, TITLE);
    let title_zh = checks.text(&field("titleZh"), &plan.title_zh, TITLE);
    for (part, value, bounds) in [
        ("dropEach", plan.drop_each, (0, 5)),
        ("dropFrom", plan.drop_from, (1, 50)),
        ("leastJudges", plan.least_judges, (1, 20)),
        ("advance", plan.advance.unwrap_or(1), (1, 1_000)),
    ] {
        between(checks, &field(part), value, bounds);
    }
    checks.ensure(
        plan.advance.is_some() != last,
        UserErrorCode::RuleViolated,
        &field("advance"),
        || {
            Text::new(
                "Every round but the last one says how many come into the next.",
                "除最后一轮外，每轮须指定晋级人数；最后一轮不填。",
            )
        },
    );
    let kind = if plan.exam_id.is_some() {
        ContestRoundKind::Exam
    } else {
        ContestRoundKind::Judged
    };
    match plan.exam_id {
        Some(id) => {
            let viewer = &call.viewer;
            let row = find::<exam::Entity>(work.tx(), viewer, Permission::ExamRead, id).await?;
            checks.found(&field("examId"), row);
            counted(checks, &field("criteria"), plan.criteria.len(), (0, 0));
        }
        None => counted(
            checks,
            &field("criteria"),
            plan.criteria.len(),
            (1, CRITERIA),
        ),
    }
    let criteria = criteria(checks, place, &plan.criteria);
    Ok(contest_round::Model {
        id: new_id(call.at),
        contest_id,
        number: i32::try_from(place + 1).unwrap_or(i32::MAX),
        title,
        title_zh,
        kind,
        exam_id: plan.exam_id,
        criteria: serde_json::to_value(criteria)?,
        drop_each: plan.drop_each,
        drop_from: plan.drop_from,
        least_judges: plan.least_judges,
        advance: plan.advance,
        state: ContestRoundState::Waiting,
        closed_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    })
}

fn criteria(checks: &mut Checks, round: usize, criteria: &[Criterion]) -> Vec<Criterion> {
    let mut made = Vec::new();
    for (place, one) in criteria.iter().take(CRITERIA).enumerate() {
        let field = |part: &str| format!("input.contest.rounds.{round}.criteria.{place}.{part}");
        checks.ensure(
            (1..=1_000 * SCALE).contains(&one.max_points),
            UserErrorCode::Invalid,
            &field("maxPoints"),
            || {
                Text::new(
                    "The most points are more than nought and at most 1000.",
                    "满分须大于 0 且不超过 1000。",
                )
            },
        );
        checks.ensure(
            (1..=1_000).contains(&one.weight),
            UserErrorCode::Invalid,
            &field("weight"),
            || Text::new("A weight is 1 to 1000.", "权重须为 1 至 1000。"),
        );
        made.push(Criterion {
            name: checks.text(&field("name"), &one.name, TITLE),
            name_zh: checks.text(&field("nameZh"), &one.name_zh, TITLE),
            ..*one
        });
    }
    made
}

fn prizes(checks: &mut Checks, prizes: &[Prize]) -> Vec<Prize> {
    let mut made = Vec::new();
    for (place, one) in prizes.iter().take(PRIZES).enumerate() {
        let field = |part: &str| format!("input.contest.prizes.{place}.{part}");
        checks.ensure(
            one.from_rank >= 1 && one.from_rank <= one.to_rank && one.to_rank <= 1_000,
            UserErrorCode::Invalid,
            &field("toRank"),
            || {
                Text::new(
                    "A prize is for places from 1 to 1000, the first one first.",
                    "奖项名次须为 1 至 1000，起始名次不大于结束名次。",
                )
            },
        );
        made.push(Prize {
            name: checks.text(&field("name"), &one.name, TITLE),
            name_zh: checks.text(&field("nameZh"), &one.name_zh, TITLE),
            ..*one
        });
    }
    made
}

/// What the audit log keeps of a contest.
fn shown(row: &contest::Model, rounds: usize) -> Value {
    json!({
        "code": row.code,
        "title": row.title,
        "titleZh": row.title_zh,
        "owner": row.owner_id,
        "rounds": rounds,
        "prizes": row.prizes,
    })
}
