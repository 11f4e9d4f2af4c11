//! Batched reads of calendars' present versions.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use entity::calendar_version;
use uuid::Uuid;

use crate::calendars::store::current_shown;
use crate::error::Error;
use crate::graphql::Loads;

/// The key of a calendar's version that holds now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CurrentOf(pub Uuid);

impl Loader<CurrentOf> for Loads {
    type Value = calendar_version::Model;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[CurrentOf],
    ) -> Result<HashMap<CurrentOf, calendar_version::Model>, Arc<Error>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = current_shown(self.db.reader(), &self.call.viewer, &ids)
            .await
            .map_err(Arc::new)?;
        Ok(rows
            .into_iter()
            .map(|(id, row)| (CurrentOf(id), row))
            .collect())
    }
}
