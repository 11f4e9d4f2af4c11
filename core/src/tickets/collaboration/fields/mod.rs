//! Custom fields (自定义字段): what the organisation adds to its tickets, typed and validated.
//!
//! Words
//! - A **field** has a code, by which filters, processes and inputs name it, and a type: text, integer, decimal, date, flag
//!   or choice. It belongs to some kinds of ticket, or to all.
//! - A *public* field is seen and filled by customer and partner too; any other exists for staff only, to the point that
//!   filtering by it reads like filtering by a field that isn't there.
//! - A *retired* field is no longer filled; its values stay and can be cleared.
//!
//! Invariants
//! - Code and type never change; a choice that tickets hold isn't taken away.
//! - A value that is written fits its field as the field is at that moment.

pub mod actions;
pub mod filter;
mod known;
pub mod rules;
pub mod store;

pub use known::{Known, filled_of, of_kinds};
pub use store::filled;

use entity::custom_field;

use crate::error::Result;
use rules::{Definition, Limits};

/// A row as the rules see it.
///
/// # Errors
/// An internal one when the row's lists can't be read.
pub fn definition(row: &custom_field::Model) -> Result<Definition> {
    Ok(Definition {
        code: row.code.clone(),
        kinds: serde_json::from_value(row.kinds.clone())?,
        value_type: row.value_type,
        name: row.name.clone(),
        name_zh: row.name_zh.clone(),
        choices: serde_json::from_value(row.choices.clone())?,
        limits: Limits {
            min: row.min_value,
            max: row.max_value,
        },
        retired: row.retired_at.is_some(),
    })
}
