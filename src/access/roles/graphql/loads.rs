//! Batched reads of what stands beside roles and gifts.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use uuid::Uuid;

use crate::access::roles::store;
use crate::access::{Grants, Principal};
use crate::error::Error;
use crate::graphql::Loads;

/// The grants of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GrantsOf(pub Uuid);

/// How many principals have a role now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HoldersOf(pub Uuid);

/// The name of a principal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NameOf(pub Principal);

impl Loader<GrantsOf> for Loads {
    type Value = Grants;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[GrantsOf]) -> Result<HashMap<GrantsOf, Grants>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = store::grants_by_role(self.db.reader(), &ids).await;
        Ok(found
            .map_err(Arc::new)?
            .into_iter()
            .map(|(id, grants)| (GrantsOf(id), grants))
            .collect())
    }
}

impl Loader<HoldersOf> for Loads {
    type Value = i64;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[HoldersOf]) -> Result<HashMap<HoldersOf, i64>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = store::holders_by_role(self.db.reader(), &ids, self.call.at).await;
        Ok(found
            .map_err(Arc::new)?
            .into_iter()
            .map(|(id, holders)| (HoldersOf(id), holders))
            .collect())
    }
}

impl Loader<NameOf> for Loads {
    type Value = String;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[NameOf]) -> Result<HashMap<NameOf, String>, Self::Error> {
        let principals: Vec<Principal> = keys.iter().map(|key| key.0).collect();
        let found = store::names_of(self.db.reader(), &principals).await;
        Ok(found
            .map_err(Arc::new)?
            .into_iter()
            .map(|(principal, name)| (NameOf(principal), name))
            .collect())
    }
}
