//! Honours one by one, and by what they come from.

use std::collections::HashMap;

use entity::enums::HonourSource;
use entity::honour;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use crate::error::Result;

crate::rows!(versioned: honour, recognition; written: );

/// Honours that are written by one statement: their values stay below the bound of SQLite.
const AT_ONCE: usize = 1_000;

/// Writes new honours.
///
/// # Errors
/// When the database fails, or one of them comes from a row that another one comes from.
pub async fn insert_honours(tx: &impl ConnectionTrait, rows: &[honour::Model]) -> Result<()> {
    for some in rows.chunks(AT_ONCE) {
        let some = some
            .iter()
            .map(|row| row.clone().into_active_model().reset_all());
        honour::Entity::insert_many(some)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

fn from_sources(source: HonourSource, ids: &[Uuid]) -> Select<honour::Entity> {
    use honour::Column::{Source, SourceId};
    honour::Entity::find()
        .filter(Source.eq(source))
        .filter(SourceId.is_in(ids.iter().copied()))
}

fn by_source(rows: Vec<honour::Model>) -> HashMap<Uuid, honour::Model> {
    let with_source = |row: honour::Model| Some((row.source_id?, row));
    rows.into_iter().filter_map(with_source).collect()
}

/// The honours that come from these rows, by them; one statement.
///
/// # Errors
/// When the database fails.
pub async fn of_sources(
    connection: &impl ConnectionTrait,
    source: HonourSource,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, honour::Model>> {
    let rows = from_sources(source, ids).all(connection).await?;
    Ok(by_source(rows))
}

/// The same, locked until the transaction ends: somebody may be revoking one.
///
/// # Errors
/// When the database fails.
pub async fn lock_of_sources(
    tx: &impl ConnectionTrait,
    source: HonourSource,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, honour::Model>> {
    let select = from_sources(source, ids).order_by_asc(honour::Column::Id);
    let rows = select.lock_exclusive().all(tx).await?;
    Ok(by_source(rows))
}

/// The honours of a source that aren't revoked, by id after one, so many at most; one statement.
///
/// # Errors
/// When the database fails.
pub async fn held_after(
    connection: &impl ConnectionTrait,
    source: HonourSource,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<honour::Model>> {
    use honour::Column::{Id, RevokedOn, Source};
    Ok(honour::Entity::find()
        .filter(Source.eq(source))
        .filter(RevokedOn.is_null())
        .filter(Condition::all().add_option(after.map(|after| Id.gt(after))))
        .order_by_asc(Id)
        .limit(limit)
        .all(connection)
        .await?)
}
