//! Looking at who has to do what, and at whose year stands how.

use entity::member;
use uuid::Uuid;

use crate::access::{Call, Permission};
use crate::app::App;
use crate::error::{ApiError, Result};
use crate::organisation::{self, today};
use crate::settings;
use crate::training::rules::targets::Year;
use crate::training::store::{self, Duty, Learner};

/// A member and how their year stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The member.
    pub member: member::Model,
    /// How the year stands.
    pub learner: Learner,
}

/// The year of the members within reach, or of some of them: the most behind first.
///
/// # Errors
/// `BAD_INPUT` when there is no such year; refusals of permission.
pub async fn hours(
    app: &App,
    call: &Call,
    number: i32,
    team: Option<Uuid>,
    only: Option<&[Uuid]>,
) -> Result<Vec<Standing>> {
    let permission = Permission::TrainingHoursRead;
    call.viewer.require(permission)?;
    let year = Year::of(number).ok_or_else(|| {
        ApiError::bad_input("year", "a year is 2000 to 2100", "年份须为 2000 至 2100")
    })?;
    let db = app.db.reader();
    let day = today(call);
    let members = organisation::members_within(
        db,
        &call.viewer,
        permission,
        (year.first, year.after),
        team,
        only,
    )
    .await?;
    let lives: Vec<_> = members
        .iter()
        .map(|row| (row.id, row.joined_on, row.left_on))
        .collect();
    let usual = settings::read(db, &settings::TRAINING_HOURS_A_YEAR).await? * 60;
    let zone = app.config.time_zone();
    let learners = store::learners(db, &lives, (number, year), usual, (day, call.at, zone)).await?;
    let mut all: Vec<Standing> = members
        .into_iter()
        .zip(learners)
        .map(|(member, learner)| Standing { member, learner })
        .collect();
    all.sort_by(|one, other| {
        let key = |it: &Standing| (it.learner.outlook.verdict, -it.learner.outlook.missing);
        (key(one), &one.member.number).cmp(&(key(other), &other.member.number))
    });
    Ok(all)
}

/// What the members within reach must do, or some of them: the most urgent first.
///
/// # Errors
/// Refusals of permission.
pub async fn duties(
    app: &App,
    call: &Call,
    team: Option<Uuid>,
    only: Option<&[Uuid]>,
) -> Result<Vec<Duty>> {
    let permission = Permission::TrainingHoursRead;
    call.viewer.require(permission)?;
    let db = app.db.reader();
    let day = today(call);
    let after = day.succ_opt().unwrap_or(day);
    let members =
        organisation::members_within(db, &call.viewer, permission, (day, after), team, only)
            .await?;
    let ids: Vec<Uuid> = members.iter().map(|row| row.id).collect();
    store::duties(db, &ids, day).await
}
