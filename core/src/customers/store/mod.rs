//! The only place that touches the customers' tables.

mod counts;
mod lists;
mod looks;
mod rows;
mod tiers;
mod writes;

pub use counts::Counts;
pub use lists::{
    CatalogueFilter, CustomerFilter, CustomerOrder, CustomerPlain, PartnerFilter, PartnerOrder,
    ProductFilter, ProductOrder, UnitFilter, UnitOrder,
};
pub use looks::{contacts_by_id, contacts_of, note_search, read_contact};
pub use rows::CustomersUnits;
pub use tiers::{changed_since, partner_of, tier};
pub use writes::{
    delete_contact, demote_others, insert_contact, insert_customer, insert_unit, save_contact,
    save_customer,
};
