//! Making a template (新建考核模板).

use entity::appraisal_template;
use entity::enums::JobFamily;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{NOTE, coded, drafted, look_over, trace};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::appraisals::rules::content::Content;
use crate::appraisals::templates::store;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::work::{Once, Work};

/// The most characters of a name.
const NAME: usize = 100;

/// A template to make.
#[derive(Clone, Debug, Serialize)]
pub struct TemplateCreate {
    /// Short code, unique.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// For positions of which family.
    pub family: JobFamily,
    /// What its first draft says.
    pub content: Content,
    /// What is to be said about it.
    pub note: Option<String>,
}

/// Makes a template with its first draft and returns its id.
///
/// # Errors
/// User errors about the values; refusal of permission.
pub async fn template_create(
    app: &App,
    call: &Call,
    input: &TemplateCreate,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::AppraisalTemplateManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "appraisalTemplateCreate", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let mut checks = Checks::default();
    let code = coded(&mut checks, "input.code", &input.code);
    let name = checks.text("input.name", &input.name, NAME);
    let name_zh = checks.text("input.nameZh", &input.name_zh, NAME);
    let note = checks.optional_body("input.note", input.note.as_deref(), NOTE);
    look_over(&work, app, &mut checks, &input.content).await?;
    let taken = store::is_taken(work.tx(), &code).await?;
    checks.ensure(!taken, UserErrorCode::Taken, "input.code", || {
        Text::new(
            "There is a template with this code already; take another code.",
            "该编码的模板已存在，请更换编码。",
        )
    });
    checks.done()?;
    let row = appraisal_template::Model {
        id: new_id(call.at),
        code,
        name,
        name_zh,
        family: input.family,
        retired_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = row.id;
    let version = drafted(&work, (id, 1), &input.content, note)?;
    let detail =
        json!({ "code": row.code, "name": row.name, "nameZh": row.name_zh, "family": row.family });
    store::insert(work.tx(), row).await?;
    store::insert(work.tx(), version).await?;
    trace(&mut work, id, "appraisal.template.create", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}
