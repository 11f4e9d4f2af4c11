//! The baseline on SQLite: some readers and one writer, each on a thread of its own, with cached statements.

use std::sync::Arc;
use std::sync::mpsc;
use std::thread;

use axum::Router;
use axum::extract::State;
use axum::routing::post;
use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row, params};
use tokio::sync::oneshot;
use uuid::Uuid;

use super::answer::{Answer, Failed, Question};
use super::question::{self, today};
use super::shape::{
    Aggregated, Assignee, Coded, Comment, Commented, Customer, Detail, HomeTeam, Listed, Named,
    Nodes, Page, PageInfo, Written,
};
use crate::error::Result;

const DETAIL: &str = "\
SELECT t.id, t.number, t.kind, t.subject, t.description, t.stage, t.state, t.priority, t.channel, t.province, t.version,
       t.created_at, t.updated_at, c.id, c.number, c.name, c.tier, m.id, m.number, m.name, w.id, w.code, w.name,
       r.id, r.code, r.name
  FROM tickets t
  JOIN customers c ON c.id = t.customer_id
  LEFT JOIN members m ON m.id = t.assignee_id
  LEFT JOIN assignments a ON a.member_id = m.id AND a.kind = 'home' AND a.valid_from <= ?2
       AND (a.valid_to IS NULL OR a.valid_to > ?2)
  LEFT JOIN teams w ON w.id = a.team_id
  LEFT JOIN team_places p ON p.team_id = w.id AND p.valid_from <= ?2 AND (p.valid_to IS NULL OR p.valid_to > ?2)
  LEFT JOIN regions r ON r.id = CASE WHEN p.id IS NULL THEN w.region_id ELSE p.region_id END
 WHERE t.id = ?1";

/// SQLite is in the process, so asking for each ticket costs less than a window over all.
const COMMENTS: &str = "\
SELECT id, body, author_kind, author_name, created_at, visibility
  FROM ticket_comments WHERE ticket_id = ?1 ORDER BY created_at DESC, id DESC LIMIT ?2";

const LIST: &str = "\
SELECT t.id, t.number, t.subject, t.stage, t.state, t.priority, t.created_at, c.id, c.name, w.id, w.code, w.name,
       m.id, m.name
  FROM tickets t
  JOIN customers c ON c.id = t.customer_id
  JOIN teams w ON w.id = t.team_id
  LEFT JOIN members m ON m.id = t.assignee_id
 WHERE t.team_id = ?1 AND t.state = ?2
 ORDER BY t.created_at DESC, t.id DESC LIMIT 51";

const NEWEST: &str = "\
SELECT id, number, subject, state, created_at
  FROM tickets WHERE team_id = ?1 ORDER BY created_at DESC, id DESC LIMIT 20";

const COUNT: &str = "SELECT count(*) FROM tickets WHERE team_id = ?1";

const PAGE: &str = "\
SELECT t.id, t.number, t.subject, t.stage, t.state, t.priority, t.created_at, c.id, c.name
  FROM tickets t
  JOIN customers c ON c.id = t.customer_id
 WHERE (t.created_at, t.id) < (?1, ?2)
 ORDER BY t.created_at DESC, t.id DESC LIMIT 51";

const AGGREGATE: &str = "\
SELECT team_id, state, count(*), count(resolved_at), avg((julianday(resolved_at) - julianday(created_at)) * 86400)
  FROM tickets GROUP BY team_id, state ORDER BY team_id, state";

const WRITE_COMMENT: &str = "\
INSERT INTO ticket_comments (id, ticket_id, visibility, body, author_kind, author_id, author_name, version, created_at,
       updated_at, solution)
VALUES (?1, ?2, 'public', ?3, 'user', ?4, 'baseline', 1, ?5, ?5, 0)";

const WRITE_AUDIT: &str = "\
INSERT INTO bench_audit (at, actor_kind, actor_id, actor_name, action, entity_type, entity_id, detail)
VALUES (?1, 'user', ?2, 'baseline', 'ticket.comment', 'ticket', ?3, '{}')";

const WRITE_EVENT: &str = "\
INSERT INTO bench_outbox (id, at, kind, entity_id, payload)
VALUES (?1, ?2, 'ticket.changed', ?3, '{\"action\": \"comment\", \"public\": true}')";

