//! Where custom fields and their values are kept.

use std::collections::BTreeSet;

use entity::{custom_field, ticket_field_value};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait,
};
use uuid::Uuid;

use crate::error::Result;

/// The codes of the fields that have a value on a ticket: what a process that requires fields asks.
///
/// # Errors
/// When the database fails.
pub async fn filled(connection: &impl ConnectionTrait, ticket: Uuid) -> Result<BTreeSet<String>> {
    let codes: Vec<String> = ticket_field_value::Entity::find()
        .join(
            JoinType::InnerJoin,
            ticket_field_value::Relation::Field.def(),
        )
        .filter(ticket_field_value::Column::TicketId.eq(ticket))
        .select_only()
        .column(custom_field::Column::Code)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(codes.into_iter().collect())
}
