//! Relay connections: `edges`, `nodes`, `pageInfo`, and `totalCount` that is computed only when asked for.

use std::borrow::Cow;

use async_graphql::{Object, OutputType, SimpleObject, TypeName};

use super::direct::{Direct, Engine, Nodes, Single, engine};
use crate::db::keyset::{Listing, Page};
use crate::error::Result;

/// The four arguments of every connection, as a resolver receives them.
#[derive(Debug, Default)]
pub struct PageArgs {
    /// Rows from the start, 0 to 100; 20 when nothing is said.
    pub first: Option<i64>,
    /// Start after this cursor.
    pub after: Option<String>,
    /// Rows from the end, 0 to 100.
    pub last: Option<i64>,
    /// End before this cursor.
    pub before: Option<String>,
}

impl PageArgs {
    /// The page they describe.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the argument that is wrong.
    pub fn page(self) -> Result<Page> {
        Page::from_args(self.first, self.after, self.last, self.before)
    }
}

/// Where a page stands in its list. 分页信息
#[derive(Clone, Debug, SimpleObject)]
pub struct PageInfo {
    /// Are there rows after this page? 是否有下一页
    has_next_page: bool,
    /// Are there rows before this page? 是否有上一页
    has_previous_page: bool,
    /// Cursor of the first row of this page. 首行游标
    start_cursor: Option<String>,
    /// Cursor of the last row of this page. 末行游标
    end_cursor: Option<String>,
}

/// A row with its place in the list.
pub struct Edge<T> {
    cursor: String,
    node: T,
    engine: Option<Engine<T>>,
}

impl<T: OutputType> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::type_name()).into()
    }
}

/// A row of a list with its cursor. 列表中的一行
#[Object(name_type)]
impl<T: OutputType> Edge<T> {
    /// The row. 数据
    async fn node(&self) -> Single<'_, T> {
        Single {
            row: &self.node,
            engine: self.engine,
        }
    }

    /// Its place in the list, for `after` and `before`. 游标
    async fn cursor(&self) -> &str {
        &self.cursor
    }
}

/// A page of a list.
pub struct Connection<T> {
    edges: Vec<Edge<T>>,
    page_info: PageInfo,
    total: Option<u64>,
    engine: Option<Engine<T>>,
}

impl<T: Direct> Connection<T> {
    /// The same, its rows written straight as far as that can be done.
    #[must_use]
    pub fn directly(mut self) -> Self {
        for edge in &mut self.edges {
            edge.engine = Some(engine::<T>);
        }
        self.engine = Some(engine::<T>);
        self
    }
}

impl<T> Connection<T> {
    /// The connection of rows read by a store.
    pub fn from_listing<M>(listing: Listing<M>, view: impl Fn(M) -> T) -> Self {
        let page_info = PageInfo {
            has_next_page: listing.slice.has_next,
            has_previous_page: listing.slice.has_previous,
            start_cursor: listing.slice.rows.first().map(|(cursor, _)| cursor.clone()),
            end_cursor: listing.slice.rows.last().map(|(cursor, _)| cursor.clone()),
        };
        let edges = listing
            .slice
            .rows
            .into_iter()
            .map(|(cursor, model)| Edge {
                cursor,
                node: view(model),
                engine: None,
            })
            .collect();
        Self {
            edges,
            page_info,
            total: listing.total,
            engine: None,
        }
    }
}

impl<T: OutputType> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::type_name()).into()
    }
}

/// A page of a list. 列表分页
#[Object(name_type)]
impl<T: OutputType> Connection<T> {
    /// The rows with their cursors. 带游标的行
    async fn edges(&self) -> &[Edge<T>] {
        &self.edges
    }

    /// The rows alone. 行
    async fn nodes(&self) -> Nodes<'_, T> {
        Nodes {
            rows: self.edges.iter().map(|edge| &edge.node).collect(),
            engine: self.engine,
        }
    }

    /// Where this page stands. 分页信息
    async fn page_info(&self) -> &PageInfo {
        &self.page_info
    }

    /// How many rows the whole list has for this viewer; counted only when asked for. 总数
    async fn total_count(&self) -> Option<u64> {
        self.total
    }
}
