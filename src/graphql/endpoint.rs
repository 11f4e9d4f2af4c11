//! A GraphQL request from text to answer: pre-check, budget, execution, errors and cost. Knows nothing of HTTP.

use std::sync::Arc;

use async_graphql::parser::types::{OperationDefinition, OperationType};
use async_graphql::{Name, Request, Response, Value, Variables};
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use serde_json::{Map, Value as Json, json};

use super::answer::{Outcome, first_errors};
use super::body::Body;
use super::budget::{Budget, Payer, REFUSED, Reservation};
use super::cost::{MUTATION_WEIGHT, measure};
use super::guard::{Ledger, Reading, Toll};
pub use super::incoming::{Asked, Incoming};
use super::meter::Meter;
use super::persisted::{self, Persisted, validator::Validator};
use super::precheck::{Caller, Checked, Document, Limits, Need, Precheck, Refusal};
use super::schema::{self, AftercareSchema};
use super::unread::Sent;
use super::{DateTime, SchemaFacts};
use crate::access::Call;
use crate::app::App;
use crate::config::{BudgetSettings, PersistedSettings};
use crate::error::{ApiError, ErrorCode, Text};

/// Which operations the transport allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allow {
    /// A safe method such as GET.
    QueriesOnly,
    /// Everything but subscriptions.
    QueriesAndMutations,
}

/// How far a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    /// It was executed; there may be errors of single fields.
    Executed,
    /// It was refused as a whole: malformed, invalid, too costly.
    RequestError,
    /// The transport doesn't allow this kind of operation.
    NotAllowed,
    /// The principal has spent its budget.
    RateLimited {
        /// Seconds to wait.
        retry_after: u64,
    },
}

/// The answer with what the transport needs to know.
#[derive(Clone, Debug)]
pub struct Answer {
    /// `data`, `errors`, `extensions`.
    pub body: Body,
    /// How far it came.
    pub kind: AnswerKind,
    /// What ran, if it is known.
    pub operation: Option<OperationType>,
}

/// The schema with its checks.
pub struct Endpoint {
    schema: AftercareSchema,
    precheck: Arc<Precheck>,
    facts: Arc<SchemaFacts>,
    budget: Arc<Budget>,
    persisted: Persisted,
    validator: Validator,
}

/// A request that passed every check.
struct Passed {
    document: Arc<Document>,
    checked: Checked,
    variables: Variables,
    paid: Reservation,
}

impl Endpoint {
    /// Builds the schema and holds it against the registry.
    ///
    /// # Errors
    /// Names every field without an access rule and every rule without a field; the server must not start then.
    pub fn new(limits: Limits, budget: BudgetSettings) -> Result<Self, Vec<String>> {
        let (schema, facts) = schema::build()?;
        let precheck = Arc::new(Precheck::new(
            Arc::clone(&facts.model),
            Arc::clone(&facts.registry),
            limits,
        ));
        Ok(Self {
            validator: Validator::new(&schema, Arc::clone(&precheck)),
            schema,
            precheck,
            facts,
            budget: Arc::new(Budget::new(budget)),
            persisted: Persisted::new(PersistedSettings::default()),
        })
    }

    /// The same with another memory for documents that are sent by their hash.
    #[must_use]
    pub fn remembering(self, settings: PersistedSettings) -> Self {
        Self {
            persisted: Persisted::new(settings),
            ..self
        }
    }

    /// The schema and its access rules as data.
    #[must_use]
    pub fn facts(&self) -> &Arc<SchemaFacts> {
        &self.facts
    }

    /// The pre-check, for whoever wants to know beforehand.
    #[must_use]
    pub fn precheck(&self) -> &Precheck {
        &self.precheck
    }

    /// What is wrong with documents, for whoever wants to know without running them.
    #[must_use]
    pub fn validator(&self) -> &Validator {
        &self.validator
    }

    /// Finds the document of a request that may only name it.
    ///
    /// # Errors
    /// The refusal of a document that isn't known here, or of a malformed reference.
    pub fn admit(&self, call: &Call, asked: Asked) -> Result<Incoming, Box<Answer>> {
        let query = self
            .persisted
            .admit(&self.precheck, call, asked.query, asked.reference)
            .map_err(|error| self.refused(call, AnswerKind::RequestError, [error]))
            .map_err(|answer| self.paid_refusal(call, answer))?;
        Ok(Incoming::new(query, asked.operation_name, asked.variables))
    }

