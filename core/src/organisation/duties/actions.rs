//! Founding, describing and closing positions (新设、说明、撤销岗位).

use chrono::NaiveDate;
use entity::enums::JobFamily;
use entity::{position, position_version};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::rules::Expected;
use super::store;
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::structure::actions::{coded, conclude, dated, not_placed};
use crate::organisation::structure::store::{
    Target, insert_position, position_code_taken, save_position,
};
use crate::work::{Once, Work, expect_version};

/// The most characters of a name.
const NAME: usize = 100;
/// The most characters of duties, goals, standards and notes.
const BODY: usize = 4_000;

/// What is expected, as it was written.
#[derive(Clone, Debug, Serialize)]
pub struct Written {
    /// What the holder does.
    pub duties: String,
    /// 岗位职责.
    pub duties_zh: String,
    /// What the holder is to reach.
    pub goals: String,
    /// 工作目标.
    pub goals_zh: String,
    /// How good work is told.
    pub standards: String,
    /// 绩效标准.
    pub standards_zh: String,
}

impl Written {
    fn look_over(&self, checks: &mut Checks) -> Expected {
        Expected {
            duties: [
                checks.body("input.duties", &self.duties, BODY),
                checks.body("input.dutiesZh", &self.duties_zh, BODY),
            ],
            goals: [
                checks.body("input.goals", &self.goals, BODY),
                checks.body("input.goalsZh", &self.goals_zh, BODY),
            ],
            standards: [
                checks.body("input.standards", &self.standards, BODY),
                checks.body("input.standardsZh", &self.standards_zh, BODY),
            ],
        }
    }
}

/// A position to found.
#[derive(Clone, Debug, Serialize)]
pub struct PositionCreate {
    /// Its code.
    pub code: String,
    /// Its name in English.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// The family.
    pub family: JobFamily,
    /// What is expected.
    pub written: Written,
    /// The first day.
    pub valid_from: NaiveDate,
}

