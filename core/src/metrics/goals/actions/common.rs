//! What the actions share: bounds, rights, and what they leave behind.

use chrono::NaiveDate;
use entity::enums::GoalBound;
use entity::{department, goal, goal_alert, member, region, team};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{Permission, find, to_change};
use crate::audit;
use crate::check::Checks;
use crate::decimal::{Decimal, SCALE};
use crate::error::{Result, Text, UserErrorCode};
use crate::events::Event;
use crate::metrics::Sources;
use crate::metrics::figures::Metric;
use crate::metrics::goals::figures;
use crate::metrics::goals::scope::may_set;
use crate::metrics::goals::{GOAL_CHANGED, Population};
use crate::metrics::rules::definition::{Aggregate, Body, Direction, Unit};
use crate::organisation::{holds_on, today};
use crate::work::Work;

/// The most characters of a title.
pub(super) const TITLE: usize = 200;
/// The most characters of what, why, how, and of a reason.
pub(super) const BODY: usize = 2_000;
/// The most days that a goal lasts: five years.
const LONGEST: i64 = 1_827;
/// How long ago a goal may begin.
const LOOK_BACK: i64 = 366;
/// The largest target: far from where sums overflow.
const LARGEST: i64 = 1_000_000_000_000 * SCALE;

/// The goal that is about to change, locked: the viewer reaches it and may set goals for its part of the company.
///
/// # Errors
/// `NOT_FOUND` when the viewer can't see it; `FORBIDDEN` when it is only seen.
pub(super) async fn to_set(work: &Work<'_>, id: Uuid) -> Result<goal::Model> {
    let viewer = &work.call().viewer;
    let row = to_change::<goal::Entity>(work.tx(), viewer, Permission::GoalManage, id).await?;
    let population = Population::of(&row);
    let within = match population {
        Some(population) => reaches(work, population).await?,
        None => false,
    };
    if within {
        Ok(row)
    } else {
        Err(viewer.reach_too_small(Permission::GoalManage).into())
    }
}

/// May whoever acts set goals for this part of the company?
async fn reaches(work: &Work<'_>, population: Population) -> Result<bool> {
    let viewer = &work.call().viewer;
    Ok(match population {
        Population::Member(id) => {
            find::<member::Entity>(work.tx(), viewer, Permission::GoalManage, id)
                .await?
                .is_some()
        }
        other => may_set(viewer, other),
    })
}

/// Looks whether there is such a part of the company, and refuses one that is out of reach.
///
/// # Errors
/// `FORBIDDEN` with the reach held.
pub(super) async fn populated(
    work: &Work<'_>,
    checks: &mut Checks,
    population: Population,
) -> Result<()> {
    let (tx, viewer) = (work.tx(), &work.call().viewer);
    macro_rules! there {
        ($table:ident, $id:expr, $permission:ident, $field:literal) => {{
            let row = find::<$table::Entity>(tx, viewer, Permission::$permission, $id).await?;
            checks
                .found(concat!("input.population.", $field), row)
                .is_some()
        }};
    }
    let there = match population {
        Population::Company => true,
        Population::Department(id) => there!(department, id, OrganisationRead, "departmentId"),
        Population::Region(id) => there!(region, id, OrganisationRead, "regionId"),
        Population::Team(id) => there!(team, id, OrganisationRead, "teamId"),
        Population::Member(id) => there!(member, id, MemberRead, "memberId"),
    };
    if there && !reaches(work, population).await? {
        return Err(viewer.reach_too_small(Permission::GoalManage).into());
    }
    Ok(())
}

/// Whoever answers for it works here, and goes on doing so.
pub(super) async fn owned(work: &Work<'_>, checks: &mut Checks, owner: Uuid) -> Result<()> {
    let viewer = &work.call().viewer;
    let row = find::<member::Entity>(work.tx(), viewer, Permission::MemberRead, owner).await?;
    if let Some(row) = checks.found("input.ownerId", row) {
        let day = today(work.call());
        checks.ensure(
            holds_on(row.joined_on, row.left_on, day),
            UserErrorCode::RuleViolated,
            "input.ownerId",
            || {
                Text::new(
                    "This member doesn't work here; name somebody who does.",
                    "该成员已不在职，请指定在职成员。",
                )
            },
        );
    }
    Ok(())
}

/// The metric of that key, or a mistake.
pub(super) async fn measured(
    work: &Work<'_>,
    checks: &mut Checks,
    sources: &Sources,
    key: &str,
) -> Result<Option<Metric>> {
    let found = figures::metric(work.tx(), sources, key).await?;
    checks.ensure(
        found.is_some(),
        UserErrorCode::NotFound,
        "input.metricKey",
        || {
            Text::new(
                "There is no metric with this key in use; `metricDefinitions` lists them.",
                "没有使用该键的指标，可在 metrics 中查询。",
            )
        },
    );
    Ok(found)
}

