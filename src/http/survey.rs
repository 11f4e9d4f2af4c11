//! `/survey/{token}`: the page where a customer answers a survey, for links that need no portal. A plain form without any
//! script; the pass in the path is the only right to it, and no cookie is read or set.

mod words;

use std::fmt::Write as _;

use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use entity::enums::{Locale, SurveyState};
use serde::Deserialize;

use self::words::{Words, of};
use super::caller::Caller;
use super::refusal::Refusal;
use super::{Http, body, origin};
use crate::access::{Call, Viewer};
use crate::error::{Error, ErrorCode};
use crate::tickets::surveys::actions::{self, Invitation};
use crate::tickets::surveys::rules::{self, COMMENT_MAX, Given, RATINGS};

/// The page's looks. Small enough to stand in it.
const STYLE: &str = include_str!("survey/style.css");

/// What a browser sends; everything is text, and what wasn't chosen is missing or empty.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    rating: String,
    response: String,
    attitude: String,
    solution: String,
    comment: String,
}

impl Form {
    fn given(self) -> Given {
        let number = |text: &str| text.trim().parse().ok();
        Given {
            // Nothing chosen is no rating, which the rules refuse.
            rating: number(&self.rating).unwrap_or(0),
            response: number(&self.response),
            attitude: number(&self.attitude),
            solution: number(&self.solution),
            comment: Some(self.comment),
        }
    }
}

/// `GET /survey/{token}`: the form, or why there is nothing to fill in.
pub async fn get(
    State(http): State<Http>,
    Extension(caller): Extension<Caller>,
    path: Result<Path<String>, PathRejection>,
) -> Response {
    let (call, token) = (caller.call(Viewer::anonymous()), token(path));
    match actions::look(&http.app, &call, &token).await {
        Ok(Some(invitation)) => {
            let locale = caller.locale.unwrap_or(invitation.locale);
            show(&invitation, of(locale), locale, None, &Given::default())
        }
        Ok(None) => bad_link(call.locale),
        Err(error) => failed(&caller, error),
    }
}

/// `POST /survey/{token}`: the filled form.
pub async fn post(
    State(http): State<Http>,
    Extension(caller): Extension<Caller>,
    path: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let (parts, content) = request.into_parts();
    if !from_our_page(&http, &parts.headers) {
        return Refusal::bad_input(
            StatusCode::FORBIDDEN,
            "Origin: open the link itself and answer there.",
            "Origin：请直接打开链接填写。",
        )
        .response(&caller);
    }
    let given = match read(&http, &parts.headers, content).await {
        Ok(form) => form.given(),
        Err(refusal) => return refusal.response(&caller),
    };
    let (call, token) = (caller.call(Viewer::anonymous()), token(path));
    match actions::answer(&http.app, &call, &token, given.clone()).await {
        Ok(invitation) => {
            let words = of(caller.locale.unwrap_or(invitation.locale));
            note(StatusCode::OK, words, words.thanks)
        }
        Err(Error::User(errors)) => again(&http, &caller, &call, &token, &given, &errors).await,
        Err(error) => failed(&caller, error),
    }
}

/// The pass in the path. A path that is no text has none, and is a wrong link like any other.
fn token(path: Result<Path<String>, PathRejection>) -> String {
    path.map(|Path(token)| token).unwrap_or_default()
}

/// The form once more with what is wrong, or why there is nothing to fill in any more.
async fn again(
    http: &Http,
    caller: &Caller,
    call: &Call,
    token: &str,
    given: &Given,
    errors: &[crate::error::UserError],
) -> Response {
    match actions::look(&http.app, call, token).await {
        Ok(Some(invitation)) => {
            let locale = caller.locale.unwrap_or(invitation.locale);
            let said: Vec<&str> = errors
                .iter()
                .map(|error| error.text.in_locale(locale))
                .collect();
            let said = said.join(" ");
            show(&invitation, of(locale), locale, Some(&said), given)
        }
        Ok(None) => bad_link(call.locale),
        Err(error) => failed(caller, error),
    }
}

/// Did the form come from a page of ours? Browsers say so in `Sec-Fetch-Site`, older ones in `Origin`; whatever is no
/// browser says neither.
fn from_our_page(http: &Http, headers: &HeaderMap) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin" || site == "none",
        None => origin::allowed(headers, &http.app.config),
    }
}

async fn read(http: &Http, headers: &HeaderMap, content: Body) -> Result<Form, Refusal> {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map(|value| value.trim().to_ascii_lowercase());
    if content_type.as_deref() != Some("application/x-www-form-urlencoded") {
        return Err(Refusal::bad_input(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "Content-Type: send the form as application/x-www-form-urlencoded.",
            "Content-Type：请以 application/x-www-form-urlencoded 发送表单。",
        ));
    }
    let bytes = body::read(content, &http.app.config.server).await?;
    serde_urlencoded::from_bytes(&bytes).map_err(|_| {
        Refusal::bad_input(
            StatusCode::BAD_REQUEST,
            "The form can't be read.",
            "表单格式不正确。",
        )
    })
}

