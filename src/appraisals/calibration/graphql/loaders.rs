//! Batched looks: the groups of sessions and the changes made in them, each logged before it is shown.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use uuid::Uuid;

use crate::appraisals::calibration::actions::{self, Group};
use crate::appraisals::calibration::rules::Scope;
use crate::appraisals::calibration::store::Changed;
use crate::error::Error;
use crate::graphql::Loads;

/// The group of a session.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct GroupOf(pub Scope);

impl Loader<GroupOf> for Loads {
    type Value = Arc<Group>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[GroupOf]) -> Result<HashMap<GroupOf, Arc<Group>>, Arc<Error>> {
        let scopes: Vec<Scope> = keys.iter().map(|key| key.0).collect();
        let mut groups = actions::groups(&self.db, &self.call, &scopes).await?;
        let group = |key: &GroupOf| Some((*key, Arc::new(groups.remove(&key.0.session)?)));
        Ok(keys.iter().filter_map(group).collect())
    }
}

/// The changes made in a session.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChangesOf(pub Uuid);

impl Loader<ChangesOf> for Loads {
    type Value = Vec<Changed>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[ChangesOf],
    ) -> Result<HashMap<ChangesOf, Vec<Changed>>, Arc<Error>> {
        let sessions: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let changes = actions::changes(&self.db, &self.call, &sessions).await?;
        let changes = changes.into_iter();
        Ok(changes
            .map(|(session, changes)| (ChangesOf(session), changes))
            .collect())
    }
}
