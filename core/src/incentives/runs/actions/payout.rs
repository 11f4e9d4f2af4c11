//! Handing to payroll what is owed (发放).

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::incentive_payout;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{actor, told};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Error, Result, Text, UserErrorCode};
use crate::ids::{Node, encode};
use crate::incentives::rules::ledger::{self, booked_on};
use crate::incentives::rules::value::is_currency;
use crate::incentives::runs::rules::keys;
use crate::incentives::runs::work::{About, Entry, entry};
use crate::incentives::runs::{PAYOUT_MADE, store};
use crate::organisation::{numbers_of, today};
use crate::work::{Once, Work};

/// The most characters of a name.
const NAME: usize = 100;

/// What is paid.
#[derive(Clone, Debug, Serialize)]
pub struct Pay {
    /// What it is called.
    pub name: String,
    /// In which currency.
    pub currency: String,
    /// Entries before this day are paid.
    pub until: NaiveDate,
}

/// Hands to payroll what is owed to each member by entries before a day, and returns the payout's id. What was taken back since is
/// left out: nobody is paid more than is owed.
///
/// # Errors
/// User errors about the values, and when nothing is owed; refusals of permission.
pub async fn payout(
    app: &App,
    call: &Call,
    input: &Pay,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::IncentivePayout)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work
        .once(idempotency_key, "incentivePayoutMake", input)
        .await?;
    if let Once::Repeated(id) = once {
        return Ok(id);
    }
    // What is booked or taken back at the same time waits, or is waited for.
    work.next("incentive_runs").await?;
    let number = work.next("incentive_payouts").await?;
    let mut checks = Checks::default();
    let name = checks.text("input.name", &input.name, NAME);
    checks.ensure(
        is_currency(&input.currency),
        UserErrorCode::Invalid,
        "input.currency",
        || Text::new("Give a currency by ISO 4217.", "请填写 ISO 4217 币种。"),
    );
    let owed = if is_currency(&input.currency) {
        owed(&work, input).await?
    } else {
        Vec::new()
    };
    checks.ensure(
        !owed.is_empty() || !is_currency(&input.currency),
        UserErrorCode::RuleViolated,
        "input.until",
        || {
            Text::new(
                "Nothing is owed to anybody in that currency by then.",
                "截至该日该币种没有应付金额。",
            )
        },
    );
    checks.done()?;
    let open = store::open_from(work.tx()).await?;
    let day = booked_on(today(call), open);
    let id = new_id(call.at);
    let total = owed
        .iter()
        .fold(0_i64, |sum, (_, amount)| sum.saturating_add(*amount));
    let row = incentive_payout::Model {
        id,
        number: i32::try_from(number).unwrap_or(i32::MAX),
        name,
        currency: input.currency.clone(),
        until_day: input.until,
        booked_on: day,
        members: i32::try_from(owed.len()).unwrap_or(i32::MAX),
        total,
        made_by: actor(call),
        made_by_name: call.viewer.actor.name.clone(),
        created_at: call.at,
        reversed_at: None,
        reversed_on: None,
        reversed_by_name: None,
        reversal_reason: None,
    };
    let detail = json!({ "number": number, "currency": input.currency, "members": owed.len() });
    store::insert(work.tx(), row).await?;
    let rows = owed
        .iter()
        .zip(1..)
        .map(|(one, number)| line((id, number), input, *one, (day, open), call))
        .collect::<Result<Vec<_>>>()?;
    store::insert_new(work.tx(), rows).await?;
    let names = ("incentive.payout.make", PAYOUT_MADE);
    told(&mut work, names, ("incentive_payout", id), detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Whom how much is paid, by the members' numbers: what is owed by then, but not more than is owed now.
async fn owed(work: &Work<'_>, input: &Pay) -> Result<Vec<(Uuid, i64)>> {
    let by_then = store::balances_until(work.tx(), &input.currency, Some(input.until)).await?;
    let now: HashMap<Uuid, i64> = store::balances_until(work.tx(), &input.currency, None)
        .await?
        .into_iter()
        .map(|owed| (owed.member_id, owed.amount))
        .collect();
    let members: Vec<Uuid> = by_then.iter().map(|owed| owed.member_id).collect();
    let numbers = numbers_of(work.tx(), &members).await?;
    let mut owed: Vec<(Uuid, i64)> = by_then
        .into_iter()
        .filter_map(|owed| {
            let now = now.get(&owed.member_id).copied()?;
            Some((owed.member_id, owed.amount.min(now)))
        })
        .collect();
    owed.sort_by_key(|(member, _)| (numbers.get(member), *member));
    Ok(owed)
}

fn line(
    (payout, number): (Uuid, i32),
    input: &Pay,
    (member, amount): (Uuid, i64),
    (day, open): (NaiveDate, Option<NaiveDate>),
    call: &Call,
) -> Result<Entry> {
    let reference = encode(incentive_payout::Entity::PREFIX, payout);
    let currency = &input.currency;
    let transaction = ledger::payout(member, currency, amount, amount, day, &reference)
        .map_err(|refusal| Error::internal(format!("{refusal:?}")))?;
    let about = About {
        id: keys::transaction(payout, &["payout", &member.to_string()]),
        member,
        rule: None,
        award: None,
        payout: Some(payout),
        line: Some(number),
        note: None,
    };
    entry(&transaction, about, open, call)
}
