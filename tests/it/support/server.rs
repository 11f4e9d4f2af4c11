//! A server that listens on a port of its own, on SQLite, and requests to it byte by byte.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use aftercare::access::Call;
use aftercare::app::App;
use aftercare::clock::Clock;
use aftercare::config::{Config, DatabaseUrl};
use aftercare::graphql::endpoint::Endpoint;
use aftercare::identity::{self, NewUser, PasswordSettings};
use entity::enums::{Locale, UserKind};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use super::database::{Backend, TestDatabase, fresh};

const PASSWORD: &str = "correct horse battery";

/// A server; stops with the test.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// What it is wired of.
    pub app: Arc<App>,
    _database: TestDatabase,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The status line and the headers, in lower case.
    pub head: String,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The code of the first error.
    pub fn code(&self) -> String {
        self.json()["errors"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

impl Server {
    /// Starts one, with a change to its configuration.
    pub async fn start(change: impl FnOnce(&mut Config)) -> Self {
        let database = fresh(Backend::Sqlite)
            .await
            .expect("SQLite is always there");
        let mut config = Config::default();
        config.database.url = Some(DatabaseUrl::new(&database.url));
        config.identity.passwords = PasswordSettings::cheap();
        config.server.shutdown_grace = Duration::from_secs(5);
        change(&mut config);
        let app = App::open(config, Clock::System)
            .await
            .expect("the server opens");
        let endpoint = Endpoint::new(app.config.limits.clone(), app.config.budget);
        let endpoint = Arc::new(endpoint.expect("every field has a rule"));
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port is free");
        let address = listener.local_addr().expect("it listens somewhere");
        app.start();
        let router = aftercare::http::router(Arc::clone(&app), endpoint);
        let serving = Arc::clone(&app);
        tokio::spawn(async move { aftercare::http::serve(&serving, router, listener).await });
        Self {
            address,
            app,
            _database: database,
        }
    }

    /// An access token of a new user without any role.
    pub async fn token(&self, login: &str) -> String {
        let call = Call::system(self.app.clock.now(), "test");
        let new = NewUser {
            kind: UserKind::Staff,
            login: login.to_owned(),
            display_name: login.to_owned(),
            password: PASSWORD.to_owned(),
            member_id: None,
            partner_id: None,
            customer_id: None,
            locale: Locale::En,
        };
        let made = identity::user_create(&self.app, &call, new, None).await;
        made.expect("the user can be made");
        let signed_in = identity::sign_in(&self.app, &call, login, PASSWORD).await;
        signed_in.expect("the user can sign in").access_token
    }

    /// Sends bytes and reads until the server closes the connection.
    pub async fn send(&self, request: impl AsRef<[u8]>) -> Answer {
        let mut stream = TcpStream::connect(self.address).await.expect("it listens");
        stream.write_all(request.as_ref()).await.expect("it reads");
        read(&mut stream).await
    }

    /// Sends a request with its headers (a line each) and body.
    pub async fn request(&self, line: &str, headers: &[&str], body: &str) -> Answer {
        let mut request = format!(
            "{line} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {}\r\n",
            self.address,
            body.len()
        );
        for header in headers {
            request.push_str(header);
            request.push_str("\r\n");
        }
        self.send(format!("{request}\r\n{body}")).await
    }

    /// Posts JSON to `/graphql`.
    pub async fn post(&self, headers: &[&str], body: &str) -> Answer {
        let headers = [&["content-type: application/json"], headers].concat();
        self.request("POST /graphql", &headers, body).await
    }
}

/// Reads an answer to its end.
pub async fn read(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let reading = timeout(Duration::from_secs(20), stream.read_to_end(&mut bytes));
    // A reset after the answer is as good as an end.
    let _ = reading.await.expect("the server closes the connection");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    Answer {
        status: head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .unwrap_or_default(),
        head: head.to_lowercase(),
        body: body.to_owned(),
    }
}
