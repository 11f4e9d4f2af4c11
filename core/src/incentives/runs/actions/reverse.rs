//! Taking back a payout that was made in error (冲销发放批次).

use chrono::NaiveDate;
use entity::{incentive_payout, incentive_transaction};
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, told, wrong_state};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Error, Result};
use crate::ids::{Node, encode};
use crate::incentives::rules::ledger::{self, booked_on};
use crate::incentives::runs::rules::keys;
use crate::incentives::runs::work::{About, Entry, entry};
use crate::incentives::runs::{PAYOUT_REVERSED, store};
use crate::organisation::today;
use crate::work::Work;

/// Which payout.
#[derive(Clone, Debug)]
pub struct Reverse {
    /// Which one.
    pub id: Uuid,
    /// Why.
    pub reason: String,
}

/// Takes a payout back as a whole, and returns its id: what was paid is owed again. It is booked today, or on the first open day; its
/// lines stay.
///
/// # Errors
/// User errors about the reason, and when it was taken back already; refusals of permission.
pub async fn payout_reverse(app: &App, call: &Call, input: &Reverse) -> Result<Uuid> {
    let permission = Permission::IncentivePayout;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    // What is booked or paid at the same time waits, or is waited for.
    work.next("incentive_runs").await?;
    let row = to_change::<incentive_payout::Entity>(work.tx(), &call.viewer, permission, input.id)
        .await?;
    if row.reversed_at.is_some() {
        return Err(wrong_state(
            "This payout was taken back already.",
            "该发放批次已冲销。",
        ));
    }
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", &input.reason, BODY);
    checks.done()?;
    let open = store::open_from(work.tx()).await?;
    let day = booked_on(today(call).max(row.booked_on), open);
    let rows = store::lines_of(work.tx(), row.id)
        .await?
        .iter()
        .map(|line| undone(line, &reason, (day, open), call))
        .collect::<Result<Vec<_>>>()?;
    store::insert_new(work.tx(), rows).await?;
    let id = row.id;
    let detail = json!({ "number": row.number, "currency": row.currency, "reason": reason });
    let row = incentive_payout::Model {
        reversed_at: Some(call.at),
        reversed_on: Some(day),
        reversed_by_name: Some(call.viewer.actor.name.clone()),
        reversal_reason: Some(reason),
        ..row
    };
    store::save(work.tx(), row, call.at).await?;
    let names = ("incentive.payout.reverse", PAYOUT_REVERSED);
    told(&mut work, names, ("incentive_payout", id), detail);
    work.commit().await?;
    Ok(id)
}

/// The entry that undoes a line of a payout.
fn undone(
    line: &incentive_transaction::Model,
    reason: &str,
    (day, open): (NaiveDate, Option<NaiveDate>),
    call: &Call,
) -> Result<Entry> {
    let payout = line
        .payout_id
        .ok_or_else(|| Error::internal("a line without a payout"))?;
    let reference = encode(incentive_payout::Entity::PREFIX, payout);
    let (member, amount) = (line.member_id, line.amount.saturating_neg());
    let transaction = ledger::payout_reversed(member, &line.currency, amount, day, &reference)
        .map_err(|refusal| Error::internal(format!("{refusal:?}")))?;
    let about = About {
        id: keys::transaction(payout, &["payout_reversed", &member.to_string()]),
        member,
        rule: None,
        award: None,
        payout: Some(payout),
        line: line.line,
        note: Some(reason.to_owned()),
    };
    entry(&transaction, about, open, call)
}
