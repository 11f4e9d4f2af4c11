//! Events for subscriptions, and the subscription to one's own rights.

use std::sync::Arc;

use async_graphql::{Context, Result, Subscription};
use async_stream::stream;
use futures_util::{Stream, StreamExt};

use super::{Delivered, Interest};
use crate::access::roles::graphql::Viewer;
use crate::access::{self, Call, Rule};
use crate::app::App;
use crate::graphql::errors::OnField;
use crate::graphql::guard::Ledger;
use crate::identity::revalidate;

/// Who may have which field.
pub const ACCESS: &[access::Entry] = &[access::Entry {
    type_name: "Subscription",
    rule: Rule::SignedIn,
    fields: &["viewerChanged"],
}];

/// Follows events for the subscriber, as [`super::follow`] does, and has the guard and the fields of the answer know the
/// rights of each event's moment. An error is the last item.
///
/// # Errors
/// When the viewer may not follow this.
pub fn follow(
    ctx: &Context<'_>,
    interest: Interest,
) -> Result<impl Stream<Item = Result<Delivered>> + Send + use<>> {
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

/// Whoever subscribed, for a subscription that also has something to say when no event came.
pub struct Subscriber {
    app: Arc<App>,
    call: Arc<Call>,
    ledger: Arc<Ledger>,
}

impl Subscriber {
    /// The subscriber of this subscription.
    #[must_use]
    pub fn of(ctx: &Context<'_>) -> Self {
        Self {
            app: Arc::clone(ctx.data_unchecked::<Arc<App>>()),
            call: Arc::clone(ctx.data_unchecked::<Arc<Call>>()),
            ledger: Arc::clone(ctx.data_unchecked::<Arc<Ledger>>()),
        }
    }

    /// The call with which it began.
    #[must_use]
    pub fn begin(&self) -> Arc<Call> {
        Arc::clone(&self.call)
    }

    /// Looks at the subscriber again, as every event does, and has the guard and the fields of the next answer know the
    /// rights of this moment.
    ///
    /// # Errors
    /// When its session, account or token has ended.
    pub async fn again(&self) -> Result<Arc<Call>> {
        let at = self.app.clock.now();
        // Always from the viewer of the beginning, who has all roles of the token.
        let viewer = revalidate(&self.app, &self.call.viewer, at).await;
        let viewer = viewer.on_field(&self.call)?;
        let call = Arc::new(Call {
            viewer,
            at,
            ..Call::clone(&self.call)
        });
        self.ledger.renew(Arc::clone(&call));
        Ok(call)
    }
}

/// The subscription to one's own rights.
#[derive(Default)]
pub struct ViewerSubscription;

#[Subscription]
impl ViewerSubscription {
    /// Yourself, each time your account, your rights or your place in the organisation changed: what you may do now. A role
    /// given to you counts only with the next access token, so refresh it then. When your session or token ends, so does
    /// this, with `UNAUTHENTICATED`. 当前登录者变更订阅
    async fn viewer_changed(
        &self,
        ctx: &Context<'_>,
    ) -> Result<impl Stream<Item = Result<Option<Viewer>>> + use<>> {
        let app = Arc::clone(ctx.data_unchecked::<Arc<App>>());
        let mut last = Arc::clone(ctx.data_unchecked::<Arc<Call>>());
        let with_account = Viewer::shows_account(ctx);
        let events = follow(ctx, Interest::in_own_rights())?;
        Ok(stream! {
            for await item in events {
                match item {
                    Err(error) => yield Err(error),
                    Ok(Delivered { event, call }) => {
                        let about_me = call.viewer.actor.id == Some(event.entity_id);
                        if about_me || differs(&last.viewer, &call.viewer) {
                            last = call;
                            yield Viewer::at(&app, &last, with_account).await;
                        }
                    }
                }
            }
        })
    }
}

/// May the one do something else than the other, or is it somewhere else?
fn differs(one: &access::Viewer, other: &access::Viewer) -> bool {
    one.grants != other.grants
        || one.roles != other.roles
        || one.standing != other.standing
        || one.actor != other.actor
}
