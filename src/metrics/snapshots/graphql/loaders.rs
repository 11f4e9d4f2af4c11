//! Batched reads: by which versions the metrics of snapshots were computed.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use uuid::Uuid;

use crate::error::Error;
use crate::graphql::Loads;
use crate::metrics::definitions::Defined;
use crate::metrics::snapshots::store;

/// The metrics of a snapshot.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct MetricsOf(pub Uuid);

impl Loader<MetricsOf> for Loads {
    type Value = Vec<Defined>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[MetricsOf],
    ) -> Result<HashMap<MetricsOf, Self::Value>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let of = store::versions_of(self.db.reader(), &self.call.viewer, &ids).await?;
        Ok(of
            .into_iter()
            .map(|(id, metrics)| (MetricsOf(id), metrics))
            .collect())
    }
}
