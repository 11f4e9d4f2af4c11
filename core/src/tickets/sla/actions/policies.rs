//! Making and changing policies (维护服务级别策略). A version never changes; what changes is a new version.

use chrono::{DateTime, Utc};
use entity::enums::{CustomerTier, Province, TicketKind, TicketPriority, TicketState};
use entity::{region, sla_policy, sla_policy_version};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::audit::Entry;
use crate::calendars;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::tickets::rules::stages::WAITING;
use crate::tickets::sla::rules::policy::{Matches, Promise, Targets};
use crate::tickets::sla::store;
use crate::work::{Once, Work, expect_version};

/// The longest working time that can be promised: a year of days and nights.
const LONGEST: i64 = 366 * 24 * 3_600;

/// What a policy promises to whom, as an admin writes it.
#[derive(Clone, Debug, Serialize)]
pub struct PolicyContent {
    /// The calendar by which time is counted.
    pub calendar_id: Uuid,
    /// Kinds of request; empty for all.
    pub kinds: Vec<TicketKind>,
    /// Priorities; empty for all.
    pub priorities: Vec<TicketPriority>,
    /// Tiers of customers; empty for all.
    pub tiers: Vec<CustomerTier>,
    /// Provinces.
    pub provinces: Vec<Province>,
    /// Regions, whose provinces count too; with no province and no region it is for everywhere.
    pub regions: Vec<Uuid>,
    /// What it promises.
    pub usual: Promise,
    /// What it promises at some priorities instead.
    pub by_priority: Vec<(TicketPriority, Promise)>,
    /// States in which clocks wait.
    pub pauses_on: Vec<TicketState>,
    /// After what part of the target a warning is due.
    pub warn_percent: i32,
    /// What changes with this version.
    pub note: Option<String>,
}

/// A new policy.
#[derive(Clone, Debug, Serialize)]
pub struct PolicyCreate {
    /// Short name, unique.
    pub code: String,
    /// Name in English.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// The first policy that matches holds: lower comes first.
    pub rank: i32,
    /// What it promises.
    pub content: PolicyContent,
    /// So that a repeated request makes no second policy.
    pub idempotency_key: Option<String>,
}

/// What changes about a policy, whatever its versions say; what is `None` stays.
#[derive(Clone, Debug)]
pub struct PolicyChange {
    /// The policy.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// Name in English.
    pub name: Option<String>,
    /// 中文名称.
    pub name_zh: Option<String>,
    /// Its place in the order.
    pub rank: Option<i32>,
    /// Whether it is used.
    pub active: Option<bool>,
}

/// A new version of a policy.
#[derive(Clone, Debug, Serialize)]
pub struct PolicyVersionAdd {
    /// The policy.
    pub policy_id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// What it promises from now on.
    pub content: PolicyContent,
    /// Do open tickets under earlier versions come under it too?
    pub apply_to_open: bool,
    /// So that a repeated request makes no second version.
    pub idempotency_key: Option<String>,
}