/// The form of an open survey; of any other what has become of it.
fn show(
    invitation: &Invitation,
    words: &Words,
    locale: Locale,
    wrong: Option<&str>,
    given: &Given,
) -> Response {
    if let Err(closed) = rules::check_open(invitation.state) {
        let status = match (invitation.state, wrong) {
            // Whoever opens an answered survey again has done nothing wrong; who answers twice has.
            (SurveyState::Answered, None) => StatusCode::OK,
            (SurveyState::Answered, Some(_)) => StatusCode::CONFLICT,
            _ => StatusCode::GONE,
        };
        return note(status, words, closed.text.in_locale(locale));
    }
    let mut form = String::new();
    let product = invitation.product.as_ref().map(|(en, zh)| match locale {
        Locale::En => en,
        Locale::Zh => zh,
    });
    // Writing into a string never fails.
    let _ = write!(
        form,
        "<p class=\"about\">{} {}<br>{}{}</p>",
        words.ticket,
        invitation.ticket_number,
        escape(&invitation.subject),
        product.map_or(String::new(), |product| format!("<br>{}", escape(product))),
    );
    if let Some(wrong) = wrong {
        let _ = write!(
            form,
            "<p class=\"wrong\" role=\"alert\">{}</p>",
            escape(wrong)
        );
    }
    form.push_str("<form method=\"post\" accept-charset=\"utf-8\">");
    for (name, label, chosen, needed) in [
        ("rating", words.rating, Some(given.rating), true),
        ("response", words.response, given.response, false),
        ("attitude", words.attitude, given.attitude, false),
        ("solution", words.solution, given.solution, false),
    ] {
        choice(&mut form, name, label, chosen, needed);
    }
    let _ = write!(
        form,
        "<label>{}<textarea name=\"comment\" rows=\"5\" maxlength=\"{COMMENT_MAX}\">{}</textarea></label><button>{}</button></form>",
        words.comment,
        escape(given.comment.as_deref().unwrap_or_default()),
        words.send,
    );
    let status = if wrong.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    page(status, words, words.question, &form)
}

/// One row of stars to choose from.
fn choice(form: &mut String, name: &str, label: &str, chosen: Option<i32>, needed: bool) {
    let _ = write!(form, "<fieldset><legend>{label}</legend>");
    for rating in RATINGS {
        let checked = if chosen == Some(rating) {
            " checked"
        } else {
            ""
        };
        let required = if needed { " required" } else { "" };
        let _ = write!(
            form,
            "<label><input type=\"radio\" name=\"{name}\" value=\"{rating}\"{required}{checked}>{rating}</label>"
        );
    }
    form.push_str("</fieldset>");
}

fn bad_link(locale: Locale) -> Response {
    let words = of(locale);
    note(StatusCode::NOT_FOUND, words, words.bad_link)
}

/// A page that says one thing.
fn note(status: StatusCode, words: &Words, text: &str) -> Response {
    page(status, words, text, "")
}

fn failed(caller: &Caller, error: Error) -> Response {
    if let Error::Api(refused) = &error
        && refused.code == ErrorCode::RateLimited
    {
        let locale = caller.locale.unwrap_or(Locale::En);
        let mut response = note(
            StatusCode::TOO_MANY_REQUESTS,
            of(locale),
            refused.text.in_locale(locale),
        );
        let seconds = refused
            .facts
            .get("retryAfter")
            .and_then(serde_json::Value::as_u64);
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, seconds.unwrap_or(1).into());
        return response;
    }
    Refusal::from_error(error, caller).response(caller)
}

fn page(status: StatusCode, words: &Words, heading: &str, content: &str) -> Response {
    // Without its own rule a form would be sent with `Origin: null`, as our other pages name no referrer at all.
    let html = format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex\">\
         <meta name=\"referrer\" content=\"same-origin\"><title>{title}</title><style>{STYLE}</style></head>\
         <body><main><h1>{heading}</h1>{content}</main></body></html>",
        lang = words.lang,
        title = words.title,
        heading = escape(heading),
    );
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(
        header::VARY,
        HeaderValue::from_static("accept-language, accept-encoding"),
    );
    response
}

/// A text as it stands in HTML, also within quotes.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_the_page() {
        assert_eq!(
            escape("<script>\"a\" & 'b'</script>"),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;"
        );
    }

    #[test]
    fn a_form_is_read_leniently_and_judged_by_the_rules() {
        let read = |text: &str| {
            serde_urlencoded::from_str::<Form>(text)
                .expect("a form")
                .given()
        };
        let given = read("rating=4&response=&attitude=5&comment=%E5%A5%BD");
        assert_eq!(
            (given.rating, given.response, given.attitude, given.solution),
            (4, None, Some(5), None)
        );
        assert_eq!(given.comment.as_deref(), Some("好"));
        assert_eq!(read("").rating, 0);
        assert!(rules::check(read("rating=many")).is_err());
    }
}
