//! Partners' systems sign in as OAuth says.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::support::app::TestApp;
use crate::support::company;
use crate::support::data::Table;
use crate::support::database::both_databases;
use crate::support::wire::{Answer, post, request};

const FORM: &str = "content-type: application/x-www-form-urlencoded";
const GRANT: &str = "grant_type=client_credentials";

/// `Authorization` with a client's id and a secret.
fn basic(secret: &str) -> String {
    let id = company::id(Table::ApiClient, 1);
    let credentials = STANDARD.encode(format!("{id}:{secret}"));
    format!("authorization: Basic {credentials}")
}

/// A form with a client's id and a secret.
fn form(secret: &str) -> String {
    let id = company::id(Table::ApiClient, 1);
    format!("{GRANT}&client_id={id}&client_secret={secret}")
}

/// The status and the error of a refusal, which is JSON that nobody keeps, and says how to sign in.
#[track_caller]
fn refused(answer: &Answer) -> (u16, String) {
    let head = &answer.head;
    assert!(
        head.contains("content-type: application/json"),
        "{answer:?}"
    );
    assert!(head.contains("cache-control: no-store"), "{answer:?}");
    let challenged = head.contains("www-authenticate: basic realm=\"aftercare\"");
    assert_eq!(challenged, answer.status == 401, "{answer:?}");
    let body = answer.json();
    assert!(body["error_description"].is_string(), "{answer:?}");
    let error = body["error"].as_str().unwrap_or_default();
    (answer.status, error.to_owned())
}

both_databases! {
    async fn a_partners_system_gets_a_token_over_http(app: TestApp) {
        let address = app.listen().await;
        let ask = async |headers: &[&str], body: &str| {
            request(address, "POST /oauth/token", headers, body).await
        };
        let (good, wrong) = (basic(company::CLIENT_SECRET), basic("acs_wrong"));
        let (good, wrong) = (good.as_str(), wrong.as_str());
        for answer in [
            ask(&[FORM], &form(company::CLIENT_SECRET)).await,
            ask(&[FORM, good], GRANT).await,
        ] {
            assert_eq!(answer.status, 200, "{answer:?}");
            assert!(answer.head.contains("content-type: application/json"), "{answer:?}");
            assert!(answer.head.contains("cache-control: no-store"), "{answer:?}");
            let body = answer.json();
            assert_eq!((&body["token_type"], &body["expires_in"]), (&Value::from("Bearer"), &Value::from(3_600)));
            let token = body["access_token"].as_str().expect("a token");
            let header = format!("authorization: Bearer {token}");
            let asked = post(address, &[&header], r#"{"query":"{ tickets { totalCount } }"}"#).await.json();
            assert!(asked["data"]["tickets"]["totalCount"].is_number(), "{asked}");
        }

        let plain = ask(&["content-type: application/json"], "{}").await;
        assert_eq!((plain.status, plain.code().as_str()), (415, "BAD_INPUT"), "{plain:?}");
        assert_eq!(request(address, "GET /oauth/token", &[], "").await.status, 405);
        // Two are refused whichever is right, and also when the form has what is needed.
        for (headers, body) in [
            ([FORM, good, wrong], GRANT.to_owned()),
            ([FORM, wrong, good], GRANT.to_owned()),
            ([FORM, good, good], GRANT.to_owned()),
            ([FORM, wrong, wrong], form(company::CLIENT_SECRET)),
        ] {
            assert_eq!(refused(&ask(&headers, &body).await), (400, "invalid_request".to_owned()));
        }
        for (body, error) in [
            ("", "invalid_request"),
            ("grant_type=password", "unsupported_grant_type"),
        ] {
            assert_eq!(refused(&ask(&[FORM, good], body).await), (400, error.to_owned()));
        }
        assert_eq!(refused(&ask(&[FORM, "authorization: Bearer x"], GRANT).await), (401, "invalid_client".to_owned()));
    }

    async fn a_partners_system_that_guesses_has_to_wait(app: TestApp) {
        let address = app.listen().await;
        let (headers, body) = ([FORM], form("acs_wrong"));
        let mut answer = request(address, "POST /oauth/token", &headers, &body).await;
        assert_eq!(refused(&answer), (401, "invalid_client".to_owned()));
        for _ in 0..20 {
            if answer.status != 401 {
                break;
            }
            answer = request(address, "POST /oauth/token", &headers, &body).await;
        }
        assert_eq!(refused(&answer), (429, "temporarily_unavailable".to_owned()));
        let wait = answer.json()["retry_after"].as_u64().expect("a number");
        assert!(wait > 0, "{answer:?}");
        assert!(answer.head.contains(&format!("retry-after: {wait}\r\n")), "{answer:?}");
    }
}
