//! Reading contacts: each look is written to the audit log before the answer leaves, or there is no answer.
//!
//! A look at many contacts at once - a page of customers with theirs - is an entry for each customer, under which it is found.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::contact;
use serde_json::json;
use uuid::Uuid;

use super::rows::CustomersContacts;
use crate::access::children::pages_of;
use crate::access::{Call, Permission, by_ids};
use crate::audit::{self, note_read, note_reads};
use crate::db::Db;
use crate::db::keyset::{Listing, Page};
use crate::error::Result;

/// The visible contacts among `ids`; the look is logged.
///
/// # Errors
/// When they can't be read or the look can't be logged.
pub async fn contacts_by_id(
    db: &Db,
    call: &Call,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, contact::Model>> {
    let permission = Permission::CustomerContactRead;
    let rows = by_ids::<contact::Entity>(db.reader(), &call.viewer, permission, ids).await?;
    let seen = rows.values().map(|row| (row.id, row.customer_id)).collect();
    note_look(db, call, seen).await?;
    Ok(rows)
}

/// One contact, read anew; the look is logged.
///
/// # Errors
/// When it can't be read or the look can't be logged.
pub async fn read_contact(db: &Db, call: &Call, id: Uuid) -> Result<Option<contact::Model>> {
    Ok(contacts_by_id(db, call, &[id]).await?.remove(&id))
}

/// The same page of the contacts of many customers; the look is logged.
///
/// # Errors
/// `BAD_INPUT` when the cursor isn't one of this list.
pub async fn contacts_of(
    db: &Db,
    call: &Call,
    customers: &[Uuid],
    page: &Page,
    want_total: bool,
) -> Result<HashMap<Uuid, Listing<contact::Model>>> {
    let viewer = &call.viewer;
    let pages =
        pages_of::<CustomersContacts>(db.reader(), viewer, customers, page, want_total).await?;
    let mut seen = Vec::new();
    for listing in pages.values() {
        for row in &listing.slice.rows {
            seen.push((row.id, row.customer_id));
        }
    }
    note_look(db, call, seen).await?;
    Ok(pages)
}

/// Writes who looked at which contacts, given with their customers.
async fn note_look(db: &Db, call: &Call, seen: Vec<(Uuid, Uuid)>) -> Result<()> {
    let mut contacts: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
    for (contact, customer) in seen {
        contacts.entry(customer).or_default().insert(contact);
    }
    let entries = contacts
        .into_iter()
        .map(|(customer, contacts)| audit::Entry {
            action: "customer.contact.read",
            entity_type: "customer",
            entity_id: Some(customer),
            detail: json!({ "contacts": contacts }),
        });
    note_reads(db, call, entries).await
}

/// Writes that somebody looked for customers by contact data; the values themselves are not written.
///
/// # Errors
/// When the database fails.
pub async fn note_search(db: &Db, call: &Call, fields: &[&str]) -> Result<()> {
    let entry = audit::Entry {
        action: "customer.contact.search",
        entity_type: "customer",
        entity_id: None,
        detail: json!({ "fields": fields }),
    };
    note_read(db, call, entry).await
}
