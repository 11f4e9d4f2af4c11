//! What the actions on assignments share: looking over a place, the rules, and writing rows.

use chrono::NaiveDate;
use entity::enums::AssignmentKind;
use entity::{assignment, department, member, position, region, team};
use serde_json::json;
use uuid::Uuid;

use crate::access::{Call, Permission, find};
use crate::audit;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::events::Event;
use crate::organisation::rules::{self, Misfit, Span, holds_on};
use crate::organisation::store::{assignments_of, insert_assignment, save_assignment, save_member};
use crate::organisation::structure::store::teams_on;
use crate::organisation::today;
use crate::work::Work;

/// The most characters of a role.
const ROLE: usize = 100;

/// An assignment as it is asked for.
#[derive(Clone, Debug)]
pub(in crate::organisation) struct Place<'i> {
    pub kind: AssignmentKind,
    pub department_id: Option<Uuid>,
    pub team_id: Option<Uuid>,
    pub region_id: Option<Uuid>,
    pub position_id: Option<Uuid>,
    pub role: &'i str,
    pub percent: i32,
    pub span: Span,
    /// How the input calls the first day.
    pub from_field: &'static str,
    /// May the shares add up to more than the whole?
    pub too_much: TooMuch,
}

/// What becomes of shares that add up to more than the whole working time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::organisation) enum TooMuch {
    /// They are refused.
    Refused,
    /// They are taken; whoever asks is warned of them.
    Allowed,
}

/// Refuses a day before today: what was is not rewritten.
pub(in crate::organisation) fn not_before_today(
    checks: &mut Checks,
    call: &Call,
    field: &str,
    day: NaiveDate,
) {
    let today = today(call);
    checks.ensure(day >= today, UserErrorCode::RuleViolated, field, || {
        Text::new(
            format!("History isn't rewritten: take {today} or a later day."),
            format!("历史记录不可改写：请选择 {today} 或之后的日期。"),
        )
    });
}

/// Looks the place over, holds it against the member's other assignments and starts it.
pub(in crate::organisation) async fn start(
    work: &Work<'_>,
    member: &member::Model,
    place: &Place<'_>,
) -> Result<assignment::Model> {
    let role = look_over(work, member, place).await?;
    let others = assignments_of(work.tx(), member.id).await?;
    let allowed =
        |misfit| matches!(misfit, Misfit::TooMuch { .. }) && place.too_much == TooMuch::Allowed;
    if let Err(misfit) = rules::fits(place.kind, place.span, place.percent, &others)
        && !allowed(misfit)
    {
        let mut checks = Checks::default();
        let (field, text) = explain(misfit, place);
        checks.add(UserErrorCode::RuleViolated, field, text);
        checks.done()?;
    }
    let at = work.call().at;
    let row = assignment::Model {
        id: new_id(at),
        member_id: member.id,
        kind: place.kind,
        department_id: place.department_id,
        team_id: place.team_id,
        region_id: place.region_id,
        position_id: place.position_id,
        role,
        percent: place.percent,
        valid_from: place.span.from,
        valid_to: place.span.to,
        version: 1,
        created_at: at,
        updated_at: at,
    };
    insert_assignment(work.tx(), row.clone()).await?;
    Ok(row)
}

/// Ends an assignment; its end is the only thing that ever changes.
pub(in crate::organisation) async fn end(
    work: &Work<'_>,
    mut row: assignment::Model,
    on: NaiveDate,
) -> Result<assignment::Model> {
    row.valid_to = Some(on);
    save_assignment(work.tx(), row, work.call().at).await
}

/// Writes what every change of an assignment entails: the member's version, audit and event.
pub(in crate::organisation) async fn conclude(
    work: &mut Work<'_>,
    member: member::Model,
    action: &'static str,
    detail: serde_json::Value,
) -> Result<()> {
    let id = member.id;
    save_member(work.tx(), member, work.call().at).await?;
    work.audit(audit::Entry {
        action,
        entity_type: "member",
        entity_id: Some(id),
        detail,
    });
    work.emit(Event::new(
        work.call().at,
        Event::ACCESS_CHANGED,
        id,
        json!({ "action": action }),
    ));
    Ok(())
}

