//! What of awards isn't booked as it should be (账实核对).

use std::collections::HashMap;

use entity::enums::IncentiveReason;
use entity::{incentive_award, incentive_run};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::book::expected;
use crate::error::Result;
use crate::incentives::runs::store;

/// The awards of a booked run whose entry lacks, says another amount, or doesn't make nought.
///
/// # Errors
/// When the database fails.
pub async fn misbooked(
    connection: &impl ConnectionTrait,
    run: &incentive_run::Model,
    rows: &[incentive_award::Model],
) -> Result<Vec<Uuid>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let entries = store::entries_of_awards(connection, &ids).await?;
    let about: Vec<Uuid> = entries.iter().map(|entry| entry.id).collect();
    let mut balanced: HashMap<Uuid, bool> = HashMap::new();
    for some in about.chunks(1_000) {
        for (id, postings) in store::postings_of(connection, some).await? {
            let sum: i128 = postings
                .iter()
                .map(|posting| i128::from(posting.amount))
                .sum();
            balanced.insert(id, sum == 0 && postings.len() >= 2);
        }
    }
    let mut booked: HashMap<Uuid, i64> = HashMap::new();
    let mut wrong: Vec<Uuid> = Vec::new();
    for entry in &entries {
        let Some(award) = entry.award_id else {
            continue;
        };
        if balanced.get(&entry.id) != Some(&true) {
            wrong.push(award);
        }
        if entry.reason == IncentiveReason::Award {
            *booked.entry(award).or_default() += entry.amount;
        }
    }
    for row in rows {
        let expected = expected(row, run)?;
        if booked.get(&row.id).copied().unwrap_or(0) != expected {
            wrong.push(row.id);
        }
    }
    wrong.sort_unstable();
    wrong.dedup();
    Ok(wrong)
}
