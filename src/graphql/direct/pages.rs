//! Pages of the lists that hang from rows, written straight.

use std::sync::Arc;

use async_graphql::parser::types::{Selection, SelectionSet};
use async_graphql::{Context, ContextSelectionSet, Result, TypeName};
use futures_util::future::{BoxFuture, try_join_all};

use super::Direct;
use super::leaf::json;
use super::plan::{Parsed, Plan, Scout, Written, key_of};
use crate::db::keyset::MAX_PAGE;
use crate::graphql::connection::{Connection, PageInfo};
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
    Some(Box::new(PagesOf { read, first, plan }))
}

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
                let written = self.plan.write(ctx, page.as_ref()?);
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
    Rows(Plan<'a, V>),
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
            if by_rule && scout.ledger.denies(&Connection::<V>::type_name(), called) {
                return None;
            }
            let (scout, below) = (scout.under(field), &field.node.selection_set.node);
            let piece = match called {
                "__typename" => Piece::TypeName,
                "totalCount" => Piece::Total,
                "pageInfo" => Piece::Info(Plan::of(&scout, below).filter(Plan::is_plain)?),
                "nodes" => Piece::Rows(Plan::of(&scout, below).filter(Plan::is_plain)?),
                _ => return None,
            };
            pieces.push((key, piece));
        }
        (!pieces.is_empty()).then_some(Self(pieces))
    }

    fn write(&self, ctx: &ContextSelectionSet<'_>, page: &Connection<V>) -> Written {
        let (mut out, mut objects) = (Vec::with_capacity(256), 1);
        for (at, (key, piece)) in self.0.iter().enumerate() {
            out.push(if at == 0 { b'{' } else { b',' });
            out.extend_from_slice(key);
            match piece {
                Piece::TypeName => json(&Connection::<V>::type_name(), &mut out),
                Piece::Total => json(&page.total(), &mut out),
                Piece::Info(plan) => objects += plan.write_plain(ctx, page.info(), &mut out),
                Piece::Rows(plan) => {
                    out.push(b'[');
                    for (at, row) in page.rows().enumerate() {
                        if at > 0 {
                            out.push(b',');
                        }
                        objects += plan.write_plain(ctx, row, &mut out);
                    }
                    out.push(b']');
                }
            }
        }
        out.push(b'}');
        Written { json: out, objects }
    }
}
