//! Relay connections: `edges`, `nodes`, `pageInfo`, and `totalCount` that is computed only when asked for.

use std::borrow::Cow;

use async_graphql::{Context, Object, OutputType, TypeName};

use super::direct::{Direct, Nodes, Single, Writer};
use crate::db::along::Alongside;
use crate::db::keyset::{Listing, Page};
use crate::direct;
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
    /// The page that they describe of the connection which is resolved.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the argument that is wrong.
    pub fn page(self, ctx: &Context<'_>) -> Result<Page> {
        let page = Page::from_args(self.first, self.after, self.last, self.before)?;
        let looked_at = ctx.look_ahead().field("edges").field("cursor");
        Ok(Page {
            cursors: looked_at.exists(),
            ..page
        })
    }
}

/// Where a page stands in its list. 分页信息
#[derive(Clone, Debug)]
pub struct PageInfo {
    has_next_page: bool,
    has_previous_page: bool,
    start_cursor: Option<String>,
    end_cursor: Option<String>,
}

/// Where a page stands in its list. 分页信息
#[Object]
impl PageInfo {
    /// Are there rows after this page? 是否有下一页
    async fn has_next_page(&self) -> bool {
        self.has_next_page
    }

    /// Are there rows before this page? 是否有上一页
    async fn has_previous_page(&self) -> bool {
        self.has_previous_page
    }

    /// Cursor of the first row of this page. 首行游标
    async fn start_cursor(&self) -> Option<&str> {
        self.start_cursor.as_deref()
    }

    /// Cursor of the last row of this page. 末行游标
    async fn end_cursor(&self) -> Option<&str> {
        self.end_cursor.as_deref()
    }
}

direct!(PageInfo: has_next_page, has_previous_page, start_cursor, end_cursor);

/// A row with its place in the list.
pub struct Edge<'a, T> {
    cursor: &'a str,
    node: &'a T,
    writer: Option<&'a Writer<T>>,
}

impl<T: OutputType> TypeName for Edge<'_, T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::type_name()).into()
    }
}

/// A row of a list with its cursor. 列表中的一行
#[Object(name_type)]
impl<'a, T: OutputType> Edge<'a, T> {
    /// The row. 数据
    async fn node(&self) -> Single<'a, T> {
        Single {
            row: self.node,
            writer: self.writer,
        }
    }

    /// Its place in the list, for `after` and `before`. 游标
    async fn cursor(&self) -> &'a str {
        self.cursor
    }
}

/// A page of a list.
pub struct Connection<T> {
    nodes: Vec<T>,
    /// Those of the nodes, or of the ends.
    cursors: Vec<String>,
    page_info: PageInfo,
    total: Option<u64>,
    alongside: Alongside,
    writer: Option<Writer<T>>,
}

impl<T: Direct> Connection<T> {
    /// The same, its rows written straight as far as that can be done.
    #[must_use]
    pub fn directly(mut self) -> Self {
        self.writer = Some(Writer::with(self.alongside.clone()));
        self
    }
}

impl<T> Connection<T> {
    /// The rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = &T> {
        self.nodes.iter()
    }

    /// Where the page stands.
    pub(super) const fn info(&self) -> &PageInfo {
        &self.page_info
    }

    /// What has come along with the rows.
    pub(super) const fn alongside(&self) -> &Alongside {
        &self.alongside
    }

    /// How many rows the whole list has, if they were counted.
    pub(super) const fn total(&self) -> Option<u64> {
        self.total
    }

    /// The connection of rows read by a store.
    pub fn from_listing<M>(listing: Listing<M>, view: impl Fn(M) -> T) -> Self {
        let slice = listing.slice;
        let page_info = PageInfo {
            has_next_page: slice.has_next,
            has_previous_page: slice.has_previous,
            start_cursor: slice.cursors.first().cloned(),
            end_cursor: slice.cursors.last().cloned(),
        };
        Self {
            nodes: slice.rows.into_iter().map(view).collect(),
            cursors: slice.cursors,
            page_info,
            total: listing.total,
            alongside: slice.along,
            writer: None,
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
    async fn edges(&self) -> Vec<Edge<'_, T>> {
        let known = self.cursors.len() == self.nodes.len();
        let nodes = self.nodes.iter().enumerate();
        let edges = nodes.map(|(place, node)| Edge {
            cursor: self
                .cursors
                .get(place)
                .filter(|_| known)
                .map_or("", String::as_str),
            node,
            writer: self.writer.as_ref(),
        });
        edges.collect()
    }

    /// The rows alone. 行
    async fn nodes(&self) -> Nodes<'_, T> {
        Nodes {
            rows: self.rows().collect(),
            writer: self.writer.as_ref(),
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
