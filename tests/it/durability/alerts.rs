//! Overdue tickets behind a server's back, and what the servers make of them.

use std::net::SocketAddr;
use std::time::Duration;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use entity::enums::SlaClockKind;
use entity::{outbox, sla_clock, sla_interval, ticket, ticket_alert};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter,
};
use serde_json::json;
use tokio::time::{sleep, timeout};

use super::ear::Ear;
use crate::support::database::{Arrange, Backend, both_databases};
use crate::support::office::{CLERK, Office, open_ticket, sign_in};
use crate::support::process::Process;
use crate::support::socket::following;

/// More than one transaction of the worker takes.
pub(super) const OVERDUE: usize = 700;
/// How often a kill is tried that is to come while the worker is at it.
pub(super) const TRIES: usize = 5;

/// An office whose server was killed while it caught up with overdue tickets: some are escalated, not all.
struct Halfway(Office);

impl Arrange for Halfway {
    async fn arrange(backend: Backend) -> Option<Self> {
        // A busy machine may let the server finish before the kill comes.
        for _ in 0..TRIES {
            let office = Office::arrange(backend).await?;
            let server = Process::serve(&office.0.url, &[]).await;
            let token = sign_in(server.address, CLERK).await;
            open_ticket(server.address, &token, "Pump").await;
            server.kill().await;
            let connection = office.0.connect().await;
            overdue(&connection, OVERDUE).await;
            leases_run_out(&connection).await;
            let server = Process::serve(&office.0.url, &[]).await;
            until(|| async { alerts(&connection).await > 0 }).await;
            server.kill().await;
            let halfway = alerts(&connection).await < OVERDUE as u64;
            connection.close().await.expect("it closes");
            if halfway {
                return Some(Self(office));
            }
        }
        panic!("the server had always escalated all of them before it was killed");
    }
}

