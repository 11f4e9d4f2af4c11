//! Renaming departments, teams and positions from a day on (更名).

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use entity::{department, position, team};
use serde_json::json;
use uuid::Uuid;

use super::common::{NAME, conclude, dated};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::clock;
use crate::db::{Db, new_id};
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::structure::store::{self, Named};
use crate::organisation::today;
use crate::work::{Work, expect_version};

/// How far back the worker looks for names that began: longer than any standstill.
const LOOK_BACK: TimeDelta = TimeDelta::days(400);

/// A new name.
#[derive(Clone, Debug)]
pub struct Rename {
    /// Of what.
    pub named: Named,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// The name in English.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// The first day of the name.
    pub on: NaiveDate,
}

/// Renames something from a day on and returns its id.
///
/// # Errors
/// User errors about names and day; refusals of permission and version.
pub async fn rename(app: &App, call: &Call, input: &Rename) -> Result<Uuid> {
    let permission = Permission::OrganisationManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    work.raise_epoch().await?;
    macro_rules! seen {
        ($table:ident, $id:expr) => {{
            let row = to_change::<$table::Entity>(work.tx(), &call.viewer, permission, $id).await?;
            (row.version, row.name, row.name_zh, row.valid_from)
        }};
    }
    let (version, name, name_zh, founded) = match input.named {
        Named::Department(id) => seen!(department, id),
        Named::Team(id) => seen!(team, id),
        Named::Position(id) => seen!(position, id),
    };
    expect_version(version, input.expected_version)?;
    let names = store::names_of(work.tx(), input.named).await?;
    let mut checks = Checks::default();
    let new_name = checks.text("input.name", &input.name, NAME);
    let new_name_zh = checks.text("input.nameZh", &input.name_zh, NAME);
    dated(&mut checks, call, "input.on", input.on);
    let last = names.last().map_or(founded, |row| row.valid_from);
    checks.ensure(
        input.on > last,
        UserErrorCode::RuleViolated,
        "input.on",
        || {
            Text::new(
                format!("Its last name begins on {last}; the next one begins after that day."),
                format!("其最近的名称自 {last} 起生效，新名称须晚于该日。"),
            )
        },
    );
    checks.done()?;
    if names.is_empty() {
        // From now on its names are kept, so the first one is written down too.
        let mut first = input.named.blank(new_id(call.at), founded, call.at);
        (first.name, first.name_zh) = (name.clone(), name_zh.clone());
        store::insert_name(work.tx(), input.named, first).await?;
    }
    let mut row = input.named.blank(new_id(call.at), input.on, call.at);
    (row.name, row.name_zh) = (new_name.clone(), new_name_zh.clone());
    store::insert_name(work.tx(), input.named, row).await?;
    // One that is only planned changes what the next writer must know too.
    let shown = if input.on <= today(call) {
        (new_name.as_str(), new_name_zh.as_str())
    } else {
        (name.as_str(), name_zh.as_str())
    };
    if !store::put_name(work.tx(), input.named, shown, call.at).await? {
        store::touch(work.tx(), input.named, call.at).await?;
    }
    let (action, kind) = words(input.named);
    let detail = json!({
        "from": { "name": name, "nameZh": name_zh },
        "to": { "name": new_name, "nameZh": new_name_zh },
        "on": input.on,
    });
    conclude(&mut work, action, (kind, input.named.id()), detail);
    work.commit().await?;
    Ok(input.named.id())
}

const fn words(named: Named) -> (&'static str, &'static str) {
    match named {
        Named::Department(_) => ("department.rename", "department"),
        Named::Team(_) => ("team.rename", "team"),
        Named::Position(_) => ("position.rename", "position"),
    }
}

/// The worker's round: puts the names that have begun into the rows. Says how many rows changed; repeated it changes none.
///
/// # Errors
/// When the database fails.
pub async fn round(db: &Db, zone: Tz, at: DateTime<Utc>) -> Result<usize> {
    let day = clock::day(at, zone);
    let begun = store::begun(db.reader(), day - LOOK_BACK, day).await?;
    let mut changed = 0;
    for (named, row) in begun {
        let call = Call::system(at, "structure");
        let mut work = Work::begin(db, &call).await?;
        work.raise_epoch().await?;
        let words_of = (row.name.as_str(), row.name_zh.as_str());
        if !store::put_name(work.tx(), named, words_of, at).await? {
            continue;
        }
        let (action, kind) = words(named);
        let detail =
            json!({ "to": { "name": row.name, "nameZh": row.name_zh }, "on": row.valid_from });
        conclude(&mut work, action, (kind, named.id()), detail);
        work.commit().await?;
        changed += 1;
    }
    Ok(changed)
}
