//! Batched reads: the versions of metrics.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use entity::metric_version;
use uuid::Uuid;

use crate::error::Error;
use crate::graphql::Loads;
use crate::metrics::definitions::store;

/// The versions of a metric.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct VersionsOf(pub Uuid);

impl Loader<VersionsOf> for Loads {
    type Value = Vec<metric_version::Model>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[VersionsOf],
    ) -> Result<HashMap<VersionsOf, Self::Value>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let of = store::versions_of(self.db.reader(), &self.call.viewer, &ids).await?;
        Ok(of
            .into_iter()
            .map(|(id, versions)| (VersionsOf(id), versions))
            .collect())
    }
}
