//! What can be done to customers, their contacts and units: one file a business action.

mod common;
mod contact_add;
mod contact_remove;
mod contact_update;
mod customer_create;
mod customer_update;
mod unit_register;

pub use contact_add::{ContactAdd, contact_add};
pub use contact_remove::{ContactRemove, contact_remove};
pub use contact_update::{ContactUpdate, contact_update};
pub use customer_create::{CustomerCreate, customer_create};
pub use customer_update::{CustomerUpdate, customer_update};
pub use unit_register::{UnitRegister, unit_register};

pub use crate::check::Change;
