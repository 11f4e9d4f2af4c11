//! Voting (投票): one vote each, which can be changed until the end.

use entity::enums::{RuleBallotKind, RuleProposalState, RuleVoteChoice};
use entity::rule_proposal;
use serde_json::json;
use uuid::Uuid;

use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::error::{ApiError, Result, Text, UserError, UserErrorCode};
use crate::teamwork::PROPOSAL_CHANGED;
use crate::teamwork::charter::store::{self, ballots};
use crate::teamwork::common::{me, trace, unnamed, wrong_state};
use crate::work::{Work, expect_version};

/// A vote.
#[derive(Clone, Copy, Debug)]
pub struct VoteCast {
    /// The proposal.
    pub id: Uuid,
    /// Its version as it was seen: one votes on what one has read.
    pub expected_version: i32,
    /// How.
    pub choice: RuleVoteChoice,
}

/// Votes, or changes one's vote, and returns the proposal's id. The log of a secret vote has neither the choice nor who
/// made it.
///
/// # Errors
/// User errors when there is no vote or none for this member; refusals of permission and version.
pub async fn vote_cast(app: &App, call: &Call, input: VoteCast) -> Result<Uuid> {
    let me = me(call, Permission::TeamRuleVote)?;
    let (viewer, read) = (&call.viewer, Permission::TeamRuleRead);
    let seen = find::<rule_proposal::Entity>(app.db.reader(), viewer, read, input.id).await?;
    let seen = seen.ok_or_else(ApiError::not_found)?;
    // How it is voted on doesn't change any more once there is something to vote on.
    let secret = seen.ballot == RuleBallotKind::Secret;
    let quiet = unnamed(call);
    let mut work = Work::begin(&app.db, if secret { &quiet } else { call }).await?;
    let row = store::lock(work.tx(), input.id).await?;
    let row = row.ok_or_else(ApiError::not_found)?;
    expect_version(row.version, input.expected_version)?;
    if row.state != RuleProposalState::Voting
        || row.voting_until.is_none_or(|until| call.at >= until)
    {
        return Err(wrong_state(
            "input.id",
            "There is no vote on this proposal now.",
            "该提案当前不在表决期内。",
        )
        .into());
    }
    if !ballots::is_elector(work.tx(), row.id, me).await? {
        let text = Text::new(
            "Those vote who were in its circle on the day on which the vote began.",
            "仅表决开始当日属于适用范围的成员可投票。",
        );
        return Err(UserError::new(UserErrorCode::RuleViolated, "input.id", text).into());
    }
    ballots::cast(work.tx(), row.id, me, input.choice, call.at).await?;
    let detail = if secret {
        json!({})
    } else {
        json!({ "choice": input.choice })
    };
    let what = (PROPOSAL_CHANGED, "rule_proposal");
    trace(&mut work, what, row.id, "rule.vote.cast", detail);
    work.commit().await?;
    Ok(row.id)
}
