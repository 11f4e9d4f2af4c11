//! What a selection asks of a type: which fields are written, which rows are read for it, and what is left to the library.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::{DataLoader, HashMapCache};
use async_graphql::parser::types::{Selection, SelectionSet};
use async_graphql::{Context, ContextSelectionSet, Name, Positioned, Value};
use futures_util::future::{BoxFuture, join_all};
use uuid::Uuid;

use super::leaf::json;
use super::{Direct, Field, Linked};
use crate::error::Error;
use crate::graphql::cost::Measured;
use crate::graphql::guard::{Ledger, Reading};
use crate::graphql::order::{Fragments, Order};
use crate::graphql::{Loads, RowId};

/// A field of a document.
pub type Parsed = Positioned<async_graphql::parser::types::Field>;
type Loader = DataLoader<Loads, HashMapCache>;

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
        id: fn(&T, &Context<'_>) -> Option<Uuid>,
        below: Box<dyn Below + 'a>,
    },
    Late(Cow<'a, Order>),
}

/// An object that was written, and how many objects it is with those in it.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its JSON.
    pub json: Vec<u8>,
    /// How many objects.
    pub objects: u64,
}

/// What a link's rows were written as.
pub type Targets = Result<HashMap<Uuid, Written>, Arc<Error>>;

/// The plan for rows that others point at.
pub trait Below: Send + Sync {
    /// Reads the rows and writes each once; those out of the viewer's reach are missing.
    fn written<'b>(
        &'b self,
        ctx: &'b ContextSelectionSet<'b>,
        ids: Vec<Uuid>,
    ) -> BoxFuture<'b, Targets>;
}

/// The plan for the rows that a field points at, if nothing of them is left to the library.
pub fn below<'a, V: Linked>(scout: &Scout<'a>, field: &'a Parsed) -> Option<Box<dyn Below + 'a>> {
    let order = scout
        .order
        .and_then(|order| order.under(&field.node.response_key().node));
    let scout = &Scout { order, ..*scout };
    let plan = Plan::<V>::of(scout, &field.node.selection_set.node)?;
    plan.late
        .is_empty()
        .then(|| Box::new(plan) as Box<dyn Below>)
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
                Some(Field::Link(id, below)) => {
                    below(scout, field).map(|below| Part::Link { id, below })
                }
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
        let mut key = Vec::with_capacity(name.len() + 3);
        json(name.as_str(), &mut key);
        key.push(b':');
        self.steps.push(Step {
            name,
            key,
            field,
            part,
        });
    }

    /// Reads what the rows point at, for each link of the plan.
    pub async fn targets(&self, ctx: &ContextSelectionSet<'_>, rows: &[&T]) -> Vec<Targets> {
        let links = self.steps.iter().filter_map(|step| match &step.part {
            Part::Link { id, below } => {
                let at = ctx.with_field(step.field);
                let mut ids: Vec<Uuid> = rows.iter().filter_map(|row| id(row, &at)).collect();
                ids.sort_unstable();
                ids.dedup();
                Some(below.written(ctx, ids))
            }
            _ => None,
        });
        join_all(links.collect::<Vec<_>>()).await
    }

    /// The links in the order of [`targets`](Self::targets), with where each stands.
    pub fn links(&self) -> impl Iterator<Item = &'a Parsed> {
        let steps = self.steps.iter();
        steps.filter_map(|step| matches!(step.part, Part::Link { .. }).then_some(step.field))
    }

    /// Writes one row, and says how many objects and bytes of it are new to the meter.
    pub fn write(
        &self,
        ctx: &ContextSelectionSet<'_>,
        row: &T,
        targets: &[Targets],
        late: &Value,
        out: &mut Vec<u8>,
    ) -> Measured {
        let mut objects = 1;
        let (start, mut metered) = (out.len(), 0);
        let mut targets = targets.iter();
        for (at, step) in self.steps.iter().enumerate() {
            out.push(if at == 0 { b'{' } else { b',' });
            out.extend_from_slice(&step.key);
            match &step.part {
                Part::TypeName => json(&T::type_name(), out),
                Part::Leaf(write) => write(row, &ctx.with_field(step.field), out),
                Part::Link { id, .. } => {
                    let targets = targets.next().and_then(|targets| targets.as_ref().ok());
                    let target = id(row, &ctx.with_field(step.field))
                        .and_then(|id| targets.and_then(|targets| targets.get(&id)));
                    match target {
                        Some(target) => {
                            objects += target.objects;
                            out.extend_from_slice(&target.json);
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
    ) -> BoxFuture<'b, Targets> {
        Box::pin(async move {
            if ids.is_empty() {
                return Ok(HashMap::new());
            }
            let loads = ctx.data_unchecked::<Loader>();
            let keys = ids.into_iter().map(RowId::<V::Entity>::new);
            let found = loads.load_many(keys).await?;
            let rows: Vec<(Uuid, V)> = found
                .into_iter()
                .map(|(key, row)| (key.uuid, V::of(row)))
                .collect();
            let objects: Vec<&V> = rows.iter().map(|(_, row)| row).collect();
            let mut targets = Vec::new();
            for target in self.targets(ctx, &objects).await {
                targets.push(Ok(target?));
            }
            let written = rows.iter().map(|(id, row)| {
                let mut json = Vec::new();
                let measured = self.write(ctx, row, &targets, &Value::Null, &mut json);
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
