//! Taking back the share of awards whose money was refunded (追回).

use std::collections::HashMap;

use entity::enums::{IncentiveKind, IncentiveReason};
use entity::{contract_payment, incentive_award, incentive_rule_version};
use serde_json::json;
use uuid::Uuid;

use super::book::{About, Entry, entry};
use crate::access::Call;
use crate::audit;
use crate::customers::{Refunded, refunded_after};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::ids::{Node, encode};
use crate::incentives::definitions::content_of;
use crate::incentives::definitions::store::versions_by_ids;
use crate::incentives::rules::content::OnRefund;
use crate::incentives::rules::ledger::{self, Booking, booked_on};
use crate::incentives::runs::rules::keys;
use crate::incentives::runs::store;
use crate::work::Work;

/// Collections that are looked at in one transaction.
const BATCH: u64 = 200;

/// Takes back what is due of all booked awards, and says how many entries that took. What was taken before is known from the
/// ledger, so that it can be asked for at any time.
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
        taken += some(db, call, &refunded).await?;
    }
}

async fn some(db: &Db, call: &Call, refunded: &[Refunded]) -> Result<usize> {
    let by_record: HashMap<String, &Refunded> = refunded
        .iter()
        .map(|one| {
            (
                encode(contract_payment::Entity::PREFIX, one.payment_id),
                one,
            )
        })
        .collect();
    let records: Vec<String> = by_record.keys().cloned().collect();
    let mut work = Work::begin(db, call).await?;
    // What was taken before is read below: of two at once the second one waits here.
    work.next("incentive_runs").await?;
    let awards = store::awards_of_records(work.tx(), "payment", &records).await?;
    if awards.is_empty() {
        return Ok(0);
    }
    let ids: Vec<Uuid> = awards.iter().map(|award| award.id).collect();
    let net = store::net_of_awards(work.tx(), &ids).await?;
    let kept = kept(&work, &awards).await?;
    let open = store::open_from(work.tx()).await?;
    let mut rows: Vec<Entry> = Vec::new();
    for award in &awards {
        let Some(refund) = by_record.get(&award.subject_id) else {
            continue;
        };
        if kept.contains(&award.version_id) || award.kind == IncentiveKind::Deduction {
            continue;
        }
        let of = |reason| net.get(&(award.id, reason)).copied().unwrap_or(0);
        // What isn't booked can't be taken back.
        let awarded = of(IncentiveReason::Award) + of(IncentiveReason::Correction);
        let taken = -of(IncentiveReason::ClawBack);
        let due = ledger::claw_back(ledger::Refunded {
            awarded,
            taken,
            collected: refund.collected,
            refunded: refund.refunded,
        });
        if due > 0 {
            rows.push(taken_back(award, refund, (taken, due), open, call)?);
        }
    }
    let count = rows.len();
    if count == 0 {
        return Ok(0);
    }
    store::insert_transactions(work.tx(), rows).await?;
    work.audit(audit::Entry {
        action: "incentive.clawback",
        entity_type: "incentive_transaction",
        entity_id: None,
        detail: json!({ "entries": count }),
    });
    work.commit().await?;
    Ok(count)
}

/// The versions whose awards stay although the money goes.
async fn kept(work: &Work<'_>, awards: &[incentive_award::Model]) -> Result<Vec<Uuid>> {
    let mut versions: Vec<Uuid> = awards.iter().map(|award| award.version_id).collect();
    versions.sort_unstable();
    versions.dedup();
    let rows: Vec<incentive_rule_version::Model> = versions_by_ids(work.tx(), &versions).await?;
    let mut kept = Vec::new();
    for row in &rows {
        if content_of(row)?.on_refund == OnRefund::Keep {
            kept.push(row.id);
        }
    }
    Ok(kept)
}

fn taken_back(
    award: &incentive_award::Model,
    refund: &Refunded,
    (taken, due): (i64, i64),
    open: Option<chrono::NaiveDate>,
    call: &Call,
) -> Result<Entry> {
    let reference = encode(contract_payment::Entity::PREFIX, refund.payment_id);
    let booking = Booking {
        rule: award.rule_id,
        member: award.member_id,
        currency: award.currency.as_deref().unwrap_or_default(),
        amount: due,
        day: booked_on(refund.last_on.max(award.day), open),
        reference: &reference,
    };
    let transaction = booking
        .claw_back()
        .map_err(|refusal| Error::internal(format!("{refusal:?}")))?;
    // What is taken in all only ever grows, so that no two entries of an award have the same id.
    let all = taken.saturating_add(due).to_string();
    let about = About {
        id: keys::transaction(award.id, &["claw_back", &all]),
        member: award.member_id,
        rule: Some(award.rule_id),
        award: Some(award.id),
        payout: None,
        note: None,
    };
    entry(&transaction, about, open, call)
}
