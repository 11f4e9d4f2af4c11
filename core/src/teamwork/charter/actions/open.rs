//! Opening a proposal for comments, commenting on it, taking it back, putting it to the vote (征求意见、撤回、发起表决).

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{RuleBallotKind, RuleProposalState};
use entity::{rule_comment, rule_elector, rule_proposal};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::about;
use super::propose::own;
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{ApiError, Result, Text, UserErrorCode};
use crate::organisation::circles::members_of_circles;
use crate::organisation::today;
use crate::settings;
use crate::teamwork::PROPOSAL_CHANGED;
use crate::teamwork::charter::rules::life::{Step, next};
use crate::teamwork::charter::scope::circle_of;
use crate::teamwork::charter::store;
use crate::teamwork::common::{NOTE, me, trace, wrong_state};
use crate::teamwork::writes::{insert, insert_all, save};
use crate::work::{Once, Work, expect_version};

const WHAT: (&str, &str) = (PROPOSAL_CHANGED, "rule_proposal");
/// The longest vote in days.
const LONGEST: i64 = 92;

fn step(row: &rule_proposal::Model, step: Step) -> Result<RuleProposalState> {
    next(row.state, step).ok_or_else(|| {
        wrong_state(
            "input.id",
            "A proposal is opened for comments, then voted on; this step isn't the next one.",
            "提案须先征求意见、再表决，当前状态不能执行此步骤。",
        )
        .into()
    })
}

/// Opens one's own draft for comments, and returns its id.
///
/// # Errors
/// A user error about the state; refusals of permission and version.
pub async fn proposal_open(
    app: &App,
    call: &Call,
    id: Uuid,
    expected_version: i32,
) -> Result<Uuid> {
    let mut work = Work::begin(&app.db, call).await?;
    let row = own(&work, id, expected_version).await?;
    let state = step(&row, Step::Open)?;
    let row = rule_proposal::Model {
        state,
        opened_at: Some(call.at),
        ..row
    };
    let detail = about(&row);
    save(work.tx(), row, call.at).await?;
    trace(&mut work, WHAT, id, "rule.proposal.open", detail);
    work.commit().await?;
    Ok(id)
}

/// A proposal to take back.
#[derive(Clone, Debug)]
pub struct ProposalWithdraw {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// Why.
    pub reason: String,
}

/// Takes one's own proposal back before it is voted on, and returns its id.
///
/// # Errors
/// User errors about state and reason; refusals of permission and version.
pub async fn proposal_withdraw(app: &App, call: &Call, input: &ProposalWithdraw) -> Result<Uuid> {
    let mut work = Work::begin(&app.db, call).await?;
    let row = own(&work, input.id, input.expected_version).await?;
    let state = step(&row, Step::Withdraw)?;
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", &input.reason, NOTE);
    checks.done()?;
    let detail = json!({ "from": row.state, "reason": reason });
    let row = rule_proposal::Model {
        state,
        closed_at: Some(call.at),
        note: Some(reason),
        ..row
    };
    save(work.tx(), row, call.at).await?;
    trace(&mut work, WHAT, input.id, "rule.proposal.withdraw", detail);
    work.commit().await?;
    Ok(input.id)
}

/// Something to say about a proposal.
#[derive(Clone, Debug, Serialize)]
pub struct CommentAdd {
    /// The proposal.
    pub proposal_id: Uuid,
    /// What.
    pub body: String,
}

