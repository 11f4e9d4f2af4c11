//! Pages of the lists that hang from rows, written straight.

use std::sync::Arc;

use async_graphql::parser::types::{Field, Selection, SelectionSet};
use async_graphql::{
    Context, ContextSelectionSet, OutputType, Positioned, Result, ServerResult, Value,
};
use futures_util::future::{BoxFuture, try_join_all};

use super::Direct;
use super::leaf::json;
use super::plan::{Parsed, Plan, Scout, Written, key_of};
use super::rows::{Shape, by_plan};
use crate::db::keyset::MAX_PAGE;
use crate::graphql::connection::{Connection, PageInfo};
use crate::graphql::cost::Measured;
use crate::graphql::guard::Ledger;

/// A list that hangs from the rows of a type, as it is selected.
pub trait Pages<T>: Send + Sync {
    /// Reads the page of each row, in as many statements as for one, and writes it; none for a row that has no such list.
    fn written<'b>(
        &'b self,
        ctx: &'b ContextSelectionSet<'b>,
        field: &'b Parsed,
        rows: &'b [&'b T],
    ) -> BoxFuture<'b, Result<Vec<Option<Written>>>>;
}

/// Says how a list is written that hangs from the rows of a type, as a field selects it; none when the library has to.
pub type Paging<T> = for<'a> fn(&Scout<'a>, &'a Parsed) -> Option<BoxPages<'a, T>>;

/// A list that hangs from the rows of a type, wherever its own rows come from.
pub type BoxPages<'a, T> = Box<dyn Pages<T> + 'a>;

/// Reads the first rows of a row's list, or as many as the list has when nothing is said: what its resolver does.
pub type Read<T, V> = for<'a, 'c> fn(
    &'a T,
    &'a Context<'c>,
    Option<i64>,
) -> BoxFuture<'a, Result<Option<Connection<V>>>>;

/// How a list is written that is read so. None when the library has to: where any argument is given but `first`, as others may be
/// refused; where that is out of bounds; and where more of the list's rows is selected than plain fields.
pub fn pages<'a, T: Direct, V: Direct>(
    scout: &Scout<'a>,
    field: &'a Parsed,
    read: Read<T, V>,
) -> Option<BoxPages<'a, T>> {
    let mut arguments = field.node.arguments.iter();
    if arguments.any(|(name, _)| name.node != "first") {
        return None;
    }
    let ctx = scout.ctx.with_field(field);
    let (_, first) = ctx.param_value::<Option<i64>>("first", None).ok()?;
    let bounded = |rows| u64::try_from(rows).is_ok_and(|rows| rows <= MAX_PAGE);
    if !first.is_none_or(bounded) {
        return None;
    }
    let plan = PagePlan::of(&scout.under(field), &field.node.selection_set.node)?;
    if !plan.rows().all(|(_, rows)| rows.is_plain()) {
        return None;
    }
    Some(Box::new(PagesOf { read, first, plan }))
}

/// The list of that name as it is selected of an object, if that is so once, for whoever may have it, and with no argument but
/// `first`.
pub fn selected_list<'a, T: Direct>(
    ctx: &'a ContextSelectionSet<'a>,
    name: &str,
) -> Option<Context<'a>> {
    let scout = Scout::of(ctx)?;
    let fields = ctx.item.node.items.iter();
    let mut lists = fields.filter_map(|selection| match &selection.node {
        Selection::Field(field) if field.node.name.node == name => Some(field),
        _ => None,
    });
    let (Some(list), None) = (lists.next(), lists.next()) else {
        return None;
    };
    let mut arguments = list.node.arguments.iter();
    let plain = arguments.all(|(name, _)| name.node == "first");
    (plain && !scout.ledger.denies(&T::type_name(), name)).then(|| ctx.with_field(list))
}

/// Enough bytes for what stands around the rows of a page.
const AROUND: usize = 256;

struct PagesOf<'a, T, V> {
    read: Read<T, V>,
    first: Option<i64>,
    plan: PagePlan<'a, V>,
}

impl<T: Direct, V: Direct> Pages<T> for PagesOf<'_, T, V> {
    fn written<'b>(
        &'b self,
        ctx: &'b ContextSelectionSet<'b>,
        field: &'b Parsed,
        rows: &'b [&'b T],
    ) -> BoxFuture<'b, Result<Vec<Option<Written>>>> {
        Box::pin(async move {
            let at = ctx.with_field(field);
            let pages = rows.iter().map(|row| (self.read)(row, &at, self.first));
            let pages = try_join_all(pages).await?;
            let meter = &ctx.data_unchecked::<Arc<Ledger>>().meter;
            let mut size = meter.so_far();
            let written = pages.iter().map(|page| {
                // An answer that is too large is given up when its rows are counted; no more of it is written until then.
                if meter.excess(size).is_some() {
                    return None;
                }
                let written = self.plan.write_plain(ctx, page.as_ref()?);
                size.objects += written.objects;
                size.bytes += written.json.len() as u64;
                Some(written)
            });
            Ok(written.collect())
        })
    }
}

/// What is to be written of a page.
struct PagePlan<'a, V>(Vec<(Vec<u8>, Piece<'a, V>)>);

enum Piece<'a, V> {
    TypeName,
    Total,
    Info(Plan<'a, PageInfo>),
    Rows(&'a Parsed, Plan<'a, V>),
}

