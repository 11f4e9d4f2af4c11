//! What stands for a document in a request.

use serde_json::{Map, Value};

use super::not_supported;
use crate::error::ApiError;
use crate::identity::documents::{LONGEST_ID, plain_id};

/// What stands for a document in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// `extensions.persistedQuery.sha256Hash`; some clients put an id there.
    Hash(String),
    /// `documentId`, an id or `sha256:` and a hash.
    Id(String),
}

impl Reference {
    /// The reference of a request, if it has one.
    ///
    /// # Errors
    /// What is malformed; `PERSISTED_QUERY_NOT_SUPPORTED` for another version of the protocol than the first.
    pub fn of(
        document_id: Option<&str>,
        extensions: &Map<String, Value>,
    ) -> Result<Option<Self>, ApiError> {
        let hash = match extensions.get("persistedQuery") {
            None | Some(Value::Null) => None,
            Some(query) => Some(hash(query)?),
        };
        match (document_id, hash) {
            (Some(id), None) => id_of(id, "documentId").map(|id| Some(Self::Id(id))),
            (None, hash) => Ok(hash.map(Self::Hash)),
            (Some(_), Some(_)) => Err(ApiError::bad_input(
                "documentId",
                "send either this or extensions.persistedQuery.",
                "请只发送此项或 extensions.persistedQuery 之一。",
            )),
        }
    }

    /// The id or hash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Hash(text) | Self::Id(text) => text,
        }
    }
}

fn hash(query: &Value) -> Result<String, ApiError> {
    let field = "extensions.persistedQuery";
    let Value::Object(query) = query else {
        return Err(ApiError::bad_input(
            field,
            "it is an object with version and sha256Hash.",
            "应为包含 version 与 sha256Hash 的对象。",
        ));
    };
    if query.get("version").and_then(Value::as_u64) != Some(1) {
        return Err(not_supported());
    }
    let hash = query.get("sha256Hash").and_then(Value::as_str);
    id_of(hash.unwrap_or_default(), &format!("{field}.sha256Hash"))
}

fn id_of(id: &str, field: &str) -> Result<String, ApiError> {
    let id = plain_id(id);
    if (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(id.to_owned());
    }
    Err(ApiError::bad_input(
        field,
        format!("it has 1 to {LONGEST_ID} visible ASCII characters and no blanks."),
        format!("须为 1 至 {LONGEST_ID} 个可见 ASCII 字符，且不含空格。"),
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::error::ErrorCode;

    fn of(id: Option<&str>, extensions: Value) -> Result<Option<Reference>, ErrorCode> {
        let Value::Object(extensions) = extensions else {
            panic!("extensions are an object")
        };
        Reference::of(id, &extensions).map_err(|error| error.code)
    }

    #[test]
    fn a_request_has_one_reference_or_none() {
        let query = |version: Value, hash: Value| json!({ "persistedQuery": { "version": version, "sha256Hash": hash } });
        assert_eq!(of(None, json!({})), Ok(None));
        assert_eq!(
            of(None, json!({ "persistedQuery": null, "other": 1 })),
            Ok(None)
        );
        assert_eq!(
            of(None, query(json!(1), json!("ab"))),
            Ok(Some(Reference::Hash("ab".to_owned())))
        );
        for id in ["ab", "sha256:ab"] {
            assert_eq!(
                of(Some(id), json!({})),
                Ok(Some(Reference::Id("ab".to_owned())))
            );
        }
        let (unsupported, bad) = (ErrorCode::PersistedQueryNotSupported, ErrorCode::BadInput);
        for (id, extensions, code) in [
            (None, query(json!(2), json!("ab")), unsupported),
            (None, query(json!("1"), json!("ab")), unsupported),
            (None, query(json!(null), json!("ab")), unsupported),
            (None, query(json!(1), json!(null)), bad),
            (None, query(json!(1), json!("")), bad),
            (None, query(json!(1), json!("a b")), bad),
            (
                None,
                query(json!(1), json!("x".repeat(LONGEST_ID + 1))),
                bad,
            ),
            (None, json!({ "persistedQuery": "ab" }), bad),
            (Some(""), json!({}), bad),
            (Some("sha256:"), json!({}), bad),
            (Some("ab"), query(json!(1), json!("ab")), bad),
        ] {
            assert_eq!(of(id, extensions.clone()), Err(code), "{id:?} {extensions}");
        }
    }
}
