//! What is asked: six works, each a GraphQL document, the same question to the baseline, and the variables of both.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::Api;
use crate::baseline::question;
use crate::compare::uuid_of;
use crate::error::{Result, fail};

/// Variables of each work.
const VARIETY: usize = 2_000;
/// Rows that a list asks for; teams and statuses with fewer tickets would make it another work.
const LONG_LIST: usize = 51;
/// The seed of every choice.
const SEED: u64 = 8;

/// A kind of request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// A ticket by id with customer, assignee > team > region, 10 newest comments with authors.
    Detail,
    /// 50 newest tickets of a team and status, with customer, assignee, team.
    List,
    /// 20 newest tickets of a team, each with its 5 newest comments and authors, and the total count.
    Comments,
    /// 50 tickets after a cursor deep in the list, with customer.
    Page,
    /// Tickets and mean resolution time by team and status.
    Aggregate,
    /// Add a comment: durable, with audit, event and version.
    Write,
}

impl Work {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Detail,
        Self::List,
        Self::Comments,
        Self::Page,
        Self::Aggregate,
        Self::Write,
    ];

    /// Its letter.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Detail => 'D',
            Self::List => 'L',
            Self::Comments => 'C',
            Self::Page => 'P',
            Self::Aggregate => 'A',
            Self::Write => 'W',
        }
    }

    /// What it is.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::Detail => {
                "a ticket by id with customer, assignee > team > region, its 10 newest comments with authors"
            }
            Self::List => {
                "the 50 newest tickets of a team and status, with customer, assignee, team"
            }
            Self::Comments => {
                "the 20 newest tickets of a team, each with its 5 newest comments and authors, and the total count"
            }
            Self::Page => {
                "50 tickets after a cursor near row 100,000 (the middle of a smaller set), with customer"
            }
            Self::Aggregate => {
                "tickets and mean resolution time by team, and how many are resolved and ended, from the metrics; \
                                the baseline computes count and mean by team and status from the tickets"
            }
            Self::Write => "add a comment: durable, with audit entry, event and version",
        }
    }

    /// The ratio to the baseline's requests a second that is wanted at 16 and 64 connections.
    #[must_use]
    pub const fn goal(self) -> f64 {
        match self {
            Self::Detail | Self::Page => 0.75,
            Self::List => 0.70,
            Self::Comments => 0.90,
            Self::Aggregate => 50.0,
            Self::Write => 0.60,
        }
    }

    /// Its GraphQL document.
    #[must_use]
    pub const fn document(self) -> &'static str {
        match self {
            Self::Detail => include_str!("../queries/detail.graphql"),
            Self::List => include_str!("../queries/list.graphql"),
            Self::Comments => include_str!("../queries/comments.graphql"),
            Self::Page => include_str!("../queries/page.graphql"),
            Self::Aggregate => include_str!("../queries/aggregate.graphql"),
            Self::Write => include_str!("../queries/write.graphql"),
        }
    }
}

/// The bodies of a work, in the same order for both contestants.
#[derive(Clone, Debug)]
pub struct Bodies {
    /// For the server.
    pub server: Arc<Vec<Bytes>>,
    /// For the baseline.
    pub baseline: Arc<Vec<Bytes>>,
}

/// The bodies of every work.
pub type Questions = BTreeMap<Work, Bodies>;

/// A ticket, as far as questions are made of it.
#[derive(Clone, Debug)]
struct Row {
    id: String,
    created_at: DateTime<Utc>,
    state: String,
    team: Option<String>,
    cursor: String,
}

