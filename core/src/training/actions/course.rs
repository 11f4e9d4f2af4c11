//! Making and changing a course (维护课程).

use entity::enums::{TrainingAudience, TrainingKind, TrainingSubject};
use entity::{certificate, training_course};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::common::{BODY, NAME, code, link, minutes, taken, trace};
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::check::{Change, Checks};
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::training::{CATALOGUE_CHANGED, store};
use crate::work::{Once, Work, expect_version};

/// The most materials of a course.
const MATERIALS: usize = 30;

/// Something to read: a title with a link, a text or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Material {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub link: Option<String>,
    /// What it says.
    pub text: Option<String>,
}

/// The course to make.
#[derive(Clone, Debug, Serialize)]
pub struct CourseCreate {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// What it is about.
    pub subject: TrainingSubject,
    /// How it is held.
    pub kind: TrainingKind,
    /// For whom.
    pub audience: TrainingAudience,
    /// How long it takes.
    pub minutes: i32,
    /// What is learnt.
    pub description: String,
    /// 中文说明.
    pub description_zh: Option<String>,
    /// What there is to read.
    pub materials: Vec<Material>,
    /// The certificate that attending it in full grants.
    pub certificate_id: Option<Uuid>,
}

/// What changes about a course.
#[derive(Clone, Debug)]
pub struct CourseUpdate {
    /// The course.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// What it is called.
    pub name: Change<String>,
    /// 中文名称.
    pub name_zh: Change<String>,
    /// How long it takes; sessions that are planned keep what they have.
    pub minutes: Change<i32>,
    /// What is learnt.
    pub description: Change<String>,
    /// 中文说明.
    pub description_zh: Change<String>,
    /// What there is to read, all of it.
    pub materials: Change<Vec<Material>>,
    /// The certificate that attending it in full grants from now on.
    pub certificate_id: Change<Uuid>,
    /// Isn't taught any more, or again.
    pub retired: Option<bool>,
}

/// Makes a course and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission.
pub async fn course_create(
    app: &App,
    call: &Call,
    input: &CourseCreate,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::TrainingCourseManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "trainingCourseCreate", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let mut checks = Checks::default();
    minutes(&mut checks, "input.minutes", input.minutes);
    let row = training_course::Model {
        id: new_id(call.at),
        code: code(&mut checks, &input.code),
        name: checks.text("input.name", &input.name, NAME),
        name_zh: checks.text("input.nameZh", &input.name_zh, NAME),
        subject: input.subject,
        kind: input.kind,
        audience: input.audience,
        minutes: input.minutes,
        description: checks.body("input.description", &input.description, BODY),
        description_zh: checks.optional_body(
            "input.descriptionZh",
            input.description_zh.as_deref(),
            BODY,
        ),
        materials: materials(&mut checks, &input.materials)?,
        certificate_id: input.certificate_id,
        retired_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    certificate_is_there(&work, &mut checks, row.certificate_id).await?;
    checks.done()?;
    let (id, detail) = (row.id, shown(&row));
    if !store::insert_unique(work.tx(), row).await? {
        return Err(taken().into());
    }
    told(&mut work, id, "training.course.create", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Changes a course and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission and version.
pub async fn course_update(app: &App, call: &Call, input: CourseUpdate) -> Result<Uuid> {
    let permission = Permission::TrainingCourseManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before =
        to_change::<training_course::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
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
    checks.must_stay("input.description", &input.description);
    if let Change::Set(text) = &input.description {
        after.description = checks.body("input.description", text, BODY);
    }
    if let Some(text) = input.description_zh.optional() {
        after.description_zh = checks.optional_body("input.descriptionZh", text.as_deref(), BODY);
    }
    checks.must_stay("input.minutes", &input.minutes);
    if let Change::Set(wanted) = input.minutes {
        minutes(&mut checks, "input.minutes", wanted);
        after.minutes = wanted;
    }
    match &input.materials {
        Change::Keep => {}
        Change::Clear => after.materials = json!([]),
        Change::Set(list) => after.materials = materials(&mut checks, list)?,
    }
    if let Some(certificate) = input.certificate_id.optional() {
        certificate_is_there(&work, &mut checks, certificate).await?;
        after.certificate_id = certificate;
    }
    match input.retired {
        Some(true) => after.retired_at = after.retired_at.or(Some(call.at)),
        Some(false) => after.retired_at = None,
        None => {}
    }
    checks.done()?;
    if after == before {
        return Ok(before.id);
    }
    let detail = json!({ "from": shown(&before), "to": shown(&after) });
    store::save(work.tx(), after, call.at).await?;
    told(&mut work, before.id, "training.course.update", detail);
    work.commit().await?;
    Ok(before.id)
}

/// What a course grants has to be in the catalogue.
async fn certificate_is_there(
    work: &Work<'_>,
    checks: &mut Checks,
    id: Option<Uuid>,
) -> Result<()> {
    if let Some(id) = id {
        let viewer = &work.call().viewer;
        let permission = Permission::OrganisationRead;
        let row = find::<certificate::Entity>(work.tx(), viewer, permission, id).await?;
        checks.found("input.certificateId", row);
    }
    Ok(())
}

fn materials(checks: &mut Checks, list: &[Material]) -> Result<Value> {
    let field = "input.materials";
    checks.ensure(
        list.len() <= MATERIALS,
        UserErrorCode::TooLong,
        field,
        || {
            Text::new(
                format!("A course has at most {MATERIALS} materials."),
                format!("每门课程最多 {MATERIALS} 份资料。"),
            )
        },
    );
    let mut kept = Vec::new();
    for (n, one) in list.iter().take(MATERIALS).enumerate() {
        let at = |part: &str| format!("{field}.{n}.{part}");
        let material = Material {
            title: checks.text(&at("title"), &one.title, NAME),
            link: link(checks, &at("link"), one.link.as_deref()),
            text: checks.optional_body(&at("text"), one.text.as_deref(), BODY),
        };
        checks.ensure(
            material.link.is_some() || material.text.is_some(),
            UserErrorCode::Blank,
            &at("link"),
            || Text::new("Give a link or a text.", "请提供链接或文字。"),
        );
        kept.push(material);
    }
    Ok(serde_json::to_value(kept)?)
}

fn told(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: Value) {
    trace(
        work,
        (CATALOGUE_CHANGED, "training_course"),
        id,
        action,
        detail,
    );
}

fn shown(row: &training_course::Model) -> Value {
    json!({
        "code": row.code,
        "name": row.name,
        "nameZh": row.name_zh,
        "subject": row.subject,
        "kind": row.kind,
        "audience": row.audience,
        "minutes": row.minutes,
        "description": row.description,
        "descriptionZh": row.description_zh,
        "materials": row.materials,
        "certificate": row.certificate_id,
        "retired": row.retired_at.is_some(),
    })
}
