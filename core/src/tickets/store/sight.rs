//! What the subscribers of an event see of its ticket: read once for all of them, and shown to each by the plain predicate
//! of its reach, which tests hold equal to the SQL.
//!
//! Ten thousand subscribers of an event would otherwise ask the database ten thousand times for the same row, those too who
//! may not have it. Three things keep it as true as a read of one's own:
//!
//! - A subscriber gets what was read after its event was published, or later, and no longer than a [`MOMENT`] ago.
//! - The reads of a ticket follow each other, so that nobody is shown an earlier state after a later one.
//! - Whoever a ticket is lent to is read with it; the row leaves here only for a viewer who may have it.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use entity::enums::Reach;
use entity::ticket;
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use crate::access::{Permission, Viewer, sees};
use crate::db::Db;
use crate::db::flight::Flight;
use crate::error::Result;
use crate::events::Event;
use crate::tickets::collaboration::watching;
use crate::tickets::responsibility;

/// How long what was read is taken for the present state. Nearly all subscribers come at once, and to read again for those
/// who don't costs little.
const MOMENT: Duration = Duration::from_millis(50);
/// Events of one ticket that a read is known to come after; for one that was forgotten it is read again.
const EVENTS: usize = 32;

/// A ticket, whoever may see it.
#[derive(Debug)]
struct Sight {
    ticket: ticket::Model,
    /// Members whom no reach but `OWN` may let in: who watch it, and to whom it is offered.
    let_in: Vec<Uuid>,
}

impl Sight {
    /// The ticket, if the viewer may read it and a second permission reaches it too.
    fn under(&self, viewer: &Viewer, permission: Permission) -> Option<&ticket::Model> {
        let read = self.is_within(viewer, Permission::TicketRead);
        (read && self.is_within(viewer, permission)).then_some(&self.ticket)
    }

    fn is_within(&self, viewer: &Viewer, permission: Permission) -> bool {
        let mut reaches = viewer.grants.reaches(permission);
        sees::<ticket::Entity>(viewer, permission, &self.ticket)
            || reaches.any(|reach| reach == Reach::Own)
                && watching::lends(&self.let_in, permission, &viewer.standing)
    }
}

/// The tickets of the latest events, by id.
#[derive(Debug, Default)]
pub struct Sights(Mutex<HashMap<Uuid, Latest>>);

/// The latest read of a ticket.
#[derive(Debug)]
struct Latest {
    begun: Instant,
    /// It began when these had been published.
    events: VecDeque<Uuid>,
    flight: Flight<Option<Arc<Sight>>>,
}

impl Latest {
    fn is_fresh(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.begun) < MOMENT
    }

    /// Is it as good as a read that begins now, for whoever has heard of this event?
    fn serves(&self, event: Uuid, now: Instant) -> bool {
        self.events.contains(&event)
            && (self.is_fresh(now) || !self.flight.is_over())
            && !self.flight.failed()
    }
}

impl Sights {
    /// The ticket of an event that has been published, if the viewer may read it and a second permission reaches it too: the
    /// same as [`by_id_under`](super::by_id_under).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn visible(
        &self,
        db: &Db,
        viewer: &Viewer,
        permission: Permission,
        event: &Event,
    ) -> Result<Option<ticket::Model>> {
        let sight = self.flight(db, event, Instant::now()).result().await?;
        Ok(sight.and_then(|sight| sight.under(viewer, permission).cloned()))
    }

    fn flight(&self, db: &Db, event: &Event, now: Instant) -> Flight<Option<Arc<Sight>>> {
        let id = event.entity_id;
        let mut of = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(latest) = of.get(&id)
            && latest.serves(event.id, now)
        {
            return latest.flight.clone();
        }
        of.retain(|ticket, latest| {
            *ticket == id || latest.is_fresh(now) || !latest.flight.is_over()
        });
        let (before, mut events) = match of.remove(&id) {
            Some(latest) => (Some(latest.flight), latest.events),
            None => (None, VecDeque::new()),
        };
        if !events.contains(&event.id) {
            if events.len() == EVENTS {
                events.pop_front();
            }
            events.push_back(event.id);
        }
        let db = db.clone();
        let flight = Flight::begin(async move {
            if let Some(before) = before {
                before.over().await;
            }
            look(db.reader(), id).await
        });
        let latest = Latest {
            begun: now,
            events,
            flight: flight.clone(),
        };
        of.insert(id, latest);
        flight
    }
}

/// Reads a ticket for everybody.
async fn look(connection: &impl ConnectionTrait, id: Uuid) -> Result<Option<Arc<Sight>>> {
    let Some(ticket) = ticket::Entity::find_by_id(id).one(connection).await? else {
        return Ok(None);
    };
    let mut let_in = watching::store::members(connection, id).await?;
    let offer = responsibility::store::open_offer(connection, id).await?;
    let_in.extend(offer.map(|offer| offer.to_member_id));
    Ok(Some(Arc::new(Sight { ticket, let_in })))
}
