//! Batched reads of what hangs on tickets: progress, comments, history.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use entity::enums::CommentVisibility;
use entity::{ticket_change, ticket_comment, ticket_stage_entry};
use uuid::Uuid;

use crate::db::keyset::{Listing, Page};
use crate::error::Error;
use crate::graphql::Loads;
use crate::tickets::store;

/// The stage entries of one ticket.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ProgressOf(pub Uuid);

impl Loader<ProgressOf> for Loads {
    type Value = Vec<ticket_stage_entry::Model>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[ProgressOf],
    ) -> Result<HashMap<ProgressOf, Self::Value>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let of = store::progress(self.db.reader(), &ids).await?;
        Ok(of
            .into_iter()
            .map(|(id, entries)| (ProgressOf(id), entries))
            .collect())
    }
}

/// One page of the comments of one ticket.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CommentsOf {
    /// The ticket.
    pub ticket: Uuid,
    /// Only public or only internal ones.
    pub visibility: Option<CommentVisibility>,
    /// Which page.
    pub page: Page,
    /// Is the total wanted?
    pub want_total: bool,
}

impl Loader<CommentsOf> for Loads {
    type Value = Listing<ticket_comment::Model>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[CommentsOf],
    ) -> Result<HashMap<CommentsOf, Self::Value>, Self::Error> {
        let mut answer = HashMap::new();
        // Usually all keys ask for the same page: the field stands once in the document.
        for (sample, ids) in groups(
            keys,
            |key| key.ticket,
            |key| CommentsOf {
                ticket: Uuid::nil(),
                ..key.clone()
            },
        ) {
            let of = store::comments(
                self.db.reader(),
                &self.call.viewer,
                &ids,
                sample.visibility,
                &sample.page,
                sample.want_total,
            )
            .await?;
            answer.extend(of.into_iter().map(|(ticket, listing)| {
                (
                    CommentsOf {
                        ticket,
                        ..sample.clone()
                    },
                    listing,
                )
            }));
        }
        Ok(answer)
    }
}

/// One page of the history of one ticket.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct HistoryOf {
    /// The ticket.
    pub ticket: Uuid,
    /// Which page.
    pub page: Page,
    /// Is the total wanted?
    pub want_total: bool,
}

impl Loader<HistoryOf> for Loads {
    type Value = Listing<ticket_change::Model>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[HistoryOf],
    ) -> Result<HashMap<HistoryOf, Self::Value>, Self::Error> {
        let mut answer = HashMap::new();
        for (sample, ids) in groups(
            keys,
            |key| key.ticket,
            |key| HistoryOf {
                ticket: Uuid::nil(),
                ..key.clone()
            },
        ) {
            let of = store::history(
                self.db.reader(),
                &self.call.viewer,
                &ids,
                &sample.page,
                sample.want_total,
            )
            .await?;
            answer.extend(of.into_iter().map(|(ticket, listing)| {
                (
                    HistoryOf {
                        ticket,
                        ..sample.clone()
                    },
                    listing,
                )
            }));
        }
        Ok(answer)
    }
}

/// Keys that differ only in their parent, together.
fn groups<K: Eq + std::hash::Hash>(
    keys: &[K],
    parent: impl Fn(&K) -> Uuid,
    sample: impl Fn(&K) -> K,
) -> HashMap<K, Vec<Uuid>> {
    let mut groups: HashMap<K, Vec<Uuid>> = HashMap::new();
    for key in keys {
        groups.entry(sample(key)).or_default().push(parent(key));
    }
    groups
}
