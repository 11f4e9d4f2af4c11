//! Proposing, deciding and withdrawing (提名、评审、撤回).

use entity::enums::{TalentEvidenceKind, TalentReadiness, TalentState};
use entity::{
    competency_assessment, exam_attempt, member, member_certificate, position, talent_evidence,
    talent_proposal,
};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::rules::{Step, step};
use super::{CHANGED, store};
use crate::access::{Call, Permission, Scoped, find, to_change};
use crate::app::App;
use crate::audit;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Error, Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::organisation::{holds_on, today};
use crate::work::{Once, Work, expect_version};

/// The most characters of a reason or a note.
const BODY: usize = 4_000;
/// The most characters of the words to a piece of evidence.
const NOTE: usize = 1_000;
/// The most pieces of evidence.
const EVIDENCE: usize = 20;

/// What a proposal stands on.
#[derive(Clone, Debug, Serialize)]
pub enum Stands {
    /// An assessment of a competency.
    Assessment(Uuid),
    /// A certificate that the member holds.
    Certificate(Uuid),
    /// A published attempt at an exam.
    Attempt(Uuid),
    /// The training hours of a year.
    Hours(i32),
    /// Words alone.
    Words,
}

/// A piece of evidence.
#[derive(Clone, Debug, Serialize)]
pub struct Evidence {
    /// What it is.
    pub stands: Stands,
    /// In the words of who proposes.
    pub note: Option<String>,
}

/// A member to propose.
#[derive(Clone, Debug, Serialize)]
pub struct TalentPropose {
    /// Who.
    pub member_id: Uuid,
    /// For which position.
    pub position_id: Uuid,
    /// When ready.
    pub readiness: TalentReadiness,
    /// Why.
    pub reason: String,
    /// What it stands on.
    pub evidence: Vec<Evidence>,
}

