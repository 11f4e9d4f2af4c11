//! What the actions share: looking a content over, the life of a version, and what they leave behind.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use entity::enums::{IncentivePeriod, IncentiveRuleState};
use entity::{department, incentive_rule, incentive_rule_version, position, team};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{Permission, by_ids, to_change};
use crate::app::App;
use crate::audit;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Error, Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::incentives::definitions::{
    kind_of, method_of, period_of, state_of, store, stored_state,
};
use crate::incentives::rules::checking::{Fault, compile};
use crate::incentives::rules::content::{LARGEST, Population, RuleContent};
use crate::incentives::rules::life::{Action, Asked, Obstacle, may, step};
use crate::incentives::rules::trace::RuleRef;
use crate::incentives::runs::store::approved_until;
use crate::incentives::{RULE_CHANGED, gather};
use crate::settings;
use crate::work::{Work, expect_version};

/// The most characters of a note or reason.
pub(super) const NOTE: usize = 2_000;
/// So many departments, teams or positions of a rule are looked up; a rule that names more has a mistake already.
const NAMED: usize = 200;

/// Which object takes a step.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The object.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
}

/// A short code: small letters, digits, and `_`, `-`, `.` between them.
pub(super) fn coded(checks: &mut Checks, field: &str, value: &str) -> String {
    let code = checks.text(field, value, 50);
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let formed = code.chars().all(|c| plain(c) || "_-.".contains(c))
        && code.starts_with(plain)
        && code.ends_with(plain);
    checks.ensure(formed || code.is_empty(), UserErrorCode::Invalid, field, || {
        Text::new(
            "A code has small letters, digits and `_`, `-`, `.` between them, such as `renewal.commission`.",
            "编码由小写字母、数字及其间的 _ - . 组成，例如 renewal.commission。",
        )
    });
    code
}

/// Looks a content over: its own mistakes, each where it stands, and whether its population is there.
pub(super) async fn look_over(
    work: &Work<'_>,
    app: &App,
    checks: &mut Checks,
    content: &RuleContent,
) -> Result<()> {
    let found = looked(work, app, content).await?;
    for fault in found.err().unwrap_or_default() {
        let field = format!("input.content.{}", fault.path);
        checks.add(UserErrorCode::Invalid, &field, fault.told());
    }
    Ok(())
}

/// The facts that a content names, or every mistake in it with its place.
pub(super) async fn looked(
    work: &Work<'_>,
    app: &App,
    content: &RuleContent,
) -> Result<Result<BTreeSet<String>, Vec<Fault>>> {
    if serde_json::to_vec(content)?.len() > LARGEST {
        let text = Text::new(
            format!("A rule has at most {LARGEST} bytes."),
            format!("规则最多 {LARGEST} 字节。"),
        );
        return Ok(Err(vec![fault("name", text)]));
    }
    let catalogue = gather::catalogue(work.tx(), &app.counter.sources).await?;
    let nobody = RuleRef {
        rule: Uuid::nil(),
        version: Uuid::nil(),
        number: 1,
    };
    let strangers = strangers(work, &content.population).await?;
    let mut read = compile(nobody, content.clone(), &catalogue).map(|rule| rule.facts().clone());
    if !strangers.is_empty() {
        let mut all = read.err().unwrap_or_default();
        all.extend(strangers);
        read = Err(all);
    }
    Ok(read.map_err(|faults| faults.into_iter().map(placed).collect()))
}

/// A mistake where it stands in the input, which names what it points to by ids.
fn placed(fault: Fault) -> Fault {
    let path = match fault.path.as_str() {
        "population.departments" => "population.departmentIds".to_owned(),
        "population.teams" => "population.teamIds".to_owned(),
        "population.positions" => "population.positionIds".to_owned(),
        _ => fault.path,
    };
    Fault { path, ..fault }
}

fn fault(path: &str, text: Text) -> Fault {
    Fault {
        path: path.to_owned(),
        place: None,
        text,
    }
}

/// Those whom a population names and who aren't there.
async fn strangers(work: &Work<'_>, population: &Population) -> Result<Vec<Fault>> {
    let (viewer, read) = (&work.call().viewer, Permission::OrganisationRead);
    let mut found = Vec::new();
    macro_rules! look {
        ($table:ident, $part:ident) => {{
            let ids: Vec<Uuid> = population.$part.iter().copied().take(NAMED).collect();
            let there = by_ids::<$table::Entity>(work.tx(), viewer, read, &ids).await?;
            if ids.iter().any(|id| !there.contains_key(id)) {
                let text = Text::new(
                    "Something that is named here isn't there.",
                    "所指定的对象中有不存在的。",
                );
                found.push(fault(concat!("population.", stringify!($part)), text));
            }
        }};
    }
    look!(department, departments);
    look!(team, teams);
    look!(position, positions);
    Ok(found)
}

