//! Roles as data: made, changed, previewed, given and taken back while the server runs.
//!
//! Words: a **grant** is one (permission, reach) pair of a role; a **gift** is one role in the hands of one principal,
//! possibly until a given time; a role's **audience** is the kind of principal that it is for.
//!
//! Invariants, decided in `rules` and tested there
//! - Nobody grants what they don't hold, neither into a role nor by giving a role.
//! - Nobody changes their own roles: no gifts to themselves, no change of the grants of a role that they have.
//! - One active user who may manage roles remains, by a gift without an end.
//! - Outsiders only ever get roles made for them, with permissions that are open to them and reaches that end at their
//!   organisation.
//! - The built-in roles stay; the grants of `admin` are the whole catalogue, always.
//!
//! Every change takes the lock of the access epoch first, so that of two at once the second is decided on what the first
//! has left.

pub mod actions;
mod ends;
pub mod rules;
pub mod store;

pub use ends::next_end;
pub use store::{grants_by_key, grants_of, grants_of_staff, keys, last_admin_remains};
