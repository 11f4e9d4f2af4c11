//! Rows written straight to JSON.
//!
//! The library makes a future and a value for every field. For the hundreds of plain fields of a long list that is most of the
//! work, so a type may say which of its fields need no waiting ([`Direct`]): they are written to the answer's text as they are
//! read off the row. Rows that they point at and pages of lists that hang from them are read first, for all of them at once. What
//! else is selected the library resolves as ever, guarded, metered and with its errors, and its values are put in their places.
//!
//! - [`Paged`]: a whole page, [`Nodes`]: the rows of one, [`Single`] and [`Directly`]: one object, [`To`]: the object that a row points at.
//! - [`direct!`](crate::direct) says which fields they are. The values are those of the resolvers: there is no second way to
//!   compute one.
//! - [`target`]: the rows that others point at are read once for all of them, or have come along with them.
//! - A field that the viewer may not have isn't written here; the guard deals with it.
//! - [`wanted`]: of wide tables only the columns are read that the selected fields look at.

/// The part of an output type that is described as another one.
macro_rules! described_as {
    ($type:ty) => {
        fn type_name() -> std::borrow::Cow<'static, str> {
            <$type as async_graphql::OutputType>::type_name()
        }

        fn qualified_type_name() -> String {
            <$type as async_graphql::OutputType>::qualified_type_name()
        }

        fn create_type_info(registry: &mut async_graphql::registry::Registry) -> String {
            <$type as async_graphql::OutputType>::create_type_info(registry)
        }
    };
}

mod leaf;
mod pages;
mod plan;
mod rows;
mod target;
mod to;
mod wanted;

use std::future::Future;

use async_graphql::{ContainerType, Context};
use futures_util::FutureExt;
use sea_orm::{EntityTrait, ModelTrait};

use crate::access::Scoped;

pub use leaf::{Leaf, write_enum};
pub use pages::{BoxPages, Paged, Pages, Paging, pages, selected_list};
pub use plan::{Below, Parsed, Scout};
pub use rows::{Directly, Nodes, Shape, Single, Writer};
pub use target::{Of, Points, Target, points_now};
pub use to::To;
pub use wanted::{Wanted, columns_of_list, wanted_of_list, wanted_of_row};

/// A type that says which of its fields need no waiting.
pub trait Direct: ContainerType + Send + Sync + Sized + 'static {
    /// How to write a field without waiting, if that can be done.
    fn field(name: &str) -> Option<Field<Self>>;

    /// Does the resolver of a field look at nothing of the row but its id?
    fn needs_only_id(_name: &str) -> bool {
        false
    }
}

/// A row of a table, as others point at it.
pub trait Linked: Direct {
    /// Its table.
    type Entity: Scoped<Model: ModelTrait<Entity = Self::Entity> + Clone + Send + Sync + 'static>
        + Send
        + Sync
        + 'static;

    /// The object of a row.
    fn of(row: <Self::Entity as EntityTrait>::Model) -> Self;
}

/// How a field is written without waiting.
pub enum Field<T> {
    /// Its value stands in the row.
    Leaf(fn(&T, &Context<'_>, &mut Vec<u8>)),
    /// It is a row that this one points at.
    Link(Points<T>, &'static dyn Target),
    /// It is a page of a list that hangs from it; made by [`pages`].
    Page(Paging<T>),
}

/// Says of which tables types are the rows: `linked!(Ticket: ticket)`.
#[macro_export]
macro_rules! linked {
    ($($type:ident: $table:ident),* $(,)?) => {
        $(impl $crate::graphql::direct::Linked for $type {
            type Entity = $table::Entity;

            fn of(row: $table::Model) -> Self {
                Self(row)
            }
        })*
    };
}

/// Writes the value of a field that needs no waiting.
pub fn write<V: Leaf>(field: impl Future<Output = async_graphql::Result<V>>, out: &mut Vec<u8>) {
    match field.now_or_never() {
        Some(Ok(value)) => value.write(out),
        // A resolver named in `direct!` has nothing to wait for, and nothing that could fail.
        _ => ().write(out),
    }
}

/// Is that the name in the schema of the resolver?
#[must_use]
pub fn is_called(name: &str, resolver: &str) -> bool {
    let mut letters = name.bytes();
    let mut raised = false;
    for letter in resolver.bytes() {
        if letter == b'_' {
            raised = true;
            continue;
        }
        let expected = if raised {
            letter.to_ascii_uppercase()
        } else {
            letter
        };
        raised = false;
        if letters.next() != Some(expected) {
            return false;
        }
    }
    letters.next().is_none()
}

/// Says which resolvers of a type need no waiting, which point at a row, which have to seek one, which are lists by pages with how
/// many arguments besides, and which look at nothing but the row's id:
/// `direct!(Ticket: number, subject; customer: Customer => team: Team [comments(None): TicketComment] | comments, tags)`.
#[macro_export]
macro_rules! direct {
    (
        $type:ty: $($leaf:ident),*
        $(; $($link:ident: $target:ty),*)?
        $(=> $($sought:ident: $found:ty),*)?
        $([$($list:ident($($more:ident),*): $item:ty),*])?
        $(| $($only_id:ident),*)?
    ) => {
        impl $crate::graphql::direct::Direct for $type {
            fn field(name: &str) -> Option<$crate::graphql::direct::Field<Self>> {
                use $crate::graphql::direct::{Field, is_called};
                $(if is_called(name, stringify!($leaf)) {
                    return Some(Field::Leaf(|row, ctx, out| $crate::graphql::direct::write(row.$leaf(ctx), out)));
                })*
                $($(if is_called(name, stringify!($link)) {
                    return Some(Field::Link(
                        $crate::graphql::direct::Points::At(|row: &Self, ctx| $crate::graphql::direct::points_now(row.$link(ctx))),
                        &$crate::graphql::direct::Of::<$target>::ITS,
                    ));
                })*)?
                $($(if is_called(name, stringify!($sought)) {
                    return Some(Field::Link(
                        $crate::graphql::direct::Points::Sought(|row: &Self, ctx| {
                            Box::pin(async move { Ok(row.$sought(ctx, None).await?.id()) })
                        }),
                        &$crate::graphql::direct::Of::<$found>::ITS,
                    ));
                })*)?
                $($(if is_called(name, stringify!($list)) {
                    return Some(Field::Page(|scout, field| {
                        $crate::graphql::direct::pages::<Self, $item>(scout, field, |row, ctx, first| {
                            Box::pin(row.$list(ctx, first, None, None, None, $($more),*))
                        })
                    }));
                })*)?
                None
            }

            $(fn needs_only_id(name: &str) -> bool {
                [$(stringify!($only_id)),*].iter().any(|resolver| $crate::graphql::direct::is_called(name, resolver))
            })?
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_the_schema_are_those_of_resolvers_in_camel_case() {
        for (name, resolver, same) in [
            ("id", "id", true),
            ("createdAt", "created_at", true),
            ("nameZh", "name_zh", true),
            ("createdat", "created_at", false),
            ("created", "created_at", false),
            ("createdAtX", "created_at", false),
            ("", "id", false),
        ] {
            assert_eq!(is_called(name, resolver), same, "{name} {resolver}");
        }
    }
}
