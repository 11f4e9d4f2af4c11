//! The pages of nested lists, read for all parents at once, are the pages that each parent would have by itself.

use aftercare::db::children::list_each;
use aftercare::db::keyset::{self, Page, Sort};
use entity::unit;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::support::database::{TestDatabase, both_databases, open};
use crate::support::world::World;

const TAG: &str = "units";

fn orders() -> [Vec<Sort<unit::Column>>; 2] {
    let warranty = Sort {
        column: unit::Column::WarrantyUntil,
        descending: true,
        nullable: true,
    };
    [
        vec![
            Sort::descending(unit::Column::SoldOn),
            Sort::descending(unit::Column::Id),
        ],
        vec![warranty, Sort::ascending(unit::Column::Id)],
    ]
}

/// A page as rows and what stands around it.
type Seen = (Vec<Uuid>, Vec<String>, bool, bool, Option<u64>);

fn seen(listing: keyset::Listing<unit::Model>) -> Seen {
    let rows = listing.slice.rows.iter().map(|row| row.id);
    (
        rows.collect(),
        listing.slice.cursors,
        listing.slice.has_next,
        listing.slice.has_previous,
        listing.total,
    )
}

both_databases! {
    async fn pages_for_all_parents_are_the_pages_of_each(database: TestDatabase) {
        let db = open(&database).await;
        let world = World::random(7);
        world.write(db.reader()).await;
        let parents: Vec<Uuid> = world.customers.iter().map(|row| row.id).collect();
        for sorts in orders() {
            let some_row = &world.units[world.units.len() / 2];
            let cursor = keyset::cursor_of::<unit::Entity>(some_row, TAG, &sorts);
            for limit in [0, 1, 3, 100] {
                for backward in [false, true] {
                    for cursor in [None, Some(cursor.clone())] {
                        let page = Page { limit, backward, cursor, ..Page::default() };
                        let want_total = limit == 3;
                        let before = db.statements();
                        let mut each = list_each(
                            unit::Entity::find(), unit::Column::CustomerId, &parents, TAG, &sorts, &page, want_total, None, db.reader(),
                        )
                        .await
                        .expect("the pages of all");
                        assert_eq!(db.statements() - before, if want_total { 2 } else { 1 });
                        for parent in &parents {
                            let own = unit::Entity::find().filter(unit::Column::CustomerId.eq(*parent));
                            let alone = keyset::list(own, TAG, &sorts, &page, want_total, db.reader())
                                .await
                                .expect("the page of one");
                            let together = each.remove(parent).expect("every parent has a page");
                            assert_eq!(seen(together), seen(alone), "{page:?}");
                        }
                    }
                }
            }
        }
    }
}
