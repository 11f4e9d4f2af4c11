//! Setting how much the holders of a position learn in a year (设定学时目标).

use entity::{position, training_target};
use serde_json::json;
use uuid::Uuid;

use super::common::trace;
use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{ApiError, Result, Text, UserErrorCode};
use crate::training::rules::targets::Year;
use crate::training::{CATALOGUE_CHANGED, store};
use crate::work::{Work, expect_version};

/// The most minutes of a target: two thousand hours.
const MOST: i32 = 120_000;

/// The target to set.
#[derive(Clone, Copy, Debug)]
pub struct TargetSet {
    /// The position.
    pub position_id: Uuid,
    /// From which year on, until another one is set.
    pub year: i32,
    /// How many minutes a year.
    pub minutes: i32,
    /// The version of the target as it was seen, when there is one for that year.
    pub expected_version: Option<i32>,
}

/// Sets a target and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission and version.
pub async fn target_set(app: &App, call: &Call, input: TargetSet) -> Result<Uuid> {
    call.viewer.require(Permission::TrainingHoursManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let mut checks = Checks::default();
    let read = Permission::OrganisationRead;
    let position =
        find::<position::Entity>(work.tx(), &call.viewer, read, input.position_id).await?;
    checks.found("input.positionId", position);
    checks.ensure(
        Year::of(input.year).is_some(),
        UserErrorCode::Invalid,
        "input.year",
        || Text::new("A year is 2000 to 2100.", "年份须为 2000 至 2100。"),
    );
    checks.ensure(
        (0..=MOST).contains(&input.minutes),
        UserErrorCode::Invalid,
        "input.minutes",
        || {
            Text::new(
                format!("A target is 0 to {MOST} minutes a year."),
                format!("年度目标须为 0 至 {MOST} 分钟。"),
            )
        },
    );
    checks.done()?;
    let targets = store::targets(work.tx()).await?;
    let there = targets
        .into_iter()
        .find(|row| (row.position_id, row.year) == (input.position_id, input.year));
    let (id, before) = match there {
        Some(row) => {
            expect_version(row.version, input.expected_version.unwrap_or(0))?;
            let before = row.minutes;
            let row = training_target::Model {
                minutes: input.minutes,
                ..row
            };
            (store::save(work.tx(), row, call.at).await?.id, Some(before))
        }
        None => {
            let row = training_target::Model {
                id: new_id(call.at),
                position_id: input.position_id,
                year: input.year,
                minutes: input.minutes,
                version: 1,
                created_at: call.at,
                updated_at: call.at,
            };
            let id = row.id;
            if !store::insert_unique(work.tx(), row).await? {
                return Err(ApiError::conflict(1).into());
            }
            (id, None)
        }
    };
    let detail = json!({
        "position": input.position_id,
        "year": input.year,
        "from": before,
        "to": input.minutes,
    });
    trace(
        &mut work,
        (CATALOGUE_CHANGED, "training_target"),
        id,
        "training.target.set",
        detail,
    );
    work.commit().await?;
    Ok(id)
}
