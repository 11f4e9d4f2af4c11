//! Making an exam, and changing its draft (编制考试).

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{ExamPartialCredit, ExamPublication, ExamState};
use entity::{certificate, exam, member};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::common::{BODY, TITLE, between, code, to_run, trace, wrong_state};
use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::decimal::SCALE;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::organisation::{holds_on, today};
use crate::training::exams::rules::paper::{Cell, MOST};
use crate::training::exams::store::{insert_exam, save};
use crate::work::{Once, Work, expect_version};

/// The most cells of a blueprint.
const CELLS: usize = 40;

/// What an exam is.
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
    /// So many questions of which sort.
    pub blueprint: Vec<Cell>,
    /// What a partly right multiple choice gets.
    pub partial_credit: ExamPartialCredit,
    /// What a wrong answer costs.
    pub penalty_percent: i32,
    /// The pass mark.
    pub pass_percent: i32,
    /// How long an attempt may take.
    pub time_limit_minutes: i32,
    /// How many attempts.
    pub attempts_allowed: i32,
    /// How long between them.
    pub wait_hours: i32,
    /// From when.
    pub opens_at: DateTime<Utc>,
    /// Until when.
    pub closes_at: DateTime<Utc>,
    /// Do questions come in another order each time?
    pub shuffle_questions: bool,
    /// Do options?
    pub shuffle_options: bool,
    /// When results are published.
    pub publication: ExamPublication,
    /// Are right answers shown in the end?
    pub reveal: bool,
    /// How far apart two assessors call a third.
    pub third_percent: i32,
    /// May everybody sit it?
    pub open_to_all: bool,
    /// What passing grants.
    pub certificate_id: Option<Uuid>,
    /// Who runs it.
    pub owner_id: Uuid,
}

/// An exam's draft as it is to be.
#[derive(Clone, Debug)]
pub struct ExamRevise {
    /// The exam.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// What it is.
    pub content: Content,
}

