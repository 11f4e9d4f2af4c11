//! A whole running application on a database of its own, and the people who use it.
//!
//! ```ignore
//! both_databases! {
//!     async fn a_partner_reads_its_ticket(app: TestApp) {
//!         let reply = app.as_("partner").await.send("query($id: ID!) { ticket(id: $id) { number } }", json!({ "id": company::ticket(1) })).await;
//!         assert_eq!(reply.data("ticket.number"), 100_001);
//!     }
//! }
//! ```

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use aftercare::app::App;
use aftercare::clock::Clock;
use aftercare::config::{Config, DatabaseUrl};
use aftercare::db::Db;
use aftercare::graphql::endpoint::Endpoint;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tower::ServiceExt;

use super::company;
use super::data::{Data, start};
use super::database::{Arrange, Backend, TestDatabase, fresh_from};

/// The application on the fixed company, with a clock that stands still until it is moved.
pub struct TestApp {
    app: Arc<App>,
    /// The schema with its checks.
    pub endpoint: Arc<Endpoint>,
    /// All routes.
    pub router: Router,
    // Last, so that it is dropped after everything that uses it.
    database: TestDatabase,
}

impl Arrange for TestApp {
    async fn arrange(backend: Backend) -> Option<Self> {
        let database = fresh_from("company", backend, async |url| {
            company::fill(&url, &company::data()).await;
            company::count(&url).await;
        })
        .await?;
        Some(Self::on(database).await)
    }
}

impl Deref for TestApp {
    type Target = Arc<App>;

    fn deref(&self) -> &Arc<App> {
        &self.app
    }
}

impl TestApp {
    /// The application on another organisation than the fixed company.
    pub async fn with(backend: Backend, data: &Data) -> Option<Self> {
        let database = super::database::fresh(backend).await?;
        company::fill(&database.url, data).await;
        Some(Self::on(database).await)
    }

    async fn on(database: TestDatabase) -> Self {
        let mut config = Config::default();
        config.database.url = Some(DatabaseUrl::new(database.url.clone()));
        config.database.connections = 4;
        config.database.migrate = false;
        config.identity.passwords = aftercare::identity::PasswordSettings::cheap();
        // Tests move the clock; when tokens end has tests of its own.
        config.identity.access_token_lifetime = Duration::from_secs(3_600);
        // Clocks of tests stand still, so nothing would come back.
        config.budget.burst = u64::MAX / 1_000;
        (
            config.limits.complexity_staff,
            config.limits.complexity_outside,
        ) = (1_000_000, 1_000_000);
        let app = App::open(config.clone(), Clock::manual(start()))
            .await
            .expect("the application opens");
        let endpoint = shared_endpoint(&config);
        let router = aftercare::http::router(Arc::clone(&app), Arc::clone(&endpoint));
        Self {
            app,
            endpoint,
            router,
            database,
        }
    }

    /// The database behind the application's back.
    pub fn database(&self) -> &TestDatabase {
        &self.database
    }

    /// Starts delivery and listens on a port.
    pub async fn listen(&self) -> SocketAddr {
        listen(Arc::clone(&self.app), self.router.clone()).await
    }

    /// Another server process on the same database, with a change to its configuration, that listens.
    pub async fn another(&self, change: impl FnOnce(&mut Config)) -> SocketAddr {
        let mut config = self.config.clone();
        change(&mut config);
        let endpoint = Endpoint::new(config.limits.clone(), config.budget);
        let endpoint = Arc::new(endpoint.expect("every field has a rule"));
        let app = App::open(config, self.clock.clone()).await;
        let app = app.expect("the application opens");
        let router = aftercare::http::router(Arc::clone(&app), endpoint);
        listen(app, router).await
    }

    /// How many statements something takes: the fewest of some tries, for the first one looks up what is kept in memory, and a
    /// busy machine now and then reads in two batches what it could have read in one.
    pub async fn statements(&self, work: impl AsyncFn()) -> u64 {
        fewest_statements(&self.db, work).await
    }

    /// Somebody who isn't signed in.
    pub fn stranger(&self) -> Actor {
        Actor {
            who: "stranger".to_owned(),
            router: self.router.clone(),
            token: None,
        }
    }

    /// Somebody of the company, by login, freshly signed in.
    pub async fn as_(&self, login: &str) -> Actor {
        let document = "mutation($input: SignInInput!) { signIn(input: $input) { session { accessToken } userErrors { message } } }";
        let input = json!({ "input": { "login": login, "password": company::PASSWORD } });
        let reply = self.stranger().send(document, input).await;
        self.bearer(login, reply.text("signIn.session.accessToken"))
    }

