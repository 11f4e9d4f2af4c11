//! Whoever asks the same as others at the same moment gets what he would get alone, and nobody else's rows.

use futures_util::future::join_all;
use sea_orm::DbBackend;
use serde_json::json;

use crate::support::app::TestApp;
use crate::support::company::{self, LOGINS};
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
        let before = app.db.statements();
        for (actor, question, variables) in &questions {
            alone.push(actor.send(question, variables.clone()).await.comparable());
        }
        let one_by_one = app.db.statements() - before;
        let different: std::collections::BTreeSet<&String> = alone.iter().collect();
        assert!(different.len() > alone.len() / 8, "{} of {}", different.len(), alone.len());

        for _ in 0..4 {
            let before = app.db.statements();
            let asked = questions.iter().map(|(actor, question, variables)| actor.send(question, variables.clone()));
            let at_once = join_all(asked).await;
            for ((answer, expected), (actor, question, variables)) in at_once.iter().zip(&alone).zip(&questions) {
                assert_eq!(&answer.comparable(), expected, "{} {question} {variables}", actor.who);
            }
            let statements = app.db.statements() - before;
            if app.db.backend() == DbBackend::Postgres {
                assert!(statements < one_by_one * 3 / 4, "{statements} of {one_by_one}");
            }
        }
    }
}
