//! What hangs from a customer.

use entity::{contact, unit};

use crate::access::children::{Column, Link};
use crate::db::keyset::Sort;

/// The contacts of a customer: the one to ask first, then by name. Read them with
/// [`contacts_of`](super::contacts_of), which logs the look.
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
