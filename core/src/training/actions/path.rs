//! Making and changing a learning path (维护学习路径).

use chrono::NaiveDate;
use entity::{position, training_course, training_path, training_path_course};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::common::{BODY, NAME, code, taken, trace};
use crate::access::{Call, Permission, by_ids, find, to_change};
use crate::app::App;
use crate::check::{Change, Checks};
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::training::{CATALOGUE_CHANGED, store};
use crate::work::{Once, Work, expect_version};

/// The most courses of a path.
const COURSES: usize = 50;
/// The longest time limit: three years.
const DAYS: i32 = 1_096;

/// Who must do a path, and within what time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Mandatory {
    /// The holders of this position.
    pub position_id: Uuid,
    /// So many days after they came to it.
    pub days: i32,
    /// Nobody's time began before this day.
    pub from: NaiveDate,
}

/// The path to make.
#[derive(Clone, Debug, Serialize)]
pub struct PathCreate {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// What it is for.
    pub description: String,
    /// Who must do it; nobody when absent.
    pub mandatory: Option<Mandatory>,
    /// Its courses in their order.
    pub courses: Vec<Uuid>,
}

/// What changes about a path.
#[derive(Clone, Debug)]
pub struct PathUpdate {
    /// The path.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// What it is called.
    pub name: Change<String>,
    /// 中文名称.
    pub name_zh: Change<String>,
    /// What it is for.
    pub description: Change<String>,
    /// Who must do it.
    pub mandatory: Change<Mandatory>,
    /// Its courses in their order.
    pub courses: Change<Vec<Uuid>>,
    /// Isn't used any more, or again.
    pub retired: Option<bool>,
}

/// Makes a path and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission.
pub async fn path_create(
    app: &App,
    call: &Call,
    input: &PathCreate,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::TrainingCourseManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "trainingPathCreate", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let mut checks = Checks::default();
    if let Some(mandatory) = input.mandatory {
        look_over(&work, &mut checks, mandatory).await?;
    }
    let mut row = training_path::Model {
        id: new_id(call.at),
        code: code(&mut checks, &input.code),
        name: checks.text("input.name", &input.name, NAME),
        name_zh: checks.text("input.nameZh", &input.name_zh, NAME),
        description: checks.body("input.description", &input.description, BODY),
        position_id: None,
        days_limit: None,
        mandatory_from: None,
        retired_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    put(&mut row, input.mandatory);
    let courses = courses(&work, &mut checks, row.id, &input.courses).await?;
    checks.done()?;
    let (id, detail) = (row.id, shown(&row, &input.courses));
    if !store::insert_unique(work.tx(), row).await? {
        return Err(taken().into());
    }
    store::replace_path_courses(work.tx(), id, courses).await?;
    told(&mut work, id, "training.path.create", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Changes a path and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission and version.
pub async fn path_update(app: &App, call: &Call, input: PathUpdate) -> Result<Uuid> {
    let permission = Permission::TrainingCourseManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before =
        to_change::<training_path::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
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
    match input.mandatory {
        Change::Keep => {}
        Change::Clear => put(&mut after, None),
        Change::Set(mandatory) => {
            look_over(&work, &mut checks, mandatory).await?;
            put(&mut after, Some(mandatory));
        }
    }
    match input.retired {
        Some(true) => after.retired_at = after.retired_at.or(Some(call.at)),
        Some(false) => after.retired_at = None,
        None => {}
    }
    checks.must_stay("input.courseIds", &input.courses);
    let replaced = match &input.courses {
        Change::Set(ids) => Some(courses(&work, &mut checks, after.id, ids).await?),
        Change::Keep | Change::Clear => None,
    };
    checks.done()?;
    if after == before && replaced.is_none() {
        return Ok(before.id);
    }
    let now = input.courses.value().map_or(&[][..], Vec::as_slice);
    let detail = json!({ "from": shown(&before, &[]), "to": shown(&after, now) });
    store::save(work.tx(), after, call.at).await?;
    if let Some(courses) = replaced {
        store::replace_path_courses(work.tx(), before.id, courses).await?;
    }
    told(&mut work, before.id, "training.path.update", detail);
    work.commit().await?;
    Ok(before.id)
}

fn put(row: &mut training_path::Model, mandatory: Option<Mandatory>) {
    row.position_id = mandatory.map(|mandatory| mandatory.position_id);
    row.days_limit = mandatory.map(|mandatory| mandatory.days);
    row.mandatory_from = mandatory.map(|mandatory| mandatory.from);
}

async fn look_over(work: &Work<'_>, checks: &mut Checks, mandatory: Mandatory) -> Result<()> {
    let viewer = &work.call().viewer;
    let id = mandatory.position_id;
    let row = find::<position::Entity>(work.tx(), viewer, Permission::OrganisationRead, id).await?;
    checks.found("input.mandatory.positionId", row);
    checks.ensure(
        (1..=DAYS).contains(&mandatory.days),
        UserErrorCode::Invalid,
        "input.mandatory.days",
        || {
            Text::new(
                format!("The time limit is 1 to {DAYS} days."),
                format!("期限须为 1 至 {DAYS} 天。"),
            )
        },
    );
    Ok(())
}

async fn courses(
    work: &Work<'_>,
    checks: &mut Checks,
    path_id: Uuid,
    ids: &[Uuid],
) -> Result<Vec<training_path_course::Model>> {
    let field = "input.courseIds";
    let mut distinct = ids.to_vec();
    distinct.sort();
    distinct.dedup();
    checks.ensure(
        (1..=COURSES).contains(&ids.len()) && distinct.len() == ids.len(),
        UserErrorCode::Invalid,
        field,
        || {
            Text::new(
                format!("A path has 1 to {COURSES} courses, each once."),
                format!("学习路径须有 1 至 {COURSES} 门互不重复的课程。"),
            )
        },
    );
    distinct.truncate(COURSES);
    let viewer = &work.call().viewer;
    let found = by_ids::<training_course::Entity>(
        work.tx(),
        viewer,
        Permission::TrainingCourseManage,
        &distinct,
    )
    .await?;
    if distinct.iter().any(|id| !found.contains_key(id)) {
        checks.found::<()>(field, None);
    }
    let at = work.call().at;
    Ok((1..)
        .zip(ids)
        .map(|(place, course)| training_path_course::Model {
            id: new_id(at),
            path_id,
            course_id: *course,
            place,
        })
        .collect())
}

fn told(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: Value) {
    trace(
        work,
        (CATALOGUE_CHANGED, "training_path"),
        id,
        action,
        detail,
    );
}

fn shown(row: &training_path::Model, courses: &[Uuid]) -> Value {
    json!({
        "code": row.code,
        "name": row.name,
        "nameZh": row.name_zh,
        "description": row.description,
        "position": row.position_id,
        "days": row.days_limit,
        "from": row.mandatory_from,
        "retired": row.retired_at.is_some(),
        "courses": courses,
    })
}
