//! What of awards isn't booked as it should be (账实核对).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDate};
use entity::enums::{IncentiveAccount, IncentiveReason};
use entity::{incentive_award, incentive_posting, incentive_run, incentive_transaction};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::book::expected;
use super::claw_back::by_record;
use crate::customers::{Refunded, refunded_after};
use crate::error::Result;
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
async fn refunds(connection: &impl ConnectionTrait) -> Result<Refunds> {
    let (mut all, mut after) = (Refunds::new(), None);
    loop {
        let some = refunded_after(connection, after, BATCH).await?;
        let Some(last) = some.last() else {
            return Ok(all);
        };
        after = Some(last.payment_id);
        all.extend(by_record(some));
    }
}

/// What of the whole company says on which days and by which refunds entries are booked.
#[derive(Clone, Debug, Default)]
pub struct Behind {
    /// What was refunded.
    pub refunds: Refunds,
    /// From which days on could be booked once months were locked.
    pub opened: BTreeSet<NaiveDate>,
}

/// Reads it.
///
/// # Errors
/// When the database fails.
pub async fn behind(connection: &impl ConnectionTrait) -> Result<Behind> {
    Ok(Behind {
        refunds: refunds(connection).await?,
        opened: store::opened(connection).await?,
    })
}

impl Behind {
    /// Is it booked on the day on which it happened, or on the first one that was open then?
    pub(super) fn is_its_day(&self, booked: NaiveDate, happened: NaiveDate) -> bool {
        booked == happened || booked > happened && self.opened.contains(&booked)
    }

    /// The same for what happened when it was booked: the company's day is at most one off that of universal time.
    fn is_its_own_day(&self, entry: &incentive_transaction::Model) -> bool {
        let made = entry.created_at.date_naive();
        let around = [
            made.checked_sub_days(Days::new(1)),
            Some(made),
            made.succ_opt(),
        ];
        let mut days = around.into_iter().flatten();
        days.any(|day| self.is_its_day(entry.day, day))
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
    given_on: Option<NaiveDate>,
    /// On which days it was awarded and corrected.
    days: BTreeSet<NaiveDate>,
    corrected: BTreeMap<Uuid, i64>,
    claw_backs: Vec<incentive_transaction::Model>,
    unsound: bool,
}

impl Booked {
    fn taken(&self) -> i64 {
        let amounts = self.claw_backs.iter().map(|entry| entry.amount);
        amounts.fold(0_i64, i64::saturating_sub)
    }

    fn chain(&self) -> Vec<(Uuid, i64)> {
        let entries = self.claw_backs.iter();
        entries.map(|entry| (entry.id, entry.amount)).collect()
    }
}

/// The awards of a run, as far as it is booked, of which an entry lacks, says another amount than was awarded or corrected, takes
/// back more than the refunded share or doesn't follow from the one before, is booked on another day, or isn't what its sides say.
///
/// # Errors
/// When the database fails.
pub async fn misbooked(
    connection: &impl ConnectionTrait,
    run: &incentive_run::Model,
    rows: &[incentive_award::Model],
    behind: &Behind,
) -> Result<Vec<Uuid>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut booked = booked(connection, &ids, behind).await?;
    let mut corrected: HashMap<Uuid, BTreeMap<Uuid, i64>> = HashMap::new();
    for row in store::corrections_of(connection, &ids).await? {
        let entry = keys::transaction(row.id, &["correction"]);
        let of = corrected.entry(row.award_id).or_default();
        of.insert(entry, row.amount);
    }
    let mut wrong = BTreeSet::new();
    let last = run.until_day.pred_opt().unwrap_or(run.until_day);
    for row in rows {
        let of = booked.remove(&row.id);
        // A run that isn't booked yet is booked in the order of its awards.
        let is_booked = run.booked_at.is_some() || run.booked_until >= Some(row.id);
        if of.is_none() && !is_booked {
            continue;
        }
        let of = of.unwrap_or_default();
        let corrected = corrected.remove(&row.id).unwrap_or_default();
        let fits = !of.unsound
            && of.award == expected(row, run)?
            && of.given_on.is_none_or(|day| behind.is_its_day(day, last))
            && of.corrected == corrected
            && (0..=share(row, &of, &behind.refunds)).contains(&of.taken())
            && keys::is_chain(row.id, &of.chain())
            && of
                .claw_backs
                .iter()
                .all(|entry| is_due_on(row, &of, behind, entry.day));
        if !fits {
            wrong.insert(row.id);
        }
    }
    Ok(wrong.into_iter().collect())
}

async fn booked(
    connection: &impl ConnectionTrait,
    awards: &[Uuid],
    behind: &Behind,
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
            IncentiveReason::Award => {
                of.unsound |= of.given_on.is_some();
                of.award = of.award.saturating_add(entry.amount);
                of.given_on = Some(entry.day);
                of.days.insert(entry.day);
            }
            IncentiveReason::Correction => {
                of.unsound |= !behind.is_its_own_day(entry);
                of.corrected.insert(entry.id, entry.amount);
                of.days.insert(entry.day);
            }
            IncentiveReason::ClawBack => of.claw_backs.push(entry.clone()),
            IncentiveReason::Payout => of.unsound = true,
        }
    }
    Ok(booked)
}

/// Can something have been taken back of an award on a day: when money was refunded, when it was awarded or corrected, or on the
/// first open day after one of these?
fn is_due_on(row: &incentive_award::Model, of: &Booked, behind: &Behind, day: NaiveDate) -> bool {
    let Some(refund) = behind.refunds.get(&row.subject_id) else {
        return false;
    };
    let Some(first) = refund.days.first() else {
        return false;
    };
    let days = refund.days.iter().chain(&of.days).chain([&row.day]);
    let mut days = days.filter(|happened| *happened >= first && **happened >= row.day);
    days.any(|happened| behind.is_its_day(day, *happened))
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