/// An assignment's facts for the audit log.
pub(in crate::organisation) fn facts(row: &assignment::Model) -> serde_json::Value {
    json!({
        "assignment": row.id,
        "kind": row.kind,
        "department": row.department_id,
        "team": row.team_id,
        "region": row.region_id,
        "position": row.position_id,
        "role": row.role,
        "percent": row.percent,
        "from": row.valid_from,
        "to": row.valid_to,
    })
}

async fn look_over(work: &Work<'_>, member: &member::Model, place: &Place<'_>) -> Result<String> {
    let mut checks = Checks::default();
    let role = checks.text("input.role", place.role, ROLE);
    checks.ensure(
        (1..=rules::WHOLE_TIME).contains(&place.percent),
        UserErrorCode::Invalid,
        "input.percent",
        || Text::new("The share is 1 to 100 percent.", "占比须为 1 到 100。"),
    );
    checks.ensure(
        place.span.to.is_none_or(|end| end > place.span.from),
        UserErrorCode::Invalid,
        "input.validTo",
        || {
            Text::new(
                "The end is the first day on which it no longer holds, so it comes after the start.",
                "结束日期为不再有效的第一天，须晚于开始日期。",
            )
        },
    );
    not_before_today(&mut checks, work.call(), place.from_field, place.span.from);
    checks.ensure(
        holds_on(member.joined_on, member.left_on, place.span.from),
        UserErrorCode::RuleViolated,
        place.from_field,
        || {
            Text::new(
                "The member doesn't work here on that day.",
                "该成员当日不在职。",
            )
        },
    );
    let (needed, field) = match place.kind {
        AssignmentKind::Home => (place.department_id, "input.departmentId"),
        AssignmentKind::Project => (place.team_id, "input.teamId"),
        AssignmentKind::Regional => (place.region_id, "input.regionId"),
    };
    checks.ensure(needed.is_some(), UserErrorCode::Blank, field, || {
        Text::new(
            "This kind of assignment needs it.",
            "此类任职必须填写该项。",
        )
    });
    look_at_targets(work, place, &mut checks).await?;
    checks.done()?;
    Ok(role)
}

/// Everything an assignment points at exists, holds on its first day, and the team is one of the home department.
async fn look_at_targets(work: &Work<'_>, place: &Place<'_>, checks: &mut Checks) -> Result<()> {
    macro_rules! target {
        ($table:ident, $id:expr, $field:literal) => {
            match $id {
                None => None,
                Some(id) => {
                    let viewer = &work.call().viewer;
                    let permission = Permission::OrganisationManage;
                    let row =
                        find::<$table::Entity>(work.tx(), viewer, permission, id).await?;
                    let row = checks.found($field, row);
                    if let Some(row) = &row {
                        checks.ensure(
                            holds_on(row.valid_from, row.valid_to, place.span.from),
                            UserErrorCode::WrongState,
                            $field,
                            || Text::new("It doesn't exist on that day.", "该对象当日无效。"),
                        );
                    }
                    row
                }
            }
        };
    }
    target!(department, place.department_id, "input.departmentId");
    target!(region, place.region_id, "input.regionId");
    target!(position, place.position_id, "input.positionId");
    let team = target!(team, place.team_id, "input.teamId");
    if let (AssignmentKind::Home, Some(team), Some(department)) =
        (place.kind, team, place.department_id)
    {
        // A team may have moved since it was founded.
        let then = teams_on(work.tx(), place.span.from).await?;
        let then = then.iter().find(|row| row.id == team.id);
        checks.ensure(
            then.is_none_or(|team| team.department_id == department),
            UserErrorCode::RuleViolated,
            "input.teamId",
            || {
                Text::new(
                    "The home team belongs to another department.",
                    "该团队不属于所选部门。",
                )
            },
        );
    }
    Ok(())
}

fn explain(misfit: Misfit, place: &Place<'_>) -> (&'static str, Text) {
    match misfit {
        Misfit::SecondHome { day } => (
            place.from_field,
            Text::new(
                format!(
                    "On {day} the member would have two home assignments; end the other one first, or transfer the member."
                ),
                format!("{day} 该成员将有两个职能归属，请先结束原归属或使用调动。"),
            ),
        ),
        Misfit::TooMuch { day, percent } => (
            "input.percent",
            Text::new(
                format!(
                    "On {day} the shares would add up to {percent} %; 100 % is the whole working time."
                ),
                format!("{day} 的占比合计将达 {percent}%，不得超过 100%。"),
            ),
        ),
    }
}
