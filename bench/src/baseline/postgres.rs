//! The baseline on PostgreSQL: prepared statements, one round trip a request.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::routing::post;
use chrono::{DateTime, NaiveDate, Utc};
use deadpool_postgres::{ManagerConfig, Object, Pool, RecyclingMethod};
use futures_util::future::{try_join, try_join3};
use tokio_postgres::{NoTls, Row, Statement};
use uuid::Uuid;

use super::answer::{Answer, Failed, Question};
use super::question::{self, today};
use super::shape::{
    Aggregated, Assignee, Coded, Comment, Commented, Customer, Detail, HomeTeam, Listed, Named,
    Nodes, Page, PageInfo, Written,
};
use crate::error::Result;

type Time = DateTime<Utc>;

const DETAIL: &str = "\
SELECT t.id, t.number, t.kind, t.subject, t.description, t.stage, t.state, t.priority, t.channel, t.province, t.version,
       t.created_at, t.updated_at, c.id, c.number, c.name, c.tier, m.id, m.number, m.name, w.id, w.code, w.name,
       r.id, r.code, r.name
  FROM tickets t
  JOIN customers c ON c.id = t.customer_id
  LEFT JOIN members m ON m.id = t.assignee_id
  LEFT JOIN assignments a ON a.member_id = m.id AND a.kind = 'home' AND a.valid_from <= $2
       AND (a.valid_to IS NULL OR a.valid_to > $2)
  LEFT JOIN teams w ON w.id = a.team_id
  LEFT JOIN team_places p ON p.team_id = w.id AND p.valid_from <= $2 AND (p.valid_to IS NULL OR p.valid_to > $2)
  LEFT JOIN regions r ON r.id = CASE WHEN p.id IS NULL THEN w.region_id ELSE p.region_id END
 WHERE t.id = $1";

const DETAIL_COMMENTS: &str = "\
SELECT id, body, visibility, author_kind, author_name, created_at
  FROM ticket_comments WHERE ticket_id = $1 ORDER BY created_at DESC, id DESC LIMIT 10";

const LIST: &str = "\
SELECT t.id, t.number, t.subject, t.stage, t.state, t.priority, t.created_at, c.id, c.name, w.id, w.code, w.name,
       m.id, m.name
  FROM tickets t
  JOIN customers c ON c.id = t.customer_id
  JOIN teams w ON w.id = t.team_id
  LEFT JOIN members m ON m.id = t.assignee_id
 WHERE t.team_id = $1 AND t.state = $2
 ORDER BY t.created_at DESC, t.id DESC LIMIT 51";

const NEWEST: &str = "\
SELECT id, number, subject, state, created_at
  FROM tickets WHERE team_id = $1 ORDER BY created_at DESC, id DESC LIMIT 20";

const NEWEST_COMMENTS: &str = "\
SELECT c.ticket_id, c.id, c.body, c.author_kind, c.author_name, c.created_at
  FROM (SELECT id, created_at FROM tickets WHERE team_id = $1 ORDER BY created_at DESC, id DESC LIMIT 20) t
 CROSS JOIN LATERAL (SELECT * FROM ticket_comments c WHERE c.ticket_id = t.id
       ORDER BY c.created_at DESC, c.id DESC LIMIT 5) c";

const COUNT: &str = "SELECT count(*) FROM tickets WHERE team_id = $1";

const PAGE: &str = "\
SELECT t.id, t.number, t.subject, t.stage, t.state, t.priority, t.created_at, c.id, c.name
  FROM tickets t
  JOIN customers c ON c.id = t.customer_id
 WHERE (t.created_at, t.id) < ($1, $2)
 ORDER BY t.created_at DESC, t.id DESC LIMIT 51";

const AGGREGATE: &str = "\
SELECT team_id, state, count(*), count(resolved_at), (avg(extract(epoch FROM resolved_at - created_at)))::float8
  FROM tickets GROUP BY team_id, state ORDER BY team_id, state";

const WRITE: &str = "\
WITH comment AS (
  INSERT INTO ticket_comments (id, ticket_id, visibility, body, author_kind, author_id, author_name, version, created_at,
         updated_at, solution)
  VALUES ($1, $2, 'public', $3, 'user', $4, 'baseline', 1, $5, $5, false)
), audit AS (
  INSERT INTO bench_audit (at, actor_kind, actor_id, actor_name, action, entity_type, entity_id, detail)
  VALUES ($5, 'user', $4, 'baseline', 'ticket.comment', 'ticket', $2, '{}')
), event AS (
  INSERT INTO bench_outbox (id, at, kind, entity_id, payload)
  VALUES ($6, $5, 'ticket.changed', $2, '{\"action\": \"comment\", \"public\": true}')
)
UPDATE tickets SET version = version + 1, updated_at = $5 WHERE id = $2";

