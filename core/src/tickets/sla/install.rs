//! The policies that ship with the server, installed at start where they are missing.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use entity::enums::{CustomerTier, TicketKind, TicketPriority, TicketState};
use entity::{sla_policy, sla_policy_version};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::actions::{PolicyContent, version_row};
use super::rules::policy::{Level, Promise};
use super::store;
use crate::access::Call;
use crate::audit::{self, Entry};
use crate::calendars;
use crate::calendars::shipped::CALENDARS;
use crate::db::Transaction;
use crate::error::{Error, Result};

/// A policy that ships with the server.
struct Shipped {
    code: &'static str,
    name: &'static str,
    name_zh: &'static str,
    rank: i32,
    active: bool,
    calendar: &'static str,
    kinds: &'static [TicketKind],
    tiers: &'static [CustomerTier],
    usual: Promise,
    high: Option<Promise>,
    urgent: Option<Promise>,
}

/// Minutes until the first answer; hours until a preliminary solution and the resolution.
const fn within(answer: i64, solution: i64, resolution: i64) -> Promise {
    Promise {
        first_response: answer * 60,
        preliminary_solution: solution * 3_600,
        resolution: resolution * 3_600,
    }
}

/// One hour, a day and two days round the clock for everybody; less for what is urgent and for whom it matters most. The
/// two on office hours are examples to start from.
const POLICIES: [Shipped; 4] = [
    Shipped {
        code: "standard",
        name: "Standard",
        name_zh: "标准服务级别",
        rank: 1_000,
        active: true,
        calendar: "always",
        kinds: &[],
        tiers: &[],
        usual: within(60, 24, 48),
        high: Some(within(60, 12, 36)),
        urgent: Some(within(30, 8, 24)),
    },
    Shipped {
        code: "standard_vip",
        name: "Standard, VIP customers",
        name_zh: "标准服务级别（VIP 客户）",
        rank: 900,
        active: true,
        calendar: "always",
        kinds: &[],
        tiers: &[CustomerTier::Vip],
        usual: within(30, 12, 24),
        high: Some(within(30, 8, 24)),
        urgent: Some(within(15, 4, 12)),
    },
    Shipped {
        code: "office",
        name: "Office hours",
        name_zh: "工作时间服务级别",
        rank: 500,
        active: false,
        calendar: "cn_office",
        kinds: &[],
        tiers: &[],
        usual: within(120, 8, 24),
        high: None,
        urgent: Some(within(60, 4, 8)),
    },
    Shipped {
        code: "office_complaint",
        name: "Complaints, office hours",
        name_zh: "投诉（工作时间）",
        rank: 400,
        active: false,
        calendar: "cn_office",
        kinds: &[TicketKind::Complaint],
        tiers: &[],
        usual: within(60, 8, 15),
        high: None,
        urgent: Some(within(30, 4, 8)),
    },
];

/// Makes the shipped policies that are missing; those that are there stay as the admins have made them. The calendars
/// come first: a policy without its calendar isn't made.
///
/// # Errors
/// When the database fails.
pub async fn install(tx: &Transaction, at: DateTime<Utc>) -> Result<()> {
    let mut made = Vec::new();
    for shipped in &POLICIES {
        if store::policy_by_code(tx, shipped.code).await?.is_some() {
            continue;
        }
        let Some(calendar) = calendars::store::by_code(tx, shipped.calendar).await? else {
            continue;
        };
        let policy = policy_row(shipped, at);
        let version = sla_policy_version::Model {
            id: fixed(&format!("{}/1", shipped.code)),
            policy_id: policy.id,
            ..version_row(&content_of(shipped, calendar.id), None, None, at)?
        };
        made.push(Entry {
            action: "sla.policy.create",
            entity_type: "sla_policy",
            entity_id: Some(policy.id),
            detail: json!({ "code": policy.code }),
        });
        store::insert_policy(tx, policy).await?;
        store::insert_version(tx, version).await?;
    }
    if !made.is_empty() {
        audit::append(tx, &Call::system(at, "install"), &made).await?;
    }
    Ok(())
}

