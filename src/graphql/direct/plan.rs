//! What a selection asks of a type: which fields are written, which rows are read for it, and what is left to the library.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::parser::types::{Selection, SelectionSet};
use async_graphql::{Context, ContextSelectionSet, Name, Positioned, Result, Value};
use futures_util::future::{BoxFuture, join_all};
use uuid::Uuid;

use super::leaf::json;
use super::wanted::points_by;
use super::{BoxPages, Direct, Field, Linked, Points};
use crate::access::Call;
use crate::db::along::Alongside;
use crate::graphql::children::shared;
use crate::graphql::cost::Measured;
use crate::graphql::errors::OnField;
use crate::graphql::guard::{Ledger, Reading};
use crate::graphql::loaders::{Loader, rows_by_ids};
use crate::graphql::order::{Fragments, Order};

/// A field of a document.
pub type Parsed = Positioned<async_graphql::parser::types::Field>;

/// What a plan is made with.
#[derive(Clone, Copy)]
pub struct Scout<'a> {
    /// Where the rows stand.
    pub ctx: &'a ContextSelectionSet<'a>,
    /// What the guard notes.
    pub ledger: &'a Ledger,
    /// The order of what is selected of the rows, if it was found out before.
    order: Option<&'a Order>,
}

impl<'a> Scout<'a> {
    /// The scout of a request; none of a document that asks for something twice under one key, whose halves the library joins.
    #[must_use]
    pub fn of(ctx: &'a ContextSelectionSet<'a>) -> Option<Self> {
        let reading = ctx.data_opt::<Reading>()?;
        if !reading.document.is_single() {
            return None;
        }
        let order = reading.document.only_order();
        Some(Self {
            ctx,
            ledger: ctx.data_unchecked::<Arc<Ledger>>(),
            order: order.and_then(|order| order.at(ctx.path_node.as_ref()?)),
        })
    }

    /// The same for what is selected below a field.
    #[must_use]
    pub fn under(&self, field: &'a Parsed) -> Self {
        let name = &field.node.response_key().node;
        let order = self.order.and_then(|order| order.under(name));
        Self { order, ..*self }
    }

    fn fragments(&self) -> &'a Fragments {
        &self.ctx.query_env.fragments
    }
}

/// What is to be written of the rows of a type.
pub struct Plan<'a, T> {
    steps: Vec<Step<'a, T>>,
    /// What is left to the library.
    pub late: Vec<Positioned<Selection>>,
}

struct Step<'a, T> {
    /// The key.
    name: &'a Name,
    /// The key with its quotes and colon.
    key: Vec<u8>,
    field: &'a Parsed,
    part: Part<'a, T>,
}

enum Part<'a, T> {
    TypeName,
    Leaf(fn(&T, &Context<'_>, &mut Vec<u8>)),
    Link {
        points: Points<T>,
        below: Box<dyn Below + 'a>,
    },
    Page(BoxPages<'a, T>),
    Late(Cow<'a, Order>),
}

impl<T> Part<'_, T> {
    /// Does it stand in other rows?
    const fn needs_reading(&self) -> bool {
        matches!(self, Self::Link { .. } | Self::Page(_))
    }
}

/// The key of a field in the answer, with its quotes and colon.
pub(super) fn key_of(field: &Parsed) -> Vec<u8> {
    let name = field.node.response_key().node.as_str();
    let mut key = Vec::with_capacity(name.len() + 3);
    json(name, &mut key);
    key.push(b':');
    key
}

/// An object that was written, and how many objects it is with those in it.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its JSON.
    pub json: Vec<u8>,
    /// How many objects.
    pub objects: u64,
}

/// What a link's rows were written as, by their ids.
pub type Targets = HashMap<Uuid, Written>;

/// What was read and written of one field of the rows of a list before they are.
pub enum Ready {
    /// Where each of them points, and what stands there.
    Pointed(Vec<Option<Uuid>>, Targets),
    /// What each of them has.
    Each(Vec<Option<Written>>),
}

impl Ready {
    /// That of the row at a place.
    fn of(&self, place: usize) -> Option<&Written> {
        match self {
            Self::Pointed(ids, targets) => targets.get(&ids.get(place).copied().flatten()?),
            Self::Each(written) => written.get(place)?.as_ref(),
        }
    }
}

/// The plan for rows that others point at.
pub trait Below: Send + Sync {
    /// Reads the rows, unless they came along with those that point at them by the field `name`, and writes each once; those out
    /// of the viewer's reach are missing.
    fn written<'b>(
        &'b self,
        ctx: &'b ContextSelectionSet<'b>,
        ids: Vec<Uuid>,
        name: &'b str,
        alongside: &'b Alongside,
    ) -> BoxFuture<'b, Result<Targets>>;
}

