//! Locking months (月结锁定).

use chrono::{Datelike, NaiveDate};
use entity::incentive_lock;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, actor};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::audit;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::incentives::rules::content::Period;
use crate::incentives::runs::rules::spans;
use crate::incentives::runs::store;
use crate::organisation::today;
use crate::work::Work;

/// The first year whose months are locked: there are no awards before it.
const FIRST_YEAR: i32 = 2000;

/// Up to which month.
#[derive(Clone, Debug)]
pub struct Lock {
    /// The first day of the last month that is locked.
    pub month: NaiveDate,
    /// Why, or what was agreed.
    pub note: Option<String>,
}

/// Locks a month and all before it, and returns the lock's id: nothing is booked there any more, and nothing is worked out for
/// periods that ended there.
///
/// # Errors
/// User errors about the month, when it isn't over or is locked, and while runs of it wait; refusals of permission.
pub async fn lock(app: &App, call: &Call, input: &Lock) -> Result<Uuid> {
    call.viewer.require(Permission::IncentivePayout)?;
    let mut work = Work::begin(&app.db, call).await?;
    // What is booked at the same time waits, or is waited for.
    work.next("incentive_runs").await?;
    let mut checks = Checks::default();
    let note = checks.optional_body("input.note", input.note.as_deref(), BODY);
    let span = spans::beginning(Period::Month, input.month);
    checks.ensure(
        span.is_some() && input.month.year() >= FIRST_YEAR,
        UserErrorCode::Invalid,
        "input.month",
        || {
            Text::new(
                format!("Give the first day of a month, from {FIRST_YEAR} on."),
                format!("请填写 {FIRST_YEAR} 年及以后的月份首日。"),
            )
        },
    );
    let open_from = span.map_or(input.month, |span| span.to);
    checks.ensure(
        open_from <= today(call),
        UserErrorCode::RuleViolated,
        "input.month",
        || Text::new("This month isn't over.", "该月尚未结束。"),
    );
    let open = store::open_from(work.tx()).await?;
    checks.ensure(
        open.is_none_or(|open| open < open_from),
        UserErrorCode::WrongState,
        "input.month",
        || Text::new("This month is locked already.", "该月已锁定。"),
    );
    let waiting = store::unsettled_until(work.tx(), open_from).await?;
    checks.ensure(
        waiting == 0,
        UserErrorCode::RuleViolated,
        "input.month",
        || {
            Text::new(
                match waiting {
                    1 => "A run of that time is neither booked nor sent back.".to_owned(),
                    _ => format!("{waiting} runs of that time are neither booked nor sent back."),
                },
                format!("该期间有 {waiting} 个计算批次尚未入账或退回。"),
            )
        },
    );
    checks.done()?;
    let row = incentive_lock::Model {
        id: new_id(call.at),
        open_from,
        note,
        made_by: actor(call),
        made_by_name: call.viewer.actor.name.clone(),
        created_at: call.at,
    };
    let id = row.id;
    store::insert(work.tx(), row).await?;
    work.audit(audit::Entry {
        action: "incentive.month.lock",
        entity_type: "incentive_lock",
        entity_id: Some(id),
        detail: json!({ "openFrom": open_from }),
    });
    work.commit().await?;
    Ok(id)
}
