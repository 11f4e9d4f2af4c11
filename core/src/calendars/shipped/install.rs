//! Making the shipped calendars, and bringing them up to date.

use chrono::{DateTime, Utc};
use entity::calendar;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{CALENDARS, Shipped, calendar_id};
use crate::access::Call;
use crate::audit;
use crate::calendars::rules::{Days, Plan};
use crate::calendars::store::{self, plan_of, row_of};
use crate::db::Transaction;
use crate::db::new_id;
use crate::error::{Error, Result};

/// Makes the shipped calendars that are missing, and gives those whose special days have grown a new version - unless
/// somebody here has made a version, which then stays. Runs at every start, after the built-in roles, whose lock lets two
/// servers that start at once do it one after the other; a second run changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn install(tx: &Transaction, at: DateTime<Utc>) -> Result<()> {
    let mut entries = Vec::new();
    for shipped in CALENDARS {
        let plan = shipped.plan()?;
        let entry = match store::by_code(tx, shipped.code).await? {
            None => Some(make(tx, shipped, &plan, at).await?),
            Some(row) => grow(tx, row, &plan, at).await?,
        };
        entries.extend(entry);
    }
    if !entries.is_empty() {
        audit::append(tx, &Call::system(at, "install"), &entries).await?;
    }
    Ok(())
}

async fn make(
    tx: &impl ConnectionTrait,
    shipped: &Shipped,
    plan: &Plan,
    at: DateTime<Utc>,
) -> Result<audit::Entry> {
    let id = calendar_id(shipped.code);
    let row = calendar::Model {
        id,
        code: shipped.code.to_owned(),
        name: shipped.name.to_owned(),
        name_zh: shipped.name_zh.to_owned(),
        current: 1,
        version: 1,
        created_at: at,
        updated_at: at,
    };
    if !store::insert(tx, row).await? {
        return Err(Error::internal(format!(
            "{} was made meanwhile",
            shipped.code
        )));
    }
    let note = Some("Installed".to_owned());
    store::insert_version(
        tx,
        row_of(plan, shipped.first_version_id(), id, 1, note, None, at)?,
    )
    .await?;
    Ok(audit::Entry {
        action: "calendar.install",
        entity_type: "calendar",
        entity_id: Some(id),
        detail: json!({ "code": shipped.code, "version": 1 }),
    })
}

/// A new version with the days that the program knows and the present version doesn't.
async fn grow(
    tx: &impl ConnectionTrait,
    mut row: calendar::Model,
    plan: &Plan,
    at: DateTime<Utc>,
) -> Result<Option<audit::Entry>> {
    if plan.days.is_empty() || store::made_here(tx, row.id).await? {
        return Ok(None);
    }
    let present = plan_of(&store::current(tx, row.id).await?)?;
    if !has_grown(&present.days, &plan.days) {
        return Ok(None);
    }
    row.current += 1;
    let note = Some("Special days brought up to date".to_owned());
    let version = row_of(plan, new_id(at), row.id, row.current, note, None, at)?;
    store::insert_version(tx, version).await?;
    let entry = audit::Entry {
        action: "calendar.install",
        entity_type: "calendar",
        entity_id: Some(row.id),
        detail: json!({ "code": row.code, "version": row.current }),
    };
    store::save(tx, row, at).await?;
    Ok(Some(entry))
}

/// Does the program know all present days and more? An older program beside a newer one knows fewer and changes nothing.
fn has_grown(present: &Days, shipped: &Days) -> bool {
    shipped.len() > present.len() && present.keys().all(|date| shipped.contains_key(date))
}
