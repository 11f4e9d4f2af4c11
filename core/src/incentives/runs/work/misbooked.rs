//! What of awards isn't booked as it should be (账实核对).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::enums::{IncentiveAccount, IncentiveReason};
use entity::{
    contract_payment, incentive_award, incentive_posting, incentive_run, incentive_transaction,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::book::expected;
use crate::customers::{Refunded, refunded_after};
use crate::error::Result;
use crate::ids::{Node, encode};
use crate::incentives::rules::ledger;
use crate::incentives::runs::rules::keys;
use crate::incentives::runs::store;

/// Collections or entries that are looked at by one statement.
const BATCH: u64 = 1_000;

/// What was refunded, by the id of the payment as awards name it.
pub type Refunds = HashMap<String, Refunded>;

/// Everything that was refunded until now.
///
/// # Errors
/// When the database fails.
pub async fn refunds(connection: &impl ConnectionTrait) -> Result<Refunds> {
    let (mut all, mut after) = (Refunds::new(), None);
    loop {
        let some = refunded_after(connection, after, BATCH).await?;
        let Some(last) = some.last() else {
            return Ok(all);
        };
        after = Some(last.payment_id);
        let name = |one: &Refunded| encode(contract_payment::Entity::PREFIX, one.payment_id);
        all.extend(some.iter().map(|one| (name(one), *one)));
    }
}

/// Is an entry what its sides say: two of them that make nought, one of what is owed to the member, in the same currency?
pub(super) fn is_sound(
    entry: &incentive_transaction::Model,
    postings: &[incentive_posting::Model],
) -> bool {
    let (other, of) = match entry.reason {
        IncentiveReason::Payout => (IncentiveAccount::Paid, Some(entry.member_id)),
        _ => (IncentiveAccount::Expense, entry.rule_id),
    };
    let amount = i128::from(entry.amount);
    let has = |account: IncentiveAccount, of: Option<Uuid>, amount: i128| {
        postings.iter().any(|side| {
            side.account == account
                && Some(side.account_of) == of
                && i128::from(side.amount) == amount
                && side.currency == entry.currency
        })
    };
    let owed = has(IncentiveAccount::Payable, Some(entry.member_id), -amount);
    postings.len() == 2 && owed && has(other, of, amount)
}

/// What is booked of an award.
#[derive(Default)]
struct Booked {
    award: i64,
    corrected: BTreeMap<Uuid, i64>,
    taken: i64,
    unsound: bool,
}

/// The awards of a booked run of which an entry lacks, says another amount than was awarded or corrected, takes back more than
/// the refunded share, or isn't what its sides say.
///
/// # Errors
/// When the database fails.
pub async fn misbooked(
    connection: &impl ConnectionTrait,
    run: &incentive_run::Model,
    rows: &[incentive_award::Model],
    refunds: &Refunds,
) -> Result<Vec<Uuid>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut booked = booked(connection, &ids).await?;
    let mut corrected: HashMap<Uuid, BTreeMap<Uuid, i64>> = HashMap::new();
    for row in store::corrections_of(connection, &ids).await? {
        let entry = keys::transaction(row.id, &["correction"]);
        let of = corrected.entry(row.award_id).or_default();
        of.insert(entry, row.amount);
    }
    let mut wrong = BTreeSet::new();
    for row in rows {
        let of = booked.remove(&row.id).unwrap_or_default();
        let corrected = corrected.remove(&row.id).unwrap_or_default();
        let fits = !of.unsound
            && of.award == expected(row, run)?
            && of.corrected == corrected
            && (0..=share(row, &of, refunds)).contains(&of.taken);
        if !fits {
            wrong.insert(row.id);
        }
    }
    Ok(wrong.into_iter().collect())
}

async fn booked(
    connection: &impl ConnectionTrait,
    awards: &[Uuid],
) -> Result<HashMap<Uuid, Booked>> {
    let entries = store::entries_of_awards(connection, awards).await?;
    let ids: Vec<Uuid> = entries.iter().map(|entry| entry.id).collect();
    let mut postings = HashMap::new();
    for some in ids.chunks(1_000) {
        postings.extend(store::postings_of(connection, some).await?);
    }
    let mut booked: HashMap<Uuid, Booked> = HashMap::new();
    for entry in &entries {
        let Some(award) = entry.award_id else {
            continue;
        };
        let of = booked.entry(award).or_default();
        let sides = postings.get(&entry.id).map_or(&[][..], Vec::as_slice);
        of.unsound |= !is_sound(entry, sides);
        match entry.reason {
            IncentiveReason::Award => of.award = of.award.saturating_add(entry.amount),
            IncentiveReason::Correction => {
                of.corrected.insert(entry.id, entry.amount);
            }
            IncentiveReason::ClawBack => {
                of.unsound |= entry.amount >= 0;
                of.taken = of.taken.saturating_sub(entry.amount);
            }
            IncentiveReason::Payout => of.unsound = true,
        }
    }
    Ok(booked)
}

/// The most that can have been taken back of an award: its share of all refunds, before anything was corrected downwards.
fn share(row: &incentive_award::Model, of: &Booked, refunds: &Refunds) -> i64 {
    if row.source.as_deref() != Some("payment") {
        return 0;
    }
    let more = of.corrected.values().filter(|amount| **amount > 0);
    let awarded = more.fold(of.award, |sum, amount| sum.saturating_add(*amount));
    refunds.get(&row.subject_id).map_or(0, |refund| {
        ledger::claw_back(ledger::Refunded {
            awarded,
            taken: 0,
            collected: refund.collected,
            refunded: refund.refunded,
        })
    })
}
