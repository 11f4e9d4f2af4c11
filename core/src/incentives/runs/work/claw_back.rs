//! Taking back the share of awards whose money was refunded (追回), and giving back what was taken too much.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::enums::{IncentiveKind, IncentiveReason};
use entity::{contract_payment, incentive_award, incentive_rule_version, incentive_transaction};
use serde_json::json;
use uuid::Uuid;

use super::book::{About, Entry, entry};
use super::misbooked::Refunds;
use crate::access::Call;
use crate::audit;
use crate::customers::{Refunded, refunded_after, refunded_of};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::ids::{Node, decode, encode};
use crate::incentives::definitions::content_of;
use crate::incentives::definitions::store::versions_by_ids;
use crate::incentives::rules::content::OnRefund;
use crate::incentives::rules::ledger::{self, Booking, booked_on};
use crate::incentives::runs::rules::keys;
use crate::incentives::runs::store;
use crate::work::Work;

/// Collections that are looked at in one transaction.
const BATCH: u64 = 200;
/// What the audit log calls it.
pub(super) const ACTION: &str = "incentive.clawback";

/// Takes back what is due of all booked awards, gives back what was taken too much, and says how many entries that took. What was
/// taken before is known from the ledger, so that it can be asked for at any time.
///
/// # Errors
/// When the database fails.
pub async fn claw_back(db: &Db, call: &Call) -> Result<usize> {
    let (mut after, mut taken) = (None, 0);
    loop {
        let refunded = refunded_after(db.reader(), after, BATCH).await?;
        let Some(last) = refunded.last() else {
            return Ok(taken);
        };
        after = Some(last.payment_id);
        taken += some(db, call, refunded).await?;
    }
}

async fn some(db: &Db, call: &Call, refunded: Vec<Refunded>) -> Result<usize> {
    let refunds = by_record(refunded);
    let records: Vec<String> = refunds.keys().cloned().collect();
    let mut work = Work::begin(db, call).await?;
    // What was taken before is read below: of two at once the second one waits here.
    work.next("incentive_runs").await?;
    let awards = store::awards_of_records(work.tx(), "payment", &records).await?;
    let count = shared(&mut work, &awards, &refunds).await?;
    if count > 0 {
        work.commit().await?;
    }
    Ok(count)
}

/// Shares one award anew that was corrected in this transaction, so that it doesn't matter whether the refund or the correction comes
/// first. Whoever asks holds the counter of the runs.
///
/// # Errors
/// When the database fails.
pub async fn share_anew(work: &mut Work<'_>, award: &incentive_award::Model) -> Result<()> {
    if award.source.as_deref() != Some("payment") {
        return Ok(());
    }
    let Ok((_, payment)) = decode(&award.subject_id) else {
        return Ok(());
    };
    let refunds = by_record(refunded_of(work.tx(), &[payment]).await?);
    shared(work, std::slice::from_ref(award), &refunds).await?;
    Ok(())
}

/// What was refunded, by the id of the payment as awards name it.
pub(super) fn by_record(refunded: Vec<Refunded>) -> Refunds {
    let name = |one: &Refunded| encode(contract_payment::Entity::PREFIX, one.payment_id);
    refunded.into_iter().map(|one| (name(&one), one)).collect()
}

