//! Preparing a cycle, and moving its days (筹备考核、调整日程).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::enums::{AppraisalRhythm, AppraisalStage, JobFamily};
use entity::{appraisal_cycle, appraisal_cycle_template, department};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::common::{to_run, trace};
use crate::access::{Call, Permission, by_ids};
use crate::app::App;
use crate::appraisals::actions::common::{BODY, Step, wrong_stage};
use crate::appraisals::cycles::population::period;
use crate::appraisals::cycles::rules::{Calendar, misplaced};
use crate::appraisals::cycles::store;
use crate::appraisals::rules::population::Rule;
use crate::appraisals::templates;
use crate::appraisals::templates::actions::common::coded;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::work::{Once, Work};

/// The most characters of a name.
const NAME: usize = 100;
/// The most departments that a cycle names.
const DEPARTMENTS: usize = 100;

/// What a cycle is.
#[derive(Clone, Debug, Serialize)]
pub struct Content {
    /// Short code, unique.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// How often such a round comes.
    pub rhythm: AppraisalRhythm,
    /// The first day that it is about.
    pub from_day: NaiveDate,
    /// The first day after it.
    pub until_day: NaiveDate,
    /// Until when what is done.
    pub calendar: Calendar,
    /// Who takes part.
    pub population: Rule,
    /// By which versions of templates, one a family.
    pub versions: Vec<Uuid>,
}

/// A draft as it is to be.
#[derive(Clone, Debug)]
pub struct CycleRevise {
    /// The cycle.
    pub step: Step,
    /// What it is.
    pub content: Content,
}

