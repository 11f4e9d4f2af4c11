//! `/schema.graphql`: the schema in its language, whole, or with `?role=` as that role sees it.

use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::caller::Caller;
use super::refusal::Refusal;
use super::{Http, bearer};
use crate::access::{Grants, Permission, roles};
use crate::error::{ApiError, Result};
use crate::graphql::{persisted, sdl};

/// The parameters.
#[derive(Debug, Deserialize)]
pub struct Parameters {
    role: Option<String>,
}

/// `GET /schema.graphql`. The whole is for signed-in principals; a role's view for whoever has the role or may read roles.
pub async fn get(
    State(http): State<Http>,
    Extension(caller): Extension<Caller>,
    parameters: Result<Query<Parameters>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let Ok(Query(parameters)) = parameters else {
        return Refusal::bad_input(
            StatusCode::BAD_REQUEST,
            "The query string has role, at most once.",
            "查询参数仅支持 role，且最多出现一次。",
        )
        .response(&caller);
    };
    match print(&http, &caller, &headers, parameters.role.as_deref()).await {
        Ok(sdl) => {
            let headers = [
                (header::CONTENT_TYPE, "application/graphql; charset=utf-8"),
                (header::CACHE_CONTROL, "private, no-cache"),
            ];
            (headers, sdl).into_response()
        }
        Err(error) => Refusal::from_error(error, &caller).response(&caller),
    }
}

async fn print(
    http: &Http,
    caller: &Caller,
    headers: &HeaderMap,
    role: Option<&str>,
) -> Result<String> {
    let viewer = bearer::viewer(&http.app, caller, headers).await?;
    if !viewer.is_signed_in() {
        return Err(ApiError::unauthenticated().into());
    }
    // The schema is what introspection tells, which isn't on the list of such a client.
    if viewer.documents.as_ref().is_some_and(|list| list.only()) {
        return Err(persisted::untrusted().into());
    }
    let Some(role) = role else {
        return Ok(sdl(http, None));
    };
    if !viewer.roles.iter().any(|own| own == role) {
        viewer.require(Permission::RoleRead)?;
    }
    let grants = roles::grants_by_key(http.app.db.reader(), role)
        .await?
        .ok_or_else(ApiError::not_found)?;
    Ok(sdl(http, Some(&grants)))
}

fn sdl(http: &Http, grants: Option<&Grants>) -> String {
    let facts = http.endpoint.facts();
    sdl::print(&facts.model, &facts.registry, grants)
}
