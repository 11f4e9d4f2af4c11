//! Every trick that tokens are known for, and what it gets.

use entity::enums::KeyAlgorithm;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::json;

use super::super::keys::{Key, generate};
use super::*;

const PARTIES: Parties<'static> = Parties {
    issuer: "https://api.example.com",
    audience: "aftercare-api",
};

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_760_000_000 + second, 0).expect("a valid time")
}

struct House {
    key: Key,
    other: Key,
    retired: Key,
    ring: Ring,
}

fn house() -> House {
    let mut rows = vec![
        generate(KeyAlgorithm::EdDsa, at(0)).expect("a key"),
        generate(KeyAlgorithm::Es256, at(0)).expect("a key"),
        generate(KeyAlgorithm::EdDsa, at(-1000)).expect("a key"),
    ];
    rows[2].retired_at = Some(at(-900));
    rows[2].expires_at = Some(at(-100));
    let key = |index: usize| Key::from_row(&rows[index]).expect("a readable key");
    House {
        key: key(0),
        other: key(1),
        retired: key(2),
        ring: Ring::from_rows(&rows).expect("a ring"),
    }
}

fn claims() -> Claims {
    Claims {
        principal: Principal::User(crate::db::new_id(at(-5000))),
        session_id: crate::db::new_id(at(-10)),
        token_id: crate::db::new_id(at(0)),
        issued_at: at(0),
        expires_at: at(600),
        roles: vec!["agent".to_owned()],
        epoch: 3,
    }
}

fn answer(house: &House, token: &str, at: DateTime<Utc>) -> Result<Claims, Refused> {
    check(&jws::parse(token)?, &house.ring, PARTIES, at)
}

/// The header and the claims of a good token, to be spoilt.
fn good(house: &House) -> (Value, Value) {
    let token = make(&claims(), PARTIES, &house.key).expect("a token");
    let parts = jws::parse(&token).expect("a well-formed token");
    (parts.header.into(), parts.claims.into())
}

fn signed(header: &Value, claims: &Value, key: &Key) -> String {
    jws::make(header, claims, &key.private, key.algorithm).expect("a token")
}

#[test]
fn what_is_made_can_be_read() {
    let house = house();
    for key in [&house.key, &house.other] {
        for principal in [
            Principal::User(crate::db::new_id(at(0))),
            Principal::ApiClient(crate::db::new_id(at(0))),
        ] {
            let claims = Claims {
                principal,
                ..claims()
            };
            let token = make(&claims, PARTIES, key).expect("a token");
            assert_eq!(answer(&house, &token, at(1)), Ok(claims));
        }
    }
}

#[test]
fn it_counts_from_its_first_to_its_last_second_and_a_little_leeway() {
    let house = house();
    let token = make(&claims(), PARTIES, &house.key).expect("a token");
    for (second, refused) in [
        (-6, Some(Refused::NotYet)),
        (-5, None),
        (0, None),
        (600, None),
        (604, None),
        (605, Some(Refused::Expired)),
        (606, Some(Refused::Expired)),
    ] {
        assert_eq!(
            answer(&house, &token, at(second)).err(),
            refused,
            "at second {second}"
        );
    }
}

#[test]
fn every_claim_is_required_and_has_its_form() {
    let house = house();
    let (header, claims) = good(&house);
    for name in [
        "iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp", "roles", "epoch", "kind",
    ] {
        let mut missing = claims.clone();
        missing.as_object_mut().expect("an object").remove(name);
        let mut odd = claims.clone();
        odd[name] = json!({ "odd": true });
        for spoilt in [missing, odd] {
            let token = signed(&header, &spoilt, &house.key);
            assert_eq!(
                answer(&house, &token, at(1)),
                Err(Refused::Claim(name)),
                "{name}"
            );
        }
    }
    let client = Id::<api_client::Entity>::new(crate::db::new_id(at(0))).to_string();
    for (name, value) in [
        ("iss", json!("https://elsewhere.example.com")),
        ("aud", json!(["aftercare-api", "another"])),
        ("sub", json!(client)),
        ("sid", json!(client)),
        ("roles", json!("admin")),
        ("epoch", json!(4_000_000_000_u32)),
        ("kind", json!("system")),
        ("exp", json!("1760000600")),
    ] {
        let mut spoilt = claims.clone();
        spoilt[name] = value;
        let refused = if name == "kind" { "kind" } else { name };
        let token = signed(&header, &spoilt, &house.key);
        assert_eq!(answer(&house, &token, at(1)), Err(Refused::Claim(refused)));
    }
}

