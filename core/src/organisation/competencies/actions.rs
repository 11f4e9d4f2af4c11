//! Keeping the catalogue and the profiles, and assessing members (维护能力项、能力模型，评估成员).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use entity::{
    competency, competency_assessment, competency_profile, competency_want, member, position,
};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::rules::{HIGHEST, LOWEST, MOST_WANTS};
use super::{ASSESSED, store};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::audit;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::events::Event;
use crate::organisation::rules::holds_on;
use crate::organisation::structure::actions::{coded, conclude, dated};
use crate::organisation::structure::store::save_position;
use crate::organisation::today;
use crate::work::{Once, Work, expect_version};

/// The most characters of a name.
const NAME: usize = 100;
/// The most characters of a meaning or a note.
const NOTE: usize = 1_000;
/// The most characters of what an assessment was seen by.
const EVIDENCE: usize = 4_000;
/// How far back an assessment can be dated.
const BACK: i64 = 366;

/// What a competency is called and means.
#[derive(Clone, Debug, Serialize)]
pub struct Named {
    /// Its name in English.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// What is meant.
    pub meaning: String,
    /// 含义.
    pub meaning_zh: String,
}

impl Named {
    fn look_over(&self, checks: &mut Checks) -> Self {
        Self {
            name: checks.text("input.name", &self.name, NAME),
            name_zh: checks.text("input.nameZh", &self.name_zh, NAME),
            meaning: checks.body("input.meaning", &self.meaning, NOTE),
            meaning_zh: checks.body("input.meaningZh", &self.meaning_zh, NOTE),
        }
    }
}

/// A competency to add.
#[derive(Clone, Debug, Serialize)]
pub struct CompetencyCreate {
    /// Its code.
    pub code: String,
    /// Its words.
    pub named: Named,
}

