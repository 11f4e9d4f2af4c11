//! Making a template.

use entity::enums::TicketKind;
use entity::process_template;
use serde::Serialize;
use serde_json::json;

use crate::access::{Call, Permission};
use crate::app::App;
use crate::audit::Entry;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::tickets::processes::rules::form;
use crate::tickets::processes::store;
use crate::work::{Once, Work};

/// A process to be written for a kind of ticket.
#[derive(Clone, Debug, Serialize)]
pub struct TemplateCreate {
    /// Short name, unique.
    pub code: String,
    /// The kind of ticket.
    pub kind: TicketKind,
    /// Name in English.
    pub name: String,
    /// 中文名称; the English one when it is missing.
    pub name_zh: Option<String>,
    /// So that a repeated request makes no second template.
    pub idempotency_key: Option<String>,
}

/// Makes a template without any version; the first draft comes next.
///
/// # Errors
/// `FORBIDDEN`; user errors naming the field.
pub async fn template_create(
    app: &App,
    call: &Call,
    create: TemplateCreate,
) -> Result<process_template::Model> {
    call.viewer.require(Permission::ProcessManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let key = create.idempotency_key.as_deref();
    if let Once::Repeated(id) = work.once(key, "processTemplateCreate", &create).await? {
        return store::template(work.tx(), id).await;
    }
    let mut checks = Checks::default();
    let code = form::code(&create.code, "input.code", &mut checks);
    let name = checks.text("input.name", &create.name, form::NAME_MAX);
    let name_zh = checks
        .optional_text("input.nameZh", create.name_zh.as_deref(), form::NAME_MAX)
        .unwrap_or_else(|| name.clone());
    let taken = store::code_is_taken(work.tx(), &code).await?;
    checks.ensure(!taken, UserErrorCode::Taken, "input.code", || {
        Text::new(
            "Another template has this code already; choose another.",
            "该代码已被其他流程模板使用，请更换。",
        )
    });
    checks.done()?;
    let row = process_template::Model {
        id: new_id(call.at),
        code,
        kind: create.kind,
        name,
        name_zh,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let saved = store::insert_template(work.tx(), row).await?;
    work.audit(Entry {
        action: "process.template.create",
        entity_type: "process_template",
        entity_id: Some(saved.id),
        detail: json!({ "code": saved.code, "kind": saved.kind, "name": saved.name }),
    });
    work.done(saved.id).await?;
    work.commit().await?;
    Ok(saved)
}