#[test]
fn the_header_decides_nothing() {
    let house = house();
    let (header, claims) = good(&house);
    let with = |name: &str, value: Value| {
        let mut header = header.clone();
        header[name] = value;
        header
    };
    let without = |name: &str| {
        let mut header = header.clone();
        header.as_object_mut().expect("an object").remove(name);
        header
    };
    let odd = Refused::Header("a field that ours don't have");
    let cases = [
        ("no alg", without("alg"), Refused::WrongAlgorithm),
        (
            "alg none",
            with("alg", json!("none")),
            Refused::WrongAlgorithm,
        ),
        (
            "alg None",
            with("alg", json!("None")),
            Refused::WrongAlgorithm,
        ),
        (
            "alg HS256",
            with("alg", json!("HS256")),
            Refused::WrongAlgorithm,
        ),
        (
            "alg ES256",
            with("alg", json!("ES256")),
            Refused::WrongAlgorithm,
        ),
        ("no typ", without("typ"), Refused::WrongType),
        ("typ JWT", with("typ", json!("JWT")), Refused::WrongType),
        (
            "typ refresh",
            with("typ", json!("rt+jwt")),
            Refused::WrongType,
        ),
        ("no kid", without("kid"), Refused::UnknownKey),
        (
            "odd kid",
            with("kid", json!("../../dev/null")),
            Refused::UnknownKey,
        ),
        ("no text kid", with("kid", json!(1)), Refused::UnknownKey),
        (
            "retired kid",
            with("kid", json!(house.retired.kid)),
            Refused::UnknownKey,
        ),
        (
            "another's kid",
            with("kid", json!(house.other.kid)),
            Refused::WrongAlgorithm,
        ),
        (
            "crit",
            with("crit", json!(["exp"])),
            Refused::Header("crit"),
        ),
        ("b64", with("b64", json!(false)), Refused::Header("b64")),
        (
            "jku",
            with("jku", json!("https://evil.example.com/keys")),
            odd,
        ),
        ("jwk", with("jwk", json!({ "kty": "OKP" })), odd),
        (
            "x5u",
            with("x5u", json!("https://evil.example.com/chain")),
            odd,
        ),
    ];
    for (name, header, refused) in cases {
        let token = signed(&header, &claims, &house.key);
        assert_eq!(answer(&house, &token, at(1)), Err(refused), "{name}");
    }
}

#[test]
fn another_signature_is_refused() {
    let house = house();
    let (header, claims) = good(&house);
    let token = signed(&header, &claims, &house.key);
    let (message, signature) = token.rsplit_once('.').expect("three parts");

    let unsigned = format!("{message}.");
    let shortened = format!("{message}.{}", &signature[..signature.len() - 4]);
    let stranger = Key::from_row(&generate(KeyAlgorithm::EdDsa, at(0)).expect("a key"))
        .expect("a readable key");
    let of_stranger = signed(&header, &claims, &stranger);

    // A public key is no secret: whoever knows it must not be able to sign with it.
    let mut mac_header = header.clone();
    mac_header["alg"] = json!("HS256");
    let public = house.ring.published(at(0))["keys"][0]["x"].to_string();
    let mac = jws::make(
        &mac_header,
        &claims,
        &EncodingKey::from_secret(public.as_bytes()),
        Algorithm::HS256,
    )
    .expect("a token");

    let mut richer = claims.clone();
    richer["roles"] = json!(["admin"]);
    let forged = signed(&header, &richer, &stranger);
    let swapped = format!("{}.{signature}", forged.rsplit_once('.').expect("parts").0);

    for (name, token, refused) in [
        ("unsigned", unsigned, Refused::WrongSignature),
        ("shortened", shortened, Refused::WrongSignature),
        ("a stranger's", of_stranger, Refused::WrongSignature),
        ("public key as secret", mac, Refused::WrongAlgorithm),
        ("other claims", swapped, Refused::WrongSignature),
    ] {
        assert_eq!(answer(&house, &token, at(1)), Err(refused), "{name}");
    }
}

#[test]
fn what_is_no_token_is_refused_unread() {
    let house = house();
    let (header, claims) = good(&house);
    let token = signed(&header, &claims, &house.key);
    let twice = {
        use base64::Engine;
        let encode = |text: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text);
        format!(
            "{}.{}.",
            encode(r#"{"alg":"EdDSA","alg":"none"}"#),
            encode("{}")
        )
    };
    for (token, refused) in [
        (String::new(), Refused::Malformed),
        ("a".to_owned(), Refused::Malformed),
        ("a.b.c".to_owned(), Refused::Malformed),
        ("..".to_owned(), Refused::Malformed),
        (format!("{token}.x"), Refused::Malformed),
        (format!("{token}="), Refused::WrongSignature),
        (twice, Refused::Malformed),
        ("x".repeat(jws::LONGEST + 1), Refused::TooLong),
    ] {
        assert_eq!(answer(&house, &token, at(1)), Err(refused), "{token:.60}");
    }
}
