//! Batched reads: which tickets' clocks may be seen, the clocks, the versions of policies.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use entity::sla_policy_version;
use uuid::Uuid;

use crate::error::Error;
use crate::graphql::Loads;
use crate::organisation::today;
use crate::tickets::sla::store::{self, Shown};

/// May the clocks of a ticket be seen?
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SlaOf(pub Uuid);

impl Loader<SlaOf> for Loads {
    type Value = ();
    type Error = Arc<Error>;

    async fn load(&self, keys: &[SlaOf]) -> Result<HashMap<SlaOf, ()>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let seen = store::within_reach(self.db.reader(), &self.call.viewer, &ids).await?;
        Ok(seen.into_iter().map(|id| (SlaOf(id), ())).collect())
    }
}

/// The clocks of a ticket whose clocks may be seen.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ClocksOf(pub Uuid);

impl Loader<ClocksOf> for Loads {
    type Value = Vec<Shown>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[ClocksOf]) -> Result<HashMap<ClocksOf, Self::Value>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let of = store::shown(self.db.reader(), &ids, today(&self.call)).await?;
        Ok(of
            .into_iter()
            .map(|(id, clocks)| (ClocksOf(id), clocks))
            .collect())
    }
}

/// The versions of a policy.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct VersionsOf(pub Uuid);

impl Loader<VersionsOf> for Loads {
    type Value = Vec<sla_policy_version::Model>;
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