/// The id of the shipped policy of that code.
#[must_use]
pub fn policy_id(code: &str) -> Uuid {
    fixed(code)
}

/// An id in the form of ours that follows from a name, as of the day on which policies came to the product: the shipped
/// policies have the same ids everywhere, so that configuration and examples can name them.
fn fixed(name: &str) -> Uuid {
    const SINCE: u64 = 1_767_225_600_000;
    let digest = Sha256::digest(format!("aftercare/policy/{name}"));
    let mut random = [0; 10];
    random.copy_from_slice(&digest[..10]);
    uuid::Builder::from_unix_timestamp_millis(SINCE, &random).into_uuid()
}

fn policy_row(shipped: &Shipped, at: DateTime<Utc>) -> sla_policy::Model {
    sla_policy::Model {
        id: policy_id(shipped.code),
        code: shipped.code.to_owned(),
        name: shipped.name.to_owned(),
        name_zh: shipped.name_zh.to_owned(),
        rank: shipped.rank,
        active: shipped.active,
        current: 1,
        version: 1,
        created_at: at,
        updated_at: at,
    }
}

fn content_of(shipped: &Shipped, calendar_id: Uuid) -> PolicyContent {
    let special = [
        (TicketPriority::High, shipped.high),
        (TicketPriority::Urgent, shipped.urgent),
    ];
    PolicyContent {
        calendar_id,
        kinds: shipped.kinds.to_vec(),
        priorities: Vec::new(),
        tiers: shipped.tiers.to_vec(),
        provinces: Vec::new(),
        regions: Vec::new(),
        usual: shipped.usual,
        by_priority: special
            .into_iter()
            .filter_map(|(priority, promise)| Some((priority, promise?)))
            .collect(),
        pauses_on: vec![TicketState::PendingCustomer],
        warn_percent: 75,
        note: None,
    }
}

/// The levels of the shipped policies that are in use, in the order in which they are tried, by the first versions of
/// policies and calendars: for generated data, before there is a database.
///
/// # Errors
/// Never for what is shipped; a test reads it all.
pub fn shipped_levels() -> Result<Vec<Arc<Level>>> {
    let mut levels = Vec::new();
    for shipped in POLICIES.iter().filter(|policy| policy.active) {
        let calendar = CALENDARS
            .iter()
            .find(|calendar| calendar.code == shipped.calendar)
            .ok_or_else(|| Error::internal(format!("no calendar {}", shipped.calendar)))?;
        let calendar_id = calendars::shipped::calendar_id(shipped.calendar);
        let row = version_row(
            &content_of(shipped, calendar_id),
            None,
            None,
            DateTime::UNIX_EPOCH,
        )?;
        levels.push((
            shipped.rank,
            Arc::new(Level {
                policy: policy_id(shipped.code),
                policy_version: fixed(&format!("{}/1", shipped.code)),
                calendar_version: calendar_id,
                calendar: Arc::new(calendar.plan()?.into_calendar()),
                matches: serde_json::from_value(row.matches)?,
                region_provinces: Vec::new(),
                targets: serde_json::from_value(row.targets)?,
                pauses_on: serde_json::from_value(row.pauses_on)?,
                warn_percent: row.warn_percent,
            }),
        ));
    }
    levels.sort_by_key(|(rank, _)| *rank);
    Ok(levels.into_iter().map(|(_, level)| level).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shipped_can_be_used() {
        let levels = shipped_levels().expect("every shipped policy and calendar");
        assert_eq!(levels.len(), 2, "very important customers, and everybody");
        assert!(levels.iter().all(|level| {
            let usual = level.targets.usual;
            0 < usual.first_response
                && usual.first_response < usual.preliminary_solution
                && usual.preliminary_solution < usual.resolution
        }));
    }
}