/// Makes a policy, with its first version. It isn't used before it is activated.
///
/// # Errors
/// `FORBIDDEN`; user errors naming the field.
pub async fn create_policy(
    app: &App,
    call: &Call,
    create: PolicyCreate,
) -> Result<sla_policy::Model> {
    call.viewer.require(Permission::PolicyManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work
        .once(
            create.idempotency_key.as_deref(),
            "slaPolicyCreate",
            &create,
        )
        .await?
    {
        return to_change::<sla_policy::Entity>(
            work.tx(),
            &call.viewer,
            Permission::PolicyManage,
            id,
        )
        .await;
    }
    let mut checks = Checks::default();
    let code = checks.text("input.code", &create.code, 50);
    let name = checks.text("input.name", &create.name, 100);
    let name_zh = checks.text("input.nameZh", &create.name_zh, 100);
    let version = look_over(&work, &create.content, &mut checks).await?;
    checks.done()?;
    let policy = sla_policy::Model {
        id: new_id(call.at),
        code,
        name,
        name_zh,
        rank: create.rank,
        active: false,
        current: 1,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let policy = store::insert_policy(work.tx(), policy).await?;
    let version = sla_policy_version::Model {
        policy_id: policy.id,
        ..version
    };
    store::insert_version(work.tx(), version).await?;
    let detail = json!({ "code": policy.code, "content": create.content });
    note(&mut work, "sla.policy.create", policy.id, detail);
    work.done(policy.id).await?;
    work.commit().await?;
    Ok(policy)
}

/// Changes name, rank and use of a policy. Open tickets keep what they have; new ones are matched anew.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors naming the field.
pub async fn change_policy(
    app: &App,
    call: &Call,
    change: PolicyChange,
) -> Result<sla_policy::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let was = policy_to_change(&work, change.id, change.expected_version).await?;
    let mut checks = Checks::default();
    let mut named = |field: &str, new: Option<&str>, old: &str| {
        new.map_or_else(|| old.to_owned(), |new| checks.text(field, new, 100))
    };
    let now = sla_policy::Model {
        name: named("input.name", change.name.as_deref(), &was.name),
        name_zh: named("input.nameZh", change.name_zh.as_deref(), &was.name_zh),
        rank: change.rank.unwrap_or(was.rank),
        active: change.active.unwrap_or(was.active),
        ..was.clone()
    };
    checks.done()?;
    if now == was {
        return Ok(was);
    }
    let saved = store::save_policy(work.tx(), now, call.at).await?;
    let said = |policy: &sla_policy::Model| json!({ "name": policy.name, "nameZh": policy.name_zh, "rank": policy.rank, "active": policy.active });
    let detail = json!({ "from": said(&was), "to": said(&saved) });
    note(&mut work, "sla.policy.change", saved.id, detail);
    work.commit().await?;
    Ok(saved)
}

/// Adds a version to a policy; it holds from now on for new tickets, and for open ones if the admin says so.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors naming the field.
pub async fn add_policy_version(
    app: &App,
    call: &Call,
    add: PolicyVersionAdd,
) -> Result<sla_policy::Model> {
    call.viewer.require(Permission::PolicyManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work
        .once(add.idempotency_key.as_deref(), "slaPolicyVersionAdd", &add)
        .await?
    {
        return to_change::<sla_policy::Entity>(
            work.tx(),
            &call.viewer,
            Permission::PolicyManage,
            id,
        )
        .await;
    }
    let was = policy_to_change(&work, add.policy_id, add.expected_version).await?;
    let mut checks = Checks::default();
    let version = look_over(&work, &add.content, &mut checks).await?;
    checks.done()?;
    let number = was.current + 1;
    let version = sla_policy_version::Model {
        policy_id: was.id,
        number,
        applies_to_open: add.apply_to_open,
        ..version
    };
    store::insert_version(work.tx(), version).await?;
    let now = sla_policy::Model {
        current: number,
        ..was
    };
    let saved = store::save_policy(work.tx(), now, call.at).await?;
    let detail =
        json!({ "number": number, "applyToOpen": add.apply_to_open, "content": add.content });
    note(&mut work, "sla.policy.version.add", saved.id, detail);
    work.done(saved.id).await?;
    work.commit().await?;
    Ok(saved)
}

async fn policy_to_change(
    work: &Work<'_>,
    id: Uuid,
    expected_version: i32,
) -> Result<sla_policy::Model> {
    let viewer = &work.call().viewer;
    let was =
        to_change::<sla_policy::Entity>(work.tx(), viewer, Permission::PolicyManage, id).await?;
    expect_version(was.version, expected_version)?;
    Ok(was)
}

fn note(work: &mut Work<'_>, action: &'static str, id: Uuid, detail: serde_json::Value) {
    work.audit(Entry {
        action,
        entity_type: "sla_policy",
        entity_id: Some(id),
        detail,
    });
}

/// The first version with that content, of no policy yet.
async fn look_over(
    work: &Work<'_>,
    content: &PolicyContent,
    checks: &mut Checks,
) -> Result<sla_policy_version::Model> {
    let calendar = calendars::store::find(work.tx(), content.calendar_id).await?;
    checks.found("input.content.calendarId", calendar);
    for (place, region) in content.regions.iter().enumerate() {
        let viewer = &work.call().viewer;
        let row = find::<region::Entity>(work.tx(), viewer, Permission::OrganisationRead, *region)
            .await?;
        checks.found(&format!("input.content.matches.regionIds.{place}"), row);
    }
    promise(checks, "input.content.targets.usual", content.usual);
    for (place, (_, promised)) in content.by_priority.iter().enumerate() {
        promise(
            checks,
            &format!("input.content.targets.byPriority.{place}.promise"),
            *promised,
        );
    }
    let waiting = content
        .pauses_on
        .iter()
        .all(|state| WAITING.contains(state));
    checks.ensure(
        waiting,
        UserErrorCode::Invalid,
        "input.content.pausesOn",
        || {
            Text::new(
                "Clocks can wait in PENDING_CUSTOMER, PENDING_PARTS and ON_HOLD only.",
                "只能在 PENDING_CUSTOMER、PENDING_PARTS 或 ON_HOLD 状态下暂停计时。",
            )
        },
    );
    checks.ensure(
        (1..=100).contains(&content.warn_percent),
        UserErrorCode::Invalid,
        "input.content.warnPercent",
        || {
            Text::new(
                "Warn after 1 to 100 percent of the time.",
                "提醒比例须为 1 至 100。",
            )
        },
    );
    let note = checks.optional_body("input.content.note", content.note.as_deref(), 1_000);
    version_row(content, note, work.call().viewer.actor.id, work.call().at)
}

fn promise(checks: &mut Checks, field: &str, promise: Promise) {
    for (name, seconds) in [
        ("firstResponse", promise.first_response),
        ("preliminarySolution", promise.preliminary_solution),
        ("resolution", promise.resolution),
    ] {
        checks.ensure(
            (60..=LONGEST).contains(&seconds),
            UserErrorCode::Invalid,
            &format!("{field}.{name}"),
            || {
                Text::new(
                    "Promise between one minute and 366 days of working time.",
                    "时限须在 1 分钟至 366 天的工作时间之间。",
                )
            },
        );
    }
}

/// The row of a version with that content; number 1, and not for open tickets.
pub fn version_row(
    content: &PolicyContent,
    note: Option<String>,
    by: Option<Uuid>,
    at: DateTime<Utc>,
) -> Result<sla_policy_version::Model> {
    let matches = Matches {
        kinds: content.kinds.clone(),
        priorities: content
            .priorities
            .iter()
            .map(|priority| (*priority).into())
            .collect(),
        tiers: content.tiers.clone(),
        provinces: content.provinces.clone(),
        regions: content.regions.clone(),
    };
    let targets = Targets {
        usual: content.usual,
        by_priority: content
            .by_priority
            .iter()
            .map(|(priority, promise)| ((*priority).into(), *promise))
            .collect(),
    };
    Ok(sla_policy_version::Model {
        id: new_id(at),
        policy_id: Uuid::nil(),
        number: 1,
        calendar_id: content.calendar_id,
        matches: serde_json::to_value(matches)?,
        targets: serde_json::to_value(targets)?,
        pauses_on: serde_json::to_value(&content.pauses_on)?,
        warn_percent: content.warn_percent,
        applies_to_open: false,
        note,
        created_by: by,
        created_at: at,
    })
}