impl<'a, T: Direct> Plan<'a, T> {
    /// The plan of a selection; none when nothing is left in it.
    #[must_use]
    pub fn of(scout: &Scout<'a>, set: &'a SelectionSet) -> Option<Self> {
        let mut plan = Self {
            steps: Vec::with_capacity(set.items.len()),
            late: Vec::new(),
        };
        plan.add(scout, set);
        (!plan.steps.is_empty()).then_some(plan)
    }

    fn add(&mut self, scout: &Scout<'a>, set: &'a SelectionSet) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => self.add_field(scout, field),
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref();
                    if on.is_none_or(|on| applies::<T>(scout, &on.node.on.node)) {
                        self.add(scout, &fragment.node.selection_set.node);
                    }
                }
                // What names an unknown fragment isn't executed.
                Selection::FragmentSpread(spread) => {
                    let fragment = scout.fragments().get(&spread.node.fragment_name.node);
                    if let Some(fragment) = fragment
                        && applies::<T>(scout, &fragment.node.type_condition.node.on.node)
                    {
                        self.add(scout, &fragment.node.selection_set.node);
                    }
                }
            }
        }
    }

    fn add_field(&mut self, scout: &Scout<'a>, field: &'a Parsed) {
        let name = &field.node.response_key().node;
        if self.steps.iter().any(|step| step.name == name) {
            return;
        }
        let called = field.node.name.node.as_str();
        let part = if called == "__typename" {
            Some(Part::TypeName)
        } else if scout.ledger.denies(&T::type_name(), called) {
            None
        } else {
            match T::field(called) {
                Some(Field::Leaf(write)) => Some(Part::Leaf(write)),
                // What is sought is sought without arguments.
                Some(Field::Link(Points::Sought(_), _)) if !field.node.arguments.is_empty() => None,
                Some(Field::Link(points, target)) => target
                    .below(scout, field)
                    .map(|below| Part::Link { points, below }),
                Some(Field::Page(pages)) => pages(scout, field).map(Part::Page),
                None => None,
            }
        };
        let part = part.unwrap_or_else(|| {
            let selected = Selection::Field(field.clone());
            self.late.push(Positioned::new(selected, field.pos));
            let known = scout.order.and_then(|order| order.under(name));
            Part::Late(known.map_or_else(
                || {
                    let set = &field.node.selection_set.node;
                    Cow::Owned(Order::below(scout.fragments(), set))
                },
                Cow::Borrowed,
            ))
        });
        self.steps.push(Step {
            name,
            key: key_of(field),
            field,
            part,
        });
    }

    /// Can it be written without anything being read?
    pub fn is_plain(&self) -> bool {
        let mut steps = self.steps.iter();
        steps.all(|step| matches!(step.part, Part::TypeName | Part::Leaf(_)))
    }

    /// Reads what stands in other rows than these, for each such field of the plan.
    pub async fn make_ready(
        &self,
        ctx: &ContextSelectionSet<'_>,
        rows: &[&T],
        alongside: &Alongside,
    ) -> Vec<Result<Ready>> {
        let fields = self.steps.iter().filter(|step| step.part.needs_reading());
        let read = fields.map(|step| async move {
            match &step.part {
                Part::Link { points, below } => {
                    let ids = points.of(rows, &ctx.with_field(step.field)).await?;
                    let mut distinct: Vec<Uuid> = ids.iter().copied().flatten().collect();
                    distinct.sort_unstable();
                    distinct.dedup();
                    let name = step.field.node.name.node.as_str();
                    let targets = below.written(ctx, distinct, name, alongside).await?;
                    Ok(Ready::Pointed(ids, targets))
                }
                Part::Page(pages) => {
                    let written = pages.written(ctx, step.field, rows).await?;
                    Ok(Ready::Each(written))
                }
                _ => Ok(Ready::Each(Vec::new())),
            }
        });
        join_all(read.collect::<Vec<_>>()).await
    }

    /// The fields in the order of [`make_ready`](Self::make_ready).
    pub fn made_ready(&self) -> impl Iterator<Item = &'a Parsed> {
        let steps = self.steps.iter().filter(|step| step.part.needs_reading());
        steps.map(|step| step.field)
    }

    /// Writes a row of which nothing has to be read, and says how many objects that is.
    pub fn write_plain(&self, ctx: &ContextSelectionSet<'_>, row: &T, out: &mut Vec<u8>) -> u64 {
        self.write(ctx, (0, row), &[], &Value::Null, out).objects
    }

    /// Writes one row, the `place`th of those for which the rest was made `ready`, and says how many objects and bytes of it are new to
    /// the meter.
    pub fn write(
        &self,
        ctx: &ContextSelectionSet<'_>,
        (place, row): (usize, &T),
        ready: &[Result<Ready>],
        late: &Value,
        out: &mut Vec<u8>,
    ) -> Measured {
        let mut objects = 1;
        let (start, mut metered) = (out.len(), 0);
        let mut ready = ready.iter();
        for (at, step) in self.steps.iter().enumerate() {
            out.push(if at == 0 { b'{' } else { b',' });
            out.extend_from_slice(&step.key);
            match &step.part {
                Part::TypeName => json(&T::type_name(), out),
                Part::Leaf(write) => write(row, &ctx.with_field(step.field), out),
                Part::Link { .. } | Part::Page(_) => {
                    let ready = ready.next().and_then(|ready| ready.as_ref().ok());
                    match ready.and_then(|ready| ready.of(place)) {
                        Some(written) => {
                            objects += written.objects;
                            out.extend_from_slice(&written.json);
                        }
                        None => out.extend_from_slice(b"null"),
                    }
                }
                Part::Late(order) => {
                    let value = match late {
                        Value::Object(values) => values.get(step.name),
                        _ => None,
                    };
                    let before = out.len();
                    // Writing to memory doesn't fail.
                    order
                        .write(value.unwrap_or(&Value::Null), out)
                        .unwrap_or_default();
                    metered += out.len() - before;
                }
            }
        }
        out.push(b'}');
        Measured {
            objects,
            bytes: (out.len() - start - metered) as u64,
        }
    }
}

