//! Whom waiting tickets go to, as coordinators and leads live with it.

/// One ticket: to the best, to nobody, to somebody who is named.
mod one;
/// Who may see and do what.
mod reach;
/// Trying other weights, and whether work is shared fairly.
mod reports;
/// Which tickets need which skills.
mod requirements;
/// Many tickets, by a person and by the worker; two at once.
mod run;

use entity::{dispatch_candidate, dispatch_decision, member_skill, skill};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use super::version;
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company;
use crate::support::data::{Data, Table, days_ago, key, long_ago};
use crate::support::database::{Arrange, Backend};

/// Everything that a decision says.
const DECISIONS: &str = "query($id: ID!) { ticket(id: $id) { version assignee { name } team { code } dispatchDecisions(first: 10) { totalCount nodes {
    id mode given chosen { name } actorName actorKind reason waitedSeconds team { code } province kind priority
    skills { name minLevel } weights { load fit fairness } exclusions { excluded count }
    candidates { member { name } rank excluded explanation load fit fairness total openTickets capacity received resolvedAlike lastAssignedAt }
} } } }";

/// The decisions about a ticket, newest first.
async fn decisions(actor: &Actor, ticket: &str) -> Reply {
    actor.send(DECISIONS, json!({ "id": ticket })).await.fine()
}

/// Dispatches a ticket as it is now.
async fn dispatch(actor: &Actor, ticket: &str, mut more: Value) -> Reply {
    more["id"] = ticket.into();
    more["expectedVersion"] = version(actor, ticket).await.into();
    let select = "ticket { id version assignee { name } owner { name } team { code } }";
    actor.change("ticketDispatch", select, more).await
}

/// Name, place and exclusion of everybody in the newest decision.
fn places(reply: &Reply) -> Vec<(String, Option<i64>, Option<String>)> {
    reply
        .list("ticket.dispatchDecisions.nodes.0.candidates")
        .iter()
        .map(|row| {
            (
                row["member"]["name"].as_str().unwrap_or("?").to_owned(),
                row["rank"].as_i64(),
                row["excluded"].as_str().map(str::to_owned),
            )
        })
        .collect()
}

fn place(
    name: &str,
    rank: Option<i64>,
    excluded: Option<&str>,
) -> (String, Option<i64>, Option<String>) {
    (name.to_owned(), rank, excluded.map(str::to_owned))
}

async fn count(app: &TestApp) -> (u64, u64) {
    let reader = app.db.reader();
    (
        dispatch_decision::Entity::find()
            .count(reader)
            .await
            .expect("a count"),
        dispatch_candidate::Entity::find()
            .count(reader)
            .await
            .expect("a count"),
    )
}

async fn decisions_about(app: &TestApp, ticket: Uuid) -> Vec<dispatch_decision::Model> {
    dispatch_decision::Entity::find()
        .filter(dispatch_decision::Column::TicketId.eq(ticket))
        .all(app.db.reader())
        .await
        .expect("the decisions")
}

/// The members of the crew, from this number on.
const CREW: usize = 50;
/// Its team.
const CREW_TEAM: usize = 20;
/// Its waiting tickets, from this number on.
const WAITING: usize = 100;

/// The company with a team of its own, of so many members, without a region; and so many tickets that wait for it, the
/// later ones opened later.
fn crew(members: usize, tickets: usize) -> Data {
    let mut data = company::data();
    let team = data.team(CREW_TEAM, key(Table::Department, 1), None, None);
    for n in CREW..CREW + members {
        let member = data.member(n, &format!("Crew {n}"));
        data.home(
            member,
            key(Table::Department, 1),
            Some(team),
            (long_ago(), None),
        );
    }
    for n in WAITING..WAITING + tickets {
        data.ticket(n, 1, |row| row.team_id = Some(team));
    }
    data
}

/// Three members and six tickets.
struct Three(TestApp);

impl Arrange for Three {
    async fn arrange(backend: Backend) -> Option<Self> {
        TestApp::with(backend, &crew(3, 6)).await.map(Self)
    }
}

/// Writes down that members have a skill.
async fn teach(app: &TestApp, skill: Uuid, members: &[(Uuid, i32)]) {
    let at = crate::support::data::start();
    if skill::Entity::find_by_id(skill)
        .one(app.db.reader())
        .await
        .expect("a look")
        .is_none()
    {
        let row = skill::Model {
            id: skill,
            code: "storage".to_owned(),
            name: "Storage".to_owned(),
            name_zh: "存储".to_owned(),
            category: "product".to_owned(),
            needs_certificate: false,
            version: 1,
            created_at: at,
            updated_at: at,
        };
        skill::Entity::insert(sea_orm::IntoActiveModel::into_active_model(row))
            .exec_without_returning(app.db.reader())
            .await
            .expect("a skill");
    }
    for (member, level) in members {
        let row = member_skill::Model {
            id: Uuid::from_u128(member.as_u128() ^ skill.as_u128().rotate_left(7)),
            member_id: *member,
            skill_id: skill,
            level: *level,
            note: None,
            valid_from: days_ago(100),
            valid_to: None,
            version: 1,
            created_at: at,
            updated_at: at,
        };
        member_skill::Entity::insert(sea_orm::IntoActiveModel::into_active_model(row))
            .exec_without_returning(app.db.reader())
            .await
            .expect("a skill of a member");
    }
}

/// The skill of these tests.
const SKILL: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0abc_0000_0001);

fn skill_id() -> String {
    aftercare::graphql::ids::encode("skill", SKILL)
}
