//! Alerts: claiming clocks whose time has come, each once; and telling what was found late, together.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::{AlertKind, SlaClockState};
use entity::{member, sla_clock, team, ticket, ticket_alert};
use sea_orm::sea_query::{Expr, ExprTrait, Func, LockBehavior, LockType, OnConflict, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::access::{Listed, Permission, Viewer, compare_reference, find, visible};
use crate::db::filter::{IdMatches, Matches, TimeMatches};
use crate::db::keyset::Sort;
use crate::error::{ApiError, Result};

/// Which alerts a list is about.
#[derive(Clone, Debug, Default)]
pub struct AlertFilter {
    /// Warning or breach.
    pub kind: Option<Matches<AlertKind>>,
    /// Taken note of, or not.
    pub acknowledged: Option<bool>,
    /// The ticket.
    pub ticket_id: Option<IdMatches>,
    /// The team.
    pub team_id: Option<IdMatches>,
    /// The member who should act.
    pub member_id: Option<IdMatches>,
    /// When it was raised.
    pub raised_at: Option<TimeMatches>,
}

/// In which order alerts come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AlertOrder {
    /// The newest first.
    #[default]
    RaisedAtDesc,
    /// The oldest first.
    RaisedAtAsc,
}

impl Listed for ticket_alert::Entity {
    type Filter = AlertFilter;
    type Order = AlertOrder;

    fn matching(filter: &AlertFilter, viewer: &Viewer) -> Condition {
        use ticket_alert::Column;
        Condition::all()
            .add_option(filter.kind.as_ref().map(|kind| kind.on(Column::Kind)))
            .add_option(filter.acknowledged.map(|done| {
                if done {
                    Column::AcknowledgedAt.is_not_null()
                } else {
                    Column::AcknowledgedAt.is_null()
                }
            }))
            .add_option(
                filter
                    .ticket_id
                    .as_ref()
                    .map(|ticket| ticket.on(Column::TicketId)),
            )
            .add_option(
                filter
                    .team_id
                    .as_ref()
                    .map(|team| compare_reference::<team::Entity>(team, Column::TeamId, viewer)),
            )
            .add_option(filter.member_id.as_ref().map(|member| {
                compare_reference::<member::Entity>(member, Column::MemberId, viewer)
            }))
            .add_option(
                filter
                    .raised_at
                    .as_ref()
                    .map(|raised| raised.on(Column::RaisedAt)),
            )
    }

    fn sorts(order: AlertOrder) -> Vec<Sort<ticket_alert::Column>> {
        use ticket_alert::Column;
        match order {
            AlertOrder::RaisedAtDesc => {
                vec![
                    Sort::descending(Column::RaisedAt),
                    Sort::descending(Column::Id),
                ]
            }
            AlertOrder::RaisedAtAsc => {
                vec![
                    Sort::ascending(Column::RaisedAt),
                    Sort::ascending(Column::Id),
                ]
            }
        }
    }
}

/// Clocks whose time has come: by kind, the column that says when, and the one that says that it was seen to.
fn time_come(kind: AlertKind, until: DateTime<Utc>) -> Condition {
    let (due, seen) = match kind {
        AlertKind::Warning => (sla_clock::Column::WarnAt, sla_clock::Column::WarnedAt),
        AlertKind::Breach => (sla_clock::Column::DueAt, sla_clock::Column::EscalatedAt),
    };
    Condition::all()
        .add(sla_clock::Column::State.eq(SlaClockState::Running))
        .add(seen.is_null())
        .add(due.lt(until))
}

/// Tickets with clocks whose time has come, those that have waited longest first; locked, and without those on which
/// somebody is working just now: they come with the next round.
///
/// # Errors
/// When the database fails.
pub async fn ready(
    connection: &impl ConnectionTrait,
    kind: AlertKind,
    until: DateTime<Utc>,
    limit: u64,
) -> Result<(u64, Vec<ticket::Model>)> {
    let first = match kind {
        AlertKind::Warning => sla_clock::Column::WarnAt,
        AlertKind::Breach => sla_clock::Column::DueAt,
    };
    let ids: Vec<Uuid> = sla_clock::Entity::find()
        .select_only()
        .column(sla_clock::Column::TicketId)
        .filter(time_come(kind, until))
        .order_by_asc(first)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?;
    let found = ids.len() as u64;
    Ok((found, lock_tickets(connection, ids).await?))
}

/// Locks tickets until the transaction ends, but waits for none.
///
/// # Errors
/// When the database fails.
pub async fn lock_tickets(
    connection: &impl ConnectionTrait,
    ids: Vec<Uuid>,
) -> Result<Vec<ticket::Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(ticket::Entity::find()
        .filter(ticket::Column::Id.is_in(ids))
        .order_by_asc(ticket::Column::Id)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(connection)
        .await?)
}

