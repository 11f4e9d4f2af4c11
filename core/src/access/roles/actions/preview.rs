//! What changes of rights would do, before they are made. Nothing is written.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{GrantsChange, NewGift, TakenRole, parse};
use crate::access::roles::rules::{Change, Holder, Refusal, World};
use crate::access::roles::store;
use crate::access::viewer::forbidden;
use crate::access::{Call, Grants, Permission, Principal, Registry, Rule};
use crate::db::Db;
use crate::error::{Result, Text, UserError, UserErrorCode};

/// A change as the mutations take it.
#[derive(Clone, Debug)]
pub enum Planned {
    /// Change what a role grants.
    Grants(GrantsChange),
    /// Give a role.
    Give(NewGift),
    /// Take a role.
    Take(TakenRole),
}

/// What the changes would do to one principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Who.
    pub principal: Principal,
    /// Its name and kind.
    pub holder: Holder,
    /// What it would hold as well.
    pub gained: Grants,
    /// What it would hold no more.
    pub lost: Grants,
    /// Fields as `Type.field` that it could have then and can't now.
    pub gained_fields: Vec<String>,
    /// Fields that it can have now and couldn't then.
    pub lost_fields: Vec<String>,
}

/// What the changes would do.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// Which changes would be refused, and why; they are left out of the effects.
    pub mistakes: Vec<UserError>,
    /// The effects, by name.
    pub effects: Vec<Effect>,
}

/// Plays changes one after the other and says who would gain and lose what.
///
/// # Errors
/// A missing permission, or a failure of the database.
pub async fn preview(
    db: &Db,
    call: &Call,
    registry: &Registry,
    planned: &[Planned],
) -> Result<Preview> {
    call.viewer.require(Permission::RoleManage)?;
    let mut mistakes = Vec::new();
    let parsed: Vec<Option<Change>> = planned
        .iter()
        .enumerate()
        .map(|(index, planned)| change_of(index, planned, &mut mistakes))
        .collect();
    let known: Vec<Change> = parsed.iter().flatten().cloned().collect();
    let setter = store::setter(db.reader(), call).await?;
    if !setter.grants.has(Permission::RoleManage) {
        return Err(forbidden(Permission::RoleManage).into());
    }
    let before = store::world(db.reader(), &known, call.at).await?;
    let mut after = before.clone();
    for (index, change) in parsed.iter().enumerate() {
        let Some(change) = change else { continue };
        let outcome = match unknown(&after, change, index) {
            Some(mistake) => Err(vec![mistake]),
            None => after.make(&setter, change, call.at).map_err(|refusals| {
                let at = |refusal: &Refusal| refusal.at(&format!("changes.{index}"));
                refusals.iter().map(at).collect()
            }),
        };
        mistakes.extend(outcome.err().unwrap_or_default());
    }
    Ok(Preview {
        mistakes,
        effects: effects(&before, &after, registry),
    })
}

fn change_of(index: usize, planned: &Planned, mistakes: &mut Vec<UserError>) -> Option<Change> {
    Some(match planned {
        Planned::Grants(change) => {
            let (grant, unknown) = parse(&change.grant, &format!("changes.{index}.grants.grant"));
            let (revoke, more) = parse(&change.revoke, &format!("changes.{index}.grants.revoke"));
            if !(unknown.is_empty() && more.is_empty()) {
                mistakes.extend(unknown.into_iter().chain(more));
                return None;
            }
            Change::Grants {
                role: change.id,
                grant,
                revoke,
            }
        }
        Planned::Give(gift) => Change::Give {
            role: gift.role_id,
            to: gift.to,
            valid_until: gift.valid_until,
        },
        Planned::Take(taken) => Change::Take {
            role: taken.role_id,
            from: taken.from,
        },
    })
}

/// The mistake of a change about a role or principal that doesn't exist.
fn unknown(world: &World, change: &Change, index: usize) -> Option<UserError> {
    let (role, principal): (Uuid, Option<Principal>) = match change {
        Change::Grants { role, .. } => (*role, None),
        Change::Give { role, to, .. } => (*role, Some(*to)),
        Change::Take { role, from } => (*role, Some(*from)),
    };
    let text = if !world.roles.contains_key(&role) {
        Text::new("There is no such role.", "角色不存在。")
    } else if principal.is_some_and(|principal| !world.holders.contains_key(&principal)) {
        Text::new("There is no such account.", "账号不存在。")
    } else {
        return None;
    };
    Some(UserError::new(
        UserErrorCode::NotFound,
        &format!("changes.{index}"),
        text,
    ))
}

fn effects(before: &World, after: &World, registry: &Registry) -> Vec<Effect> {
    let (then, now) = (after.everybody(), before.everybody());
    let none = Grants::default();
    let mut fields = FieldsCache {
        registry,
        known: BTreeMap::new(),
    };
    let principals: BTreeSet<&Principal> = then.keys().chain(now.keys()).collect();
    let mut effects: Vec<Effect> = principals
        .into_iter()
        .filter_map(|principal| {
            let held = now.get(principal).unwrap_or(&none);
            let to_hold = then.get(principal).unwrap_or(&none);
            let (gained, lost) = (difference(to_hold, held), difference(held, to_hold));
            if gained.is_empty() && lost.is_empty() {
                return None;
            }
            Some(Effect {
                principal: *principal,
                holder: after.holders.get(principal)?.clone(),
                gained_fields: fields.opened(&gained, held),
                lost_fields: fields.opened(&lost, to_hold),
                gained,
                lost,
            })
        })
        .collect();
    effects.sort_by(|a, b| (&a.holder.name, a.principal).cmp(&(&b.holder.name, b.principal)));
    effects
}

/// What the first holds and the second doesn't.
fn difference(first: &Grants, second: &Grants) -> Grants {
    let other: BTreeSet<_> = second.pairs().collect();
    first.pairs().filter(|pair| !other.contains(pair)).collect()
}

/// The fields behind each permission, looked up once.
struct FieldsCache<'r> {
    registry: &'r Registry,
    known: BTreeMap<Permission, Vec<String>>,
}

impl FieldsCache<'_> {
    /// The fields behind the permissions of `these` that `others` doesn't hold with any reach, sorted.
    fn opened(&mut self, these: &Grants, others: &Grants) -> Vec<String> {
        let permissions: BTreeSet<Permission> = these
            .pairs()
            .map(|(permission, _)| permission)
            .filter(|permission| !others.has(*permission))
            .collect();
        let registry = self.registry;
        let mut fields: Vec<String> = permissions
            .into_iter()
            .flat_map(|permission| {
                self.known
                    .entry(permission)
                    .or_insert_with(|| fields_of(registry, permission))
                    .clone()
            })
            .collect();
        fields.sort();
        fields
    }
}

fn fields_of(registry: &Registry, permission: Permission) -> Vec<String> {
    registry
        .iter()
        .filter(|(_, _, rule)| *rule == Rule::Needs(permission))
        .map(|(type_name, field, _)| format!("{type_name}.{field}"))
        .collect()
}
