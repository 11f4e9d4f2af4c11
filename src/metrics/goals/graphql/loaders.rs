//! Batched reads: how goals stand.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use entity::goal;

use crate::error::Error;
use crate::graphql::Loads;
use crate::metrics::goals::actions::{self, Look};
use crate::organisation::today;

/// How a goal stands, by the row that was read.
#[derive(Clone, PartialEq, Eq)]
pub struct LookAt(pub Arc<goal::Model>);

impl Hash for LookAt {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

impl Loader<LookAt> for Loads {
    type Value = Look;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[LookAt]) -> Result<HashMap<LookAt, Look>, Self::Error> {
        let goals: Vec<goal::Model> = keys.iter().map(|key| (*key.0).clone()).collect();
        let (viewer, day) = (&self.call.viewer, today(&self.call));
        let mut looks = actions::look(&self.db, &self.counter, viewer, &goals, day).await?;
        let look = |key: &LookAt| Some((key.clone(), looks.remove(&key.0.id)?));
        Ok(keys.iter().filter_map(look).collect())
    }
}