impl<'a, V: Direct> PagePlan<'a, V> {
    fn of(scout: &Scout<'a>, set: &'a SelectionSet) -> Option<Self> {
        let mut pieces: Vec<(Vec<u8>, Piece<'a, V>)> = Vec::with_capacity(set.items.len());
        for selection in &set.items {
            // Fragments are for the library: hardly anybody has one there.
            let Selection::Field(field) = &selection.node else {
                return None;
            };
            let called = field.node.name.node.as_str();
            let key = key_of(field);
            if pieces.iter().any(|(known, _)| *known == key) {
                continue;
            }
            let by_rule = called != "__typename";
            let type_name = || <Connection<V> as OutputType>::type_name();
            if by_rule && scout.ledger.denies(&type_name(), called) {
                return None;
            }
            let (scout, below) = (scout.under(field), &field.node.selection_set.node);
            let piece = match called {
                "__typename" => Piece::TypeName,
                "totalCount" => Piece::Total,
                "pageInfo" => Piece::Info(Plan::of(&scout, below).filter(Plan::is_plain)?),
                "nodes" => Piece::Rows(field, Plan::of(&scout, below)?),
                _ => return None,
            };
            pieces.push((key, piece));
        }
        (!pieces.is_empty()).then_some(Self(pieces))
    }

    /// The lists of rows in it, mostly one.
    fn rows(&self) -> impl Iterator<Item = (&'a Parsed, &Plan<'a, V>)> {
        self.0.iter().filter_map(|(_, piece)| match piece {
            Piece::Rows(field, plan) => Some((*field, plan)),
            _ => None,
        })
    }

    /// Writes the page, of about that size, with its lists of rows, which `list` writes and says how many objects that is.
    fn write(
        &self,
        ctx: &ContextSelectionSet<'_>,
        page: &Connection<V>,
        size: usize,
        mut list: impl FnMut(&Plan<'a, V>, &mut Vec<u8>) -> u64,
    ) -> Written {
        let (mut out, mut objects) = (Vec::with_capacity(size), 1);
        for (at, (key, piece)) in self.0.iter().enumerate() {
            out.push(if at == 0 { b'{' } else { b',' });
            out.extend_from_slice(key);
            match piece {
                Piece::TypeName => json(&<Connection<V> as OutputType>::type_name(), &mut out),
                Piece::Total => json(&page.total(), &mut out),
                Piece::Info(plan) => objects += plan.write_plain(ctx, page.info(), &mut out),
                Piece::Rows(_, plan) => objects += list(plan, &mut out),
            }
        }
        out.push(b'}');
        Written { json: out, objects }
    }

    /// The same of rows of which nothing has to be read.
    fn write_plain(&self, ctx: &ContextSelectionSet<'_>, page: &Connection<V>) -> Written {
        self.write(ctx, page, AROUND, |plan, out| {
            let mut objects = 0;
            out.push(b'[');
            for (at, row) in page.rows().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                objects += plan.write_plain(ctx, row, out);
            }
            out.push(b']');
            objects
        })
    }
}

/// The page of a list that hangs from no row, written straight.
pub struct Paged<V>(Connection<V>);

impl<V: Direct> Paged<V> {
    /// The page.
    #[must_use]
    pub fn new(page: Connection<V>) -> Self {
        Self(page.directly())
    }

    /// Writes it, unless more of it is selected than can be written without the library.
    async fn written(&self, ctx: &ContextSelectionSet<'_>) -> ServerResult<Option<Value>> {
        let plan = Scout::of(ctx).and_then(|scout| {
            let plan = PagePlan::<V>::of(&scout, &ctx.item.node)?;
            let whole = plan.rows().all(|(_, rows)| rows.late.is_empty());
            whole.then_some((scout, plan))
        });
        let Some((scout, plan)) = plan else {
            return Ok(None);
        };
        let page = &self.0;
        let lists = plan.rows().map(|(field, rows)| async move {
            let list = ctx.with_field(field);
            let list = list.with_selection_set(&field.node.selection_set);
            let (all, along) = (page.rows().collect(), page.alongside());
            by_plan(&list, &scout, rows, all, Shape::List, along).await
        });
        let lists = try_join_all(lists).await?;
        let size = lists.iter().map(|list| match list {
            Value::Binary(rows) => rows.len(),
            _ => 0,
        });
        let size = size.sum::<usize>() + AROUND;
        let (mut lists, mut metered) = (lists.into_iter(), 0);
        let written = plan.write(ctx, page, size, |_, out| {
            match lists.next() {
                Some(Value::Binary(rows)) => {
                    metered += rows.len();
                    out.extend_from_slice(&rows);
                }
                // They were too many, and the answer is given up.
                _ => out.extend_from_slice(b"null"),
            }
            0
        });
        scout.ledger.meter.add(Measured {
            objects: written.objects,
            bytes: (written.json.len() - metered) as u64,
        });
        Ok(Some(Value::Binary(written.json.into())))
    }
}

impl<V: Direct> OutputType for Paged<V> {
    described_as!(Connection<V>);

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        match self.written(ctx).await? {
            Some(page) => Ok(page),
            None => self.0.resolve(ctx, field).await,
        }
    }
}
