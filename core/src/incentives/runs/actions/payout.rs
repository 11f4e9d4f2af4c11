//! Handing to payroll what is owed (发放).

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{incentive_payout, incentive_transaction, member};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{actor, told};
use crate::access::{Call, Permission, find, visible};
use crate::app::App;
use crate::audit::{self, note_read};
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{ApiError, Error, Result, Text, UserErrorCode};
use crate::ids::{Node, encode};
use crate::incentives::rules::ledger::{self, booked_on};
use crate::incentives::rules::value::{Number, is_currency, minor_digits};
use crate::incentives::runs::rules::keys;
use crate::incentives::runs::work::{About, Entry, entry};
use crate::incentives::runs::{PAYOUT_MADE, store};
use crate::organisation::today;
use crate::sheet::{self, Cell, Column, ColumnKind};
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
    let number = work.next("incentive_payouts").await?;
    let mut checks = Checks::default();
    let name = checks.text("input.name", &input.name, NAME);
    checks.ensure(
        is_currency(&input.currency),
        UserErrorCode::Invalid,
        "input.currency",
        || Text::new("Give a currency by ISO 4217.", "请填写 ISO 4217 币种。"),
    );
    let owed = owed(&work, input).await?;
    checks.ensure(
        !owed.is_empty(),
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
    };
    let detail = json!({ "number": number, "currency": input.currency, "members": owed.len() });
    store::insert(work.tx(), row).await?;
    let rows = owed
        .iter()
        .map(|one| line(id, input, *one, (day, open), call))
        .collect::<Result<Vec<_>>>()?;
    store::insert_transactions(work.tx(), rows).await?;
    let names = ("incentive.payout.make", PAYOUT_MADE);
    told(&mut work, names, ("incentive_payout", id), detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Whom how much is paid: what is owed by then, but not more than is owed now.
async fn owed(work: &Work<'_>, input: &Pay) -> Result<Vec<(Uuid, i64)>> {
    let by_then = store::balances_until(work.tx(), &input.currency, Some(input.until)).await?;
    let now: HashMap<Uuid, i64> = store::balances_until(work.tx(), &input.currency, None)
        .await?
        .into_iter()
        .map(|owed| (owed.member_id, owed.amount))
        .collect();
    Ok(by_then
        .into_iter()
        .filter_map(|owed| {
            let now = now.get(&owed.member_id).copied()?;
            Some((owed.member_id, owed.amount.min(now)))
        })
        .collect())
}

fn line(
    payout: Uuid,
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
        note: None,
    };
    entry(&transaction, about, open, call)
}

/// A payout as a table for payroll.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The payout.
    pub payout: incentive_payout::Model,
    /// Who gets how much.
    pub sheet: sheet::Sheet,
}

/// A payout as a table: number, name, amount and currency of each member; the look is logged.
///
/// # Errors
/// `NOT_FOUND`; refusals of permission: it takes that of payouts and the pay of everybody in it.
pub async fn payout_sheet(app: &App, call: &Call, id: Uuid, chinese: bool) -> Result<Sheet> {
    use sea_orm::{ColumnTrait, QueryFilter};
    call.viewer.require(Permission::IncentivePayout)?;
    call.viewer.require(Permission::MemberPayRead)?;
    let reader = app.db.reader();
    let permission = Permission::IncentiveRunRead;
    let found = find::<incentive_payout::Entity>(reader, &call.viewer, permission, id).await?;
    let payout = found.ok_or_else(ApiError::not_found)?;
    let lines = store::payout_lines(reader, id).await?;
    let pay = Permission::MemberPayRead;
    let mut members: HashMap<Uuid, member::Model> = HashMap::new();
    for some in lines.chunks(1_000) {
        let rows = visible::<member::Entity>(&call.viewer, pay)
            .filter(member::Column::Id.is_in(some.iter().map(|line| line.member_id)))
            .all(reader)
            .await?;
        members.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    if lines
        .iter()
        .any(|line| !members.contains_key(&line.member_id))
    {
        return Err(call.viewer.reach_too_small(pay).into());
    }
    let entry = audit::Entry {
        action: "incentive.payout.export",
        entity_type: "incentive_payout",
        entity_id: Some(id),
        detail: json!({ "members": lines.len() }),
    };
    note_read(&app.db, call, entry).await?;
    let mut rows: Vec<Vec<Cell>> = lines
        .iter()
        .filter_map(|line| Some(cells(line, members.get(&line.member_id)?)))
        .collect();
    rows.sort_by_key(|row| format!("{:?}", row.first()));
    let sheet = sheet::Sheet {
        columns: columns(chinese),
        rows,
    };
    Ok(Sheet { payout, sheet })
}

fn columns(chinese: bool) -> Vec<Column> {
    [
        ("Number", "工号", ColumnKind::Text),
        ("Name", "姓名", ColumnKind::Text),
        ("Amount", "金额", ColumnKind::Number),
        ("Currency", "币种", ColumnKind::Text),
    ]
    .into_iter()
    .map(|(en, zh, kind)| Column {
        heading: if chinese { zh } else { en }.to_owned(),
        kind,
    })
    .collect()
}

fn cells(line: &incentive_transaction::Model, member: &member::Model) -> Vec<Cell> {
    let amount = Number::from_minor(line.amount.saturating_neg(), minor_digits(&line.currency));
    vec![
        Cell::Text(member.number.clone()),
        Cell::Text(member.name.clone()),
        Cell::Number(amount.unwrap_or_default().to_string()),
        Cell::Text(line.currency.clone()),
    ]
}
