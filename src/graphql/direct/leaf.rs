//! Values without a selection, as JSON.

use std::fmt::Display;
use std::io::Write as _;

use async_graphql::resolver_utils::EnumType;
use serde::Serialize;

use crate::graphql::{Date, DateTime, Decimal, Id, Node};

/// A value that is written as the library would.
pub trait Leaf {
    /// Adds its JSON.
    fn write(&self, out: &mut Vec<u8>);
}

/// Adds the JSON of something. Writing to memory doesn't fail.
pub(super) fn json(value: &(impl Serialize + ?Sized), out: &mut Vec<u8>) {
    serde_json::to_writer(out, value).unwrap_or_default();
}

macro_rules! plain {
    ($($type:ty),*) => {
        $(impl Leaf for $type {
            fn write(&self, out: &mut Vec<u8>) {
                json(self, out);
            }
        })*
    };
}

/// Adds a text in which nothing has to be escaped: letters, digits, `_`, `-`, `:`, `.` and the like.
fn quoted(text: impl Display, out: &mut Vec<u8>) {
    // Writing to memory doesn't fail.
    write!(out, "\"{text}\"").unwrap_or_default();
}

macro_rules! scalars {
    ($($type:ty),*) => {
        $(impl Leaf for $type {
            fn write(&self, out: &mut Vec<u8>) {
                quoted(self.text(), out);
            }
        })*
    };
}

plain!((), &str, String, bool, i32, i64, u64);
scalars!(Date, DateTime, Decimal);

/// The value of an enum, as the library would name it.
pub fn write_enum<T: EnumType>(value: T, out: &mut Vec<u8>) {
    let item = T::items().iter().find(|item| item.value == value);
    json(&item.map(|item| item.name), out);
}

/// Lets enums be written straight.
#[macro_export]
macro_rules! leaf_enums {
    ($($type:ty),* $(,)?) => {
        $(impl $crate::graphql::direct::Leaf for $type {
            fn write(&self, out: &mut Vec<u8>) {
                $crate::graphql::direct::write_enum(*self, out);
            }
        })*
    };
}

impl<E: Node> Leaf for Id<E> {
    fn write(&self, out: &mut Vec<u8>) {
        quoted(self, out);
    }
}

impl<T: Leaf> Leaf for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Some(value) => value.write(out),
            None => out.extend_from_slice(b"null"),
        }
    }
}
