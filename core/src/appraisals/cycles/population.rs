//! Who takes part in a cycle, found anew from where everybody was (参评范围).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use entity::appraisal_cycle;
use entity::enums::JobFamily;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::appraisals::cycles::store;
use crate::appraisals::rules::population::{Person, Rule, Seat, Span, Verdict, verdict};
use crate::error::Result;
use crate::organisation::{self, Employed, Home, workforce};
use crate::training::rules::targets::whole_days;

/// Somebody who worked here on one of the days, and whether they take part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// From joining to leaving.
    pub employed: Employed,
    /// Whether they take part.
    pub verdict: Verdict,
}

/// Who would take part in a cycle if it were opened now, by number; none when there is no such cycle.
///
/// # Errors
/// `FORBIDDEN`.
pub async fn preview(app: &App, call: &Call, cycle: Uuid) -> Result<Option<Vec<Candidate>>> {
    let permission = Permission::AppraisalManage;
    call.viewer.require(permission)?;
    let db = app.db.reader();
    let row = find::<appraisal_cycle::Entity>(db, &call.viewer, permission, cycle).await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let families = store::templates_of(db, row.id).await?;
    let found = candidates(db, app.counter.zone, &row, &families).await?;
    Ok(Some(found))
}

/// Everybody who worked here on one of the days of a cycle, whoever asks; a fixed number of statements.
///
/// # Errors
/// When the database fails.
pub async fn candidates(
    connection: &impl ConnectionTrait,
    zone: Tz,
    row: &appraisal_cycle::Model,
    families: &BTreeMap<JobFamily, Uuid>,
) -> Result<Vec<Candidate>> {
    let rule: Rule = serde_json::from_value(row.population.clone())?;
    let templates: BTreeSet<JobFamily> = families.keys().copied().collect();
    let employed = organisation::employed_within(connection, period(row)).await?;
    let ids: Vec<Uuid> = employed.iter().map(|one| one.member).collect();
    let mut seats = seats(connection, &ids).await?;
    let away = workforce::granted_leave(connection, &ids).await?;
    let local = |at: &DateTime<Utc>| at.with_timezone(&zone).naive_local();
    let found = employed.into_iter().filter_map(|one| {
        let leave = away.get(&one.member).into_iter().flatten();
        let person = Person {
            employed: Span {
                from: one.joined,
                to: one.left,
            },
            leave: leave
                .filter_map(|(from, to)| whole_days(local(from), local(to)))
                .map(|(from, to)| Span { from, to: Some(to) })
                .collect(),
            seats: seats.remove(&one.member).unwrap_or_default(),
        };
        Some(Candidate {
            employed: one,
            verdict: verdict(&rule, period(row), &person, &templates)?,
        })
    });
    Ok(found.collect())
}

/// Where these members were at home, with the family of the position that they held there.
async fn seats(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Seat>>> {
    let families = organisation::families(connection).await?;
    let held = organisation::positions_of(connection, members).await?;
    let homes = organisation::homes(connection, members.iter().copied()).await?;
    let seats = homes.into_iter().map(|(member, homes)| {
        let positions = held.get(&member).map_or(&[][..], Vec::as_slice);
        let seat = |home: Home| {
            let position = positions
                .iter()
                .find(|one| one.home && organisation::holds_on(one.from, one.to, home.from));
            Seat {
                span: Span {
                    from: home.from,
                    to: home.to,
                },
                team: home.team,
                department: home.department,
                family: position.and_then(|one| families.get(&one.position).copied()),
            }
        };
        (member, homes.into_iter().map(seat).collect())
    });
    Ok(seats.collect())
}

/// Who judges each of these members: whoever leads them on the last day of the period that they worked here, or today if that
/// is earlier.
///
/// # Errors
/// When the database fails.
pub async fn reviewers(
    connection: &impl ConnectionTrait,
    row: &appraisal_cycle::Model,
    today: NaiveDate,
    members: &[Employed],
) -> Result<HashMap<Uuid, Uuid>> {
    let mut on: BTreeMap<NaiveDate, Vec<Uuid>> = BTreeMap::new();
    for one in members {
        let after = one
            .left
            .map_or(row.until_day, |left| left.min(row.until_day));
        let last = after.pred_opt().unwrap_or(after).min(today);
        on.entry(last).or_default().push(one.member);
    }
    let mut found = HashMap::new();
    for (day, members) in on {
        found.extend(organisation::leads_of(connection, &members, day).await?);
    }
    found.retain(|member, lead| member != lead);
    Ok(found)
}

/// The days that a cycle is about.
pub const fn period(row: &appraisal_cycle::Model) -> (NaiveDate, NaiveDate) {
    (row.from_day, row.until_day)
}