/// Says something about a proposal that is open for comments, and returns the proposal's id.
///
/// # Errors
/// User errors about text and state; refusals of permission.
pub async fn comment_add(
    app: &App,
    call: &Call,
    input: &CommentAdd,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let me = me(call, Permission::TeamRuleVote)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "ruleCommentAdd", input).await? {
        return Ok(id);
    }
    let (viewer, read) = (&call.viewer, Permission::TeamRuleRead);
    let row = find::<rule_proposal::Entity>(work.tx(), viewer, read, input.proposal_id).await?;
    let row = row.ok_or_else(ApiError::not_found)?;
    if row.state != RuleProposalState::Commenting {
        return Err(wrong_state(
            "input.proposalId",
            "Comments are taken from the opening of a proposal until the vote begins.",
            "仅在征求意见期间可发表意见。",
        )
        .into());
    }
    let mut checks = Checks::default();
    let body = checks.body("input.body", &input.body, NOTE);
    checks.done()?;
    let comment = rule_comment::Model {
        id: new_id(call.at),
        proposal_id: row.id,
        author_id: me,
        author_name: viewer.actor.name.clone(),
        body,
        created_at: call.at,
    };
    let detail = json!({ "comment": comment.id });
    insert(work.tx(), comment).await?;
    trace(&mut work, WHAT, row.id, "rule.proposal.comment", detail);
    work.done(row.id).await?;
    work.commit().await?;
    Ok(row.id)
}

/// A proposal to put to the vote.
#[derive(Clone, Debug)]
pub struct VoteBegin {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// Until when, exclusive; as long as the setting says when nothing is said.
    pub until: Option<DateTime<Utc>>,
}

/// Puts a proposal to the vote: whoever is in its circle today may vote. Returns its id.
///
/// # Errors
/// User errors about state, time and number of voters; refusals of permission, reach and version.
pub async fn vote_begin(app: &App, call: &Call, input: &VoteBegin) -> Result<Uuid> {
    let permission = Permission::TeamRuleManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let row =
        to_change::<rule_proposal::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(row.version, input.expected_version)?;
    let state = step(&row, Step::Vote)?;
    let days = settings::read(work.tx(), &settings::RULE_VOTE_DAYS).await?;
    let until = input.until.unwrap_or(call.at + TimeDelta::days(days));
    let mut checks = Checks::default();
    let last = call.at + TimeDelta::days(LONGEST);
    checks.ensure(
        until >= call.at + TimeDelta::hours(1) && until <= last,
        UserErrorCode::Invalid,
        "input.until",
        || {
            Text::new(
                format!("A vote lasts an hour at least and {LONGEST} days at most."),
                format!("表决时间须为 1 小时至 {LONGEST} 天。"),
            )
        },
    );
    let circle = circle_of(&row);
    let mut members = members_of_circles(work.tx(), &[circle], today(call)).await?;
    let members = members.remove(&circle).unwrap_or_default();
    let secret = row.ballot == RuleBallotKind::Secret;
    let minimum = if secret {
        settings::read(work.tx(), &settings::RULE_SECRET_MINIMUM).await?
    } else {
        1
    };
    let electors = i32::try_from(members.len()).unwrap_or(i32::MAX);
    checks.ensure(
        i64::from(electors) >= minimum,
        UserErrorCode::RuleViolated,
        "input.id",
        || {
            Text::new(
                format!("Only {electors} may vote, and such a vote needs {minimum} at least; let the proposer choose an open vote or a larger circle."),
                format!("有表决权者仅 {electors} 人，此类表决至少需要 {minimum} 人，请由提案人改为记名表决或扩大范围。"),
            )
        },
    );
    checks.done()?;
    let rows = members.into_iter().map(|member_id| rule_elector::Model {
        id: new_id(call.at),
        proposal_id: row.id,
        member_id,
    });
    insert_all(work.tx(), rows.collect()).await?;
    let row = rule_proposal::Model {
        state,
        voting_from: Some(call.at),
        voting_until: Some(until),
        electors: Some(electors),
        ..row
    };
    let detail = json!({ "until": until, "electors": electors });
    save(work.tx(), row, call.at).await?;
    trace(&mut work, WHAT, input.id, "rule.vote.begin", detail);
    work.commit().await?;
    Ok(input.id)
}

/// Used by the round that ends votes.
pub(super) async fn locked(work: &Work<'_>, id: Uuid) -> Result<Option<rule_proposal::Model>> {
    let row = store::lock(work.tx(), id).await?;
    Ok(row.filter(|row| row.state == RuleProposalState::Voting))
}
