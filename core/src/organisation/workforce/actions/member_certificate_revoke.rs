//! Taking away a certificate (撤销证书).

use chrono::NaiveDate;
use entity::{member, member_certificate};
use serde_json::json;
use uuid::Uuid;

use super::common::{NOTE, leave_trace, not_before_today};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::today;
use crate::organisation::workforce::store::save;
use crate::work::{Work, expect_version};

/// Which certificate is taken away when and why.
#[derive(Clone, Debug)]
pub struct MemberCertificateRevoke {
    /// The record.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// First day on which it no longer counts; today when none is given.
    pub revoked_on: Option<NaiveDate>,
    /// Why, for the audit log.
    pub reason: String,
}

/// Takes a certificate away and returns the record's id.
///
/// # Errors
/// User errors about the day; refusals of permission, reach and version.
pub async fn member_certificate_revoke(
    app: &App,
    call: &Call,
    input: &MemberCertificateRevoke,
) -> Result<Uuid> {
    let permission = Permission::MemberSkillWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let viewer = &call.viewer;
    let seen =
        to_change::<member_certificate::Entity>(work.tx(), viewer, permission, input.id).await?;
    to_change::<member::Entity>(work.tx(), viewer, permission, seen.member_id).await?;
    expect_version(seen.version, input.expected_version)?;
    let on = input.revoked_on.unwrap_or_else(|| today(call));
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", &input.reason, NOTE);
    not_before_today(&mut checks, call, "input.revokedOn", on);
    let over = seen.revoked_on.is_some() || seen.expires_on.is_some_and(|end| end <= on);
    checks.ensure(!over, UserErrorCode::WrongState, "input.id", || {
        Text::new(
            "This certificate is no longer valid by then already.",
            "该证书届时已失效。",
        )
    });
    checks.done()?;
    let detail = json!({
        "record": seen.id,
        "certificate": seen.certificate_id,
        "revokedOn": on,
        "reason": reason,
    });
    let (id, member_id) = (seen.id, seen.member_id);
    let mut row = seen;
    row.revoked_on = Some(on);
    save(work.tx(), row, call.at).await?;
    leave_trace(&mut work, member_id, "member.certificate.revoke", detail);
    work.commit().await?;
    Ok(id)
}
