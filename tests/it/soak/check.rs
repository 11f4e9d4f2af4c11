//! Whether all that was said is true, and nothing else is there.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;

use aftercare::clock::Clock;
use aftercare::events::Event;
use aftercare::graphql::ids::{decode, encode};
use entity::{audit_log, customer, job_lease, leave, outbox, suggestion, ticket, ticket_comment};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, ExprTrait,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use super::book::{Deed, Pages, Said};
use super::stage::Stage;
use super::{SEES_ALL, rehearsal};
use crate::durability::Heard;
use crate::support::process;

/// Changes that make a new version of a ticket.
const RAISING: [&str; 9] = [
    "ticketAssign",
    "ticketAdvance",
    "ticketHold",
    "ticketResume",
    "ticketClose",
    "ticketCancel",
    "ticketReopen",
    "ticketPrioritySet",
    "ticketEdit",
];
/// Everything that is done, and how often at least: once in the rehearsal, and what people do all the time by them too.
const DONE: [(&str, usize); 19] = [
    ("ticketCreate", 5),
    ("ticketCommentAdd", 5),
    ("ticketNoteAdd", 1),
    ("ticketAssign", 1),
    ("ticketAdvance", 1),
    ("ticketHold", 1),
    ("ticketResume", 1),
    ("ticketClose", 1),
    ("ticketCancel", 1),
    ("ticketReopen", 1),
    ("ticketPrioritySet", 1),
    ("ticketEdit", 1),
    ("surveyAnswer", 1),
    ("customerUpdate", 1),
    ("suggestionSubmit", 1),
    ("leaveRequest", 1),
    ("incentiveRunReject", 1),
    ("incentiveRunStart", 1),
    ("incentiveRunApprove", 1),
];
/// Fewer events than the rehearsal makes, however late somebody begins to listen.
const HEARD: usize = 4;
/// Jobs with a round in every few seconds.
const JOBS: [&str; 5] = ["sla", "metrics", "exams", "incentives", "appraisals"];

/// Waits until every event is delivered and counted, and the jobs have done a round since.
pub async fn settled(stage: &Stage, patience: Duration) {
    let connection = stage.connect().await;
    let begun = Clock::System.now();
    let settled = async {
        loop {
            let waiting = outbox::Column::DispatchedAt.is_null();
            let waiting = waiting.or(outbox::Column::CountedAt.is_null());
            let left = outbox::Entity::find().filter(waiting).count(&connection);
            let ran = job_lease::Entity::find()
                .filter(job_lease::Column::Name.is_in(JOBS))
                .filter(job_lease::Column::RanAt.gt(begun))
                .count(&connection);
            let (left, ran) = (left.await.expect("a count"), ran.await.expect("a count"));
            if left == 0 && ran == JOBS.len() as u64 {
                return;
            }
            sleep(Duration::from_millis(200)).await;
        }
    };
    if timeout(patience, settled).await.is_err() {
        let leases = job_lease::Entity::find().all(&connection).await;
        let left = outbox::Entity::find()
            .filter(outbox::Column::DispatchedAt.is_null())
            .all(&connection)
            .await;
        panic!("since {begun} the jobs are stuck: {leases:?}, events wait: {left:?}");
    }
    connection.close().await.expect("it closes");
}

/// Holds the database against the book, and the database against itself.
pub async fn all(stage: &Stage, pages: &Pages) {
    for command in [
        ["audit", "verify"],
        ["metrics", "verify"],
        ["incentives", "verify"],
    ] {
        let verified = process::run(&stage.url, &command).await;
        assert!(verified.status.success(), "{command:?}: {verified:?}");
    }
    let connection = stage.connect().await;
    if connection.get_database_backend() == DbBackend::Sqlite {
        let whole = Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check");
        let whole = connection.query_one_raw(whole).await.expect("an answer");
        let whole: String = whole.expect("a row").try_get_by_index(0).expect("a text");
        assert_eq!(whole, "ok");
    }
    something_of_each(pages);
    let audited = audited(&connection).await;
    deeds(pages, &audited);
    texts(&connection, pages).await;
    versions(&connection, pages, &audited).await;
    events(&connection, pages).await;
    connection.close().await.expect("it closes");
}

