//! Who may do what: the heart of the product.
//!
//! Words: a **permission** is one thing that can be done ([`Permission`]); a **reach** is a set of rows
//! ([`Reach`](entity::enums::Reach)); a **role** is a database row with a set of (permission, reach) grants;
//! a **viewer** is whoever asks, with the union of the grants of its roles ([`Viewer`]) and its **standing** in the
//! organisation ([`Standing`]): which teams, regions, partner or customer it belongs to today.
//!
//! Invariants
//! - Deny by default: no grant, no rows; a field without a rule keeps the server from starting.
//! - The union is taken permission by permission: a wide reach on one never widens another.
//! - What a reach means for a table is written once, beside the table's store, as [`Scoped`].
//! - Every read of a protected table starts at [`visible`].
//!
//! To add a permission: one line in `permission.rs`, its grants to built-in roles in `builtin.rs`, its fields in the
//! domain's table of registry entries. The matrix in `docs/access-matrix.md` shows the effect.

pub mod builtin;
pub mod children;
mod epoch;
mod grants;
pub mod kept;
pub mod matrix;
mod permission;
mod principal;
mod registry;
pub mod roles;
mod rows;
mod scope;
mod trusted;
mod viewer;

pub use epoch::{bump_epoch, epoch, recent_epoch};
pub use grants::Grants;
pub use permission::Permission;
pub use principal::Principal;
pub use registry::{Entry, Registry, Rule};
pub(crate) use rows::reached;
pub use rows::{
    Listed, along, compare_reference, find, find_along, find_with_first_page, list, still_within,
    to_change,
};
pub use scope::{Scoped, by_ids, reach_name, reach_of, sees, visible};
pub use trusted::{TrustedDocument, TrustedDocuments, hash_of_hex};
pub use viewer::{Actor, Call, Standing, Viewer, forbidden};
