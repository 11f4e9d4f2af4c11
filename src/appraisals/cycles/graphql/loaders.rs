//! Batched reads: how far cycles are.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use uuid::Uuid;

use crate::appraisals::cycles::store::{Progress, progress_of};
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
