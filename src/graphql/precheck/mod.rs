//! The checks before anything is validated or executed.
//!
//! The GraphQL library validates before it looks at its own limits, and walks fragments exponentially: a document of
//! under a thousand bytes burns half a minute of CPU in it. So a request is checked here first, each step only after
//! the one before has passed:
//!
//! 1. the raw text is counted before it is parsed: characters, tokens, nesting;
//! 2. the parsed document is measured without expanding it: fragments, selections, depth, aliases, root fields;
//! 3. the input is measured: lists, filters, variables;
//! 4. the chosen operation is estimated ([`cost`](crate::graphql::cost)) and each of its fields and arguments is
//!    looked up in the [`Registry`].
//!
//! Steps 1 and 2 depend on the text alone and are remembered by it. Everything is linear in the size of the text and
//! the variables, except step 4, which is linear in the expanded document that step 2 has bounded. What doesn't fit
//! the schema is left to validation, which says it better.
//!
//! To add a limit: one line in `limits.rs`, and its check in the step that can see it.

mod bounds;
mod cache;
mod denied;
mod estimate;
mod fit;
mod refusal;
mod scan;
mod values;

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use async_graphql::Variables;
use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Selection,
    SelectionSet,
};
use async_graphql::parser::{Error as ParseError, parse_query};

pub use self::refusal::Refusal;
pub use crate::config::{Limit, Limits};

use self::cache::Cache;
use self::estimate::Estimate;
use self::values::Given;
use super::SchemaModel;
use super::order::Order;
use crate::access::{Grants, Permission, Registry};
use crate::error::Text;

/// Texts of so many bytes in all are remembered; what they are parsed into takes a multiple of that.
const REMEMBERED_BYTES: usize = 1 << 20;

/// Whoever asks, as far as these checks care.
#[derive(Clone, Copy, Debug)]
pub struct Caller<'a> {
    /// What it holds.
    pub grants: &'a Arc<Grants>,
    /// Is anybody signed in?
    pub signed_in: bool,
    /// What one request may cost it; see [`Limits::complexity`].
    pub complexity: u64,
}

/// A document that was parsed and is within the limits.
#[derive(Debug)]
pub struct Document {
    parsed: ExecutableDocument,
    bytes: usize,
    /// Has the library found it valid?
    valid: AtomicBool,
    /// Is no object asked for twice?
    single: OnceLock<bool>,
    /// The order of its only operation.
    order: OnceLock<Arc<Order>>,
    /// What was found last.
    found: Mutex<Option<Found>>,
    hash: [u8; 32],
}

/// What was found of an operation in which the variables had no say: it holds for all who hold the same.
#[derive(Debug)]
struct Found {
    operation_name: Option<String>,
    grants: Arc<Grants>,
    signed_in: bool,
    checked: Checked,
}

impl Document {
    const fn new(parsed: ExecutableDocument, bytes: usize, hash: [u8; 32]) -> Self {
        Self {
            parsed,
            bytes,
            valid: AtomicBool::new(false),
            single: OnceLock::new(),
            order: OnceLock::new(),
            found: Mutex::new(None),
            hash,
        }
    }

    /// What was found for somebody who holds the same, if it was just now. Only [`Precheck::check`] asks and notes: whoever
    /// [inspects](Precheck::inspect) may do so by other rules.
    fn found(&self, operation_name: Option<&str>, caller: &Caller<'_>) -> Option<Checked> {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let found = found.as_ref()?;
        let same = found.operation_name.as_deref() == operation_name
            && found.signed_in == caller.signed_in
            && (Arc::ptr_eq(&found.grants, caller.grants) || found.grants == *caller.grants);
        same.then(|| found.checked.clone())
    }

    fn note(&self, operation_name: Option<&str>, caller: &Caller<'_>, checked: &Checked) {
        let found = Found {
            operation_name: operation_name.map(str::to_owned),
            grants: Arc::clone(caller.grants),
            signed_in: caller.signed_in,
            checked: checked.clone(),
        };
        *self.found.lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
    }

    /// The parsed document, to be handed to the library with `set_parsed_query`.
    #[must_use]
    pub const fn parsed(&self) -> &ExecutableDocument {
        &self.parsed
    }

    /// Is no object asked for twice under one response key?
    #[must_use]
    pub fn is_single(&self) -> bool {
        *self.single.get_or_init(|| {
            let mut operations = self.parsed.operations.iter();
            operations.all(|(_, operation)| Order::is_single(&self.parsed, &operation.node))
        })
    }

    /// The order in which an operation asks for its fields.
    #[must_use]
    pub fn order(&self, operation_name: Option<&str>) -> Arc<Order> {
        if let Some(order) = self.only_order() {
            return Arc::clone(order);
        }
        self.operation(operation_name)
            .map(|operation| Arc::new(Order::of(&self.parsed, operation)))
            .unwrap_or_default()
    }

