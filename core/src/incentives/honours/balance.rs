//! How much recognition somebody can still give (认可余额).

use chrono::{Datelike, Months, NaiveDate};
use sea_orm::ConnectionTrait;

use super::store;
use crate::access::{Call, Permission};
use crate::db::Db;
use crate::error::Result;
use crate::incentives::rules::honours::RecognitionLimits;
use crate::organisation::today;
use crate::settings::{
    self, RECOGNITION_PER_MONTH, RECOGNITION_PER_PAIR_QUARTER, RECOGNITION_RETURN_DAYS,
};

/// The limits as they are set; one statement.
///
/// # Errors
/// When the database fails.
pub(super) async fn limits(connection: &impl ConnectionTrait) -> Result<RecognitionLimits> {
    let figures = settings::read_all(connection).await?;
    let count = |figure: i64| usize::try_from(figure).unwrap_or_default();
    Ok(RecognitionLimits {
        per_month: count(figures.get(&RECOGNITION_PER_MONTH)?),
        per_pair: count(figures.get(&RECOGNITION_PER_PAIR_QUARTER)?),
        return_days: figures.get(&RECOGNITION_RETURN_DAYS)?,
    })
}

/// What a member has given this month, and can still give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    /// The limits.
    pub limits: RecognitionLimits,
    /// How many were given this month.
    pub given: usize,
    /// How many more can be.
    pub left: usize,
    /// The first day of the next month, on which it begins anew.
    pub renewed_on: NaiveDate,
}

/// One's own balance; none for whoever is no member.
///
/// # Errors
/// Refusal of permission; when the database fails.
pub async fn balance(db: &Db, call: &Call) -> Result<Option<Balance>> {
    call.viewer.require(Permission::RecognitionGive)?;
    let Some(me) = call.viewer.standing.member_id else {
        return Ok(None);
    };
    let day = today(call);
    let first = day.with_day(1).unwrap_or(day);
    let renewed_on = first.checked_add_months(Months::new(1)).unwrap_or(day);
    let limits = limits(db.reader()).await?;
    let given = store::given_by(db.reader(), me, (first, renewed_on)).await?;
    let given = usize::try_from(given).unwrap_or(usize::MAX);
    Ok(Some(Balance {
        limits,
        given,
        left: limits.per_month.saturating_sub(given),
        renewed_on,
    }))
}
