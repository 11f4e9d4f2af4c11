//! What members hold through their accounts, for whoever foresees what a change of the organisation means.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use entity::enums::UserStatus;
use entity::{role_assignment, user};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{grants_by_role, valid_at};
use crate::access::Grants;
use crate::error::Result;

/// What these members hold, the active accounts of each united; who has no account or no role is left out. Two statements.
///
/// # Errors
/// When the database fails.
pub async fn grants_of_staff(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    at: DateTime<Utc>,
) -> Result<BTreeMap<Uuid, Grants>> {
    let rows = role_assignment::Entity::find()
        .find_also_related(user::Entity)
        .filter(user::Column::MemberId.is_in(members.iter().copied()))
        .filter(user::Column::Status.eq(UserStatus::Active))
        .filter(valid_at(at))
        .all(connection)
        .await?;
    let gifts: Vec<(Uuid, Uuid)> = rows
        .into_iter()
        .filter_map(|(gift, user)| Some((user?.member_id?, gift.role_id)))
        .collect();
    let roles: BTreeSet<Uuid> = gifts.iter().map(|(_, role)| *role).collect();
    let roles: Vec<Uuid> = roles.into_iter().collect();
    let grants = grants_by_role(connection, &roles).await?;
    let mut held: BTreeMap<Uuid, Grants> = BTreeMap::new();
    for (member, role) in gifts {
        if let Some(grants) = grants.get(&role) {
            held.entry(member).or_default().extend(grants.pairs());
        }
    }
    Ok(held)
}
