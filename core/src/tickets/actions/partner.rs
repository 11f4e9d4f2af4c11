//! Open tickets go with their customer to its partner: who no longer looks after a customer sees no more of what goes on there.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use entity::{partner, ticket};
use serde_json::Value;
use uuid::Uuid;

use super::record::{Change, record_that};
use crate::access::Call;
use crate::db::Db;
use crate::error::Result;
use crate::ids::Id;
use crate::tickets::sla::store::lock_tickets;
use crate::tickets::store;
use crate::work::Work;

/// Tickets that one transaction takes at most.
const BATCH: u64 = 50;

/// Gives the open tickets of these customers to the partners that their customers have now. What has ended stays with the
/// partner who had it; who reopens it brings it along.
///
/// # Errors
/// When the database fails; what was done before stays done.
pub async fn follow_partners(db: &Db, customers: &[Uuid], now: DateTime<Utc>) -> Result<()> {
    loop {
        let found = store::with_another_partner(db.reader(), customers, BATCH).await?;
        if found.is_empty() {
            return Ok(());
        }
        let wanted: HashMap<Uuid, Option<Uuid>> = found.iter().copied().collect();
        let call = Call::system(now, "sla");
        let mut work = Work::begin(db, &call).await?;
        let ids = found.into_iter().map(|(id, _)| id).collect();
        let mut had = HashMap::new();
        let mut by_partner: BTreeMap<Option<Uuid>, Vec<Uuid>> = BTreeMap::new();
        for ticket in lock_tickets(work.tx(), ids).await? {
            let partner = wanted.get(&ticket.id).copied().flatten();
            if ticket.closed_at.is_none() && ticket.partner_id != partner {
                had.insert(ticket.id, ticket.partner_id);
                by_partner.entry(partner).or_default().push(ticket.id);
            }
        }
        // Somebody else has them at this moment: the next round looks again.
        if had.is_empty() {
            return Ok(());
        }
        for (partner, tickets) in by_partner {
            for saved in store::give_to_partner(work.tx(), &tickets, partner, now).await? {
                let before = had.get(&saved.id).copied().flatten();
                leave(&mut work, before, &saved);
            }
        }
        work.commit().await?;
    }
}

/// What it leaves behind. Its new partner is told that there is a ticket, but not whose it was.
fn leave(work: &mut Work<'_>, before: Option<Uuid>, ticket: &ticket::Model) {
    let changes = partner_change(before, ticket.partner_id)
        .into_iter()
        .collect();
    record_that(
        work,
        ticket,
        "partner",
        "ticket.partner",
        true,
        changes,
        false,
    );
}

/// From which partner to which, for staff; none when it stays.
pub(super) fn partner_change(before: Option<Uuid>, after: Option<Uuid>) -> Option<Change> {
    let id = |partner: Option<Uuid>| {
        partner.map_or(Value::Null, |id| {
            Id::<partner::Entity>::new(id).to_string().into()
        })
    };
    (before != after).then(|| Change::internal("partnerId", id(before), id(after)))
}
