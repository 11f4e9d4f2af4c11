//! `/calendar/{token}.ics`: a member's training sessions for calendar programs (RFC 5545). The secret in the path is the only
//! right to it; it is made and taken away through the API.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use entity::enums::{Locale, TrainingSessionState};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus};
use sha2::{Digest, Sha256};

use super::Http;
use super::caller::Caller;
use super::refusal::Refusal;
use crate::access::Viewer;
use crate::error::ApiError;
use crate::graphql::Id;
use crate::training::actions;
use crate::training::store::FeedSession;

/// `GET /calendar/{token}.ics`.
pub async fn get(
    State(http): State<Http>,
    Extension(caller): Extension<Caller>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    let call = caller.call(Viewer::anonymous());
    let token = file.strip_suffix(".ics").unwrap_or_default();
    let sessions = match actions::calendar(&http.app, &call, token).await {
        Ok(Some(sessions)) => sessions,
        Ok(None) => {
            return Refusal::from_error(ApiError::not_found().into(), &caller).response(&caller);
        }
        Err(error) => return Refusal::from_error(error, &caller).response(&caller),
    };
    answer(&written(&sessions, call.locale), &headers)
}

/// The calendar, or nothing when the program has it already.
fn answer(text: &str, headers: &HeaderMap) -> Response {
    let mut tag = String::from("\"");
    for byte in &Sha256::digest(text.as_bytes())[..16] {
        tag.push_str(&format!("{byte:02x}"));
    }
    tag.push('"');
    let known = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|given| given.as_bytes() == tag.as_bytes());
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let kind = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")];
        (kind, text.to_owned()).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, max-age=300"),
    );
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// Sessions as a calendar: the same sessions give the same text.
fn written(sessions: &[FeedSession], locale: Locale) -> String {
    let mut calendar = Calendar::new();
    calendar.name(match locale {
        Locale::En => "Training",
        Locale::Zh => "培训",
    });
    for FeedSession { session, course } in sessions {
        let (name, description) = match locale {
            Locale::En => (&course.name, &course.description),
            Locale::Zh => (
                &course.name_zh,
                course
                    .description_zh
                    .as_ref()
                    .unwrap_or(&course.description),
            ),
        };
        let id = Id::<entity::training_session::Entity>::new(session.id);
        let mut event = Event::new();
        event
            .uid(&format!("{id}@aftercare"))
            .timestamp(session.updated_at)
            .sequence(u32::try_from(session.version).unwrap_or(0))
            .summary(name)
            .description(description)
            .starts(session.starts_at)
            .ends(session.ends_at);
        if let Some(place) = &session.place {
            event.location(place);
        }
        if let Some(link) = &session.link {
            event.url(link);
        }
        event.status(if session.state == TrainingSessionState::Cancelled {
            EventStatus::Cancelled
        } else {
            EventStatus::Confirmed
        });
        calendar.push(event.done());
    }
    calendar.to_string()
}
