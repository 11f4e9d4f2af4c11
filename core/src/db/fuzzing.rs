//! Cursors for the targets in `fuzz/`.

use sea_orm::{ColumnTrait, DbBackend, EntityTrait, QueryFilter, QueryTrait};

use super::keyset::{Page, Sort, after_cursor};

/// Reads a cursor of some lists, forward and backward, and writes the conditions that come of it for both databases.
pub fn cursor(text: &str) {
    use entity::{assignment, ticket};
    statement::<ticket::Entity>(
        text,
        &[
            Sort {
                column: ticket::Column::ResolvedAt,
                descending: true,
                nullable: true,
            },
            Sort::ascending(ticket::Column::Number),
            Sort::ascending(ticket::Column::Id),
        ],
    );
    statement::<ticket::Entity>(
        text,
        &[
            Sort::ascending(ticket::Column::Subject),
            Sort::ascending(ticket::Column::Version),
        ],
    );
    statement::<assignment::Entity>(text, &[Sort::ascending(assignment::Column::ValidFrom)]);
}

fn statement<E: EntityTrait>(text: &str, sorts: &[Sort<E::Column>])
where
    E::Column: ColumnTrait,
{
    for backward in [false, true] {
        let page = Page {
            limit: 1,
            backward,
            cursor: Some(text.to_owned()),
            ..Page::default()
        };
        if let Ok(Some(beyond)) = after_cursor("t", sorts, &page) {
            for backend in [DbBackend::Sqlite, DbBackend::Postgres] {
                let statement = E::find().filter(beyond.clone()).build(backend);
                assert!(!statement.to_string().contains('\0'));
            }
        }
    }
}
