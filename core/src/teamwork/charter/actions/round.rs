//! Ending votes whose time is over (计票).

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entity::enums::{RuleBallotKind, RuleProposalKind, RuleVoteOutcome};
use entity::{rule_proposal, team_rule, team_rule_version};
use serde_json::json;
use uuid::Uuid;

use super::open::locked;
use crate::access::Call;
use crate::db::{Db, new_id};
use crate::error::{ApiError, Error, Result};
use crate::settings;
use crate::teamwork::charter::rules::life::{Step, holds_from, next};
use crate::teamwork::charter::rules::vote::{Tally, Terms, outcome, shows_figures};
use crate::teamwork::charter::store::{self, ballots};
use crate::teamwork::common::trace;
use crate::teamwork::writes::{insert, save};
use crate::teamwork::{PROPOSAL_CHANGED, RULE_CHANGED};
use crate::work::Work;

/// How many votes a round ends at most.
const AT_ONCE: u64 = 50;

/// Ends the votes whose time is over; says how many.
///
/// # Errors
/// When the database fails; what was ended before stays so.
pub async fn round(db: &Db, zone: Tz, now: DateTime<Utc>) -> Result<usize> {
    let due = store::due(db.reader(), now, AT_ONCE).await?;
    let mut ended = 0;
    for id in due {
        ended += usize::from(end(db, zone, now, id).await?);
    }
    Ok(ended)
}

/// Counts the ballots of a vote and does what they say; false when somebody else has.
async fn end(db: &Db, zone: Tz, now: DateTime<Utc>, id: Uuid) -> Result<bool> {
    let call = Call::system(now, "rules");
    let mut work = Work::begin(db, &call).await?;
    let row = locked(&work, id).await?;
    let Some(row) = row.filter(|row| row.voting_until.is_some_and(|until| until <= now)) else {
        return Ok(false);
    };
    let tally = Tally::of(&ballots::take(work.tx(), row.id, row.ballot).await?);
    let terms = Terms {
        electors: i64::from(row.electors.unwrap_or(0)),
        quorum_percent: i64::from(row.quorum_percent),
        majority_percent: i64::from(row.majority_percent),
    };
    let outcome = outcome(terms, tally);
    let step = if outcome == RuleVoteOutcome::Adopted {
        Step::Adopt
    } else {
        Step::Reject
    };
    let state =
        next(row.state, step).ok_or_else(|| Error::internal("a vote that can't be ended"))?;
    let minimum = settings::read(work.tx(), &settings::RULE_SECRET_MINIMUM).await?;
    let secret = row.ballot == RuleBallotKind::Secret;
    let shown = shows_figures(secret, true, tally.ballots(), minimum);
    let figure = |count: i64| shown.then(|| i32::try_from(count).unwrap_or(i32::MAX));
    let mut after = rule_proposal::Model {
        state,
        yes: figure(tally.yes),
        no: figure(tally.no),
        abstain: figure(tally.abstain),
        outcome: Some(outcome),
        closed_at: Some(now),
        ..row
    };
    if outcome == RuleVoteOutcome::Adopted {
        let today = now.with_timezone(&zone).date_naive();
        after.in_force_from = holds_from(after.in_force_from, today);
        after.rule_id = Some(adopt(&mut work, &after).await?);
    }
    let detail = json!({
        "outcome": outcome,
        "electors": after.electors,
        "yes": after.yes,
        "no": after.no,
        "abstain": after.abstain,
    });
    save(work.tx(), after, now).await?;
    let what = (PROPOSAL_CHANGED, "rule_proposal");
    trace(&mut work, what, id, "rule.vote.end", detail);
    work.commit().await?;
    Ok(true)
}

/// Makes an adopted proposal a version of its rule, or the rule's end; returns the rule. What is decided later counts: a
/// new text brings a repealed rule back.
async fn adopt(work: &mut Work<'_>, proposal: &rule_proposal::Model) -> Result<Uuid> {
    let at = work.call().at;
    let before = match proposal.rule_id {
        Some(id) => Some(
            store::lock_rule(work.tx(), id)
                .await?
                .ok_or_else(ApiError::not_found)?,
        ),
        None => None,
    };
    let number = before.as_ref().map_or(0, |rule| rule.current);
    let (id, action) = match before {
        Some(rule) if proposal.kind == RuleProposalKind::Repeal => {
            let id = rule.id;
            let rule = team_rule::Model {
                repealed_from: Some(proposal.in_force_from),
                ..rule
            };
            save(work.tx(), rule, at).await?;
            (id, "rule.repeal")
        }
        Some(rule) => {
            let id = rule.id;
            let rule = team_rule::Model {
                title: proposal.title.clone(),
                current: number + 1,
                repealed_from: None,
                ..rule
            };
            save(work.tx(), rule, at).await?;
            (id, "rule.change")
        }
        None => {
            let id = new_id(at);
            let rule = team_rule::Model {
                id,
                circle: proposal.circle,
                department_id: proposal.department_id,
                team_id: proposal.team_id,
                title: proposal.title.clone(),
                current: 1,
                repealed_from: None,
                version: 1,
                created_at: at,
                updated_at: at,
            };
            insert(work.tx(), rule).await?;
            (id, "rule.adopt")
        }
    };
    if proposal.kind != RuleProposalKind::Repeal {
        let version = team_rule_version::Model {
            id: new_id(at),
            rule_id: id,
            number: number + 1,
            title: proposal.title.clone(),
            body: proposal.body.clone(),
            proposal_id: proposal.id,
            in_force_from: proposal.in_force_from,
            created_at: at,
        };
        insert(work.tx(), version).await?;
    }
    let detail = json!({ "proposal": proposal.id, "from": proposal.in_force_from });
    trace(work, (RULE_CHANGED, "team_rule"), id, action, detail);
    Ok(id)
}
