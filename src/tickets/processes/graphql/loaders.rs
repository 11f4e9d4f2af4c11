//! Batched reads of what hangs on templates and tickets.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use entity::enums::TicketKind;
use entity::{process_version, ticket_step_entry};
use uuid::Uuid;

use crate::error::Error;
use crate::graphql::Loads;
use crate::tickets::collaboration::fields;
use crate::tickets::processes::rules::validity::Names;
use crate::tickets::processes::store;

/// The published version of a template.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PublishedOf(pub Uuid);

impl Loader<PublishedOf> for Loads {
    type Value = process_version::Model;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[PublishedOf],
    ) -> Result<HashMap<PublishedOf, Self::Value>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let of = store::published_of(self.db.reader(), &ids).await?;
        Ok(of
            .into_iter()
            .map(|(id, row)| (PublishedOf(id), row))
            .collect())
    }
}

/// What steps of processes of a kind may refer to.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NamesOf(pub TicketKind);

impl Loader<NamesOf> for Loads {
    type Value = Names;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[NamesOf]) -> Result<HashMap<NamesOf, Self::Value>, Self::Error> {
        let kinds: Vec<TicketKind> = keys.iter().map(|key| key.0).collect();
        let of = store::names_of(self.db.reader(), &kinds).await?;
        Ok(of
            .into_iter()
            .map(|(kind, names)| (NamesOf(kind), names))
            .collect())
    }
}

/// The stays of a ticket in steps.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct StaysOf(pub Uuid);

impl Loader<StaysOf> for Loads {
    type Value = Vec<ticket_step_entry::Model>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[StaysOf]) -> Result<HashMap<StaysOf, Self::Value>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let of = store::stays(self.db.reader(), &ids).await?;
        Ok(of
            .into_iter()
            .map(|(id, stays)| (StaysOf(id), stays))
            .collect())
    }
}

/// The codes of the custom fields that have a value on a ticket.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct FilledOf(pub Uuid);

impl Loader<FilledOf> for Loads {
    type Value = BTreeSet<String>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[FilledOf]) -> Result<HashMap<FilledOf, Self::Value>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let of = fields::filled_of(self.db.reader(), &ids).await?;
        Ok(of
            .into_iter()
            .map(|(id, codes)| (FilledOf(id), codes))
            .collect())
    }
}
