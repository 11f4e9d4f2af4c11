//! A GraphQL request from text to answer: pre-check, budget, execution, errors and cost. Knows nothing of HTTP.

use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use async_graphql::{Name, Request, Response, ServerError, Value, Variables};
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use serde_json::{Map, Value as Json, json};

use super::budget::{Balance, Budget};
use super::cost::actual_cost;
use super::errors::fill;
use super::guard::Ledger;
use super::order::Order;
use super::persisted::{self, Persisted, Reference, validator::Validator};
use super::precheck::{Caller, Checked, Document, Limits, Need, Precheck, Refusal};
use super::schema::{self, AftercareSchema};
use super::{DateTime, SchemaFacts};
use crate::access::Call;
use crate::app::App;
use crate::config::{BudgetSettings, PersistedSettings};
use crate::error::{ApiError, ErrorCode, Text};

/// A request as it came in, perhaps with something that stands for its document.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The document.
    pub query: Option<String>,
    /// What stands for it.
    pub reference: Option<Reference>,
    /// Which of its operations.
    pub operation_name: Option<String>,
    /// The values of its variables.
    pub variables: Map<String, Json>,
}

/// A request with its document.
#[derive(Clone, Debug, Default)]
pub struct Incoming {
    /// The document.
    pub query: String,
    /// Which of its operations.
    pub operation_name: Option<String>,
    /// The values of its variables.
    pub variables: Map<String, Json>,
}

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
    pub body: Json,
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
    budget: Budget,
    persisted: Persisted,
    validator: Validator,
}

/// A request that passed every check.
struct Passed {
    document: Arc<Document>,
    checked: Checked,
    variables: Variables,
    balance: Balance,
}

