//! Tokens of another issuer, and what they prove here.

use std::collections::BTreeMap;

use entity::enums::KeyAlgorithm;
use serde_json::json;

use super::super::jws;
use super::super::keys::{Key, generate};
use super::*;

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_760_000_000 + second, 0).expect("a valid time")
}

fn settings() -> ProviderSettings {
    ProviderSettings {
        issuer: "https://login.example.com".to_owned(),
        audience: "aftercare".to_owned(),
        jwks_url: Some("https://login.example.com/keys".to_owned()),
        roles_claim: Some("groups".to_owned()),
        roles: BTreeMap::from([
            ("after-sales".to_owned(), vec!["agent".to_owned()]),
            (
                "leads".to_owned(),
                vec!["team_lead".to_owned(), "agent".to_owned()],
            ),
        ]),
        ..ProviderSettings::default()
    }
}

fn claims() -> Value {
    json!({
        "iss": "https://login.example.com", "aud": ["account", "aftercare"],
        "exp": 1_760_000_300, "preferred_username": "Alice.Example", "groups": ["leads", "staff"],
    })
}

fn answer(claims: &Value, settings: &ProviderSettings) -> Result<Named, Refused> {
    let row = generate(KeyAlgorithm::Es256, at(0)).expect("a key");
    let key = Key::from_row(&row).expect("a readable key");
    let header = json!({ "alg": "ES256", "kid": key.kid });
    let token = jws::make(&header, claims, &key.private, key.algorithm).expect("a token");
    let keys = usable(&json!({ "keys": [row.public_jwk] }));
    let token = jws::parse(&token)?;
    let key = find(&keys, token.header_text("kid")).ok_or(Refused::UnknownKey)?;
    token.verify(&key.key, key.algorithm)?;
    read(&token, settings, at(0))
}

#[test]
fn a_token_names_a_login_and_cuts_the_roles_down() {
    let named = answer(&claims(), &settings()).expect("a good token");
    assert_eq!(named.login, "alice.example");
    assert_eq!(
        named.roles,
        Some(vec!["agent".to_owned(), "team_lead".to_owned()])
    );
    assert_eq!(named.expires_at, at(300));

    let free = ProviderSettings {
        roles_claim: None,
        roles: BTreeMap::new(),
        ..settings()
    };
    assert_eq!(answer(&claims(), &free).expect("a good token").roles, None);

    let mut without = claims();
    without["groups"] = Value::Null;
    let named = answer(&without, &settings()).expect("a good token");
    assert_eq!(named.roles, Some(Vec::new()), "no group, no role");
}

#[test]
fn what_is_not_for_us_is_refused() {
    for (name, value, refused) in [
        (
            "iss",
            json!("https://other.example.com"),
            Refused::Claim("iss"),
        ),
        ("aud", json!("account"), Refused::Claim("aud")),
        ("aud", Value::Null, Refused::Claim("aud")),
        ("exp", Value::Null, Refused::Claim("exp")),
        ("exp", json!(1_759_999_960), Refused::Expired),
        ("nbf", json!(1_760_000_100), Refused::NotYet),
        ("preferred_username", Value::Null, Refused::Claim("login")),
        ("preferred_username", json!("  "), Refused::Claim("login")),
    ] {
        let mut spoilt = claims();
        spoilt[name] = value;
        assert_eq!(answer(&spoilt, &settings()), Err(refused), "{name}");
    }
}

#[test]
fn only_sound_keys_for_signatures_are_used() {
    let row = generate(KeyAlgorithm::EdDsa, at(0)).expect("a key");
    let with = |name: &str, value: Value| {
        let mut jwk = row.public_jwk.clone();
        jwk[name] = value;
        usable(&json!({ "keys": [jwk] })).len()
    };
    assert_eq!(with("kid", json!("another")), 1);
    assert_eq!(with("use", json!("enc")), 0);
    assert_eq!(with("alg", json!("RS256")), 0);
    assert_eq!(with("x", json!("AAAA")), 0);
    let weak = json!({ "kty": "RSA", "kid": "weak", "n": "AQAB", "e": "AQAB" });
    let secret = json!({ "kty": "oct", "kid": "secret", "k": "c2VjcmV0" });
    assert_eq!(usable(&json!({ "keys": [weak, secret, 1] })).len(), 0);
    assert_eq!(usable(&json!("nonsense")).len(), 0);
}

#[tokio::test]
async fn a_file_of_keys_is_read_again_when_a_key_is_unknown_but_not_all_the_time() {
    let folder = std::env::temp_dir().join(format!("aftercare-keys-{}", crate::db::new_id(at(0))));
    let file = folder.join("keys.json");
    std::fs::create_dir_all(&folder).expect("a folder");
    let rows: Vec<_> = (0..2)
        .map(|second| generate(KeyAlgorithm::EdDsa, at(second)).expect("a key"))
        .collect();
    let write = |row: &entity::signing_key::Model| {
        let text = json!({ "keys": [row.public_jwk] }).to_string();
        std::fs::write(&file, text).expect("writes");
    };
    let provider = Provider::new(&ProviderSettings {
        jwks_url: None,
        jwks_file: Some(file.display().to_string()),
        ..settings()
    })
    .expect("a provider");
    let has = async |row: &entity::signing_key::Model, second| {
        let kid = row.id.to_string();
        let keys = provider.keys(Some(&kid), at(second)).await;
        find(&keys, Some(&kid)).is_some()
    };
    write(&rows[0]);
    assert!(has(&rows[0], 0).await);
    write(&rows[1]);
    assert!(!has(&rows[1], 29).await, "asked a moment ago");
    assert!(has(&rows[1], 30).await);
    std::fs::remove_dir_all(&folder).expect("removes");
    assert!(
        has(&rows[1], 700).await,
        "its last keys count when it can't be reached"
    );
    assert!(!has(&rows[1], 24 * 3600 + 60).await, "but not for ever");
}
