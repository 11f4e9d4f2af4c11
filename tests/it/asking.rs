//! Whoever asks the same as others at the same moment gets what he would get alone, and nobody else's rows.

use std::collections::BTreeSet;
use std::time::Duration;

use aftercare::access::{Viewer, find_along, list};
use aftercare::db::filter::RangeMatches;
use aftercare::db::keyset::Page;
use aftercare::db::part::Columns;
use aftercare::db::{Db, Settings};
use aftercare::identity;
use aftercare::tickets::store::{self, Filter, Order};
use entity::ticket;
use futures_util::future::join_all;
use sea_orm::DbBackend;
use serde_json::json;
use uuid::Uuid;

use crate::support::app::TestApp;
use crate::support::company::{self, LOGINS};
use crate::support::data::{Table, key, start};
use crate::support::database::both_databases;

const DETAIL: &str = "query($id: ID!) { ticket(id: $id) {
    id number subject description customer { name } comments(first: 3) { nodes { id body visibility } pageInfo { hasNextPage endCursor } }
} }";
const LIST: &str = "query($after: String) { tickets(first: 2, after: $after) {
    nodes { id number customer { name } } pageInfo { hasNextPage endCursor } totalCount
} }";
const OF_A_STATE: &str = "query($state: TicketState!) { tickets(first: 50, filter: { state: { eq: $state } }) { nodes { id state } } }";

both_databases! {
    async fn many_at_once_get_what_each_gets_alone(app: TestApp) {
        let mut actors = Vec::new();
        for login in LOGINS {
            actors.push(app.as_(login).await);
        }
        let mut questions = Vec::new();
        for actor in &actors {
            for number in 1..=8 {
                questions.push((actor, DETAIL, json!({ "id": company::ticket(number) })));
            }
            for state in ["OPEN", "ON_HOLD", "RESOLVED"] {
                questions.push((actor, OF_A_STATE, json!({ "state": state })));
            }
            let first = actor.send(LIST, json!({})).await;
            // Some may read no tickets.
            let cursor = first.body["data"]["tickets"]["pageInfo"]["endCursor"].clone();
            questions.push((actor, LIST, json!({ "after": cursor })));
        }

        let mut alone = Vec::new();
        for (actor, question, variables) in &questions {
            alone.push(actor.send(question, variables.clone()).await.comparable());
        }
        let different: BTreeSet<&String> = alone.iter().collect();
        assert!(different.len() > alone.len() / 8, "{} of {}", different.len(), alone.len());
        for _ in 0..4 {
            let asked = questions.iter().map(|(actor, question, variables)| actor.send(question, variables.clone()));
            let at_once = join_all(asked).await;
            for ((answer, expected), (actor, question, variables)) in at_once.iter().zip(&alone).zip(&questions) {
                assert_eq!(&answer.comparable(), expected, "{} {question} {variables}", actor.who);
            }
        }
    }

    async fn who_waits_is_answered_together_on_postgresql(app: TestApp) {
        let settings = Settings {
            url: app.database().url.clone(),
            connections: 1,
            statement_timeout: Duration::from_secs(20),
        };
        let db = Db::connect(&settings).await.expect("it opens");
        let mut askers = Vec::new();
        for login in ["service_manager", "agent", "customer"] {
            let viewer = viewer_of(&app, login).await;
            for number in 1..=8 {
                askers.push((viewer.clone(), number));
            }
        }
        // A busy machine now and then answers so slowly that it is better asked alone.
        let (mut one_by_one, mut fewest) = (0, u64::MAX);
        for _ in 0..4 {
            let mut alone = Vec::new();
            let before = db.statements();
            for (viewer, number) in &askers {
                alone.push(seen_of(&db, viewer, *number).await);
            }
            one_by_one = db.statements() - before;
            let different: BTreeSet<&Seen> = alone.iter().collect();
            assert!(different.len() > alone.len() / 2, "{alone:?}");

            let held = db.begin().await.expect("PostgreSQL's only connection");
            let before = db.statements();
            let asked = join_all(askers.iter().map(|(viewer, number)| seen_of(&db, viewer, *number)));
            let (together, ()) = tokio::join!(asked, async { held.rollback().await.expect("it is free again") });
            assert_eq!(together, alone);
            fewest = fewest.min(db.statements() - before);
        }
        match db.backend() {
            // Of eight who ask the same, two who came first, alone or not, and the others.
            DbBackend::Postgres => assert!(fewest <= one_by_one * 3 / 8, "{fewest} of {one_by_one}"),
            _ => assert_eq!(fewest, one_by_one),
        }
        db.close().await.expect("it closes");
    }
}

/// What a login is on the server.
async fn viewer_of(app: &TestApp, login: &str) -> Viewer {
    let actor = app.as_(login).await;
    let viewer = identity::authenticate(app, actor.token(), start()).await;
    viewer.expect("a viewer")
}

/// A ticket's subject, its first comments, and the tickets up to it, as far as the viewer reaches.
type Seen = (Option<String>, Option<Vec<Uuid>>, Vec<i64>);

async fn seen_of(db: &Db, viewer: &Viewer, number: usize) -> Seen {
    let (reader, id) = (db.reader(), key(Table::Ticket, number));
    let first = Page {
        limit: 3,
        ..Page::default()
    };
    let up_to_it = Filter {
        number: Some(RangeMatches {
            lt: Some(100_001 + number as i64),
            ..RangeMatches::default()
        }),
        ..Filter::default()
    };
    let newest = Order::CreatedAt { newest_first: true };
    let (row, with_comments, list) = tokio::join!(
        find_along::<ticket::Entity>(reader, viewer, id, Columns::ALL, &[]),
        store::with_comments(reader, viewer, id, Columns::ALL, &[], &first),
        list::<ticket::Entity>(reader, viewer, &up_to_it, newest, &first, false, &[]),
    );
    let comments = with_comments.expect("an answer");
    let tickets = list.expect("a page").slice.rows.into_iter();
    (
        row.expect("an answer").map(|(ticket, _)| ticket.subject),
        comments.map(|(_, _, page)| page.rows.into_iter().map(|row| row.id).collect()),
        tickets.map(|row| row.number).collect(),
    )
}