/// A draft with this content.
pub(super) fn drafted(
    work: &Work<'_>,
    (rule_id, number): (Uuid, i32),
    content: &RuleContent,
    note: Option<String>,
) -> Result<incentive_rule_version::Model> {
    let at = work.call().at;
    Ok(incentive_rule_version::Model {
        id: new_id(at),
        rule_id,
        number,
        state: IncentiveRuleState::Draft,
        period: period_of(content.period),
        content: serde_json::to_value(content)?,
        note,
        authors: json!([actor(work)]),
        simulated_at: None,
        approved_at: None,
        approved_by_name: None,
        reason: None,
        active_from: None,
        active_until: None,
        activated_by_name: None,
        version: 1,
        created_at: at,
        updated_at: at,
    })
}

/// The account that acts; the server itself is nobody's.
pub(super) fn actor(work: &Work<'_>) -> Uuid {
    work.call().viewer.actor.id.unwrap_or(Uuid::nil())
}

/// Everybody who wrote in a version.
pub(super) fn authors(row: &incentive_rule_version::Model) -> Result<BTreeSet<Uuid>> {
    Ok(serde_json::from_value(row.authors.clone())?)
}

/// A rule that is called what a content says.
pub(super) fn called(rule: incentive_rule::Model, content: &RuleContent) -> incentive_rule::Model {
    incentive_rule::Model {
        name: content.name.clone(),
        name_zh: content.name_zh.clone(),
        kind: kind_of(content.kind),
        method: method_of(content.method),
        period: period_of(content.period),
        ..rule
    }
}

/// A version that is about to change, as it was seen, with its rule; both are locked.
pub(super) async fn seen(
    work: &Work<'_>,
    permission: Permission,
    step: Step,
) -> Result<(incentive_rule::Model, incentive_rule_version::Model)> {
    let (tx, viewer) = (work.tx(), &work.call().viewer);
    let row = to_change::<incentive_rule_version::Entity>(tx, viewer, permission, step.id);
    let row = row.await?;
    expect_version(row.version, step.expected_version)?;
    Ok((store::locked(tx, row.rule_id).await?, row))
}

/// Where an action leads a version.
pub(super) async fn led(
    work: &Work<'_>,
    row: &incentive_rule_version::Model,
    action: Action,
    reason: Option<&str>,
    from: Option<NaiveDate>,
) -> Result<IncentiveRuleState> {
    let authors: Vec<Uuid> = authors(row)?.into_iter().collect();
    let switch = &settings::INCENTIVE_AUTHOR_NEVER_ACTIVATES;
    let asked = Asked {
        state: state_of(row.state),
        action,
        actor: actor(work),
        authors: &authors,
        simulated: row.simulated_at.is_some(),
        reason,
        from,
        open_from: open_from(work, row.period).await?,
        author_never_activates: settings::read(work.tx(), switch).await?,
    };
    may(asked).map(stored_state).map_err(refused)
}

/// The first day for whose period no awards of rules for such periods are approved yet.
pub(super) async fn open_from(work: &Work<'_>, period: IncentivePeriod) -> Result<NaiveDate> {
    let until = approved_until(work.tx(), period).await?;
    Ok(until.unwrap_or(NaiveDate::MIN))
}

/// Where an action leads that nothing but the state decides.
pub(in crate::incentives) fn stepped(
    state: IncentiveRuleState,
    action: Action,
) -> Result<IncentiveRuleState> {
    step(state_of(state), action)
        .map(stored_state)
        .ok_or_else(|| refused(vec![Obstacle::State]))
}

fn refused(obstacles: Vec<Obstacle>) -> Error {
    let told = |obstacle: Obstacle| {
        let (code, field) = match obstacle {
            Obstacle::State => (UserErrorCode::WrongState, "input.id"),
            Obstacle::Author => (UserErrorCode::RuleViolated, "input.id"),
            Obstacle::Unsimulated | Obstacle::Reason => (UserErrorCode::Blank, "input.reason"),
            Obstacle::Day => (UserErrorCode::Invalid, "input.from"),
        };
        UserError::new(code, field, obstacle.text())
    };
    Error::User(obstacles.into_iter().map(told).collect())
}

/// Leaves an audit entry and an event about a rule.
pub(super) fn trace(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: Value) {
    work.audit(audit::Entry {
        action,
        entity_type: "incentive_rule",
        entity_id: Some(id),
        detail,
    });
    let payload = json!({ "action": action });
    work.emit(Event::new(work.call().at, RULE_CHANGED, id, payload));
}
