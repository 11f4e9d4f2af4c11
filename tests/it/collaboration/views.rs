use entity::saved_view;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Set};
use serde_json::{Value, json};

use crate::support::app::{Actor, TestApp};
use crate::support::company;
use crate::support::data::{Table, key};
use crate::support::database::both_databases;

const VIEW: &str = "savedView { id version name filter orderBy columns mine problem }";

async fn names(actor: &Actor) -> Vec<String> {
    let reply = actor.ask("{ savedViews { nodes { name } } }").await.fine();
    let nodes = reply.list("savedViews.nodes").iter();
    nodes
        .filter_map(|view| view["name"].as_str().map(str::to_owned))
        .collect()
}

/// What a view shows somebody, by number.
async fn shown(actor: &Actor, id: &str) -> Vec<i64> {
    let document = "query($id: ID!) { savedView(id: $id) { problem tickets(first: 50) { nodes { number } } } }";
    let reply = actor.send(document, json!({ "id": id })).await.fine();
    assert_eq!(reply.data("savedView.problem"), &Value::Null);
    let nodes = reply.list("savedView.tickets.nodes").iter();
    nodes
        .filter_map(|node| node["number"].as_i64())
        .map(|number| number - 100_000)
        .collect()
}

async fn keep(app: &TestApp, filter: Value) {
    let row = saved_view::Entity::find_by_id(key(Table::View, 2))
        .one(app.db.reader())
        .await
        .expect("a read")
        .expect("a view");
    let mut row = row.into_active_model();
    row.filter = Set(filter);
    row.update(app.db.reader()).await.expect("it is written");
}

