//! Changing a skill of the catalogue (修改技能).

use entity::skill;
use serde_json::json;
use uuid::Uuid;

use super::common::{NAME, catalogue_trace};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::{Change, Checks};
use crate::error::Result;
use crate::organisation::workforce::store::save;
use crate::work::{Work, expect_version};

/// What changes about a skill.
#[derive(Clone, Debug)]
pub struct SkillUpdate {
    /// The skill.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// Name in English.
    pub name: Change<String>,
    /// 中文名称.
    pub name_zh: Change<String>,
    /// A group of skills.
    pub category: Change<String>,
    /// Whether it counts only with a valid certificate.
    pub needs_certificate: Change<bool>,
}

/// Changes a skill and returns its id. Values that stay the same aren't a change.
///
/// # Errors
/// User errors about the values; refusals of permission and version.
pub async fn skill_update(app: &App, call: &Call, input: &SkillUpdate) -> Result<Uuid> {
    let permission = Permission::SkillManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_change::<skill::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(before.version, input.expected_version)?;
    let mut checks = Checks::default();
    let mut after = before.clone();
    checks.must_stay("input.needsCertificate", &input.needs_certificate);
    for (field, change, value) in [
        ("input.name", &input.name, &mut after.name),
        ("input.nameZh", &input.name_zh, &mut after.name_zh),
        ("input.category", &input.category, &mut after.category),
    ] {
        checks.must_stay(field, change);
        if let Change::Set(text) = change {
            *value = checks.text(field, text, NAME);
        }
    }
    checks.done()?;
    if let Change::Set(needs) = input.needs_certificate {
        after.needs_certificate = needs;
    }
    if after == before {
        return Ok(before.id);
    }
    let shown = |row: &skill::Model| {
        json!({
            "name": row.name,
            "nameZh": row.name_zh,
            "category": row.category,
            "needsCertificate": row.needs_certificate,
        })
    };
    let detail = json!({ "from": shown(&before), "to": shown(&after) });
    save(work.tx(), after, call.at).await?;
    catalogue_trace(&mut work, ("skill", before.id), "skill.update", detail);
    work.commit().await?;
    Ok(before.id)
}