const WRITE_VERSION: &str =
    "UPDATE tickets SET version = version + 1, updated_at = ?2 WHERE id = ?1";

const WRITE_TABLES: &str = "\
CREATE TABLE IF NOT EXISTS bench_audit (
  seq integer PRIMARY KEY, at text NOT NULL, actor_kind text NOT NULL, actor_id blob, actor_name text NOT NULL,
  action text NOT NULL, entity_type text NOT NULL, entity_id blob, detail text NOT NULL);
CREATE TABLE IF NOT EXISTS bench_outbox (
  seq integer PRIMARY KEY, id blob NOT NULL, at text NOT NULL, kind text NOT NULL, entity_id blob NOT NULL,
  payload text NOT NULL, dispatched_at text)";

/// As the server has it: readers wait for nobody, and a commit is on the disk.
const SETTINGS: &str = "\
PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON;
PRAGMA cache_size = -16000; PRAGMA mmap_size = 268435456";

/// A time as it is written in the database.
fn stored(at: DateTime<Utc>) -> String {
    at.trunc_subsecs(6)
        .to_rfc3339_opts(SecondsFormat::AutoSi, false)
}

type Answered<T> = std::result::Result<T, Failed>;
type Job = Box<dyn FnOnce(&Connection) + Send>;

/// The routes on a file, with so many readers.
///
/// # Errors
/// When it can't be opened.
pub fn routes(file: &str, readers: usize) -> Result<Router> {
    let writer = open(file)?;
    writer.execute_batch(WRITE_TABLES)?;
    let readers = (0..readers)
        .map(|_| open(file))
        .collect::<Result<Vec<_>>>()?;
    let database = Database {
        readers: Threads::of(readers),
        writer: Threads::of(vec![writer]),
    };
    Ok(Router::new()
        .route("/D", post(detail))
        .route("/L", post(list))
        .route("/C", post(comments))
        .route("/P", post(page))
        .route("/A", post(aggregate))
        .route("/W", post(write))
        .with_state(Arc::new(database)))
}

fn open(file: &str) -> Result<Connection> {
    let connection = Connection::open_with_flags(
        file,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.execute_batch(SETTINGS)?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

/// Connections that each wait on a thread for something to do.
struct Threads {
    jobs: mpsc::Sender<Job>,
}

impl Threads {
    fn of(connections: Vec<Connection>) -> Self {
        let (jobs, waiting) = mpsc::channel::<Job>();
        let waiting = Arc::new(std::sync::Mutex::new(waiting));
        for connection in connections {
            let waiting = Arc::clone(&waiting);
            thread::spawn(move || {
                loop {
                    let next = waiting.lock().map(|jobs| jobs.recv());
                    let Ok(Ok(job)) = next else { return };
                    job(&connection);
                }
            });
        }
        Self { jobs }
    }

    async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Answered<T> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            // Whoever asked may have gone.
            let _ = answer.send(job(connection));
        });
        self.jobs.send(job)?;
        Ok(answered.await??)
    }
}

struct Database {
    readers: Threads,
    writer: Threads,
}

type Shared = State<Arc<Database>>;

fn text<'r>(row: &'r Row<'_>, column: usize) -> rusqlite::Result<&'r str> {
    Ok(row.get_ref(column)?.as_str()?)
}

fn optional_id(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Uuid>> {
    match row.get_ref(column)? {
        ValueRef::Blob(bytes) => Ok(Uuid::from_slice(bytes).ok()),
        _ => Ok(None),
    }
}

fn id(row: &Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    Ok(optional_id(row, column)?.unwrap_or_default())
}

/// A comment that has left its row.
struct Kept {
    id: Uuid,
    texts: [String; 5],
}

fn comments_of(connection: &Connection, ticket: Uuid, most: i64) -> rusqlite::Result<Vec<Kept>> {
    let mut statement = connection.prepare_cached(COMMENTS)?;
    let mut rows = statement.query(params![ticket.as_bytes(), most])?;
    let mut kept = Vec::new();
    while let Some(row) = rows.next()? {
        let own = |column| text(row, column).map(str::to_owned);
        kept.push(Kept {
            id: id(row, 0)?,
            texts: [own(1)?, own(2)?, own(3)?, own(4)?, own(5)?],
        });
    }
    Ok(kept)
}

fn shown(kept: &[Kept], with_visibility: bool) -> Nodes<Comment<'_, &str>> {
    let nodes = kept.iter().map(|comment| {
        let [body, author_kind, author_name, created_at, visibility] = &comment.texts;
        Comment {
            id: comment.id,
            body,
            visibility: with_visibility.then_some(visibility.as_str()),
            author_kind,
            author_name,
            created_at: created_at.as_str(),
        }
    });
    Nodes {
        nodes: nodes.collect(),
    }
}

