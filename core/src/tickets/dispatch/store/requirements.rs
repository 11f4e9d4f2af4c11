//! Which tickets need which skills: reading and writing the rules.

use chrono::{DateTime, Utc};
use entity::enums::TicketKind;
use entity::{dispatch_requirement, product, skill};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::access::{Listed, Viewer, compare_reference};
use crate::db::filter::{IdMatches, Matches};
use crate::db::keyset::Sort;
use crate::error::Result;
use crate::tickets::dispatch::rules::Requirement;

/// Which requirements a list is about. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct RequirementFilter {
    /// The kind of ticket.
    pub kind: Option<Matches<TicketKind>>,
    /// The product.
    pub product_id: Option<IdMatches>,
    /// The skill.
    pub skill_id: Option<IdMatches>,
}

/// In which order requirements come; ties are broken by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequirementOrder {
    /// By kind, then by product; rules for all of them last.
    Kind,
    /// The newest first.
    Newest,
}

impl Listed for dispatch_requirement::Entity {
    type Filter = RequirementFilter;
    type Order = RequirementOrder;

    fn matching(filter: &RequirementFilter, viewer: &Viewer) -> Condition {
        use dispatch_requirement::Column;
        Condition::all()
            .add_option(filter.kind.as_ref().map(|kind| kind.on(Column::Kind)))
            .add_option(filter.product_id.as_ref().map(|wanted| {
                compare_reference::<product::Entity>(wanted, Column::ProductId, viewer)
            }))
            .add_option(
                filter.skill_id.as_ref().map(|wanted| {
                    compare_reference::<skill::Entity>(wanted, Column::SkillId, viewer)
                }),
            )
    }

    fn sorts(order: RequirementOrder) -> Vec<Sort<dispatch_requirement::Column>> {
        use dispatch_requirement::Column;
        let nullable = |column| Sort {
            column,
            descending: false,
            nullable: true,
        };
        match order {
            RequirementOrder::Kind => vec![
                nullable(Column::Kind),
                nullable(Column::ProductId),
                Sort::ascending(Column::Id),
            ],
            RequirementOrder::Newest => vec![
                Sort::descending(Column::CreatedAt),
                Sort::descending(Column::Id),
            ],
        }
    }
}

/// All requirements, for the server's own decisions.
///
/// # Errors
/// When the database fails.
pub async fn requirements(connection: &impl ConnectionTrait) -> Result<Vec<Requirement>> {
    let rows = dispatch_requirement::Entity::find()
        .order_by_asc(dispatch_requirement::Column::Id)
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Requirement {
            kind: row.kind,
            product: row.product_id,
            skill: row.skill_id,
            level: u8::try_from(row.min_level).unwrap_or(u8::MAX),
        })
        .collect())
}

/// Is there another requirement of the same kind, product and skill?
///
/// # Errors
/// When the database fails.
pub async fn same_requirement(
    connection: &impl ConnectionTrait,
    row: &dispatch_requirement::Model,
) -> Result<bool> {
    use dispatch_requirement::Column;
    let mut same = Condition::all()
        .add(Column::Id.ne(row.id))
        .add(Column::SkillId.eq(row.skill_id));
    same = match row.kind {
        Some(kind) => same.add(Column::Kind.eq(kind)),
        None => same.add(Column::Kind.is_null()),
    };
    same = match row.product_id {
        Some(product) => same.add(Column::ProductId.eq(product)),
        None => same.add(Column::ProductId.is_null()),
    };
    let found = dispatch_requirement::Entity::find()
        .filter(same)
        .one(connection)
        .await?;
    Ok(found.is_some())
}

/// Writes a new requirement.
///
/// # Errors
/// When the database fails.
pub async fn insert_requirement(
    connection: &impl ConnectionTrait,
    row: dispatch_requirement::Model,
) -> Result<dispatch_requirement::Model> {
    Ok(row
        .into_active_model()
        .reset_all()
        .insert(connection)
        .await?)
}

/// Writes a changed requirement as its next version.
///
/// # Errors
/// When the database fails.
pub async fn save_requirement(
    connection: &impl ConnectionTrait,
    mut row: dispatch_requirement::Model,
    at: DateTime<Utc>,
) -> Result<dispatch_requirement::Model> {
    row.version += 1;
    row.updated_at = at;
    Ok(row
        .into_active_model()
        .reset_all()
        .update(connection)
        .await?)
}

/// Removes a requirement. Decisions keep what they asked for.
///
/// # Errors
/// When the database fails.
pub async fn delete_requirement(connection: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    dispatch_requirement::Entity::delete_by_id(id)
        .exec(connection)
        .await?;
    Ok(())
}
