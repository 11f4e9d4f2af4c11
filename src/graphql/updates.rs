//! What an update says about a value: that it stays, goes, or becomes another one.

use async_graphql::MaybeUndefined;

use crate::check::Change;

/// A field of an input as the plain order has it: absent is kept, null is cleared.
pub fn change<T>(given: MaybeUndefined<T>) -> Change<T> {
    match given {
        MaybeUndefined::Undefined => Change::Keep,
        MaybeUndefined::Null => Change::Clear,
        MaybeUndefined::Value(value) => Change::Set(value),
    }
}