    /// The buckets from which requests are paid.
    #[must_use]
    pub fn budget(&self) -> &Arc<Budget> {
        &self.budget
    }

    /// The kind of operation that a request would run, if it can be told.
    #[must_use]
    pub fn operation_kind(&self, incoming: &Incoming) -> Option<OperationType> {
        let document = incoming.document(&self.precheck).ok()?;
        document
            .operation_type(incoming.operation_name.as_deref())
            .ok()
    }

    /// Executes a query or mutation.
    pub async fn execute(
        &self,
        app: &Arc<App>,
        call: Call,
        incoming: Incoming,
        allow: Allow,
    ) -> Answer {
        let passed = match self.pass(&call, &incoming, allow) {
            Ok(passed) => passed,
            Err(answer) => return *self.paid_refusal(&call, answer),
        };
        let call = Arc::new(call);
        let ledger = Arc::new(self.ledger(&call, &passed));
        let request = self.request(app, &call, &ledger, &incoming, &passed);
        let mut response = self.schema.execute(request).await;
        ledger.settle(&mut response);
        let sent = Sent {
            model: &self.facts.model,
            document: &passed.document,
            variables: &passed.variables,
        };
        sent.explain(&mut response.errors, call.locale);
        let kind = kind_of(&response, ledger.started());
        // What the meter counted while it was made was worked for, shown or not.
        let made = ledger.meter.so_far().objects;
        let actual = match kind {
            // Valid or not is found out by the library, after the pre-check.
            AnswerKind::RequestError => REFUSED,
            // What introspection lists isn't metered, and has a budget of its own.
            _ if passed.checked.introspection => {
                let listed = measure(&response.data).objects;
                made.max(listed.min(passed.checked.cost))
            }
            _ => made,
        };
        let order = passed.document.order(incoming.operation_name.as_deref());
        let balance = passed.paid.settle(actual);
        let cost = json!({
            "requested": passed.checked.cost,
            "actual": actual,
            "remaining": balance.remaining,
            "resetAt": <DateTime as async_graphql::ScalarType>::to_value(&DateTime(balance.reset_at)).into_json().unwrap_or_default(),
        });
        let outcome = Outcome {
            response,
            order,
            executed: kind != AnswerKind::RequestError,
            extensions: Some(json!({ "cost": cost })),
        };
        Answer {
            body: outcome.body(&ledger, self.precheck.limits()),
            kind,
            operation: Some(passed.checked.operation),
        }
    }

