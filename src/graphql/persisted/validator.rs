//! What is wrong with a document, without running it.

use std::fmt;
use std::sync::Arc;

use async_graphql::parser::types::DocumentOperations;
use async_graphql::{Request, Response, ServerError, Variables};
use futures_util::future::BoxFuture;

use super::place;
use crate::error::{ApiError, Text};
use crate::graphql::precheck::{Document, Precheck};
use crate::graphql::schema::AftercareSchema;
use crate::identity::documents::NewDocument;

/// The most mistakes that are told of one document.
const MOST_MISTAKES: usize = 5;

type Run = dyn Fn(Request) -> BoxFuture<'static, Response> + Send + Sync;

/// The schema and the limits, for whoever wants to know whether a document can be run.
#[derive(Clone)]
pub struct Validator {
    precheck: Arc<Precheck>,
    // Behind a type of its own, as resolvers have it, which the schema is made of.
    run: Arc<Run>,
}

impl fmt::Debug for Validator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Validator").finish_non_exhaustive()
    }
}

impl Validator {
    /// One for that schema.
    #[must_use]
    pub fn new(schema: &AftercareSchema, precheck: Arc<Precheck>) -> Self {
        let schema = schema.clone();
        let run = move |request: Request| -> BoxFuture<'static, Response> {
            let schema = schema.clone();
            Box::pin(async move { schema.execute(request).await })
        };
        Self {
            precheck,
            run: Arc::new(run),
        }
    }

    /// A document to be trusted, with what is wrong with it.
    pub async fn look_over(&self, document_id: Option<String>, text: String) -> NewDocument {
        let (operation_name, mistakes) = match self.precheck.read(&text) {
            Ok(document) => {
                let mistakes = self.mistakes(&document, None, Variables::default());
                (name_of(&document), mistakes.await)
            }
            Err(refusals) => {
                let texts = refusals.iter().map(|refusal| ApiError::from(refusal).text);
                (None, texts.collect())
            }
        };
        NewDocument {
            document_id,
            text,
            operation_name,
            mistakes,
        }
    }

    /// What doesn't fit the schema, in a document and the variables for its operation of that name. Nothing is run: the guard ends
    /// a request without a [`Reading`](crate::graphql::guard::Reading) once it is validated.
    pub async fn mistakes(
        &self,
        document: &Document,
        operation_name: Option<&str>,
        variables: Variables,
    ) -> Vec<Text> {
        let mut request = Request::new("").variables(variables);
        if let Some(name) = operation_name {
            request = request.operation_name(name);
        }
        request.set_parsed_query(document.parsed().clone());
        let response = (self.run)(request).await;
        let errors = response.errors.iter();
        errors.take(MOST_MISTAKES).map(text_of).collect()
    }
}

fn text_of(error: &ServerError) -> Text {
    let (en, zh) = error
        .locations
        .first()
        .map(|at| place(*at))
        .unwrap_or_default();
    Text::new(
        format!("{en}{}", error.message),
        format!("{zh}{}", error.message),
    )
}

fn name_of(document: &Document) -> Option<String> {
    match &document.parsed().operations {
        DocumentOperations::Multiple(operations) if operations.len() == 1 => {
            operations.keys().next().map(ToString::to_string)
        }
        _ => None,
    }
}
