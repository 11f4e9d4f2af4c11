//! A set of (permission, reach) pairs: what a role gives, or what a viewer has from all its roles.

use std::collections::{BTreeMap, BTreeSet};

use entity::enums::Reach;

use super::Permission;

/// Which reaches are held for which permission.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Grants(BTreeMap<Permission, BTreeSet<Reach>>);

impl Grants {
    /// Every permission with reach `ALL`, or with `OWN` where it only ever concerns oneself: the server itself.
    #[must_use]
    pub fn everything() -> Self {
        let widest = |permission: Permission| {
            let whole = permission.reaches().contains(&Reach::All);
            if whole { Reach::All } else { Reach::Own }
        };
        Permission::ALL
            .iter()
            .map(|permission| (*permission, widest(*permission)))
            .collect()
    }

    /// What the built-in admin holds: everything but what is [kept from it](Permission::is_kept_from_admins).
    #[must_use]
    pub fn of_admins() -> Self {
        Self::everything().without_kept()
    }

    /// These without what is [kept from administrators](Permission::is_kept_from_admins).
    #[must_use]
    pub fn without_kept(&self) -> Self {
        self.pairs()
            .filter(|(permission, _)| !permission.is_kept_from_admins())
            .collect()
    }

    /// Adds one pair.
    pub fn add(&mut self, permission: Permission, reach: Reach) {
        self.0.entry(permission).or_default().insert(reach);
    }

    /// Takes one pair away.
    pub fn remove(&mut self, permission: Permission, reach: Reach) {
        if let Some(reaches) = self.0.get_mut(&permission) {
            reaches.remove(&reach);
            if reaches.is_empty() {
                self.0.remove(&permission);
            }
        }
    }

    /// Is the permission held with any reach at all?
    #[must_use]
    pub fn has(&self, permission: Permission) -> bool {
        self.0.contains_key(&permission)
    }

    /// The reaches held for one permission; their rows are united.
    pub fn reaches(&self, permission: Permission) -> impl Iterator<Item = Reach> + '_ {
        self.0.get(&permission).into_iter().flatten().copied()
    }

    /// Does this set hold that pair, itself or through `ALL`?
    #[must_use]
    pub fn covers(&self, permission: Permission, reach: Reach) -> bool {
        self.0
            .get(&permission)
            .is_some_and(|held| held.contains(&reach) || held.contains(&Reach::All))
    }

    /// All pairs, sorted.
    pub fn pairs(&self) -> impl Iterator<Item = (Permission, Reach)> + '_ {
        self.0.iter().flat_map(|(permission, reaches)| {
            reaches.iter().map(move |reach| (*permission, *reach))
        })
    }

    /// Nothing held at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(Permission, Reach)> for Grants {
    fn from_iter<I: IntoIterator<Item = (Permission, Reach)>>(pairs: I) -> Self {
        let mut grants = Self::default();
        grants.extend(pairs);
        grants
    }
}

impl Extend<(Permission, Reach)> for Grants {
    fn extend<I: IntoIterator<Item = (Permission, Reach)>>(&mut self, pairs: I) {
        for (permission, reach) in pairs {
            self.add(permission, reach);
        }
    }
}