/// There is something to hold against the database.
fn something_of_each(pages: &Pages) {
    for (what, least) in DONE {
        let done = |deed: &&Deed| deed.what == what && deed.said == Said::Done;
        let times = pages.deeds.iter().filter(done).count();
        assert!(times >= least, "{what} was done {times} times");
    }
    assert!(pages.left > 0, "nobody signed out");
}

/// The rows of the audit log by the requests of the soak: what each of them did to what.
async fn audited(connection: &DatabaseConnection) -> HashMap<String, Vec<Option<Uuid>>> {
    let rows: Vec<(Option<String>, Option<Uuid>)> = audit_log::Entity::find()
        .select_only()
        .column(audit_log::Column::RequestId)
        .column(audit_log::Column::EntityId)
        .filter(audit_log::Column::RequestId.starts_with("soak-"))
        .into_tuple()
        .all(connection)
        .await
        .expect("a read");
    let mut audited: HashMap<String, Vec<Option<Uuid>>> = HashMap::new();
    for (request, id) in rows {
        audited
            .entry(request.unwrap_or_default())
            .or_default()
            .push(id);
    }
    audited
}

/// What is done was done by one of its requests, what is refused by none, and what is unclear by one at most.
fn deeds(pages: &Pages, audited: &HashMap<String, Vec<Option<Uuid>>>) {
    for deed in &pages.deeds {
        let did = deed
            .requests
            .iter()
            .filter(|request| audited.contains_key(*request));
        let right = match (deed.said, did.count()) {
            (Said::Done, times) => times == 1,
            (Said::Refused, times) => times == 0,
            (Said::Unclear, times) => times <= 1,
        };
        assert!(right, "{deed:?}");
    }
}

/// Each text that was acknowledged stands in one row, the one that was told of; what wasn't stands nowhere.
async fn texts(connection: &DatabaseConnection, pages: &Pages) {
    let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut note = |found: Vec<(Uuid, String)>, prefix: &str| {
        for (id, text) in found {
            rows.entry(text).or_default().push(encode(prefix, id));
        }
    };
    let tickets = ticket::Entity::find().select_only();
    let tickets = tickets
        .column(ticket::Column::Id)
        .column(ticket::Column::Subject);
    note(
        tickets.into_tuple().all(connection).await.expect("a read"),
        "ticket",
    );
    let comments = ticket_comment::Entity::find().select_only();
    let comments = comments
        .column(ticket_comment::Column::Id)
        .column(ticket_comment::Column::Body);
    note(
        comments.into_tuple().all(connection).await.expect("a read"),
        "comment",
    );
    let suggestions = suggestion::Entity::find().select_only();
    let suggestions = suggestions
        .column(suggestion::Column::Id)
        .column(suggestion::Column::Title);
    note(
        suggestions
            .into_tuple()
            .all(connection)
            .await
            .expect("a read"),
        "suggestion",
    );
    let leaves = leave::Entity::find().select_only();
    let leaves = leaves
        .column(leave::Column::Id)
        .column(leave::Column::Reason)
        .filter(leave::Column::Reason.is_not_null());
    note(
        leaves.into_tuple().all(connection).await.expect("a read"),
        "leave",
    );
    for deed in &pages.deeds {
        let Some(text) = &deed.text else { continue };
        let found = rows.get(text).map_or(&[][..], Vec::as_slice);
        match deed.said {
            Said::Done => assert!(
                found.len() == 1 && found.first() == deed.id.as_ref(),
                "{deed:?}: {found:?}"
            ),
            Said::Refused => assert!(found.is_empty(), "{deed:?}: {found:?}"),
            Said::Unclear => assert!(found.len() <= 1, "{deed:?}: {found:?}"),
        }
    }
}

