//! Entries of the ledger that nothing stands behind, and payouts whose lines come to something else (台账核对).

use std::collections::{BTreeSet, HashMap};

use entity::enums::{IncentiveReason, IncentiveRunState};
use entity::incentive_transaction;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::misbooked::is_sound;
use crate::error::Result;
use crate::incentives::runs::store::{self, Owner};

/// Entries that are looked at by one statement.
const PAGE: u64 = 1_000;

/// What isn't as it should be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unfounded {
    /// Entries without an award or a payout behind them, about somebody else's award or one that isn't approved, or of a payout
    /// and not what their sides say.
    pub entries: Vec<Uuid>,
    /// Payouts that say another total or number of members than their lines.
    pub payouts: Vec<Uuid>,
}

/// The lines of a payout.
#[derive(Default)]
struct Lines {
    total: i64,
    members: BTreeSet<Uuid>,
    count: usize,
}

/// Looks through the whole ledger.
///
/// # Errors
/// When the database fails.
pub async fn unfounded(connection: &impl ConnectionTrait) -> Result<Unfounded> {
    let mut found = Unfounded::default();
    let mut lines: HashMap<Uuid, Lines> = HashMap::new();
    let mut after = None;
    loop {
        let entries = store::entries_after(connection, after, PAGE).await?;
        let Some(last) = entries.last() else {
            break;
        };
        after = Some(last.id);
        let ids: Vec<Uuid> = entries.iter().map(|entry| entry.id).collect();
        let mut postings = store::postings_of(connection, &ids).await?;
        let awards: Vec<Uuid> = entries.iter().filter_map(|entry| entry.award_id).collect();
        let owners = store::owners_of(connection, &awards).await?;
        let runs: BTreeSet<Uuid> = owners.values().map(|owner| owner.run).collect();
        let runs: Vec<Uuid> = runs.into_iter().collect();
        let states = store::states_of(connection, &runs).await?;
        for entry in &entries {
            let founded = match (entry.award_id, entry.payout_id) {
                // Whether its amount is right, the verification of its run says.
                (Some(award), None) => owners.get(&award).is_some_and(|owner| {
                    let state = states.get(&owner.run);
                    state == Some(&IncentiveRunState::Approved) && is_of(entry, owner)
                }),
                (None, Some(payout)) => {
                    let of = lines.entry(payout).or_default();
                    of.total = of.total.saturating_sub(entry.amount);
                    of.members.insert(entry.member_id);
                    of.count += 1;
                    let sides = postings.remove(&entry.id).unwrap_or_default();
                    entry.reason == IncentiveReason::Payout
                        && entry.amount < 0
                        && is_sound(entry, &sides)
                }
                _ => false,
            };
            if !founded {
                found.entries.push(entry.id);
            }
        }
    }
    for payout in store::payouts(connection).await? {
        let of = lines.remove(&payout.id).unwrap_or_default();
        let members = usize::try_from(payout.members).unwrap_or_default();
        if of.total != payout.total || of.count != members || of.members.len() != members {
            found.payouts.push(payout.id);
        }
    }
    Ok(found)
}

/// Is it about the award's own member, rule and currency?
fn is_of(entry: &incentive_transaction::Model, owner: &Owner) -> bool {
    entry.member_id == owner.member
        && entry.rule_id == Some(owner.rule)
        && Some(&entry.currency) == owner.currency.as_ref()
}