/// Adds a competency to the catalogue and returns its id.
///
/// # Errors
/// User errors about the values; a missing permission.
pub async fn competency_create(
    app: &App,
    call: &Call,
    input: &CompetencyCreate,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::OrganisationManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work
        .once(idempotency_key, "competencyCreate", input)
        .await?
    {
        return Ok(id);
    }
    // The lock under which the organisation changes: two with one code come one after the other.
    work.raise_epoch().await?;
    let mut checks = Checks::default();
    let taken = store::code_taken(work.tx(), input.code.trim()).await?;
    let code = coded(&mut checks, &input.code, taken);
    let named = input.named.look_over(&mut checks);
    checks.done()?;
    let row = competency::Model {
        id: new_id(call.at),
        code,
        name: named.name,
        name_zh: named.name_zh,
        meaning: named.meaning,
        meaning_zh: named.meaning_zh,
        active: true,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = row.id;
    let detail = json!({ "code": row.code, "name": row.name });
    store::insert_competency(work.tx(), row).await?;
    conclude(&mut work, "competency.create", ("competency", id), detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// A competency with its new words.
#[derive(Clone, Debug)]
pub struct CompetencyUpdate {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// Its words.
    pub named: Named,
    /// May it be wanted and assessed from now on?
    pub active: bool,
}

/// Changes a competency and returns its id. Profiles that want a retired one go on wanting it.
///
/// # Errors
/// User errors about the words; refusals of permission and version.
pub async fn competency_update(app: &App, call: &Call, input: &CompetencyUpdate) -> Result<Uuid> {
    let permission = Permission::OrganisationManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let row =
        to_change::<competency::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(row.version, input.expected_version)?;
    let mut checks = Checks::default();
    let named = input.named.look_over(&mut checks);
    checks.done()?;
    let detail = json!({ "name": named.name, "active": input.active });
    let row = competency::Model {
        name: named.name,
        name_zh: named.name_zh,
        meaning: named.meaning,
        meaning_zh: named.meaning_zh,
        active: input.active,
        ..row
    };
    store::save_competency(work.tx(), row, call.at).await?;
    conclude(
        &mut work,
        "competency.update",
        ("competency", input.id),
        detail,
    );
    work.commit().await?;
    Ok(input.id)
}

/// How much of a competency is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Want {
    /// The competency.
    pub competency_id: Uuid,
    /// The level.
    pub level: i32,
}

/// What a position wants from a day on.
#[derive(Clone, Debug)]
pub struct ProfileSet {
    /// The position.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// What is wanted.
    pub wants: Vec<Want>,
    /// The first day.
    pub valid_from: NaiveDate,
    /// Why.
    pub note: Option<String>,
}

fn a_level(checks: &mut Checks, field: &str, level: i32) {
    checks.ensure(
        (LOWEST..=HIGHEST).contains(&level),
        UserErrorCode::Invalid,
        field,
        || {
            Text::new(
                "A level is 1 (beginner) to 5 (sets the standard).",
                "等级须为 1（入门）到 5（标杆）。",
            )
        },
    );
}

/// Writes the next profile of a position and returns the position's id.
///
/// # Errors
/// User errors about levels and day; refusals of permission and version.
pub async fn profile_set(app: &App, call: &Call, input: &ProfileSet) -> Result<Uuid> {
    let permission = Permission::OrganisationManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    work.raise_epoch().await?;
    let row = to_change::<position::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(row.version, input.expected_version)?;
    let mut checks = Checks::default();
    let note = checks.optional_body("input.note", input.note.as_deref(), NOTE);
    wanted(&work, &mut checks, &input.wants).await?;
    dated(&mut checks, call, "input.validFrom", input.valid_from);
    checks.ensure(
        row.valid_to.is_none_or(|end| input.valid_from < end),
        UserErrorCode::WrongState,
        "input.validFrom",
        || Text::new("The position is closed by that day.", "该岗位届时已撤销。"),
    );
    let last = store::last_profile(work.tx(), row.id).await?;
    if let Some(last) = &last {
        let from = last.valid_from;
        checks.ensure(
            input.valid_from > from,
            UserErrorCode::RuleViolated,
            "input.validFrom",
            || {
                Text::new(
                    format!(
                        "Its last profile holds from {from}; the next one begins after that day."
                    ),
                    format!("其最近的能力模型自 {from} 起生效，新版本须晚于该日。"),
                )
            },
        );
    }
    checks.done()?;
    let profile = competency_profile::Model {
        id: new_id(call.at),
        position_id: row.id,
        number: last.map_or(1, |last| last.number + 1),
        valid_from: input.valid_from,
        note,
        created_by: call.viewer.actor.id,
        created_at: call.at,
    };
    let wants = input.wants.iter().map(|want| competency_want::Model {
        id: new_id(call.at),
        profile_id: profile.id,
        competency_id: want.competency_id,
        level: want.level,
    });
    let wants: Vec<_> = wants.collect();
    let levels: Vec<_> = wants
        .iter()
        .map(|want| json!([want.competency_id, want.level]))
        .collect();
    let detail = json!({ "number": profile.number, "from": profile.valid_from, "wants": levels });
    store::insert_profile(work.tx(), profile, wants).await?;
    save_position(work.tx(), row, call.at).await?;
    conclude(
        &mut work,
        "competency.profile",
        ("position", input.id),
        detail,
    );
    work.commit().await?;
    Ok(input.id)
}

async fn wanted(work: &Work<'_>, checks: &mut Checks, wants: &[Want]) -> Result<()> {
    checks.ensure(
        (1..=MOST_WANTS).contains(&wants.len()),
        UserErrorCode::Invalid,
        "input.wants",
        || {
            Text::new(
                format!("A profile wants 1 to {MOST_WANTS} competencies."),
                format!("能力模型须包含 1 至 {MOST_WANTS} 项能力。"),
            )
        },
    );
    let ids: Vec<Uuid> = wants.iter().map(|want| want.competency_id).collect();
    let there: BTreeSet<Uuid> = store::active_among(work.tx(), &ids)
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    let mut seen = BTreeSet::new();
    for (place, want) in wants.iter().enumerate().take(MOST_WANTS) {
        let field = format!("input.wants.{place}.competencyId");
        a_level(checks, &format!("input.wants.{place}.level"), want.level);
        checks.found(&field, there.get(&want.competency_id));
        checks.ensure(
            seen.insert(want.competency_id),
            UserErrorCode::Invalid,
            &field,
            || Text::new("This competency is named twice.", "能力项重复。"),
        );
    }
    Ok(())
}

/// What was found of a member.
#[derive(Clone, Debug, Serialize)]
pub struct Assess {
    /// Who.
    pub member_id: Uuid,
    /// The competency.
    pub competency_id: Uuid,
    /// The level.
    pub level: i32,
    /// What it was seen by.
    pub evidence: String,
    /// The day from which on it holds; today when nothing is said.
    pub on: Option<NaiveDate>,
}

/// Writes an assessment and returns its id.
///
/// # Errors
/// User errors about the values, and when it is oneself; refusals of permission and reach.
pub async fn assess(
    app: &App,
    call: &Call,
    input: &Assess,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::CompetencyAssess;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work
        .once(idempotency_key, "competencyAssess", input)
        .await?
    {
        return Ok(id);
    }
    let person =
        to_change::<member::Entity>(work.tx(), &call.viewer, permission, input.member_id).await?;
    let mut checks = Checks::default();
    let evidence = checks.body("input.evidence", &input.evidence, EVIDENCE);
    a_level(&mut checks, "input.level", input.level);
    let there = store::active_among(work.tx(), &[input.competency_id]).await?;
    checks.found("input.competencyId", there.first());
    let today = today(call);
    let on = input.on.unwrap_or(today);
    checks.ensure(
        call.viewer.standing.member_id != Some(person.id),
        UserErrorCode::RuleViolated,
        "input.memberId",
        || {
            Text::new(
                "Nobody assesses themselves; ask your lead.",
                "不能评估本人，请由主管评估。",
            )
        },
    );
    checks.ensure(
        on <= today && on >= today - chrono::TimeDelta::days(BACK),
        UserErrorCode::Invalid,
        "input.on",
        || {
            Text::new(
                format!("The day is {today} or up to {BACK} days before."),
                format!("日期须为 {today} 或之前 {BACK} 天内。"),
            )
        },
    );
    checks.ensure(
        holds_on(person.joined_on, person.left_on, on),
        UserErrorCode::RuleViolated,
        "input.on",
        || {
            Text::new(
                "The member doesn't work here on that day.",
                "该成员当日不在职。",
            )
        },
    );
    checks.done()?;
    let row = competency_assessment::Model {
        id: new_id(call.at),
        member_id: person.id,
        competency_id: input.competency_id,
        level: input.level,
        evidence,
        assessed_on: on,
        assessed_by: call.viewer.actor.id,
        assessed_by_name: call.viewer.actor.name.clone(),
        created_at: call.at,
    };
    let id = row.id;
    work.audit(audit::Entry {
        action: "competency.assess",
        entity_type: "member",
        entity_id: Some(person.id),
        detail: json!({ "assessment": id, "competency": row.competency_id, "level": row.level, "on": on }),
    });
    let told = json!({ "assessment": id });
    work.emit(Event::new(call.at, ASSESSED, person.id, told));
    store::insert_assessment(work.tx(), row).await?;
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}
