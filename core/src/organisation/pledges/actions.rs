//! Writing and changing what a team stands for (填写、修改团队口号与目标).

use chrono::NaiveDate;
use entity::{team, team_pledge};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::scope::may_write;
use super::store;
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::audit;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::events::Event;
use crate::organisation::rules::holds_on;
use crate::organisation::store::lock_team;
use crate::organisation::today;
use crate::work::{Once, Work, expect_version};

/// The event that a team's slogan or goals were written or changed; `entity_id` is the pledge.
pub const PLEDGE_CHANGED: &str = "team_pledge.changed";
/// The most characters of a slogan.
const SLOGAN: usize = 200;
/// The most characters of what we do, finish and get.
const BODY: usize = 2_000;
/// The longest period in days.
const LONGEST: i64 = 366;

/// The words of a pledge.
#[derive(Clone, Debug, Serialize)]
pub struct Words {
    /// The slogan.
    pub slogan: String,
    /// What we do.
    pub does: String,
    /// What we finish.
    pub finishes: String,
    /// What we get.
    pub gets: String,
}

impl Words {
    fn look_over(&self, checks: &mut Checks) -> Self {
        Self {
            slogan: checks.text("input.slogan", &self.slogan, SLOGAN),
            does: checks.body("input.does", &self.does, BODY),
            finishes: checks.body("input.finishes", &self.finishes, BODY),
            gets: checks.body("input.gets", &self.gets, BODY),
        }
    }
}

/// A pledge to write.
#[derive(Clone, Debug, Serialize)]
pub struct PledgeWrite {
    /// The team.
    pub team_id: Uuid,
    /// The first day of the period.
    pub from: NaiveDate,
    /// The first day after it.
    pub until: NaiveDate,
    /// The words.
    pub words: Words,
}

/// Writes what a team stands for in a period, and returns the id.
///
/// # Errors
/// User errors about words and period; refusals of permission and reach.
pub async fn pledge_write(
    app: &App,
    call: &Call,
    input: &PledgeWrite,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::TeamPledgeWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "pledgeWrite", input).await? {
        return Ok(id);
    }
    let mut checks = Checks::default();
    let read = Permission::OrganisationRead;
    let row = find::<team::Entity>(work.tx(), &call.viewer, read, input.team_id).await?;
    let row = checks.found("input.teamId", row);
    if row.is_some() && !may_write(&call.viewer, input.team_id) {
        return Err(call.viewer.reach_too_small(permission).into());
    }
    // Two writers for one team come one after the other, or their periods could overlap.
    lock_team(work.tx(), input.team_id).await?;
    let words = input.words.look_over(&mut checks);
    timed(&mut checks, call, input);
    if let Some(row) = row {
        checks.ensure(
            holds_on(row.valid_from, row.valid_to, input.from.max(today(call))),
            UserErrorCode::WrongState,
            "input.teamId",
            || Text::new("The team doesn't exist then.", "该团队届时不存在。"),
        );
    }
    let period = (input.from, input.until);
    if let Some(other) = store::overlapping(work.tx(), input.team_id, period).await? {
        let (from, until) = (other.from_day, other.until_day);
        checks.add(
            UserErrorCode::RuleViolated,
            "input.from",
            Text::new(
                format!("The team has a slogan and goals from {from} until {until} already; change those, or take other days."),
                format!("该团队在 {from} 至 {until}（不含）已有口号与目标，请修改原内容或选择其他时间。"),
            ),
        );
    }
    checks.done()?;
    let id = new_id(call.at);
    let row = team_pledge::Model {
        id,
        team_id: input.team_id,
        from_day: input.from,
        until_day: input.until,
        slogan: words.slogan,
        does: words.does,
        finishes: words.finishes,
        gets: words.gets,
        created_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let detail = json!({ "team": row.team_id, "from": row.from_day, "until": row.until_day, "slogan": row.slogan });
    store::insert(work.tx(), row).await?;
    trace(&mut work, id, "team_pledge.write", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

fn timed(checks: &mut Checks, call: &Call, input: &PledgeWrite) {
    let days = (input.until - input.from).num_days();
    checks.ensure(
        (1..=LONGEST).contains(&days),
        UserErrorCode::Invalid,
        "input.until",
        || {
            Text::new(
                format!("A period has 1 to {LONGEST} days; `until` is the first day after it."),
                format!("周期须为 1 至 {LONGEST} 天；until 为周期结束后的第一天。"),
            )
        },
    );
    let today = today(call);
    checks.ensure(
        input.until > today,
        UserErrorCode::RuleViolated,
        "input.until",
        || {
            Text::new(
                "This period is over; take one that isn't.",
                "该周期已结束，请选择未结束的周期。",
            )
        },
    );
    let last = today + chrono::TimeDelta::days(2 * LONGEST);
    checks.ensure(
        input.from <= last,
        UserErrorCode::Invalid,
        "input.from",
        || {
            Text::new(
                format!("This is too far ahead; begin by {last}."),
                format!("开始日期过远，最晚为 {last}。"),
            )
        },
    );
}

/// A pledge to change.
#[derive(Clone, Debug)]
pub struct PledgeUpdate {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// The new words.
    pub words: Words,
}

/// Changes the words of a pledge whose period isn't over, and returns its id.
///
/// # Errors
/// User errors about the words; refusals of permission, reach and version.
pub async fn pledge_update(app: &App, call: &Call, input: &PledgeUpdate) -> Result<Uuid> {
    let permission = Permission::TeamPledgeWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before =
        to_change::<team_pledge::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(before.version, input.expected_version)?;
    let mut checks = Checks::default();
    let words = input.words.look_over(&mut checks);
    checks.ensure(
        before.until_day > today(call),
        UserErrorCode::WrongState,
        "input.id",
        || {
            Text::new(
                "This period is over and stays as it was.",
                "该周期已结束，内容不可修改。",
            )
        },
    );
    checks.done()?;
    let after = team_pledge::Model {
        slogan: words.slogan,
        does: words.does,
        finishes: words.finishes,
        gets: words.gets,
        ..before.clone()
    };
    if after == before {
        return Ok(before.id);
    }
    let shown = |row: &team_pledge::Model| json!({ "slogan": row.slogan, "does": row.does, "finishes": row.finishes, "gets": row.gets });
    let detail = json!({ "from": shown(&before), "to": shown(&after) });
    store::save(work.tx(), after, call.at).await?;
    trace(&mut work, before.id, "team_pledge.update", detail);
    work.commit().await?;
    Ok(before.id)
}

fn trace(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: serde_json::Value) {
    work.audit(audit::Entry {
        action,
        entity_type: "team_pledge",
        entity_id: Some(id),
        detail,
    });
    let event = Event::new(
        work.call().at,
        PLEDGE_CHANGED,
        id,
        json!({ "action": action }),
    );
    work.emit(event);
}
