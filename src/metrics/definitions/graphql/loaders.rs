//! Batched reads: the versions of metrics, and metrics by key.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use entity::metric_version;
use uuid::Uuid;

use crate::error::{Error, Text};
use crate::graphql::Loads;
use crate::metrics::definitions::store::{self, Shown};

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

/// The metric with a key as the viewer sees it, in use or retired.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct MetricByKey(pub String);

impl Loader<MetricByKey> for Loads {
    type Value = Shown;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[MetricByKey]) -> Result<HashMap<MetricByKey, Shown>, Self::Error> {
        let words: Vec<&str> = keys.iter().map(|key| key.0.as_str()).collect();
        let found = store::shown_by_keys(self.db.reader(), &self.call.viewer, &words).await?;
        let keyed = |shown: Shown| (MetricByKey(shown.defined.metric.key.clone()), shown);
        Ok(found.into_iter().map(keyed).collect())
    }
}

/// What the metric with a key is called while it is in use, also for who may not look at metrics.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NameOfMetric(pub String);

impl Loader<NameOfMetric> for Loads {
    type Value = Text;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[NameOfMetric],
    ) -> Result<HashMap<NameOfMetric, Text>, Self::Error> {
        let all = store::all_current(self.db.reader()).await?;
        let named = all.into_iter().map(|one| {
            let name = Text::new(one.version.name, one.version.name_zh);
            (NameOfMetric(one.metric.key), name)
        });
        Ok(named.filter(|(key, _)| keys.contains(key)).collect())
    }
}
