//! The body of an answer: what execution made is written to bytes as it is, without a copy as JSON in between.

use std::io::{self, Write};
use std::sync::Arc;

use async_graphql::Value;
use serde_json::{Value as Json, json};

use super::order::Order;

/// `data`, `errors` and `extensions`, as far as there are any.
#[derive(Clone, Debug, Default)]
pub struct Body {
    data: Option<(Value, Arc<Order>)>,
    errors: Option<Json>,
    extensions: Option<Json>,
}

impl Body {
    /// Without data: the request was refused as a whole.
    #[must_use]
    pub fn refused(errors: Json) -> Self {
        Self {
            errors: Some(errors),
            ..Self::default()
        }
    }

    /// With data, whose fields are written in this order.
    #[must_use]
    pub fn of_data(value: Value, order: Arc<Order>) -> Self {
        Self {
            data: Some((value, order)),
            ..Self::default()
        }
    }

    /// With data that are null.
    #[must_use]
    pub fn nothing() -> Self {
        Self::of_data(Value::Null, Arc::default())
    }

    /// The same with errors, if there are any.
    #[must_use]
    pub fn with_errors(self, errors: Option<Json>) -> Self {
        Self { errors, ..self }
    }

    /// The same with extensions, if there are any.
    #[must_use]
    pub fn with_extensions(self, extensions: Option<Json>) -> Self {
        Self { extensions, ..self }
    }

    /// Only why: a part of the data would be taken for all.
    #[must_use]
    pub fn without_data(self) -> Self {
        Self { data: None, ..self }
    }

    /// Was anything executed?
    #[must_use]
    pub const fn has_data(&self) -> bool {
        self.data.is_some()
    }

    /// The errors, if there are any: a list.
    #[must_use]
    pub const fn errors(&self) -> Option<&Json> {
        self.errors.as_ref()
    }

    /// The errors, an empty list without any.
    #[must_use]
    pub fn into_errors(self) -> Json {
        self.errors.unwrap_or_else(|| json!([]))
    }

    /// The extensions, if there are any.
    #[must_use]
    pub fn into_extensions(self) -> Option<Json> {
        self.extensions
    }

    /// The data as JSON, for whoever looks into them.
    #[must_use]
    pub fn data(&self) -> Json {
        let mut out = Vec::new();
        let written = self
            .data
            .as_ref()
            .map(|(value, order)| order.write(value, &mut out));
        match written {
            Some(Ok(())) => serde_json::from_slice(&out).unwrap_or_default(),
            _ => Json::Null,
        }
    }

    /// All of it as JSON, for whoever looks into it.
    #[must_use]
    pub fn json(&self) -> Json {
        serde_json::from_slice(&self.bytes()).unwrap_or_default()
    }

    /// As it is sent. JSON in one line has no line breaks.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(1_024);
        // Writing to memory doesn't fail.
        self.write(&mut out).unwrap_or_default();
        out
    }

    /// Writes it as it is sent.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mut comma: &[u8] = b"{";
        if let Some((value, order)) = &self.data {
            out.write_all(b"{\"data\":")?;
            order.write(value, out)?;
            comma = b",";
        }
        for (key, value) in [("errors", &self.errors), ("extensions", &self.extensions)] {
            if let Some(value) = value {
                out.write_all(comma)?;
                comma = b",";
                write!(out, "\"{key}\":")?;
                serde_json::to_writer(&mut *out, value)?;
            }
        }
        out.write_all(if comma == b"{" { b"{}" } else { b"}" })
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::value;

    use super::*;

    fn text(body: &Body) -> String {
        String::from_utf8(body.bytes()).expect("a text")
    }

    #[test]
    fn it_says_what_there_is() {
        let refused = Body::refused(json!([{ "message": "no" }]));
        assert_eq!(text(&refused), r#"{"errors":[{"message":"no"}]}"#);
        assert!(!refused.has_data());
        let done = Body::of_data(value!({ "a": null }), Arc::default())
            .with_extensions(Some(json!({ "cost": 1 })));
        assert_eq!(
            text(&done),
            r#"{"data":{"a":null},"extensions":{"cost":1}}"#
        );
        assert_eq!(done.data(), json!({ "a": null }));
        assert_eq!(done.clone().into_errors(), json!([]));
        let failed = done.with_errors(Some(json!([1]))).without_data();
        assert_eq!(
            failed.json(),
            json!({ "errors": [1], "extensions": { "cost": 1 } })
        );
    }
}