/// On which side of the target the figure has to end: as the metric says, or as is said of one that says nothing.
pub(super) fn bounded(checks: &mut Checks, metric: &Metric, given: Option<GoalBound>) -> GoalBound {
    let own = match metric.defined.definition.direction {
        Direction::Up => Some(GoalBound::AtLeast),
        Direction::Down => Some(GoalBound::AtMost),
        Direction::Neutral => None,
    };
    match (own, given) {
        (Some(own), Some(given)) if own != given => checks.add(
            UserErrorCode::RuleViolated,
            "input.bound",
            Text::new(
                "Of this metric the other side is the good one; leave `bound` out.",
                "该指标的优劣方向与此相反，请不填 bound。",
            ),
        ),
        (None, None) => checks.add(
            UserErrorCode::Blank,
            "input.bound",
            Text::new(
                "This metric doesn't say whether more is better: say AT_LEAST or AT_MOST.",
                "该指标没有优劣方向，请指定 AT_LEAST 或 AT_MOST。",
            ),
        ),
        _ => {}
    }
    own.or(given).unwrap_or(GoalBound::AtLeast)
}

/// A target that such a metric can have.
pub(super) fn targeted(checks: &mut Checks, metric: &Metric, target: Decimal) {
    let percent = 100 * SCALE;
    let (least, most, text) = if is_rate(metric) {
        let text = Text::new(
            "This metric is a percentage: its target is 0 to 100.",
            "该指标为百分比，目标值须在 0 到 100 之间。",
        );
        (0, percent, text)
    } else if metric.defined.definition.unit == Unit::Number {
        let text = Text::new("This target is too large.", "目标值过大。");
        (-LARGEST, LARGEST, text)
    } else {
        let text = Text::new(
            "A target isn't below nought, nor above a million millions.",
            "目标值不能小于 0，也不能超过一万亿。",
        );
        (0, LARGEST, text)
    };
    checks.ensure(
        (least..=most).contains(&target.0),
        UserErrorCode::Invalid,
        "input.target",
        || text,
    );
}

/// Is it a number of a hundred, which can't be more?
fn is_rate(metric: &Metric) -> bool {
    matches!(&metric.defined.definition.body, Body::Facts(base) if base.aggregate == Aggregate::Rate)
}

/// Days that a goal can have: the deadline comes after the first day and after today.
pub(super) fn timed(checks: &mut Checks, work: &Work<'_>, from: NaiveDate, until: NaiveDate) {
    let today = today(work.call());
    checks.ensure(until > from, UserErrorCode::Invalid, "input.until", || {
        Text::new(
            "`until` is the first day that doesn't count any more, so it comes after `from`.",
            "until 为不再计入的第一天，须晚于 from。",
        )
    });
    checks.ensure(
        until > today,
        UserErrorCode::RuleViolated,
        "input.until",
        || {
            Text::new(
                format!("The deadline has passed: take a day after {today}."),
                format!("截止日期已过，请选择 {today} 之后的日期。"),
            )
        },
    );
    checks.ensure(
        (until - from).num_days() <= LONGEST,
        UserErrorCode::TooLong,
        "input.until",
        || Text::new("A goal lasts five years at most.", "目标期限最长五年。"),
    );
    checks.ensure(
        (today - from).num_days() <= LOOK_BACK,
        UserErrorCode::RuleViolated,
        "input.from",
        || {
            Text::new(
                "A goal begins a year ago at most.",
                "目标开始日期最早为一年前。",
            )
        },
    );
}

/// Leaves an audit entry and an event about a goal.
pub(super) fn trace(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: Value) {
    work.audit(audit::Entry {
        action,
        entity_type: "goal",
        entity_id: Some(id),
        detail,
    });
    let payload = json!({ "action": action });
    work.emit(Event::new(work.call().at, GOAL_CHANGED, id, payload));
}

/// What the audit log keeps of a goal.
pub(super) fn shown(row: &goal::Model) -> Value {
    json!({
        "title": row.title,
        "titleZh": row.title_zh,
        "specific": row.specific,
        "relevant": row.relevant,
        "achievable": row.achievable,
        "metric": row.metric_key,
        "bound": row.bound,
        "target": Decimal(row.target).to_string(),
        "population": Population::of(row),
        "from": row.from_day,
        "until": row.until_day,
        "owner": row.owner_id,
        "state": row.state,
    })
}

/// What the audit log keeps of an alert.
pub(super) fn shown_alert(row: &goal_alert::Model) -> Value {
    let figure = |parts: Option<i64>| parts.map(|parts| Decimal(parts).to_string());
    json!({
        "kind": row.kind,
        "value": figure(row.value),
        "forecast": figure(row.forecast),
        "chance": row.chance,
    })
}
