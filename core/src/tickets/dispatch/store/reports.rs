//! Figures over many decisions and tickets.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::{TicketPriority, TicketState};
use entity::{dispatch_decision, ticket};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, ExprTrait, JoinType, QueryFilter, QuerySelect,
    RelationTrait,
};
use uuid::Uuid;

use super::ENDED;
use crate::access::{Permission, Viewer, visible};
use crate::error::Result;
use crate::organisation::placed_nowhere_on;
use crate::tickets::dispatch::rules::weight;

/// What a member received in a stretch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Tickets, each counted once.
    pub tickets: u64,
    /// What they weigh by their priority.
    pub weight: u64,
}

/// What members received in a stretch, of the tickets that the viewer may look into; members who received nothing are
/// absent.
///
/// # Errors
/// When the database fails.
pub async fn received(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    members: &[Uuid],
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<HashMap<Uuid, Received>> {
    use dispatch_decision::Column::{At, ChosenMemberId, TicketId};
    let rows: Vec<(Uuid, TicketPriority, i64)> =
        visible::<dispatch_decision::Entity>(viewer, Permission::DispatchRead)
            .join(
                JoinType::InnerJoin,
                dispatch_decision::Relation::Ticket.def(),
            )
            .select_only()
            .column(ChosenMemberId)
            .column(ticket::Column::Priority)
            .expr_as(
                sea_orm::sea_query::Expr::col((dispatch_decision::Entity, TicketId))
                    .count_distinct(),
                "tickets",
            )
            .filter(ChosenMemberId.is_in(members.iter().copied()))
            .filter(At.gte(from))
            .filter(At.lt(to))
            .group_by(ChosenMemberId)
            .group_by(ticket::Column::Priority)
            .into_tuple()
            .all(connection)
            .await?;
    let mut received: HashMap<Uuid, Received> = HashMap::new();
    for (member, priority, count) in rows {
        let count = u64::try_from(count).unwrap_or(0);
        let sum = received.entry(member).or_default();
        sum.tickets += count;
        sum.weight += count * weight(priority);
    }
    Ok(received)
}

/// The waiting tickets of a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queue {
    /// The team; none for tickets without one.
    pub team: Option<Uuid>,
    /// How many wait.
    pub waiting: u64,
    /// How many of them are urgent.
    pub urgent: u64,
    /// When the oldest was opened.
    pub oldest: DateTime<Utc>,
}

/// The waiting tickets by team, of those that the viewer may look into; the one that waits longest first. With them the open
/// tickets whose assignee has no place on that day: nobody else's work counts them.
///
/// # Errors
/// When the database fails.
pub async fn queues(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    team: Option<Uuid>,
    day: NaiveDate,
) -> Result<Vec<Queue>> {
    use ticket::Column::{AssigneeId, State};
    let waiting = Condition::all()
        .add(State.eq(TicketState::Open))
        .add(AssigneeId.is_null());
    // What these wait for is as open as they are: whoever had them doesn't go on with them.
    let left_behind = Condition::all()
        .add(State.is_not_in(ENDED.iter().copied()))
        .add(AssigneeId.in_subquery(placed_nowhere_on(day)));
    let mut queues: HashMap<Option<Uuid>, Queue> = HashMap::new();
    // Two statements, for each has an index.
    for which in [waiting, left_behind] {
        for (team, priority, waiting, oldest) in counted(connection, viewer, team, which).await? {
            let waiting = u64::try_from(waiting).unwrap_or(0);
            let queue = queues.entry(team).or_insert(Queue {
                team,
                waiting: 0,
                urgent: 0,
                oldest,
            });
            queue.waiting += waiting;
            queue.oldest = Ord::min(queue.oldest, oldest);
            if priority == TicketPriority::Urgent {
                queue.urgent += waiting;
            }
        }
    }
    let mut queues: Vec<Queue> = queues.into_values().collect();
    queues.sort_by_key(|queue| (queue.oldest, queue.team));
    Ok(queues)
}

/// Team, priority, how many, and when the oldest was opened.
type Counted = (Option<Uuid>, TicketPriority, i64, DateTime<Utc>);

/// How many unresolved tickets there are of those that meet a condition, by team and priority, and when the oldest was opened.
async fn counted(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    team: Option<Uuid>,
    which: Condition,
) -> Result<Vec<Counted>> {
    use ticket::Column::{CreatedAt, Id, Priority, ResolvedAt, TeamId};
    let mut select = visible::<ticket::Entity>(viewer, Permission::DispatchRead)
        .select_only()
        .column(TeamId)
        .column(Priority)
        .column_as(Id.count(), "waiting")
        .column_as(CreatedAt.min(), "oldest")
        .filter(which)
        .filter(ResolvedAt.is_null());
    if let Some(team) = team {
        select = select.filter(TeamId.eq(team));
    }
    Ok(select
        .group_by(TeamId)
        .group_by(Priority)
        .into_tuple()
        .all(connection)
        .await?)
}
