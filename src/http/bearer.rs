//! From a token to a viewer.

use std::sync::Arc;

use axum::http::{HeaderMap, header};

use super::caller::Caller;
use crate::access::Viewer;
use crate::app::App;
use crate::error::{ApiError, ErrorCode, Result, Text};
use crate::identity;

/// Who sent the request: nobody in particular without an `Authorization` header; a token that isn't good is refused
/// rather than ignored.
///
/// # Errors
/// `UNAUTHENTICATED` for a bad token, and whatever goes wrong while it is checked.
pub async fn viewer(app: &Arc<App>, caller: &Caller, headers: &HeaderMap) -> Result<Viewer> {
    match given(headers)? {
        None => Ok(Viewer::anonymous()),
        Some(value) => of_authorization(app, caller, value).await,
    }
}

/// The value of the `Authorization` header, if there is one.
///
/// # Errors
/// `UNAUTHENTICATED` when it is no text, or stands there twice.
pub fn given(headers: &HeaderMap) -> Result<Option<&str>> {
    let mut given = headers.get_all(header::AUTHORIZATION).iter();
    match (given.next(), given.next()) {
        (None, _) => Ok(None),
        // Whoever stands in between may have looked at the other one.
        (Some(_), Some(_)) => Err(malformed().into()),
        (Some(value), None) => Ok(Some(value.to_str().map_err(|_| malformed())?)),
    }
}

/// The viewer behind the value of an `Authorization` header.
///
/// # Errors
/// `UNAUTHENTICATED` for a bad token, and whatever goes wrong while it is checked.
pub async fn of_authorization(app: &Arc<App>, caller: &Caller, value: &str) -> Result<Viewer> {
    let token = token(value).ok_or_else(malformed)?;
    identity::authenticate(app, token, caller.at).await
}

/// The token in `Bearer <token>`.
#[must_use]
pub fn token(value: &str) -> Option<&str> {
    let (scheme, token) = value.trim().split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

fn malformed() -> ApiError {
    ApiError::new(
        ErrorCode::Unauthenticated,
        Text::new(
            "Authorization: send an access token as `Bearer <token>`.",
            "Authorization：请以 `Bearer <令牌>` 的形式发送访问令牌。",
        ),
    )
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::{given, token};

    #[test]
    fn only_a_bearer_token_is_taken() {
        assert_eq!(token("Bearer abc"), Some("abc"));
        assert_eq!(token("bearer  abc "), Some("abc"));
        for wrong in ["", "abc", "Basic abc", "Bearer", "Bearer "] {
            assert_eq!(token(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_header_that_stands_twice_is_not_chosen_from() {
        let of = |values: &[&[u8]]| {
            let mut headers = HeaderMap::new();
            for value in values {
                let value = HeaderValue::from_bytes(value).expect("a header's value");
                headers.append(header::AUTHORIZATION, value);
            }
            given(&headers).map(|value| value.map(str::to_owned)).ok()
        };
        assert_eq!(of(&[]), Some(None));
        assert_eq!(of(&[b"Bearer a"]), Some(Some("Bearer a".to_owned())));
        let (one, other, no_text) = (&b"Bearer a"[..], &b"Bearer b"[..], &b"Bearer \xff"[..]);
        for wrong in [vec![one, other], vec![one, one], vec![no_text]] {
            assert_eq!(of(&wrong), None, "{wrong:?}");
        }
    }
}
