//! Between rows and calendars.

use chrono::{DateTime, Utc};
use entity::calendar_version;
use uuid::Uuid;

use crate::calendars::rules::{Calendar, Plan, zone};
use crate::error::{Error, Result};

impl Calendar {
    /// The calendar of a version.
    ///
    /// # Errors
    /// When the row holds what no action would have written.
    pub fn from_version(row: &calendar_version::Model) -> Result<Self> {
        plan_of(row).map(Plan::into_calendar)
    }
}

/// The content of a version.
///
/// # Errors
/// When the row holds what no action would have written.
pub fn plan_of(row: &calendar_version::Model) -> Result<Plan> {
    let broken = |cause: String| Error::internal(format!("calendar version {}: {cause}", row.id));
    Ok(Plan {
        zone: zone(&row.time_zone)
            .ok_or_else(|| broken(format!("{} is no time zone", row.time_zone)))?,
        week: serde_json::from_value(row.weekly.clone())
            .map_err(|error| broken(error.to_string()))?,
        days: serde_json::from_value(row.days.clone())
            .map_err(|error| broken(error.to_string()))?,
    })
}

/// A version's row with that content.
///
/// # Errors
/// Never in practice: a plan always has a form in JSON.
pub fn row_of(
    plan: &Plan,
    id: Uuid,
    calendar_id: Uuid,
    number: i32,
    note: Option<String>,
    by: Option<Uuid>,
    at: DateTime<Utc>,
) -> Result<calendar_version::Model> {
    Ok(calendar_version::Model {
        id,
        calendar_id,
        number,
        time_zone: plan.zone.name().to_owned(),
        weekly: serde_json::to_value(&plan.week)?,
        days: serde_json::to_value(&plan.days)?,
        note,
        created_by: by,
        created_at: at,
    })
}
