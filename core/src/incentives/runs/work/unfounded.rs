//! Entries of the ledger that nothing stands behind, and payouts whose lines come to something else (台账核对).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::enums::{IncentiveReason, IncentiveRunState};
use entity::{incentive_payout, incentive_transaction};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::claw_back;
use super::misbooked::is_sound;
use crate::audit::details_after;
use crate::error::Result;
use crate::incentives::runs::store::{self, Owner};

/// Entries that are looked at by one statement.
const PAGE: u64 = 1_000;

/// Entries of the audit log that are read at once: each names as many claw-backs as were booked together.
const DETAILS: u64 = 20;

/// What isn't as it should be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unfounded {
    /// Entries without an award or a payout behind them, about somebody else's award or one that isn't approved, or of a payout
    /// and not what their sides say; and claw-backs that the audit log names and that are gone.
    pub entries: Vec<Uuid>,
    /// Payouts that say another total, number of members or day than their lines, or aren't there.
    pub payouts: Vec<Uuid>,
}

/// The lines of a payout, or those that take it back: how much of each member, and when.
#[derive(Default)]
struct Side {
    amounts: BTreeMap<Uuid, i64>,
    days: BTreeSet<NaiveDate>,
    twice: bool,
}

impl Side {
    fn add(&mut self, entry: &incentive_transaction::Model) {
        let amount = entry.amount.saturating_abs();
        self.twice |= self.amounts.insert(entry.member_id, amount).is_some();
        self.days.insert(entry.day);
    }

    fn is_on(&self, day: Option<NaiveDate>) -> bool {
        !self.twice && self.days.iter().all(|one| Some(*one) == day)
    }
}

/// Both.
#[derive(Default)]
struct Lines {
    paid: Side,
    back: Side,
}

impl Lines {
    fn add(&mut self, entry: &incentive_transaction::Model) {
        let side = if entry.amount < 0 {
            &mut self.paid
        } else {
            &mut self.back
        };
        side.add(entry);
    }

    /// Are they what the payout says? Taken back, each line has one that undoes it.
    fn fit(&self, payout: &incentive_payout::Model) -> bool {
        let total = self.paid.amounts.values();
        let total = total.fold(0_i64, |sum, amount| sum.saturating_add(*amount));
        let back = if payout.reversed_at.is_some() {
            self.back.amounts == self.paid.amounts
        } else {
            self.back.amounts.is_empty()
        };
        total == payout.total
            && usize::try_from(payout.members).is_ok_and(|of| of == self.paid.amounts.len())
            && self.paid.is_on(Some(payout.booked_on))
            && self.back.is_on(payout.reversed_on)
            && back
    }
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
                    lines.entry(payout).or_default().add(entry);
                    let sides = postings.remove(&entry.id).unwrap_or_default();
                    entry.reason == IncentiveReason::Payout
                        && entry.amount != 0
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
        if !lines.remove(&payout.id).unwrap_or_default().fit(&payout) {
            found.payouts.push(payout.id);
        }
    }
    // Lines whose payout isn't there.
    let mut lost: Vec<Uuid> = lines.into_keys().collect();
    lost.sort_unstable();
    found.payouts.extend(lost);
    found.entries.extend(gone(connection).await?);
    Ok(found)
}

/// The claw-backs that the audit log names and that aren't in the ledger.
async fn gone(connection: &impl ConnectionTrait) -> Result<Vec<Uuid>> {
    let (mut gone, mut after) = (Vec::new(), 0);
    loop {
        let details = details_after(connection, claw_back::ACTION, after, DETAILS).await?;
        let Some((last, _)) = details.last() else {
            return Ok(gone);
        };
        after = *last;
        let named: Vec<Uuid> = details
            .into_iter()
            .filter_map(|(_, mut detail)| {
                // Older versions didn't name them.
                let named = detail.get_mut("transactions")?.take();
                serde_json::from_value::<Vec<Uuid>>(named).ok()
            })
            .flatten()
            .collect();
        for some in named.chunks(1_000) {
            let there = store::there_of(connection, some).await?;
            gone.extend(some.iter().filter(|id| !there.contains(id)));
        }
    }
}

/// Is it about the award's own member, rule and currency?
fn is_of(entry: &incentive_transaction::Model, owner: &Owner) -> bool {
    entry.member_id == owner.member
        && entry.rule_id == Some(owner.rule)
        && Some(&entry.currency) == owner.currency.as_ref()
}
