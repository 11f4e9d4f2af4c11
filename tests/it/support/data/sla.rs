use aftercare::tickets::sla;
use chrono::TimeDelta;
use entity::enums::{AlertKind, SlaClockKind, SlaClockState, SlaReason};
use entity::{calendar_version, sla_clock, sla_interval, sla_policy_version, ticket_alert};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Table, key, start, write};

/// Gives tickets a clock that was started two hours before the tests and waited for an hour, and an alert about it. The
/// shipped policies must be there already.
pub async fn give_clocks(connection: &impl ConnectionTrait, tickets: &[Uuid]) {
    let version = sla_policy_version::Entity::find()
        .filter(sla_policy_version::Column::PolicyId.eq(sla::policy_id("standard")))
        .one(connection)
        .await;
    let version = version.expect("a read").expect("a shipped policy");
    let calendar = calendar_version::Entity::find()
        .filter(calendar_version::Column::CalendarId.eq(version.calendar_id))
        .one(connection)
        .await;
    let calendar = calendar.expect("a read").expect("its calendar");
    let hours = |hours| start() + TimeDelta::hours(hours);
    let id = || aftercare::db::new_id(start());
    let (mut clocks, mut intervals, mut alerts) = (Vec::new(), Vec::new(), Vec::new());
    for ticket in tickets {
        let clock = sla_clock::Model {
            id: id(),
            ticket_id: *ticket,
            kind: SlaClockKind::Resolution,
            step_entry_id: None,
            policy_version_id: version.id,
            calendar_version_id: calendar.id,
            target_seconds: 48 * 3_600,
            state: SlaClockState::Running,
            started_at: hours(-2),
            due_at: Some(hours(47)),
            warn_at: Some(hours(35)),
            ran_seconds: 3_600,
            stopped_at: None,
            met: None,
            breached_at: None,
            warned_at: None,
            escalated_at: None,
            version: 1,
            created_at: hours(-2),
            updated_at: start(),
        };
        for (number, state, reason, due) in [
            (1, SlaClockState::Running, SlaReason::Started, Some(46)),
            (2, SlaClockState::Paused, SlaReason::WaitingCustomer, None),
            (3, SlaClockState::Running, SlaReason::Resumed, Some(47)),
        ] {
            let ran = i64::from(state == SlaClockState::Running) * 3_600;
            intervals.push(sla_interval::Model {
                id: id(),
                clock_id: clock.id,
                ticket_id: *ticket,
                number,
                state,
                reason,
                policy_version_id: version.id,
                calendar_version_id: calendar.id,
                target_seconds: clock.target_seconds,
                from_at: hours(i64::from(number) - 3),
                to_at: (number < 3).then(|| hours(i64::from(number) - 2)),
                ran_before: if number == 1 { 0 } else { 3_600 },
                ran_seconds: (number < 3).then_some(ran),
                due_at: due.map(hours),
            });
        }
        alerts.push(ticket_alert::Model {
            id: id(),
            ticket_id: *ticket,
            clock_id: clock.id,
            kind: AlertKind::Warning,
            at: hours(-1),
            raised_at: hours(-1),
            late: false,
            member_id: Some(key(Table::Member, 4)),
            team_id: Some(key(Table::Team, 5)),
            told_at: Some(hours(-1)),
            acknowledged_by: None,
            acknowledged_at: None,
            version: 1,
            created_at: hours(-1),
            updated_at: hours(-1),
        });
        clocks.push(clock);
    }
    write(connection, &clocks).await;
    write(connection, &intervals).await;
    write(connection, &alerts).await;
}