/// Makes the questions from what the server has: pages through its tickets and chooses from them. The same data give the
/// same questions.
///
/// # Errors
/// When the server can't be asked, or has too few tickets.
pub async fn questions(api: &mut Api, deep: usize) -> Result<Questions> {
    let (rows, middle) = rows(api, deep).await?;
    let mut random = StdRng::seed_from_u64(SEED);
    let mut sizes: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for row in &rows {
        if let Some(team) = &row.team {
            *sizes.entry((team, &row.state)).or_default() += 1;
        }
    }
    let long: Vec<(&str, &str)> = sizes
        .into_iter()
        .filter(|(_, size)| *size >= LONG_LIST)
        .map(|(pair, _)| pair)
        .collect();
    let after = &rows[middle.min(rows.len().saturating_sub(1))..];
    if long.is_empty() || after.len() < LONG_LIST {
        return Err(fail("there are too few tickets to ask for; load more"));
    }
    let (from, to) = question::two_years(question::today(Utc::now()));
    let mut all = Questions::new();
    for work in Work::ALL {
        let mut bodies = (Vec::with_capacity(VARIETY), Vec::with_capacity(VARIETY));
        for number in 0..VARIETY {
            let row = rows
                .choose(&mut random)
                .ok_or_else(|| fail("there are no tickets"))?;
            let (team, state) = *long.choose(&mut random).unwrap_or(&long[0]);
            let (server, baseline) = match work {
                Work::Detail => (
                    json!({"id": row.id}),
                    json!(question::Detail {
                        id: plain(&row.id)?
                    }),
                ),
                Work::List => (
                    json!({"team": team, "state": state}),
                    json!(question::List {
                        team: plain(team)?,
                        state: state.to_lowercase()
                    }),
                ),
                Work::Comments => (
                    json!({"team": team}),
                    json!(question::Comments { team: plain(team)? }),
                ),
                Work::Page => {
                    let row = &after[random.random_range(..after.len() - LONG_LIST + 1)];
                    let keys = question::Page {
                        at: row.created_at,
                        id: plain(&row.id)?,
                    };
                    (json!({"after": row.cursor}), json!(keys))
                }
                Work::Aggregate => (json!({"from": from, "to": to}), json!({})),
                Work::Write => {
                    let body =
                        format!("We called the customer; the part arrives tomorrow. ({number})");
                    let written = question::Write {
                        ticket: plain(&row.id)?,
                        body: body.clone(),
                    };
                    (
                        json!({"input": {"ticketId": row.id, "body": body}}),
                        json!(written),
                    )
                }
            };
            let asked = json!({"query": work.document(), "variables": server});
            bodies.0.push(Bytes::from(serde_json::to_vec(&asked)?));
            bodies.1.push(Bytes::from(serde_json::to_vec(&baseline)?));
        }
        all.insert(
            work,
            Bodies {
                server: Arc::new(bodies.0),
                baseline: Arc::new(bodies.1),
            },
        );
    }
    Ok(all)
}

fn plain(id: &str) -> Result<Uuid> {
    uuid_of(id).ok_or_else(|| fail(format!("{id} is no id")))
}

/// The tickets from the newest to some pages beyond row `deep`, or beyond the middle when there are fewer; and the place
/// of that row.
async fn rows(api: &mut Api, deep: usize) -> Result<(Vec<Row>, usize)> {
    const PAGE: &str = "query($after: String) { tickets(first: 100, after: $after, orderBy: CREATED_AT_DESC) {
        edges { cursor node { id createdAt state team { id } } } pageInfo { endCursor hasNextPage } } }";
    /// Rows behind the deep one from which cursors are taken.
    const BEYOND: usize = 5_000;
    let total = api
        .ask("{ tickets(first: 0) { totalCount } }", json!({}))
        .await?;
    let total = total["tickets"]["totalCount"].as_u64().unwrap_or(0);
    let middle = deep.min(usize::try_from(total).unwrap_or(usize::MAX) / 2);
    let mut rows = Vec::new();
    let mut after = Value::Null;
    while rows.len() < middle + BEYOND {
        let mut page = api.ask(PAGE, json!({"after": after})).await?;
        let page = page["tickets"].take();
        for edge in page["edges"].as_array().into_iter().flatten() {
            rows.push(row(edge)?);
        }
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] != json!(true) {
            break;
        }
    }
    Ok((rows, middle))
}

fn row(edge: &Value) -> Result<Row> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let node = &edge["node"];
    let row = text(&node["id"])
        .zip(text(&node["state"]))
        .zip(text(&edge["cursor"]));
    let ((id, state), cursor) = row.ok_or_else(|| fail("a ticket without id, state or cursor"))?;
    let created_at = node["createdAt"].as_str().and_then(|at| at.parse().ok());
    Ok(Row {
        id,
        created_at: created_at.ok_or_else(|| fail("a ticket without a time"))?,
        state,
        team: text(&node["team"]["id"]),
        cursor,
    })
}
