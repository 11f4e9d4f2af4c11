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
use tokio::net::TcpListener;

use super::database::{Backend, TestDatabase, fresh};
use super::wire::{self, Answer};

const PASSWORD: &str = "correct horse battery";

/// A server; stops with the test.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// What it is wired of.
    pub app: Arc<App>,
    _database: TestDatabase,
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
        let endpoint = endpoint.expect("every field has a rule");
        let endpoint = Arc::new(endpoint.remembering(app.config.persisted));
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
        self.sign_in(login).await
    }

    /// Another access token of a user that was made here, with the roles of now.
    pub async fn sign_in(&self, login: &str) -> String {
        let call = Call::system(self.app.clock.now(), "test");
        let signed_in = identity::sign_in(&self.app, &call, login, PASSWORD).await;
        signed_in.expect("the user can sign in").access_token
    }

    /// Sends bytes and reads until the server closes the connection.
    pub async fn send(&self, request: impl AsRef<[u8]>) -> Answer {
        wire::send(self.address, request).await
    }

    /// Sends a request with its headers (a line each) and body.
    pub async fn request(&self, line: &str, headers: &[&str], body: &str) -> Answer {
        wire::request(self.address, line, headers, body).await
    }

    /// Posts JSON to `/graphql`.
    pub async fn post(&self, headers: &[&str], body: &str) -> Answer {
        wire::post(self.address, headers, body).await
    }
}
