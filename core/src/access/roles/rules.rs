//! The limits on the powerful, as pure decisions: who may put what into a role, and who may have it.

mod nearest;
mod refusal;
mod world;

use std::collections::BTreeSet;

use entity::enums::{Reach, UserKind};
use uuid::Uuid;

use crate::access::{Grants, Permission, Principal};

pub use nearest::nearest_key;
pub use refusal::Refusal;
pub use world::{Change, Gift, Holder, World};

/// A (permission, reach) pair.
pub type Pair = (Permission, Reach);

/// Whoever changes rights, as the decisions see it.
#[derive(Clone, Debug, Default)]
pub struct Setter {
    /// Who it is; none for the server itself.
    pub principal: Option<Principal>,
    /// The roles that it has, whatever its token names of them.
    pub roles: BTreeSet<Uuid>,
    /// What it holds with this token.
    pub grants: Grants,
}

/// A role, as the decisions see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleFacts {
    /// Its key.
    pub key: String,
    /// Did it come with the product?
    pub builtin: bool,
    /// For whom it is.
    pub audience: UserKind,
    /// What it grants.
    pub grants: Grants,
}

/// The reaches that a permission can be granted with to an audience; none when the permission isn't for it.
#[must_use]
pub fn sensible_reaches(permission: Permission, audience: UserKind) -> Vec<Reach> {
    if !permission.audience().contains(&audience) {
        return Vec::new();
    }
    let offered = permission.reaches().iter().copied();
    if audience == UserKind::Staff {
        return offered
            .filter(|reach| *reach != Reach::Organisation)
            .collect();
    }
    let narrow: Vec<Reach> = offered
        .filter(|reach| matches!(reach, Reach::Own | Reach::Organisation))
        .collect();
    if narrow.is_empty() {
        // Nothing narrower is offered: reference data such as the product catalogue.
        permission.reaches().to_vec()
    } else {
        narrow
    }
}

/// May a role for this audience hold the pair at all?
///
/// # Errors
/// When the permission isn't for the audience, or the reach makes no sense for it.
pub fn fits(audience: UserKind, (permission, reach): Pair) -> Result<(), Refusal> {
    let sensible = sensible_reaches(permission, audience);
    if sensible.is_empty() {
        Err(Refusal::NotForAudience {
            permission,
            audience,
        })
    } else if sensible.contains(&reach) {
        Ok(())
    } else {
        Err(Refusal::ReachMakesNoSense {
            permission,
            reach,
            sensible,
        })
    }
}

/// May this setter put the pair into a role for this audience?
fn may_put(setter: &Setter, audience: UserKind, pair: Pair) -> Result<(), Refusal> {
    fits(audience, pair)?;
    if setter.grants.covers(pair.0, pair.1) {
        Ok(())
    } else {
        Err(Refusal::NotHeld {
            permission: pair.0,
            reach: pair.1,
        })
    }
}

/// May this setter make a role for this audience with these grants? Says every reason why not.
#[must_use]
pub fn create(setter: &Setter, audience: UserKind, grants: &Grants) -> Vec<Refusal> {
    grants
        .pairs()
        .filter_map(|pair| may_put(setter, audience, pair).err())
        .collect()
}

/// May this setter change the grants of this role so? Says every reason why not.
#[must_use]
pub fn change_grants(
    setter: &Setter,
    role_id: Uuid,
    role: &RoleFacts,
    grant: &Grants,
    revoke: &Grants,
) -> Vec<Refusal> {
    if role.builtin && role.key == crate::access::builtin::ADMIN {
        return vec![Refusal::AdminRole];
    }
    if setter.roles.contains(&role_id) {
        return vec![Refusal::OwnRole];
    }
    let both = grant
        .pairs()
        .filter(|pair| revoke.pairs().any(|taken| taken == *pair))
        .map(|(permission, reach)| Refusal::GrantedAndRevoked { permission, reach });
    let added = grant
        .pairs()
        .filter_map(|pair| may_put(setter, role.audience, pair).err());
    both.chain(added).collect()
}

/// May this setter give this role to a principal of this kind? Says every reason why not.
#[must_use]
pub fn give(setter: &Setter, role: &RoleFacts, to: Principal, kind: UserKind) -> Vec<Refusal> {
    if setter.principal == Some(to) {
        return vec![Refusal::OwnGift];
    }
    if role.audience != kind {
        return vec![Refusal::WrongAudience {
            audience: role.audience,
            kind,
        }];
    }
    create(setter, role.audience, &role.grants)
}

/// May this setter take a role from this principal?
#[must_use]
pub fn take(setter: &Setter, from: Principal) -> Vec<Refusal> {
    if setter.principal == Some(from) {
        vec![Refusal::OwnGift]
    } else {
        Vec::new()
    }
}

/// May this role be removed while so many principals have it?
#[must_use]
pub fn delete(role: &RoleFacts, holders: u64) -> Vec<Refusal> {
    if role.builtin {
        vec![Refusal::Builtin]
    } else if holders > 0 {
        vec![Refusal::InUse { holders }]
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
