//! The worker's round: versions whose last day is over are retired (到期停用).

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entity::incentive_rule_version;
use serde_json::json;

use super::common::{stepped, trace};
use crate::access::Call;
use crate::clock::day;
use crate::db::Db;
use crate::error::Result;
use crate::incentives::definitions::store;
use crate::incentives::rules::life::Action;
use crate::work::Work;

/// Versions that are retired in one transaction.
const BATCH: u64 = 100;

/// Retires the versions that don't hold any more; says how many. Done again it does nothing.
///
/// # Errors
/// When the database fails.
pub async fn round(db: &Db, zone: Tz, at: DateTime<Utc>) -> Result<usize> {
    let call = Call::system(at, "incentives");
    let mut work = Work::begin(db, &call).await?;
    let rows = store::ending(work.tx(), day(at, zone), BATCH).await?;
    let count = rows.len();
    for row in rows {
        let (rule, number) = (row.rule_id, row.number);
        let row = incentive_rule_version::Model {
            state: stepped(row.state, Action::Retire)?,
            ..row
        };
        store::save(work.tx(), row, at).await?;
        let detail = json!({ "number": number });
        trace(&mut work, rule, "incentive.rule.retire", detail);
    }
    if count > 0 {
        work.commit().await?;
    }
    Ok(count)
}
