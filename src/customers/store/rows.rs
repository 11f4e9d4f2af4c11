//! What hangs from a customer.

use entity::{contact, unit};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::db::keyset::Sort;
use crate::error::Result;
use crate::graphql::children::{Column, Link};

/// The contacts of a customer: the one to ask first, then by name. Read them with
/// [`contacts_page`](super::contacts_page), which logs the look.
pub struct CustomersContacts;

impl Link for CustomersContacts {
    type Child = contact::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (contact::Column::Id, contact::Column::CustomerId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::descending(contact::Column::IsPrimary),
            Sort::ascending(contact::Column::Name),
            Sort::ascending(contact::Column::Id),
        ]
    }
}

/// The units of a customer, the last sold first.
pub struct CustomersUnits;

impl Link for CustomersUnits {
    type Child = unit::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (unit::Column::Id, unit::Column::CustomerId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::descending(unit::Column::SoldOn),
            Sort::descending(unit::Column::Id),
        ]
    }
}

/// Is a serial number given already, to whomever?
///
/// # Errors
/// When the database fails.
pub async fn serial_taken(transaction: &impl ConnectionTrait, serial: &str) -> Result<bool> {
    let units = unit::Entity::find().filter(unit::Column::Serial.eq(serial));
    Ok(units.count(transaction).await? > 0)
}