/// Writes the draft of a cycle and returns its id.
///
/// # Errors
/// User errors about the values; refusal of permission.
pub async fn cycle_create(
    app: &App,
    call: &Call,
    input: &Content,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::AppraisalManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "appraisalCycleCreate", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let blank = appraisal_cycle::Model {
        id: new_id(call.at),
        code: String::new(),
        name: String::new(),
        name_zh: String::new(),
        rhythm: input.rhythm,
        from_day: input.from_day,
        until_day: input.until_day,
        stage: AppraisalStage::Draft,
        population: Value::Null,
        self_until: input.calendar.self_until,
        review_until: input.calendar.review_until,
        publish_on: input.calendar.publish_on,
        acknowledge_until: input.calendar.acknowledge_until,
        appeal_until: input.calendar.appeal_until,
        snapshot_id: None,
        published_at: None,
        closed_at: None,
        reason: None,
        created_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let (row, families) = filled(&work, blank, input).await?;
    if store::is_taken(work.tx(), &row.code).await? {
        let text = Text::new(
            "There is a cycle with this code already; take another code.",
            "该编码的考核周期已存在，请更换编码。",
        );
        return Err(UserError::new(UserErrorCode::Taken, "input.cycle.code", text).into());
    }
    let (id, detail) = (row.id, shown(&row, &families));
    store::insert(work.tx(), row).await?;
    store::replace_templates(work.tx(), id, rows(call, id, families)).await?;
    trace(&mut work, id, "appraisal.cycle.create", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Changes a draft as a whole and returns its id; its code stays.
///
/// # Errors
/// User errors about the values, and when it is no draft any more; refusals of permission, reach and version.
pub async fn cycle_revise(app: &App, call: &Call, input: &CycleRevise) -> Result<Uuid> {
    call.viewer.require(Permission::AppraisalManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_run(&work, input.step).await?;
    if before.stage != AppraisalStage::Draft {
        return Err(wrong_stage(before.stage).into());
    }
    if before.code != input.content.code.trim() {
        let text = Text::new("The code stays.", "编码不能修改。");
        return Err(UserError::new(UserErrorCode::RuleViolated, "input.cycle.code", text).into());
    }
    let (row, families) = filled(&work, before, &input.content).await?;
    let (id, detail) = (row.id, shown(&row, &families));
    store::save(work.tx(), row, call.at).await?;
    store::replace_templates(work.tx(), id, rows(call, id, families)).await?;
    trace(&mut work, id, "appraisal.cycle.revise", detail);
    work.commit().await?;
    Ok(id)
}

/// Other days for a cycle that goes on.
#[derive(Clone, Debug)]
pub struct CycleReschedule {
    /// The cycle.
    pub step: Step,
    /// Until when what is done from now on.
    pub calendar: Calendar,
    /// Why.
    pub reason: String,
}

/// Moves the last days of a cycle that goes on, with a reason, and returns its id. What it is about stays.
///
/// # Errors
/// User errors about the days, and when it is over; refusals of permission, reach and version.
pub async fn cycle_reschedule(app: &App, call: &Call, input: &CycleReschedule) -> Result<Uuid> {
    call.viewer.require(Permission::AppraisalManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_run(&work, input.step).await?;
    if [AppraisalStage::Closed, AppraisalStage::Cancelled].contains(&before.stage) {
        return Err(wrong_stage(before.stage).into());
    }
    let mut checks = Checks::default();
    for (field, text) in misplaced(before.rhythm, period(&before), &input.calendar) {
        let field = format!("input.calendar.{field}");
        checks.add(UserErrorCode::Invalid, &field, text);
    }
    let reason = checks.body("input.reason", &input.reason, BODY);
    checks.done()?;
    let (id, from) = (before.id, days(&before));
    let row = dated(before, input.calendar);
    let detail = json!({ "from": from, "to": days(&row), "reason": reason });
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, id, "appraisal.cycle.reschedule", detail);
    work.commit().await?;
    Ok(id)
}

type Families = BTreeMap<JobFamily, Uuid>;

/// The row with this content, and the version for each family.
async fn filled(
    work: &Work<'_>,
    row: appraisal_cycle::Model,
    input: &Content,
) -> Result<(appraisal_cycle::Model, Families)> {
    let mut checks = Checks::default();
    let code = coded(&mut checks, "input.cycle.code", &input.code);
    let name = checks.text("input.cycle.name", &input.name, NAME);
    let name_zh = checks.text("input.cycle.nameZh", &input.name_zh, NAME);
    let days = (input.from_day, input.until_day);
    for (field, text) in misplaced(input.rhythm, days, &input.calendar) {
        let part = if field == "untilDay" { "" } else { "calendar." };
        let field = format!("input.cycle.{part}{field}");
        checks.add(UserErrorCode::Invalid, &field, text);
    }
    populated(work, &mut checks, input).await?;
    let families = versions(work, &mut checks, &input.versions).await?;
    checks.done()?;
    let row = appraisal_cycle::Model {
        code,
        name,
        name_zh,
        rhythm: input.rhythm,
        from_day: input.from_day,
        until_day: input.until_day,
        population: serde_json::to_value(&input.population)?,
        ..dated(row, input.calendar)
    };
    Ok((row, families))
}

async fn populated(work: &Work<'_>, checks: &mut Checks, input: &Content) -> Result<()> {
    let rule = &input.population;
    let length = (input.until_day - input.from_day).num_days().max(1);
    checks.ensure(
        i64::from(rule.least_days) <= length,
        UserErrorCode::Invalid,
        "input.cycle.population.leastDays",
        || {
            Text::new(
                "Nobody is at work on more days than the period has.",
                "最少在岗天数不能超过考核周期的天数。",
            )
        },
    );
    let field = "input.cycle.population.departmentIds";
    let departments: Vec<Uuid> = rule.departments.iter().copied().collect();
    checks.ensure(
        departments.len() <= DEPARTMENTS,
        UserErrorCode::Invalid,
        field,
        || {
            Text::new(
                format!("At most {DEPARTMENTS} departments are named; of all when none is."),
                format!("最多指定 {DEPARTMENTS} 个部门，不指定则为全部。"),
            )
        },
    );
    let (viewer, read) = (&work.call().viewer, Permission::OrganisationRead);
    let found = by_ids::<department::Entity>(work.tx(), viewer, read, &departments).await?;
    for id in departments {
        checks.found(field, found.get(&id));
    }
    Ok(())
}

/// One published version a family.
async fn versions(work: &Work<'_>, checks: &mut Checks, ids: &[Uuid]) -> Result<Families> {
    let field = |place: usize| format!("input.cycle.versionIds.{place}");
    let most = 6;
    checks.ensure(
        (1..=most).contains(&ids.len()),
        UserErrorCode::Invalid,
        "input.cycle.versionIds",
        || {
            Text::new(
                "A cycle has a template for one family at least, and one for each at most.",
                "考核周期至少选用一个模板，每个岗位族最多一个。",
            )
        },
    );
    let ids = &ids[..ids.len().min(most)];
    let usable = templates::store::usable(work.tx(), ids).await?;
    let mut families = Families::new();
    let mut seen = BTreeSet::new();
    for (place, id) in ids.iter().enumerate() {
        let Some(family) = usable.get(id) else {
            let text = Text::new(
                "There is no such published version of a template in use.",
                "没有该已发布的模板版本，或模板已停用。",
            );
            checks.add(UserErrorCode::NotFound, &field(place), text);
            continue;
        };
        checks.ensure(
            seen.insert(*family),
            UserErrorCode::RuleViolated,
            &field(place),
            || {
                Text::new(
                    "There is another template for the same family; take one.",
                    "同一岗位族已选用其他模板，只能选用一个。",
                )
            },
        );
        families.insert(*family, *id);
    }
    Ok(families)
}

fn rows(call: &Call, cycle: Uuid, families: Families) -> Vec<appraisal_cycle_template::Model> {
    let row = |(family, version_id)| appraisal_cycle_template::Model {
        id: new_id(call.at),
        cycle_id: cycle,
        version_id,
        family,
    };
    families.into_iter().map(row).collect()
}

fn dated(row: appraisal_cycle::Model, calendar: Calendar) -> appraisal_cycle::Model {
    appraisal_cycle::Model {
        self_until: calendar.self_until,
        review_until: calendar.review_until,
        publish_on: calendar.publish_on,
        acknowledge_until: calendar.acknowledge_until,
        appeal_until: calendar.appeal_until,
        ..row
    }
}

fn days(row: &appraisal_cycle::Model) -> Value {
    json!([
        row.self_until,
        row.review_until,
        row.publish_on,
        row.acknowledge_until,
        row.appeal_until
    ])
}

/// What the audit log keeps of a draft.
fn shown(row: &appraisal_cycle::Model, families: &Families) -> Value {
    json!({
        "code": row.code,
        "name": row.name,
        "nameZh": row.name_zh,
        "rhythm": row.rhythm,
        "from": row.from_day,
        "until": row.until_day,
        "calendar": days(row),
        "population": row.population,
        "versions": families.values().collect::<Vec<_>>(),
    })
}
