//! Roles, holders and gifts in memory: what a preview plays changes on, and what the properties are tested on.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use entity::enums::UserKind;
use uuid::Uuid;

use super::{Refusal, RoleFacts, Setter};
use crate::access::{Grants, Permission, Principal};

/// Somebody who can hold roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The display name.
    pub name: String,
    /// Staff, partner or customer; an API client is a partner.
    pub kind: UserKind,
    /// May it sign in?
    pub active: bool,
}

/// One role in the hands of one principal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gift {
    /// When it stops counting.
    pub valid_until: Option<DateTime<Utc>>,
}

/// A change of rights that can be tried before it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Change what a role grants.
    Grants {
        /// The role.
        role: Uuid,
        /// What it is to grant as well.
        grant: Grants,
        /// What it is to grant no more.
        revoke: Grants,
    },
    /// Give a role, or change the end of a gift.
    Give {
        /// The role.
        role: Uuid,
        /// To whom.
        to: Principal,
        /// Until when.
        valid_until: Option<DateTime<Utc>>,
    },
    /// Take a role.
    Take {
        /// The role.
        role: Uuid,
        /// From whom.
        from: Principal,
    },
}

/// Everything that decides who may do what, as far as it was looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct World {
    /// The roles.
    pub roles: BTreeMap<Uuid, RoleFacts>,
    /// The principals.
    pub holders: BTreeMap<Principal, Holder>,
    /// Which principal has which role; only gifts that count now.
    pub gifts: BTreeMap<(Principal, Uuid), Gift>,
}

impl World {
    /// The roles of a principal.
    pub fn roles_of(&self, principal: Principal) -> impl Iterator<Item = Uuid> + '_ {
        self.gifts
            .range((principal, Uuid::nil())..=(principal, Uuid::max()))
            .map(|((_, role), _)| *role)
    }

    /// What a principal holds.
    #[must_use]
    pub fn grants_of(&self, principal: Principal) -> Grants {
        self.roles_of(principal)
            .filter_map(|role| self.roles.get(&role))
            .flat_map(|role| role.grants.pairs())
            .collect()
    }

    /// The principal as a setter of rights, with all its roles.
    #[must_use]
    pub fn setter(&self, principal: Principal) -> Setter {
        Setter {
            principal: Some(principal),
            roles: self.roles_of(principal).collect(),
            grants: self.grants_of(principal),
        }
    }

    /// Is there an active user who may manage roles by a gift without an end?
    #[must_use]
    pub fn has_admin(&self) -> bool {
        self.gifts.iter().any(|((principal, role), gift)| {
            matches!(principal, Principal::User(_))
                && gift.valid_until.is_none()
                && self
                    .holders
                    .get(principal)
                    .is_some_and(|holder| holder.active)
                && self
                    .roles
                    .get(role)
                    .is_some_and(|role| role.grants.has(Permission::RoleManage))
        })
    }

    /// What everybody holds.
    #[must_use]
    pub fn everybody(&self) -> BTreeMap<Principal, Grants> {
        let holders: BTreeSet<Principal> =
            self.gifts.keys().map(|(principal, _)| *principal).collect();
        holders
            .into_iter()
            .map(|principal| (principal, self.grants_of(principal)))
            .collect()
    }

    /// Makes a change if the rules allow it; the role and the principal must be known.
    ///
    /// # Errors
    /// Every reason why not; then nothing has changed.
    pub fn make(
        &mut self,
        setter: &Setter,
        change: &Change,
        at: DateTime<Utc>,
    ) -> Result<(), Vec<Refusal>> {
        let refusals = self.refusals(setter, change, at);
        if !refusals.is_empty() {
            return Err(refusals);
        }
        let before = self.clone();
        self.apply(change);
        if self.has_admin() || !before.has_admin() {
            Ok(())
        } else {
            *self = before;
            Err(vec![Refusal::LastAdmin])
        }
    }

    fn refusals(&self, setter: &Setter, change: &Change, at: DateTime<Utc>) -> Vec<Refusal> {
        match change {
            Change::Grants {
                role,
                grant,
                revoke,
            } => self.roles.get(role).map_or_else(Vec::new, |facts| {
                super::change_grants(setter, *role, facts, grant, revoke)
            }),
            Change::Give {
                role,
                to,
                valid_until,
            } => {
                let ended = valid_until.is_some_and(|until| until <= at);
                let (Some(facts), Some(holder)) = (self.roles.get(role), self.holders.get(to))
                else {
                    return Vec::new();
                };
                let mut refusals = super::give(setter, facts, *to, holder.kind);
                refusals.extend(ended.then_some(Refusal::EndsInThePast));
                refusals
            }
            Change::Take { role, from } => {
                let mut refusals = super::take(setter, *from);
                if refusals.is_empty() && !self.gifts.contains_key(&(*from, *role)) {
                    refusals.push(Refusal::NotGiven);
                }
                refusals
            }
        }
    }

    fn apply(&mut self, change: &Change) {
        match change {
            Change::Grants {
                role,
                grant,
                revoke,
            } => {
                if let Some(facts) = self.roles.get_mut(role) {
                    facts.grants.extend(grant.pairs());
                    for (permission, reach) in revoke.pairs() {
                        facts.grants.remove(permission, reach);
                    }
                }
            }
            Change::Give {
                role,
                to,
                valid_until,
            } => {
                let gift = Gift {
                    valid_until: *valid_until,
                };
                self.gifts.insert((*to, *role), gift);
            }
            Change::Take { role, from } => {
                self.gifts.remove(&(*from, *role));
            }
        }
    }
}