/// Claims the clocks of locked tickets whose time has come: whoever comes second gets none. A missed due time is put on
/// record, on the clock and on its ticket.
///
/// # Errors
/// When the database fails.
pub async fn claim(
    connection: &impl ConnectionTrait,
    kind: AlertKind,
    tickets: &[ticket::Model],
    until: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Result<Vec<sla_clock::Model>> {
    use sla_clock::Column;
    let ids = || tickets.iter().map(|ticket| ticket.id);
    let mut update = sla_clock::Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(at));
    update = match kind {
        AlertKind::Warning => update.col_expr(Column::WarnedAt, Expr::value(at)),
        AlertKind::Breach => update
            .col_expr(Column::EscalatedAt, Expr::value(at))
            .col_expr(
                Column::BreachedAt,
                Func::coalesce([Expr::col(Column::BreachedAt), Expr::col(Column::DueAt)]).into(),
            ),
    };
    let claimed = update
        .filter(Column::TicketId.is_in(ids()))
        .filter(time_come(kind, until))
        .exec_with_returning(connection)
        .await?;
    if kind == AlertKind::Breach && !claimed.is_empty() {
        let first = Query::select()
            .expr(Expr::col((sla_clock::Entity, Column::BreachedAt)).min())
            .from(sla_clock::Entity)
            .and_where(
                Expr::col((sla_clock::Entity, Column::TicketId))
                    .equals((ticket::Entity, ticket::Column::Id)),
            )
            .take();
        ticket::Entity::update_many()
            .col_expr(
                ticket::Column::BreachedAt,
                Expr::SubQuery(None, Box::new(first.into())),
            )
            .filter(ticket::Column::Id.is_in(ids()))
            .exec(connection)
            .await?;
    }
    Ok(claimed)
}

/// Writes alerts; one about the same time of the same clock is never written twice.
///
/// # Errors
/// When the database fails.
pub async fn insert_alerts(
    connection: &impl ConnectionTrait,
    alerts: Vec<ticket_alert::Model>,
) -> Result<()> {
    if alerts.is_empty() {
        return Ok(());
    }
    let rows = alerts
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    let same = OnConflict::columns([
        ticket_alert::Column::ClockId,
        ticket_alert::Column::Kind,
        ticket_alert::Column::At,
    ])
    .do_nothing()
    .to_owned();
    ticket_alert::Entity::insert_many(rows)
        .on_conflict(same)
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// What one team is told together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Warnings.
    pub warnings: u64,
    /// Missed due times.
    pub breaches: u64,
}

impl Told {
    fn count(&mut self, kind: AlertKind) {
        match kind {
            AlertKind::Warning => self.warnings += 1,
            AlertKind::Breach => self.breaches += 1,
        }
    }
}

/// Marks the late alerts that nobody has heard of as told, and counts them by team.
///
/// # Errors
/// When the database fails.
pub async fn tell_late(
    connection: &impl ConnectionTrait,
    at: DateTime<Utc>,
) -> Result<HashMap<Option<Uuid>, Told>> {
    use ticket_alert::Column;
    let told = ticket_alert::Entity::update_many()
        .col_expr(Column::ToldAt, Expr::value(at))
        .filter(Column::ToldAt.is_null())
        .exec_with_returning(connection)
        .await?;
    let mut teams: HashMap<Option<Uuid>, Told> = HashMap::new();
    for alert in told {
        teams.entry(alert.team_id).or_default().count(alert.kind);
    }
    Ok(teams)
}

/// Is there a late alert that nobody has heard of?
///
/// # Errors
/// When the database fails.
pub async fn any_untold(connection: &impl ConnectionTrait) -> Result<bool> {
    let found = ticket_alert::Entity::find()
        .filter(ticket_alert::Column::ToldAt.is_null())
        .one(connection)
        .await?;
    Ok(found.is_some())
}

/// How many of the alerts that were told together at a moment, about a team, a viewer may see.
///
/// # Errors
/// When the database fails.
pub async fn told_together(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    team: Option<Uuid>,
    at: DateTime<Utc>,
) -> Result<Told> {
    use ticket_alert::Column;
    let of_team = team.map_or_else(|| Column::TeamId.is_null(), |team| Column::TeamId.eq(team));
    let kinds: Vec<AlertKind> =
        visible::<ticket_alert::Entity>(viewer, Permission::TicketAlertRead)
            .select_only()
            .column(Column::Kind)
            .filter(of_team)
            .filter(Column::ToldAt.eq(at))
            .filter(Column::Late.eq(true))
            .into_tuple()
            .all(connection)
            .await?;
    let mut told = Told::default();
    for kind in kinds {
        told.count(kind);
    }
    Ok(told)
}

/// Notes on an alert who took note of it; does nothing when somebody has.
///
/// # Errors
/// `CONFLICT` when somebody was faster.
pub async fn acknowledge(
    connection: &impl ConnectionTrait,
    row: ticket_alert::Model,
    by: Option<Uuid>,
    at: DateTime<Utc>,
) -> Result<ticket_alert::Model> {
    let (id, version) = (row.id, row.version);
    let now = ticket_alert::Model {
        acknowledged_by: by,
        acknowledged_at: Some(at),
        version: version + 1,
        updated_at: at,
        ..row
    };
    let mut saved = ticket_alert::Entity::update_many()
        .set(now.into_active_model().reset_all())
        .filter(ticket_alert::Column::Id.eq(id))
        .filter(ticket_alert::Column::Version.eq(version))
        .exec_with_returning(connection)
        .await?;
    saved
        .pop()
        .ok_or_else(|| ApiError::conflict(version + 1).into())
}

/// Tickets of these customers whose clocks are open.
///
/// # Errors
/// When the database fails.
pub async fn open_tickets(
    connection: &impl ConnectionTrait,
    customers: &[Uuid],
) -> Result<Vec<Uuid>> {
    use entity::enums::SlaStanding::{Paused, Running};
    Ok(ticket::Entity::find()
        .select_only()
        .column(ticket::Column::Id)
        .filter(ticket::Column::CustomerId.is_in(customers.iter().copied()))
        .filter(ticket::Column::SlaStanding.is_in([Running, Paused]))
        .into_tuple()
        .all(connection)
        .await?)
}

/// One alert, if the viewer may see it.
///
/// # Errors
/// When the database fails.
pub async fn alert(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<ticket_alert::Model>> {
    find::<ticket_alert::Entity>(connection, viewer, Permission::TicketAlertRead, id).await
}