both_databases! {
    /// A server that is killed while it catches up leaves nothing by halves; the next one goes on, and each team hears of
    /// it once.
    async fn a_killed_server_escalates_nothing_twice(halfway: Halfway) {
        let database = &halfway.0.0;
        let connection = database.connect().await;
        leases_run_out(&connection).await;
        let server = Process::serve(&database.url, &[]).await;
        until(|| async { alerts(&connection).await == OVERDUE as u64 && told(&connection).await.len() == 1 }).await;
        sleep(Duration::from_secs(6)).await;
        check(&connection).await;
        server.kill().await;
        connection.close().await.expect("it closes");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_escalate_once() {
    let Some(office) = Office::arrange(Backend::Postgres).await else {
        return;
    };
    let server = Process::serve(&office.0.url, &[]).await;
    let token = sign_in(server.address, CLERK).await;
    open_ticket(server.address, &token, "Pump").await;
    server.kill().await;
    let connection = office.0.connect().await;
    overdue(&connection, OVERDUE).await;
    leases_run_out(&connection).await;
    let (one, two) = tokio::join!(
        Process::serve(&office.0.url, &[]),
        Process::serve(&office.0.url, &[])
    );
    until(|| async {
        alerts(&connection).await == OVERDUE as u64 && !told(&connection).await.is_empty()
    })
    .await;
    sleep(Duration::from_secs(6)).await;
    check(&connection).await;
    one.kill().await;
    two.kill().await;
}

/// As if the time had passed for which a dead server holds its leases.
pub(super) async fn leases_run_out(connection: &DatabaseConnection) {
    connection
        .execute_unprepared("DELETE FROM job_leases")
        .await
        .expect("no lease");
}

pub(super) async fn alerts(connection: &DatabaseConnection) -> u64 {
    ticket_alert::Entity::find()
        .count(connection)
        .await
        .expect("a count")
}

pub(super) async fn told(connection: &DatabaseConnection) -> Vec<outbox::Model> {
    outbox::Entity::find()
        .filter(outbox::Column::Kind.eq("ticket.alert"))
        .all(connection)
        .await
        .expect("events")
}

/// When alerts were told of together, and how many missed due times are in it.
pub(super) type Told = (DateTime<Utc>, u64);

/// What servers have to tell of, sorted.
pub(super) async fn all_told(connection: &DatabaseConnection) -> Vec<Told> {
    let rows = told(connection).await;
    let mut all: Vec<Told> = rows
        .iter()
        .map(|row| {
            let breaches = row.payload["breaches"].as_u64();
            (row.at.trunc_subsecs(6), breaches.unwrap_or_default())
        })
        .collect();
    all.sort_unstable();
    all
}

/// Listens to what one server tells of.
pub(super) async fn follow(address: SocketAddr, token: &str) -> Ear<Told> {
    let query = "subscription { ticketAlertRaised { at breaches } }";
    let socket = following(address, token, query, json!({})).await;
    Ear::to(socket, |message| {
        let event = &message["payload"]["data"]["ticketAlertRaised"];
        let at = DateTime::parse_from_rfc3339(event["at"].as_str()?).ok()?;
        Some((at.to_utc().trunc_subsecs(6), event["breaches"].as_u64()?))
    })
}

/// Every overdue clock was escalated once, and told of once.
pub(super) async fn check(connection: &DatabaseConnection) {
    assert_eq!(alerts(connection).await, OVERDUE as u64);
    let escalated = sla_clock::Entity::find()
        .filter(sla_clock::Column::EscalatedAt.is_not_null())
        .count(connection)
        .await;
    assert_eq!(escalated.expect("a count"), OVERDUE as u64);
    let told = told(connection).await;
    // A round that begins while clocks run out tells of those that it sees.
    let counts = told
        .iter()
        .filter_map(|event| event.payload["breaches"].as_u64());
    assert_eq!(counts.sum::<u64>(), OVERDUE as u64, "{told:?}");
    let marked = ticket::Entity::find()
        .filter(ticket::Column::BreachedAt.is_not_null())
        .count(connection)
        .await;
    assert_eq!(marked.expect("a count"), OVERDUE as u64);
}

async fn until<F: Future<Output = bool>>(mut so: impl FnMut() -> F) {
    let waiting = async {
        while !so().await {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(90), waiting)
        .await
        .expect("it comes to that");
}

/// So many tickets like the first one, whose resolution has been due for hours.
pub(super) async fn overdue(connection: &DatabaseConnection, count: usize) {
    let sample = ticket::Entity::find().one(connection).await;
    let sample = sample.expect("a read").expect("a ticket");
    let clock = sla_clock::Entity::find()
        .filter(sla_clock::Column::TicketId.eq(sample.id))
        .filter(sla_clock::Column::Kind.eq(SlaClockKind::Resolution))
        .one(connection)
        .await;
    let clock = clock.expect("a read").expect("a clock");
    let interval = sla_interval::Entity::find()
        .filter(sla_interval::Column::ClockId.eq(clock.id))
        .one(connection)
        .await;
    let interval = interval.expect("a read").expect("an interval");
    let ago = |hours| -> DateTime<Utc> { sample.created_at - TimeDelta::hours(hours) };
    for n in 0..count {
        let row = ticket::Model {
            id: aftercare::db::new_id(sample.created_at),
            number: 900_000 + i64::try_from(n).expect("a small number"),
            team_id: None,
            due_at: Some(ago(5)),
            warn_at: Some(ago(17)),
            ..sample.clone()
        };
        let clock = sla_clock::Model {
            id: aftercare::db::new_id(sample.created_at),
            ticket_id: row.id,
            started_at: ago(53),
            due_at: row.due_at,
            warn_at: row.warn_at,
            ..clock.clone()
        };
        let interval = sla_interval::Model {
            id: aftercare::db::new_id(sample.created_at),
            clock_id: clock.id,
            ticket_id: row.id,
            from_at: clock.started_at,
            due_at: clock.due_at,
            ..interval.clone()
        };
        let written = async {
            row.into_active_model()
                .reset_all()
                .insert(connection)
                .await?;
            clock
                .into_active_model()
                .reset_all()
                .insert(connection)
                .await?;
            interval
                .into_active_model()
                .reset_all()
                .insert(connection)
                .await
        };
        written.await.expect("rows");
    }
}
