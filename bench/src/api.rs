//! Asking the server what the measurement itself needs to know.

use std::net::SocketAddr;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::error::{Result, fail};
use crate::load::{Connection, Target};

/// The password of every user of the demo company.
const PASSWORD: &str = "demo-Pass-2026";
/// Whose rights the load has: a manager, who reads and answers every ticket.
pub const MANAGER: &str = "manager.demo";

/// A connection to the server, signed in.
pub struct Api {
    connection: Connection,
    /// The access token.
    pub token: String,
}

impl Api {
    /// Signs in as a user of the demo company.
    ///
    /// # Errors
    /// When the server can't be reached or refuses.
    pub async fn sign_in(address: SocketAddr, login: &str) -> Result<Self> {
        const SIGN_IN: &str = "mutation($input: SignInInput!) { signIn(input: $input) {
            session { accessToken } userErrors { code message } } }";
        let input = json!({"input": {"login": login, "password": PASSWORD}});
        let mut anonymous = Connection::open(&target(address, None), 0).await?;
        let answer = ask_on(&mut anonymous, SIGN_IN, input).await?;
        let token = answer["signIn"]["session"]["accessToken"]
            .as_str()
            .ok_or_else(|| fail(format!("{login} can't sign in: {answer}")))?
            .to_owned();
        let connection = Connection::open(&target(address, Some(&token)), 0).await?;
        Ok(Self { connection, token })
    }

    /// Asks; gives the answer's `data`.
    ///
    /// # Errors
    /// When the answer has errors.
    pub async fn ask(&mut self, document: &str, variables: Value) -> Result<Value> {
        ask_on(&mut self.connection, document, variables).await
    }
}

/// The server's GraphQL endpoint as somebody.
#[must_use]
pub fn target(address: SocketAddr, token: Option<&str>) -> Target {
    Target {
        address,
        path: "/graphql".to_owned(),
        tokens: token.map(str::to_owned).into_iter().collect(),
        bodies: Arc::default(),
    }
}

async fn ask_on(connection: &mut Connection, document: &str, variables: Value) -> Result<Value> {
    let body = serde_json::to_vec(&json!({"query": document, "variables": variables}))?;
    let answer = connection.ask(&body).await?;
    Ok(serde_json::from_slice::<Value>(answer)?["data"].take())
}
