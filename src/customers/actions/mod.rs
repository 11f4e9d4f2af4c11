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

/// What an update says about one value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// Nothing: it stays.
    #[default]
    Keep,
    /// It is taken away.
    Clear,
    /// It becomes this.
    Set(T),
}

impl<T> Change<T> {
    /// The new value, if one is given.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }

    /// What becomes of an optional value; `None` when it stays.
    pub fn optional(self) -> Option<Option<T>> {
        match self {
            Self::Keep => None,
            Self::Clear => Some(None),
            Self::Set(value) => Some(Some(value)),
        }
    }
}
