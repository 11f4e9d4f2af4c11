//! Taking a version out of use (停用规则版本).

use chrono::NaiveDate;
use entity::enums::IncentiveRuleState;
use entity::incentive_rule_version;
use serde_json::json;
use uuid::Uuid;

use super::activate::ended;
use super::common::{Step, led, open_from, seen, trace};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::incentives::definitions::store;
use crate::incentives::rules::life::Action;
use crate::organisation::today;
use crate::work::Work;

/// Which version gives no awards any more.
#[derive(Clone, Copy, Debug)]
pub struct Retire {
    /// The version.
    pub step: Step,
    /// The first day on which an active one doesn't; today when none is given. Periods that began before are still paid by it. One
    /// that ends before that day ends as it did.
    pub from: Option<NaiveDate>,
}

/// Takes a version out of use and returns its rule's id: an active one from a day on, another one at once.
///
/// # Errors
/// A user error when it is retired already, or awards of that day are approved already; refusals of permission, reach and version.
pub async fn version_retire(app: &App, call: &Call, input: Retire) -> Result<Uuid> {
    let permission = Permission::IncentiveRuleWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    // A run that is started or approved at the same time: one of the two waits here.
    work.next("incentive_runs").await?;
    let (rule, before) = seen(&work, permission, input.step).await?;
    let state = led(&work, &before, Action::Retire, None, None).await?;
    let (id, number) = (rule.id, before.number);
    let from = input.from.unwrap_or_else(|| today(call));
    let row = if before.state == IncentiveRuleState::Active {
        if from < open_from(&work, before.period).await? {
            let text = Text::new(
                "Awards of that day are approved already: name a later one.",
                "该日期所在周期的奖励已核准，请指定更晚的日期。",
            );
            return Err(UserError::new(UserErrorCode::Invalid, "input.from", text).into());
        }
        ended(before, from, today(call))?
    } else {
        incentive_rule_version::Model { state, ..before }
    };
    let detail = json!({ "number": number, "from": row.active_until });
    store::save(work.tx(), row, call.at).await?;
    store::save(work.tx(), rule, call.at).await?;
    trace(&mut work, id, "incentive.rule.retire", detail);
    work.commit().await?;
    Ok(id)
}
