//! The partners of open tickets, which are those of their customers.

use chrono::{DateTime, Utc};
use entity::{customer, ticket};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::error::Result;

/// Tickets of these customers that haven't ended and have another partner than their customer has, with that one; so many at
/// most.
///
/// # Errors
/// When the database fails.
pub async fn with_another_partner(
    connection: &impl ConnectionTrait,
    customers: &[Uuid],
    limit: u64,
) -> Result<Vec<(Uuid, Option<Uuid>)>> {
    use ticket::Column;
    let (has, wanted) = (Column::PartnerId, customer::Column::PartnerId);
    // A comparison with none is neither true nor false in SQL.
    let differs = Condition::any()
        .add(Expr::col(has.as_column_ref()).not_equals(wanted.as_column_ref()))
        .add(
            Condition::all()
                .add(Expr::col(has.as_column_ref()).is_null())
                .add(Expr::col(wanted.as_column_ref()).is_not_null()),
        )
        .add(
            Condition::all()
                .add(Expr::col(has.as_column_ref()).is_not_null())
                .add(Expr::col(wanted.as_column_ref()).is_null()),
        );
    Ok(ticket::Entity::find()
        .inner_join(customer::Entity)
        .select_only()
        .column(Column::Id)
        .column(wanted)
        .filter(Column::CustomerId.is_in(customers.iter().copied()))
        .filter(Column::ClosedAt.is_null())
        .filter(differs)
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?)
}

/// Gives locked tickets to a partner, or to none; raises their versions.
///
/// # Errors
/// When the database fails.
pub async fn give_to_partner(
    connection: &impl ConnectionTrait,
    tickets: &[Uuid],
    partner: Option<Uuid>,
    at: DateTime<Utc>,
) -> Result<Vec<ticket::Model>> {
    use ticket::Column;
    Ok(ticket::Entity::update_many()
        .col_expr(Column::PartnerId, Expr::value(partner))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(at))
        .filter(Column::Id.is_in(tickets.iter().copied()))
        .exec_with_returning(connection)
        .await?)
}
