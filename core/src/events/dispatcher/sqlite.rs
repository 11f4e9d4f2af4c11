//! Dispatching in the one process that serves a SQLite file.

use sea_orm::DbErr;

use super::{Look, mark, publish, waiting};
use crate::clock::Clock;
use crate::db::Db;
use crate::events::Bus;

/// Publishes one batch to the bus of this process. Published before it is marked: a failure in between repeats it.
pub(super) async fn look(db: &Db, bus: &Bus, clock: &Clock) -> Result<Look, DbErr> {
    let rows = waiting(db.reader()).await?;
    if rows.is_empty() {
        return Ok(Look::Empty);
    }
    for row in &rows {
        publish(db, bus, row.clone().into());
    }
    let transaction = db.begin().await?;
    mark(&transaction, &rows, clock.now()).await?;
    transaction.commit().await?;
    Ok(Look::after(rows.len()))
}
