//! From bytes to a GraphQL request.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::refusal::Refusal;
use crate::graphql::incoming::Asked;
use crate::graphql::persisted::Reference;

/// The parameters of a GET, each still text.
#[derive(Debug, Default, Deserialize)]
pub struct QueryString {
    query: Option<String>,
    #[serde(rename = "operationName")]
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
    #[serde(rename = "documentId")]
    document_id: Option<String>,
}

/// The request in a JSON body.
///
/// # Errors
/// 400 that says what is wrong: no JSON, a batch, a parameter of the wrong kind.
pub fn of_json(body: &[u8]) -> Result<Asked, Refusal> {
    let value: Value = serde_json::from_slice(body).map_err(|error| {
        malformed(
            &format!("The body is no JSON: {error}."),
            &format!("请求体不是有效的 JSON：{error}。"),
        )
    })?;
    of_value(value)
}

/// The request in a JSON value.
///
/// # Errors
/// As [`of_json`].
pub fn of_value(value: Value) -> Result<Asked, Refusal> {
    let mut object = match value {
        Value::Object(object) => object,
        Value::Array(_) => {
            return Err(malformed(
                "Array batches are not taken: send one request at a time, or several fields in one document.",
                "不支持数组批量请求：请逐个发送，或在一个文档中查询多个字段。",
            ));
        }
        _ => {
            return Err(malformed(
                "The body is a JSON object with query, variables and operationName.",
                "请求体应为包含 query、variables、operationName 的 JSON 对象。",
            ));
        }
    };
    let operation_name = text(&mut object, "operationName")?;
    let variables = map(&mut object, "variables")?;
    let extensions = map(&mut object, "extensions")?;
    let document_id = text(&mut object, "documentId")?;
    let reference = Reference::of(document_id.as_deref(), &extensions)?;
    let query = text(&mut object, "query")?;
    asked(query, reference, operation_name, variables)
}

/// The request in the query string of a GET.
///
/// # Errors
/// As [`of_json`].
pub fn of_query(parameters: QueryString) -> Result<Asked, Refusal> {
    let variables = json_map("variables", parameters.variables)?;
    let extensions = json_map("extensions", parameters.extensions)?;
    let document_id = parameters.document_id.filter(|id| !id.is_empty());
    let reference = Reference::of(document_id.as_deref(), &extensions)?;
    asked(
        parameters.query,
        reference,
        parameters.operation_name,
        variables,
    )
}

fn asked(
    query: Option<String>,
    reference: Option<Reference>,
    operation_name: Option<String>,
    variables: Map<String, Value>,
) -> Result<Asked, Refusal> {
    let query = query.filter(|query| !query.trim().is_empty());
    if query.is_none() && reference.is_none() {
        return Err(malformed(
            "query: send the document, its hash or its id.",
            "query：请提供查询文档、其哈希值或标识。",
        ));
    }
    Ok(Asked {
        query,
        reference,
        operation_name: operation_name.filter(|name| !name.is_empty()),
        variables,
    })
}

fn text(object: &mut Map<String, Value>, name: &str) -> Result<Option<String>, Refusal> {
    match object.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(malformed(
            &format!("{name}: it is a string."),
            &format!("{name}：应为字符串。"),
        )),
    }
}

fn map(object: &mut Map<String, Value>, name: &str) -> Result<Map<String, Value>, Refusal> {
    match object.remove(name) {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(map)) => Ok(map),
        Some(_) => Err(malformed(
            &format!("{name}: it is an object."),
            &format!("{name}：应为对象。"),
        )),
    }
}

fn json_map(name: &str, value: Option<String>) -> Result<Map<String, Value>, Refusal> {
    let Some(value) = value.filter(|value| !value.is_empty()) else {
        return Ok(Map::new());
    };
    let value = serde_json::from_str(&value).map_err(|error| {
        malformed(
            &format!("{name}: it is no JSON: {error}."),
            &format!("{name}：不是有效的 JSON：{error}。"),
        )
    })?;
    let mut object = Map::new();
    object.insert(name.to_owned(), value);
    map(&mut object, name)
}

fn malformed(en: &str, zh: &str) -> Refusal {
    Refusal::bad_input(StatusCode::BAD_REQUEST, en, zh)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_requests_are_refused() {
        for body in [
            "",
            "{",
            "[]",
            "[{\"query\":\"{__typename}\"}]",
            "\"{__typename}\"",
            "{}",
            "{\"query\":1}",
            "{\"query\":\" \"}",
            "{\"query\":\"{a}\",\"variables\":[]}",
            "{\"query\":\"{a}\",\"variables\":\"{}\"}",
            "{\"query\":\"{a}\",\"operationName\":{}}",
            "{\"query\":\"{a}\",\"extensions\":\"x\"}",
        ] {
            let refusal = of_json(body.as_bytes()).expect_err(body);
            assert_eq!(refusal.status(), StatusCode::BAD_REQUEST, "{body}");
        }
        let deep = format!(
            "{{\"query\":\"{{a}}\",\"variables\":{}",
            "{\"a\":".repeat(50_000)
        );
        assert!(of_json(deep.as_bytes()).is_err());
    }

    #[test]
    fn absent_and_null_parameters_are_the_same() {
        let asked =
            of_json(b"{\"query\":\"{a}\",\"variables\":null,\"operationName\":null,\"documentId\":null,\"other\":1}")
                .expect("well-formed");
        assert_eq!(asked.query.as_deref(), Some("{a}"));
        assert!(asked.variables.is_empty() && asked.operation_name.is_none());
        assert_eq!(asked.reference, None);
    }

    #[test]
    fn something_may_stand_for_the_document() {
        let by_id = of_json(b"{\"documentId\":\"one\",\"query\":\"\"}").expect("well-formed");
        assert_eq!(by_id.query, None);
        assert_eq!(by_id.reference, Some(Reference::Id("one".to_owned())));
        let by_hash = of_query(QueryString {
            extensions: Some(
                "{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"ab\"}}".to_owned(),
            ),
            ..QueryString::default()
        });
        let reference = by_hash.expect("well-formed").reference;
        assert_eq!(reference, Some(Reference::Hash("ab".to_owned())));
        assert!(of_json(b"{\"documentId\":1}").is_err());
    }
}