    /// Begins a subscription (or runs a query or mutation whose only answer is the stream's only item). Every item is an
    /// answer's body; a refusal comes as the only one.
    pub fn subscribe(
        self: &Arc<Self>,
        app: &Arc<App>,
        call: Call,
        incoming: &Incoming,
    ) -> Result<BoxStream<'static, Body>, Box<Answer>> {
        let passed = self
            .pass(&call, incoming, Allow::QueriesAndMutations)
            .or_else(|answer| match answer.kind {
                AnswerKind::NotAllowed => self.pass_subscription(&call, incoming),
                _ => Err(answer),
            })
            .map_err(|answer| self.paid_refusal(&call, answer))?;
        let call = Arc::new(call);
        let toll = Toll {
            budget: Arc::clone(&self.budget),
            payer: Payer::of(&call),
            cost: passed.checked.cost,
        };
        let ledger = Arc::new(self.ledger(&call, &passed).with_toll(toll));
        let request = self.request(app, &call, &ledger, incoming, &passed);
        let order = passed.document.order(incoming.operation_name.as_deref());
        // To begin costs what a mutation costs; its events are paid one by one.
        passed.paid.settle(MUTATION_WEIGHT.into());
        let endpoint = Arc::clone(self);
        let mut events = self.schema.execute_stream(request).boxed();
        let (document, variables) = (passed.document, passed.variables);
        let bodies = async_stream::stream! {
            while let Some(mut response) = events.next().await {
                ledger.settle(&mut response);
                let call = ledger.call();
                let sent = Sent {
                    model: &endpoint.facts.model,
                    document: &document,
                    variables: &variables,
                };
                sent.explain(&mut response.errors, call.locale);
                // The viewer is that of this event, and so is what it is trusted with.
                if let Err(error) = persisted::trusted(&call.viewer, &document) {
                    yield endpoint.refused(&call, AnswerKind::RequestError, [error]).body;
                    break;
                }
                let outcome = Outcome {
                    response,
                    order: Arc::clone(&order),
                    executed: ledger.started(),
                    extensions: None,
                };
                yield outcome.body(&ledger, endpoint.precheck.limits());
            }
        };
        Ok(bodies.boxed())
    }

    /// Everything before execution of a query or mutation.
    fn pass(&self, call: &Call, incoming: &Incoming, allow: Allow) -> Result<Passed, Box<Answer>> {
        let refuse = |refusals: Vec<Refusal>| {
            self.refused(
                call,
                AnswerKind::RequestError,
                refusals.iter().map(ApiError::from),
            )
        };
        // Whoever owes already isn't even read.
        self.budget
            .admit(&Payer::of(call), call.at)
            .map_err(|retry_after| self.spent(call, retry_after))?;
        let document = self.read(call, incoming)?;
        let operation = document
            .operation_type(incoming.operation_name.as_deref())
            .map_err(|refusal| refuse(vec![refusal]))?;
        let allowed = match allow {
            Allow::QueriesOnly => operation == OperationType::Query,
            Allow::QueriesAndMutations => operation != OperationType::Subscription,
        };
        if !allowed {
            let text = Text::new(
                format!(
                    "A {operation} is not possible here: send mutations to /graphql by POST, and subscriptions over WebSocket or as an event stream."
                ),
                "此处不支持该类操作：变更请以 POST 发送到 /graphql，订阅请使用 WebSocket 或事件流。",
            );
            return Err(self.refused(
                call,
                AnswerKind::NotAllowed,
                [ApiError::new(ErrorCode::BadInput, text)],
            ));
        }
        self.check(call, incoming, document)
    }

    /// The document, if it is within the limits and one that this viewer may run.
    fn read(&self, call: &Call, incoming: &Incoming) -> Result<Arc<Document>, Box<Answer>> {
        let document = incoming.document(&self.precheck).map_err(|refusals| {
            self.refused(
                call,
                AnswerKind::RequestError,
                refusals.iter().map(ApiError::from),
            )
        })?;
        persisted::trusted(&call.viewer, document)
            .map_err(|error| self.refused(call, AnswerKind::RequestError, [error]))?;
        Ok(Arc::clone(document))
    }

    fn pass_subscription(&self, call: &Call, incoming: &Incoming) -> Result<Passed, Box<Answer>> {
        let document = self.read(call, incoming)?;
        let passed = self.check(call, incoming, document)?;
        if passed.checked.root_fields.len() != 1 {
            let text = Text::new(
                "A subscription has exactly one root field.",
                "订阅只能包含一个根字段。",
            );
            return Err(self.refused(
                call,
                AnswerKind::RequestError,
                [ApiError::new(ErrorCode::BadInput, text)],
            ));
        }
        // A denied root would only ever give nulls: refused at once.
        if let Some(denied) = passed
            .checked
            .denied
            .iter()
            .find(|denied| denied.path.len() == 1)
        {
            let error = match denied.need {
                Need::Permission(permission) => call.viewer.require(permission).err(),
                Need::SignIn | Need::Rule => None,
            };
            let error = error.unwrap_or_else(ApiError::unauthenticated);
            return Err(self.refused(call, AnswerKind::RequestError, [error]));
        }
        Ok(passed)
    }

    fn check(
        &self,
        call: &Call,
        incoming: &Incoming,
        document: Arc<Document>,
    ) -> Result<Passed, Box<Answer>> {
        let refuse = |refusals: Vec<Refusal>| {
            self.refused(
                call,
                AnswerKind::RequestError,
                refusals.iter().map(ApiError::from),
            )
        };
        let operation = document
            .operation(incoming.operation_name.as_deref())
            .map_err(|refusal| refuse(vec![refusal]))?;
        let variables = variables(operation, &incoming.variables);
        let caller = Caller {
            grants: &call.viewer.grants,
            signed_in: call.viewer.is_signed_in(),
            complexity: self.precheck.limits().complexity(call.viewer.kind),
        };
        let checked = self
            .precheck
            .check(
                &document,
                incoming.operation_name.as_deref(),
                &variables,
                &caller,
            )
            .map_err(refuse)?;
        let paid = Reservation::take(&self.budget, Payer::of(call), checked.cost, call.at)
            .map_err(|retry_after| self.spent(call, retry_after))?;
        Ok(Passed {
            document,
            checked,
            variables,
            paid,
        })
    }

    /// The budget is used up for a while.
    fn spent(&self, call: &Call, retry_after: u64) -> Box<Answer> {
        let error = super::errors::spent(retry_after);
        self.refused(call, AnswerKind::RateLimited { retry_after }, [error])
    }

    /// A refused request costs something too.
    fn paid_refusal(&self, call: &Call, answer: Box<Answer>) -> Box<Answer> {
        if !matches!(answer.kind, AnswerKind::RateLimited { .. }) {
            self.budget.charge(&Payer::of(call), REFUSED, call.at);
        }
        answer
    }

    fn refused(
        &self,
        call: &Call,
        kind: AnswerKind,
        errors: impl IntoIterator<Item = ApiError, IntoIter: ExactSizeIterator>,
    ) -> Box<Answer> {
        let errors = errors
            .into_iter()
            .map(|error| super::errors::json(&error, call.locale, &call.request_id));
        let errors = first_errors(errors, self.precheck.limits(), call);
        Box::new(Answer {
            body: Body::refused(errors),
            kind,
            operation: None,
        })
    }

    fn ledger(&self, call: &Arc<Call>, passed: &Passed) -> Ledger {
        Ledger::new(
            Arc::clone(&self.facts),
            Arc::clone(call),
            passed.checked.operation,
            Meter::new(self.precheck.limits()),
        )
    }

    fn request(
        &self,
        app: &Arc<App>,
        call: &Arc<Call>,
        ledger: &Arc<Ledger>,
        incoming: &Incoming,
        passed: &Passed,
    ) -> Request {
        let mut request = Request::new("").variables(passed.variables.clone());
        if let Some(name) = &incoming.operation_name {
            request = request.operation_name(name);
        }
        request.set_parsed_query(passed.document.parsed().clone());
        let name = incoming.operation_name.as_deref();
        let reading = Reading {
            variables_fit: (self.precheck).variables_fit(&passed.document, name, &passed.variables),
            document: Arc::clone(&passed.document),
        };
        request
            .data(Arc::clone(app))
            .data(Arc::clone(call))
            .data(Arc::clone(ledger))
            .data(reading)
            .data(Arc::clone(&self.facts))
            .data(Arc::clone(&self.precheck))
            .data(self.validator.clone())
    }
}

