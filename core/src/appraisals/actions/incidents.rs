//! Critical bad behaviour is recorded with its evidence, and taken back with a reason (关键行为扣分).

use chrono::NaiveDate;
use entity::{appraisal_incident, ticket};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, Step, only_the_reviewer, to_work_on, trace};
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::appraisals::rules::stages::Deed;
use crate::appraisals::store;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{ApiError, Result, Text, UserErrorCode};
use crate::work::{Once, Work, expect_version};

/// A behaviour to record.
#[derive(Clone, Debug, Serialize)]
pub struct IncidentRecord {
    /// The appraisal.
    pub appraisal_id: Uuid,
    /// The key of the behaviour in the template.
    pub behaviour: String,
    /// When it happened.
    pub day: NaiveDate,
    /// On which ticket.
    pub ticket_id: Option<Uuid>,
    /// What is known of it.
    pub evidence: String,
}

/// Records a behaviour and returns the appraisal's id.
///
/// # Errors
/// User errors about the values, the stage and who does it; refusals of permission and reach.
pub async fn incident_record(
    app: &App,
    call: &Call,
    input: &IncidentRecord,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::AppraisalReview;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let key = (idempotency_key, "appraisalIncidentRecord");
    if let Once::Repeated(id) = work.once(key.0, key.1, input).await? {
        return Ok(id);
    }
    let (row, cycle) = to_work_on(&work, permission, input.appraisal_id, Deed::Review).await?;
    only_the_reviewer(call, &row)?;
    let mut checks = Checks::default();
    let contents = store::content_of(work.tx(), [row.version_id].into()).await?;
    let behaviours = contents.get(&row.version_id).map(|one| &one.behaviours);
    let known = behaviours.is_some_and(|all| all.iter().any(|one| one.key == input.behaviour));
    checks.ensure(known, UserErrorCode::NotFound, "input.behaviour", || {
        Text::new(
            "The template has no such behaviour.",
            "模板中没有该关键行为。",
        )
    });
    let within = cycle.from_day <= input.day && input.day < cycle.until_day;
    checks.ensure(within, UserErrorCode::Invalid, "input.day", || {
        Text::new(
            "The day is one of the period that the cycle is about.",
            "日期须在考核周期之内。",
        )
    });
    let evidence = checks.body("input.evidence", &input.evidence, BODY);
    if let Some(id) = input.ticket_id {
        let read = Permission::TicketRead;
        let seen = find::<ticket::Entity>(work.tx(), &call.viewer, read, id).await?;
        checks.found("input.ticketId", seen);
    }
    checks.done()?;
    let incident = appraisal_incident::Model {
        id: new_id(call.at),
        appraisal_id: row.id,
        behaviour: input.behaviour.clone(),
        day: input.day,
        ticket_id: input.ticket_id,
        evidence,
        recorded_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        recorded_by_name: call.viewer.actor.name.clone(),
        withdrawn_at: None,
        withdrawn_reason: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let detail = json!({ "incident": incident.id });
    store::insert(work.tx(), incident).await?;
    trace(&mut work, row.id, "appraisal.incident_record", detail);
    work.done(row.id).await?;
    work.commit().await?;
    Ok(row.id)
}

/// Takes an incident back and returns the appraisal's id.
///
/// # Errors
/// User errors about the reason, the stage and who does it; refusals of permission, reach and version.
pub async fn incident_withdraw(app: &App, call: &Call, step: Step, reason: &str) -> Result<Uuid> {
    let permission = Permission::AppraisalReview;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (viewer, read) = (&call.viewer, Permission::AppraisalRead);
    let seen = find::<appraisal_incident::Entity>(work.tx(), viewer, read, step.id).await?;
    let about = seen.ok_or_else(ApiError::not_found)?.appraisal_id;
    // The appraisal first, as everywhere: two who lock both in turn never wait for each other.
    let (row, _) = to_work_on(&work, permission, about, Deed::Review).await?;
    only_the_reviewer(call, &row)?;
    let incident =
        to_change::<appraisal_incident::Entity>(work.tx(), viewer, permission, step.id).await?;
    expect_version(incident.version, step.expected_version)?;
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", reason, BODY);
    checks.ensure(
        incident.withdrawn_at.is_none(),
        UserErrorCode::WrongState,
        "input.id",
        || Text::new("It was taken back already.", "该记录已撤回。"),
    );
    checks.done()?;
    let detail = json!({ "incident": incident.id });
    let incident = appraisal_incident::Model {
        withdrawn_at: Some(call.at),
        withdrawn_reason: Some(reason),
        ..incident
    };
    store::save(work.tx(), incident, call.at).await?;
    trace(&mut work, row.id, "appraisal.incident_withdraw", detail);
    work.commit().await?;
    Ok(row.id)
}
