//! How goals that are pursued stand, whoever looks: for what can still be reached by incentives (当前进展).

use chrono::NaiveDate;
use entity::goal;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::figures::{self, Asked};
use super::rules::course::meets;
use super::rules::{Aim, course};
use super::store::{Ended, pursued};
use crate::decimal::Decimal;
use crate::error::Result;
use crate::metrics::Sources;
use crate::metrics::rules::period::Period;

/// The goals of these members that are pursued and whose deadline lies within these days - after `from`, at `to` at the latest -
/// as they would end if nothing came after today, by id. A fixed number of statements.
///
/// # Errors
/// When the database fails.
pub async fn so_far(
    connection: &impl ConnectionTrait,
    sources: &Sources,
    members: &[Uuid],
    days: (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> Result<Vec<Ended>> {
    let goals = pursued(connection, members, days).await?;
    let metrics = figures::metrics(connection, sources, &goals).await?;
    let asked: Vec<Asked<'_>> = goals.iter().map(|row| (row, begun(row, today))).collect();
    let read = figures::read(connection, &metrics, &asked).await?;
    let stands = |((row, days), figures): (&Asked<'_>, Option<figures::Figures<'_>>)| {
        let aim = Aim {
            bound: row.bound,
            target: Decimal(row.target),
            from: row.from_day,
            until: row.until_day,
        };
        let value = figures.and_then(|figures| {
            let days = figures.days(*days, row.from_day);
            course(&aim, &days, today).value
        });
        Some(Ended {
            goal_id: row.id,
            of: row.member_id?,
            target: aim.target,
            result: value,
            bound: row.bound,
            achieved: value.is_some_and(|value| meets(&aim, value)),
        })
    };
    Ok(asked.iter().zip(read).filter_map(stands).collect())
}

/// The days of a goal up to today, which counts too, though it isn't over.
fn begun(row: &goal::Model, today: NaiveDate) -> Period {
    let to = row.until_day.min(today.succ_opt().unwrap_or(today));
    Period {
        from: row.from_day,
        to: to.max(row.from_day),
    }
}
