//! Objects of a type in an answer: those of a page, or one.

use async_graphql::parser::types::{Field, SelectionSet};
use async_graphql::resolver_utils::resolve_container;
use async_graphql::{
    ContextSelectionSet, OutputType, PathSegment, Positioned, Result, ServerError, ServerResult,
    Value,
};
use futures_util::future::{BoxFuture, join, try_join_all};

use super::Direct;
use super::plan::{Plan, Ready, Scout};
use crate::db::along::Alongside;
use crate::graphql::guard::response_path;

/// What is written: one object, or a list of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The only row as an object.
    One,
    /// All rows as a list.
    List,
}

type Engine<T> = for<'a> fn(
    &'a ContextSelectionSet<'a>,
    Vec<&'a T>,
    Shape,
    &'a Alongside,
) -> BoxFuture<'a, ServerResult<Option<Value>>>;

/// What writes the rows of a type, with the rows that came along with them.
pub struct Writer<T> {
    engine: Engine<T>,
    alongside: Alongside,
}

impl<T> Clone for Writer<T> {
    fn clone(&self) -> Self {
        Self {
            engine: self.engine,
            alongside: self.alongside.clone(),
        }
    }
}

impl<T: Direct> Writer<T> {
    /// What writes them.
    #[must_use]
    pub fn with(alongside: Alongside) -> Self {
        Self {
            engine: |ctx, rows, shape, alongside| Box::pin(written(ctx, rows, shape, alongside)),
            alongside,
        }
    }
}

impl<T> Writer<T> {
    /// Writes rows; none when the library has to.
    async fn write<'a>(
        &'a self,
        ctx: &'a ContextSelectionSet<'a>,
        rows: Vec<&'a T>,
        shape: Shape,
    ) -> ServerResult<Option<Value>> {
        (self.engine)(ctx, rows, shape, &self.alongside).await
    }
}

/// The rows of a page.
pub struct Nodes<'a, T> {
    /// The rows.
    pub rows: Vec<&'a T>,
    /// What writes them, if anything but the library does.
    pub writer: Option<&'a Writer<T>>,
}

impl<T: OutputType> OutputType for Nodes<'_, T> {
    described_as!(Vec<&T>);

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        if let Some(writer) = self.writer
            && let Some(value) = writer.write(ctx, self.rows.clone(), Shape::List).await?
        {
            return Ok(value);
        }
        self.rows.resolve(ctx, field).await
    }
}

/// One row that is borrowed, such as that of an edge.
pub struct Single<'a, T> {
    /// The row.
    pub row: &'a T,
    /// What writes it, if anything but the library does.
    pub writer: Option<&'a Writer<T>>,
}

impl<T: OutputType> OutputType for Single<'_, T> {
    described_as!(T);

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        if let Some(writer) = self.writer
            && let Some(value) = writer.write(ctx, vec![self.row], Shape::One).await?
        {
            return Ok(value);
        }
        self.row.resolve(ctx, field).await
    }
}

/// One object, written straight.
pub struct Directly<T> {
    row: T,
    writer: Writer<T>,
}

impl<T: Direct> Directly<T> {
    /// The object, with what came along with its row.
    #[must_use]
    pub fn new(row: T, alongside: Alongside) -> Self {
        Self {
            row,
            writer: Writer::with(alongside),
        }
    }
}

impl<T: Direct> OutputType for Directly<T> {
    described_as!(T);

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        let itself = Single {
            row: &self.row,
            writer: Some(&self.writer),
        };
        itself.resolve(ctx, field).await
    }
}

async fn written<'a, T: Direct>(
    ctx: &'a ContextSelectionSet<'a>,
    rows: Vec<&'a T>,
    shape: Shape,
    alongside: &'a Alongside,
) -> ServerResult<Option<Value>> {
    let Some(scout) = Scout::of(ctx) else {
        return Ok(None);
    };
    let Some(plan) = Plan::<T>::of(&scout, &ctx.item.node) else {
        return Ok(None);
    };
    let value = by_plan(ctx, &scout, &plan, rows, shape, alongside).await?;
    Ok(Some(value))
}

/// Reads what the plan needs, and writes the rows: null when they are too many, or one of them is broken.
pub(super) async fn by_plan<'a, T: Direct>(
    ctx: &'a ContextSelectionSet<'a>,
    scout: &Scout<'a>,
    plan: &Plan<'a, T>,
    rows: Vec<&'a T>,
    shape: Shape,
    alongside: &Alongside,
) -> ServerResult<Value> {
    // At once, so that what is read for both is read in the same rounds.
    let (ready, late) = join(
        plan.make_ready(ctx, &rows, alongside),
        late(ctx, plan, &rows, shape),
    )
    .await;
    let late = late?;
    let ledger = scout.ledger;
    if shape == Shape::List && !late.is_empty() {
        let mut broken = false;
        for at in 0..rows.len() {
            broken |= ctx
                .with_index(at)
                .path_node
                .is_some_and(|node| ledger.breaks(&node));
        }
        if broken {
            return Ok(Value::Null);
        }
    }
    unread(ctx, plan, &ready, shape);
    let mut out = Vec::with_capacity(256 * rows.len() + 2);
    if shape == Shape::List {
        out.push(b'[');
    }
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        let measured = plan.write(
            ctx,
            (at, row),
            &ready,
            late.get(at).unwrap_or(&Value::Null),
            &mut out,
        );
        ledger.meter.add(measured);
        if ledger.meter.is_over() {
            return Ok(Value::Null);
        }
    }
    if shape == Shape::List {
        out.push(b']');
    }
    Ok(Value::Binary(out.into()))
}

/// What is left to the library, row by row.
async fn late<T: Direct>(
    ctx: &ContextSelectionSet<'_>,
    plan: &Plan<'_, T>,
    rows: &[&T],
    shape: Shape,
) -> ServerResult<Vec<Value>> {
    if plan.late.is_empty() {
        return Ok(Vec::new());
    }
    let set = SelectionSet {
        items: plan.late.clone(),
    };
    let set = Positioned::new(set, ctx.item.pos);
    let values = rows.iter().enumerate().map(|(at, row)| {
        let set = &set;
        async move {
            if shape == Shape::List {
                let there = ctx.with_index(at);
                resolve_container(&there.with_selection_set(set), *row).await
            } else {
                resolve_container(&ctx.with_selection_set(set), *row).await
            }
        }
    });
    try_join_all(values).await
}

/// Says once for each field that what it shows couldn't be read: at the first of several rows, as it is with what is denied.
fn unread<T: Direct>(
    ctx: &ContextSelectionSet<'_>,
    plan: &Plan<'_, T>,
    ready: &[Result<Ready>],
    shape: Shape,
) {
    for (field, failed) in plan.made_ready().zip(ready) {
        let Err(error) = failed else { continue };
        let error = error.clone().into_server_error(field.pos);
        let path = ctx.path_node.as_ref().map(response_path);
        let mut path = path.unwrap_or_default();
        if shape == Shape::List {
            path.push(PathSegment::Index(0));
        }
        path.push(PathSegment::Field(
            field.node.response_key().node.to_string(),
        ));
        ctx.add_error(ServerError { path, ..error });
    }
}
