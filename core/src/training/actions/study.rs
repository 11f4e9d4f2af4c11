//! Studies elsewhere (外部学习): submitted with proof, decided by somebody else, taken back.

use chrono::{Days, NaiveDate};
use entity::enums::{TrainingHoursKind, TrainingStudyState};
use entity::training_study;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{About, BODY, NAME, book, link, minutes, trace, wrong_state};
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{ApiError, Result, Text, UserError, UserErrorCode};
use crate::organisation::today;
use crate::training::{STUDY_CHANGED, store};
use crate::work::{Once, Work, expect_version};

/// How long ago a study can have been finished.
const AFTERWARDS: u64 = 366;

/// The study to submit.
#[derive(Clone, Debug, Serialize)]
pub struct StudySubmit {
    /// What was learnt.
    pub title: String,
    /// Where.
    pub provider: String,
    /// How long it took.
    pub minutes: i32,
    /// When it was finished.
    pub studied_on: NaiveDate,
    /// The proof in words.
    pub proof: Option<String>,
    /// Where the proof can be seen.
    pub proof_link: Option<String>,
}

/// Which study is decided and how.
#[derive(Clone, Debug)]
pub struct StudyDecide {
    /// The study.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// Does it count?
    pub approve: bool,
    /// In the words of who decides; needed for a refusal.
    pub note: Option<String>,
}

/// Submits one's own study elsewhere and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission.
pub async fn study_submit(
    app: &App,
    call: &Call,
    input: &StudySubmit,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::TrainingStudySubmit)?;
    let Some(me) = call.viewer.standing.member_id else {
        let text = Text::new(
            "Your account is no member's: only members submit their studies.",
            "您的账号未关联成员，仅成员可提交外部学习。",
        );
        return Err(UserError::new(UserErrorCode::RuleViolated, "", text).into());
    };
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "trainingStudySubmit", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let mut checks = Checks::default();
    minutes(&mut checks, "input.minutes", input.minutes);
    let day = today(call);
    let earliest = day - Days::new(AFTERWARDS);
    checks.ensure(
        (earliest..=day).contains(&input.studied_on),
        UserErrorCode::RuleViolated,
        "input.studiedOn",
        || {
            Text::new(
                format!("A study was finished between {earliest} and {day}."),
                format!("完成日期须在 {earliest} 至 {day} 之间。"),
            )
        },
    );
    let row = training_study::Model {
        id: new_id(call.at),
        member_id: me,
        title: checks.text("input.title", &input.title, NAME),
        provider: checks.text("input.provider", &input.provider, NAME),
        minutes: input.minutes,
        studied_on: input.studied_on,
        proof: checks.optional_body("input.proof", input.proof.as_deref(), BODY),
        proof_link: link(&mut checks, "input.proofLink", input.proof_link.as_deref()),
        state: TrainingStudyState::Submitted,
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        decision_note: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    checks.ensure(
        row.proof.is_some() || row.proof_link.is_some(),
        UserErrorCode::Blank,
        "input.proof",
        || {
            Text::new(
                "Give a proof: in words, such as the number of a certificate, or as a link.",
                "请提供证明：文字（如证书编号）或链接。",
            )
        },
    );
    checks.done()?;
    let id = row.id;
    let detail = json!({
        "member": me,
        "title": row.title,
        "provider": row.provider,
        "minutes": row.minutes,
        "studiedOn": row.studied_on,
    });
    store::insert(work.tx(), row).await?;
    told(&mut work, id, "training.study.submit", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Decides about a study and returns its id; an approved one counts in the ledger at once.
///
/// # Errors
/// User errors when it can't be decided so; refusals of permission, reach and version.
pub async fn study_decide(app: &App, call: &Call, input: &StudyDecide) -> Result<Uuid> {
    let permission = Permission::TrainingStudyDecide;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before =
        to_change::<training_study::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(before.version, input.expected_version)?;
    if Some(before.member_id) == call.viewer.standing.member_id {
        let text = Text::new(
            "Nobody decides about their own study: ask somebody else who may.",
            "不能审批本人的外部学习，请由其他有权限的人审批。",
        );
        return Err(UserError::new(UserErrorCode::RuleViolated, "input.id", text).into());
    }
    waits(&before)?;
    let mut checks = Checks::default();
    let note = checks.optional_body("input.note", input.note.as_deref(), BODY);
    checks.ensure(
        input.approve || note.is_some(),
        UserErrorCode::Blank,
        "input.note",
        || Text::new("Say why it is refused.", "驳回时请说明原因。"),
    );
    checks.done()?;
    let state = if input.approve {
        TrainingStudyState::Approved
    } else {
        TrainingStudyState::Rejected
    };
    let row = training_study::Model {
        state,
        decided_by: call.viewer.actor.id,
        decided_by_name: Some(call.viewer.actor.name.clone()),
        decided_at: Some(call.at),
        decision_note: note,
        ..before
    };
    let row = store::save(work.tx(), row, call.at).await?;
    if input.approve {
        let about = About {
            member: row.member_id,
            day: row.studied_on,
            kind: TrainingHoursKind::External,
            enrolment: None,
            study: Some(row.id),
            reason: None,
        };
        book(&mut work, about, &[], row.minutes).await?;
    }
    let detail = json!({ "member": row.member_id, "state": row.state, "note": row.decision_note });
    told(&mut work, row.id, "training.study.decide", detail);
    work.commit().await?;
    Ok(row.id)
}

/// Takes one's own study back that waits for a decision, and returns its id.
///
/// # Errors
/// User errors when it is decided; refusals of permission, reach and version.
pub async fn study_withdraw(
    app: &App,
    call: &Call,
    id: Uuid,
    expected_version: i32,
) -> Result<Uuid> {
    let permission = Permission::TrainingStudySubmit;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    // Whoever may submit for nobody else takes back nobody else's.
    let read = Permission::TrainingHoursRead;
    let seen = find::<training_study::Entity>(work.tx(), &call.viewer, read, id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    if Some(seen.member_id) != call.viewer.standing.member_id {
        let text = Text::new(
            "Only who submitted a study takes it back; refuse it instead.",
            "仅提交人可撤回外部学习；您可以驳回。",
        );
        return Err(UserError::new(UserErrorCode::RuleViolated, "input.id", text).into());
    }
    let before =
        to_change::<training_study::Entity>(work.tx(), &call.viewer, permission, id).await?;
    expect_version(before.version, expected_version)?;
    waits(&before)?;
    let row = training_study::Model {
        state: TrainingStudyState::Withdrawn,
        ..before
    };
    let row = store::save(work.tx(), row, call.at).await?;
    told(
        &mut work,
        id,
        "training.study.withdraw",
        json!({ "member": row.member_id }),
    );
    work.commit().await?;
    Ok(id)
}

fn waits(row: &training_study::Model) -> Result<()> {
    if row.state == TrainingStudyState::Submitted {
        return Ok(());
    }
    Err(wrong_state(
        "input.id",
        "This study is decided or taken back already; hours are put right in the ledger.",
        "该外部学习已审批或已撤回；学时请在台账中更正。",
    )
    .into())
}

fn told(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: serde_json::Value) {
    trace(work, (STUDY_CHANGED, "training_study"), id, action, detail);
}
