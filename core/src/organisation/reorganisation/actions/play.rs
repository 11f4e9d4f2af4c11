//! Making the changes of a plan, one after the other, within one transaction.

use chrono::NaiveDate;
use entity::enums::ReorganisationStep as Kind;
use entity::{member, reorganisation_change, team};
use uuid::Uuid;

use crate::access::{Permission, to_change};
use crate::check::{Change, Checks};
use crate::error::{ApiError, Error, ErrorCode, Result, UserError, UserErrorCode};
use crate::organisation::actions::{MemberTransfer, transfer};
use crate::organisation::reorganisation::store;
use crate::organisation::structure::actions::{TeamCreate, TeamMove, close, found, relocate};
use crate::organisation::structure::store::teams_on;
use crate::work::Work;

/// Makes all changes of a plan as of a day.
///
/// # Errors
/// The mistakes of the first change that doesn't fit, with its place in the plan as `changes.0`.
pub(super) async fn play(work: &mut Work<'_>, plan: Uuid, day: NaiveDate) -> Result<()> {
    for change in store::changes_of(work.tx(), plan).await? {
        let at = format!("changes.{}", change.place - 1);
        one(work, change, day)
            .await
            .map_err(|error| within(error, &at))?;
    }
    Ok(())
}

/// The mistakes of a change, named by its place. What isn't there is a mistake of the plan too.
fn within(error: Error, at: &str) -> Error {
    match error {
        Error::User(mistakes) => Error::User(
            mistakes
                .into_iter()
                .map(|mistake| UserError::new(mistake.code, at, mistake.text))
                .collect(),
        ),
        Error::Api(refusal) if refusal.code == ErrorCode::NotFound => {
            let mut checks = Checks::default();
            checks.found::<()>(at, None);
            checks.done().err().unwrap_or(Error::Api(refusal))
        }
        other => other,
    }
}

async fn one(
    work: &mut Work<'_>,
    change: reorganisation_change::Model,
    day: NaiveDate,
) -> Result<()> {
    let known = |id: Option<Uuid>| id.ok_or_else(|| Error::from(ApiError::not_found()));
    match change.step {
        Kind::FoundTeam => {
            let input = TeamCreate {
                code: change.code.unwrap_or_default(),
                name: change.name.unwrap_or_default(),
                name_zh: change.name_zh.unwrap_or_default(),
                department_id: known(change.department_id)?,
                parent_id: change.parent_id,
                region_id: None,
                valid_from: day,
            };
            found(work, &input, known(change.team_id)?).await?;
        }
        Kind::MoveTeam => {
            let row = team_of(work, known(change.team_id)?).await?;
            let input = TeamMove {
                id: row.id,
                expected_version: row.version,
                on: day,
                department_id: change.department_id,
                parent_id: change.parent_id.map_or(Change::Clear, Change::Set),
                region_id: Change::Keep,
            };
            relocate(work, row, &input).await?;
        }
        Kind::MoveMember => {
            let (permission, viewer) = (Permission::OrganisationManage, &work.call().viewer);
            let member = known(change.member_id)?;
            let row = to_change::<member::Entity>(work.tx(), viewer, permission, member).await?;
            let team = known(change.team_id)?;
            let teams = teams_on(work.tx(), day).await?;
            let there = teams.iter().find(|row| row.id == team);
            let input = MemberTransfer {
                id: row.id,
                expected_version: row.version,
                on: day,
                department_id: known(there.map(|team| team.department_id))?,
                team_id: Some(team),
                position_id: change.position_id,
                role: change.role.unwrap_or_default(),
                percent: None,
            };
            transfer(work, row, &input).await?;
        }
        Kind::CloseTeam => {
            let row = team_of(work, known(change.team_id)?).await?;
            close(work, row, day).await?;
        }
    }
    Ok(())
}

async fn team_of(work: &Work<'_>, id: Uuid) -> Result<team::Model> {
    let viewer = &work.call().viewer;
    to_change::<team::Entity>(work.tx(), viewer, Permission::OrganisationManage, id).await
}

/// Is it a failure that a person can mend in the plan, and not one of the house?
pub(super) fn mistakes(error: Error) -> Result<Vec<UserError>> {
    match error {
        Error::User(mistakes) => Ok(mistakes),
        other => Err(other),
    }
}

/// What kept a plan from being applied, in both languages, for its row.
pub(super) fn told(mistakes: &[UserError]) -> String {
    let line = |mistake: &UserError| {
        let at = mistake.field.join(".");
        format!("{at}: {} · {}", mistake.text.en, mistake.text.zh)
    };
    mistakes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A mistake about the day or the state of a plan.
pub(super) fn refusal(code: UserErrorCode, field: &str, text: crate::error::Text) -> Error {
    UserError::new(code, field, text).into()
}