/// Books what is due of these awards, and says how many entries that took.
async fn shared(
    work: &mut Work<'_>,
    awards: &[incentive_award::Model],
    refunds: &Refunds,
) -> Result<usize> {
    if awards.is_empty() || refunds.is_empty() {
        return Ok(0);
    }
    let ids: Vec<Uuid> = awards.iter().map(|award| award.id).collect();
    let mut booked: HashMap<Uuid, Vec<incentive_transaction::Model>> = HashMap::new();
    for entry in store::entries_of_awards(work.tx(), &ids).await? {
        if let Some(award) = entry.award_id {
            booked.entry(award).or_default().push(entry);
        }
    }
    let kept = kept(work, awards).await?;
    let open = store::open_from(work.tx()).await?;
    let mut rows: Vec<Entry> = Vec::new();
    for award in awards {
        let (Some(refund), Some(entries)) = (refunds.get(&award.subject_id), booked.get(&award.id))
        else {
            continue;
        };
        // What isn't booked can't be taken back.
        if kept.contains(&award.version_id) || award.kind == IncentiveKind::Deduction {
            continue;
        }
        let so_far = SoFar::of(entries);
        let due = so_far.due(refund);
        if due != 0 {
            rows.push(taken_back(
                award,
                refund,
                (&so_far, due),
                open,
                work.call(),
            )?);
        }
    }
    let count = rows.len();
    if count == 0 {
        return Ok(0);
    }
    // The log names them, so that one that is gone is missed.
    let transactions: Vec<Uuid> = rows.iter().map(|(row, _)| row.id).collect();
    store::insert_new(work.tx(), rows).await?;
    work.audit(audit::Entry {
        action: ACTION,
        entity_type: "incentive_transaction",
        entity_id: None,
        detail: json!({ "entries": count, "transactions": transactions }),
    });
    Ok(count)
}

/// What is booked of an award.
struct SoFar {
    /// Awarded and corrected.
    awarded: i64,
    /// Taken back, less what came back.
    taken: i64,
    /// How many entries that were.
    times: usize,
    /// The last day on which it was awarded or corrected.
    last_on: Option<NaiveDate>,
}

impl SoFar {
    fn of(entries: &[incentive_transaction::Model]) -> Self {
        let (back, given): (Vec<_>, Vec<_>) = entries
            .iter()
            .partition(|entry| entry.reason == IncentiveReason::ClawBack);
        let sum = |rows: &[&incentive_transaction::Model]| {
            rows.iter()
                .fold(0_i64, |sum, row| sum.saturating_add(row.amount))
        };
        Self {
            awarded: sum(&given),
            taken: sum(&back).saturating_neg(),
            times: back.len(),
            last_on: given.iter().map(|entry| entry.day).max(),
        }
    }

    /// What is to be taken back; below nought when too much was.
    fn due(&self, refund: &Refunded) -> i64 {
        ledger::claw_back(ledger::Refunded {
            awarded: self.awarded,
            taken: self.taken,
            collected: refund.collected,
            refunded: refund.refunded,
        })
    }
}

/// The versions whose awards stay although the money goes.
async fn kept(work: &Work<'_>, awards: &[incentive_award::Model]) -> Result<BTreeSet<Uuid>> {
    let versions: BTreeSet<Uuid> = awards.iter().map(|award| award.version_id).collect();
    let versions: Vec<Uuid> = versions.into_iter().collect();
    let rows: Vec<incentive_rule_version::Model> = versions_by_ids(work.tx(), &versions).await?;
    let mut kept = BTreeSet::new();
    for row in &rows {
        if content_of(row)?.on_refund == OnRefund::Keep {
            kept.insert(row.id);
        }
    }
    Ok(kept)
}

fn taken_back(
    award: &incentive_award::Model,
    refund: &Refunded,
    (so_far, due): (&SoFar, i64),
    open: Option<NaiveDate>,
    call: &Call,
) -> Result<Entry> {
    let reference = encode(contract_payment::Entity::PREFIX, refund.payment_id);
    // Never before there was something to take it from.
    let happened = [refund.last_on(), so_far.last_on]
        .into_iter()
        .flatten()
        .fold(award.day, NaiveDate::max);
    let booking = Booking {
        rule: award.rule_id,
        member: award.member_id,
        currency: award.currency.as_deref().unwrap_or_default(),
        amount: due.saturating_abs(),
        day: booked_on(happened, open),
        reference: &reference,
    };
    let transaction = booking
        .claw_back(due < 0)
        .map_err(|refusal| Error::internal(format!("{refusal:?}")))?;
    let about = About {
        id: keys::claw_back(award.id, so_far.taken.saturating_add(due), so_far.times + 1),
        member: award.member_id,
        rule: Some(award.rule_id),
        award: Some(award.id),
        payout: None,
        line: None,
        note: None,
    };
    entry(&transaction, about, open, call)
}
