//! Every trick that tokens are known for, on a server that listens: over HTTP, event streams and sockets each is nobody.
//! The forger even has the server's own key, so that nothing but the trick is wrong.

use aftercare::clock::Clock;
use aftercare::identity::ProviderSettings;
use aftercare::identity::keys::{Key, generate};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::KeyAlgorithm;
use entity::signing_key;
use jsonwebtoken::{Algorithm, EncodingKey};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::support::scratch;
use crate::support::server::Server;
use crate::support::socket::{hear, open, tell};

const ISSUER: &str = "https://login.example.com";
const QUERY: &str = r#"{"query":"{ viewer { id } }"}"#;

fn encode(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

fn decoded(part: &str) -> Value {
    let bytes = URL_SAFE_NO_PAD.decode(part).expect("base64url");
    serde_json::from_slice(&bytes).expect("JSON")
}

fn sign(message: &str, key: &EncodingKey, algorithm: Algorithm) -> String {
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), key, algorithm);
    format!("{message}.{}", signature.expect("it signs"))
}

/// Signs whatever it is told to.
struct Forger {
    key: Key,
    header: Value,
    claims: Value,
}

impl Forger {
    async fn at(server: &Server, token: &str) -> Self {
        let row = signing_key::Entity::find()
            .one(server.app.db.reader())
            .await;
        let row = row.expect("a read").expect("a key");
        let parts: Vec<&str> = token.split('.').collect();
        Self {
            key: Key::from_row(&row).expect("a readable key"),
            header: decoded(parts[0]),
            claims: decoded(parts[1]),
        }
    }

    /// The texts as they are, rightly signed.
    fn texts(&self, header: &str, claims: &str) -> String {
        let message = format!("{}.{}", encode(header), encode(claims));
        sign(&message, &self.key.private, self.key.algorithm)
    }

    fn header(&self, name: &str, value: Value) -> String {
        let mut header = self.header.clone();
        header[name] = value;
        self.texts(&header.to_string(), &self.claims.to_string())
    }

    fn claim(&self, name: &str, value: Value) -> String {
        let mut claims = self.claims.clone();
        claims[name] = value;
        self.texts(&self.header.to_string(), &claims.to_string())
    }

    fn without(&self, name: &str) -> String {
        let (mut header, mut claims) = (self.header.clone(), self.claims.clone());
        for part in [&mut header, &mut claims] {
            part.as_object_mut().expect("an object").remove(name);
        }
        self.texts(&header.to_string(), &claims.to_string())
    }

    fn with_key(&self, header: &Value, key: &EncodingKey, algorithm: Algorithm) -> String {
        let message = format!(
            "{}.{}",
            encode(&header.to_string()),
            encode(&self.claims.to_string())
        );
        sign(&message, key, algorithm)
    }
}

fn stranger(algorithm: KeyAlgorithm, at: DateTime<Utc>) -> (Key, Value) {
    let row = generate(algorithm, at).expect("a key");
    (Key::from_row(&row).expect("a readable key"), row.public_jwk)
}

/// Every way in, with a token: HTTP by POST and GET, an event stream, a file, the schema, a socket.
async fn is_nobody(server: &Server, trick: &str, token: &str) {
    let bearer = format!("authorization: Bearer {token}");
    let json = "content-type: application/json";
    for (line, headers, body) in [
        ("POST /graphql", vec![json], QUERY),
        (
            "POST /graphql",
            vec![json, "accept: text/event-stream"],
            QUERY,
        ),
        ("GET /graphql?query=%7Bviewer%7Bid%7D%7D", vec![], ""),
        ("POST /export/csv", vec![json], QUERY),
        ("GET /schema.graphql", vec![], ""),
    ] {
        let headers: Vec<&str> = headers.into_iter().chain([bearer.as_str()]).collect();
        let answer = server.request(line, &headers, body).await;
        assert_eq!(answer.status, 401, "{trick}: {line}: {answer:?}");
        assert_eq!(answer.code(), "UNAUTHENTICATED", "{trick}: {line}");
        assert!(
            answer.head.contains("www-authenticate: bearer"),
            "{trick}: {answer:?}"
        );
        assert!(answer.json().get("data").is_none(), "{trick}");
    }
    let mut socket = open(server.address, None, "graphql-transport-ws")
        .await
        .expect("it opens");
    let payload = json!({ "authorization": format!("Bearer {token}") });
    tell(
        &mut socket,
        json!({ "type": "connection_init", "payload": payload }),
    )
    .await;
    assert_eq!(hear(&mut socket).await, Err(4403), "{trick}: socket");
}

