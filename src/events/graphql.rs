//! Events for subscriptions, and the subscription to one's own rights.

use std::sync::Arc;

use async_graphql::Context;
use futures_util::{Stream, StreamExt};

use super::{Delivered, Interest};
use crate::access::Call;
use crate::app::App;
use crate::graphql::errors::OnField;
use crate::graphql::guard::Ledger;

/// Follows events for the subscriber, as [`super::follow`] does, and has the guard and the fields of the answer know the
/// rights of each event's moment. An error is the last item.
///
/// # Errors
/// When the viewer may not follow this.
pub fn follow(
    ctx: &Context<'_>,
    interest: Interest,
) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Delivered>> + Send + use<>> {
    let app = Arc::clone(ctx.data_unchecked::<Arc<App>>());
    let call = Arc::clone(ctx.data_unchecked::<Arc<Call>>());
    let ledger = Arc::clone(ctx.data_unchecked::<Arc<Ledger>>());
    let events = super::follow(app, Arc::clone(&call), interest).on_field(&call)?;
    Ok(events.map(move |item| {
        // The answer to this event is made before the next one is taken.
        if let Ok(delivered) = &item {
            ledger.renew(Arc::clone(&delivered.call));
        }
        item.on_field(&call)
    }))
}