    /// Partner A's own system.
    pub async fn as_client(&self) -> Actor {
        let document = "mutation($input: ApiClientSignInInput!) { apiClientSignIn(input: $input) { session { accessToken } userErrors { message } } }";
        let id = company::id(super::data::Table::ApiClient, 1);
        let input = json!({ "input": { "clientId": id, "clientSecret": company::CLIENT_SECRET } });
        let reply = self.stranger().send(document, input).await;
        self.bearer(
            "api_client",
            reply.text("apiClientSignIn.session.accessToken"),
        )
    }

    /// The same actor at another server process on the same database.
    pub async fn elsewhere(&self, actor: &Actor) -> Actor {
        let app = App::open(self.config.clone(), self.clock.clone());
        let app = app.await.expect("the application opens");
        Actor {
            router: aftercare::http::router(app, Arc::clone(&self.endpoint)),
            ..actor.clone()
        }
    }

    /// Whoever has this access token.
    pub fn bearer(&self, who: &str, token: &str) -> Actor {
        Actor {
            who: who.to_owned(),
            router: self.router.clone(),
            token: Some(token.to_owned()),
        }
    }
}

async fn listen(app: Arc<App>, router: Router) -> SocketAddr {
    app.start();
    while app.delivery.problem().is_some() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port is free");
    let address = listener.local_addr().expect("it listens somewhere");
    tokio::spawn(async move { aftercare::http::serve(&app, router, listener).await });
    address
}

/// The schema with its checks, which is the same for all applications: building it takes longer than many a test.
fn shared_endpoint(config: &Config) -> Arc<Endpoint> {
    static ENDPOINT: OnceLock<Arc<Endpoint>> = OnceLock::new();
    let endpoint = ENDPOINT.get_or_init(|| {
        let endpoint = Endpoint::new(config.limits.clone(), config.budget);
        Arc::new(endpoint.expect("every field has a rule"))
    });
    Arc::clone(endpoint)
}

/// Somebody who sends documents.
#[derive(Clone)]
pub struct Actor {
    /// The login.
    pub who: String,
    router: Router,
    token: Option<String>,
}

impl Actor {
    /// The access token.
    pub fn token(&self) -> &str {
        self.token.as_deref().expect("somebody who is signed in")
    }

    /// Sends a document and waits for the whole answer.
    pub async fn send(&self, query: &str, variables: Value) -> Reply {
        self.post(json!({ "query": query, "variables": variables }))
            .await
    }

    /// Posts a request as it is.
    pub async fn post(&self, body: Value) -> Reply {
        let request = Request::post("/graphql").header(header::CONTENT_TYPE, "application/json");
        self.answer(request, Body::from(body.to_string())).await
    }

    /// Gets with these parameters.
    pub async fn get(&self, parameters: &[(&str, &str)]) -> Reply {
        let parameters = serde_urlencoded::to_string(parameters).expect("parameters");
        let request = Request::get(format!("/graphql?{parameters}"));
        self.answer(request, Body::empty()).await
    }

    async fn answer(&self, request: axum::http::request::Builder, body: Body) -> Reply {
        let mut request = request.header(header::ACCEPT, "application/graphql-response+json");
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request.body(body).expect("a request");
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("an answer");
        let status = response.status().as_u16();
        let bytes = response
            .into_body()
            .collect()
            .await
            .expect("a whole answer")
            .to_bytes();
        let body = serde_json::from_slice(&bytes)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&bytes)));
        Reply { status, body }
    }

    /// Asks for the answer of a document as a file.
    pub async fn export(&self, format: &str, query: &str, variables: Value) -> File {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let mut request = Request::post(format!("/export/{format}"))
            .header(header::CONTENT_TYPE, "application/json");
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request.body(Body::from(body)).expect("a request");
        let response = self.router.clone().oneshot(request).await;
        let (parts, body) = response.expect("an answer").into_parts();
        let bytes = body.collect().await.expect("a whole answer").to_bytes();
        File {
            status: parts.status.as_u16(),
            headers: parts.headers,
            bytes: bytes.to_vec(),
        }
    }

    /// Sends a document without variables.
    pub async fn ask(&self, query: &str) -> Reply {
        self.send(query, json!({})).await
    }

    /// Runs a mutation with one `input`, and selects of its payload these fields and the mistakes.
    pub async fn change(&self, mutation: &str, select: &str, input: Value) -> Reply {
        let mut type_name = mutation.to_owned();
        type_name[..1].make_ascii_uppercase();
        // Cancelling and reopening, commenting and noting take the same input.
        let type_name = match mutation {
            "ticketCancel" | "ticketReopen" => "TicketReason".to_owned(),
            "ticketCommentAdd" | "ticketNoteAdd" => "TicketText".to_owned(),
            _ => type_name,
        };
        let document = format!(
            "mutation($input: {type_name}Input!) {{ {mutation}(input: $input) {{ {select} userErrors {{ code field message }} }} }}"
        );
        self.send(&document, json!({ "input": input })).await
    }
}

