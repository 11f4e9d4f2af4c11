//! What a run comes to, told so that nobody's pay follows from it (批次汇总).
//!
//! A rule from which fewer members get something than the least group of figures is told without its amount to whoever may not see
//! everybody's pay. Where that leaves rules of a currency out, neither is their sum.

use std::collections::{BTreeMap, HashMap};

use entity::enums::Reach;
use uuid::Uuid;

use super::store::{self, RuleTotal};
use crate::access::{Call, Permission};
use crate::db::Db;
use crate::error::Result;
use crate::settings::{self, catalogue::METRICS_MINIMUM_GROUP};

/// What a rule gives in a run, as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What it gives.
    pub total: RuleTotal,
    /// The amount in minor units or things; none where too few members are behind it.
    pub amount: Option<i64>,
}

/// What each rule of these runs gives, by run; two statements at most.
///
/// # Errors
/// Refusals of permission; when the database fails.
pub async fn totals(db: &Db, call: &Call, runs: &[Uuid]) -> Result<HashMap<Uuid, Vec<Told>>> {
    call.viewer.require(Permission::IncentiveRunRead)?;
    let reader = db.reader();
    let rows = store::totals_of(reader, runs).await?;
    let pay = Permission::MemberPayRead;
    let all = call.viewer.grants.covers(pay, Reach::All);
    let least = if all {
        0
    } else {
        settings::read(reader, &METRICS_MINIMUM_GROUP).await?
    };
    let mut by_run: HashMap<Uuid, Vec<Told>> = HashMap::new();
    for one in told(rows, least) {
        by_run.entry(one.total.run_id).or_default().push(one);
    }
    Ok(by_run)
}

fn told(rows: Vec<RuleTotal>, least: i64) -> Vec<Told> {
    rows.into_iter()
        .map(|total| Told {
            amount: Some(total.amount).filter(|_| total.members >= least),
            total,
        })
        .collect()
}

/// What all rules give together by currency, as far as it may be told: those in money only.
#[must_use]
pub fn together(rows: &[Told]) -> BTreeMap<String, Option<i64>> {
    let mut sums: BTreeMap<String, Option<i64>> = BTreeMap::new();
    for row in rows {
        let Some(currency) = &row.total.currency else {
            continue;
        };
        let signed = match row.total.kind {
            entity::enums::IncentiveKind::Deduction => row.amount.map(|amount| -amount),
            _ => row.amount,
        };
        let sum = sums.entry(currency.clone()).or_insert(Some(0));
        *sum = sum
            .zip(signed)
            .and_then(|(sum, amount)| sum.checked_add(amount));
    }
    sums
}

#[cfg(test)]
mod tests {
    use entity::enums::IncentiveKind;

    use super::*;

    fn row(rule: u128, currency: &str, members: i64, amount: i64) -> RuleTotal {
        RuleTotal {
            run_id: Uuid::nil(),
            rule_id: Uuid::from_u128(rule),
            kind: IncentiveKind::Bonus,
            currency: Some(currency.to_owned()),
            members,
            awards: members,
            amount,
        }
    }

    #[test]
    fn what_few_get_isnt_told_and_doesnt_follow_from_the_sum() {
        let rows = vec![
            row(1, "CNY", 10, 5_000),
            row(2, "CNY", 1, 700),
            row(3, "USD", 5, 300),
        ];
        let few = told(rows.clone(), 5);
        let amounts: Vec<Option<i64>> = few.iter().map(|row| row.amount).collect();
        assert_eq!(amounts, [Some(5_000), None, Some(300)]);
        let sums = together(&few);
        assert_eq!(sums["CNY"], None);
        assert_eq!(sums["USD"], Some(300));
        assert_eq!(together(&told(rows, 0))["CNY"], Some(5_700));
    }
}
