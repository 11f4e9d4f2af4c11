//! What becomes of a response: its errors in the caller's words, all of it within bounds.

use std::io;
use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use async_graphql::{Response, ServerError};
use serde_json::{Value as Json, json};

use super::body::Body;
use super::errors::{fill, json as error_json};
use super::guard::Ledger;
use super::order::Order;
use crate::access::Call;
use crate::config::{Limit, Limits};
use crate::error::{ApiError, ErrorCode, Text};

/// The longest message, in characters: one may repeat what was sent.
const LONGEST_MESSAGE: usize = 2_000;

/// What was executed, or why it wasn't: every error with a code and the request's id.
#[derive(Debug)]
pub struct Outcome {
    /// What the library says.
    pub response: Response,
    /// The order of its fields.
    pub order: Arc<Order>,
    /// Was it executed at all?
    pub executed: bool,
    /// What the answer says of its cost.
    pub extensions: Option<Json>,
}

impl Outcome {
    /// The body of the answer, within bounds: what the meter counted while it was made, and its bytes as they are sent.
    #[must_use]
    pub fn body(self, ledger: &Ledger, limits: &Limits) -> Body {
        let (call, meter) = (ledger.call(), &ledger.meter);
        let too_large =
            |excess, extensions| too_large(excess, ledger.operation(), &call, extensions);
        let so_far = meter.so_far();
        if let Some(excess) = meter.excess(so_far) {
            return too_large(excess, self.extensions);
        }
        let errors = (!self.response.errors.is_empty()).then(|| {
            let errors = self.response.errors.into_iter();
            first_errors(errors.map(|error| told(error, &call)), limits, &call)
        });
        let body = if self.executed {
            Body::of_data(self.response.data, self.order)
        } else {
            Body::default()
        };
        let body = body.with_errors(errors).with_extensions(self.extensions);
        // What is escaped takes up to six bytes for one; only such an answer has to be looked at again.
        let most = meter.most_bytes();
        let large = so_far.bytes > most / 6;
        match large.then(|| bytes_above(&body, most)).flatten() {
            Some(bytes) => too_large((Limit::AnswerBytes, bytes, most), body.into_extensions()),
            None => body,
        }
    }
}

fn told(mut error: ServerError, call: &Call) -> Json {
    let extensions = error.extensions.get_or_insert_default();
    if extensions.get("code").is_none() {
        // What the library itself says is about the document or its values.
        fill(
            extensions,
            &ApiError::new(ErrorCode::BadInput, Text::new("", "")),
        );
    }
    extensions.set("requestId", call.request_id.as_str());
    serde_json::to_value(&error).unwrap_or_default()
}

/// The first errors of an answer; the last one then says how many more there are.
#[must_use]
pub fn first_errors<E>(errors: E, limits: &Limits, call: &Call) -> Json
where
    E: IntoIterator<Item = Json, IntoIter: ExactSizeIterator>,
{
    let most = usize::try_from(limits.errors).unwrap_or(usize::MAX);
    let mut errors = errors.into_iter();
    let mut shown: Vec<Json> = errors.by_ref().take(most).map(shortened).collect();
    let more = errors.len() as u64;
    if more > 0 {
        let text = Text::new(
            format!("There are {more} more errors; the first {most} are shown."),
            format!("另有 {more} 个错误未显示，仅列出前 {most} 个。"),
        );
        let error = ApiError::new(Limit::Errors.code(), text)
            .with("limit", Limit::Errors.key())
            .with("value", limits.errors.saturating_add(more))
            .with("maximum", limits.errors);
        shown.push(error_json(&error, call.locale, &call.request_id));
    }
    Json::Array(shown)
}

fn shortened(mut error: Json) -> Json {
    if let Some(Json::String(message)) = error.get_mut("message")
        && let Some((end, _)) = message.char_indices().nth(LONGEST_MESSAGE)
    {
        message.truncate(end);
        message.push('…');
    }
    error
}

/// The answer in place of one that is too large.
fn too_large(
    (limit, value, maximum): (Limit, u64, u64),
    operation: OperationType,
    call: &Call,
    extensions: Option<Json>,
) -> Body {
    let (en, zh) = limit.counted();
    let (done, done_zh) = if operation == OperationType::Mutation {
        (
            " What it was to change was changed: read it with a smaller selection.",
            "变更已执行，请缩小选择范围后重新读取。",
        )
    } else {
        (" Ask for fewer rows or fields.", "请减少查询的行数或字段。")
    };
    let text = Text::new(
        format!("There would be {value} {en} or more; at most {maximum} are allowed.{done}"),
        format!("{zh}达到 {value} 或更多，最多允许 {maximum}。{done_zh}"),
    );
    let error = ApiError::new(ErrorCode::CostExceeded, text)
        .with("limit", limit.key())
        .with("value", value)
        .with("maximum", maximum);
    let errors = json!([error_json(&error, call.locale, &call.request_id)]);
    Body::nothing()
        .with_errors(Some(errors))
        .with_extensions(extensions)
}

/// The bytes of some JSON if they are more than so many, counted without writing them anywhere.
fn bytes_above(body: &Body, most: u64) -> Option<u64> {
    struct Counter {
        bytes: u64,
        most: u64,
    }

    impl io::Write for Counter {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.bytes += bytes.len() as u64;
            if self.bytes > self.most {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    let mut counter = Counter { bytes: 0, most };
    let written = body.write(&mut counter);
    written.is_err().then_some(counter.bytes)
}

#[cfg(test)]
mod tests {
    use async_graphql::value;
    use chrono::DateTime;

    use super::*;

    fn call() -> Call {
        Call::system(
            DateTime::from_timestamp(1_760_000_000, 0).expect("a time"),
            "r1",
        )
    }

    #[test]
    fn many_errors_are_the_first_and_a_number() {
        let limits = Limits {
            errors: 3,
            ..Limits::default()
        };
        let errors = |count: usize| (0..count).map(|at| json!({ "message": at.to_string() }));
        let few = first_errors(errors(3), &limits, &call());
        assert_eq!(few.as_array().map(Vec::len), Some(3));
        let many = first_errors(errors(5_000), &limits, &call());
        assert_eq!(many.as_array().map(Vec::len), Some(4));
        assert_eq!(many[2]["message"], "2");
        assert_eq!(
            many[3],
            json!({
                "message": "There are 4997 more errors; the first 3 are shown.",
                "extensions": { "code": "COST_EXCEEDED", "limit": "errors", "value": 5_000, "maximum": 3, "requestId": "r1" },
            })
        );
    }

    #[test]
    fn a_message_that_repeats_much_is_cut() {
        let long = [json!({ "message": "漏".repeat(5_000) })];
        let cut = first_errors(long, &Limits::default(), &call());
        let message = cut[0]["message"].as_str().expect("a text");
        assert_eq!(message.chars().count(), LONGEST_MESSAGE + 1);
    }

    #[test]
    fn bytes_are_counted_as_they_are_written() {
        for value in [value!({ "a": "b" }), value!(["\u{1}\u{1}", 1.5, null])] {
            let body = Body::of_data(value, Arc::default());
            let bytes = body.bytes().len() as u64;
            assert_eq!(bytes_above(&body, bytes), None);
            assert!(bytes_above(&body, bytes - 1).is_some_and(|above| above >= bytes));
        }
    }
}
