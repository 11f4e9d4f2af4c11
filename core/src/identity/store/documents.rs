//! The table of the documents that API clients are trusted with.

use entity::api_client_document::{self, Column};
use entity::enums::Reach;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::access::{Listed, Permission, Scoped, Standing, TrustedDocument, Viewer, visible};
use crate::db::filter::{Matches, TextMatches};
use crate::db::keyset::Sort;
use crate::error::Result;
use crate::identity::documents::Known;

/// Rows of one statement.
const AT_ONCE: usize = 200;

impl Scoped for api_client_document::Entity {
    const READ: Permission = Permission::UserRead;
    type Facts = api_client_document::Model;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        (reach == Reach::All).then(Condition::all)
    }

    fn within(_: &api_client_document::Model, reach: Reach, _: &Standing) -> bool {
        reach == Reach::All
    }
}

/// Which documents; all that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct DocumentFilter {
    /// By client.
    pub client: Option<Matches<Uuid>>,
    /// By what the client sends.
    pub document_id: Option<TextMatches>,
    /// By the name of the operation.
    pub operation_name: Option<TextMatches>,
}

/// Orders of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentOrder {
    /// Newest first.
    CreatedAtDesc,
}

impl Listed for api_client_document::Entity {
    type Filter = DocumentFilter;
    type Order = DocumentOrder;

    fn matching(filter: &DocumentFilter, _: &Viewer) -> Condition {
        let client = filter.client.as_ref();
        let document_id = filter.document_id.as_ref();
        let operation = filter.operation_name.as_ref();
        Condition::all()
            .add_option(client.map(|client| client.on(Column::ApiClientId)))
            .add_option(document_id.map(|id| id.on(Column::DocumentId)))
            .add_option(operation.map(|name| name.on(Column::OperationName)))
    }

    fn sorts(order: DocumentOrder) -> Vec<Sort<Column>> {
        match order {
            DocumentOrder::CreatedAtDesc => vec![
                Sort::descending(Column::CreatedAt),
                Sort::descending(Column::Id),
            ],
        }
    }
}

/// All documents of a client with their texts, for identity itself.
pub async fn all(connection: &impl ConnectionTrait, client: Uuid) -> Result<Vec<TrustedDocument>> {
    let rows: Vec<(String, String)> = of(client)
        .select_only()
        .columns([Column::DocumentId, Column::Text])
        .into_tuple()
        .all(connection)
        .await?;
    let document = |(document_id, text)| TrustedDocument { document_id, text };
    Ok(rows.into_iter().map(document).collect())
}

/// What a client is trusted with, in the order of ids.
///
/// # Errors
/// When the database fails.
pub async fn known(connection: &impl ConnectionTrait, client: Uuid) -> Result<Vec<Known>> {
    let rows = of(client).all(connection).await?;
    let known = |row: api_client_document::Model| Known {
        bytes: row.text.len(),
        document_id: row.document_id,
        sha256: row.sha256,
    };
    Ok(rows.into_iter().map(known).collect())
}

/// All documents of a client as the viewer may see them, in the order of ids.
///
/// # Errors
/// When the database fails.
pub async fn rows(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    client: Uuid,
) -> Result<Vec<api_client_document::Model>> {
    let rows = visible::<api_client_document::Entity>(viewer, Permission::UserRead)
        .filter(Column::ApiClientId.eq(client))
        .order_by_asc(Column::DocumentId);
    Ok(rows.all(connection).await?)
}

fn of(client: Uuid) -> sea_orm::Select<api_client_document::Entity> {
    api_client_document::Entity::find()
        .filter(Column::ApiClientId.eq(client))
        .order_by_asc(Column::DocumentId)
}

/// Adds documents.
pub async fn insert(
    tx: &impl ConnectionTrait,
    rows: Vec<api_client_document::Model>,
) -> Result<()> {
    for some in rows.chunks(AT_ONCE) {
        let rows = some.iter().cloned();
        let rows = rows.map(|row| row.into_active_model().reset_all());
        api_client_document::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Deletes documents of a client, by their ids.
pub async fn delete(tx: &impl ConnectionTrait, client: Uuid, ids: &[String]) -> Result<()> {
    for some in ids.chunks(AT_ONCE) {
        api_client_document::Entity::delete_many()
            .filter(Column::ApiClientId.eq(client))
            .filter(Column::DocumentId.is_in(some))
            .exec(tx)
            .await?;
    }
    Ok(())
}
