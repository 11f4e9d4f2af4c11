//! The stays of tickets in steps.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{process_step, process_template, process_version, ticket_step_entry};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, JoinType,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};
use uuid::Uuid;

use crate::db::new_id;
use crate::error::{Result, Text};

/// A stay with the code of its step.
#[derive(Clone, Debug)]
pub struct Stay {
    /// The stay.
    pub entry: ticket_step_entry::Model,
    /// The code of its step.
    pub code: String,
}

/// Begins a stay; the one before must have been left.
///
/// # Errors
/// When the database fails.
pub async fn enter(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
    step: Uuid,
    at: DateTime<Utc>,
) -> Result<ticket_step_entry::Model> {
    use ticket_step_entry::Column;
    let earlier = ticket_step_entry::Entity::find()
        .filter(Column::TicketId.eq(ticket))
        .filter(Column::StepId.eq(step))
        .order_by_desc(Column::Visit)
        .one(connection)
        .await?;
    let entry = ticket_step_entry::Model {
        id: new_id(at),
        ticket_id: ticket,
        step_id: step,
        entered_at: at,
        left_at: None,
        visit: earlier.map_or(1, |entry| entry.visit + 1),
    };
    Ok(entry
        .into_active_model()
        .reset_all()
        .insert(connection)
        .await?)
}

/// Ends the open stay, if there is one, and returns it.
///
/// # Errors
/// When the database fails.
pub async fn leave(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
    at: DateTime<Utc>,
) -> Result<Option<ticket_step_entry::Model>> {
    use ticket_step_entry::Column;
    let mut left = ticket_step_entry::Entity::update_many()
        .col_expr(Column::LeftAt, sea_orm::sea_query::Expr::value(at))
        .filter(Column::TicketId.eq(ticket))
        .filter(Column::LeftAt.is_null())
        .exec_with_returning(connection)
        .await?;
    Ok(left.pop())
}

/// The stays of tickets that were read already, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn stays(
    connection: &impl ConnectionTrait,
    tickets: &[Uuid],
) -> Result<HashMap<Uuid, Vec<ticket_step_entry::Model>>> {
    use ticket_step_entry::Column;
    let rows = ticket_step_entry::Entity::find()
        .filter(Column::TicketId.is_in(tickets.iter().copied()))
        .order_by_asc(Column::EnteredAt)
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    let mut of: HashMap<Uuid, Vec<ticket_step_entry::Model>> =
        tickets.iter().map(|id| (*id, Vec::new())).collect();
    for row in rows {
        of.entry(row.ticket_id).or_default().push(row);
    }
    Ok(of)
}

/// The same with the codes of the steps.
///
/// # Errors
/// When the database fails.
pub async fn step_stays(
    connection: &impl ConnectionTrait,
    tickets: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Stay>>> {
    use ticket_step_entry::Column;
    let rows = ticket_step_entry::Entity::find()
        .find_also_related(process_step::Entity)
        .filter(Column::TicketId.is_in(tickets.iter().copied()))
        .order_by_asc(Column::EnteredAt)
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    let mut of: HashMap<Uuid, Vec<Stay>> = HashMap::new();
    for (entry, step) in rows {
        if let Some(step) = step {
            let code = step.code;
            of.entry(entry.ticket_id)
                .or_default()
                .push(Stay { entry, code });
        }
    }
    Ok(of)
}

/// A stay with the codes of its process and step.
#[derive(Clone, Debug)]
pub struct ProcessStay {
    /// The ticket.
    pub ticket: Uuid,
    /// The code of the process.
    pub process: String,
    /// The code of the step.
    pub step: String,
    /// When it began.
    pub from: DateTime<Utc>,
    /// When it ended.
    pub to: Option<DateTime<Utc>>,
}

/// The stays of tickets in steps of whichever process, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn process_stays(
    connection: &impl ConnectionTrait,
    tickets: &[Uuid],
) -> Result<Vec<ProcessStay>> {
    use ticket_step_entry::Column;
    type Row = (Uuid, DateTime<Utc>, Option<DateTime<Utc>>, String, String);
    let rows: Vec<Row> = ticket_step_entry::Entity::find()
        .join(JoinType::InnerJoin, ticket_step_entry::Relation::Step.def())
        .join(JoinType::InnerJoin, process_step::Relation::Version.def())
        .join(
            JoinType::InnerJoin,
            process_version::Relation::Template.def(),
        )
        .select_only()
        .columns([Column::TicketId, Column::EnteredAt, Column::LeftAt])
        .column(process_template::Column::Code)
        .column(process_step::Column::Code)
        .filter(Column::TicketId.is_in(tickets.iter().copied()))
        .order_by_asc(Column::EnteredAt)
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    let stay = |(ticket, from, to, process, step): Row| ProcessStay {
        ticket,
        process,
        step,
        from,
        to,
    };
    Ok(rows.into_iter().map(stay).collect())
}

/// What steps are called in the newest version that has them: codes of process and step, names of the process and names
/// of the step.
///
/// # Errors
/// When the database fails.
pub async fn step_names(
    connection: &impl ConnectionTrait,
    codes: &[String],
) -> Result<HashMap<(String, String), (Text, Text)>> {
    type Row = (String, String, String, String, String, String);
    let rows: Vec<Row> = process_step::Entity::find()
        .join(JoinType::InnerJoin, process_step::Relation::Version.def())
        .join(
            JoinType::InnerJoin,
            process_version::Relation::Template.def(),
        )
        .select_only()
        .columns([process_template::Column::Code])
        .columns([process_step::Column::Code])
        .columns([
            process_template::Column::Name,
            process_template::Column::NameZh,
        ])
        .columns([process_step::Column::Name, process_step::Column::NameZh])
        .filter(process_step::Column::Code.is_in(codes.iter().map(String::as_str)))
        .order_by_asc(process_version::Column::Number)
        .into_tuple()
        .all(connection)
        .await?;
    let named = rows
        .into_iter()
        .map(|(process, step, en, zh, step_en, step_zh)| {
            let names = (Text::new(en, zh), Text::new(step_en, step_zh));
            ((process, step), names)
        });
    Ok(named.collect())
}