/// What W writes besides the comment, in tables of its own: the server's audit log is a chain of hashes, which rows
/// without them would break.
const WRITE_TABLES: &str = "\
CREATE TABLE IF NOT EXISTS bench_audit (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL, actor_kind text NOT NULL, actor_id uuid,
  actor_name text NOT NULL, action text NOT NULL, entity_type text NOT NULL, entity_id uuid, detail jsonb NOT NULL);
CREATE TABLE IF NOT EXISTS bench_outbox (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id uuid NOT NULL, at timestamptz NOT NULL, kind text NOT NULL,
  entity_id uuid NOT NULL, payload jsonb NOT NULL, dispatched_at timestamptz)";

/// The routes on a pool of so many connections.
///
/// # Errors
/// When the database can't be reached.
pub async fn routes(url: &str, connections: usize) -> Result<Router> {
    let recycling = ManagerConfig {
        recycling_method: RecyclingMethod::Fast,
    };
    let manager = deadpool_postgres::Manager::from_config(url.parse()?, NoTls, recycling);
    let pool = Pool::builder(manager)
        .max_size(connections)
        .runtime(deadpool_postgres::Runtime::Tokio1)
        .build()
        .map_err(|error| crate::error::fail(error.to_string()))?;
    pool.get().await?.batch_execute(WRITE_TABLES).await?;
    Ok(Router::new()
        .route("/D", post(detail))
        .route("/L", post(list))
        .route("/C", post(comments))
        .route("/P", post(page))
        .route("/A", post(aggregate))
        .route("/W", post(write))
        .with_state(Database {
            pool: Arc::new(pool),
        }))
}

#[derive(Clone)]
struct Database {
    pool: Arc<Pool>,
}

impl Database {
    async fn client(&self) -> Answered<Object> {
        Ok(self.pool.get().await?)
    }
}

type Answered<T> = std::result::Result<T, Failed>;

async fn prepared(client: &Object, statement: &str) -> Answered<Statement> {
    Ok(client.prepare_cached(statement).await?)
}

async fn detail(
    State(database): State<Database>,
    Question(asked): Question<question::Detail>,
) -> Answered<Answer> {
    let client = database.client().await?;
    let (ticket, comments) = (
        prepared(&client, DETAIL).await?,
        prepared(&client, DETAIL_COMMENTS).await?,
    );
    let day: NaiveDate = today(Utc::now());
    // Both are sent before either is answered.
    let (tickets, comments) = try_join(
        client.query(&ticket, &[&asked.id, &day]),
        client.query(&comments, &[&asked.id]),
    )
    .await?;
    let ticket = tickets.first().map(|row| detail_of(row, &comments));
    Ok(Answer::of("ticket", &ticket))
}

fn detail_of<'r>(row: &'r Row, comments: &'r [Row]) -> Detail<'r, Time, Comment<'r, Time>> {
    let region = row.get::<_, Option<Uuid>>(23).map(|id| Coded {
        id,
        code: row.get(24),
        name: row.get(25),
    });
    let team = row.get::<_, Option<Uuid>>(20).map(|id| HomeTeam {
        id,
        code: row.get(21),
        name: row.get(22),
        region,
    });
    let assignee = row.get::<_, Option<Uuid>>(17).map(|id| Assignee {
        id,
        number: row.get(18),
        name: row.get(19),
        team,
    });
    let comments = comments.iter().map(|row| Comment {
        id: row.get(0),
        body: row.get(1),
        visibility: Some(row.get(2)),
        author_kind: row.get(3),
        author_name: row.get(4),
        created_at: row.get(5),
    });
    Detail {
        id: row.get(0),
        number: row.get(1),
        kind: row.get(2),
        subject: row.get(3),
        description: row.get(4),
        stage: row.get(5),
        state: row.get(6),
        priority: row.get(7),
        channel: row.get(8),
        province: row.get(9),
        version: row.get(10),
        created_at: row.get(11),
        updated_at: row.get(12),
        customer: Customer {
            id: row.get(13),
            number: row.get(14),
            name: row.get(15),
            tier: row.get(16),
        },
        assignee,
        comments: Nodes {
            nodes: comments.collect(),
        },
    }
}

