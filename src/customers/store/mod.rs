//! The only place that touches the customers' tables.

mod lists;
mod looks;
mod rows;

pub use lists::{
    CatalogueFilter, CustomerFilter, CustomerOrder, CustomerPlain, PartnerFilter, PartnerOrder,
    ProductFilter, ProductOrder, UnitFilter, UnitOrder,
};
pub use looks::{ContactId, contacts_page, note_search, read_contact};
pub use rows::{CustomersUnits, serial_taken};
