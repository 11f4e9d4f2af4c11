//! Which custom fields there are, for whoever refers to them by code.

use std::collections::{BTreeSet, HashMap};

use entity::enums::TicketKind;
use entity::{custom_field, ticket_field_value};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait,
};
use uuid::Uuid;

use crate::error::Result;

/// A field in use, by its code, with the kinds of ticket that have it.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its code.
    pub code: String,
    kinds: Vec<TicketKind>,
}

impl Known {
    /// Have tickets of that kind this field?
    #[must_use]
    pub fn has(&self, kind: TicketKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }
}

/// The fields in use.
///
/// # Errors
/// When the database fails.
pub async fn of_kinds(connection: &impl ConnectionTrait) -> Result<Vec<Known>> {
    let rows = custom_field::Entity::find()
        .filter(custom_field::Column::RetiredAt.is_null())
        .all(connection)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Known {
                code: row.code,
                kinds: serde_json::from_value(row.kinds)?,
            })
        })
        .collect()
}

/// The codes of the fields that have a value, of many tickets at once.
///
/// # Errors
/// When the database fails.
pub async fn filled_of(
    connection: &impl ConnectionTrait,
    tickets: &[Uuid],
) -> Result<HashMap<Uuid, BTreeSet<String>>> {
    let rows: Vec<(Uuid, String)> = ticket_field_value::Entity::find()
        .join(
            JoinType::InnerJoin,
            ticket_field_value::Relation::Field.def(),
        )
        .filter(ticket_field_value::Column::TicketId.is_in(tickets.iter().copied()))
        .select_only()
        .column(ticket_field_value::Column::TicketId)
        .column(custom_field::Column::Code)
        .into_tuple()
        .all(connection)
        .await?;
    let mut of: HashMap<Uuid, BTreeSet<String>> =
        tickets.iter().map(|id| (*id, BTreeSet::new())).collect();
    for (ticket, code) in rows {
        of.entry(ticket).or_default().insert(code);
    }
    Ok(of)
}