/// A ticket has as many versions as changes were made to it, and nobody was told of a later one.
async fn versions(
    connection: &DatabaseConnection,
    pages: &Pages,
    audited: &HashMap<String, Vec<Option<Uuid>>>,
) {
    let mut changes: BTreeMap<Uuid, i64> = BTreeMap::new();
    for deed in pages
        .deeds
        .iter()
        .filter(|deed| RAISING.contains(&deed.what))
    {
        for request in &deed.requests {
            // One request may leave several rows, about one ticket.
            let about: BTreeSet<Uuid> = audited
                .get(request)
                .into_iter()
                .flatten()
                .filter_map(|id| *id)
                .collect();
            for id in about {
                *changes.entry(id).or_default() += 1;
            }
        }
    }
    let told = |kind: &str| {
        let mut latest: BTreeMap<Uuid, i64> = BTreeMap::new();
        for deed in &pages.deeds {
            let (Some(id), Some(version)) = (&deed.id, deed.version) else {
                continue;
            };
            let (prefix, id) = decode(id).expect("an id");
            if prefix == kind {
                let known = latest.entry(id).or_default();
                *known = Ord::max(*known, version);
            }
        }
        latest
    };
    let made: BTreeSet<Uuid> = pages
        .deeds
        .iter()
        .filter(|deed| deed.what == "ticketCreate" && deed.said == Said::Done)
        .filter_map(|deed| Some(decode(deed.id.as_ref()?).expect("an id").1))
        .collect();
    let latest = told("ticket");
    for row in ticket::Entity::find()
        .all(connection)
        .await
        .expect("a read")
    {
        let version = i64::from(row.version);
        if made.contains(&row.id) {
            let changes = changes.get(&row.id).copied().unwrap_or_default();
            assert_eq!(version, 1 + changes, "the versions of {}", row.number);
        }
        assert!(latest.get(&row.id).is_none_or(|told| *told <= version));
    }
    let latest = told("customer");
    for row in customer::Entity::find()
        .all(connection)
        .await
        .expect("a read")
    {
        let version = i64::from(row.version);
        assert!(latest.get(&row.id).is_none_or(|told| *told <= version));
    }
}

/// Whatever followers heard was written, and who sees everything heard in a calm whatever was written from its first event to its last.
async fn events(connection: &DatabaseConnection, pages: &Pages) {
    let rows = outbox::Entity::find()
        .filter(outbox::Column::Kind.eq(Event::TICKET_CHANGED))
        .order_by_asc(outbox::Column::Seq)
        .all(connection)
        .await;
    let written: Vec<Heard> = rows
        .expect("a read")
        .iter()
        .map(|row| {
            let action = row.payload["action"].as_str().unwrap_or_default();
            Heard::new(row.entity_id, row.at, action)
        })
        .collect();
    let places: BTreeMap<&Heard, usize> = written.iter().zip(0..).collect();
    let unwritten = pages.heard.iter().find(|event| !places.contains_key(event));
    assert!(unwritten.is_none(), "never written: {unwritten:?}");

    let mut compared: BTreeMap<&str, usize> = BTreeMap::new();
    for follower in &pages.followed {
        let heard: BTreeSet<&Heard> = follower.heard.iter().collect();
        for calm in &follower.calm {
            let events = follower.heard[calm.clone()].iter();
            let events: BTreeSet<usize> = events.map(|event| places[event]).collect();
            let (Some(first), Some(last)) = (events.first(), events.last()) else {
                continue;
            };
            let all = &written[*first..=*last];
            let missed: Vec<&Heard> = all.iter().filter(|event| !heard.contains(event)).collect();
            assert!(missed.is_empty(), "{} missed {missed:?}", follower.who);
            *compared.entry(follower.who).or_default() += all.len();
        }
    }
    eprintln!("events that had to be heard, and were: {compared:?}");
    for who in [rehearsal::WHO, SEES_ALL] {
        assert!(compared.get(who) > Some(&HEARD), "{who} heard nothing");
    }
}
