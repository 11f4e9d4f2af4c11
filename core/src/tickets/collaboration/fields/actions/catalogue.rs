//! The organisation's fields: new ones, changed ones, and those that are no longer filled.

use entity::custom_field;
use entity::enums::{FieldType, TicketKind};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::audit::Entry;
use crate::check::Checks;
use crate::db::new_id;
use crate::decimal::Decimal;
use crate::error::{ApiError, Result, Text, UserError, UserErrorCode};
use crate::tickets::collaboration::fields::rules::{
    Choice, Definition, Limits, check_definition, kept_bound, shown_bound,
};
use crate::tickets::collaboration::fields::{definition, store};
use crate::work::{Once, Work, expect_version};

/// The most fields that there may be.
const MOST: u64 = 500;
/// The longest help, in characters.
const HELP_MAX: usize = 500;

/// What a field is like, beside its code and type.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Draft {
    /// The kinds of ticket that have it; none means all.
    pub kinds: Vec<TicketKind>,
    /// Name in English.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// What to fill in.
    pub help: Option<String>,
    /// The values of a choice.
    pub choices: Vec<Choice>,
    /// The least number, or length of a text.
    pub min: Option<Decimal>,
    /// The greatest number, or length of a text.
    pub max: Option<Decimal>,
    /// Whether customers and partners see it.
    pub public: bool,
}

/// A new field.
#[derive(Clone, Debug, Serialize)]
pub struct FieldCreate {
    /// Its code, which never changes.
    pub code: String,
    /// What it holds, which never changes.
    pub value_type: FieldType,
    /// The rest.
    pub draft: Draft,
    /// So that a repeated request makes no second one.
    pub idempotency_key: Option<String>,
}

/// Makes a field.
///
/// # Errors
/// `FORBIDDEN`; user errors naming what is wrong.
pub async fn create(app: &App, call: &Call, create: FieldCreate) -> Result<custom_field::Model> {
    call.viewer.require(Permission::FieldManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let key = create.idempotency_key.as_deref();
    if let Once::Repeated(id) = work.once(key, "customFieldCreate", &create).await? {
        let found = store::by_id(work.tx(), id).await?;
        return Ok(found.ok_or_else(ApiError::not_found)?);
    }
    if store::count(work.tx()).await? >= MOST {
        let text = Text::new(
            format!("There are {MOST} fields already; change one that exists."),
            format!("自定义字段已达 {MOST} 个，请修改现有字段。"),
        );
        return Err(UserError::new(UserErrorCode::TooLong, "", text).into());
    }
    let row = custom_field::Model {
        id: new_id(call.at),
        code: create.code,
        kinds: json!([]),
        value_type: create.value_type,
        name: String::new(),
        name_zh: String::new(),
        help: None,
        choices: json!([]),
        min_value: None,
        max_value: None,
        public: false,
        retired_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let row = shape(row, create.draft)?;
    if !store::insert(work.tx(), row.clone()).await? {
        let text = Text::new(
            "There is a field of this code already, perhaps a retired one; choose another code.",
            "该编码的字段已存在（可能已停用），请更换编码。",
        );
        return Err(UserError::new(UserErrorCode::Taken, "input.code", text).into());
    }
    let detail = json!({ "code": row.code, "public": row.public });
    audit(&mut work, "custom_field.create", row.id, detail);
    work.done(row.id).await?;
    work.commit().await?;
    Ok(row)
}

/// What changes about a field; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct FieldUpdate {
    /// The field.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// The kinds of ticket that have it.
    pub kinds: Option<Vec<TicketKind>>,
    /// Name in English.
    pub name: Option<String>,
    /// 中文名称.
    pub name_zh: Option<String>,
    /// What to fill in; `Some(None)` takes it away.
    pub help: Option<Option<String>>,
    /// The values of a choice.
    pub choices: Option<Vec<Choice>>,
    /// The least; `Some(None)` takes it away.
    pub min: Option<Option<Decimal>>,
    /// The greatest; `Some(None)` takes it away.
    pub max: Option<Option<Decimal>>,
    /// Whether customers and partners see it.
    pub public: Option<bool>,
}

impl FieldUpdate {
    /// The whole field as it is to be.
    fn over(self, was: &Definition, row: &custom_field::Model) -> Draft {
        let shown = |kept: Option<i64>| kept.map(|kept| shown_bound(was.value_type, kept));
        Draft {
            kinds: self.kinds.unwrap_or_else(|| was.kinds.clone()),
            name: self.name.unwrap_or_else(|| was.name.clone()),
            name_zh: self.name_zh.unwrap_or_else(|| was.name_zh.clone()),
            help: self.help.unwrap_or_else(|| row.help.clone()),
            choices: self.choices.unwrap_or_else(|| was.choices.clone()),
            min: self.min.unwrap_or_else(|| shown(was.limits.min)),
            max: self.max.unwrap_or_else(|| shown(was.limits.max)),
            public: self.public.unwrap_or(row.public),
        }
    }
}

/// Changes a field. Values that tickets hold stay as they are; a choice that one of them holds can't be taken away.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors naming what is wrong.
pub async fn update(app: &App, call: &Call, update: FieldUpdate) -> Result<custom_field::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let was = take(&work, update.id, update.expected_version).await?;
    let before = definition(&was)?;
    let now = shape(was.clone(), update.over(&before, &was))?;
    if now == was {
        return Ok(was);
    }
    let after = definition(&now)?;
    let gone: Vec<String> = before
        .choices
        .iter()
        .filter(|choice| !after.choices.iter().any(|other| other.code == choice.code))
        .map(|choice| choice.code.clone())
        .collect();
    let held = store::choices_in_use(work.tx(), was.id, &gone).await?;
    if !held.is_empty() {
        let held = held.join(", ");
        let text = Text::new(
            format!("Tickets hold the choices {held}; keep them (their names may change)."),
            format!("仍有工单使用选项 {held}，请保留（可修改名称）。"),
        );
        return Err(UserError::new(UserErrorCode::WrongState, "input.choices", text).into());
    }
    let now = custom_field::Model {
        version: was.version + 1,
        updated_at: call.at,
        ..now
    };
    let now = store::save(work.tx(), now).await?;
    let detail = json!({ "code": now.code, "public": { "from": was.public, "to": now.public } });
    audit(&mut work, "custom_field.update", now.id, detail);
    work.commit().await?;
    Ok(now)
}