/// Founds a position and returns its id.
///
/// # Errors
/// User errors about the values; a missing permission.
pub async fn position_create(
    app: &App,
    call: &Call,
    input: &PositionCreate,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::OrganisationManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "positionCreate", input).await? {
        return Ok(id);
    }
    work.raise_epoch().await?;
    let mut checks = Checks::default();
    let taken = position_code_taken(work.tx(), input.code.trim()).await?;
    let code = coded(&mut checks, &input.code, taken);
    let name = checks.text("input.name", &input.name, NAME);
    let name_zh = checks.text("input.nameZh", &input.name_zh, NAME);
    let expected = input.written.look_over(&mut checks);
    dated(&mut checks, call, "input.validFrom", input.valid_from);
    checks.done()?;
    let id = new_id(call.at);
    let row = position::Model {
        id,
        code,
        name,
        name_zh,
        family: input.family,
        duties: expected.duties[0].clone(),
        goals: expected.goals[0].clone(),
        standards: expected.standards[0].clone(),
        valid_from: input.valid_from,
        valid_to: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let detail = json!({ "code": row.code, "name": row.name, "nameZh": row.name_zh, "from": row.valid_from });
    insert_position(work.tx(), row).await?;
    let version = version(&work, (id, 1), expected, input.valid_from, None);
    store::insert_version(work.tx(), version).await?;
    conclude(&mut work, "position.create", ("position", id), detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

fn version(
    work: &Work<'_>,
    (position_id, number): (Uuid, i32),
    expected: Expected,
    valid_from: NaiveDate,
    note: Option<String>,
) -> position_version::Model {
    let call = work.call();
    let [duties, duties_zh] = expected.duties;
    let [goals, goals_zh] = expected.goals;
    let [standards, standards_zh] = expected.standards;
    position_version::Model {
        id: new_id(call.at),
        position_id,
        number,
        duties,
        duties_zh,
        goals,
        goals_zh,
        standards,
        standards_zh,
        valid_from,
        note,
        created_by: call.viewer.actor.id,
        created_at: call.at,
    }
}

/// What is expected of a position from a day on.
#[derive(Clone, Debug)]
pub struct PositionDescribe {
    /// Which position.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// What is expected.
    pub written: Written,
    /// The first day on which it is.
    pub valid_from: NaiveDate,
    /// Why it was written anew.
    pub note: Option<String>,
}

/// Writes the next version of what is expected of a position, and returns the position's id.
///
/// # Errors
/// User errors about texts and day; refusals of permission and version.
pub async fn position_describe(app: &App, call: &Call, input: &PositionDescribe) -> Result<Uuid> {
    let permission = Permission::OrganisationManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    work.raise_epoch().await?;
    let row = to_change::<position::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(row.version, input.expected_version)?;
    let mut checks = Checks::default();
    let expected = input.written.look_over(&mut checks);
    let note = checks.optional_body("input.note", input.note.as_deref(), BODY);
    dated(&mut checks, call, "input.validFrom", input.valid_from);
    let last = store::last_version(work.tx(), row.id).await?;
    let from = last.as_ref().map_or(row.valid_from, |last| last.valid_from);
    checks.ensure(
        input.valid_from > from,
        UserErrorCode::RuleViolated,
        "input.validFrom",
        || {
            Text::new(
                format!("Its last version holds from {from}; the next one begins after that day."),
                format!("其最近版本自 {from} 起生效，新版本须晚于该日。"),
            )
        },
    );
    checks.ensure(
        row.valid_to.is_none_or(|end| input.valid_from < end),
        UserErrorCode::WrongState,
        "input.validFrom",
        || Text::new("The position is closed by that day.", "该岗位届时已撤销。"),
    );
    checks.done()?;
    let number = match last {
        Some(last) => last.number + 1,
        None => {
            // What its row has said so far becomes its first version, so that it stays known.
            let first = version(
                &work,
                (row.id, 1),
                Expected::plain(&row),
                row.valid_from,
                None,
            );
            store::insert_version(work.tx(), first).await?;
            2
        }
    };
    let detail = json!({ "number": number, "from": input.valid_from, "note": note });
    let next = version(&work, (row.id, number), expected, input.valid_from, note);
    store::insert_version(work.tx(), next).await?;
    save_position(work.tx(), row, call.at).await?;
    conclude(
        &mut work,
        "position.describe",
        ("position", input.id),
        detail,
    );
    work.commit().await?;
    Ok(input.id)
}

/// A position to close.
#[derive(Clone, Copy, Debug)]
pub struct PositionClose {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// The first day on which it no longer exists.
    pub on: NaiveDate,
}

/// Closes a position from a day on and returns its id.
///
/// # Errors
/// User errors when somebody holds it on that day or later; refusals of permission and version.
pub async fn position_close(app: &App, call: &Call, input: PositionClose) -> Result<Uuid> {
    let permission = Permission::OrganisationManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    work.raise_epoch().await?;
    let row = to_change::<position::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(row.version, input.expected_version)?;
    let mut checks = Checks::default();
    dated(&mut checks, call, "input.on", input.on);
    checks.ensure(
        input.on > row.valid_from && row.valid_to.is_none_or(|end| input.on < end),
        UserErrorCode::WrongState,
        "input.on",
        || {
            Text::new(
                "It doesn't exist just before that day; take a day on which it can end.",
                "该岗位在此日期前并不有效，请选择其有效期内的日期。",
            )
        },
    );
    not_placed(&work, &mut checks, Target::Position(row.id), input.on).await?;
    checks.done()?;
    let closed = position::Model {
        valid_to: Some(input.on),
        ..row
    };
    save_position(work.tx(), closed, call.at).await?;
    let detail = json!({ "on": input.on });
    conclude(&mut work, "position.close", ("position", input.id), detail);
    work.commit().await?;
    Ok(input.id)
}
