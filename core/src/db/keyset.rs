//! Keyset pages: constant time at any depth, null-aware, tied by id; no row is lost or doubled when rows change.
//!
//! `null` counts as larger than every value: last when ascending, first when descending, on both databases.

mod cursor;

use sea_orm::sea_query::{Expr, NullOrdering, Order, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, ModelTrait,
    QueryTrait, Select, Value,
};

pub use self::cursor::cursor_of;
use self::cursor::decode;
use super::along::Alongside;
use super::part::{Columns, Reads};
use super::pool::Pool;
use super::totals::Total;
use crate::error::{ApiError, Result};

/// The most rows of one page.
pub const MAX_PAGE: u64 = 100;
/// The rows of a page when nothing is said.
pub const DEFAULT_PAGE: u64 = 20;

/// One column of an ordering.
#[derive(Clone, Copy, Debug)]
pub struct Sort<C> {
    /// The column.
    pub column: C,
    /// Largest first?
    pub descending: bool,
    /// May the column be null?
    pub nullable: bool,
}

impl<C> Sort<C> {
    /// Smallest first, of a column that is never null.
    pub const fn ascending(column: C) -> Self {
        Self {
            column,
            descending: false,
            nullable: false,
        }
    }

    /// Largest first, of a column that is never null.
    pub const fn descending(column: C) -> Self {
        Self {
            column,
            descending: true,
            nullable: false,
        }
    }
}

/// Which page is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Page {
    /// Rows at most.
    pub limit: u64,
    /// Read from the end (`last`/`before`)?
    pub backward: bool,
    /// Where the page starts, exclusive.
    pub cursor: Option<String>,
    /// Which columns of its rows are looked at.
    pub columns: Columns,
    /// Are the cursors of its rows looked at? Otherwise only the first row and the last one have theirs.
    pub cursors: bool,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            limit: DEFAULT_PAGE,
            backward: false,
            cursor: None,
            columns: Columns::ALL,
            cursors: true,
        }
    }
}

impl Page {
    /// A page from Relay's four arguments.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the argument that is out of bounds or doesn't go with another.
    pub fn from_args(
        first: Option<i64>,
        after: Option<String>,
        last: Option<i64>,
        before: Option<String>,
    ) -> Result<Self> {
        let bounded = |name: &str, value: i64| {
            u64::try_from(value)
                .ok()
                .filter(|rows| *rows <= MAX_PAGE)
                .ok_or_else(|| {
                    ApiError::bad_input(
                        name,
                        format!("{value} is not between 0 and {MAX_PAGE}"),
                        format!("{value} 不在 0 到 {MAX_PAGE} 之间"),
                    )
                })
        };
        match (first, last, after, before) {
            (Some(_), Some(_), ..) => Err(ApiError::bad_input(
                "last",
                "give first or last, not both",
                "first 和 last 只能给出一个",
            )
            .into()),
            (_, _, Some(_), Some(_)) => Err(ApiError::bad_input(
                "before",
                "give after or before, not both",
                "after 和 before 只能给出一个",
            )
            .into()),
            (Some(_), None, None, Some(_)) => {
                Err(
                    ApiError::bad_input("before", "goes with last", "before 须与 last 一起使用")
                        .into(),
                )
            }
            (None, Some(_), Some(_), None) => {
                Err(
                    ApiError::bad_input("after", "goes with first", "after 须与 first 一起使用")
                        .into(),
                )
            }
            (first, None, after, None) => Ok(Self {
                limit: first.map_or(Ok(DEFAULT_PAGE), |rows| bounded("first", rows))?,
                backward: false,
                cursor: after,
                ..Self::default()
            }),
            (None, last, None, before) => Ok(Self {
                limit: last.map_or(Ok(DEFAULT_PAGE), |rows| bounded("last", rows))?,
                backward: true,
                cursor: before,
                ..Self::default()
            }),
        }
    }
}

/// The rows of a page with what stands around it.
#[derive(Clone, Debug)]
pub struct Slice<M> {
    /// The rows, in the order asked for.
    pub rows: Vec<M>,
    /// Their cursors; those of the first and the last row only, where the page says that nobody looks at others.
    pub cursors: Vec<String>,
    /// Are there rows after the last one?
    pub has_next: bool,
    /// Are there rows before the first one?
    pub has_previous: bool,
    /// The rows at which they point, as far as these have come along.
    pub along: Alongside,
}

