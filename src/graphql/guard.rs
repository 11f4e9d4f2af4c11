//! The guard at execution: denies fields by the registry, and keeps nulls as the specification wants them.
//!
//! - A denied field isn't resolved: it becomes `null` and leaves one `FORBIDDEN` error at its path (in a list: at the
//!   first row's), the rest of the answer intact.
//! - The GraphQL library drops the key of a non-null field that fails. Here a failure becomes `null` where the field may
//!   be null, and otherwise travels to the nearest parent that may.
//! - Each execution (of a subscription: each event) gets the present viewer and loaders of its own.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextExecute, NextResolve, NextValidation,
    ResolveInfo,
};
use async_graphql::parser::types::OperationType;
use async_graphql::{
    CacheControl, Data, PathSegment, QueryPathNode, QueryPathSegment, Response, ServerError,
    ServerResult, ValidationResult, Value, async_trait,
};

use super::batches::Batches;
use super::budget::{Budget, Payer, Reservation};
use super::errors::fill;
use super::meter::Meter;
use super::precheck::Document;
use super::{Loads, SchemaFacts};
use crate::access::{Call, Rule};
use crate::app::App;
use crate::error::{ApiError, ErrorCode, Text};

/// What the guard notes during one request, in the request's data.
pub struct Ledger {
    facts: Arc<SchemaFacts>,
    call: Mutex<Arc<Call>>,
    operation: OperationType,
    started: AtomicBool,
    troubled: AtomicBool,
    notes: Mutex<Notes>,
    /// How large the answer becomes.
    pub meter: Meter,
    toll: Option<Toll>,
}

/// Who pays for the events of a subscription, from what, and what one costs at most.
pub struct Toll {
    /// The buckets.
    pub budget: Arc<Budget>,
    /// Whose.
    pub payer: Payer,
    /// The estimate.
    pub cost: u64,
}

#[derive(Default)]
struct Notes {
    errors: Vec<ServerError>,
    denied: HashSet<String>,
    broken: HashSet<String>,
}

impl Ledger {
    /// The ledger of one request.
    #[must_use]
    pub fn new(
        facts: Arc<SchemaFacts>,
        call: Arc<Call>,
        operation: OperationType,
        meter: Meter,
    ) -> Self {
        Self {
            facts,
            call: Mutex::new(call),
            operation,
            started: AtomicBool::new(false),
            troubled: AtomicBool::new(false),
            notes: Mutex::default(),
            meter,
            toll: None,
        }
    }

    /// The same for a subscription, each event of which is paid.
    #[must_use]
    pub fn with_toll(mut self, toll: Toll) -> Self {
        self.toll = Some(toll);
        self
    }