async fn detail(
    State(database): Shared,
    Question(asked): Question<question::Detail>,
) -> Answered<Answer> {
    let read = move |connection: &Connection| {
        let day = today(Utc::now()).to_string();
        let comments = comments_of(connection, asked.id, 10)?;
        let mut statement = connection.prepare_cached(DETAIL)?;
        let mut rows = statement.query(params![asked.id.as_bytes(), day])?;
        let ticket = match rows.next()? {
            Some(row) => Some(detail_of(row, &comments)?),
            None => None,
        };
        Ok(Answer::of("ticket", &ticket))
    };
    database.readers.run(read).await
}

fn detail_of<'r>(
    row: &'r Row<'_>,
    comments: &'r [Kept],
) -> rusqlite::Result<Detail<'r, &'r str, Comment<'r, &'r str>>> {
    let region = match optional_id(row, 23)? {
        Some(id) => Some(Coded {
            id,
            code: text(row, 24)?,
            name: text(row, 25)?,
        }),
        None => None,
    };
    let team = match optional_id(row, 20)? {
        Some(id) => Some(HomeTeam {
            id,
            code: text(row, 21)?,
            name: text(row, 22)?,
            region,
        }),
        None => None,
    };
    let assignee = match optional_id(row, 17)? {
        Some(id) => Some(Assignee {
            id,
            number: text(row, 18)?,
            name: text(row, 19)?,
            team,
        }),
        None => None,
    };
    Ok(Detail {
        id: id(row, 0)?,
        number: row.get(1)?,
        kind: text(row, 2)?,
        subject: text(row, 3)?,
        description: text(row, 4)?,
        stage: text(row, 5)?,
        state: text(row, 6)?,
        priority: row.get(7)?,
        channel: text(row, 8)?,
        province: text(row, 9)?,
        version: row.get(10)?,
        created_at: text(row, 11)?,
        updated_at: text(row, 12)?,
        customer: Customer {
            id: id(row, 13)?,
            number: text(row, 14)?,
            name: text(row, 15)?,
            tier: text(row, 16)?,
        },
        assignee,
        comments: shown(comments, true),
    })
}

/// A row's texts must outlive it, so each is turned into JSON while it is there.
type Raw = Box<serde_json::value::RawValue>;

fn raw(row: &impl serde::Serialize) -> rusqlite::Result<Raw> {
    serde_json::value::to_raw_value(row)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

/// The columns that L and P have in common.
fn listed<'r>(row: &'r Row<'_>) -> rusqlite::Result<Listed<'r, &'r str>> {
    Ok(Listed {
        id: id(row, 0)?,
        number: row.get(1)?,
        subject: text(row, 2)?,
        stage: text(row, 3)?,
        state: text(row, 4)?,
        priority: row.get(5)?,
        created_at: text(row, 6)?,
        customer: Named {
            id: id(row, 7)?,
            name: text(row, 8)?,
        },
        assignee: None,
        team: None,
    })
}

/// A page of 50 rows, of which one more was read.
fn paged(mut nodes: Vec<Raw>) -> Answer {
    let has_next_page = nodes.len() > 50;
    nodes.truncate(50);
    let page = Page {
        total_count: None,
        nodes,
        page_info: Some(PageInfo { has_next_page }),
    };
    Answer::of("tickets", &page)
}

