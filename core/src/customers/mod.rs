//! Whom we serve and what they have: partners, customers, contacts, products and units (客户关系).
//!
//! Words
//! - A **partner** (合作伙伴) is an organisation that sells, serves or uses our products and may see its own customers.
//! - A **customer** (客户) is a company or a person with a **tier** (等级); an **owner** (负责人) among the members looks
//!   after it. **Contacts** (联系人) are the people to talk to there: personal data, so a permission of its own guards
//!   them and every look is written to the audit log (保密).
//! - A **product** (产品) is what we look after; a **unit** (设备) is one sold piece of it, with a serial and a warranty.
//!
//! Invariants
//! - Contacts and units follow their customer: whoever reaches the customer under the permission reaches them.
//! - Nobody filters by what they may not read: a filter by contact data only matches contacts within the viewer's reach.
//! - Whoever changes a customer must still reach it afterwards: nobody pushes a row out of their own sight.
//! - A customer has at most one primary contact.
//!
//! [`contracts`] is a room of its own: contracts, the money for them and their renewals. [`payments_between`] is what incentives
//! pay by.
//!
//! To add something that follows a customer: take [`of_customer`] for the SQL and [`CustomerFacts::within`] for the plain
//! predicate, side by side in that table's [`Scoped`](crate::access::Scoped).

pub mod actions;
pub mod contracts;
mod part;
mod scope;
pub mod store;

pub use contracts::ledger::{
    Collected, Credit, Entry as PaymentEntry, Late, Refunded, collected_by,
    entries_between as payments_between, entries_by_id as payments_by_id,
    entries_with_late as payments_with_late, refunded_after, refunded_of,
};
pub use store::{Counts, changed_since, partner_of, tier};

pub use scope::{CustomerFacts, of_customer};
pub use store::read_contact;
pub use store::{
    CatalogueFilter, CustomerFilter, CustomerOrder, CustomerPlain, PartnerFilter, PartnerOrder,
    ProductFilter, ProductOrder, UnitFilter, UnitOrder,
};

/// The kind of event that tells of a change of a customer, its contacts or units; `entity_id` is the customer.
pub const CUSTOMER_CHANGED: &str = "customer.changed";
