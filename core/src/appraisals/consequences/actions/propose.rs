//! Proposing what follows from a result, deciding about it, and reading what was proposed (结果应用建议与审批).

use entity::enums::{AppraisalProposalKind, AppraisalProposalState};
use entity::{appraisal, appraisal_proposal};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::access::{Call, Permission, Scoped, find, list, to_change};
use crate::app::App;
use crate::appraisals::actions::common::{
    BODY, Step, never_oneself, only_the_reviewer, wrong_stage_of,
};
use crate::appraisals::consequences::store::{ProposalFilter, ProposalOrder};
use crate::appraisals::consequences::{PROPOSAL_CHANGED, store};
use crate::appraisals::rules::stages::is_out;
use crate::appraisals::store::cycle_of;
use crate::audit::{self, note_reads};
use crate::check::Checks;
use crate::db::keyset::{Listing, Page};
use crate::db::{Db, new_id};
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::work::{Once, Work, expect_version};

/// Something to propose.
#[derive(Clone, Debug, Serialize)]
pub struct Propose {
    /// From which result.
    pub appraisal_id: Uuid,
    /// What.
    pub kind: AppraisalProposalKind,
    /// In words: which training, which position, how much, why.
    pub content: String,
}

/// Proposes something from a result that is out and returns the proposal's id. The reviewer does, or whoever calibrates.
///
/// # Errors
/// User errors about the values, the stage, and for oneself; refusals of permission and reach.
pub async fn propose(
    app: &App,
    call: &Call,
    input: &Propose,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::AppraisalRead;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work
        .once(idempotency_key, "appraisalPropose", input)
        .await?;
    if let Once::Repeated(id) = once {
        return Ok(id);
    }
    let id = input.appraisal_id;
    let row = to_change::<appraisal::Entity>(work.tx(), &call.viewer, permission, id).await?;
    entitled(call, &row)?;
    let cycle = cycle_of(work.tx(), &row).await?;
    if !is_out(cycle.stage) || row.result == 0 {
        return Err(wrong_stage_of("input.appraisalId", cycle.stage).into());
    }
    let mut checks = Checks::default();
    let content = checks.body("input.content", &input.content, BODY);
    checks.ensure(
        !store::waiting(work.tx(), (row.id, input.kind)).await?,
        UserErrorCode::WrongState,
        "input.kind",
        || {
            Text::new(
                "A proposal of this kind from this result waits for a decision.",
                "该结果已有同类建议待审批。",
            )
        },
    );
    checks.done()?;
    let proposal = appraisal_proposal::Model {
        id: new_id(call.at),
        appraisal_id: row.id,
        kind: input.kind,
        content,
        state: AppraisalProposalState::Proposed,
        proposed_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        proposed_by_name: call.viewer.actor.name.clone(),
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        decision: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = proposal.id;
    store::insert(work.tx(), proposal).await?;
    trace(&mut work, id, "appraisal.propose");
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Whoever calibrates proposes about everybody else, a reviewer about whom they judged.
fn entitled(call: &Call, row: &appraisal::Model) -> Result<()> {
    never_oneself(call, row)?;
    if call.viewer.may(Permission::AppraisalCalibrate) {
        return Ok(());
    }
    only_the_reviewer(call, row)?;
    if call.viewer.may(Permission::AppraisalReview) {
        return Ok(());
    }
    let text = Text::new(
        "Proposals are made by reviewers with the permission appraisal.review, or by whoever calibrates.",
        "仅具有 appraisal.review 权限的评价人或校准人可以提出建议。",
    );
    Err(UserError::new(UserErrorCode::RuleViolated, "input.appraisalId", text).into())
}

/// A decision about a proposal.
#[derive(Clone, Debug)]
pub struct Decide {
    /// Which one.
    pub step: Step,
    /// Is it done?
    pub accept: bool,
    /// In the words of who decides; needed when it isn't.
    pub note: Option<String>,
}

/// Decides about a proposal and returns its id.
///
/// # Errors
/// User errors when it was decided already or is one's own; refusals of permission and version.
pub async fn decide(app: &App, call: &Call, input: &Decide) -> Result<Uuid> {
    let permission = Permission::AppraisalProposalDecide;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let id = input.step.id;
    let row =
        to_change::<appraisal_proposal::Entity>(work.tx(), &call.viewer, permission, id).await?;
    expect_version(row.version, input.step.expected_version)?;
    let mut checks = Checks::default();
    let decision = checks.optional_body("input.note", input.note.as_deref(), BODY);
    checks.ensure(
        input.accept || decision.is_some(),
        UserErrorCode::Blank,
        "input.note",
        || Text::new("Say why it is declined.", "未采纳时请说明原因。"),
    );
    checks.ensure(
        row.state == AppraisalProposalState::Proposed,
        UserErrorCode::WrongState,
        "input.id",
        || {
            Text::new(
                "This proposal was decided already; make another one.",
                "该建议已有结论，请重新提出。",
            )
        },
    );
    checks.ensure(
        call.viewer.actor.id != Some(row.proposed_by),
        UserErrorCode::RuleViolated,
        "input.id",
        || {
            Text::new(
                "Whoever proposed doesn't decide; ask a colleague.",
                "提出人不能审批自己的建议。",
            )
        },
    );
    checks.done()?;
    let row = appraisal_proposal::Model {
        state: if input.accept {
            AppraisalProposalState::Accepted
        } else {
            AppraisalProposalState::Declined
        },
        decided_by: call.viewer.actor.id,
        decided_by_name: Some(call.viewer.actor.name.clone()),
        decided_at: Some(call.at),
        decision,
        ..row
    };
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, id, "appraisal.proposal.decide");
    work.commit().await?;
    Ok(id)
}

/// One proposal within reach.
///
/// # Errors
/// When it can't be read or the look can't be logged.
pub async fn proposal(db: &Db, call: &Call, id: Uuid) -> Result<Option<appraisal_proposal::Model>> {
    let read = <appraisal_proposal::Entity as Scoped>::READ;
    let row = find::<appraisal_proposal::Entity>(db.reader(), &call.viewer, read, id).await?;
    look(db, call, row.iter().map(|row| row.id).collect()).await?;
    Ok(row)
}

/// A page of the proposals within reach.
///
/// # Errors
/// `BAD_INPUT` when the cursor isn't one of this list; when the look can't be logged.
pub async fn proposals(
    db: &Db,
    call: &Call,
    filter: &ProposalFilter,
    order: ProposalOrder,
    page: &Page,
    want_total: bool,
) -> Result<Listing<appraisal_proposal::Model>> {
    let listing = list::<appraisal_proposal::Entity>(
        db.reader(),
        &call.viewer,
        filter,
        order,
        page,
        want_total,
        &[],
    )
    .await?;
    let rows = listing.slice.rows.iter();
    look(db, call, rows.map(|row| row.id).collect()).await?;
    Ok(listing)
}

async fn look(db: &Db, call: &Call, seen: Vec<Uuid>) -> Result<()> {
    let entries = seen.into_iter().map(|proposal| audit::Entry {
        action: "appraisal.proposal.read",
        entity_type: "appraisal_proposal",
        entity_id: Some(proposal),
        detail: json!({}),
    });
    note_reads(db, call, entries).await
}

/// The log and the event say which proposal, not about whom or what: they are read by others.
fn trace(work: &mut Work<'_>, id: Uuid, action: &'static str) {
    work.audit(audit::Entry {
        action,
        entity_type: "appraisal_proposal",
        entity_id: Some(id),
        detail: json!({}),
    });
    let payload = json!({ "action": action });
    work.emit(Event::new(work.call().at, PROPOSAL_CHANGED, id, payload));
}
