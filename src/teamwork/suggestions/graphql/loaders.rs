//! Batched reads of what hangs on suggestions.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use uuid::Uuid;

use crate::error::Error;
use crate::graphql::Loads;
use crate::teamwork::suggestions::store;

/// That one supports a suggestion.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SupportOf(pub Uuid);

impl Loader<SupportOf> for Loads {
    type Value = ();
    type Error = Arc<Error>;

    async fn load(&self, keys: &[SupportOf]) -> Result<HashMap<SupportOf, ()>, Arc<Error>> {
        let Some(me) = self.call.viewer.standing.member_id else {
            return Ok(HashMap::new());
        };
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let mine = store::supported_by(self.db.reader(), &ids, me).await?;
        Ok(mine.into_iter().map(|id| (SupportOf(id), ())).collect())
    }
}
