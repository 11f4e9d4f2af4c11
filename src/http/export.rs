//! `/export/csv` and `/export/xlsx`: the answer of any query as a file (导出).
//!
//! The request is that of a POST to `/graphql`, and every check and right is the same: a file never has more than the
//! answer would. A query that declares `$endCursor: String` and selects `pageInfo { hasNextPage endCursor }` of one
//! connection is asked again for each page. The file is made as a whole or not at all, within the limits of
//! [`Export`](crate::config::Export), and each leaves an entry in the audit log.

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};
use tokio::time::{Duration, Instant, sleep_until, timeout_at};

use super::caller::Caller;
use super::graphql::{authenticated, execute, response};
use super::negotiation::{self, Media};
use super::refusal::Refusal;
use super::{Http, body, metrics, params};
use crate::access::Call;
use crate::audit;
use crate::config::{Export, span};
use crate::error::{ApiError, ErrorCode, Text};
use crate::graphql::endpoint::{Allow, Answer, AnswerKind, Incoming};
use crate::graphql::precheck::Document;
use crate::graphql::table::Plan;
use crate::sheet::{self, Sheet};
use crate::work::Work;

/// The variable that a query declares to be asked again for each page.
const CURSOR: &str = "endCursor";
/// The most characters of a document that the audit log keeps.
const KEPT: usize = 2_000;

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Csv,
    Xlsx,
}

impl Format {
    const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    const fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// `POST /export/csv`.
pub async fn csv(
    State(http): State<Http>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    export(http, caller, request, Format::Csv).await
}

/// `POST /export/xlsx`.
pub async fn xlsx(
    State(http): State<Http>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    export(http, caller, request, Format::Xlsx).await
}

/// Why there is no file.
enum Failure {
    /// Refused as a whole.
    Refused(Refusal),
    /// The query's own answer says why.
    Answered(Box<Answer>),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

async fn export(http: Http, caller: Caller, request: Request, format: Format) -> Response {
    let (parts, content) = request.into_parts();
    match make(&http, &caller, &parts, content, format).await {
        Ok(file) => file,
        Err(Failure::Refused(refusal)) => refusal.response(&caller),
        Err(Failure::Answered(answer)) => {
            let executed = answer.kind == AnswerKind::Executed;
            let mut refused = response(*answer, Media::Response);
            if executed {
                *refused.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            }
            refused
        }
    }
}

async fn make(
    http: &Http,
    caller: &Caller,
    parts: &Parts,
    content: Body,
    format: Format,
) -> Result<Response, Failure> {
    negotiation::json_body(&parts.headers)?;
    let call = authenticated(http, caller, parts).await?;
    if !call.viewer.is_signed_in() {
        return Err(Refusal::from_error(ApiError::unauthenticated().into(), caller).into());
    }
    let bytes = body::read(content, &http.app.config.server).await?;
    let asked = params::of_json(&bytes)?;
    let incoming = http
        .endpoint
        .admit(&call, asked)
        .map_err(Failure::Answered)?;
    let (sheet, pages) = gather(http, caller, parts, &incoming).await?;
    note(http, &call, &incoming, &sheet, pages, format)
        .await
        .map_err(|error| Refusal::from_error(error, caller))?;
    let zone = http.app.config.time_zone();
    let at = caller.at;
    // Writing a large file takes its time; other requests must not wait for it.
    let written = tokio::task::spawn_blocking(move || match format {
        Format::Csv => sheet::csv(&sheet),
        Format::Xlsx => sheet::xlsx(&sheet, zone, at),
    });
    let file = written
        .await
        .map_err(crate::error::Error::internal)
        .and_then(|file| file)
        .map_err(|error| Refusal::from_error(error, caller))?;
    Ok(download(file, named(http, &incoming).as_deref(), format))
}

/// All rows, page by page.
async fn gather(
    http: &Http,
    caller: &Caller,
    parts: &Parts,
    incoming: &Incoming,
) -> Result<(Sheet, usize), Failure> {
    let bounds = &http.app.config.export;
    let deadline = Instant::now() + bounds.time;
    let mut incoming = incoming.clone();
    let mut sheet = Sheet::default();
    let mut plan: Option<Plan> = None;
    let (mut pages, mut bytes) = (0, 0);
    loop {
        // Rights are looked at again for each page: they may have been taken away meanwhile.
        let call = authenticated(http, caller, parts).await?;
        let asked = page(http, call, &incoming, deadline);
        let answer = timeout_at(deadline, asked)
            .await
            .map_err(|_| too_long(bounds))??;
        pages += 1;
        let plan = match &plan {
            Some(plan) => plan,
            None => plan.insert(planned(http, &incoming)?),
        };
        let data = answer.body.data();
        for row in plan.rows(&data) {
            bytes += row.iter().map(sheet::Cell::size).sum::<usize>();
            sheet.rows.push(row);
            if sheet.rows.len() > bounds.rows || bytes > bounds.bytes {
                return Err(too_large(bounds, sheet.rows.len() > bounds.rows).into());
            }
        }
        let next = follows(http, &incoming).then(|| next_page(&data)).flatten();
        match next {
            Some(cursor) if incoming.variables.get(CURSOR) != Some(&cursor) => {
                incoming.variables.insert(CURSOR.to_owned(), cursor);
            }
            _ => {
                sheet.columns.clone_from(&plan.columns);
                return Ok((sheet, pages));
            }
        }
    }
}

/// One page, waiting for the budget where it is used up for a while.
async fn page(
    http: &Http,
    call: Call,
    incoming: &Incoming,
    deadline: Instant,
) -> Result<Answer, Failure> {
    loop {
        let asked = incoming.clone();
        let transport = metrics::Transport::Http;
        let answer = execute(http, call.clone(), asked, Allow::QueriesOnly, transport).await?;
        match answer.kind {
            AnswerKind::Executed if answer.body.errors().is_none() => return Ok(answer),
            AnswerKind::RateLimited { retry_after } => {
                let then = Instant::now() + Duration::from_secs(retry_after);
                if then > deadline {
                    return Err(Failure::Answered(Box::new(answer)));
                }
                sleep_until(then).await;
            }
            _ => return Err(Failure::Answered(Box::new(without_data(answer)))),
        }
    }
}

/// Only why: a part of the rows would be taken for all.
fn without_data(answer: Answer) -> Answer {
    Answer {
        body: answer.body.without_data(),
        ..answer
    }
}

fn planned(http: &Http, incoming: &Incoming) -> Result<Plan, Refusal> {
    let endpoint = &http.endpoint;
    let unreadable = |refusal: &crate::graphql::precheck::Refusal| {
        Refusal::new(StatusCode::BAD_REQUEST, ApiError::from(refusal))
    };
    let document = document(http, incoming).map_err(|all| match all.first() {
        Some(first) => unreadable(first),
        None => Refusal::bad_input(StatusCode::BAD_REQUEST, "query", "query"),
    })?;
    let operation = document
        .operation(incoming.operation_name.as_deref())
        .map_err(|refusal| unreadable(&refusal))?;
    Plan::of(&endpoint.facts().model, document.parsed(), operation).map_err(|text| {
        let error = ApiError::new(ErrorCode::BadInput, text);
        Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, error)
    })
}

fn document<'i>(
    http: &Http,
    incoming: &'i Incoming,
) -> Result<&'i Document, Vec<crate::graphql::precheck::Refusal>> {
    let document = incoming.document(http.endpoint.precheck())?;
    Ok(document)
}

