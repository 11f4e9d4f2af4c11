//! Recording how well a member can do something, from a day on (登记技能等级).

use chrono::NaiveDate;
use entity::{member, member_skill, skill};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{NOTE, days, leave_trace, level, place};
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::Result;
use crate::organisation::rules::Span;
use crate::organisation::today;
use crate::organisation::workforce::store::{insert, pick, recorded_levels, save, spans};
use crate::work::{Once, Work};

/// The level to record.
#[derive(Clone, Debug, Serialize)]
pub struct MemberSkillSet {
    /// Whose.
    pub member_id: Uuid,
    /// Of which skill.
    pub skill_id: Uuid,
    /// 1 to 5.
    pub level: i32,
    /// How it is known.
    pub note: Option<String>,
    /// First day; today when none is given.
    pub valid_from: Option<NaiveDate>,
    /// First day on which it no longer holds.
    pub valid_to: Option<NaiveDate>,
}

/// Records a level, which ends the former one, and returns the record's id.
///
/// # Errors
/// User errors about the values and days; refusals of permission and reach.
pub async fn member_skill_set(
    app: &App,
    call: &Call,
    input: &MemberSkillSet,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::MemberSkillWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "memberSkillSet", input).await? {
        return Ok(id);
    }
    let member =
        to_change::<member::Entity>(work.tx(), &call.viewer, permission, input.member_id).await?;
    let mut checks = Checks::default();
    let span = Span {
        from: input.valid_from.unwrap_or_else(|| today(call)),
        to: input.valid_to,
    };
    let viewer = &call.viewer;
    let skill = find::<skill::Entity>(
        work.tx(),
        viewer,
        Permission::OrganisationRead,
        input.skill_id,
    );
    checks.found("input.skillId", skill.await?);
    level(&mut checks, input.level);
    let note = checks.optional_body("input.note", input.note.as_deref(), NOTE);
    let fields = ("input.validFrom", "input.validTo");
    days(&mut checks, call, &member, span, fields);
    let others = recorded_levels(work.tx(), member.id, input.skill_id).await?;
    let plan = place(checks, span, &spans(&others), fields.1)?;
    let former = pick(&others, plan.ends.or(plan.rewrites));
    if let Some(mut ended) = pick(&others, plan.ends) {
        ended.valid_to = Some(span.from);
        save(work.tx(), ended, call.at).await?;
    }
    let id = match pick(&others, plan.rewrites) {
        Some(mut row) => {
            (row.level, row.note, row.valid_to) = (input.level, note, plan.to);
            save(work.tx(), row, call.at).await?.id
        }
        None => {
            let row = member_skill::Model {
                id: new_id(call.at),
                member_id: member.id,
                skill_id: input.skill_id,
                level: input.level,
                note,
                valid_from: span.from,
                valid_to: plan.to,
                version: 1,
                created_at: call.at,
                updated_at: call.at,
            };
            let id = row.id;
            insert(work.tx(), row).await?;
            id
        }
    };
    let detail = json!({
        "record": id,
        "skill": input.skill_id,
        "level": input.level,
        "levelBefore": former.map(|row| row.level),
        "from": span.from,
        "to": plan.to,
    });
    leave_trace(&mut work, member.id, "member.skill.set", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}