/// The rows beyond the page's cursor; `None` when it has none.
pub(super) fn after_cursor<C: ColumnTrait>(
    tag: &str,
    sorts: &[Sort<C>],
    page: &Page,
) -> Result<Option<Condition>> {
    let Some(cursor) = &page.cursor else {
        return Ok(None);
    };
    let values = decode(cursor, tag, sorts).ok_or_else(|| {
        let argument = if page.backward { "before" } else { "after" };
        ApiError::bad_input(
            argument,
            "is no cursor of this list and ordering; take one from pageInfo or edges",
            "不是此列表及排序的游标，请使用 pageInfo 或 edges 返回的值",
        )
    })?;
    Ok(Some(beyond(sorts, &values, page.backward)))
}

/// In which direction a column is read, and where its nulls stand then.
pub(super) fn direction<C>(sort: &Sort<C>, backward: bool) -> (Order, Option<NullOrdering>) {
    let order = if sort.descending == backward {
        Order::Asc
    } else {
        Order::Desc
    };
    let nulls = sort.nullable.then_some(if matches!(order, Order::Asc) {
        NullOrdering::Last
    } else {
        NullOrdering::First
    });
    (order, nulls)
}

fn order<C: ColumnTrait>(query: &mut SelectStatement, sorts: &[Sort<C>], backward: bool) {
    for sort in sorts {
        let column = sort.column.as_column_ref();
        match direction(sort, backward) {
            (order, Some(nulls)) => query.order_by_with_nulls(column, order, nulls),
            (order, None) => query.order_by(column, order),
        };
    }
}

/// The slice of a page from its rows as read: in the order of reading and, if there are more, with one too many.
pub(super) fn slice_of<E>(
    mut models: Vec<E::Model>,
    tag: &str,
    sorts: &[Sort<E::Column>],
    page: &Page,
) -> Slice<E::Model>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E>,
{
    let more = models.len() as u64 > page.limit;
    models.truncate(usize::try_from(page.limit).unwrap_or(usize::MAX));
    if page.backward {
        models.reverse();
    }
    let last = models.len().saturating_sub(1);
    let looked_at = models.iter().enumerate();
    let looked_at = looked_at.filter(|(place, _)| page.cursors || [0, last].contains(place));
    let cursors = looked_at.map(|(_, model)| cursor_of::<E>(model, tag, sorts));
    let cursors = cursors.collect();
    let around = page.cursor.is_some();
    let (has_next, has_previous) = if page.backward {
        (around, more)
    } else {
        (more, around)
    };
    Slice {
        rows: models,
        cursors,
        has_next,
        has_previous,
        along: Alongside::default(),
    }
}

/// A page with the size of the whole list, when that was asked for.
#[derive(Clone, Debug)]
pub struct Listing<M> {
    /// The page.
    pub slice: Slice<M>,
    /// Rows of the whole list.
    pub total: Option<u64>,
}

impl<M> Listing<M> {
    /// The same page with each row made into something else.
    ///
    /// # Errors
    /// The first row's failure.
    pub fn try_map<T>(self, make: impl Fn(M) -> Result<T>) -> Result<Listing<T>> {
        let rows = self.slice.rows.into_iter().map(make);
        Ok(Listing {
            slice: Slice {
                rows: rows.collect::<Result<_>>()?,
                cursors: self.slice.cursors,
                has_next: self.slice.has_next,
                has_previous: self.slice.has_previous,
                along: self.slice.along,
            },
            total: self.total,
        })
    }
}

/// Reads one page and, if wanted, counts the whole list. `tag` names the ordering, so that a cursor of another one is refused; the
/// last column of `sorts` must be unique.
///
/// # Errors
/// `BAD_INPUT` when the cursor isn't one of this ordering.
pub async fn list<E>(
    select: Select<E>,
    tag: &str,
    sorts: &[Sort<E::Column>],
    page: &Page,
    want_total: bool,
    connection: &impl ConnectionTrait,
) -> Result<Listing<E::Model>>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E> + FromQueryResult + Send + Sync,
{
    let (query, reads) = (select.into_query(), Reads::<E>::default());
    list_in_part(query, tag, sorts, page, want_total, reads, connection).await
}

/// The same of a table that says how its rows are read in part: they are counted in the same statement.
///
/// # Errors
/// As [`list`].
pub async fn list_in_part<E>(
    mut query: SelectStatement,
    tag: &str,
    sorts: &[Sort<E::Column>],
    page: &Page,
    want_total: bool,
    reads: Reads<'_, E>,
    connection: &impl ConnectionTrait,
) -> Result<Listing<E::Model>>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E> + FromQueryResult + Send + Sync,
{
    let counting = want_total.then(|| counting(query.clone()));
    if let Some(beyond) = after_cursor(tag, sorts, page)? {
        query.cond_where(beyond);
    }
    order(&mut query, sorts, page.backward);
    let also = sorts.iter().map(|sort| sort.column);
    let total = counting.clone();
    let total =
        total.map(|counting| Total::of(counting, reads.pool.and_then(Pool::totals), connection));
    let (total, limit) = (total.as_ref(), Some(page.limit + 1));
    let read = reads.rows(query, total, limit, page.columns, also, connection);
    let read = read.await?;
    let total = match (counting, read.total) {
        (None, _) => None,
        (Some(_), Some(total)) => Some(total),
        // A list without a first row has none.
        (Some(_), None) if reads.in_part.is_some() && page.cursor.is_none() => Some(0),
        (Some(counting), None) => Some(count(&counting, connection).await?),
    };
    Ok(Listing {
        slice: Slice {
            along: read.along,
            ..slice_of::<E>(read.models, tag, sorts, page)
        },
        total: total.map(|total| u64::try_from(total).unwrap_or(0)),
    })
}

