//! Our access tokens: what is in them, how they are made and checked.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{api_client, session, user};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::jws::{self, Parts, Refused};
use super::keys::{Key, Ring};
use crate::access::Principal;
use crate::error::Result;
use crate::ids;
use crate::ids::{Id, Node};

/// `typ` of every access token (RFC 9068), so that no other kind of token passes for one.
pub const TYPE: &str = "at+jwt";
/// By how much clocks may differ.
pub const LEEWAY: TimeDelta = TimeDelta::seconds(5);

/// What an access token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// For whom it is.
    pub principal: Principal,
    /// The session from which it was drawn.
    pub session_id: Uuid,
    /// The token's own id.
    pub token_id: Uuid,
    /// When it was made.
    pub issued_at: DateTime<Utc>,
    /// When it counts no more.
    pub expires_at: DateTime<Utc>,
    /// Keys of the roles that the principal had then.
    pub roles: Vec<String>,
    /// The account's epoch; a token of an earlier one counts no more.
    pub epoch: i32,
}

/// Whose tokens, for whom.
#[derive(Clone, Copy, Debug)]
pub struct Parties<'p> {
    /// `iss`.
    pub issuer: &'p str,
    /// `aud`.
    pub audience: &'p str,
}

#[derive(Serialize)]
struct Header<'h> {
    alg: jsonwebtoken::Algorithm,
    typ: &'static str,
    kid: &'h str,
}

#[derive(Serialize)]
struct Wire<'c> {
    iss: &'c str,
    aud: &'c str,
    sub: String,
    sid: String,
    jti: String,
    iat: i64,
    nbf: i64,
    exp: i64,
    roles: &'c [String],
    epoch: i32,
    kind: &'static str,
}

/// Makes a token.
///
/// # Errors
/// When the key can't sign.
pub fn make(claims: &Claims, parties: Parties<'_>, key: &Key) -> Result<String> {
    let (sub, kind) = match claims.principal {
        Principal::User(id) => (Id::<user::Entity>::new(id).to_string(), "user"),
        Principal::ApiClient(id) => (Id::<api_client::Entity>::new(id).to_string(), "api_client"),
    };
    let wire = Wire {
        iss: parties.issuer,
        aud: parties.audience,
        sub,
        sid: Id::<session::Entity>::new(claims.session_id).to_string(),
        jti: claims.token_id.to_string(),
        iat: claims.issued_at.timestamp(),
        nbf: claims.issued_at.timestamp(),
        exp: claims.expires_at.timestamp(),
        roles: &claims.roles,
        epoch: claims.epoch,
        kind,
    };
    let header = Header {
        alg: key.algorithm,
        typ: TYPE,
        kid: &key.kid,
    };
    jws::make(&header, &wire, &key.private, key.algorithm)
}

/// Checks a token and reads it.
///
/// # Errors
/// Why it is refused.
pub fn check(
    token: &Parts<'_>,
    ring: &Ring,
    parties: Parties<'_>,
    at: DateTime<Utc>,
) -> Result<Claims, Refused> {
    if token.header_text("typ") != Some(TYPE) {
        return Err(Refused::WrongType);
    }
    let known = ["alg", "typ", "kid"];
    if token
        .header
        .keys()
        .any(|name| !known.contains(&name.as_str()))
    {
        // Ours have no others; one that points at a key of its own (`jku`, `jwk`, `x5u`) isn't ours.
        return Err(Refused::Header("a field that ours don't have"));
    }
    let kid = token.header_text("kid").ok_or(Refused::UnknownKey)?;
    let key = ring.verifying(kid, at).ok_or(Refused::UnknownKey)?;
    ring.prove(token, key)?;
    if token.claim_text("iss") != Some(parties.issuer) {
        return Err(Refused::Claim("iss"));
    }
    if token.claim_text("aud") != Some(parties.audience) {
        return Err(Refused::Claim("aud"));
    }
    if !token.claims.contains_key("nbf") {
        return Err(Refused::Claim("nbf"));
    }
    let expires = token.check_time(at.timestamp(), LEEWAY.num_seconds())?;
    read(token, expires)
}

fn read(token: &Parts<'_>, expires: i64) -> Result<Claims, Refused> {
    let issued = token.claim_seconds("iat").ok_or(Refused::Claim("iat"))?;
    let principal = match token.claim_text("kind") {
        Some("user") => Principal::User(id::<user::Entity>(token, "sub")?),
        Some("api_client") => Principal::ApiClient(id::<api_client::Entity>(token, "sub")?),
        _ => return Err(Refused::Claim("kind")),
    };
    let roles = token
        .claims
        .get("roles")
        .and_then(Value::as_array)
        .and_then(|roles| {
            roles
                .iter()
                .map(|role| role.as_str().map(str::to_owned))
                .collect::<Option<Vec<_>>>()
        })
        .ok_or(Refused::Claim("roles"))?;
    Ok(Claims {
        principal,
        session_id: id::<session::Entity>(token, "sid")?,
        token_id: token
            .claim_text("jti")
            .and_then(|id| id.parse().ok())
            .ok_or(Refused::Claim("jti"))?,
        issued_at: DateTime::from_timestamp(issued, 0).ok_or(Refused::Claim("iat"))?,
        expires_at: DateTime::from_timestamp(expires, 0).ok_or(Refused::Claim("exp"))?,
        roles,
        epoch: token
            .claims
            .get("epoch")
            .and_then(Value::as_i64)
            .and_then(|epoch| i32::try_from(epoch).ok())
            .ok_or(Refused::Claim("epoch"))?,
    })
}

fn id<E: Node>(token: &Parts<'_>, claim: &'static str) -> Result<Uuid, Refused> {
    token
        .claim_text(claim)
        .and_then(|text| ids::decode(text).ok())
        .filter(|(prefix, _)| prefix == E::PREFIX)
        .map(|(_, id)| id)
        .ok_or(Refused::Claim(claim))
}

#[cfg(test)]
mod tests;