/// A file that came back.
pub struct File {
    /// The HTTP status.
    pub status: u16,
    headers: header::HeaderMap,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl File {
    /// A header; empty when it isn't there.
    pub fn head(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|value| value.to_str().ok()).unwrap_or("")
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// `data`, `errors`, `extensions`.
    pub body: Value,
}

impl Reply {
    /// A value under `data` by its path, such as `tickets.nodes.0.number`.
    #[track_caller]
    pub fn data(&self, path: &str) -> &Value {
        let found = path.split('.').try_fold(&self.body["data"], |value, part| {
            match part.parse::<usize>() {
                Ok(index) => value.get(index),
                Err(_) => value.get(part),
            }
        });
        found.unwrap_or_else(|| panic!("no {path} in {self}"))
    }

    /// A text under `data`.
    #[track_caller]
    pub fn text(&self, path: &str) -> &str {
        self.data(path)
            .as_str()
            .unwrap_or_else(|| panic!("no text at {path} in {self}"))
    }

    /// A list under `data`.
    #[track_caller]
    pub fn list(&self, path: &str) -> &[Value] {
        self.data(path)
            .as_array()
            .unwrap_or_else(|| panic!("no list at {path} in {self}"))
    }

    /// The codes of the top-level errors, in their order.
    pub fn error_codes(&self) -> Vec<&str> {
        self.errors()
            .iter()
            .map(|error| error["extensions"]["code"].as_str().unwrap_or("no code"))
            .collect()
    }

    /// The top-level errors.
    pub fn errors(&self) -> &[Value] {
        self.body["errors"].as_array().map_or(&[], Vec::as_slice)
    }

    /// The mistakes of the first mutation: code and field each.
    pub fn user_errors(&self) -> Vec<(&str, String)> {
        let payload = self.body["data"]
            .as_object()
            .and_then(|data| data.values().next());
        let errors = payload.and_then(|payload| payload["userErrors"].as_array());
        let field = |error: &Value| {
            let parts = error["field"].as_array().cloned().unwrap_or_default();
            parts
                .iter()
                .filter_map(Value::as_str)
                .collect::<Vec<_>>()
                .join(".")
        };
        errors
            .into_iter()
            .flatten()
            .map(|error| (error["code"].as_str().unwrap_or("no code"), field(error)))
            .collect()
    }

    /// The same, when nothing at all went wrong.
    #[track_caller]
    pub fn fine(self) -> Self {
        assert!(
            self.errors().is_empty() && self.user_errors().is_empty(),
            "{self}"
        );
        self
    }

    /// Everything that a client could compare: without request ids and without what the budget says.
    pub fn comparable(&self) -> String {
        let mut body = self.body.clone();
        if let Some(body) = body.as_object_mut() {
            body.remove("extensions");
        }
        for error in body
            .get_mut("errors")
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            if let Some(extensions) = error["extensions"].as_object_mut() {
                extensions.remove("requestId");
            }
        }
        // In which order errors come depends on which of a request's batches was read first, and says nothing.
        if let Some(errors) = body.get_mut("errors").and_then(Value::as_array_mut) {
            errors.sort_by_key(ToString::to_string);
        }
        format!("{} {body}", self.status)
    }
}

impl std::fmt::Display for Reply {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(formatter, "status {}", self.status)?;
        let pretty = serde_json::to_string_pretty(&self.body).unwrap_or_default();
        formatter.write_str(&pretty)?;
        formatter.write_char('\n')
    }
}

/// How many statements something takes, of some tries the fewest; each begins with what is known of the epoch forgotten.
pub async fn fewest_statements(db: &Db, work: impl AsyncFn()) -> u64 {
    let mut fewest = u64::MAX;
    for _ in 0..4 {
        db.recent_epoch().forget();
        let before = db.statements();
        work().await;
        fewest = fewest.min(db.statements() - before);
    }
    fewest
}
