//! Somebody who acts: signs in, sends, tries again.

use std::sync::Arc;
use std::time::Duration;

use aftercare::demo::DEMO_PASSWORD;
use rand::Rng;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::book::{Book, Deed, Said};
use super::weather::Weather;
use crate::support::wire::ask;

/// How often something is tried before it counts as never answered; more than any trouble takes.
const TRIES: usize = 400;
const SIGN_IN: &str = "mutation($input: SignInInput!) {
    signIn(input: $input) { session { accessToken } userErrors { code message } } }";

/// A user of the demo company.
pub struct Person {
    /// Its choices.
    pub chance: StdRng,
    /// Where it writes down what it was told.
    pub book: Arc<Book>,
    /// The login.
    pub login: &'static str,
    weather: Arc<Weather>,
    number: usize,
    sent: usize,
    token: Option<String>,
}

impl Person {
    /// Somebody who isn't signed in yet.
    pub fn new(
        number: usize,
        login: &'static str,
        chance: StdRng,
        weather: &Arc<Weather>,
        book: &Arc<Book>,
    ) -> Self {
        Self {
            chance,
            book: Arc::clone(book),
            login,
            weather: Arc::clone(weather),
            number,
            sent: 0,
            token: None,
        }
    }

    /// A text that nobody else writes, as text and as idempotency key.
    pub fn word(&mut self) -> String {
        self.sent += 1;
        let chance: u32 = self.chance.random();
        format!("{}-{}-{chance:08x}", self.login, self.sent)
    }

    /// One of these.
    pub fn pick<'c, T>(&mut self, choices: &'c [T]) -> &'c T {
        &choices[self.chance.random_range(0..choices.len())]
    }

    /// One of the tickets that were made here.
    pub fn some_ticket(&mut self) -> Option<String> {
        let place: usize = self.chance.random_range(0..1_000);
        let pages = self.book.pages();
        let count = pages.tickets.len();
        (count > 0).then(|| pages.tickets[place % count].clone())
    }

    /// An access token, after however many tries.
    pub async fn token(&mut self) -> String {
        for _ in 0..TRIES {
            if let Some(token) = &self.token {
                return token.clone();
            }
            let input = json!({ "login": self.login, "password": DEMO_PASSWORD });
            let (_, answer) = self.send(None, SIGN_IN, json!({ "input": input })).await;
            if let Some(answer) = answer {
                if answer["errors"][0]["extensions"]["code"] == "RATE_LIMITED" {
                    // What failed while the database was away counts as tries too.
                    sleep(Duration::from_secs(2)).await;
                    continue;
                }
                let token = answer["data"]["signIn"]["session"]["accessToken"].as_str();
                self.token = Some(token.unwrap_or_else(|| panic!("{answer}")).to_owned());
            } else {
                self.pause().await;
            }
        }
        panic!("{} can't sign in", self.login);
    }

    /// Signs in anew the next time.
    pub fn forget_token(&mut self) {
        self.token = None;
    }

    /// Signs out. The token that did is good for nothing from then on.
    pub async fn sign_out(&mut self) {
        let query = "mutation { signOut { userErrors { code message } } }";
        let answer = self.ask(query, json!({})).await;
        let done =
            answer.is_some_and(|answer| answer["data"]["signOut"]["userErrors"] == json!([]));
        let (true, Some(token)) = (done, self.token.take()) else {
            return;
        };
        let query = "{ tickets { totalCount } }";
        let (request, answer) = self.send(Some(&token), query, json!({})).await;
        if let Some(answer) = answer {
            let code = &answer["errors"][0]["extensions"]["code"];
            assert_eq!(code, "UNAUTHENTICATED", "{request}, signed out: {answer}");
            self.book.leave();
        }
    }

    /// Asks; nothing when it went without an answer.
    pub async fn ask(&mut self, query: &str, variables: Value) -> Option<Value> {
        let (_, answer) = self.try_once(query, &variables).await;
        if answer.is_some() {
            self.book.answered();
        }
        answer
    }

    /// Asks for a change until there is an answer, and writes down how it ended; the payload when it is done. `made` finds in
    /// the payload the id of what was made or changed.
    pub async fn change(
        &mut self,
        what: &'static str,
        query: &str,
        input: &Value,
        text: Option<&str>,
        made: &str,
    ) -> Option<Value> {
        let mut requests = Vec::new();
        for _ in 0..TRIES {
            let variables = json!({ "input": input });
            let (request, answer) = self.try_once(query, &variables).await;
            requests.push(request);
            let Some(mut answer) = answer else {
                self.pause().await;
                continue;
            };
            let payload = answer["data"][what].take();
            let done = payload["userErrors"] == json!([]);
            let said = match (done, requests.len()) {
                (true, _) => Said::Done,
                (false, 1) => Said::Refused,
                (false, _) => Said::Unclear,
            };
            let id = payload.pointer(&format!("{made}/id"));
            let version = payload.pointer(&format!("{made}/version"));
            self.book.write(Deed {
                what,
                requests,
                said,
                id: id.and_then(Value::as_str).map(str::to_owned),
                text: text.map(str::to_owned),
                version: version.and_then(Value::as_i64),
            });
            return done.then_some(payload);
        }
        panic!("{what} is never answered");
    }

    /// Sends until it is known who sends; the request's id, and nothing when the try went without an answer or failed.
    async fn try_once(&mut self, query: &str, variables: &Value) -> (String, Option<Value>) {
        for _ in 0..TRIES {
            let token = self.token().await;
            let (request, answer) = self.send(Some(&token), query, variables.clone()).await;
            let code = |answer: &Value| {
                let code = answer["errors"][0]["extensions"]["code"].as_str();
                code.unwrap_or_default().to_owned()
            };
            match answer.as_ref().map(code).as_deref() {
                Some("UNAUTHENTICATED") => self.token = None,
                Some("RATE_LIMITED") => sleep(Duration::from_millis(500)).await,
                _ => return (request, answer),
            }
        }
        panic!("{} isn't let in", self.login);
    }

    /// Sends once. No answer, a failure inside, and an end by the clock are the same: what was asked for may be done or not. Each
    /// needs an excuse.
    async fn send(
        &mut self,
        token: Option<&str>,
        query: &str,
        variables: Value,
    ) -> (String, Option<Value>) {
        self.sent += 1;
        let request = format!("soak-{}-{}-{}", self.number, self.login, self.sent);
        let mut headers = vec![format!("x-request-id: {request}")];
        headers.extend(token.map(|token| format!("authorization: Bearer {token}")));
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let begun = self.weather.moment();
        let answer = ask(self.weather.address(), &headers, query, variables).await;
        let failed = answer.as_ref().is_none_or(|answer| {
            let errors = answer["errors"].as_array();
            errors.into_iter().flatten().any(|error| {
                let extensions = &error["extensions"];
                extensions["code"] == "INTERNAL" || extensions["limit"] == "requestTimeout"
            })
        });
        if !failed {
            return (request, answer);
        }
        assert!(
            self.weather.excuses(begun),
            "{request}, in fine weather: {answer:?}"
        );
        self.book.excuse();
        (request, None)
    }

    async fn pause(&mut self) {
        let pause = self.chance.random_range(50..400);
        sleep(Duration::from_millis(pause)).await;
    }
}