/// Which field is no longer filled, or is again.
#[derive(Clone, Debug)]
pub struct FieldRetire {
    /// The field.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// No longer filled?
    pub retired: bool,
}

/// Retires a field, or takes it up again. The values stay.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`.
pub async fn retire(app: &App, call: &Call, retire: FieldRetire) -> Result<custom_field::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let was = take(&work, retire.id, retire.expected_version).await?;
    if was.retired_at.is_some() == retire.retired {
        return Ok(was);
    }
    let now = custom_field::Model {
        retired_at: retire.retired.then_some(call.at),
        version: was.version + 1,
        updated_at: call.at,
        ..was
    };
    let now = store::save(work.tx(), now).await?;
    let detail = json!({ "code": now.code, "retired": retire.retired });
    audit(&mut work, "custom_field.retire", now.id, detail);
    work.commit().await?;
    Ok(now)
}

async fn take(work: &Work<'_>, id: Uuid, expected_version: i32) -> Result<custom_field::Model> {
    let viewer = &work.call().viewer;
    let permission = Permission::FieldManage;
    let was = to_change::<custom_field::Entity>(work.tx(), viewer, permission, id).await?;
    expect_version(was.version, expected_version)?;
    Ok(was)
}

/// The row with what the draft says, looked over.
fn shape(row: custom_field::Model, draft: Draft) -> Result<custom_field::Model> {
    let mut checks = Checks::default();
    let help = checks.optional_body("input.help", draft.help.as_deref(), HELP_MAX);
    let mut bound = |path: &str, given: Option<Decimal>| {
        let kept = given.and_then(|given| kept_bound(row.value_type, given));
        checks.ensure(
            given.is_some() == kept.is_some(),
            UserErrorCode::Invalid,
            path,
            || {
                Text::new(
                    "The length of a text is a whole number.",
                    "文本长度须为整数。",
                )
            },
        );
        kept
    };
    let limits = Limits {
        min: bound("input.min", draft.min),
        max: bound("input.max", draft.max),
    };
    let field = check_definition(
        &mut checks,
        Definition {
            code: row.code.clone(),
            kinds: draft.kinds,
            value_type: row.value_type,
            name: draft.name,
            name_zh: draft.name_zh,
            choices: draft.choices,
            limits,
            retired: row.retired_at.is_some(),
        },
    );
    checks.done()?;
    Ok(custom_field::Model {
        kinds: serde_json::to_value(&field.kinds)?,
        name: field.name,
        name_zh: field.name_zh,
        help,
        choices: serde_json::to_value(&field.choices)?,
        min_value: limits.min,
        max_value: limits.max,
        public: draft.public,
        ..row
    })
}

fn audit(work: &mut Work<'_>, action: &'static str, id: Uuid, detail: Value) {
    work.audit(Entry {
        action,
        entity_type: "custom_field",
        entity_id: Some(id),
        detail,
    });
}
