//! Three servers on one database, of which one is killed in the middle: the others take over, and nobody notices more than
//! a broken connection.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aftercare::clock::Clock;
use aftercare::events::{Event, REVOCATION_DEADLINE};
use entity::{job_lease, outbox};
use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;

use super::alerts::{self, OVERDUE};
use super::ear::{Ear, Heard};
use super::writer::Writer;
use super::{comment, ledger, until};
use crate::support::database::{Arrange, Backend};
use crate::support::office::{BOSS, CLERK, Office, open_ticket, sign_in, told};
use crate::support::process::{self, Process};
use crate::support::wire::ask;

/// How often the writers of a server that stays write.
const STEPS: usize = 40;
/// What the writers of the server that is killed are told before.
const BEFORE: usize = 16;
/// How often rights are taken away: a busy machine makes one of the tries late, not all of them.
const TRIES: usize = 3;
/// How many times the published deadline such a late one may take.
const LATE: u32 = 5;
/// The lease of the clocks of tickets, and of other jobs that must not stand still for long.
const LEASE: Duration = Duration::from_secs(30);
/// Longer than such a lease and the pause of the job together.
const TAKEN_OVER: Duration = Duration::from_secs(120);

/// Three servers on one database. The first one came first, so that it holds the leases of jobs.
async fn three(office: &Office, connection: &DatabaseConnection) -> [Process; 3] {
    let url = &office.0.url;
    let one = Process::serve(url, &[]).await;
    until(|| async { holders(connection).await.contains_key("sla") }).await;
    let (two, three) = tokio::join!(Process::serve(url, &[]), Process::serve(url, &[]));
    [one, two, three]
}

/// Who holds which job.
async fn holders(connection: &DatabaseConnection) -> BTreeMap<String, Uuid> {
    let rows = job_lease::Entity::find().all(connection).await;
    let rows = rows.expect("a read").into_iter();
    rows.map(|row| (row.name, row.holder)).collect()
}

/// The events of tickets after a place in the outbox, in the order of writing.
async fn written(connection: &DatabaseConnection, after: i64) -> Vec<Heard> {
    let rows = outbox::Entity::find()
        .filter(outbox::Column::Kind.eq(Event::TICKET_CHANGED))
        .filter(outbox::Column::Seq.gt(after))
        .order_by_asc(outbox::Column::Seq)
        .all(connection)
        .await;
    let rows = rows.expect("a read").into_iter();
    rows.map(|row| {
        let action = row.payload["action"].as_str().unwrap_or_default();
        Heard::new(row.entity_id, row.at, action)
    })
    .collect()
}

async fn last_written(connection: &DatabaseConnection) -> i64 {
    let last: Option<i64> = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::Seq)
        .order_by_desc(outbox::Column::Seq)
        .limit(1)
        .into_tuple()
        .one(connection)
        .await
        .expect("a read");
    last.unwrap_or_default()
}

/// Comments until all of them hear it, so that they are known to be there.
async fn wait_for(ears: &[&Ear], address: SocketAddr, token: &str, ticket: &str) {
    for _ in 0..100 {
        if ears.iter().all(|ear| !ear.heard().is_empty()) {
            return;
        }
        comment(address, token, ticket, "Do you hear?").await;
        sleep(Duration::from_millis(200)).await;
    }
    panic!("somebody hears nothing");
}

/// What was heard of each ticket, in that order.
fn by_ticket<'h>(heard: impl IntoIterator<Item = &'h Heard>) -> BTreeMap<Uuid, Vec<&'h Heard>> {
    let mut tickets: BTreeMap<Uuid, Vec<&Heard>> = BTreeMap::new();
    for event in heard {
        tickets.entry(event.ticket).or_default().push(event);
    }
    tickets
}

