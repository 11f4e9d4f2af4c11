//! Writing rows, within an action that has decided on them.

use chrono::{DateTime, Utc};
use entity::{contact, customer, unit};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, SqlErr,
};
use uuid::Uuid;

use crate::db::is_referenced;
use crate::error::Result;

/// Writes a new customer.
///
/// # Errors
/// When the database fails.
pub async fn insert_customer(tx: &impl ConnectionTrait, row: customer::Model) -> Result<()> {
    customer::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes a changed customer as its next version.
///
/// # Errors
/// When the database fails.
pub async fn save_customer(
    tx: &impl ConnectionTrait,
    mut row: customer::Model,
    at: DateTime<Utc>,
) -> Result<()> {
    row.version += 1;
    row.updated_at = at;
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}

/// Writes a new contact.
///
/// # Errors
/// When the database fails.
pub async fn insert_contact(tx: &impl ConnectionTrait, row: contact::Model) -> Result<()> {
    contact::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes a changed contact as its next version.
///
/// # Errors
/// When the database fails.
pub async fn save_contact(
    tx: &impl ConnectionTrait,
    mut row: contact::Model,
    at: DateTime<Utc>,
) -> Result<()> {
    row.version += 1;
    row.updated_at = at;
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}

/// Takes the primary mark from all contacts of a customer but one.
///
/// # Errors
/// When the database fails.
pub async fn demote_others(
    tx: &impl ConnectionTrait,
    customer: Uuid,
    except: Uuid,
    at: DateTime<Utc>,
) -> Result<()> {
    contact::Entity::update_many()
        .col_expr(contact::Column::IsPrimary, Expr::value(false))
        .col_expr(
            contact::Column::Version,
            Expr::col(contact::Column::Version).add(1),
        )
        .col_expr(contact::Column::UpdatedAt, Expr::value(at))
        .filter(contact::Column::CustomerId.eq(customer))
        .filter(contact::Column::Id.ne(except))
        .filter(contact::Column::IsPrimary.eq(true))
        .exec(tx)
        .await?;
    Ok(())
}

/// Deletes a contact; false when something else names it. Then the transaction is good for nothing more.
///
/// # Errors
/// When the database fails.
pub async fn delete_contact(tx: &impl ConnectionTrait, id: Uuid) -> Result<bool> {
    match contact::Entity::delete_by_id(id).exec(tx).await {
        Ok(_) => Ok(true),
        Err(error) if is_referenced(&error) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Writes a new unit; false when its serial number is taken, by whomever. Then the transaction is good for nothing more.
///
/// # Errors
/// When the database fails.
pub async fn insert_unit(tx: &impl ConnectionTrait, row: unit::Model) -> Result<bool> {
    let same = unit::Entity::find().filter(unit::Column::Serial.eq(&row.serial));
    if same.count(tx).await? > 0 {
        return Ok(false);
    }
    let inserted = unit::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await;
    match inserted {
        Ok(_) => Ok(true),
        // Somebody registered it between the look and the write.
        Err(error) => match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Ok(false),
            _ => Err(error.into()),
        },
    }
}