impl Passed {
    /// The order in which the answer's fields are asked for.
    fn order(&self, operation_name: Option<&str>) -> Order {
        self.document
            .operation(operation_name)
            .map(|operation| Order::of(self.document.parsed(), operation))
            .unwrap_or_default()
    }
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
            budget: Budget::new(budget),
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
            .map_err(|error| refused(call, AnswerKind::RequestError, [error]))?;
        Ok(Incoming {
            query,
            operation_name: asked.operation_name,
            variables: asked.variables,
        })
    }

    /// The kind of operation that a request would run, if it can be told.
    #[must_use]
    pub fn operation_kind(&self, incoming: &Incoming) -> Option<OperationType> {
        let document = self.precheck.read(&incoming.query).ok()?;
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
            Err(answer) => return *answer,
        };
        let call = Arc::new(call);
        let ledger = Arc::new(Ledger::new(
            Arc::clone(&self.facts),
            Arc::clone(&call),
            passed.checked.operation,
        ));
        let request = self.request(app, &call, &ledger, &incoming, &passed);
        let mut response = self.schema.execute(request).await;
        ledger.settle(&mut response);
        passed
            .order(incoming.operation_name.as_deref())
            .apply(&mut response.data);
        let actual = actual_cost(&response.data).min(passed.checked.cost);
        let balance = self
            .budget
            .settle(&who(&call), passed.checked.cost, actual, call.at)
            .unwrap_or(passed.balance);
        let kind = kind_of(&response, ledger.started());
        let cost = json!({
            "requested": passed.checked.cost,
            "actual": actual,
            "remaining": balance.remaining,
            "resetAt": <DateTime as async_graphql::ScalarType>::to_value(&DateTime(balance.reset_at)).into_json().unwrap_or_default(),
        });
        Answer {
            body: body(response, &call, kind, Some(cost)),
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
    ) -> Result<BoxStream<'static, Json>, Box<Answer>> {
        let passed = self
            .pass(&call, incoming, Allow::QueriesAndMutations)
            .or_else(|answer| match answer.kind {
                AnswerKind::NotAllowed => self.pass_subscription(&call, incoming),
                _ => Err(answer),
            })?;
        let call = Arc::new(call);
        let ledger = Arc::new(Ledger::new(
            Arc::clone(&self.facts),
            Arc::clone(&call),
            passed.checked.operation,
        ));
        let request = self.request(app, &call, &ledger, incoming, &passed);
        let order = passed.order(incoming.operation_name.as_deref());
        let mut events = self.schema.execute_stream(request).boxed();
        let document = passed.document;
        let bodies = async_stream::stream! {
            while let Some(mut response) = events.next().await {
                ledger.settle(&mut response);
                order.apply(&mut response.data);
                let call = ledger.call();
                // The viewer is that of this event, and so is what it is trusted with.
                if let Err(error) = persisted::trusted(&call.viewer, &document) {
                    yield refused(&call, AnswerKind::RequestError, [error]).body;
                    break;
                }
                let kind = if ledger.started() {
                    AnswerKind::Executed
                } else {
                    AnswerKind::RequestError
                };
                yield body(response, &call, kind, None);
            }
        };
        Ok(bodies.boxed())
    }

    /// Everything before execution of a query or mutation.
    fn pass(&self, call: &Call, incoming: &Incoming, allow: Allow) -> Result<Passed, Box<Answer>> {
        let refuse = |refusals: Vec<Refusal>| {
            refused(
                call,
                AnswerKind::RequestError,
                refusals.iter().map(ApiError::from),
            )
        };
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
                    "A {operation} is not possible here: send mutations by POST, and subscriptions over WebSocket or as an event stream."
                ),
                "此处不支持该类操作：变更请使用 POST，订阅请使用 WebSocket 或事件流。",
            );
            return Err(refused(
                call,
                AnswerKind::NotAllowed,
                [ApiError::new(ErrorCode::BadInput, text)],
            ));
        }
        self.check(call, incoming, document)
    }

    /// The document, if it is within the limits and one that this viewer may run.
    fn read(&self, call: &Call, incoming: &Incoming) -> Result<Arc<Document>, Box<Answer>> {
        let document = self.precheck.read(&incoming.query).map_err(|refusals| {
            refused(
                call,
                AnswerKind::RequestError,
                refusals.iter().map(ApiError::from),
            )
        })?;
        persisted::trusted(&call.viewer, &document)
            .map_err(|error| refused(call, AnswerKind::RequestError, [error]))?;
        Ok(document)
    }

    fn pass_subscription(&self, call: &Call, incoming: &Incoming) -> Result<Passed, Box<Answer>> {
        let document = self.read(call, incoming)?;
        let passed = self.check(call, incoming, document)?;
        if passed.checked.root_fields.len() != 1 {
            let text = Text::new(
                "A subscription has exactly one root field.",
                "订阅只能包含一个根字段。",
            );
            return Err(refused(
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
            return Err(refused(call, AnswerKind::RequestError, [error]));
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
            refused(
                call,
                AnswerKind::RequestError,
                refusals.iter().map(ApiError::from),
            )
        };
        let variables = variables(&incoming.variables);
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
        let balance = self
            .budget
            .spend(&who(call), checked.cost, call.at)
            .map_err(|retry_after| {
                let text = Text::new(
                    format!("You have spent your budget for now; try again in {retry_after} s."),
                    format!("请求过于频繁，请在 {retry_after} 秒后重试。"),
                );
                refused(
                    call,
                    AnswerKind::RateLimited { retry_after },
                    [ApiError::new(ErrorCode::RateLimited, text).with("retryAfter", retry_after)],
                )
            })?;
        Ok(Passed {
            document,
            checked,
            variables,
            balance,
        })
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
        request
            .data(Arc::clone(app))
            .data(Arc::clone(call))
            .data(Arc::clone(ledger))
            .data(Arc::clone(&self.facts))
            .data(Arc::clone(&self.precheck))
            .data(self.validator.clone())
    }
}

/// How far an execution came. One that was refused for its rate (a sign-in) is told to the transport too.
fn kind_of(response: &Response, started: bool) -> AnswerKind {
    let limited = response.errors.iter().find_map(|error| {
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

/// Whose bucket a request is paid from.
fn who(call: &Call) -> String {
    call.viewer.actor.id.map_or_else(
        || format!("address {}", call.address.as_deref().unwrap_or("unknown")),
        |id| id.to_string(),
    )
}

fn variables(given: &Map<String, Json>) -> Variables {
    let values = given.iter().map(|(name, value)| {
        (
            Name::new(name),
            Value::from_json(value.clone()).unwrap_or_default(),
        )
    });
    Variables::from_value(Value::Object(values.collect()))
}

fn refused(
    call: &Call,
    kind: AnswerKind,
    errors: impl IntoIterator<Item = ApiError>,
) -> Box<Answer> {
    let errors: Vec<Json> = errors
        .into_iter()
        .map(|error| super::errors::json(&error, call.locale, &call.request_id))
        .collect();
    Box::new(Answer {
        body: json!({ "errors": errors }),
        kind,
        operation: None,
    })
}

/// The body of an answer: every error with a code and the request's id.
fn body(response: Response, call: &Call, kind: AnswerKind, cost: Option<Json>) -> Json {
    let mut body = Map::new();
    if kind != AnswerKind::RequestError {
        body.insert(
            "data".to_owned(),
            response.data.into_json().unwrap_or_default(),
        );
    }
    if !response.errors.is_empty() {
        body.insert(
            "errors".to_owned(),
            response
                .errors
                .into_iter()
                .map(|error| error_json(error, call))
                .collect(),
        );
    }
    if let Some(cost) = cost {
        body.insert("extensions".to_owned(), json!({ "cost": cost }));
    }
    Json::Object(body)
}

fn error_json(mut error: ServerError, call: &Call) -> Json {
    let extensions = error.extensions.get_or_insert_default();
    if extensions.get("code").is_none() {
        // What the library itself says is about the document or its values.
        fill(
            extensions,
            &ApiError::new(ErrorCode::BadInput, Text::new("", "")),
        );
    }
    extensions.set("requestId", call.request_id.as_str());
    serde_json::to_value(&error).unwrap_or_default()
}

/// A stream of one refusal, for transports that answer everything as a stream.
#[must_use]
pub fn only(answer: Answer) -> BoxStream<'static, Json> {
    stream::once(async move { answer.body }).boxed()
}
