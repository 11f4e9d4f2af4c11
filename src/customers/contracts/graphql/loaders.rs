//! Batched reads: what contracts are worth, and the risks of renewals.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use entity::renewal;
use uuid::Uuid;

use crate::customers::contracts::rules::renewals::{Looked, Risk, risks};
use crate::customers::contracts::store::{Worth, days, lost_before, worth};
use crate::error::Error;
use crate::graphql::Loads;
use crate::organisation::today;

/// What a contract is worth and came to, if the viewer may see that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WorthOf(pub Uuid);

impl Loader<WorthOf> for Loads {
    type Value = Worth;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[WorthOf]) -> Result<HashMap<WorthOf, Worth>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = worth(self.db.reader(), &self.call.viewer, &ids).await?;
        Ok(found
            .into_iter()
            .map(|(id, worth)| (WorthOf(id), worth))
            .collect())
    }
}

/// The risks of a renewal, by the row that was read.
#[derive(Clone, PartialEq, Eq)]
pub struct RisksOf(pub Arc<renewal::Model>);

impl Hash for RisksOf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

impl Loader<RisksOf> for Loads {
    type Value = Vec<Risk>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[RisksOf]) -> Result<HashMap<RisksOf, Vec<Risk>>, Self::Error> {
        let db = self.db.reader();
        let customers: Vec<Uuid> = keys.iter().map(|key| key.0.customer_id).collect();
        let lost = lost_before(db, &self.call.viewer, &customers).await?;
        let days = days(db, today(&self.call)).await?;
        let seen = |key: &RisksOf| {
            let row = &key.0;
            let looked = Looked {
                state: row.state,
                due_on: row.due_on,
                attempts: row.attempts,
                answered: row.answered,
                lost_before: lost.contains(&row.customer_id),
            };
            (key.clone(), risks(&looked, &days))
        };
        Ok(keys.iter().map(seen).collect())
    }
}