/// No event came twice, and none before an earlier one of its ticket.
#[track_caller]
fn once_and_in_order(heard: &[Heard], written: &[Heard]) {
    let different: BTreeSet<&Heard> = heard.iter().collect();
    assert_eq!(different.len(), heard.len(), "nothing came twice");
    let written = by_ticket(written);
    for (ticket, heard) in by_ticket(heard) {
        let all = written.get(&ticket).expect("a ticket that is written of");
        let same = all.iter().filter(|event| heard.contains(event));
        assert!(same.eq(heard.iter()), "{heard:?} in {all:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_and_rights_outlive_a_killed_server() {
    let Some(office) = Office::arrange(Backend::Postgres).await else {
        return;
    };
    let connection = office.0.connect().await;
    let [one, two, three] = three(&office, &connection).await;
    let clerk: Arc<str> = sign_in(one.address, CLERK).await.into();
    let warm = open_ticket(one.address, &clerk, "Warm").await;
    let doomed = Ear::open(one.address, &clerk).await;
    let ears = [
        Ear::open(two.address, &clerk).await,
        Ear::open(three.address, &clerk).await,
    ];
    wait_for(&[&doomed, &ears[0], &ears[1]], two.address, &clerk, &warm).await;
    until(|| ledger::all_delivered(&connection)).await;
    let mark = last_written(&connection).await;

    // Two writers at each server; those of the first one write until it is gone.
    let acknowledged = Arc::new(AtomicUsize::new(0));
    let (mut doomed_writers, mut writers) = (JoinSet::new(), JoinSet::new());
    for (number, address) in [one.address, two.address, three.address]
        .into_iter()
        .cycle()
        .take(6)
        .enumerate()
    {
        let ticket = open_ticket(address, &clerk, &format!("Pump {number}")).await;
        let mut writer = Writer::new(number, ticket, Arc::clone(&clerk));
        if address == one.address {
            let acknowledged = Arc::clone(&acknowledged);
            doomed_writers.spawn(async move {
                writer.write_until_it_dies(address, &acknowledged).await;
                writer
            });
        } else {
            writers.spawn(async move {
                writer.write(address, STEPS).await;
                writer
            });
        }
    }
    until(|| async { acknowledged.load(Ordering::Relaxed) >= BEFORE }).await;
    one.kill().await;
    // Its writers and its subscriber turn to another one.
    let again = Ear::open(two.address, &clerk).await;
    for mut writer in doomed_writers.join_all().await {
        let address = two.address;
        writers.spawn(async move {
            writer.write(address, STEPS / 2).await;
            writer
        });
    }
    let writers = writers.join_all().await;
    wait_for(&[&again], three.address, &clerk, &warm).await;
    for writer in &writers {
        ledger::check(&connection, writer).await;
    }

    until(|| ledger::all_delivered(&connection)).await;
    let all = written(&connection, mark).await;
    let since = |ear: &Ear| -> Vec<Heard> {
        let mut heard = ear.heard();
        heard.retain(|event| all.contains(event));
        heard
    };
    until(|| async { ears.iter().all(|ear| since(ear).len() >= all.len()) }).await;
    // Long enough for a repeat to come.
    sleep(Duration::from_secs(1)).await;
    for ear in &ears {
        assert_eq!(since(ear).len(), all.len(), "all that was written");
        once_and_in_order(&since(ear), &all);
    }
    once_and_in_order(&since(&doomed), &all);
    once_and_in_order(&since(&again), &all);
    assert_eq!(doomed.end().await, json!(1006), "its connection broke");
    // Of each ticket the one that came again heard everything from its first event on.
    for (ticket, heard) in by_ticket(&since(&again)) {
        let written = &by_ticket(&all)[&ticket];
        assert!(written.ends_with(&heard), "{heard:?} in {written:?}");
    }

    // Nobody gives what they don't hold, and an admin doesn't see what people are paid.
    let given = process::run(&office.0.url, &["user", "give-role", BOSS, "hr"]).await;
    assert!(given.status.success(), "{given:?}");
    let boss = sign_in(two.address, BOSS).await;
    let taken = take_rights(&two, &three, &boss, &clerk).await;
    let left = sign_out(&two, &three).await;
    eprintln!("rights went after {taken:?}, sessions after {left:?}");
    for took in [taken, left] {
        let (soonest, latest) = (took.iter().min(), took.iter().max());
        assert!(soonest < Some(&REVOCATION_DEADLINE), "{took:?}");
        assert!(latest < Some(&(REVOCATION_DEADLINE * LATE)), "{took:?}");
    }
    connection.close().await.expect("it closes");
    two.kill().await;
    three.kill().await;
    let verified = process::run(&office.0.url, &["audit", "verify"]).await;
    assert!(verified.status.success(), "{verified:?}");
}

/// How long a token is still good at a server, and a subscription open, after what happened just now at another one.
async fn over(server: &Process, token: &str, ear: Ear, code: &str) -> Duration {
    let begun = Instant::now();
    let header = format!("authorization: Bearer {token}");
    let refused = async {
        loop {
            let query = "{ tickets { totalCount } }";
            let answer = ask(server.address, &[&header], query, json!({})).await;
            let answer = answer.expect("an answer");
            if answer["errors"][0]["extensions"]["code"] == code {
                break;
            }
            assert!(answer.get("errors").is_none(), "{answer}");
        }
    };
    let closed = async {
        while !ear.is_over() {
            sleep(Duration::from_millis(5)).await;
        }
    };
    let both = async { tokio::join!(refused, closed) };
    timeout(REVOCATION_DEADLINE * 10, both)
        .await
        .expect("it is refused");
    let took = begun.elapsed();
    let end = ear.end().await;
    assert!(
        end == json!(4403) || end.to_string().contains(code),
        "{end}"
    );
    took
}

/// Takes the clerk's role at one server and gives it back, some times; how soon each time it was gone at the other.
async fn take_rights(here: &Process, there: &Process, boss: &str, clerk: &str) -> Vec<Duration> {
    let found = "{ users(filter: { login: { eq: \"clerk\" } }) { nodes { id } } roles { nodes { id key } } }";
    let found = told(here.address, boss, found, json!({})).await;
    let roles = found["roles"]["nodes"].as_array().expect("roles");
    let role = roles.iter().find(|role| role["key"] == "service_manager");
    let input = json!({
        "roleId": role.expect("a built-in role")["id"],
        "principal": { "userId": found["users"]["nodes"][0]["id"] },
    });
    let mut took = Vec::new();
    for _ in 0..TRIES {
        let ear = Ear::open(there.address, clerk).await;
        sleep(Duration::from_millis(200)).await;
        change(here, boss, "roleTake", "RoleTake", &input).await;
        took.push(over(there, clerk, ear, "FORBIDDEN").await);
        change(here, boss, "roleGive", "RoleGive", &input).await;
        until(|| async { may_read(there, clerk).await }).await;
    }
    took
}

async fn may_read(server: &Process, token: &str) -> bool {
    let header = format!("authorization: Bearer {token}");
    let query = "{ tickets { totalCount } }";
    let answer = ask(server.address, &[&header], query, json!({})).await;
    answer.expect("an answer").get("errors").is_none()
}

/// Signs out at one server, some times; how soon each session was gone at the other.
async fn sign_out(here: &Process, there: &Process) -> Vec<Duration> {
    let mut took = Vec::new();
    for _ in 0..TRIES {
        let token = sign_in(here.address, CLERK).await;
        assert!(may_read(there, &token).await, "a token is good everywhere");
        let ear = Ear::open(there.address, &token).await;
        sleep(Duration::from_millis(200)).await;
        let query = "mutation { signOut { userErrors { message } } }";
        told(here.address, &token, query, json!({})).await;
        took.push(over(there, &token, ear, "UNAUTHENTICATED").await);
    }
    took
}

async fn change(server: &Process, token: &str, field: &str, name: &str, input: &Value) {
    let query = format!(
        "mutation($input: {name}Input!) {{ {field}(input: $input) {{ userErrors {{ message }} }} }}"
    );
    let done = told(server.address, token, &query, json!({ "input": input })).await;
    assert_eq!(done[field]["userErrors"], json!([]), "{done}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn jobs_of_a_killed_server_go_on_once() {
    // A busy machine may let the server finish before the kill comes.
    for _ in 0..alerts::TRIES {
        let Some(office) = Office::arrange(Backend::Postgres).await else {
            return;
        };
        if go_on_once(&office).await {
            return;
        }
    }
    panic!("the first server had always escalated all of them before it was killed");
}

/// False when the first server had done everything before it was killed.
async fn go_on_once(office: &Office) -> bool {
    let connection = office.0.connect().await;
    let first = Process::serve(&office.0.url, &[]).await;
    let token = sign_in(first.address, CLERK).await;
    open_ticket(first.address, &token, "Pump").await;
    first.kill().await;
    alerts::leases_run_out(&connection).await;
    let [one, two, three] = three(office, &connection).await;
    let ears = [
        alerts::follow(two.address, &token).await,
        alerts::follow(three.address, &token).await,
    ];
    alerts::overdue(&connection, OVERDUE).await;
    until(|| async { alerts::alerts(&connection).await > 0 }).await;
    let dead = short_leases(&connection).await;
    one.kill().await;
    let killed = Instant::now();
    assert!(dead.contains_key("sla"), "{dead:?}");
    if alerts::alerts(&connection).await == OVERDUE as u64 {
        return false;
    }

    // The others wait for the end of each lease, as the dead one can't give it back.
    let gone_on = async {
        loop {
            let now = holders(&connection).await;
            if dead
                .iter()
                .all(|(name, holder)| now.get(name) != Some(holder))
            {
                return;
            }
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(TAKEN_OVER, gone_on).await.expect("it goes on");
    eprintln!("{:?} went on after {:?}", dead.keys(), killed.elapsed());
    until(|| async {
        alerts::alerts(&connection).await == OVERDUE as u64
            && !alerts::told(&connection).await.is_empty()
    })
    .await;
    sleep(Duration::from_secs(6)).await;
    alerts::check(&connection).await;

    // Each of the others tells of it once.
    let all = alerts::all_told(&connection).await;
    until(|| async { ears.iter().all(|ear| ear.heard().len() >= all.len()) }).await;
    // Long enough for a repeat to come.
    sleep(Duration::from_secs(1)).await;
    for ear in &ears {
        let mut heard = ear.heard();
        heard.sort_unstable();
        assert_eq!(heard, all, "what was told, each once");
    }
    connection.close().await.expect("it closes");
    two.kill().await;
    three.kill().await;
    true
}

/// Who holds the leases that run out soon.
async fn short_leases(connection: &DatabaseConnection) -> BTreeMap<String, Uuid> {
    let soon = Clock::System.now() + LEASE;
    let mut held = BTreeMap::new();
    let rows = job_lease::Entity::find().all(connection).await;
    for row in rows.expect("a read") {
        if row.until <= soon {
            held.insert(row.name, row.holder);
        }
    }
    held
}