both_databases! {
    async fn a_view_is_kept_used_changed_and_deleted(app: TestApp) {
        let agent = app.as_("agent").await;
        let input = json!({
            "name": " Open fans ", "orderBy": "CREATED_AT_ASC", "columns": ["number", "客户"], "idempotencyKey": "v-1",
            "filter": { "state": { "in": ["OPEN", "PENDING_CUSTOMER"] }, "tag": { "in": ["battery"] }, "fields": [{ "field": "rack_height", "number": { "gte": "40" } }] },
        });
        let reply = agent.change("savedViewCreate", VIEW, input.clone()).await.fine();
        let view = reply.data("savedViewCreate.savedView").clone();
        assert_eq!(view["name"], "Open fans");
        assert_eq!(view["filter"], input["filter"], "as the API took it");
        assert_eq!((&view["orderBy"], &view["mine"], &view["columns"]), (&json!("CREATED_AT_ASC"), &json!(true), &input["columns"]));
        let again = agent.change("savedViewCreate", VIEW, input).await.fine();
        assert_eq!(again.data("savedViewCreate.savedView.id"), &view["id"]);
        let id = view["id"].as_str().expect("an id").to_owned();
        assert_eq!(shown(&agent, &id).await, [1]);
        assert_eq!(names(&agent).await, ["Mine and urgent", "Open fans", "The desk's own"]);

        let input = json!({ "id": id, "expectedVersion": 1, "filter": { "number": { "lt": 100_003 } }, "orderBy": null });
        let reply = agent.change("savedViewUpdate", VIEW, input).await.fine();
        assert_eq!((reply.data("savedViewUpdate.savedView.version"), reply.data("savedViewUpdate.savedView.orderBy")), (&json!(2), &Value::Null));
        assert_eq!(shown(&agent, &id).await, [2, 1]);
        let reply = agent.change("savedViewDelete", VIEW, json!({ "id": id, "expectedVersion": 1 })).await;
        assert_eq!(reply.error_codes(), ["CONFLICT"]);
        agent.change("savedViewDelete", VIEW, json!({ "id": id, "expectedVersion": 2 })).await.fine();
        assert_eq!(names(&agent).await, ["Mine and urgent", "The desk's own"]);
    }

    async fn a_shared_view_shows_each_their_own(app: TestApp) {
        let shared = company::id(Table::View, 2);
        let (lead, agent, mover) = (app.as_("team_lead").await, app.as_("agent").await, app.as_("mover").await);
        assert_eq!(shown(&lead, &shared).await.len(), 8);
        assert_eq!(shown(&agent, &shared).await, [14, 12, 11, 2, 1]);
        assert_eq!(shown(&mover, &shared).await, [14, 12, 2, 1]);
        assert!(names(&app.as_("colleague").await).await.is_empty(), "not of that team");
        assert!(names(&app.as_("partner").await).await.is_empty());
        let input = json!({ "id": shared, "expectedVersion": 1, "name": "Mine now" });
        let reply = agent.change("savedViewUpdate", VIEW, input).await;
        assert_eq!(reply.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())]);
        let input = json!({ "id": company::id(Table::View, 1), "expectedVersion": 1, "name": "Mine now" });
        let reply = mover.change("savedViewUpdate", VIEW, input).await;
        assert_eq!(reply.error_codes(), ["NOT_FOUND"]);
    }

    async fn sharing_needs_the_permission_for_that_team(app: TestApp) {
        let input = |team: usize| json!({ "name": "n", "filter": {}, "teamId": company::id(Table::Team, team) });
        let agent = app.as_("agent").await;
        let reply = agent.change("savedViewCreate", VIEW, input(2)).await;
        assert_eq!(reply.error_codes(), ["FORBIDDEN"], "agents share nothing");
        let lead = app.as_("team_lead").await;
        lead.change("savedViewCreate", VIEW, input(2)).await.fine();
        let reply = lead.change("savedViewCreate", VIEW, input(5)).await;
        assert_eq!(reply.error_codes(), ["FORBIDDEN"], "another tree");
        app.as_("service_manager").await.change("savedViewCreate", VIEW, input(5)).await.fine();
        let reply = lead.change("savedViewCreate", VIEW, input(99)).await;
        assert_eq!(reply.user_errors(), [("NOT_FOUND", "input.teamId".to_owned())]);
    }

    async fn a_view_is_refused_like_the_filter_in_it(app: TestApp) {
        let partner = app.as_("partner").await;
        let own = json!({ "name": "n", "filter": { "fields": [{ "field": "rack_height", "isNull": false }] } });
        partner.change("savedViewCreate", VIEW, own).await.fine();
        for (filter, code) in [
            (json!({ "teamId": { "isNull": true } }), "FORBIDDEN"),
            (json!({ "not": { "tag": { "in": ["vip"] } } }), "FORBIDDEN"),
            (json!({ "fields": [{ "field": "internal_cost", "isNull": true }] }), "BAD_INPUT"),
            (json!({ "customerId": { "eq": company::ticket(1) } }), "BAD_INPUT"),
        ] {
            let reply = partner.change("savedViewCreate", VIEW, json!({ "name": "n", "filter": filter })).await;
            assert_eq!(reply.error_codes(), [code], "{filter}: {reply}");
        }
        let reply = app.as_client().await.change("savedViewCreate", VIEW, json!({ "name": "n", "filter": {} })).await;
        assert_eq!(reply.user_errors(), [("RULE_VIOLATED", String::new())], "a system has no views");
    }

    async fn a_view_that_no_longer_fits_says_so(app: TestApp) {
        let agent = app.as_("agent").await;
        let document = "query($id: ID!) { savedView(id: $id) { name problem tickets { totalCount } } }";
        let variables = json!({ "id": company::id(Table::View, 2) });
        for (filter, word) in [
            (json!({ "colour": { "eq": "RED" } }), "colour"),
            (json!({ "priority": { "eq": "WHENEVER" } }), "no longer fits"),
            (json!({ "and": [{ "fields": [{ "field": "gone", "isNull": true }] }] }), "gone"),
            (json!("rubbish"), "no longer fits"),
        ] {
            keep(&app, filter.clone()).await;
            let reply = agent.send(document, variables.clone()).await;
            assert_eq!(reply.error_codes(), ["BAD_INPUT"], "{filter}: {reply}");
            assert_eq!(reply.data("savedView.name"), "The desk's own", "the rest of it is there");
            assert_eq!(reply.data("savedView.tickets"), &Value::Null);
            assert!(reply.text("savedView.problem").contains(word), "{filter}: {reply}");
        }
    }

    /// A view that was shared before somebody lost a permission tells them nothing.
    async fn a_stored_filter_by_a_denied_field_is_refused(app: TestApp) {
        let agent = app.as_("agent").await;
        let id = company::id(Table::View, 1);
        let partner = app.as_("partner").await;
        let own = partner.change("savedViewCreate", VIEW, json!({ "name": "n", "filter": {} })).await.fine();
        let view = own.text("savedViewCreate.savedView.id").to_owned();
        let (_, uuid) = aftercare::graphql::ids::decode(&view).expect("an id");
        let row = saved_view::Entity::find_by_id(uuid).one(app.db.reader()).await.expect("a read").expect("a view");
        let mut row = row.into_active_model();
        row.filter = Set(json!({ "or": [{ "assigneeId": { "isNull": true } }] }));
        row.update(app.db.reader()).await.expect("it is written");
        let document = "query($id: ID!) { savedView(id: $id) { problem tickets { totalCount } } }";
        let reply = partner.send(document, json!({ "id": view })).await;
        assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{reply}");
        assert!(reply.text("savedView.problem").contains("member.read"), "{reply}");
        assert_eq!(agent.send(document, json!({ "id": id })).await.fine().data("savedView.tickets.totalCount"), 0);
    }
}
