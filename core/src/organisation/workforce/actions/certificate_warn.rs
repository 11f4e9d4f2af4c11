//! Telling that a certificate runs out soon (证书到期提醒), once for each.

use chrono::{DateTime, Days, NaiveDate, Utc};
use entity::member_certificate;
use serde_json::json;

use crate::access::Call;
use crate::audit;
use crate::db::Db;
use crate::error::Result;
use crate::events::Event;
use crate::organisation::workforce::CERTIFICATE_EXPIRING;
use crate::organisation::workforce::store::{note_warned, to_warn};
use crate::settings::{self, CERTIFICATE_WARNING_DAYS};
use crate::work::Work;

/// Records that are read at once.
const BATCH: u64 = 100;

/// Tells of every certificate that is valid on the day and runs out within the days of the setting, unless the member holds
/// the same one for longer already. Each is a transaction of its own that claims its record, so nothing is told twice.
/// Says how many were told.
///
/// # Errors
/// When the database fails; what was told before stays told.
pub async fn certificate_warn(db: &Db, day: NaiveDate, at: DateTime<Utc>) -> Result<usize> {
    let days = settings::read(db.reader(), &CERTIFICATE_WARNING_DAYS).await?;
    let ahead = Days::new(u64::try_from(days).unwrap_or(0));
    let by = day.checked_add_days(ahead).unwrap_or(day);
    let mut told = 0;
    loop {
        let rows = to_warn(db.reader(), (day, by), BATCH).await?;
        let found = rows.len();
        let mut done = 0;
        for row in rows {
            done += usize::from(one(db, row, at).await?);
        }
        told += done;
        // Whoever else tells of them at the same time takes the rest.
        if found < usize::try_from(BATCH).unwrap_or(0) || done == 0 {
            return Ok(told);
        }
    }
}

async fn one(db: &Db, row: member_certificate::Model, at: DateTime<Utc>) -> Result<bool> {
    let call = Call::system(at, "certificates");
    let mut work = Work::begin(db, &call).await?;
    if !note_warned(work.tx(), row.id, at).await? {
        return Ok(false);
    }
    let detail = json!({
        "record": row.id,
        "certificate": row.certificate_id,
        "expiresOn": row.expires_on,
    });
    work.audit(audit::Entry {
        action: "member.certificate.expiring",
        entity_type: "member",
        entity_id: Some(row.member_id),
        detail,
    });
    let payload = json!({ "member": row.member_id, "expiresOn": row.expires_on });
    work.emit(Event::new(at, CERTIFICATE_EXPIRING, row.id, payload));
    work.commit().await?;
    Ok(true)
}
