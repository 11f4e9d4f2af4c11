//! The rows that hang from others, as far as a viewer reaches.
//!
//! A domain names a [`Link`] (which table, by which column, in which order); whoever shows nested lists reads by it.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, EntityName, EntityTrait, ModelTrait};
use uuid::Uuid;

use super::{Permission, Scoped, Viewer, visible};
use crate::db::children::list_each;
use crate::db::keyset::{Listing, Page, Sort};
use crate::error::Result;

/// How the rows of a table hang from a parent.
pub trait Link: Send + Sync + 'static {
    /// The table of the children.
    type Child: Scoped<Model: ModelTrait<Entity = Self::Child> + Clone + Send + Sync + 'static>
        + Send
        + Sync;
    /// The permission under which the children are read.
    const PERMISSION: Permission = Self::Child::READ;

    /// The child's own key, and the column that points at the parent.
    fn columns() -> (Column<Self>, Column<Self>);
    /// Their order; the last column is unique.
    fn sorts() -> Vec<Sort<Column<Self>>>;
}

/// A column of a link's children.
pub type Column<L> = <<L as Link>::Child as EntityTrait>::Column;
/// A row of a link's children.
pub type Child<L> = <<L as Link>::Child as EntityTrait>::Model;

/// The same page of the children of many parents: for a domain whose own loader does more than read.
///
/// # Errors
/// `BAD_INPUT` when the cursor isn't one of this list.
pub async fn pages_of<L: Link>(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    parents: &[Uuid],
    page: &Page,
    want_total: bool,
) -> Result<HashMap<Uuid, Listing<Child<L>>>> {
    list_each(
        visible::<L::Child>(viewer, L::PERMISSION),
        L::columns().1,
        parents,
        &format!("{}:nested", L::Child::default().table_name()),
        &L::sorts(),
        page,
        want_total,
        L::Child::IN_PART,
        connection,
    )
    .await
}