/// Proposes a member for a position and returns the proposal's id.
///
/// # Errors
/// User errors about the values and what can't be seen of the evidence; refusals of permission and reach.
pub async fn talent_propose(
    app: &App,
    call: &Call,
    input: &TalentPropose,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::TalentPropose;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "talentPropose", input).await? {
        return Ok(id);
    }
    let person =
        to_change::<member::Entity>(work.tx(), &call.viewer, permission, input.member_id).await?;
    let mut checks = Checks::default();
    checks.ensure(
        call.viewer.standing.member_id != Some(person.id),
        UserErrorCode::RuleViolated,
        "input.memberId",
        || Text::new("Nobody proposes themselves.", "不能提名本人。"),
    );
    let day = today(call);
    checks.ensure(
        holds_on(person.joined_on, person.left_on, day),
        UserErrorCode::WrongState,
        "input.memberId",
        || Text::new("The member has left.", "该成员已离职。"),
    );
    let reason = checks.body("input.reason", &input.reason, BODY);
    let read = <position::Entity as Scoped>::READ;
    let row = find::<position::Entity>(work.tx(), &call.viewer, read, input.position_id).await?;
    if let Some(row) = checks.found("input.positionId", row) {
        checks.ensure(
            holds_on(row.valid_from, row.valid_to, day),
            UserErrorCode::WrongState,
            "input.positionId",
            || Text::new("The position is closed.", "该岗位已撤销。"),
        );
    }
    checks.ensure(
        store::waiting(work.tx(), (person.id, input.position_id)).await? == 0,
        UserErrorCode::WrongState,
        "input.positionId",
        || {
            Text::new(
                "A proposal of this member for this position waits for a decision; withdraw it first, or wait.",
                "该成员对该岗位已有待评审的提名，请先撤回或等待评审。",
            )
        },
    );
    let id = new_id(call.at);
    let evidence = looked_up(&work, &mut checks, (id, person.id), &input.evidence).await?;
    checks.done()?;
    let row = talent_proposal::Model {
        id,
        member_id: person.id,
        position_id: input.position_id,
        readiness: input.readiness,
        reason,
        state: TalentState::Proposed,
        proposed_by: call.viewer.actor.id,
        proposed_by_name: call.viewer.actor.name.clone(),
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        decision_note: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    store::insert(work.tx(), row, evidence).await?;
    leave_trace(&mut work, id, "talent.propose");
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// The evidence as rows, each record one of the member's that whoever proposes may see.
async fn looked_up(
    work: &Work<'_>,
    checks: &mut Checks,
    (proposal, person): (Uuid, Uuid),
    evidence: &[Evidence],
) -> Result<Vec<talent_evidence::Model>> {
    checks.ensure(
        (1..=EVIDENCE).contains(&evidence.len()),
        UserErrorCode::Invalid,
        "input.evidence",
        || {
            Text::new(
                format!("A proposal stands on 1 to {EVIDENCE} pieces of evidence."),
                format!("须附 1 至 {EVIDENCE} 项依据。"),
            )
        },
    );
    let (tx, viewer) = (work.tx(), &work.call().viewer);
    let mut rows = Vec::with_capacity(evidence.len());
    for (place, piece) in (1..).zip(evidence.iter().take(EVIDENCE)) {
        let field = format!("input.evidence.{}", place - 1);
        let note = checks.optional_body(&format!("{field}.note"), piece.note.as_deref(), NOTE);
        let mut row = talent_evidence::Model {
            id: new_id(work.call().at),
            proposal_id: proposal,
            place,
            kind: TalentEvidenceKind::Other,
            note,
            assessment_id: None,
            certificate_id: None,
            attempt_id: None,
            hours_year: None,
        };
        macro_rules! record {
            ($table:ident, $id:expr, $name:literal, |$found:ident| $fits:expr) => {{
                let read = <$table::Entity as Scoped>::READ;
                let found = find::<$table::Entity>(tx, viewer, read, $id).await?;
                let found = found.filter(|$found| $found.member_id == person && $fits);
                checks.found(&format!("{field}.{}", $name), found);
                Some($id)
            }};
        }
        match piece.stands {
            Stands::Assessment(id) => {
                row.kind = TalentEvidenceKind::Competency;
                row.assessment_id =
                    record!(competency_assessment, id, "assessmentId", |_found| true);
            }
            Stands::Certificate(id) => {
                row.kind = TalentEvidenceKind::Certificate;
                row.certificate_id =
                    record!(member_certificate, id, "certificateId", |_found| true);
            }
            Stands::Attempt(id) => {
                row.kind = TalentEvidenceKind::Exam;
                row.attempt_id = record!(exam_attempt, id, "attemptId", |found| found
                    .published_at
                    .is_some());
            }
            Stands::Hours(year) => {
                row.kind = TalentEvidenceKind::TrainingHours;
                row.hours_year = Some(year);
                checks.ensure(
                    (2000..=2100).contains(&year),
                    UserErrorCode::Invalid,
                    &format!("{field}.hoursYear"),
                    || Text::new("It is 2000 to 2100.", "须为 2000 至 2100。"),
                );
            }
            Stands::Words => checks.ensure(
                row.note.is_some(),
                UserErrorCode::Blank,
                &format!("{field}.note"),
                || {
                    Text::new(
                        "Name a record, or say it in words.",
                        "请指定记录或填写说明。",
                    )
                },
            ),
        }
        rows.push(row);
    }
    Ok(rows)
}

/// A decision about a proposal.
#[derive(Clone, Debug)]
pub struct TalentDecide {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// Does it hold?
    pub accept: bool,
    /// In the words of who decides; needed when it is declined.
    pub note: Option<String>,
}

/// Decides about a proposal and returns its id.
///
/// # Errors
/// User errors when it was decided already, or is one's own; refusals of permission and version.
pub async fn talent_decide(app: &App, call: &Call, input: &TalentDecide) -> Result<Uuid> {
    let permission = Permission::TalentReview;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let seen =
        to_change::<talent_proposal::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    // Two decisions about one member come one after the other.
    crate::organisation::lock_members(work.tx(), [seen.member_id]).await?;
    expect_version(seen.version, input.expected_version)?;
    let taken = if input.accept {
        Step::Accept
    } else {
        Step::Decline
    };
    let mut checks = Checks::default();
    let note = checks.optional_body("input.note", input.note.as_deref(), BODY);
    checks.ensure(
        input.accept || note.is_some(),
        UserErrorCode::Blank,
        "input.note",
        || Text::new("Say why it is declined.", "未通过时请说明原因。"),
    );
    checks.ensure(
        seen.proposed_by.is_none() || seen.proposed_by != call.viewer.actor.id,
        UserErrorCode::RuleViolated,
        "input.id",
        || {
            Text::new(
                "Whoever proposed doesn't decide; ask a colleague.",
                "提名人不能评审自己的提名。",
            )
        },
    );
    checks.done()?;
    let state = step(seen.state, taken).ok_or_else(decided)?;
    if state == TalentState::Accepted {
        for earlier in store::accepted(work.tx(), (seen.member_id, seen.position_id)).await? {
            let state = step(earlier.state, Step::Supersede).ok_or_else(decided)?;
            let id = earlier.id;
            store::save(
                work.tx(),
                talent_proposal::Model { state, ..earlier },
                call.at,
            )
            .await?;
            leave_trace(&mut work, id, "talent.supersede");
        }
    }
    let row = concluded(call, seen, state, note);
    store::save(work.tx(), row, call.at).await?;
    leave_trace(&mut work, input.id, "talent.decide");
    work.commit().await?;
    Ok(input.id)
}

/// A proposal to withdraw.
#[derive(Clone, Debug)]
pub struct TalentWithdraw {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// Why.
    pub reason: String,
}

/// Withdraws a proposal that waits or holds, and returns its id.
///
/// # Errors
/// User errors when it does neither; refusals of permission, reach and version.
pub async fn talent_withdraw(app: &App, call: &Call, input: &TalentWithdraw) -> Result<Uuid> {
    let permission = Permission::TalentPropose;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let seen =
        to_change::<talent_proposal::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(seen.version, input.expected_version)?;
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", &input.reason, BODY);
    checks.done()?;
    let state = step(seen.state, Step::Withdraw).ok_or_else(decided)?;
    let row = concluded(call, seen, state, Some(reason));
    store::save(work.tx(), row, call.at).await?;
    leave_trace(&mut work, input.id, "talent.withdraw");
    work.commit().await?;
    Ok(input.id)
}

fn concluded(
    call: &Call,
    row: talent_proposal::Model,
    state: TalentState,
    note: Option<String>,
) -> talent_proposal::Model {
    talent_proposal::Model {
        state,
        decided_by: call.viewer.actor.id,
        decided_by_name: Some(call.viewer.actor.name.clone()),
        decided_at: Some(call.at),
        decision_note: note,
        ..row
    }
}

fn decided() -> Error {
    let text = Text::new(
        "This proposal was decided already; make another one.",
        "该提名已有结论，请重新提名。",
    );
    UserError::new(UserErrorCode::WrongState, "input.id", text).into()
}

/// The log and the event say which proposal, not about whom or what: they are read by others.
fn leave_trace(work: &mut Work<'_>, id: Uuid, action: &'static str) {
    work.audit(audit::Entry {
        action,
        entity_type: "talent_proposal",
        entity_id: Some(id),
        detail: json!({}),
    });
    let event = Event::new(work.call().at, CHANGED, id, json!({ "action": action }));
    work.emit(event);
}
