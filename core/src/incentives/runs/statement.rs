//! The statement of a member (对账单): what was owed at first, what came and went, and what is owed in the end.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};
use entity::enums::IncentiveReason;
use entity::member;
use uuid::Uuid;

use super::store;
use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::error::{ApiError, Result};

/// A currency of a statement; everything in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The currency by ISO 4217.
    pub currency: String,
    /// What was owed before the first day; below nought, what the member owed.
    pub opening: i64,
    /// What was awarded, less deductions.
    pub awarded: i64,
    /// What was corrected.
    pub corrected: i64,
    /// What was taken back, less what came back: below nought as a rule.
    pub taken_back: i64,
    /// What was paid, less payouts that were taken back: below nought as a rule.
    pub paid: i64,
    /// What is owed after the last day.
    pub closing: i64,
}

/// The accounts of a member over some days, by currency; the look is logged. Four statements.
///
/// # Errors
/// `NOT_FOUND` for members whose pay is out of reach; `BAD_INPUT` for more than ten years; refusals of permission.
pub async fn statement(
    app: &App,
    call: &Call,
    member: Uuid,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Account>> {
    call.viewer.require(Permission::IncentiveAwardRead)?;
    let end = from.checked_add_months(Months::new(120));
    if to <= from || end.is_none_or(|end| end < to) {
        return Err(ApiError::bad_input(
            "until",
            "a statement has one day to ten years",
            "对账单期间须为一天至十年",
        )
        .into());
    }
    let reader = app.db.reader();
    if call.viewer.standing.member_id != Some(member) {
        for permission in [Permission::IncentiveAwardRead, Permission::MemberPayRead] {
            let seen = find::<member::Entity>(reader, &call.viewer, permission, member).await?;
            seen.ok_or_else(ApiError::not_found)?;
        }
    }
    let opening = store::owed_of(reader, member, Some(from)).await?;
    let sums = store::sums_of_member(reader, member, (from, to)).await?;
    store::look_at(&app.db, call, [member]).await?;
    Ok(accounts(&opening, &sums))
}

fn accounts(
    opening: &BTreeMap<String, i64>,
    sums: &BTreeMap<(String, IncentiveReason), i64>,
) -> Vec<Account> {
    let currencies: BTreeSet<&String> = opening
        .keys()
        .chain(sums.keys().map(|(currency, _)| currency))
        .collect();
    currencies
        .into_iter()
        .map(|currency| {
            let of = |reason| {
                let key = (currency.clone(), reason);
                sums.get(&key).copied().unwrap_or(0)
            };
            let opening = opening.get(currency).copied().unwrap_or(0);
            let (awarded, corrected) =
                (of(IncentiveReason::Award), of(IncentiveReason::Correction));
            let (taken_back, paid) = (of(IncentiveReason::ClawBack), of(IncentiveReason::Payout));
            Account {
                currency: currency.clone(),
                opening,
                awarded,
                corrected,
                taken_back,
                paid,
                closing: opening + awarded + corrected + taken_back + paid,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_owed_in_the_end_follows_from_what_came_and_went() {
        let opening = BTreeMap::from([("CNY".to_owned(), 1_000), ("USD".to_owned(), -5)]);
        let sum = |reason, amount| (("CNY".to_owned(), reason), amount);
        let sums = BTreeMap::from([
            sum(IncentiveReason::Award, 500),
            sum(IncentiveReason::Payout, -1_200),
            sum(IncentiveReason::ClawBack, -50),
        ]);
        let accounts = accounts(&opening, &sums);
        let closing: Vec<(&str, i64)> = accounts
            .iter()
            .map(|account| (account.currency.as_str(), account.closing))
            .collect();
        assert_eq!(closing, [("CNY", 250), ("USD", -5)]);
    }
}
