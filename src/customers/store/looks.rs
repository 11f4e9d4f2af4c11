//! Reading contacts: each look is written to the audit log before the answer leaves, or there is no answer.
//!
//! A look at many contacts at once - a page of customers with theirs - is one entry that lists them all.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use entity::contact;
use serde_json::json;
use uuid::Uuid;

use super::rows::CustomersContacts;
use crate::access::{Call, Permission, by_ids};
use crate::audit;
use crate::db::Db;
use crate::db::keyset::{Listing, Page};
use crate::error::{Error, Result};
use crate::graphql::Loads;
use crate::graphql::children::pages_of;
use crate::work::Work;

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
        read(&self.db, &self.call, &ids).await.map_err(Arc::new)
    }
}

async fn read(db: &Db, call: &Call, ids: &[Uuid]) -> Result<HashMap<ContactId, contact::Model>> {
    let rows = by_ids::<contact::Entity>(
        db.reader(),
        &call.viewer,
        Permission::CustomerContactRead,
        ids,
    )
    .await?;
    let seen = rows.values().map(|row| (row.id, row.customer_id)).collect();
    note_look(db, call, seen).await?;
    Ok(rows
        .into_iter()
        .map(|(id, row)| (ContactId(id), row))
        .collect())
}

/// One contact, read anew and logged: for the payload of a mutation.
///
/// # Errors
/// When the database fails.
pub async fn read_contact(db: &Db, call: &Call, id: Uuid) -> Result<Option<contact::Model>> {
    Ok(read(db, call, &[id]).await?.remove(&ContactId(id)))
}

/// The key of a page of a customer's contacts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ContactsPage {
    customer_id: Uuid,
    page: Page,
    want_total: bool,
}

/// The key for a page of a customer's contacts; the look is logged.
#[must_use]
pub fn contacts_page(customer_id: Uuid, page: Page, want_total: bool) -> ContactsPage {
    ContactsPage {
        customer_id,
        page,
        want_total,
    }
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
            let pages = pages_of::<CustomersContacts>(self, &customers, page, want_total)
                .await
                .map_err(Arc::new)?;
            answers.extend(
                pages
                    .into_iter()
                    .map(|(id, listing)| (contacts_page(id, page.clone(), want_total), listing)),
            );
        }
        let mut seen = Vec::new();
        for listing in answers.values() {
            for (_, row) in &listing.slice.rows {
                seen.push((row.id, row.customer_id));
            }
        }
        note_look(&self.db, &self.call, seen)
            .await
            .map_err(Arc::new)?;
        Ok(answers)
    }
}

/// Writes who looked at which contacts, given with their customers.
async fn note_look(db: &Db, call: &Call, seen: Vec<(Uuid, Uuid)>) -> Result<()> {
    let (contacts, customers): (BTreeSet<Uuid>, BTreeSet<Uuid>) = seen.into_iter().unzip();
    if contacts.is_empty() {
        return Ok(());
    }
    // One customer's contacts are found under that customer; several under no object, but in the detail.
    let customer = match customers.first() {
        Some(id) if customers.len() == 1 => Some(*id),
        _ => None,
    };
    note(
        db,
        call,
        audit::Entry {
            action: "customer.contact.read",
            entity_type: "customer",
            entity_id: customer,
            detail: json!({ "contacts": contacts, "customers": customers }),
        },
    )
    .await
}

/// Writes that somebody looked for customers by contact data; the values themselves are not written.
///
/// # Errors
/// When the database fails.
pub async fn note_search(db: &Db, call: &Call, fields: &[&str]) -> Result<()> {
    note(
        db,
        call,
        audit::Entry {
            action: "customer.contact.search",
            entity_type: "customer",
            entity_id: None,
            detail: json!({ "fields": fields }),
        },
    )
    .await
}

async fn note(db: &Db, call: &Call, entry: audit::Entry) -> Result<()> {
    let mut work = Work::begin(db, call).await?;
    work.audit(entry);
    work.commit().await
}
