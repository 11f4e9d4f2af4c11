//! Adding a certificate to the catalogue (新增证书).

use entity::certificate;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{NAME, catalogue_trace, certified, code, taken};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::Result;
use crate::organisation::workforce::store::insert_unique;
use crate::work::{Once, Work};

/// The certificate to add.
#[derive(Clone, Debug, Serialize)]
pub struct CertificateCreate {
    /// Short name, unique.
    pub code: String,
    /// Name in English.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// The skill that it grants.
    pub skill_id: Option<Uuid>,
    /// The level of that skill.
    pub level: Option<i32>,
    /// How long one is valid.
    pub months_valid: Option<i32>,
}

/// Adds a certificate and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission.
pub async fn certificate_create(
    app: &App,
    call: &Call,
    input: &CertificateCreate,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::SkillManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "certificateCreate", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let mut checks = Checks::default();
    let row = certificate::Model {
        id: new_id(call.at),
        code: code(&mut checks, &input.code),
        name: checks.text("input.name", &input.name, NAME),
        name_zh: checks.text("input.nameZh", &input.name_zh, NAME),
        skill_id: input.skill_id,
        level: input.level,
        months_valid: input.months_valid,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    certified(
        &work,
        &mut checks,
        input.skill_id,
        input.level,
        input.months_valid,
    )
    .await?;
    checks.done()?;
    let id = row.id;
    let detail = json!({
        "code": row.code,
        "name": row.name,
        "nameZh": row.name_zh,
        "skill": row.skill_id,
        "level": row.level,
        "monthsValid": row.months_valid,
    });
    if !insert_unique(work.tx(), row).await? {
        return Err(taken().into());
    }
    catalogue_trace(&mut work, ("certificate", id), "certificate.create", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}
