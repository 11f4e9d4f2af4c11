//! The bounds of an answer: its errors and its bytes.

use std::io;

use async_graphql::parser::types::OperationType;
use serde_json::{Map, Value as Json, json};

use super::errors::json as error_json;
use crate::access::Call;
use crate::config::{Limit, Limits};
use crate::error::{ApiError, ErrorCode, Text};

/// The longest message, in characters: one may repeat what was sent.
const LONGEST_MESSAGE: usize = 2_000;

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
#[must_use]
pub fn too_large(
    (limit, value, maximum): (Limit, u64, u64),
    operation: OperationType,
    call: &Call,
    extensions: Option<Json>,
) -> Json {
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
    let mut body = Map::new();
    body.insert("data".to_owned(), Json::Null);
    body.insert(
        "errors".to_owned(),
        json!([error_json(&error, call.locale, &call.request_id)]),
    );
    if let Some(extensions) = extensions {
        body.insert("extensions".to_owned(), extensions);
    }
    Json::Object(body)
}

/// The bytes of some JSON if they are more than so many, counted without writing them anywhere.
#[must_use]
pub fn bytes_above(body: &Json, most: u64) -> Option<u64> {
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
    let written = serde_json::to_writer(&mut counter, body);
    written.is_err().then_some(counter.bytes)
}

#[cfg(test)]
mod tests {
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
        for body in [json!({ "a": "b" }), json!(["\u{1}\u{1}", 1.5, null])] {
            let bytes = body.to_string().len() as u64;
            assert_eq!(bytes_above(&body, bytes), None);
            assert!(bytes_above(&body, bytes - 1).is_some_and(|above| above >= bytes));
        }
    }
}
