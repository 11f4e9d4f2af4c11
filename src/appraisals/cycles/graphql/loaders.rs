//! Batched reads: how far cycles are.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use uuid::Uuid;

use crate::appraisals::cycles::store::{Blocked, Progress, blocked_of, progress_of};
use crate::error::Error;
use crate::graphql::Loads;

/// How far a cycle is.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ProgressOf(pub Uuid);

impl Loader<ProgressOf> for Loads {
    type Value = Progress;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[ProgressOf],
    ) -> Result<HashMap<ProgressOf, Progress>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = progress_of(self.db.reader(), &self.call.viewer, &ids).await?;
        Ok(found
            .into_iter()
            .map(|(cycle, progress)| (ProgressOf(cycle), progress))
            .collect())
    }
}

/// The appraisals of a cycle whose results wait for something.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct BlockedOf(pub Uuid);

impl Loader<BlockedOf> for Loads {
    type Value = Vec<Blocked>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[BlockedOf],
    ) -> Result<HashMap<BlockedOf, Vec<Blocked>>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = blocked_of(self.db.reader(), &self.call.viewer, &ids).await?;
        Ok(found
            .into_iter()
            .map(|(cycle, blocked)| (BlockedOf(cycle), blocked))
            .collect())
    }
}