/// How far an execution came. One that was refused for its rate (a sign-in) is told to the transport too.
fn kind_of(response: &Response, started: bool) -> AnswerKind {
    let nothing = match &response.data {
        Value::Object(fields) => fields.values().all(|value| *value == Value::Null),
        data => *data == Value::Null,
    };
    let limited = response
        .errors
        .iter()
        .filter(|_| nothing)
        .find_map(|error| {
            let facts = error.extensions.as_ref()?;
            let code = facts.get("code")?;
            (*code == Value::from(ErrorCode::RateLimited.as_str()))
                .then(|| facts.get("retryAfter").cloned())
        });
    match limited {
        Some(Some(Value::Number(seconds))) => AnswerKind::RateLimited {
            retry_after: seconds.as_u64().unwrap_or(1),
        },
        _ if started => AnswerKind::Executed,
        _ => AnswerKind::RequestError,
    }
}

/// The variables of a request: what was sent, and the defaults of what wasn't. The library knows defaults in arguments only, not
/// in `@skip` and `@include`, and what is estimated, checked and executed must be the same.
fn variables(operation: &OperationDefinition, given: &Map<String, Json>) -> Variables {
    let defaults = operation
        .variable_definitions
        .iter()
        .filter_map(|definition| {
            let default = definition.node.default_value.as_ref()?;
            Some((definition.node.name.node.clone(), default.node.clone()))
        });
    let sent = given.iter().map(|(name, value)| {
        (
            Name::new(name),
            Value::from_json(value.clone()).unwrap_or_default(),
        )
    });
    // Of two of a name the later one counts.
    Variables::from_value(Value::Object(defaults.chain(sent).collect()))
}

/// A stream of one refusal, for transports that answer everything as a stream.
#[must_use]
pub fn only(answer: Answer) -> BoxStream<'static, Body> {
    stream::once(async move { answer.body }).boxed()
}
