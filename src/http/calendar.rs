//! `/calendar/{token}.ics`: a member's training sessions, meetings and whatever else has a time, for calendar programs (RFC 5545). The secret in the path stands
//! for the member, with the rights of the moment; it is made and taken away through the API.

use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use entity::enums::Locale;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus};
use sha2::{Digest, Sha256};

use super::Http;
use super::caller::Caller;
use super::refusal::Refusal;
use crate::access::{Call, Viewer};
use crate::agenda::{self, Entry};
use crate::app::App;
use crate::error::{ApiError, Result};
use crate::graphql::ids::{encode, prefix_of};
use crate::training::actions;

/// `GET /calendar/{token}.ics`.
pub async fn get(
    State(http): State<Http>,
    Extension(caller): Extension<Caller>,
    file: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Response {
    let call = caller.call(Viewer::anonymous());
    // A path that is no text is a wrong link like any other.
    let file = file.map(|Path(file)| file).unwrap_or_default();
    let token = file.strip_suffix(".ics").unwrap_or_default();
    let entries = match entries(&http.app, &call, token).await {
        Ok(Some(entries)) => entries,
        Ok(None) => {
            return Refusal::from_error(ApiError::not_found().into(), &caller).response(&caller);
        }
        Err(error) => return Refusal::from_error(error, &caller).response(&caller),
    };
    answer(&written(&entries, call.locale), &headers)
}

/// What the calendar that a secret opens shows; none when it opens nothing.
async fn entries(app: &App, call: &Call, token: &str) -> Result<Option<Vec<Entry>>> {
    let Some(viewer) = actions::calendar_of(app, call, token).await? else {
        return Ok(None);
    };
    let (db, window) = (app.db.reader(), agenda::window(call.at));
    Ok(Some(
        app.agenda.of(db, &viewer, window, agenda::MOST).await?,
    ))
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

/// Entries as a calendar: the same entries give the same text.
fn written(entries: &[Entry], locale: Locale) -> String {
    let mut calendar = Calendar::new();
    calendar.name(match locale {
        Locale::En => "Trainings and meetings",
        Locale::Zh => "培训与会议",
    });
    for entry in entries {
        let prefix = prefix_of(entry.table).unwrap_or(entry.table);
        let id = encode(prefix, entry.id);
        let mut event = Event::new();
        event
            .uid(&format!("{id}@aftercare"))
            .timestamp(entry.updated_at)
            .sequence(u32::try_from(entry.version).unwrap_or(0))
            .summary(entry.name.in_locale(locale))
            .starts(entry.starts_at)
            .ends(entry.ends_at);
        if let Some(description) = &entry.description {
            event.description(description.in_locale(locale));
        }
        if let Some(place) = &entry.place {
            event.location(place);
        }
        if let Some(link) = &entry.link {
            event.url(link);
        }
        event.status(if entry.cancelled {
            EventStatus::Cancelled
        } else {
            EventStatus::Confirmed
        });
        calendar.push(event.done());
    }
    calendar.to_string()
}
