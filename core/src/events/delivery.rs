//! Following events for a viewer: what every subscription stands on.
//!
//! - Before each event the viewer is looked at again: with the rights of that moment the event's object is then read.
//! - The stream ends, with an error that says why, when the token or the session ends, when the permission is taken away,
//!   and when the subscriber is too slow. It doesn't wait for the next event with that: a change of rights is an event
//!   itself, and the end of the token has a timer.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use async_stream::try_stream;
use futures_util::Stream;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, interval_at};
use uuid::Uuid;

use super::Event;
use crate::access::{Call, Permission, Viewer};
use crate::app::App;
use crate::error::{ApiError, Error, ErrorCode, Result, Text};
use crate::identity::revalidate;

/// How soon after rights or a session are taken away an open subscription has ended, on every server process, while the
/// database and the connections to it work. Without them nothing is delivered: an event is only handed out after the
/// viewer was looked at again.
pub const REVOCATION_DEADLINE: Duration = Duration::from_secs(1);

/// How often a viewer is looked at again while nothing happens: some rights end by the clock (a role given until an hour,
/// an assignment until a day) and no event tells of it.
const LOOK_AGAIN: Duration = Duration::from_secs(15);

/// What a subscriber wants to hear of.
#[derive(Clone, Debug)]
pub struct Interest {
    what: What,
    entity_id: Option<Uuid>,
    needs: Option<Permission>,
}

#[derive(Clone, Copy, Debug)]
enum What {
    Kinds(&'static [&'static str]),
    OwnRights,
}

impl Interest {
    /// Events of these kinds, for anybody who is signed in.
    #[must_use]
    pub const fn in_kinds(kinds: &'static [&'static str]) -> Self {
        Self {
            what: What::Kinds(kinds),
            entity_id: None,
            needs: None,
        }
    }

    /// Whatever can change the rights or the account of the viewer itself.
    #[must_use]
    pub const fn in_own_rights() -> Self {
        Self {
            what: What::OwnRights,
            entity_id: None,
            needs: None,
        }
    }

    /// Only those about this object, when one is given.
    #[must_use]
    pub const fn about(mut self, entity_id: Option<Uuid>) -> Self {
        self.entity_id = entity_id;
        self
    }

    /// Only for whoever holds this permission, with any reach.
    #[must_use]
    pub const fn needing(mut self, permission: Permission) -> Self {
        self.needs = Some(permission);
        self
    }

    fn wants(&self, event: &Event, viewer: &Viewer) -> bool {
        let of_kind = match self.what {
            What::Kinds(kinds) => kinds.contains(&event.kind.as_str()),
            What::OwnRights => event.changes_rights_of(viewer.actor.id),
        };
        of_kind && self.entity_id.is_none_or(|id| id == event.entity_id)
    }

    /// Refuses a viewer who may not follow this.
    fn allow(&self, viewer: &Viewer) -> Result<(), ApiError> {
        match self.needs {
            Some(permission) => viewer.require(permission),
            None if viewer.is_signed_in() => Ok(()),
            None => Err(ApiError::unauthenticated()),
        }
    }
}

/// An event for a viewer.
#[derive(Clone, Debug)]
pub struct Delivered {
    /// What happened.
    pub event: Arc<Event>,
    /// The subscriber's call with the rights of this moment. Whatever is shown of the object must be read with it; an
    /// object out of its reach is passed over.
    pub call: Arc<Call>,
}

/// Follows events from now on. An error is the last item.
///
/// # Errors
/// When the viewer may not follow this.
pub fn follow(
    app: Arc<App>,
    call: Arc<Call>,
    interest: Interest,
) -> Result<impl Stream<Item = Result<Delivered>> + Send + use<>> {
    interest.allow(&call.viewer)?;
    // Now, not when the stream is first polled: nothing may be missed in between.
    let mut events = app.bus.subscribe();
    Ok(try_stream! {
        let mut look_again = interval_at(Instant::now() + LOOK_AGAIN, LOOK_AGAIN);
        // One for all events: each new one would be a timer more to set and to take back.
        let mut end = pin!(end_of_token(&app, &call.viewer));
        loop {
            let heard = tokio::select! {
                heard = events.recv() => Some(heard),
                () = &mut end => {
                    // What follows ends the stream, unless the machine's clock was set back meanwhile.
                    end.set(end_of_token(&app, &call.viewer));
                    None
                }
                _ = look_again.tick() => None,
            };
            let event = match heard {
                Some(Ok(event)) => Some(event),
                Some(Err(RecvError::Lagged(missed))) => Err(too_slow(missed))?,
                Some(Err(RecvError::Closed)) => break,
                None => None,
            };
            let wanted = |event: &Arc<Event>| interest.wants(event, &call.viewer);
            if event.as_ref().is_some_and(|event| !wanted(event) && !event.changes_rights_of(call.viewer.actor.id)) {
                continue;
            }
            let at = app.clock.now();
            // Always from the viewer of the beginning, who has all roles of the token.
            let viewer = revalidate(&app, &call.viewer, at).await?;
            interest.allow(&viewer)?;
            if let Some(event) = event.filter(wanted) {
                let call = Arc::new(Call { viewer, at, ..Call::clone(&call) });
                yield Delivered { event, call };
            }
        }
    })
}

/// Comes when the viewer's token ends.
async fn end_of_token(app: &App, viewer: &Viewer) {
    match viewer.expires_at {
        Some(end) => app.clock.until(end).await,
        None => std::future::pending().await,
    }
}

/// The refusal for whoever takes events more slowly than they come.
fn too_slow(missed: u64) -> Error {
    ApiError::new(
        ErrorCode::RateLimited,
        Text::new(
            format!("Events came faster than you took them, and {missed} were missed. Subscribe again, then read the present state."),
            format!("事件到达的速度超过了接收速度，已错过 {missed} 个事件。请重新订阅，然后读取当前状态。"),
        ),
    )
    .with("missed", missed)
    .into()
}
