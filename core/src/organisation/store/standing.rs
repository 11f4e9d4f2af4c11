//! Where a member belongs on a day, read from the tables; and where the regions lie then.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::enums::Province;
use entity::{assignment, region_province};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::access::Standing;
use crate::error::Result;
use crate::organisation::rules;
use crate::organisation::scope::holding_on;
use crate::organisation::structure::store::teams_on;

/// Where a member belongs on a day; three statements, however large the organisation. Who the principal is, and its
/// partner or customer, is for identity to add.
///
/// # Errors
/// When the database fails.
pub async fn standing(
    connection: &impl ConnectionTrait,
    member_id: Uuid,
    day: NaiveDate,
) -> Result<Standing> {
    let assignments = assignment::Entity::find()
        .filter(assignment::Column::MemberId.eq(member_id))
        .filter(holding_on(
            assignment::Column::ValidFrom,
            assignment::Column::ValidTo,
            day,
        ))
        .all(connection)
        .await?;
    let teams = teams_on(connection, day).await?;
    let mut standing = rules::stand(member_id, day, &assignments, &teams);
    standing.provinces = region_province::Entity::find()
        .filter(region_province::Column::RegionId.is_in(standing.regions.iter().copied()))
        .filter(holding_on(
            region_province::Column::ValidFrom,
            region_province::Column::ValidTo,
            day,
        ))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| row.province)
        .collect();
    Ok(standing)
}

/// The provinces that regions have on a day; one statement, none when no region is named.
///
/// # Errors
/// When the database fails.
pub async fn provinces_of(
    connection: &impl ConnectionTrait,
    regions: &[Uuid],
    day: NaiveDate,
) -> Result<HashMap<Uuid, Vec<Province>>> {
    if regions.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = region_province::Entity::find()
        .filter(region_province::Column::RegionId.is_in(regions.iter().copied()))
        .filter(holding_on(
            region_province::Column::ValidFrom,
            region_province::Column::ValidTo,
            day,
        ))
        .all(connection)
        .await?;
    let mut provinces: HashMap<Uuid, Vec<Province>> = HashMap::new();
    for row in rows {
        provinces
            .entry(row.region_id)
            .or_default()
            .push(row.province);
    }
    Ok(provinces)
}
