//! Whatever is given as a cursor; and pages one after the other, whatever the rows.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, SecondsFormat, Utc};
use entity::job_lease::{ActiveModel, Column, Entity, Model};
use proptest::prelude::*;
use sea_orm::{ConnectOptions, Database, DatabaseConnection, IntoActiveModel, Schema};
use serde_json::Value as Json;
use tokio::runtime::Runtime;
use uuid::Uuid;

use super::*;

const TAG: &str = "leases";

/// Latest first, those that never ran before all others; of equals by name.
const SORTS: [Sort<Column>; 2] = [
    Sort {
        column: Column::RanAt,
        descending: true,
        nullable: true,
    },
    Sort::ascending(Column::Name),
];

/// One column of every kind that lists are sorted by.
const KINDS: [Sort<entity::ticket::Column>; 5] = {
    use entity::ticket::Column;
    [
        Sort::descending(Column::CreatedAt),
        Sort {
            column: Column::ResolvedAt,
            descending: false,
            nullable: true,
        },
        Sort::ascending(Column::Number),
        Sort::ascending(Column::Subject),
        Sort::ascending(Column::Id),
    ]
};

fn moment(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000 + second, 500_000).expect("a valid time")
}

fn lease((ran_at, name): (Option<i64>, String)) -> Model {
    Model {
        name,
        holder: Uuid::nil(),
        until: moment(0),
        ran_at: ran_at.map(moment),
    }
}

/// Rows with many equals among them, each name once.
fn leases() -> impl Strategy<Value = Vec<Model>> {
    let row = (proptest::option::of(0..4_i64), "[a-c'\"]{1,3}");
    proptest::collection::vec(row, 0..14).prop_map(|rows| {
        let mut rows: Vec<Model> = rows.into_iter().map(lease).collect();
        rows.sort_by(|one, other| one.name.cmp(&other.name));
        rows.dedup_by(|one, other| one.name == other.name);
        rows
    })
}

/// The names as the list has them.
fn in_order(rows: &[Model]) -> Vec<String> {
    let mut rows = rows.to_vec();
    rows.sort_by(|one, other| {
        // Null is larger than every value.
        let place = |row: &Model| (row.ran_at.is_none(), row.ran_at);
        place(other)
            .cmp(&place(one))
            .then_with(|| one.name.cmp(&other.name))
    });
    rows.into_iter().map(|row| row.name).collect()
}

async fn table(rows: &[Model]) -> DatabaseConnection {
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(1).sqlx_logging(false);
    let connection = Database::connect(options).await.expect("it opens");
    let schema = Schema::new(connection.get_database_backend());
    let table = schema.create_table_from_entity(Entity);
    connection.execute(&table).await.expect("a table");
    let rows = rows.iter().cloned().map(IntoActiveModel::into_active_model);
    let rows: Vec<ActiveModel> = rows.collect();
    if !rows.is_empty() {
        let written = Entity::insert_many(rows);
        written.exec(&connection).await.expect("rows");
    }
    connection
}

/// All names, page by page.
async fn walk(connection: &DatabaseConnection, limit: u64, backward: bool) -> Vec<String> {
    let (mut names, mut cursor) = (Vec::new(), None);
    loop {
        let page = Page {
            limit,
            backward,
            cursor,
            ..Page::default()
        };
        let listing = list(Entity::find(), TAG, &SORTS, &page, false, connection).await;
        let slice = listing.expect("a page").slice;
        let page: Vec<String> = slice.rows.iter().map(|row| row.name.clone()).collect();
        let (end, more) = if backward {
            names.splice(0..0, page);
            (slice.cursors.first(), slice.has_previous)
        } else {
            names.extend(page);
            (slice.cursors.last(), slice.has_next)
        };
        cursor = end.cloned();
        if !more {
            return names;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn pages_one_after_the_other_are_the_whole_list(rows in leases(), limit in 1..6_u64) {
        let runtime = Runtime::new().expect("a runtime");
        let (forward, backward) = runtime.block_on(async {
            let connection = table(&rows).await;
            (walk(&connection, limit, false).await, walk(&connection, limit, true).await)
        });
        let whole = in_order(&rows);
        prop_assert_eq!(&forward, &whole);
        prop_assert_eq!(&backward, &whole);
    }
}

proptest! {
    #[test]
    fn a_cursor_leads_back_to_its_row(ran_at in proptest::option::of(any::<i32>()), name in "[^\\x00]{0,40}") {
        let row = lease((ran_at.map(i64::from), name));
        let cursor = cursor_of::<Entity>(&row, TAG, &SORTS);
        prop_assert!(cursor.is_ascii());
        let values = decode(&cursor, TAG, &SORTS).expect("our own cursor");
        prop_assert_eq!(values, vec![row.get(Column::RanAt), row.get(Column::Name)]);
        prop_assert_eq!(decode(&cursor, "others", &SORTS), None);
        prop_assert_eq!(decode(&cursor, TAG, &SORTS[..1]), None);
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        decode(&String::from_utf8_lossy(&bytes), TAG, &SORTS);
        decode(&URL_SAFE_NO_PAD.encode(&bytes), TAG, &SORTS);
    }

    /// What is well-formed but not ours may pass, and then is something that the database can compare with.
    #[test]
    fn foreign_values_are_refused_or_harmless(
        values in proptest::collection::vec(value(), 4..6),
    ) {
        let mut parts = vec![Json::from(TAG)];
        parts.extend(values);
        let cursor = URL_SAFE_NO_PAD.encode(Json::from(parts).to_string());
        for value in decode(&cursor, TAG, &KINDS).unwrap_or_default() {
            if let Value::String(Some(text)) = value {
                prop_assert!(!text.contains('\0'));
            }
        }
    }
}

/// JSON that could stand in a cursor.
fn value() -> impl Strategy<Value = Json> {
    prop_oneof![
        Just(Json::Null),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        any::<String>().prop_map(Json::from),
        "[a\\x00]{0,4}".prop_map(Json::from),
        any::<u128>().prop_map(|id| Json::from(Uuid::from_u128(id).to_string())),
        any::<u32>().prop_map(|second| Json::from(
            moment(second.into()).to_rfc3339_opts(SecondsFormat::Micros, true)
        )),
    ]
}
