use std::sync::Arc;

use aftercare::jobs::dispatch::{JOB, once};
use aftercare::tickets::dispatch::actions::Tried;
use chrono::TimeDelta;
use entity::{setting, ticket};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::*;
use crate::support::data::start;
use crate::support::database::both_databases;

const ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;
const RUN: &str = "run { given left results { ticket { number assignee { name } } userErrors { code message } } }";

async fn switch(app: &TestApp, key: &str, value: Value) {
    let row = setting::Model {
        key: key.to_owned(),
        value,
        version: 1,
        updated_by: None,
        updated_at: start(),
    };
    setting::Entity::insert(row.into_active_model())
        .exec_without_returning(app.db.reader())
        .await
        .expect("a setting");
}

async fn assignee(app: &TestApp, n: usize) -> Option<Uuid> {
    ticket::Entity::find_by_id(key(Table::Ticket, n))
        .one(app.db.reader())
        .await
        .expect("a look")
        .expect("the ticket")
        .assignee_id
}

both_databases! {
    async fn of_two_coordinators_at_once_one_wins(app: Three) {
        let app = app.0;
        let (one, other) = (app.as_("coordinator").await, app.as_("service_manager").await);
        let input = json!({ "id": company::ticket(WAITING), "expectedVersion": 1 });
        let select = "ticket { version }";
        let (first, second) = tokio::join!(
            one.change("ticketDispatch", select, input.clone()),
            other.change("ticketDispatch", select, input),
        );
        let (won, lost) = if first.errors().is_empty() { (first, second) } else { (second, first) };
        assert_eq!(won.fine().data("ticketDispatch.ticket.version"), 2);
        assert_eq!(lost.error_codes(), ["CONFLICT"], "{lost}");
        assert_eq!(lost.errors()[0]["extensions"]["currentVersion"], 2);
        assert_eq!(decisions_about(&app, key(Table::Ticket, WAITING)).await.len(), 1);
    }

    async fn the_queue_is_given_out_in_turn_and_evenly(app: Three) {
        let app = app.0;
        // The third is urgent, the fifth is high; the first has waited longest.
        for (n, priority) in [(WAITING + 2, 4), (WAITING + 4, 3)] {
            ticket::Entity::update_many()
                .col_expr(ticket::Column::Priority, Expr::value(priority))
                .filter(ticket::Column::Id.eq(key(Table::Ticket, n)))
                .exec(app.db.reader()).await.expect("a priority");
        }
        let coordinator = app.as_("coordinator").await;
        let input = json!({ "teamId": company::id(Table::Team, CREW_TEAM), "limit": 5 });
        let reply = coordinator.change("dispatchRun", RUN, input.clone()).await.fine();
        let results: Vec<(i64, &str)> = reply.list("dispatchRun.run.results").iter()
            .map(|row| (row["ticket"]["number"].as_i64().expect("a number") - 100_000, row["ticket"]["assignee"]["name"].as_str().expect("a name")))
            .collect();
        assert_eq!(results, [
            (102, "Crew 50"), (104, "Crew 51"), (100, "Crew 52"),
            // An urgent one weighs most, a normal one least: so the last one is next, then the one with the high one.
            (101, "Crew 52"), (103, "Crew 51"),
        ]);
        assert_eq!((reply.data("dispatchRun.run.given"), reply.data("dispatchRun.run.left")), (&json!(5), &json!(0)));
        let reply = coordinator.change("dispatchRun", RUN, input).await.fine();
        assert_eq!(reply.data("dispatchRun.run.given"), 1);
        for (limit, field) in [(0, "input.limit"), (51, "input.limit")] {
            let reply = coordinator.change("dispatchRun", RUN, json!({ "limit": limit })).await;
            assert_eq!(reply.user_errors(), [("INVALID", field.to_owned())]);
        }
    }

    async fn a_full_team_leaves_the_rest_waiting(app: Three) {
        let app = app.0;
        switch(&app, "capacity.default", json!(1)).await;
        let coordinator = app.as_("coordinator").await;
        let reply = coordinator.change("dispatchRun", RUN, json!({ "teamId": company::id(Table::Team, CREW_TEAM) })).await.fine();
        assert_eq!((reply.data("dispatchRun.run.given"), reply.data("dispatchRun.run.left")), (&json!(3), &json!(3)));
        let last = reply.data("dispatchRun.run.results.5.userErrors.0");
        assert_eq!(last["code"], "RULE_VIOLATED");
        assert!(last["message"].as_str().is_some_and(|text| text.contains("3 at capacity")), "{last}");
    }

    async fn two_runs_at_once_give_nobody_more_than_the_capacity(app: Three) {
        let app = app.0;
        switch(&app, "capacity.default", json!(1)).await;
        let (one, other) = (app.as_("coordinator").await, app.as_("service_manager").await);
        let input = json!({ "teamId": company::id(Table::Team, CREW_TEAM) });
        let (first, second) = tokio::join!(one.change("dispatchRun", RUN, input.clone()), other.change("dispatchRun", RUN, input));
        let given = [first.fine(), second.fine()].iter().map(|reply| reply.data("dispatchRun.run.given").as_i64().expect("a count")).sum::<i64>();
        assert_eq!(given, 3);
        let mut holders = Vec::new();
        for n in WAITING..WAITING + 6 {
            holders.extend(assignee(&app, n).await);
        }
        holders.sort();
        holders.dedup();
        assert_eq!(holders.len(), 3, "one each");
    }

    async fn the_worker_gives_out_what_waits_when_it_is_told_to(app: Three) {
        let app = app.0;
        let tried = Arc::new(Mutex::new(Tried::default()));
        let (mine, theirs) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let round = async |holder: Uuid| once(&app.db, &app.clock, ZONE, holder, &tried).await.expect("a round");
        assert!(!round(mine).await, "the setting is off");
        assert_eq!(assignee(&app, WAITING).await, None);

        switch(&app, "dispatch.automatic", json!(true)).await;
        assert!(round(mine).await);
        for n in WAITING..WAITING + 6 {
            let made = decisions_about(&app, key(Table::Ticket, n)).await;
            assert_eq!(made.len(), 1);
            assert_eq!((made[0].actor_name.as_str(), made[0].actor_id), ("aftercare", None));
            assert!(assignee(&app, n).await.is_some());
        }
        assert!(!round(theirs).await, "another process has the lease");
        app.clock.advance(TimeDelta::from_std(JOB.lease).expect("a length"));
        assert!(round(theirs).await, "until it runs out");
    }

    async fn two_workers_at_once_decide_once(app: Three) {
        let app = app.0;
        switch(&app, "dispatch.automatic", json!(true)).await;
        let tried = [Arc::new(Mutex::new(Tried::default())), Arc::new(Mutex::new(Tried::default()))];
        let (one, other) = tokio::join!(
            once(&app.db, &app.clock, ZONE, Uuid::from_u128(1), &tried[0]),
            once(&app.db, &app.clock, ZONE, Uuid::from_u128(2), &tried[1]),
        );
        assert!(one.expect("a round") != other.expect("a round"), "one of them held the lease");
        for n in WAITING..WAITING + 6 {
            assert_eq!(decisions_about(&app, key(Table::Ticket, n)).await.len(), 1);
        }
    }

    async fn what_nobody_can_have_is_told_once_not_every_few_seconds(app: Three) {
        let app = app.0;
        switch(&app, "dispatch.automatic", json!(true)).await;
        switch(&app, "capacity.default", json!(0)).await;
        let tried = Arc::new(Mutex::new(Tried::default()));
        let about = async || decisions_about(&app, key(Table::Ticket, WAITING)).await.len();
        for minutes in [0, 1, 10] {
            app.clock.advance(TimeDelta::minutes(minutes));
            assert!(once(&app.db, &app.clock, ZONE, Uuid::from_u128(1), &tried).await.expect("a round"));
            assert_eq!(about().await, 1, "after {minutes} minutes it is no news");
        }
    }
}