/// Does the query want to be asked again for each page?
fn follows(http: &Http, incoming: &Incoming) -> bool {
    let Ok(document) = document(http, incoming) else {
        return false;
    };
    let operation = document.operation(incoming.operation_name.as_deref());
    operation.is_ok_and(|operation| {
        let mut declared = operation.variable_definitions.iter();
        declared.any(|one| one.node.name.node == CURSOR)
    })
}

/// Where the next page begins: the first `pageInfo` of the answer that has one.
fn next_page(value: &Value) -> Option<Value> {
    let fields = value.as_object()?;
    let info = fields.get("pageInfo").filter(|info| {
        info.get("hasNextPage") == Some(&Value::Bool(true))
            && info.get(CURSOR).is_some_and(Value::is_string)
    });
    match info {
        Some(info) => info.get(CURSOR).cloned(),
        None => fields.values().find_map(next_page),
    }
}

async fn note(
    http: &Http,
    call: &Call,
    incoming: &Incoming,
    sheet: &Sheet,
    pages: usize,
    format: Format,
) -> crate::error::Result<()> {
    let mut work = Work::begin(&http.app.db, call).await?;
    work.audit(audit::Entry {
        action: "export.make",
        entity_type: "export",
        entity_id: None,
        detail: json!({
            "format": format.ending(),
            "operation": named(http, incoming),
            "query": incoming.query.chars().take(KEPT).collect::<String>(),
            "rows": sheet.rows.len(),
            "pages": pages,
        }),
    });
    work.commit().await
}

/// What the operation is called.
fn named(http: &Http, incoming: &Incoming) -> Option<String> {
    let said = incoming.operation_name.clone();
    said.filter(|name| !name.is_empty()).or_else(|| {
        let document = document(http, incoming).ok()?;
        let (name, _) = document.parsed().operations.iter().next()?;
        name.map(ToString::to_string)
    })
}

fn download(file: Vec<u8>, name: Option<&str>, format: Format) -> Response {
    let name = name.unwrap_or("aftercare");
    let disposition = format!("attachment; filename=\"{name}.{}\"", format.ending());
    let mut response = Response::new(Body::from(file));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(format.media()),
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    // The name of an operation has letters, digits and underscores only.
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

fn too_large(bounds: &Export, rows: bool) -> Refusal {
    let (limit, maximum) = if rows {
        ("export.rows", bounds.rows)
    } else {
        ("export.bytes", bounds.bytes)
    };
    let text = Text::new(
        format!(
            "The file would be larger than {maximum} ({limit}); ask for a shorter period or a narrower filter."
        ),
        format!("导出内容超过上限 {maximum}（{limit}），请缩短周期或收窄筛选条件。"),
    );
    let status = StatusCode::PAYLOAD_TOO_LARGE;
    Refusal::over_limit(
        status,
        ErrorCode::CostExceeded,
        limit,
        None,
        maximum as u64,
        text,
    )
}

fn too_long(bounds: &Export) -> Refusal {
    let shown = span::print(bounds.time);
    let text = Text::new(
        format!(
            "The export took longer than {shown} (export.time); ask for a shorter period or a narrower filter."
        ),
        format!("导出耗时超过 {shown}（export.time），请缩短周期或收窄筛选条件。"),
    );
    let maximum = u64::try_from(bounds.time.as_millis()).unwrap_or(u64::MAX);
    let status = StatusCode::GATEWAY_TIMEOUT;
    Refusal::over_limit(
        status,
        ErrorCode::CostExceeded,
        "export.time",
        None,
        maximum,
        text,
    )
}