async fn list(
    State(database): Shared,
    Question(asked): Question<question::List>,
) -> Answered<Answer> {
    let read = move |connection: &Connection| {
        let mut statement = connection.prepare_cached(LIST)?;
        let rows =
            statement.query_and_then(params![asked.team.as_bytes(), asked.state], |row| {
                let assignee = match optional_id(row, 12)? {
                    Some(id) => Some(Named {
                        id,
                        name: text(row, 13)?,
                    }),
                    None => None,
                };
                raw(&Listed {
                    team: Some(Coded {
                        id: id(row, 9)?,
                        code: text(row, 10)?,
                        name: text(row, 11)?,
                    }),
                    assignee: Some(assignee),
                    ..listed(row)?
                })
            })?;
        Ok(paged(rows.collect::<rusqlite::Result<_>>()?))
    };
    database.readers.run(read).await
}

async fn page(
    State(database): Shared,
    Question(asked): Question<question::Page>,
) -> Answered<Answer> {
    let read = move |connection: &Connection| {
        let at = stored(asked.at);
        let mut statement = connection.prepare_cached(PAGE)?;
        let rows =
            statement.query_and_then(params![at, asked.id.as_bytes()], |row| raw(&listed(row)?))?;
        Ok(paged(rows.collect::<rusqlite::Result<_>>()?))
    };
    database.readers.run(read).await
}

async fn comments(
    State(database): Shared,
    Question(asked): Question<question::Comments>,
) -> Answered<Answer> {
    let read = move |connection: &Connection| {
        let team = asked.team.as_bytes();
        let mut statement = connection.prepare_cached(NEWEST)?;
        let rows = statement.query_and_then(params![team], |row| {
            let ticket = id(row, 0)?;
            let comments = comments_of(connection, ticket, 5)?;
            raw(&Commented {
                id: ticket,
                number: row.get(1)?,
                subject: text(row, 2)?,
                state: text(row, 3)?,
                created_at: text(row, 4)?,
                comments: shown(&comments, false),
            })
        })?;
        let nodes = rows.collect::<rusqlite::Result<Vec<Raw>>>()?;
        let count = connection
            .prepare_cached(COUNT)?
            .query_row(params![team], |row| row.get(0))?;
        let page = Page {
            total_count: Some(count),
            nodes,
            page_info: None,
        };
        Ok(Answer::of("tickets", &page))
    };
    database.readers.run(read).await
}

async fn aggregate(State(database): Shared) -> Answered<Answer> {
    let read = |connection: &Connection| {
        let mut statement = connection.prepare_cached(AGGREGATE)?;
        let rows = statement.query_and_then([], |row| {
            raw(&Aggregated {
                team: optional_id(row, 0)?,
                state: text(row, 1)?,
                count: row.get(2)?,
                resolved: row.get(3)?,
                seconds: row.get(4)?,
            })
        })?;
        Ok(Answer::of(
            "groups",
            &rows.collect::<rusqlite::Result<Vec<Raw>>>()?,
        ))
    };
    database.readers.run(read).await
}

async fn write(
    State(database): Shared,
    Question(asked): Question<question::Write>,
) -> Answered<Answer> {
    let write = move |connection: &Connection| {
        let (id, event, author) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::nil());
        let (ticket, now) = (asked.ticket.as_bytes(), stored(Utc::now()));
        let run = |statement, values: &[&dyn rusqlite::ToSql]| {
            connection
                .prepare_cached(statement)?
                .execute(values)
                .map(|_| ())
        };
        run("BEGIN IMMEDIATE", &[])?;
        let written = run(
            WRITE_COMMENT,
            &[id.as_bytes(), ticket, &asked.body, author.as_bytes(), &now],
        )
        .and_then(|()| run(WRITE_AUDIT, &[&now, author.as_bytes(), ticket]))
        .and_then(|()| run(WRITE_EVENT, &[event.as_bytes(), &now, ticket]))
        .and_then(|()| run(WRITE_VERSION, &[ticket, &now]));
        if let Err(error) = written {
            run("ROLLBACK", &[])?;
            return Err(error);
        }
        run("COMMIT", &[])?;
        let written = Written {
            id,
            body: &asked.body,
            author_name: "baseline",
            created_at: now.as_str(),
        };
        Ok(Answer::of("comment", &written))
    };
    database.writer.run(write).await
}
