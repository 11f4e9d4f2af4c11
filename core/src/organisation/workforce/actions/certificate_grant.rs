//! Granting and withdrawing a certificate within another room's action, such as an exam that was passed (授予证书).

use entity::{certificate, member_certificate};
use serde_json::json;
use uuid::Uuid;

use super::common::leave_trace;
use crate::access::{Permission, find};
use crate::db::new_id;
use crate::error::{Error, Result};
use crate::organisation::workforce::rules::skills::{is_valid, runs_out};
use crate::organisation::workforce::store::{insert, record, save};
use crate::organisation::{lock_members, today};
use crate::work::Work;

/// Whom which certificate is granted for what.
#[derive(Clone, Debug)]
pub struct Grant {
    /// Who.
    pub member_id: Uuid,
    /// Which.
    pub certificate_id: Uuid,
    /// What is printed on it.
    pub number: String,
    /// What it was granted for, for the audit log.
    pub reason: String,
}

/// Grants a certificate from today on, for as many months as the catalogue says, and returns the record's id. One that the
/// member holds already goes on until its own end: so it is renewed.
///
/// # Errors
/// When the database fails or there is no such certificate.
pub async fn certificate_grant(work: &mut Work<'_>, grant: &Grant) -> Result<Uuid> {
    let call = work.call();
    lock_members(work.tx(), [grant.member_id]).await?;
    // The room that grants has decided; it names a certificate that it has looked up.
    let system = crate::access::Viewer::system();
    let kind = find::<certificate::Entity>(
        work.tx(),
        &system,
        Permission::OrganisationRead,
        grant.certificate_id,
    )
    .await?
    .ok_or_else(|| Error::internal("a certificate that isn't there"))?;
    let issued_on = today(call);
    let row = member_certificate::Model {
        id: new_id(call.at),
        member_id: grant.member_id,
        certificate_id: kind.id,
        number: Some(grant.number.clone()),
        issued_on,
        expires_on: runs_out(issued_on, kind.months_valid),
        revoked_on: None,
        warned_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = row.id;
    let detail = json!({
        "record": id,
        "certificate": row.certificate_id,
        "number": row.number,
        "issuedOn": row.issued_on,
        "expiresOn": row.expires_on,
        "reason": grant.reason,
    });
    insert(work.tx(), row).await?;
    leave_trace(work, grant.member_id, "member.certificate.grant", detail);
    Ok(id)
}

/// Takes a record away from today on, as what it was granted for doesn't hold any more; nothing happens to one that isn't
/// valid anyway. Says whether it was taken away.
///
/// # Errors
/// When the database fails.
pub async fn certificate_withdraw(work: &mut Work<'_>, id: Uuid, reason: &str) -> Result<bool> {
    let call = work.call();
    let Some(row) = record(work.tx(), id).await? else {
        return Ok(false);
    };
    let today = today(call);
    if !is_valid(&row, today) {
        return Ok(false);
    }
    lock_members(work.tx(), [row.member_id]).await?;
    let detail = json!({
        "record": row.id,
        "certificate": row.certificate_id,
        "revokedOn": today,
        "reason": reason,
    });
    let member_id = row.member_id;
    let row = member_certificate::Model {
        revoked_on: Some(today),
        ..row
    };
    save(work.tx(), row, call.at).await?;
    leave_trace(work, member_id, "member.certificate.revoke", detail);
    Ok(true)
}
