//! Nested lists, batched over all parents of a page.
//!
//! A domain names a [`Link`] (which table, by which column, in which order) and asks with
//! [`rows_of`] for all rows of a parent, or with [`page_of`] for a connection.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;

use async_graphql::Context;
use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{Ask, Loads};
use crate::access::visible;
use crate::db::children::parent_of;
use crate::db::keyset::{Listing, Page};
use crate::db::padded;
use crate::error::{Error, Result};

pub use crate::access::children::{Child, Column, Link, pages_of};

/// The key of all children of a parent.
pub struct RowsOf<L> {
    parent: Uuid,
    link: PhantomData<fn() -> L>,
}

/// The key of a page of a parent's children.
pub struct PageOf<L> {
    parent: Uuid,
    page: Page,
    want_total: bool,
    link: PhantomData<fn() -> L>,
}

impl<L> RowsOf<L> {
    const fn new(parent: Uuid) -> Self {
        Self {
            parent,
            link: PhantomData,
        }
    }
}

macro_rules! key {
    ($name:ident: $($field:ident),*) => {
        impl<L> Clone for $name<L> {
            fn clone(&self) -> Self {
                Self { $($field: self.$field.clone(),)* link: PhantomData }
            }
        }
        impl<L> PartialEq for $name<L> {
            fn eq(&self, other: &Self) -> bool {
                true $(&& self.$field == other.$field)*
            }
        }
        impl<L> Eq for $name<L> {}
        impl<L> Hash for $name<L> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                $(self.$field.hash(state);)*
            }
        }
    };
}

key!(RowsOf: parent);
key!(PageOf: parent, page, want_total);

/// All children of one parent that the viewer may read.
///
/// # Errors
/// When the database fails.
pub async fn rows_of<L: Link>(ctx: &Context<'_>, parent: Uuid) -> Result<Vec<Child<L>>> {
    let loads = ctx.loads().loader();
    if let Some(kept) = loads.kept::<L>().await.map_err(shared)?
        && let Some(rows) = kept.children::<L>(&loads.call.viewer, parent)
    {
        return Ok(rows);
    }
    let rows = ctx.loads().load_one(RowsOf::<L>::new(parent)).await;
    Ok(rows.map_err(shared)?.unwrap_or_default())
}

/// A page of one parent's children that the viewer may read.
///
/// # Errors
/// `BAD_INPUT` when the cursor isn't one of this list.
pub async fn page_of<L: Link>(
    ctx: &Context<'_>,
    parent: Uuid,
    page: Page,
) -> Result<Listing<Child<L>>> {
    let key = PageOf::<L> {
        parent,
        page,
        want_total: ctx.selects("totalCount"),
        link: PhantomData,
    };
    let listing = ctx.loads().load_one(key).await.map_err(shared)?;
    listing.ok_or_else(|| Error::internal("a nested list without an answer"))
}

/// A failure that several fields share, as one of them shows it.
#[must_use]
pub fn shared(error: Arc<Error>) -> Error {
    match &*error {
        Error::Api(refusal) => Error::Api(refusal.clone()),
        Error::User(mistakes) => Error::User(mistakes.clone()),
        Error::Internal(cause) => Error::internal(cause.to_string()),
    }
}

impl<L: Link> Loader<RowsOf<L>> for Loads {
    type Value = Vec<Child<L>>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[RowsOf<L>],
    ) -> Result<HashMap<RowsOf<L>, Self::Value>, Arc<Error>> {
        let viewer = &self.call.viewer;
        let mut lists: HashMap<RowsOf<L>, Self::Value> = HashMap::with_capacity(keys.len());
        let parents = keys.iter().map(|key| key.parent);
        let (_, parent) = L::columns();
        let mut select =
            visible::<L::Child>(viewer, L::PERMISSION).filter(parent.is_in(padded(parents)));
        for sort in L::sorts() {
            select = if sort.descending {
                select.order_by_desc(sort.column)
            } else {
                select.order_by_asc(sort.column)
            };
        }
        let rows = select
            .all(self.db.reader())
            .await
            .map_err(|error| Arc::new(Error::from(error)))?;
        for row in rows {
            if let Some(parent) = parent_of(&row, parent) {
                lists.entry(RowsOf::new(parent)).or_default().push(row);
            }
        }
        Ok(lists)
    }
}

impl<L: Link> Loader<PageOf<L>> for Loads {
    type Value = Listing<Child<L>>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[PageOf<L>],
    ) -> Result<HashMap<PageOf<L>, Self::Value>, Arc<Error>> {
        pages::<L>(self, keys).await.map_err(Arc::new)
    }
}

/// Keys that ask for the same page of different parents share a statement.
async fn pages<L: Link>(
    loads: &Loads,
    keys: &[PageOf<L>],
) -> Result<HashMap<PageOf<L>, Listing<Child<L>>>> {
    let mut alike: HashMap<(&Page, bool), Vec<Uuid>> = HashMap::new();
    for key in keys {
        alike
            .entry((&key.page, key.want_total))
            .or_default()
            .push(key.parent);
    }
    let mut answers = HashMap::with_capacity(keys.len());
    for ((page, want_total), parents) in alike {
        let listings = pages_of::<L>(
            loads.db.reader(),
            &loads.call.viewer,
            &parents,
            page,
            want_total,
        )
        .await?;
        answers.extend(listings.into_iter().map(|(parent, listing)| {
            let key = PageOf {
                parent,
                page: page.clone(),
                want_total,
                link: PhantomData,
            };
            (key, listing)
        }));
    }
    Ok(answers)
}