    /// Who asks now; a subscription looks at its viewer again for every event.
    #[must_use]
    pub fn call(&self) -> Arc<Call> {
        Arc::clone(&self.call.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The viewer as it is at the event that comes next.
    pub fn renew(&self, call: Arc<Call>) {
        *self.call.lock().unwrap_or_else(PoisonError::into_inner) = call;
    }

    /// Did execution begin? Otherwise the request was refused as a whole.
    #[must_use]
    pub fn started(&self) -> bool {
        self.started.load(Ordering::Relaxed)
    }

    /// Query, mutation or subscription.
    #[must_use]
    pub const fn operation(&self) -> OperationType {
        self.operation
    }

    /// Adds the noted errors to the response, and makes its data null when a root field broke that may not be null.
    pub fn settle(&self, response: &mut Response) {
        let notes = std::mem::take(&mut *self.lock());
        self.troubled.store(false, Ordering::Relaxed);
        if notes.broken.contains("") {
            response.data = Value::Null;
        }
        response.errors.extend(notes.errors);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The type that has the field. Of a subscription's root the library gives the name of the part that it was merged
    /// from.
    fn type_of<'a>(&'a self, info: &'a ResolveInfo<'_>) -> &'a str {
        match (&self.facts.model.subscription, info.path_node.parent) {
            (Some(root), None) if self.operation == OperationType::Subscription => root,
            _ => info.parent_type,
        }
    }

    /// Is the field denied to this viewer?
    #[must_use]
    pub fn denies(&self, type_name: &str, field: &str) -> bool {
        let rule = self.facts.registry.rule(type_name, field);
        rule.is_none_or(|rule| refusal(rule, &self.call()).is_some())
    }

    /// Takes note that the element of a list is broken, if it is: so is then the list, whose elements may not be null.
    #[must_use]
    pub fn breaks(&self, element: &QueryPathNode<'_>) -> bool {
        let broken = self.was_broken(element);
        if broken {
            self.fail(None, "!", element);
        }
        broken
    }

    /// Why the field is denied to this viewer, if it is.
    fn denial(&self, info: &ResolveInfo<'_>) -> Option<ApiError> {
        // Each field, whatever the pre-check said: the library and it may differ in what a directive leaves out.
        let (type_name, field) = (self.type_of(info), info.name);
        // The server doesn't start with a field that has no rule; should one slip through, nobody has it.
        self.facts.registry.rule(type_name, field).map_or_else(
            || Some(forbidden_field()),
            |rule| refusal(rule, &self.call()),
        )
    }

    fn note_denial(&self, error: &ApiError, node: &QueryPathNode<'_>) {
        let mut notes = self.lock();
        if notes.denied.insert(names(node)) {
            let call = self.call();
            let mut denied = ServerError::new(error.text.in_locale(call.locale), None);
            denied.path = response_path(node);
            fill(denied.extensions.get_or_insert_default(), error);
            notes.errors.push(denied);
        }
    }

    /// The place of a failed value: null if it may be, otherwise the parent is broken too.
    fn fail(&self, error: Option<ServerError>, info_type: &str, node: &QueryPathNode<'_>) {
        let mut notes = self.lock();
        if let Some(mut error) = error {
            if error.path.is_empty() {
                error.path = response_path(node);
            }
            notes.errors.push(error);
        }
        if info_type.ends_with('!') {
            notes
                .broken
                .insert(node.parent.map(place).unwrap_or_default());
            self.troubled.store(true, Ordering::Relaxed);
        }
    }

    fn was_broken(&self, node: &QueryPathNode<'_>) -> bool {
        self.troubled.load(Ordering::Relaxed) && self.lock().broken.remove(&place(node))
    }
}

fn forbidden_field() -> ApiError {
    ApiError::new(
        ErrorCode::Forbidden,
        Text::new(
            "This field has no access rule, so nobody may have it.",
            "该字段没有访问规则，任何人不得访问。",
        ),
    )
}

/// Where a value stands in the answer.
#[must_use]
pub fn response_path(node: &QueryPathNode<'_>) -> Vec<PathSegment> {
    let mut path = node.parent.map(response_path).unwrap_or_default();
    path.push(match node.segment {
        QueryPathSegment::Name(name) => PathSegment::Field(name.to_owned()),
        QueryPathSegment::Index(index) => PathSegment::Index(index),
    });
    path
}

/// The path as one text, with list indices.
fn place(node: &QueryPathNode<'_>) -> String {
    let mut place = node.parent.map(place).unwrap_or_default();
    match node.segment {
        QueryPathSegment::Name(name) => place.extend(["/", name]),
        QueryPathSegment::Index(index) => place.push_str(&format!("/{index}")),
    }
    place
}

/// The path as one text, without list indices.
fn names(node: &QueryPathNode<'_>) -> String {
    let mut names = node.parent.map(names).unwrap_or_default();
    if let QueryPathSegment::Name(name) = node.segment {
        names.extend(["/", name]);
    }
    names
}

/// Puts the guard into a schema.
pub struct Guard;

impl ExtensionFactory for Guard {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Watch)
    }
}

struct Watch;

/// The document of a request, and whether its variables fit; in the request's data.
pub struct Reading {
    /// The document.
    pub document: Arc<Document>,
    /// Do the variables fit the types that the operation gives them, beyond doubt?
    pub variables_fit: bool,
}

