//! Batched reads: the watchers of tickets, and who is mentioned in comments.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use entity::ticket_watcher;
use uuid::Uuid;

use crate::error::Error;
use crate::graphql::Loads;
use crate::tickets::collaboration::watching::store;

/// The watchers of one ticket.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct WatchersOf(pub Uuid);

impl Loader<WatchersOf> for Loads {
    type Value = Vec<ticket_watcher::Model>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[WatchersOf],
    ) -> Result<HashMap<WatchersOf, Self::Value>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let of = store::watchers(self.db.reader(), &self.call.viewer, &ids).await?;
        Ok(of
            .into_iter()
            .map(|(id, rows)| (WatchersOf(id), rows))
            .collect())
    }
}

/// The members mentioned in one comment.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct MentionedIn(pub Uuid);

impl Loader<MentionedIn> for Loads {
    type Value = Vec<Uuid>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[MentionedIn],
    ) -> Result<HashMap<MentionedIn, Self::Value>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let of = store::mentioned_in(self.db.reader(), &self.call.viewer, &ids).await?;
        Ok(of
            .into_iter()
            .map(|(id, members)| (MentionedIn(id), members))
            .collect())
    }
}
