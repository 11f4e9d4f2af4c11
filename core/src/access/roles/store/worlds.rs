//! Reads the part of the world that some changes touch, for a preview.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use entity::{api_client, role, role_assignment, user};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::decide::{holder, holder_of_client, holder_of_user, managing_roles};
use super::{grants_by_role, valid_at};
use crate::access::Principal;
use crate::access::roles::rules::{Change, Gift, RoleFacts, World};
use crate::error::Result;

/// All roles; whoever has one of the changed roles, is named in a change or may manage roles, with all their gifts.
pub async fn world(
    connection: &impl ConnectionTrait,
    changes: &[Change],
    at: DateTime<Utc>,
) -> Result<World> {
    let mut world = World {
        roles: all_roles(connection).await?,
        ..World::default()
    };
    let (mut changed, mut named) = (BTreeSet::new(), BTreeSet::new());
    for change in changes {
        match change {
            Change::Grants { role, .. } => {
                changed.insert(*role);
            }
            Change::Give { to: principal, .. }
            | Change::Take {
                from: principal, ..
            } => {
                named.insert(*principal);
            }
        }
    }
    let users = Concerned::new(&changed, &named, true);
    let rows = role_assignment::Entity::find()
        .find_also_related(user::Entity)
        .filter(users.of(role_assignment::Column::UserId))
        .filter(valid_at(at))
        .all(connection)
        .await?;
    for (gift, user) in rows {
        if let Some(user) = user {
            let principal = Principal::User(user.id);
            world.holders.insert(principal, holder_of_user(&user));
            world.gifts.insert((principal, gift.role_id), kept(&gift));
        }
    }
    let clients = Concerned::new(&changed, &named, false);
    let rows = role_assignment::Entity::find()
        .find_also_related(api_client::Entity)
        .filter(clients.of(role_assignment::Column::ApiClientId))
        .filter(valid_at(at))
        .all(connection)
        .await?;
    for (gift, client) in rows {
        if let Some(client) = client {
            let principal = Principal::ApiClient(client.id);
            world.holders.insert(principal, holder_of_client(&client));
            world.gifts.insert((principal, gift.role_id), kept(&gift));
        }
    }
    for principal in named {
        if !world.holders.contains_key(&principal)
            && let Some(found) = holder(connection, principal).await?
        {
            world.holders.insert(principal, found);
        }
    }
    Ok(world)
}

const fn kept(gift: &role_assignment::Model) -> Gift {
    Gift {
        valid_until: gift.valid_until,
    }
}

async fn all_roles(connection: &impl ConnectionTrait) -> Result<BTreeMap<Uuid, RoleFacts>> {
    let roles = role::Entity::find().all(connection).await?;
    let ids: Vec<Uuid> = roles.iter().map(|role| role.id).collect();
    let mut grants = grants_by_role(connection, &ids).await?;
    Ok(roles
        .into_iter()
        .map(|role| {
            let facts = RoleFacts {
                key: role.key,
                builtin: role.builtin,
                audience: role.audience,
                grants: grants.remove(&role.id).unwrap_or_default(),
            };
            (role.id, facts)
        })
        .collect())
}

/// The users, or the API clients, that the changes concern.
struct Concerned {
    roles: Vec<Uuid>,
    ids: Vec<Uuid>,
}

impl Concerned {
    fn new(roles: &BTreeSet<Uuid>, named: &BTreeSet<Principal>, users: bool) -> Self {
        let ids = named
            .iter()
            .filter(|principal| matches!(principal, Principal::User(_)) == users)
            .map(|principal| principal.id())
            .collect();
        Self {
            roles: roles.iter().copied().collect(),
            ids,
        }
    }

    /// Their gifts, by the column that names the principal.
    fn of(&self, column: role_assignment::Column) -> Condition {
        Condition::any()
            .add(column.is_in(self.ids.iter().copied()))
            .add(column.in_subquery(self.holding(column)))
    }

    fn holding(&self, column: role_assignment::Column) -> SelectStatement {
        role_assignment::Entity::find()
            .select_only()
            .column(column)
            .filter(column.is_not_null())
            .filter(
                Condition::any()
                    .add(role_assignment::Column::RoleId.is_in(self.roles.iter().copied()))
                    .add(role_assignment::Column::RoleId.in_subquery(managing_roles())),
            )
            .into_query()
    }
}
