//! Batched reads: how newcomers stand.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use entity::mentoring;

use crate::error::Error;
use crate::graphql::Loads;
use crate::organisation::today;
use crate::training::mentoring::actions::{self, Look};

/// How the newcomer of a pair stands, by the row that was read.
#[derive(Clone, PartialEq, Eq)]
pub struct StandingOf(pub Arc<mentoring::Model>);

impl Hash for StandingOf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

impl Loader<StandingOf> for Loads {
    type Value = Look;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[StandingOf]) -> Result<HashMap<StandingOf, Look>, Self::Error> {
        let pairs: Vec<mentoring::Model> = keys.iter().map(|key| (*key.0).clone()).collect();
        let (viewer, day) = (&self.call.viewer, today(&self.call));
        let mut looks = actions::look(&self.db, &self.counter, viewer, &pairs, day).await?;
        let look = |key: &StandingOf| Some((key.clone(), looks.remove(&key.0.id)?));
        Ok(keys.iter().filter_map(look).collect())
    }
}
