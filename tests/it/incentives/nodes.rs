use entity::{audit_log, role, role_assignment, user};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;

use crate::support::app::TestApp;
use crate::support::company::id;
use crate::support::data::Table;
use crate::support::database::both_databases;

const NODES: &str = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";

/// Runs, payouts, locks; then what is about members' pay.
const WHOLE: [Table; 3] = [
    Table::IncentiveRun,
    Table::IncentivePayout,
    Table::IncentiveLock,
];
const PAY: [Table; 4] = [
    Table::IncentiveAward,
    Table::IncentiveCorrection,
    Table::IncentiveQuestion,
    Table::IncentiveTransaction,
];

both_databases! {
    /// By its global id everything of incentives is found by whoever finds it elsewhere, and a look at others' pay is logged once.
    async fn by_their_global_ids(app: TestApp) {
        let looks = async || {
            let read = audit_log::Column::Action.eq("incentive.award.read");
            audit_log::Entity::find().filter(read).count(app.db.reader()).await.expect("a count")
        };
        let ids: Vec<String> = WHOLE.into_iter().chain(PAY).map(|table| id(table, 1)).collect();
        let found = async |login: &str| {
            let reply = app.as_(login).await.send(NODES, json!({ "ids": ids })).await.fine();
            let types = reply.list("nodes").iter().zip(&ids);
            types.map(|(node, id)| {
                assert!(node.is_null() || node["id"] == json!(id), "{node}");
                node["__typename"].as_str().map(str::to_owned)
            }).collect::<Vec<_>>()
        };
        let before = looks().await;
        let hr = found("hr").await;
        let all = ["IncentiveRun", "IncentivePayout", "IncentiveMonthLock", "IncentiveAward", "IncentiveCorrection", "IncentiveQuestion", "IncentiveTransaction"];
        assert_eq!(hr, all.map(|name| Some(name.to_owned())));
        assert!((1..=4).contains(&(looks().await - before)), "a look a type, not a row");
        // An admin sees the runs, and nothing that is somebody's pay; partners nothing at all.
        let admin = found("admin").await;
        assert_eq!(admin[..3], hr[..3]);
        assert!(admin[3..].iter().all(Option::is_none), "{admin:?}");
        assert!(found("partner").await.iter().all(Option::is_none));
        let since = looks().await;
        app.as_("agent").await.send(NODES, json!({ "ids": [id(Table::IncentiveAward, 1)] })).await.fine();
        assert_eq!(looks().await, since, "one's own");
    }

    /// Objects of other domains that had an id and no way to them.
    async fn others_by_their_global_ids(app: TestApp) {
        let admin = app.as_("admin").await;
        let one = async |table: Table| {
            let reply = admin.send("query($id: ID!) { node(id: $id) { __typename } }", json!({ "id": id(table, 1) })).await.fine();
            reply.data("node.__typename").clone()
        };
        for (table, name) in [(Table::Goal, "Goal"), (Table::ReplyTemplate, "ReplyTemplate"), (Table::User, "User")] {
            assert_eq!(one(table).await, json!(name));
        }
    }

    /// Auditors are members too: they read their own awards, and nobody else's.
    async fn an_auditor_reads_their_own_awards(app: TestApp) {
        let all = "{ incentiveAwards { nodes { id } } }";
        let none = app.as_("auditor").await.ask(all).await.fine();
        assert_eq!(none.list("incentiveAwards.nodes").len(), 0, "what others get is others'");
        let auditor = role::Entity::find().filter(role::Column::Key.eq("auditor")).one(app.db.reader()).await;
        let auditor = auditor.expect("an answer").expect("the role").id;
        let agent = user::Entity::find().filter(user::Column::Login.eq("agent")).one(app.db.reader()).await;
        let agent = agent.expect("an answer").expect("the agent").id;
        let gifts = role_assignment::Entity::update_many().col_expr(role_assignment::Column::RoleId, Expr::value(auditor));
        gifts.filter(role_assignment::Column::UserId.eq(agent)).exec(app.db.reader()).await.expect("a gift");
        let auditor = app.as_("agent").await;
        let own = auditor.ask(all).await.fine();
        assert!(own.list("incentiveAwards.nodes").iter().any(|node| node["id"] == json!(id(Table::IncentiveAward, 1))), "{own}");
        let mine = "{ myIncentives(period: MONTH) { earned { awards } } incentiveStatement(from: \"2026-01-01\", until: \"2026-02-01\") { opening { amount } } }";
        let mine = auditor.ask(mine).await.fine();
        assert!(mine.data("myIncentives.earned").is_array(), "{mine}");
    }
}
