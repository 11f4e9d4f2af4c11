//! The demo company loads on both databases, whole, once, and the same.

use aftercare::demo::{Options, load};
use entity::enums::TicketStage;
use sea_orm::{
    ColumnTrait, DatabaseConnection, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};

use crate::support::database::{Backend, TestDatabase, both_databases, fresh};
use crate::support::demo::{DemoDatabase, as_of, fill, open, small};

both_databases! {
    async fn a_database_with_members_is_refused_and_left_as_it_is(demo: DemoDatabase) {
        let db = open(&demo.0.url).await;
        let again = load(&db, &small(), async |_| Ok(String::new())).await;
        let refusal = again.expect_err("it has members").to_string();
        assert!(refusal.contains("has members already"), "{refusal}");
        assert_eq!(entity::ticket::Entity::find().count(db.reader()).await.expect("countable"), 200);
        db.close().await.expect("it closes");
    }

    async fn counters_go_on_after_the_last_number(demo: DemoDatabase) {
        let connection = demo.0.connect().await;
        let counter = async |name: &str| {
            let row = entity::counter::Entity::find_by_id(name).one(&connection).await.expect("readable");
            row.expect("the counter is there").value
        };
        let last = entity::ticket::Entity::find()
            .order_by_desc(entity::ticket::Column::Number)
            .one(&connection).await.expect("readable").expect("there are tickets");
        assert_eq!(counter("ticket_number").await, last.number);
        assert_eq!(counter("customer_number").await, 100);
        let members = entity::member::Entity::find().count(&connection).await.expect("countable");
        assert_eq!(counter("member_number").await, i64::try_from(members).expect("few"));
        assert!(counter("access_epoch").await > 1);
    }

    async fn everybody_has_a_role_and_the_password(demo: DemoDatabase) {
        let connection = demo.0.connect().await;
        let users = entity::user::Entity::find().all(&connection).await.expect("readable");
        let gifts = entity::role_assignment::Entity::find().all(&connection).await.expect("readable");
        for user in &users {
            assert_eq!(user.password_hash, "hash of demo-Pass-2026");
            assert!(gifts.iter().any(|gift| gift.user_id == Some(user.id)), "{} has no role", user.login);
        }
    }

    async fn the_load_is_one_entry_of_the_audit_log(demo: DemoDatabase) {
        let connection = demo.0.connect().await;
        let entries = entity::audit_log::Entity::find()
            .filter(entity::audit_log::Column::Action.eq("demo.load"))
            .all(&connection).await.expect("readable");
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].detail["tickets"], 200);
        let head = entity::audit_head::Entity::find_by_id(1).one(&connection).await.expect("readable").expect("there");
        assert_eq!((head.seq, &head.hash), (entries[0].seq, &entries[0].hash));
    }

    async fn open_tickets_are_in_one_stage(demo: DemoDatabase) {
        let connection = demo.0.connect().await;
        let tickets = entity::ticket::Entity::find().all(&connection).await.expect("readable");
        let entries = entity::ticket_stage_entry::Entity::find()
            .filter(entity::ticket_stage_entry::Column::LeftAt.is_null())
            .all(&connection).await.expect("readable");
        for ticket in tickets {
            let open: Vec<TicketStage> =
                entries.iter().filter(|entry| entry.ticket_id == ticket.id).map(|entry| entry.stage).collect();
            let expected = if ticket.closed_at.is_none() { vec![ticket.stage] } else { Vec::new() };
            assert_eq!(open, expected, "{}", ticket.number);
        }
    }

    /// Behind every question of a cell stand the people of the cell, as many as have answered.
    async fn surveys_of_the_staff_add_up(demo: DemoDatabase) {
        let connection = demo.0.connect().await;
        let cells = entity::staff_survey_cell::Entity::find().all(&connection).await.expect("readable");
        let tallies = entity::staff_survey_tally::Entity::find().all(&connection).await.expect("readable");
        let invitations = entity::staff_survey_invitation::Entity::find().all(&connection).await.expect("readable");
        let questions = entity::staff_survey_question::Entity::find().all(&connection).await.expect("readable");
        assert!(cells.iter().any(|cell| cell.people > 0), "somebody has answered");
        for cell in &cells {
            let answered = invitations.iter().filter(|row| row.cell_id == cell.id && row.answered).count();
            assert_eq!(usize::try_from(cell.people), Ok(answered));
            for question in questions.iter().filter(|question| question.round_id == cell.round_id) {
                let chosen = tallies.iter().filter(|row| row.cell_id == cell.id && row.question_id == question.id);
                assert_eq!(chosen.map(|row| row.people).sum::<i32>(), cell.people);
            }
        }
    }

    async fn a_size_past_one_batch_loads(db: TestDatabase) {
        let db_handle = open(&db.url).await;
        let options = Options { customers: 150, ..Options::as_of(as_of()).with_tickets(1_234) };
        let summary = fill(&db_handle, &options).await;
        assert_eq!(summary.tickets, 1_234);
        assert_eq!(entity::ticket::Entity::find().count(db_handle.reader()).await.expect("countable"), 1_234);
        db_handle.close().await.expect("it closes");
    }
}

/// Every row of a table, as text.
async fn dump<E>(connection: &DatabaseConnection) -> Vec<String>
where
    E: EntityTrait,
    E::Model: std::fmt::Debug + Sync,
{
    let rows = E::find().all(connection).await.expect("readable");
    let mut rows: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
    rows.sort();
    rows
}

/// All that a seed determines. (Roles are made by the server, so their ids, and the gifts', aren't.)
async fn dump_all(connection: &DatabaseConnection) -> Vec<Vec<String>> {
    vec![
        dump::<entity::department::Entity>(connection).await,
        dump::<entity::region::Entity>(connection).await,
        dump::<entity::region_province::Entity>(connection).await,
        dump::<entity::team::Entity>(connection).await,
        dump::<entity::position::Entity>(connection).await,
        dump::<entity::member::Entity>(connection).await,
        dump::<entity::assignment::Entity>(connection).await,
        dump::<entity::partner::Entity>(connection).await,
        dump::<entity::product::Entity>(connection).await,
        dump::<entity::customer::Entity>(connection).await,
        dump::<entity::contact::Entity>(connection).await,
        dump::<entity::unit::Entity>(connection).await,
        dump::<entity::user::Entity>(connection).await,
        dump::<entity::api_client::Entity>(connection).await,
        dump::<entity::api_client_secret::Entity>(connection).await,
        dump::<entity::ticket::Entity>(connection).await,
        dump::<entity::ticket_stage_entry::Entity>(connection).await,
        dump::<entity::ticket_comment::Entity>(connection).await,
        dump::<entity::ticket_change::Entity>(connection).await,
    ]
}

#[tokio::test]
async fn the_same_rows_stand_in_both_databases() {
    let mut dumps = Vec::new();
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(database) = fresh(backend).await else {
            continue;
        };
        let db = open(&database.url).await;
        fill(&db, &small()).await;
        db.close().await.expect("it closes");
        let connection = database.connect().await;
        dumps.push(dump_all(&connection).await);
        connection.close().await.expect("it closes");
    }
    assert!(dumps[0].iter().all(|table| !table.is_empty()));
    assert!(
        dumps.windows(2).all(|pair| pair[0] == pair[1]),
        "the databases differ"
    );
}
