//! Recording a certificate that a member has earned (登记证书).

use chrono::NaiveDate;
use entity::{certificate, member, member_certificate};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{NAME, leave_trace};
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::today;
use crate::organisation::workforce::rules::skills::runs_out;
use crate::organisation::workforce::store::insert;
use crate::work::{Once, Work};

/// The certificate to record.
#[derive(Clone, Debug, Serialize)]
pub struct MemberCertificateRecord {
    /// Whose.
    pub member_id: Uuid,
    /// Which one.
    pub certificate_id: Uuid,
    /// What is printed on it.
    pub number: Option<String>,
    /// From when it is valid.
    pub issued_on: NaiveDate,
    /// The first day on which it no longer is; as many months later as the catalogue says when none is given.
    pub expires_on: Option<NaiveDate>,
}

/// Records a certificate and returns the record's id.
///
/// # Errors
/// User errors about the values and days; refusals of permission and reach.
pub async fn member_certificate_record(
    app: &App,
    call: &Call,
    input: &MemberCertificateRecord,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::MemberSkillWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "memberCertificateRecord", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let member =
        to_change::<member::Entity>(work.tx(), &call.viewer, permission, input.member_id).await?;
    let mut checks = Checks::default();
    let kind = find::<certificate::Entity>(
        work.tx(),
        &call.viewer,
        Permission::OrganisationRead,
        input.certificate_id,
    );
    let kind = checks.found("input.certificateId", kind.await?);
    let number = checks.optional_text("input.number", input.number.as_deref(), NAME);
    checks.ensure(
        input.issued_on <= today(call),
        UserErrorCode::Invalid,
        "input.issuedOn",
        || {
            Text::new(
                "The day of issue can't lie ahead.",
                "发证日期不能晚于今天。",
            )
        },
    );
    let months = kind.and_then(|kind| kind.months_valid);
    let expires_on = input.expires_on.or(runs_out(input.issued_on, months));
    checks.ensure(
        expires_on.is_none_or(|end| end > input.issued_on),
        UserErrorCode::Invalid,
        "input.expiresOn",
        || {
            Text::new(
                "It runs out after the day of issue.",
                "到期日期须晚于发证日期。",
            )
        },
    );
    checks.done()?;
    let row = member_certificate::Model {
        id: new_id(call.at),
        member_id: member.id,
        certificate_id: input.certificate_id,
        number,
        issued_on: input.issued_on,
        expires_on,
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
    });
    insert(work.tx(), row).await?;
    leave_trace(&mut work, member.id, "member.certificate.record", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}
