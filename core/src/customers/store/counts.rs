//! How many customers there are, for whoever counts without seeing them.

use entity::customer;
use entity::enums::Province;
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QuerySelect};
use uuid::Uuid;

use crate::db::Pool;
use crate::error::Result;
use crate::organisation::staffing::{Count, CustomerCounts};

/// Counts the customers by owner and province.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts;

impl CustomerCounts for Counts {
    fn counts<'a>(&'a self, db: &'a Pool) -> BoxFuture<'a, Result<Vec<Count>>> {
        Box::pin(async move {
            let rows: Vec<(Option<Uuid>, Province, i64)> = customer::Entity::find()
                .select_only()
                .column(customer::Column::OwnerId)
                .column(customer::Column::Province)
                .column_as(customer::Column::Id.count(), "customers")
                .group_by(customer::Column::OwnerId)
                .group_by(customer::Column::Province)
                .into_tuple()
                .all(db)
                .await?;
            let count = |(owner, province, customers)| Count {
                owner,
                province,
                customers,
            };
            Ok(rows.into_iter().map(count).collect())
        })
    }
}