async fn list(
    State(database): State<Database>,
    Question(asked): Question<question::List>,
) -> Answered<Answer> {
    let client = database.client().await?;
    let statement = prepared(&client, LIST).await?;
    let rows = client
        .query(&statement, &[&asked.team, &asked.state])
        .await?;
    let page = paged(&rows, |row| Listed {
        team: Some(Coded {
            id: row.get(9),
            code: row.get(10),
            name: row.get(11),
        }),
        assignee: Some(row.get::<_, Option<Uuid>>(12).map(|id| Named {
            id,
            name: row.get(13),
        })),
        ..listed(row)
    });
    Ok(Answer::of("tickets", &page))
}

async fn page(
    State(database): State<Database>,
    Question(asked): Question<question::Page>,
) -> Answered<Answer> {
    let client = database.client().await?;
    let statement = prepared(&client, PAGE).await?;
    let rows = client.query(&statement, &[&asked.at, &asked.id]).await?;
    Ok(Answer::of("tickets", &paged(&rows, listed)))
}

/// The columns that L and P have in common.
fn listed(row: &Row) -> Listed<'_, Time> {
    Listed {
        id: row.get(0),
        number: row.get(1),
        subject: row.get(2),
        stage: row.get(3),
        state: row.get(4),
        priority: row.get(5),
        created_at: row.get(6),
        customer: Named {
            id: row.get(7),
            name: row.get(8),
        },
        assignee: None,
        team: None,
    }
}

/// A page of 50 rows, of which one more was read.
fn paged<'r, C>(rows: &'r [Row], of: impl FnMut(&'r Row) -> C) -> Page<C> {
    Page {
        total_count: None,
        nodes: rows.iter().take(50).map(of).collect(),
        page_info: Some(PageInfo {
            has_next_page: rows.len() > 50,
        }),
    }
}

async fn comments(
    State(database): State<Database>,
    Question(asked): Question<question::Comments>,
) -> Answered<Answer> {
    let client = database.client().await?;
    let tickets = prepared(&client, NEWEST).await?;
    let comments = prepared(&client, NEWEST_COMMENTS).await?;
    let count = prepared(&client, COUNT).await?;
    let of_team: [&(dyn tokio_postgres::types::ToSql + Sync); 1] = [&asked.team];
    let (tickets, comments, count) = try_join3(
        client.query(&tickets, &of_team),
        client.query(&comments, &of_team),
        client.query_one(&count, &of_team),
    )
    .await?;
    let nodes = tickets.iter().map(|row| {
        let id: Uuid = row.get(0);
        let comments = comments
            .iter()
            .filter(|comment| comment.get::<_, Uuid>(0) == id);
        let comments = comments.map(|row| Comment {
            id: row.get(1),
            body: row.get(2),
            visibility: None,
            author_kind: row.get(3),
            author_name: row.get(4),
            created_at: row.get::<_, Time>(5),
        });
        Commented {
            id,
            number: row.get(1),
            subject: row.get(2),
            state: row.get(3),
            created_at: row.get::<_, Time>(4),
            comments: Nodes {
                nodes: comments.collect(),
            },
        }
    });
    let page = Page {
        total_count: Some(count.get(0)),
        nodes: nodes.collect(),
        page_info: None,
    };
    Ok(Answer::of("tickets", &page))
}

async fn aggregate(State(database): State<Database>) -> Answered<Answer> {
    let client = database.client().await?;
    let statement = prepared(&client, AGGREGATE).await?;
    let rows = client.query(&statement, &[]).await?;
    let lines = rows.iter().map(|row| Aggregated {
        team: row.get(0),
        state: row.get(1),
        count: row.get(2),
        resolved: row.get(3),
        seconds: row.get(4),
    });
    Ok(Answer::of("groups", &lines.collect::<Vec<_>>()))
}

async fn write(
    State(database): State<Database>,
    Question(asked): Question<question::Write>,
) -> Answered<Answer> {
    let client = database.client().await?;
    let statement = prepared(&client, WRITE).await?;
    let (id, event, author, now) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::nil(), Utc::now());
    client
        .execute(
            &statement,
            &[&id, &asked.ticket, &asked.body, &author, &now, &event],
        )
        .await?;
    let written = Written {
        id,
        body: &asked.body,
        author_name: "baseline",
        created_at: now,
    };
    Ok(Answer::of("comment", &written))
}