async fn is_somebody(server: &Server, token: &str) -> bool {
    let bearer = format!("authorization: Bearer {token}");
    let answer = server.post(&[&bearer], QUERY).await;
    answer.status == 200 && answer.json()["data"]["viewer"]["id"].is_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_trick_with_a_token_gets_nobody_in() {
    let (provider, provider_jwk) = stranger(KeyAlgorithm::Es256, Clock::System.now());
    let keys = scratch::directory().join(format!("keys-{}.json", std::process::id()));
    std::fs::write(&keys, json!({ "keys": [provider_jwk] }).to_string()).expect("a file");
    let server = Server::start(|config| {
        config.identity.identity_providers = vec![ProviderSettings {
            issuer: ISSUER.to_owned(),
            audience: "aftercare".to_owned(),
            jwks_file: Some(keys.display().to_string()),
            ..ProviderSettings::default()
        }];
    })
    .await;
    let token = server.token("ann").await;
    let forger = Forger::at(&server, &token).await;
    let at = server.app.clock.now();
    let seconds = |later: i64| (at + TimeDelta::seconds(later)).timestamp();

    // The forger forges rightly where nothing is wrong.
    let header = forger.header.to_string();
    assert!(is_somebody(&server, &forger.texts(&header, &forger.claims.to_string())).await);
    assert!(is_somebody(&server, &forger.claim("more", json!(1))).await);

    let (other, other_jwk) = stranger(KeyAlgorithm::EdDsa, at);
    let jwks = server.request("GET /.well-known/jwks.json", &[], "").await;
    let public = jwks.json()["keys"][0]["x"]
        .as_str()
        .expect("a key")
        .to_owned();
    let raw = URL_SAFE_NO_PAD.decode(&public).expect("base64url");
    let with = |name: &str, value: Value| {
        let mut header = forger.header.clone();
        header[name] = value;
        header
    };
    let hmac = with("alg", json!("HS256"));
    let parts: Vec<&str> = token.split('.').collect();
    let none = encode(&with("alg", json!("none")).to_string());
    let claims = forger.claims.to_string();
    let twice = |name: &str, value: Value| {
        let claims = format!("{},\"{name}\":{value}}}", claims.trim_end_matches('}'));
        forger.texts(&header, &claims)
    };

    let mut tricks: Vec<(String, String)> = Vec::new();
    let mut add = |trick: &str, token: String| tricks.push((trick.to_owned(), token));
    add("alg none, no signature", format!("{none}.{}.", parts[1]));
    add(
        "alg none, the old signature",
        format!("{none}.{}.{}", parts[1], parts[2]),
    );
    for alg in [
        "none", "None", "HS256", "HS512", "RS256", "ES256", "ES384", "EdDSA ", "eddsa", "",
    ] {
        add(&format!("alg {alg}"), forger.header("alg", json!(alg)));
    }
    add("alg no text", forger.header("alg", json!(["EdDSA"])));
    for (secret, name) in [
        (public.as_bytes(), "as published"),
        (raw.as_slice(), "as bytes"),
        (jwks.body.as_bytes(), "as the whole document"),
        (b"".as_slice(), "empty"),
    ] {
        let key = EncodingKey::from_secret(secret);
        add(
            &format!("public key {name} as HS256 secret"),
            forger.with_key(&hmac, &key, Algorithm::HS256),
        );
    }
    for kid in [
        json!("../../../../dev/null"),
        json!("/proc/self/environ"),
        json!("' or 1=1 --"),
        json!("x' union select 'key"),
        json!("00000000-0000-0000-0000-000000000000"),
        json!(other.kid),
        json!(provider.kid),
        json!(""),
        json!(null),
        json!(1),
        json!([forger.key.kid]),
        json!("http://127.0.0.1/key"),
        json!("a\u{0}b"),
        json!("k".repeat(3_000)),
    ] {
        add(&format!("kid {kid:.40}"), forger.header("kid", kid.clone()));
    }
    for (name, value) in [
        ("jku", json!("http://127.0.0.1:9/keys")),
        ("x5u", json!("http://127.0.0.1:9/chain")),
        ("jwk", other_jwk.clone()),
        ("x5c", json!(["MIIB"])),
        ("x5t", json!("x")),
        ("crit", json!(["exp"])),
        ("crit", json!([])),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
        ("enc", json!("A256GCM")),
        ("cty", json!("JWT")),
    ] {
        add(&format!("header {name}"), forger.header(name, value));
    }
    let embedded = with("jwk", other_jwk);
    add(
        "a stranger's key in jwk",
        forger.with_key(&embedded, &other.private, other.algorithm),
    );
    add(
        "a stranger's signature under our kid",
        forger.with_key(&forger.header, &other.private, other.algorithm),
    );
    for typ in [
        json!("JWT"),
        json!("rt+jwt"),
        json!("id_token"),
        json!("dpop+jwt"),
        json!(""),
        json!(null),
        json!(["at+jwt"]),
    ] {
        add(&format!("typ {typ}"), forger.header("typ", typ.clone()));
    }
    for name in [
        "alg", "typ", "kid", "iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp", "roles",
        "epoch", "kind",
    ] {
        add(&format!("no {name}"), forger.without(name));
    }
    for (name, value) in [
        ("iss", json!("https://elsewhere.example.com")),
        ("iss", json!([forger.claims["iss"]])),
        ("aud", json!("another-api")),
        ("aud", json!([forger.claims["aud"], "another-api"])),
        ("aud", json!([])),
        ("sub", json!("user_01h455vb4pex5vsknk084sn02q")),
        ("sub", json!("' or 1=1 --")),
        ("sub", json!(1)),
        ("sid", json!("session_01h455vb4pex5vsknk084sn02q")),
        ("sid", json!("")),
        ("jti", json!(7)),
        ("iat", json!("yesterday")),
        ("nbf", json!(seconds(60))),
        ("nbf", json!("now")),
        ("nbf", json!(1e300)),
        ("exp", json!(seconds(-60))),
        ("exp", json!(seconds(600).to_string())),
        ("exp", json!(1e300)),
        ("exp", json!(-1)),
        ("exp", json!(null)),
        ("exp", json!(true)),
        ("epoch", json!(-1)),
        ("epoch", json!(99)),
        ("epoch", json!("0")),
        ("kind", json!("api_client")),
        ("kind", json!("system")),
        ("roles", json!("admin")),
        ("roles", json!({ "admin": true })),
    ] {
        add(&format!("{name} {value}"), forger.claim(name, value));
    }
    add("exp twice", twice("exp", json!(seconds(9_000))));
    add("sub twice", twice("sub", forger.claims["sub"].clone()));
    add(
        "alg twice",
        forger.texts(&header.replacen('{', "{\"alg\":\"none\",", 1), &claims),
    );
    add("claims that are a list", forger.texts(&header, "[]"));
    add("claims that are no JSON", forger.texts(&header, "exp=1"));
    add(
        "deep claims",
        forger.texts(
            &header,
            &format!("{}{}", "[".repeat(2_000), "]".repeat(2_000)),
        ),
    );
    add("oversized", forger.claim("more", json!("x".repeat(9_000))));
    add("four parts", format!("{token}.{}", parts[2]));
    add("five parts", format!("{token}.{}.{}", parts[1], parts[2]));
    add("two parts", format!("{}.{}", parts[0], parts[1]));
    add(
        "changed claims",
        format!(
            "{}.{}.{}",
            parts[0],
            encode(&claims.replace("\"roles\":[", "\"roles\":[\"admin\",")),
            parts[2]
        ),
    );
    add("cut signature", token[..token.len() - 4].to_owned());
    add(
        "signature of zeros",
        format!(
            "{}.{}.{}",
            parts[0],
            parts[1],
            URL_SAFE_NO_PAD.encode([0_u8; 64])
        ),
    );
    add("nothing in it", "..".to_owned());
    add(
        "plus and slash",
        format!("{}.{}.{}", parts[0], parts[1], "+/".repeat(43)),
    );

    // The company's own provider, and whoever has its key.
    let of_provider = |claims: &Value, typ: &str| {
        let header = json!({ "alg": "ES256", "typ": typ, "kid": provider.kid });
        let message = format!(
            "{}.{}",
            encode(&header.to_string()),
            encode(&claims.to_string())
        );
        sign(&message, &provider.private, provider.algorithm)
    };
    let right = json!({ "iss": ISSUER, "aud": "aftercare", "sub": "7", "preferred_username": "ann", "iat": seconds(0), "exp": seconds(300) });
    assert!(is_somebody(&server, &of_provider(&right, "JWT")).await);
    let changed = |name: &str, value: Value| {
        let mut claims = right.clone();
        claims[name] = value;
        of_provider(&claims, "JWT")
    };
    add(
        "the provider's, for another audience",
        changed("aud", json!("payroll")),
    );
    add(
        "the provider's, of another issuer",
        changed("iss", json!("https://login.example.org")),
    );
    add(
        "the provider's, for nobody here",
        changed("preferred_username", json!("mallory")),
    );
    add(
        "the provider's, ended",
        changed("exp", json!(seconds(-120))),
    );
    add(
        "the provider's, without an end",
        changed("exp", json!(null)),
    );
    add(
        "the provider's, not yet",
        changed("nbf", json!(seconds(120))),
    );
    add(
        "our claims under the provider's key",
        of_provider(&forger.claims, "at+jwt"),
    );
    let ours = encode(&json!({ "alg": "EdDSA", "typ": "JWT", "kid": forger.key.kid }).to_string());
    let message = format!("{ours}.{}", encode(&right.to_string()));
    add(
        "the provider's claims under our key",
        sign(&message, &forger.key.private, forger.key.algorithm),
    );

    eprintln!("{} tricks", tricks.len());
    for (trick, forged) in &tricks {
        assert!(!forged.contains(['\r', '\n', ' ']), "{trick}");
        is_nobody(&server, trick, forged).await;
    }
    assert!(
        is_somebody(&server, &token).await,
        "the right one still counts"
    );
    std::fs::remove_file(&keys).expect("the file");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_was_good_is_not_replayed() {
    let server = Server::start(|_| {}).await;
    server.token("ann").await;
    let sign_in = async || {
        let query = r#"mutation { signIn(input: { login: "ann", password: "correct horse battery" }) { session { accessToken refreshToken } } }"#;
        let answer = server
            .post(&[], &json!({ "query": query }).to_string())
            .await
            .json();
        let session = &answer["data"]["signIn"]["session"];
        let text = |name: &str| {
            session[name]
                .as_str()
                .unwrap_or_else(|| panic!("{answer}"))
                .to_owned()
        };
        (text("accessToken"), text("refreshToken"))
    };
    let change = async |token: &str, mutation: &str| {
        let header = format!("authorization: Bearer {token}");
        let query = format!("mutation {{ {mutation} {{ userErrors {{ message }} }} }}");
        let answer = server
            .post(&[&header], &json!({ "query": query }).to_string())
            .await;
        assert!(answer.body.contains(r#""userErrors":[]"#), "{answer:?}");
    };
    let renewed = async |token: &str| {
        let query = "mutation($token: String!) { tokenRefresh(input: { refreshToken: $token }) { session { accessToken } userErrors { code } } }";
        let body = json!({ "query": query, "variables": { "token": token } });
        let answer = server.post(&[], &body.to_string()).await.json();
        answer
            .pointer("/data/tokenRefresh/session/accessToken")
            .is_some()
    };

    let (access, refresh) = sign_in().await;
    is_nobody(&server, "a refresh token as access token", &refresh).await;
    assert!(!renewed(&access).await, "an access token refreshes nothing");
    assert!(is_somebody(&server, &access).await);
    assert!(renewed(&refresh).await);

    let (access, refresh) = sign_in().await;
    change(&access, "signOut").await;
    is_nobody(&server, "after signing out", &access).await;
    assert!(!renewed(&refresh).await);

    let ((one, _), (two, refresh)) = (sign_in().await, sign_in().await);
    change(&one, "signOutEverywhere").await;
    is_nobody(&server, "after signing out everywhere", &one).await;
    is_nobody(
        &server,
        "after signing out everywhere, another session",
        &two,
    )
    .await;
    assert!(!renewed(&refresh).await);

    let ((one, _), (two, _)) = (sign_in().await, sign_in().await);
    change(&one, r#"passwordChange(input: { oldPassword: "correct horse battery", newPassword: "another good horse" })"#).await;
    is_nobody(&server, "another session after a new password", &two).await;
    assert!(
        is_somebody(&server, &one).await,
        "the one that changed it stays"
    );
}
