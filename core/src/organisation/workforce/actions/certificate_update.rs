//! Changing a certificate of the catalogue (修改证书).

use entity::certificate;
use serde_json::json;
use uuid::Uuid;

use super::common::{NAME, catalogue_trace, certified};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::{Change, Checks};
use crate::error::Result;
use crate::organisation::workforce::store::save;
use crate::work::{Work, expect_version};

/// What changes about a certificate.
#[derive(Clone, Debug)]
pub struct CertificateUpdate {
    /// The certificate.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// Name in English.
    pub name: Change<String>,
    /// 中文名称.
    pub name_zh: Change<String>,
    /// The skill that it grants.
    pub skill_id: Change<Uuid>,
    /// The level of that skill.
    pub level: Change<i32>,
    /// How long one is valid: for those that are recorded from now on.
    pub months_valid: Change<i32>,
}

/// Changes a certificate and returns its id. Values that stay the same aren't a change.
///
/// # Errors
/// User errors about the values; refusals of permission and version.
pub async fn certificate_update(app: &App, call: &Call, input: CertificateUpdate) -> Result<Uuid> {
    let permission = Permission::SkillManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before =
        to_change::<certificate::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(before.version, input.expected_version)?;
    let mut checks = Checks::default();
    let mut after = before.clone();
    for (field, change, value) in [
        ("input.name", &input.name, &mut after.name),
        ("input.nameZh", &input.name_zh, &mut after.name_zh),
    ] {
        checks.must_stay(field, change);
        if let Change::Set(text) = change {
            *value = checks.text(field, text, NAME);
        }
    }
    after.skill_id = input.skill_id.optional().unwrap_or(after.skill_id);
    after.level = input.level.optional().unwrap_or(after.level);
    after.months_valid = input.months_valid.optional().unwrap_or(after.months_valid);
    certified(
        &work,
        &mut checks,
        after.skill_id,
        after.level,
        after.months_valid,
    )
    .await?;
    checks.done()?;
    if after == before {
        return Ok(before.id);
    }
    let shown = |row: &certificate::Model| {
        json!({
            "name": row.name,
            "nameZh": row.name_zh,
            "skill": row.skill_id,
            "level": row.level,
            "monthsValid": row.months_valid,
        })
    };
    let detail = json!({ "from": shown(&before), "to": shown(&after) });
    save(work.tx(), after, call.at).await?;
    let what = ("certificate", before.id);
    catalogue_trace(&mut work, what, "certificate.update", detail);
    work.commit().await?;
    Ok(before.id)
}
