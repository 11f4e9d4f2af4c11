//! Bringing open tickets under other terms: a new version of their policy or calendar, or another tier of their customer.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use entity::enums::SlaReason;
use entity::{sla_policy_version, ticket};
use uuid::Uuid;

use super::follow::{clocks_changed, facts_of, show, situation};
use crate::access::Call;
use crate::calendars;
use crate::customers;
use crate::db::Db;
use crate::error::Result;
use crate::organisation::today;
use crate::tickets::actions::follow_partners;
use crate::tickets::sla::rules::clock::Clock;
use crate::tickets::sla::rules::policy::{Level, choose};
use crate::tickets::sla::rules::turn;
use crate::tickets::sla::store::{self, Kept};
use crate::tickets::store::keep;
use crate::work::Work;

/// Tickets that one transaction takes at most.
const BATCH: u64 = 50;
/// Transactions of one round at most; the next goes on.
const BATCHES: usize = 40;
/// Customers that are looked at together.
const CUSTOMERS: u64 = 500;

/// Brings open tickets under new versions of their policies, where the admin has said so.
///
/// # Errors
/// When the database fails; what was done before stays done.
pub async fn renew_policies(db: &Db, now: DateTime<Utc>) -> Result<()> {
    let replaced = store::replaced(db.reader()).await?;
    let versions: Vec<Uuid> = replaced.iter().map(|row| row.id).collect();
    let replaced: HashMap<Uuid, sla_policy_version::Model> =
        replaced.into_iter().map(|row| (row.id, row)).collect();
    for _ in 0..BATCHES {
        let call = Call::system(now, "sla");
        let mut work = Work::begin(db, &call).await?;
        let ids = store::tickets_under_policies(work.tx(), &versions, BATCH).await?;
        let tickets = store::lock_tickets(work.tx(), ids).await?;
        if tickets.is_empty() {
            return Ok(());
        }
        let active = store::active(work.tx(), today(&call)).await?;
        let mut renewed = Vec::new();
        for ticket in tickets {
            let kept = store::of_ticket(work.tx(), ticket.id, today(&call)).await?;
            let facts = facts_of(&work, &ticket).await?;
            let old = kept
                .iter()
                .filter(|kept| kept.clock.is_open())
                .find_map(|kept| replaced.get(&kept.clock.level.policy_version));
            let level = match (choose(&active, None, facts), old) {
                (Some(level), _) => Some(level),
                // No policy is for it any more: it goes with the one that it has.
                (None, Some(old)) => newest(&work, old.policy_id).await?,
                (None, None) => None,
            };
            if let Some(level) = level {
                let done = renew(&mut work, ticket, kept, SlaReason::PolicyChanged, |_| {
                    Arc::clone(&level)
                });
                renewed.push(done.await?);
            }
        }
        clocks_changed(&mut work, renewed);
        work.commit().await?;
    }
    Ok(())
}

/// The level of a policy's version of now, whether the policy is in use or not.
async fn newest(work: &Work<'_>, policy: Uuid) -> Result<Option<Arc<Level>>> {
    let Some(version) = store::current_version(work.tx(), policy).await? else {
        return Ok(None);
    };
    let calendar = calendars::store::current(work.tx(), version.calendar_id).await?;
    let pairs = BTreeSet::from([(version.id, calendar.id)]);
    let levels = store::held(work.tx(), &pairs, today(work.call())).await?;
    Ok(levels.into_values().next())
}

