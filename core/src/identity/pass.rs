//! Passes: signed tokens for one purpose that isn't signing in, such as answering a survey by a link.
//!
//! A pass says what it is for (`typ` and `aud`), which object it opens (`sub`) and until when (`exp`); it names nobody. It
//! is signed with the same keys as access tokens, and neither passes for the other: each has a `typ` of its own.
//!
//! A link lives longer than an access token. A key that was rotated away therefore still vouches for passes that were
//! made while it signed, for as long as its row is kept.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::jws::{self, Refused};
use super::keys::{Key, RELOAD_AFTER};
use super::{key_cache, store};
use crate::app::App;
use crate::error::Result;

/// What a pass is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purpose {
    /// `typ`, such as `survey+jwt`.
    pub typ: &'static str,
    /// `aud`: who takes it.
    pub audience: &'static str,
}

/// A pass whose signature and purpose are right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// What it opens.
    pub subject: String,
    /// Is its time over? Then it opens nothing, but whoever holds it may be told so.
    pub expired: bool,
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
    sub: &'c str,
    iat: i64,
    exp: i64,
}

/// Makes a pass.
///
/// # Errors
/// When the database fails.
pub async fn issue(
    app: &App,
    purpose: Purpose,
    subject: &str,
    at: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<String> {
    let key = key_cache::signer(app, at).await?;
    let wire = Wire {
        iss: app.identity.issuer(),
        aud: purpose.audience,
        sub: subject,
        iat: at.timestamp(),
        exp: until.timestamp(),
    };
    let header = Header {
        alg: key.algorithm,
        typ: purpose.typ,
        kid: &key.kid,
    };
    jws::make(&header, &wire, &key.private, key.algorithm)
}

/// Reads a pass; none when it is no pass of ours for this purpose, whatever is wrong with it.
///
/// # Errors
/// When the database fails.
pub async fn read(
    app: &App,
    purpose: Purpose,
    token: &str,
    at: DateTime<Utc>,
) -> Result<Option<Pass>> {
    let parts = match jws::parse(token) {
        Ok(parts) => parts,
        Err(why) => return Ok(refused(why)),
    };
    let Some(kid) = parts.header_text("kid") else {
        return Ok(refused(Refused::UnknownKey));
    };
    if parts.header_text("typ") != Some(purpose.typ) {
        return Ok(refused(Refused::WrongType));
    }
    let Some(key) = key_of(app, kid, at).await? else {
        return Ok(refused(Refused::UnknownKey));
    };
    Ok(check(&parts, &key, app.identity.issuer(), purpose, at).map_or_else(refused, Some))
}

fn check(
    parts: &jws::Parts<'_>,
    key: &Key,
    issuer: &str,
    purpose: Purpose,
    at: DateTime<Utc>,
) -> Result<Pass, Refused> {
    if parts.header.len() != 3 {
        return Err(Refused::Header("a field that ours don't have"));
    }
    parts.verify(&key.public, key.algorithm)?;
    if parts.claim_text("iss") != Some(issuer) {
        return Err(Refused::Claim("iss"));
    }
    if parts.claim_text("aud") != Some(purpose.audience) {
        return Err(Refused::Claim("aud"));
    }
    let issued = parts.claim_seconds("iat").ok_or(Refused::Claim("iat"))?;
    let signed_until = key
        .retired_at()
        .map_or(i64::MAX, |end| (end + RELOAD_AFTER).timestamp());
    if issued > signed_until {
        return Err(Refused::UnknownKey);
    }
    let expires = parts.claim_seconds("exp").ok_or(Refused::Claim("exp"))?;
    let subject = parts.claim_text("sub").ok_or(Refused::Claim("sub"))?;
    Ok(Pass {
        subject: subject.to_owned(),
        expired: at.timestamp() >= expires,
    })
}

/// The key of that name: one of the ring, or one that has been retired and is still kept.
async fn key_of(app: &App, kid: &str, at: DateTime<Utc>) -> Result<Option<Key>> {
    let ring = key_cache::ring_with(app, Some(kid), at).await?;
    if let Some(key) = ring.verifying(kid, at) {
        return Ok(Some(key.clone()));
    }
    let Ok(id) = kid.parse::<Uuid>() else {
        return Ok(None);
    };
    store::keys::by_id(app.db.reader(), id)
        .await?
        .as_ref()
        .map(Key::from_row)
        .transpose()
}

fn refused(why: Refused) -> Option<Pass> {
    tracing::debug!(%why, "a pass is refused");
    None
}
