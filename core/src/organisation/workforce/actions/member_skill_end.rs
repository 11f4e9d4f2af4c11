//! Ending the record of a skill on a day (结束技能登记).

use chrono::NaiveDate;
use entity::{member, member_skill};
use serde_json::json;
use uuid::Uuid;

use super::common::{leave_trace, not_before_today};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::today;
use crate::organisation::workforce::store::save;
use crate::work::{Work, expect_version};

/// Which record ends when.
#[derive(Clone, Debug)]
pub struct MemberSkillEnd {
    /// The record.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// First day on which it no longer holds; today when none is given.
    pub valid_to: Option<NaiveDate>,
}

/// Ends a record and returns its id.
///
/// # Errors
/// User errors about the day; refusals of permission, reach and version.
pub async fn member_skill_end(app: &App, call: &Call, input: &MemberSkillEnd) -> Result<Uuid> {
    let permission = Permission::MemberSkillWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let seen =
        to_change::<member_skill::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    to_change::<member::Entity>(work.tx(), &call.viewer, permission, seen.member_id).await?;
    expect_version(seen.version, input.expected_version)?;
    let end = input.valid_to.unwrap_or_else(|| today(call));
    let mut checks = Checks::default();
    not_before_today(&mut checks, call, "input.validTo", end);
    checks.ensure(
        end > seen.valid_from,
        UserErrorCode::Invalid,
        "input.validTo",
        || {
            Text::new(
                "The end is the first day on which it no longer holds, so it comes after the start.",
                "结束日期为不再有效的第一天，须晚于开始日期。",
            )
        },
    );
    let earlier = seen.valid_to.is_some_and(|known| known <= end);
    checks.ensure(!earlier, UserErrorCode::WrongState, "input.validTo", || {
        Text::new("It ends by then already.", "该登记届时已结束。")
    });
    checks.done()?;
    let detail = json!({
        "record": seen.id,
        "skill": seen.skill_id,
        "to": end,
        "toBefore": seen.valid_to,
    });
    let (id, member_id) = (seen.id, seen.member_id);
    let mut row = seen;
    row.valid_to = Some(end);
    save(work.tx(), row, call.at).await?;
    leave_trace(&mut work, member_id, "member.skill.end", detail);
    work.commit().await?;
    Ok(id)
}