/// Counts open tickets by the present versions of their calendars: a holiday that is declared holds for all.
///
/// # Errors
/// When the database fails; what was done before stays done.
pub async fn renew_calendars(db: &Db, now: DateTime<Utc>) -> Result<()> {
    let used = store::calendars_in_use(db.reader()).await?;
    let used = calendars::store::versions(db.reader(), &used).await?;
    let ids: BTreeSet<Uuid> = used.values().map(|row| row.calendar_id).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let current = calendars::store::current_of(db.reader(), &ids).await?;
    let next: HashMap<Uuid, Uuid> = used
        .values()
        .filter_map(|row| Some((row.id, current.get(&row.calendar_id)?.id)))
        .filter(|(old, new)| old != new)
        .collect();
    let old: Vec<Uuid> = next.keys().copied().collect();
    for _ in 0..BATCHES {
        let call = Call::system(now, "sla");
        let mut work = Work::begin(db, &call).await?;
        let ids = store::tickets_under_calendars(work.tx(), &old, BATCH).await?;
        let tickets = store::lock_tickets(work.tx(), ids).await?;
        if tickets.is_empty() {
            return Ok(());
        }
        let mut renewed = Vec::new();
        for ticket in tickets {
            let kept = store::of_ticket(work.tx(), ticket.id, today(&call)).await?;
            let pairs: BTreeSet<(Uuid, Uuid)> = kept
                .iter()
                .filter_map(|kept| {
                    let level = &kept.clock.level;
                    Some((level.policy_version, *next.get(&level.calendar_version)?))
                })
                .collect();
            let levels = store::held(work.tx(), &pairs, today(&call)).await?;
            let done = renew(
                &mut work,
                ticket,
                kept,
                SlaReason::CalendarChanged,
                |level| {
                    next.get(&level.calendar_version)
                        .and_then(|calendar| levels.get(&(level.policy_version, *calendar)))
                        .map_or_else(|| Arc::clone(level), Arc::clone)
                },
            );
            renewed.push(done.await?);
        }
        clocks_changed(&mut work, renewed);
        work.commit().await?;
    }
    Ok(())
}

/// Brings open tickets of customers that changed to the partner they have now, and under the policy that is for them now, where
/// the tier decides it.
///
/// # Errors
/// When the database fails; what was done before stays done.
pub async fn follow_customers(db: &Db, since: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
    let mut since = since;
    loop {
        let changed = customers::changed_since(db.reader(), since, CUSTOMERS).await?;
        let ids: Vec<Uuid> = changed.iter().map(|(id, _)| *id).collect();
        if !ids.is_empty() {
            follow_partners(db, &ids, now).await?;
            let tickets = store::open_tickets(db.reader(), &ids).await?;
            for some in tickets.chunks(usize::try_from(BATCH).unwrap_or(usize::MAX)) {
                follow_tier(db, some.to_vec(), now).await?;
            }
        }
        match changed.last() {
            Some((_, last)) if changed.len() as u64 == CUSTOMERS => since = *last,
            _ => return Ok(()),
        }
    }
}

async fn follow_tier(db: &Db, ids: Vec<Uuid>, now: DateTime<Utc>) -> Result<()> {
    let call = Call::system(now, "sla");
    let mut work = Work::begin(db, &call).await?;
    let active = store::active(work.tx(), today(&call)).await?;
    let mut renewed = Vec::new();
    for ticket in store::lock_tickets(work.tx(), ids).await? {
        let kept = store::of_ticket(work.tx(), ticket.id, today(&call)).await?;
        let facts = facts_of(&work, &ticket).await?;
        let Some(held) = turn::level_held(kept.iter().map(|kept| &kept.clock)) else {
            continue;
        };
        let Some(level) = choose(&active, Some(held), facts) else {
            continue;
        };
        let by_tier = !held.holds_for(facts) || !level.matches.tiers.is_empty();
        let differs = |kept: &Kept| kept.clock.is_open() && !level.is(&kept.clock.level);
        if by_tier && kept.iter().any(differs) {
            let done = renew(&mut work, ticket, kept, SlaReason::FactsChanged, |_| {
                Arc::clone(&level)
            });
            renewed.push(done.await?);
        }
    }
    clocks_changed(&mut work, renewed);
    work.commit().await
}

/// Puts a ticket's open clocks under the levels that hold now, and keeps on the ticket what it shows of them. Returns the
/// ticket.
async fn renew(
    work: &mut Work<'_>,
    mut ticket: ticket::Model,
    mut kept: Vec<Kept>,
    reason: SlaReason,
    level_for: impl Fn(&Arc<Level>) -> Arc<Level>,
) -> Result<Uuid> {
    let at = work.call().at;
    let now = situation(&ticket);
    for each in &mut kept {
        let level = level_for(&each.clock.level);
        turn::renew(
            std::slice::from_mut(&mut each.clock),
            &level,
            reason,
            now,
            at,
        );
    }
    let clocks: Vec<Clock> = kept.iter().map(|kept| kept.clock.clone()).collect();
    store::save(work.tx(), ticket.id, kept, at).await?;
    show(&mut ticket, &clocks);
    Ok(keep(work.tx(), ticket).await?.id)
}