impl<V: Linked> Below for Plan<'_, V> {
    fn written<'b>(
        &'b self,
        ctx: &'b ContextSelectionSet<'b>,
        ids: Vec<Uuid>,
        name: &'b str,
        alongside: &'b Alongside,
    ) -> BoxFuture<'b, Result<Targets>> {
        Box::pin(async move {
            if ids.is_empty() {
                return Ok(Targets::new());
            }
            let rows: Vec<(Uuid, V)> =
                match alongside.rows::<V::Entity>(|column| points_by(name, column)) {
                    Some(rows) => {
                        let found = ids.iter().filter_map(|id| rows.get_key_value(id));
                        found.map(|(id, row)| (*id, V::of(row.clone()))).collect()
                    }
                    None => {
                        let loads = ctx.data_unchecked::<Loader>();
                        let found = rows_by_ids::<V::Entity>(loads, ids).await;
                        let found = found.map_err(shared);
                        let found = found.on_field(ctx.data_unchecked::<Arc<Call>>())?;
                        found
                            .into_iter()
                            .map(|(id, row)| (id, V::of(row)))
                            .collect()
                    }
                };
            let objects: Vec<&V> = rows.iter().map(|(_, row)| row).collect();
            let mut ready = Vec::new();
            for field in self.make_ready(ctx, &objects, &Alongside::default()).await {
                ready.push(Ok(field?));
            }
            let written = rows.iter().enumerate().map(|(place, (id, row))| {
                // Most objects that others point at are shown by a name or two.
                let mut json = Vec::with_capacity(128);
                let measured = self.write(ctx, (place, row), &ready, &Value::Null, &mut json);
                let objects = measured.objects;
                (*id, Written { json, objects })
            });
            Ok(written.collect())
        })
    }
}

/// Does a fragment on that type or interface select of `T`?
fn applies<T: Direct>(scout: &Scout<'_>, condition: &str) -> bool {
    let name = T::type_name();
    let implements = &scout.ctx.schema_env.registry.implements;
    name == condition
        || implements
            .get(&*name)
            .is_some_and(|interfaces| interfaces.contains(condition))
}
