//! Booking what was approved (入账).

use chrono::NaiveDate;
use chrono_tz::Tz;
use entity::enums::IncentiveKind;
use entity::{incentive_award, incentive_posting, incentive_run, incentive_transaction};
use serde_json::json;
use uuid::Uuid;

use super::{claw_back, lost, told, unchanged};
use crate::access::Call;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::ids::{Node, encode};
use crate::incentives::honours::work::of_awards;
use crate::incentives::rules::content::Kind;
use crate::incentives::rules::ledger::{Account, Reason, Transaction, booked_on, check};
use crate::incentives::runs::rules::booking::{Approved, booked, effect};
use crate::incentives::runs::rules::keys;
use crate::incentives::runs::store;
use crate::work::Work;

/// Awards that are booked in one transaction.
const BATCH: u64 = 2_000;

/// Books an approved run, gives the honours among its awards, and takes back what was refunded meanwhile; says how many batches
/// that took. Honours are given on days of the company's time zone.
pub(super) async fn book(db: &Db, zone: Tz, call: &Call, id: Uuid) -> Result<usize> {
    let mut done = 0;
    loop {
        let run = store::run(db.reader(), id).await?;
        let awards = store::awards_after(db.reader(), id, run.booked_until, BATCH).await?;
        let mut work = Work::begin(db, call).await?;
        let now = unchanged(&work, &run).await?.ok_or_else(lost)?;
        if now.booked_at.is_some() {
            return Ok(done);
        }
        let last = awards.last().map(|award| award.id);
        let row = match last {
            None => incentive_run::Model {
                booked_at: Some(call.at),
                ..now
            },
            Some(_) => {
                let open = store::open_from(work.tx()).await?;
                let rows = awards
                    .iter()
                    .filter_map(|award| transaction(award, &run, open, call).transpose())
                    .collect::<Result<Vec<_>>>()?;
                // What was booked before it was cut off is there already.
                store::insert_transactions(work.tx(), rows).await?;
                of_awards(&mut work, &run, zone, &awards).await?;
                incentive_run::Model {
                    booked_until: last,
                    ..now
                }
            }
        };
        store::save(work.tx(), row, call.at).await?;
        if last.is_none() {
            told(&mut work, id, "incentive.run.booked", json!({}));
        }
        work.commit().await?;
        done += 1;
        if last.is_none() {
            claw_back(db, call).await?;
            return Ok(done);
        }
    }
}

/// The entry of an award, booked on the last day of the period or the first open one after it.
fn transaction(
    award: &incentive_award::Model,
    run: &incentive_run::Model,
    open: Option<NaiveDate>,
    call: &Call,
) -> Result<Option<Entry>> {
    let Some(transaction) = plain(award, run, open)? else {
        return Ok(None);
    };
    let about = About {
        id: keys::transaction(award.id, &["award"]),
        member: award.member_id,
        rule: Some(award.rule_id),
        award: Some(award.id),
        payout: None,
        line: None,
        note: None,
    };
    entry(&transaction, about, open, call).map(Some)
}

fn plain(
    award: &incentive_award::Model,
    run: &incentive_run::Model,
    open: Option<NaiveDate>,
) -> Result<Option<Transaction>> {
    let last = run.until_day.pred_opt().unwrap_or(run.until_day);
    let approved = Approved {
        kind: plain_kind(award.kind),
        rule: award.rule_id,
        member: award.member_id,
        currency: award.currency.as_deref(),
        amount: award.amount,
    };
    let reference = encode(incentive_award::Entity::PREFIX, award.id);
    booked(&approved, booked_on(last, open), &reference)
        .map_err(|refusal| Error::internal(format!("{refusal:?}")))
}

/// What the entry of an award changes of what is owed, in minor units; nought when it isn't booked.
pub(super) fn expected(award: &incentive_award::Model, run: &incentive_run::Model) -> Result<i64> {
    let transaction = plain(award, run, None)?;
    Ok(transaction.map_or(0, |transaction| effect(&transaction, award.member_id)))
}

/// A row of the ledger with its postings.
pub type Entry = (incentive_transaction::Model, Vec<incentive_posting::Model>);

/// What a row of the ledger is about.
#[derive(Clone, Debug)]
pub struct About {
    /// Its id, which follows from what it is about.
    pub id: Uuid,
    /// The member.
    pub member: Uuid,
    /// The rule.
    pub rule: Option<Uuid>,
    /// The award.
    pub award: Option<Uuid>,
    /// The payout.
    pub payout: Option<Uuid>,
    /// The number of the line within it.
    pub line: Option<i32>,
    /// Why.
    pub note: Option<String>,
}

/// A transaction as it is stored, if it can be booked.
///
/// # Errors
/// When it isn't balanced or its month is locked: whoever makes one has seen to that before.
pub fn entry(
    transaction: &Transaction,
    about: About,
    open: Option<NaiveDate>,
    call: &Call,
) -> Result<Entry> {
    check(transaction, open).map_err(|refusal| Error::internal(format!("{refusal:?}")))?;
    let currency = transaction
        .postings
        .first()
        .map(|posting| posting.currency.clone())
        .unwrap_or_default();
    let postings = transaction
        .postings
        .iter()
        .zip(0..)
        .map(|(posting, place)| {
            let (account, account_of) = account_of(posting.account);
            incentive_posting::Model {
                transaction_id: about.id,
                place,
                account,
                account_of,
                currency: posting.currency.clone(),
                amount: posting.amount,
            }
        })
        .collect();
    let row = incentive_transaction::Model {
        id: about.id,
        reason: reason_of(transaction.reason),
        day: transaction.day,
        member_id: about.member,
        rule_id: about.rule,
        award_id: about.award,
        payout_id: about.payout,
        reference: transaction.reference.clone(),
        currency,
        amount: effect(transaction, about.member),
        line: about.line,
        note: about.note,
        made_by_name: call.viewer.actor.name.clone(),
        created_at: call.at,
    };
    Ok((row, postings))
}

/// What a rule gives, as rules say it.
const fn plain_kind(kind: IncentiveKind) -> Kind {
    match kind {
        IncentiveKind::Bonus => Kind::Bonus,
        IncentiveKind::Commission => Kind::Commission,
        IncentiveKind::PayAdjustment => Kind::PayAdjustment,
        IncentiveKind::Benefit => Kind::Benefit,
        IncentiveKind::Honour => Kind::Honour,
        IncentiveKind::Promotion => Kind::Promotion,
        IncentiveKind::TrainingPlace => Kind::TrainingPlace,
        IncentiveKind::Deduction => Kind::Deduction,
    }
}

const fn account_of(account: Account) -> (entity::enums::IncentiveAccount, Uuid) {
    use entity::enums::IncentiveAccount::{Expense, Paid, Payable};
    match account {
        Account::Expense(rule) => (Expense, rule),
        Account::Payable(member) => (Payable, member),
        Account::Paid(member) => (Paid, member),
    }
}

const fn reason_of(reason: Reason) -> entity::enums::IncentiveReason {
    use entity::enums::IncentiveReason::{Award, ClawBack, Correction, Payout};
    match reason {
        Reason::Award => Award,
        Reason::Payout => Payout,
        Reason::Correction => Correction,
        Reason::ClawBack => ClawBack,
    }
}
