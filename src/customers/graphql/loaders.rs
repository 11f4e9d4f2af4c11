//! Batched reads of contacts; the store logs each look.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use entity::contact;
use uuid::Uuid;

use crate::customers::store::{contacts_by_id, contacts_of};
use crate::db::keyset::{Listing, Page};
use crate::error::Error;
use crate::graphql::Loads;

/// The key of a contact whose look is logged; use this and never the plain row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContactId(pub Uuid);

impl Loader<ContactId> for Loads {
    type Value = contact::Model;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[ContactId],
    ) -> Result<HashMap<ContactId, contact::Model>, Arc<Error>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = contacts_by_id(&self.db, &self.call, &ids)
            .await
            .map_err(Arc::new)?;
        Ok(rows
            .into_iter()
            .map(|(id, row)| (ContactId(id), row))
            .collect())
    }
}

/// The key of a page of a customer's contacts; the look is logged.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ContactsPage {
    /// The customer.
    pub customer_id: Uuid,
    /// Which page.
    pub page: Page,
    /// Are all to be counted?
    pub want_total: bool,
}

impl Loader<ContactsPage> for Loads {
    type Value = Listing<contact::Model>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[ContactsPage],
    ) -> Result<HashMap<ContactsPage, Listing<contact::Model>>, Arc<Error>> {
        let mut alike: HashMap<(&Page, bool), Vec<Uuid>> = HashMap::new();
        for key in keys {
            alike
                .entry((&key.page, key.want_total))
                .or_default()
                .push(key.customer_id);
        }
        let mut answers = HashMap::with_capacity(keys.len());
        for ((page, want_total), customers) in alike {
            let pages = contacts_of(&self.db, &self.call, &customers, page, want_total)
                .await
                .map_err(Arc::new)?;
            answers.extend(pages.into_iter().map(|(customer_id, listing)| {
                let key = ContactsPage {
                    customer_id,
                    page: page.clone(),
                    want_total,
                };
                (key, listing)
            }));
        }
        Ok(answers)
    }
}
