//! Batched reads: who is shown on the wall, and in which team members have their home.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use uuid::Uuid;

use crate::error::Error;
use crate::graphql::Loads;
use crate::incentives::honours::store::shown;
use crate::organisation::{homes, today};

/// That a member is shown on the wall today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShownOf(pub Uuid);

impl Loader<ShownOf> for Loads {
    type Value = ();
    type Error = Arc<Error>;

    async fn load(&self, keys: &[ShownOf]) -> Result<HashMap<ShownOf, ()>, Arc<Error>> {
        let members: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = shown(self.db.reader(), &members, today(&self.call)).await?;
        Ok(found.into_iter().map(|id| (ShownOf(id), ())).collect())
    }
}

/// The team in which a member whose honour is shown has the home today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HomeTeamOf(pub Uuid);

impl Loader<HomeTeamOf> for Loads {
    type Value = Uuid;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[HomeTeamOf]) -> Result<HashMap<HomeTeamOf, Uuid>, Arc<Error>> {
        let day = today(&self.call);
        let homes = homes(self.db.reader(), keys.iter().map(|key| key.0)).await?;
        let team = |(member, homes): (Uuid, Vec<crate::organisation::Home>)| {
            let home = homes.into_iter().find(|home| home.holds_on(day))?;
            Some((HomeTeamOf(member), home.team?))
        };
        Ok(homes.into_iter().filter_map(team).collect())
    }
}