    /// The order of its operation, if it has only one.
    #[must_use]
    pub fn only_order(&self) -> Option<&Arc<Order>> {
        let mut operations = self.parsed.operations.iter();
        let (Some((_, only)), None) = (operations.next(), operations.next()) else {
            return None;
        };
        let make = || Arc::new(Order::of(&self.parsed, &only.node));
        Some(self.order.get_or_init(make))
    }

    /// Was it found valid before? Then only the variables can be wrong.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.valid.load(Ordering::Relaxed)
    }

    /// Notes that the library found it valid.
    pub fn found_valid(&self) {
        self.valid.store(true, Ordering::Relaxed);
    }

    /// The SHA-256 of its text.
    #[must_use]
    pub const fn hash(&self) -> &[u8; 32] {
        &self.hash
    }

    /// The operation that would run.
    ///
    /// # Errors
    /// When the name doesn't choose exactly one operation.
    pub fn operation(&self, operation_name: Option<&str>) -> Result<&OperationDefinition, Refusal> {
        choose(&self.parsed, operation_name)
    }

    /// The kind of the operation that would run.
    ///
    /// # Errors
    /// When the name doesn't choose exactly one operation.
    pub fn operation_type(&self, operation_name: Option<&str>) -> Result<OperationType, Refusal> {
        choose(&self.parsed, operation_name).map(|operation| operation.ty)
    }
}

/// Why a field is denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Need {
    /// It needs a signed-in principal.
    SignIn,
    /// It needs a permission.
    Permission(Permission),
    /// It has no rule, so nobody may have it.
    Rule,
}

/// An output field that the caller may not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    /// The object type; of a field of an interface there may be several.
    pub type_name: String,
    /// The field.
    pub field: String,
    /// What is missing.
    pub need: Need,
    /// The response path, without list indices.
    pub path: Vec<String>,
}

/// What is known about an operation before it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Query, mutation or subscription.
    pub operation: OperationType,
    /// What it may cost.
    pub cost: u64,
    /// The output fields that the caller may not have; the rest of the answer is intact.
    pub denied: Vec<Denied>,
    /// The names of the root fields, without aliases, in the order of the document.
    pub root_fields: Vec<String>,
    /// Does it look at the schema (`__schema`, `__type`)?
    pub introspection: bool,
}

/// The checks with everything they look up.
#[derive(Debug)]
pub struct Precheck {
    model: Arc<SchemaModel>,
    registry: Arc<Registry>,
    limits: Limits,
    cache: Cache,
}

impl Precheck {
    /// The checks for a schema.
    #[must_use]
    pub fn new(model: Arc<SchemaModel>, registry: Arc<Registry>, limits: Limits) -> Self {
        Self {
            model,
            registry,
            limits,
            cache: Cache::new(REMEMBERED_BYTES),
        }
    }

    /// The limits in force.
    #[must_use]
    pub const fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Reads a document: counts, parses, measures (steps 1 and 2).
    ///
    /// # Errors
    /// Each limit that is exceeded, or why the text can't be understood.
    pub fn read(&self, text: &str) -> Result<Arc<Document>, Vec<Refusal>> {
        // Before the cache, so that a large text isn't even hashed.
        scan::scan(text, &self.limits)?;
        self.cache.get_or_make(text, |hash| {
            let parsed = parse_query(text).map_err(|error| vec![syntax(&error)])?;
            bounds::bounds(&parsed, &self.limits)?;
            Ok(Document::new(parsed, text.len(), hash))
        })
    }

    /// Do the variables fit the types that the operation gives them, beyond doubt? Otherwise the library looks.
    #[must_use]
    pub fn variables_fit(
        &self,
        document: &Document,
        operation_name: Option<&str>,
        variables: &Variables,
    ) -> bool {
        document
            .operation(operation_name)
            .is_ok_and(|operation| fit::fits(&self.model, operation, variables))
    }

    /// Checks what depends on the variables and on who asks (steps 3 and 4).
    ///
    /// # Errors
    /// Each reason to refuse the request as a whole.
    pub fn check(
        &self,
        document: &Document,
        operation_name: Option<&str>,
        variables: &Variables,
        caller: &Caller<'_>,
    ) -> Result<Checked, Vec<Refusal>> {
        let known = document.found(operation_name, caller);
        let asked = Cell::new(known.is_some());
        let (checked, refusals) =
            self.look(document, operation_name, variables, caller, known, &asked)?;
        if !refusals.is_empty() {
            return Err(refusals);
        }
        if !asked.get() {
            document.note(operation_name, caller, &checked);
        }
        Ok(checked)
    }