/// The query of how many rows there are, without their columns: an index alone may know.
fn counting(mut query: SelectStatement) -> SelectStatement {
    query.clear_selects().expr(Expr::cust("COUNT(*)"));
    query
}

async fn count(counting: &SelectStatement, connection: &impl ConnectionTrait) -> Result<i64> {
    let statement = connection.get_database_backend().build(counting);
    let total = connection.query_one_raw(statement).await?;
    let total = total.map(|row| row.try_get_by_index(0)).transpose()?;
    Ok(total.unwrap_or(0))
}

/// The rows beyond `values` in the order of `sorts` (or before them when backward).
fn beyond<C: ColumnTrait>(sorts: &[Sort<C>], values: &[Value], backward: bool) -> Condition {
    row_beyond(sorts, values, backward).map_or_else(
        || beyond_by_column(sorts, values, backward),
        Condition::from,
    )
}

/// The same as a comparison of whole rows, which an index answers at any depth: where no column may be null and all go the same
/// way.
fn row_beyond<C: ColumnTrait>(sorts: &[Sort<C>], values: &[Value], backward: bool) -> Option<Expr> {
    let descending = sorts.first()?.descending;
    if sorts
        .iter()
        .any(|sort| sort.nullable || sort.descending != descending)
    {
        return None;
    }
    let columns = Expr::tuple(
        sorts
            .iter()
            .map(|sort| Expr::col(sort.column.as_column_ref())),
    );
    let values = Expr::tuple(values.iter().cloned().map(Expr::val));
    Some(if descending == backward {
        columns.gt(values)
    } else {
        columns.lt(values)
    })
}

fn beyond_by_column<C: ColumnTrait>(
    sorts: &[Sort<C>],
    values: &[Value],
    backward: bool,
) -> Condition {
    let mut any = Condition::any();
    let mut equal_so_far = Condition::all();
    for (sort, value) in sorts.iter().zip(values) {
        let (column, null) = (sort.column, is_null(value));
        let further = match (sort.descending == backward, null) {
            (true, true) => None,
            (true, false) => {
                let larger = Condition::any().add(column.gt(value.clone()));
                Some(if sort.nullable {
                    larger.add(column.is_null())
                } else {
                    larger
                })
            }
            (false, true) => Some(Condition::all().add(column.is_not_null())),
            (false, false) => Some(Condition::all().add(column.lt(value.clone()))),
        };
        if let Some(further) = further {
            any = any.add(equal_so_far.clone().add(further));
        }
        equal_so_far = equal_so_far.add(if null {
            column.is_null()
        } else {
            column.eq(value.clone())
        });
    }
    any
}

fn is_null(value: &Value) -> bool {
    matches!(
        value,
        Value::String(None)
            | Value::ChronoDateTimeUtc(None)
            | Value::ChronoDate(None)
            | Value::Int(None)
            | Value::BigInt(None)
            | Value::Uuid(None)
            | Value::Bool(None)
    )
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_page_arguments_are_named() {
        let message = |first, after: Option<&str>, last, before: Option<&str>| {
            Page::from_args(
                first,
                after.map(str::to_owned),
                last,
                before.map(str::to_owned),
            )
            .map_err(|error| error.to_string())
        };
        assert_eq!(message(None, None, None, None), Ok(Page::default()));
        assert_eq!(
            message(Some(100), None, None, None),
            Ok(Page {
                limit: 100,
                ..Page::default()
            })
        );
        for (first, last, field) in [
            (Some(101), None, "first"),
            (Some(-1), None, "first"),
            (None, Some(1000), "last"),
            (Some(1), Some(1), "last"),
        ] {
            let refused = message(first, None, last, None).expect_err("must be refused");
            assert!(refused.contains(field), "{refused}");
        }
        assert!(message(Some(1), None, None, Some("x")).is_err());
        assert!(message(None, Some("x"), Some(1), None).is_err());
    }
}
