//! Batched reads: what runs come to, what versions say, the sides of entries, how far runs are.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use entity::enums::IncentiveRunState;
use entity::incentive_posting;
use uuid::Uuid;

use crate::error::Error;
use crate::graphql::Loads;
use crate::incentives::gather;
use crate::incentives::rules::catalogue::Catalogue;
use crate::incentives::rules::content::RuleContent;
use crate::incentives::runs::store;
use crate::incentives::runs::totals::{Told, totals};

/// What a run comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TotalsOf(pub Uuid);

impl Loader<TotalsOf> for Loads {
    type Value = Arc<Vec<Told>>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[TotalsOf]) -> Result<HashMap<TotalsOf, Self::Value>, Arc<Error>> {
        let runs: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = totals(&self.db, &self.call, &runs).await?;
        Ok(found
            .into_iter()
            .map(|(id, told)| (TotalsOf(id), Arc::new(told)))
            .collect())
    }
}

/// A row that is about somebody's pay. Looks at others' are logged, an entry for each member of all that a request asks for at once.
pub struct Seen<E> {
    id: Uuid,
    entity: PhantomData<fn() -> E>,
}

impl<E> Seen<E> {
    /// The key of a row.
    #[must_use]
    pub const fn new(id: Uuid) -> Self {
        Self {
            id,
            entity: PhantomData,
        }
    }
}

impl<E> Clone for Seen<E> {
    fn clone(&self) -> Self {
        Self::new(self.id)
    }
}

impl<E> PartialEq for Seen<E> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<E> Eq for Seen<E> {}

impl<E> Hash for Seen<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl<E: store::AboutPay> Loader<Seen<E>> for Loads {
    type Value = E::Model;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[Seen<E>]) -> Result<HashMap<Seen<E>, E::Model>, Arc<Error>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.id).collect();
        let found = store::some_seen::<E>(&self.db, &self.call, &ids).await?;
        Ok(found
            .into_iter()
            .map(|(id, row)| (Seen::new(id), row))
            .collect())
    }
}

/// What facts are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FactNames;

impl Loader<FactNames> for Loads {
    type Value = Arc<Catalogue>;
    type Error = Arc<Error>;

    async fn load(&self, _: &[FactNames]) -> Result<HashMap<FactNames, Self::Value>, Arc<Error>> {
        let catalogue = gather::catalogue(self.db.reader(), &self.counter.sources).await?;
        Ok(HashMap::from([(FactNames, Arc::new(catalogue))]))
    }
}

/// What the version of an award says: whoever sees an award may read by which rule it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RuleOf(pub Uuid);

impl Loader<RuleOf> for Loads {
    type Value = Arc<RuleContent>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[RuleOf]) -> Result<HashMap<RuleOf, Self::Value>, Arc<Error>> {
        let versions: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = store::contents_of(self.db.reader(), &versions).await?;
        Ok(found
            .into_iter()
            .map(|(id, content)| (RuleOf(id), Arc::new(content)))
            .collect())
    }
}

/// What a rule was called in a run, by run and rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VersionOf(pub Uuid, pub Uuid);

impl Loader<VersionOf> for Loads {
    type Value = Arc<RuleContent>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[VersionOf],
    ) -> Result<HashMap<VersionOf, Self::Value>, Arc<Error>> {
        let runs: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = store::contents_in_runs(self.db.reader(), &runs).await?;
        Ok(found
            .into_iter()
            .map(|((run, rule), content)| (VersionOf(run, rule), Arc::new(content)))
            .collect())
    }
}

/// How far the run of an award is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StateOf(pub Uuid);

impl Loader<StateOf> for Loads {
    type Value = IncentiveRunState;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[StateOf]) -> Result<HashMap<StateOf, Self::Value>, Arc<Error>> {
        let runs: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = store::states_of(self.db.reader(), &runs).await?;
        Ok(found
            .into_iter()
            .map(|(id, state)| (StateOf(id), state))
            .collect())
    }
}

/// The sides of an entry that the viewer has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PostingsOf(pub Uuid);

impl Loader<PostingsOf> for Loads {
    type Value = Vec<incentive_posting::Model>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[PostingsOf],
    ) -> Result<HashMap<PostingsOf, Self::Value>, Arc<Error>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = store::postings_of(self.db.reader(), &ids).await?;
        Ok(found
            .into_iter()
            .map(|(id, rows)| (PostingsOf(id), rows))
            .collect())
    }
}
