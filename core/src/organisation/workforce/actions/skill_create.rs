//! Adding a skill to the catalogue (新增技能).

use entity::skill;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{NAME, catalogue_trace, code, taken};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::Result;
use crate::organisation::workforce::store::insert_unique;
use crate::work::{Once, Work};

/// The skill to add.
#[derive(Clone, Debug, Serialize)]
pub struct SkillCreate {
    /// Short name, unique.
    pub code: String,
    /// Name in English.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// A group of skills.
    pub category: String,
    /// Whether it counts only with a valid certificate.
    pub needs_certificate: bool,
}

/// Adds a skill and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission.
pub async fn skill_create(
    app: &App,
    call: &Call,
    input: &SkillCreate,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::SkillManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "skillCreate", input).await? {
        return Ok(id);
    }
    let mut checks = Checks::default();
    let row = skill::Model {
        id: new_id(call.at),
        code: code(&mut checks, &input.code),
        name: checks.text("input.name", &input.name, NAME),
        name_zh: checks.text("input.nameZh", &input.name_zh, NAME),
        category: checks.text("input.category", &input.category, NAME),
        needs_certificate: input.needs_certificate,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    checks.done()?;
    let id = row.id;
    let detail = json!({
        "code": row.code,
        "name": row.name,
        "nameZh": row.name_zh,
        "category": row.category,
        "needsCertificate": row.needs_certificate,
    });
    if !insert_unique(work.tx(), row).await? {
        return Err(taken().into());
    }
    catalogue_trace(&mut work, ("skill", id), "skill.create", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}
