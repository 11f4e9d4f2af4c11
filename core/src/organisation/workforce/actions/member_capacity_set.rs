//! Setting how many open tickets a member can have at once, from a day on (设置工作容量).

use chrono::NaiveDate;
use entity::{member, member_capacity};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{days, leave_trace, place};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::rules::Span;
use crate::organisation::today;
use crate::organisation::workforce::store::{capacities_of, insert, pick, save, spans};
use crate::work::{Once, Work};

/// The most open tickets that can be set.
const MOST: i32 = 1_000;

/// The capacity to set.
#[derive(Clone, Debug, Serialize)]
pub struct MemberCapacitySet {
    /// Whose.
    pub member_id: Uuid,
    /// Open tickets at most.
    pub open_tickets: i32,
    /// First day; today when none is given.
    pub valid_from: Option<NaiveDate>,
    /// First day on which it no longer holds.
    pub valid_to: Option<NaiveDate>,
}

/// Sets a capacity, which ends the former one, and returns its id.
///
/// # Errors
/// User errors about the values and days; refusals of permission and reach.
pub async fn member_capacity_set(
    app: &App,
    call: &Call,
    input: &MemberCapacitySet,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::ShiftWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "memberCapacitySet", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let member =
        to_change::<member::Entity>(work.tx(), &call.viewer, permission, input.member_id).await?;
    let mut checks = Checks::default();
    let span = Span {
        from: input.valid_from.unwrap_or_else(|| today(call)),
        to: input.valid_to,
    };
    checks.ensure(
        (0..=MOST).contains(&input.open_tickets),
        UserErrorCode::Invalid,
        "input.openTickets",
        || {
            Text::new(
                format!("A capacity is 0 to {MOST} open tickets."),
                format!("容量须为 0 到 {MOST} 张未结工单。"),
            )
        },
    );
    let fields = ("input.validFrom", "input.validTo");
    days(&mut checks, call, &member, span, fields);
    let others = capacities_of(work.tx(), member.id).await?;
    let plan = place(checks, span, &spans(&others), fields.1)?;
    let former = pick(&others, plan.ends.or(plan.rewrites));
    if let Some(mut ended) = pick(&others, plan.ends) {
        ended.valid_to = Some(span.from);
        save(work.tx(), ended, call.at).await?;
    }
    let id = match pick(&others, plan.rewrites) {
        Some(mut row) => {
            (row.open_tickets, row.valid_to) = (input.open_tickets, plan.to);
            save(work.tx(), row, call.at).await?.id
        }
        None => {
            let row = member_capacity::Model {
                id: new_id(call.at),
                member_id: member.id,
                open_tickets: input.open_tickets,
                valid_from: span.from,
                valid_to: plan.to,
                version: 1,
                created_at: call.at,
                updated_at: call.at,
            };
            let id = row.id;
            insert(work.tx(), row).await?;
            id
        }
    };
    let detail = json!({
        "capacity": id,
        "openTickets": input.open_tickets,
        "openTicketsBefore": former.map(|row| row.open_tickets),
        "from": span.from,
        "to": plan.to,
    });
    leave_trace(&mut work, member.id, "member.capacity.set", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}