    /// The same for whoever wants to know beforehand: what is known, together with the reasons to refuse it.
    ///
    /// # Errors
    /// When the input is too large or no operation is chosen, so that nothing more can be said.
    pub fn inspect(
        &self,
        document: &Document,
        operation_name: Option<&str>,
        variables: &Variables,
        caller: &Caller<'_>,
    ) -> Result<(Checked, Vec<Refusal>), Vec<Refusal>> {
        let asked = Cell::new(false);
        self.look(document, operation_name, variables, caller, None, &asked)
    }

    /// The same, and notes in `asked` whether the variables had a say. Of what is `known` already only that is looked at which
    /// these variables and this caller's limit decide.
    fn look(
        &self,
        document: &Document,
        operation_name: Option<&str>,
        variables: &Variables,
        caller: &Caller<'_>,
        known: Option<Checked>,
        asked: &Cell<bool>,
    ) -> Result<(Checked, Vec<Refusal>), Vec<Refusal>> {
        let parsed = &document.parsed;
        let operation = choose(parsed, operation_name).map_err(|refusal| vec![refusal])?;
        values::bounds(parsed, variables, &self.limits)?;
        let given = Given::new(operation, variables, asked);
        let mut refusals: Vec<Refusal> = given.missing().collect();
        if let Some(checked) = known {
            let limit = Limit::Complexity;
            refusals.extend(Refusal::above(limit, checked.cost, caller.complexity));
            return Ok((checked, refusals));
        }
        let set = &operation.selection_set.node;
        let mut roots = Roots::default();
        roots.collect(parsed, set);
        let mut checked = Checked {
            operation: operation.ty,
            cost: 0,
            denied: Vec::new(),
            root_fields: roots.names,
            introspection: roots.introspection,
        };
        if checked.introspection && !caller.signed_in {
            refusals.push(Refusal::SignIn {
                path: vec!["__schema".to_owned()],
            });
        }
        // Without such a root the library says so.
        if let Some(root) = self.model.root(operation.ty) {
            checked.cost = Estimate {
                model: &self.model,
                document: parsed,
                given,
            }
            .operation(root, set);
            refusals.extend(Refusal::above(
                Limit::Complexity,
                checked.cost,
                caller.complexity,
            ));
            let walk = denied::Walk::new(&self.model, &self.registry, caller, parsed, given);
            let (denied, forbidden) = walk.operation(root, set);
            checked.denied = denied;
            refusals.extend(forbidden);
        }
        Ok((checked, refusals))
    }
}

/// The root fields of an operation.
#[derive(Default)]
struct Roots {
    names: Vec<String>,
    introspection: bool,
}

impl Roots {
    fn collect(&mut self, document: &ExecutableDocument, set: &SelectionSet) {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => {
                    let name = &field.node.name.node;
                    self.introspection |= bounds::is_introspection(name);
                    self.names.push(name.to_string());
                }
                Selection::InlineFragment(inline) => {
                    self.collect(document, &inline.node.selection_set.node)
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node)
                    {
                        self.collect(document, &fragment.node.selection_set.node);
                    }
                }
            }
        }
    }
}

/// The operation that runs.
fn choose<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<&'a OperationDefinition, Refusal> {
    let name = name.filter(|name| !name.is_empty());
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Ok(&operation.node),
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => operations
            .values()
            .next()
            .map(|operation| &operation.node)
            .ok_or_else(|| no_operation("")),
        (DocumentOperations::Multiple(_), None) => Err(Refusal::malformed(
            "The document has several operations: say which one to run in `operationName`.",
            "文档包含多个操作：请在 operationName 中指定要执行的操作。",
        )),
        (DocumentOperations::Multiple(operations), Some(name)) => operations
            .get(name)
            .map(|operation| &operation.node)
            .ok_or_else(|| no_operation(name)),
        (DocumentOperations::Single(_), Some(name)) => Err(no_operation(name)),
    }
}

fn no_operation(name: &str) -> Refusal {
    Refusal::malformed(
        format!("The document has no operation named \"{name}\"."),
        format!("文档中没有名为“{name}”的操作。"),
    )
}

fn syntax(error: &ParseError) -> Refusal {
    let at = error.positions().next();
    let place = at.map(|at| {
        (
            format!(" at line {}, column {}", at.line, at.column),
            format!("（第 {} 行，第 {} 列）", at.line, at.column),
        )
    });
    let (en, zh) = place.unwrap_or_default();
    let cause = match error {
        // The parser draws the line with an arrow; its last line says what it expected.
        ParseError::Syntax { message, .. } => message
            .lines()
            .last()
            .unwrap_or_default()
            .trim()
            .trim_start_matches("= ")
            .to_owned(),
        other => other.to_string(),
    };
    Refusal::Malformed {
        text: Text::new(
            format!("The document can't be understood{en}: {cause}."),
            format!("无法解析文档{zh}：{cause}。"),
        ),
        at,
    }
}

#[cfg(test)]
mod tests;
