//! Writing templates. One that couldn't be rendered is refused here, naming line and variable.

use std::collections::BTreeSet;

use entity::enums::TicketKind;
use entity::reply_template;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::audit::Entry;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::tickets::collaboration::templates::{rules, store};
use crate::tickets::rules::input;
use crate::work::{Once, Work, expect_version};

/// The longest name, in characters.
const NAME_MAX: usize = 100;
/// The longest code, in characters.
const CODE_MAX: usize = 40;

/// A new template.
#[derive(Clone, Debug, Serialize)]
pub struct Create {
    /// Short name for configuration and imports.
    pub code: String,
    /// Name in English.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// The text in English.
    pub body_en: String,
    /// 中文内容.
    pub body_zh: String,
    /// Kinds of ticket that it is for; none means all.
    pub kinds: Vec<TicketKind>,
    /// Whether it is offered.
    pub active: bool,
    /// So that a repeated request makes no second template.
    pub idempotency_key: Option<String>,
}

/// Writes a new template.
///
/// # Errors
/// `FORBIDDEN`; user errors naming the field, and in a text the line and the variable.
pub async fn create(app: &App, call: &Call, create: Create) -> Result<reply_template::Model> {
    call.viewer.require(Permission::ReplyTemplateManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work
        .once(
            create.idempotency_key.as_deref(),
            "replyTemplateCreate",
            &create,
        )
        .await?
    {
        return store::fresh(work.tx(), id).await;
    }
    let mut checks = Checks::default();
    let code = code_of(&mut checks, &create.code);
    let row = reply_template::Model {
        id: new_id(call.at),
        code,
        name: checks.text("input.name", &create.name, NAME_MAX),
        name_zh: checks.text("input.nameZh", &create.name_zh, NAME_MAX),
        body_en: body_of(&mut checks, "input.bodyEn", &create.body_en),
        body_zh: body_of(&mut checks, "input.bodyZh", &create.body_zh),
        kinds: kinds_of(create.kinds)?,
        active: create.active,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    checks.done()?;
    if !store::insert(work.tx(), row.clone()).await? {
        let text = Text::new(
            "There is a template with this code already; take another one.",
            "该编码已被其他模板使用，请更换。",
        );
        return Err(UserError::new(UserErrorCode::Taken, "input.code", text).into());
    }
    let detail = json!({ "code": row.code, "name": row.name });
    note(&mut work, row.id, "reply_template.create", detail);
    work.done(row.id).await?;
    work.commit().await?;
    Ok(row)
}

/// What changes about a template; what is `None` stays.
#[derive(Clone, Debug)]
pub struct Update {
    /// The template.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// Name in English.
    pub name: Option<String>,
    /// 中文名称.
    pub name_zh: Option<String>,
    /// The text in English.
    pub body_en: Option<String>,
    /// 中文内容.
    pub body_zh: Option<String>,
    /// Kinds of ticket that it is for.
    pub kinds: Option<Vec<TicketKind>>,
    /// Whether it is offered.
    pub active: Option<bool>,
}

/// Changes a template. A change without an effect raises no version.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors naming the field, and in a text the line and the variable.
pub async fn update(app: &App, call: &Call, update: Update) -> Result<reply_template::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let permission = Permission::ReplyTemplateManage;
    let was =
        to_change::<reply_template::Entity>(work.tx(), &call.viewer, permission, update.id).await?;
    expect_version(was.version, update.expected_version)?;
    let mut checks = Checks::default();
    let mut now = was.clone();
    if let Some(name) = &update.name {
        now.name = checks.text("input.name", name, NAME_MAX);
    }
    if let Some(name) = &update.name_zh {
        now.name_zh = checks.text("input.nameZh", name, NAME_MAX);
    }
    if let Some(body) = &update.body_en {
        now.body_en = body_of(&mut checks, "input.bodyEn", body);
    }
    if let Some(body) = &update.body_zh {
        now.body_zh = body_of(&mut checks, "input.bodyZh", body);
    }
    if let Some(kinds) = update.kinds {
        now.kinds = kinds_of(kinds)?;
    }
    now.active = update.active.unwrap_or(was.active);
    checks.done()?;
    if now == was {
        return Ok(was);
    }
    let detail = changed(&was, &now);
    let saved = store::save(work.tx(), now, call.at).await?;
    note(&mut work, saved.id, "reply_template.update", detail);
    work.commit().await?;
    Ok(saved)
}

/// Lower-case letters, digits and underscores, beginning with a letter.
fn code_of(checks: &mut Checks, code: &str) -> String {
    let code = checks.text("input.code", code, CODE_MAX);
    let formed = code
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && code.starts_with(|c: char| c.is_ascii_lowercase());
    checks.ensure(
        formed || code.is_empty(),
        UserErrorCode::Invalid,
        "input.code",
        || {
            Text::new(
                "A code has lower-case letters, digits and underscores and begins with a letter, such as first_reply.",
                "编码由小写字母、数字和下划线组成，以字母开头，例如 first_reply。",
            )
        },
    );
    code
}

/// A text that is a template.
fn body_of(checks: &mut Checks, field: &str, body: &str) -> String {
    let body = checks.body(field, body, input::BODY_MAX);
    // One that is too long is refused for that; it isn't worth reading.
    if body.chars().count() <= input::BODY_MAX
        && let Err(flaws) = rules::check(&body)
    {
        for flaw in flaws {
            checks.add(UserErrorCode::Invalid, field, flaw.text);
        }
    }
    body
}

/// The kinds as they are kept: each once, in their order.
fn kinds_of(kinds: Vec<TicketKind>) -> Result<Value> {
    let kinds: BTreeSet<TicketKind> = kinds.into_iter().collect();
    Ok(serde_json::to_value(kinds)?)
}

/// What changed, for the audit log: short values whole, of a text only that it did.
fn changed(was: &reply_template::Model, now: &reply_template::Model) -> Value {
    let mut detail = serde_json::Map::new();
    let mut short = |name: &str, old: Value, new: Value| {
        if old != new {
            detail.insert(name.to_owned(), json!({ "from": old, "to": new }));
        }
    };
    short("name", json!(was.name), json!(now.name));
    short("nameZh", json!(was.name_zh), json!(now.name_zh));
    short("kinds", was.kinds.clone(), now.kinds.clone());
    short("active", json!(was.active), json!(now.active));
    for (name, same) in [
        ("bodyEn", was.body_en == now.body_en),
        ("bodyZh", was.body_zh == now.body_zh),
    ] {
        if !same {
            detail.insert(name.to_owned(), json!("changed"));
        }
    }
    Value::Object(detail)
}

fn note(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: Value) {
    work.audit(Entry {
        action,
        entity_type: "reply_template",
        entity_id: Some(id),
        detail,
    });
}