/// Writes the draft of an exam and returns its id.
///
/// # Errors
/// User errors about the values; refusal of permission.
pub async fn exam_create(
    app: &App,
    call: &Call,
    input: &Content,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::ExamManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "examCreate", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let blank = exam::Model {
        id: new_id(call.at),
        code: String::new(),
        title: String::new(),
        title_zh: String::new(),
        description: None,
        state: ExamState::Draft,
        blueprint: Value::Null,
        partial_credit: input.partial_credit,
        penalty_percent: 0,
        pass_percent: 1,
        time_limit_minutes: 1,
        attempts_allowed: 1,
        wait_hours: 0,
        opens_at: input.opens_at,
        closes_at: input.closes_at,
        shuffle_questions: false,
        shuffle_options: false,
        publication: input.publication,
        reveal: false,
        third_percent: 0,
        open_to_all: false,
        certificate_id: None,
        owner_id: input.owner_id,
        created_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        pool: 0,
        activated_at: None,
        closed_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let row = filled(&work, blank, input).await?;
    let (id, detail) = (row.id, shown(&row));
    if !insert_exam(work.tx(), row).await? {
        let text = Text::new(
            "There is an exam with this code already; take another code.",
            "该编码的考试已存在，请更换编码。",
        );
        return Err(UserError::new(UserErrorCode::Taken, "input.exam.code", text).into());
    }
    trace(&mut work, ("exam", id), "exam.create", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Changes a draft as a whole and returns its id; its code stays.
///
/// # Errors
/// User errors about the values, and when it is no draft any more; refusals of permission, reach and version.
pub async fn exam_revise(app: &App, call: &Call, input: &ExamRevise) -> Result<Uuid> {
    call.viewer.require(Permission::ExamManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let seen = to_run(&work, input.id).await?;
    expect_version(seen.version, input.expected_version)?;
    if seen.state != ExamState::Draft {
        return Err(wrong_state(
            "An exam that was on doesn't change any more: make another one.",
            "考试启用后不能再修改，请另建考试。",
        )
        .into());
    }
    if seen.code != input.content.code.trim() {
        let text = Text::new("The code stays.", "编码不能修改。");
        return Err(UserError::new(UserErrorCode::RuleViolated, "input.exam.code", text).into());
    }
    let row = filled(&work, seen, &input.content).await?;
    let (id, detail) = (row.id, shown(&row));
    save(work.tx(), row, call.at).await?;
    trace(&mut work, ("exam", id), "exam.revise", detail);
    work.commit().await?;
    Ok(id)
}

/// The row with this content.
async fn filled(work: &Work<'_>, row: exam::Model, input: &Content) -> Result<exam::Model> {
    let call = work.call();
    let mut checks = Checks::default();
    let code = code(&mut checks, "input.exam.code", &input.code);
    let title = checks.text("input.exam.title", &input.title, TITLE);
    let title_zh = checks.text("input.exam.titleZh", &input.title_zh, TITLE);
    let description = input.description.as_deref();
    let description = checks.optional_body("input.exam.description", description, BODY);
    blueprint(&mut checks, &input.blueprint);
    for (field, value, bounds) in [
        ("penaltyPercent", input.penalty_percent, (0, 100)),
        ("passPercent", input.pass_percent, (1, 100)),
        ("timeLimitMinutes", input.time_limit_minutes, (1, 1440)),
        ("attemptsAllowed", input.attempts_allowed, (1, 20)),
        ("waitHours", input.wait_hours, (0, 8760)),
        ("thirdPercent", input.third_percent, (0, 100)),
    ] {
        between(&mut checks, &format!("input.exam.{field}"), value, bounds);
    }
    let lasts = input.closes_at - input.opens_at;
    checks.ensure(
        lasts > TimeDelta::zero() && lasts <= TimeDelta::days(732),
        UserErrorCode::Invalid,
        "input.exam.closesAt",
        || {
            Text::new(
                "The window ends after it opens, and within two years.",
                "结束时间须晚于开放时间，且不超过两年。",
            )
        },
    );
    let (tx, viewer) = (work.tx(), &call.viewer);
    if let Some(id) = input.certificate_id {
        let row = find::<certificate::Entity>(tx, viewer, Permission::OrganisationRead, id).await?;
        checks.found("input.exam.certificateId", row);
    }
    let owner = find::<member::Entity>(tx, viewer, Permission::MemberRead, input.owner_id).await?;
    if let Some(owner) = checks.found("input.exam.ownerId", owner) {
        checks.ensure(
            holds_on(owner.joined_on, owner.left_on, today(call)),
            UserErrorCode::RuleViolated,
            "input.exam.ownerId",
            || {
                Text::new(
                    "This member doesn't work here; name somebody who does.",
                    "该成员已不在职，请指定在职成员。",
                )
            },
        );
    }
    checks.done()?;
    Ok(exam::Model {
        code,
        title,
        title_zh,
        description,
        blueprint: serde_json::to_value(&input.blueprint)?,
        partial_credit: input.partial_credit,
        penalty_percent: input.penalty_percent,
        pass_percent: input.pass_percent,
        time_limit_minutes: input.time_limit_minutes,
        attempts_allowed: input.attempts_allowed,
        wait_hours: input.wait_hours,
        opens_at: input.opens_at,
        closes_at: input.closes_at,
        shuffle_questions: input.shuffle_questions,
        shuffle_options: input.shuffle_options,
        publication: input.publication,
        reveal: input.reveal,
        third_percent: input.third_percent,
        open_to_all: input.open_to_all,
        certificate_id: input.certificate_id,
        owner_id: input.owner_id,
        ..row
    })
}

fn blueprint(checks: &mut Checks, cells: &[Cell]) {
    checks.ensure(
        (1..=CELLS).contains(&cells.len()),
        UserErrorCode::Invalid,
        "input.exam.blueprint",
        || {
            Text::new(
                "A blueprint has 1 to 40 cells.",
                "组卷蓝图须为 1 至 40 项。",
            )
        },
    );
    for (place, cell) in cells.iter().take(CELLS).enumerate() {
        let field = |part: &str| format!("input.exam.blueprint.{place}.{part}");
        code(checks, &field("topic"), &cell.topic);
        if let Some(difficulty) = cell.difficulty {
            between(checks, &field("difficulty"), difficulty, (1, 5));
        }
        checks.ensure(
            (1..=1_000 * SCALE).contains(&cell.points),
            UserErrorCode::Invalid,
            &field("points"),
            || {
                Text::new(
                    "A question is worth more than nought and at most 1000 points.",
                    "每题分值须大于 0 且不超过 1000。",
                )
            },
        );
        checks.ensure(
            cell.count >= 1,
            UserErrorCode::Invalid,
            &field("count"),
            || Text::new("A cell has at least one question.", "每项至少一题。"),
        );
    }
    let all: u64 = cells.iter().map(|cell| u64::from(cell.count)).sum();
    checks.ensure(
        all <= u64::try_from(MOST).unwrap_or(u64::MAX),
        UserErrorCode::TooLong,
        "input.exam.blueprint",
        || {
            Text::new(
                format!("A paper has at most {MOST} questions."),
                format!("试卷最多 {MOST} 题。"),
            )
        },
    );
}

/// What the audit log keeps of an exam.
fn shown(row: &exam::Model) -> Value {
    json!({
        "code": row.code,
        "title": row.title,
        "titleZh": row.title_zh,
        "blueprint": row.blueprint,
        "partialCredit": row.partial_credit,
        "penaltyPercent": row.penalty_percent,
        "passPercent": row.pass_percent,
        "timeLimitMinutes": row.time_limit_minutes,
        "attemptsAllowed": row.attempts_allowed,
        "waitHours": row.wait_hours,
        "opensAt": row.opens_at,
        "closesAt": row.closes_at,
        "publication": row.publication,
        "reveal": row.reveal,
        "thirdPercent": row.third_percent,
        "openToAll": row.open_to_all,
        "certificate": row.certificate_id,
        "owner": row.owner_id,
    })
}
