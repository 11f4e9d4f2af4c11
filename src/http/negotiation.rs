//! Which media type the answer has, as GraphQL over HTTP says.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};

use super::refusal::Refusal;

/// The media types of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// `application/graphql-response+json`: the status tells whether the request was executed.
    Response,
    /// `application/json`: 200 for whatever is well-formed.
    Json,
    /// `text/event-stream`: one event a response.
    Events,
}

impl Media {
    /// The `Content-Type` of an answer; what is refused before a stream begins is JSON.
    #[must_use]
    pub fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Response => "application/graphql-response+json; charset=utf-8",
            Self::Json | Self::Events => "application/json; charset=utf-8",
        })
    }
}

/// The best of our media types that `Accept` allows; JSON for whoever doesn't say.
///
/// # Errors
/// 406 when none is acceptable.
pub fn accepted(headers: &HeaderMap) -> Result<Media, Refusal> {
    let mut best: Option<(f32, u8, Media)> = None;
    let mut said = false;
    for range in headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
    {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        said |= !name.is_empty();
        // The second number breaks ties: a type that is named comes before a wildcard.
        let (media, rank) = match name.as_str() {
            "application/graphql-response+json" => (Media::Response, 2),
            "application/json" => (Media::Json, 1),
            "text/event-stream" => (Media::Events, 1),
            "*/*" | "application/*" => (Media::Json, 0),
            _ => continue,
        };
        let mut quality = 1.0;
        let mut readable = true;
        for parameter in parts {
            if let Some(q) = parameter.strip_prefix("q=") {
                quality = q.parse::<f32>().unwrap_or(0.0);
            } else if let Some(charset) = parameter.to_ascii_lowercase().strip_prefix("charset=") {
                readable = charset.trim_matches('"') == "utf-8";
            }
        }
        let better = best.is_none_or(|(q, r, _)| (quality, rank) > (q, r));
        if readable && quality > 0.0 && better {
            best = Some((quality, rank, media));
        }
    }
    match best {
        Some((_, _, media)) => Ok(media),
        None if !said => Ok(Media::Json),
        None => Err(Refusal::bad_input(
            StatusCode::NOT_ACCEPTABLE,
            "Accept: the answer is application/graphql-response+json, application/json or text/event-stream.",
            "Accept：响应类型为 application/graphql-response+json、application/json 或 text/event-stream。",
        )),
    }
}

/// Is the request's body JSON in UTF-8?
///
/// # Errors
/// 415 for everything else.
pub fn json_body(headers: &HeaderMap) -> Result<(), Refusal> {
    let mut given = headers.get_all(header::CONTENT_TYPE).iter();
    let value = match (given.next(), given.next()) {
        (Some(value), None) => value.to_str().unwrap_or_default(),
        // None, or several that others may choose from in another way.
        _ => "",
    };
    let mut parts = value
        .split(';')
        .map(|part| part.trim().to_ascii_lowercase());
    let json = parts.next().as_deref() == Some("application/json");
    let readable = parts.all(|parameter| {
        parameter
            .strip_prefix("charset=")
            .is_none_or(|charset| charset.trim_matches('"') == "utf-8")
    });
    if json && readable {
        return Ok(());
    }
    let refusal = Refusal::bad_input(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "Content-Type: send the request as application/json in UTF-8.",
        "Content-Type：请以 UTF-8 编码的 application/json 发送请求。",
    );
    Err(refusal.with_header(
        header::HeaderName::from_static("accept-post"),
        HeaderValue::from_static("application/json"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, value: &'static str) -> HeaderMap {
        [(name, HeaderValue::from_static(value))]
            .into_iter()
            .collect()
    }

    #[test]
    fn the_answer_has_the_media_type_that_was_asked_for() {
        for (accept, media) in [
            ("", Some(Media::Json)),
            ("*/*", Some(Media::Json)),
            ("application/json", Some(Media::Json)),
            (
                "application/graphql-response+json, application/json",
                Some(Media::Response),
            ),
            (
                "application/json, application/graphql-response+json;q=0.9",
                Some(Media::Json),
            ),
            (
                "application/graphql-response+json;charset=utf-8",
                Some(Media::Response),
            ),
            ("text/event-stream, */*", Some(Media::Events)),
            ("application/json;q=0", None),
            ("text/html", None),
            ("application/json;charset=latin1", None),
        ] {
            let chosen = accepted(&headers(header::ACCEPT, accept));
            assert_eq!(chosen.ok(), media, "{accept}");
        }
    }

    #[test]
    fn only_json_is_taken() {
        for (content_type, taken) in [
            ("application/json", true),
            ("Application/JSON; charset=UTF-8", true),
            ("application/json; charset=utf-16", false),
            ("text/plain", false),
            ("application/x-www-form-urlencoded", false),
            ("application/graphql", false),
            ("", false),
        ] {
            let checked = json_body(&headers(header::CONTENT_TYPE, content_type));
            assert_eq!(checked.is_ok(), taken, "{content_type}");
        }
    }
}