#[async_trait::async_trait]
impl Extension for Watch {
    /// What was found valid once needn't be validated for every request.
    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        // Whoever only wants to know what is wrong with a document brings none; it ends here, with no error when nothing is.
        let Some(reading) = ctx.data_opt::<Reading>() else {
            next.run(ctx).await?;
            return Err(Vec::new());
        };
        if reading.variables_fit && reading.document.is_valid() {
            // The pre-check has measured the document; nobody reads the library's measures.
            return Ok(ValidationResult {
                cache_control: CacheControl::default(),
                complexity: 0,
                depth: 0,
            });
        }
        let result = next.run(ctx).await;
        if result.is_ok() {
            reading.document.found_valid();
        }
        result
    }

    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        let ledger = ctx.data_unchecked::<Arc<Ledger>>();
        ledger.started.store(true, Ordering::Relaxed);
        ledger.meter.reset();
        let call = ledger.call();
        let paid = ledger.toll.as_ref().map(|toll| {
            let now = ctx.data_unchecked::<Arc<App>>().clock.now();
            Reservation::take(&toll.budget, toll.payer.clone(), toll.cost, now)
        });
        let paid = match paid.transpose() {
            Ok(paid) => paid,
            Err(retry_after) => return unpaid(&call, retry_after),
        };
        let batches = Batches::default();
        let mut data = Data::default();
        let app = ctx.data_unchecked::<Arc<App>>();
        let changes = ledger.operation == OperationType::Mutation;
        let loads = Loads::for_call(app, Arc::clone(&call), &batches, changes);
        data.insert(loads);
        data.insert(call);
        let response = batches
            .drive(next.run_with_data(ctx, operation_name, data))
            .await;
        if let Some(paid) = paid {
            paid.settle(ledger.meter.so_far().objects);
        }
        response
    }

    async fn resolve(
        &self,
        ctx: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        // The schema's own fields have no rules; the pre-check has seen to it that somebody is signed in.
        if info.is_for_introspection || info.name.starts_with("__") {
            return next.run(ctx, info).await;
        }
        let ledger = ctx.data_unchecked::<Arc<Ledger>>();
        let (node, return_type) = (info.path_node, info.return_type);
        if matches!(node.segment, QueryPathSegment::Name(_))
            && let Some(error) = ledger.denial(&info)
        {
            ledger.note_denial(&error, node);
            ledger.fail(None, return_type, node);
            return Ok(Some(Value::Null));
        }
        // Nobody gets to see an answer that is too large. Only the mutations themselves are still done.
        if node.parent.is_some() && ledger.meter.is_over() {
            return Ok(Some(Value::Null));
        }
        let leaf = info.field.selection_set.node.items.is_empty() && !return_type.starts_with('[');
        let key = match node.segment {
            QueryPathSegment::Name(name) => Some(name),
            QueryPathSegment::Index(_) => None,
        };
        match next.run(ctx, info).await {
            Ok(value) if !ledger.was_broken(node) => {
                if let Some(value) = &value {
                    ledger.meter.count(key, value, leaf);
                }
                Ok(value)
            }
            Ok(_) => {
                ledger.fail(None, return_type, node);
                Ok(Some(Value::Null))
            }
            Err(error) => {
                ledger.meter.count_error();
                ledger.fail(Some(error), return_type, node);
                Ok(Some(Value::Null))
            }
        }
    }
}

/// The answer to an event that its subscriber can't pay: a few words instead of the object, which it may fetch later.
fn unpaid(call: &Call, retry_after: u64) -> Response {
    let text = Text::new(
        format!("An event wasn't shown: the budget is spent; fetch anew in {retry_after} s."),
        format!("因预算用尽，有一个事件未显示；请在 {retry_after} 秒后重新获取。"),
    );
    let error = ApiError::new(ErrorCode::RateLimited, text).with("retryAfter", retry_after);
    let mut shown = ServerError::new(error.text.in_locale(call.locale), None);
    fill(shown.extensions.get_or_insert_default(), &error);
    Response::from_errors(vec![shown])
}

/// Why a rule denies a field to the caller, if it does.
#[must_use]
pub fn refusal(rule: Rule, call: &Call) -> Option<ApiError> {
    match rule {
        Rule::Public => None,
        Rule::SignedIn => (!call.viewer.is_signed_in()).then(ApiError::unauthenticated),
        Rule::Needs(permission) => call.viewer.require(permission).err(),
    }
}
