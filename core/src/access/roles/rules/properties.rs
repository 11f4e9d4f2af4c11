//! Whatever a sequence of changes does: nobody ever holds what no administrator held, outsiders keep to what is for them,
//! and somebody remains who may manage roles.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;

const PRINCIPALS: [(Principal, UserKind); 6] = [
    (Principal::User(Uuid::from_u128(1)), UserKind::Staff),
    (Principal::User(Uuid::from_u128(2)), UserKind::Staff),
    (Principal::User(Uuid::from_u128(3)), UserKind::Staff),
    (Principal::User(Uuid::from_u128(4)), UserKind::Partner),
    (Principal::User(Uuid::from_u128(5)), UserKind::Customer),
    (Principal::ApiClient(Uuid::from_u128(1)), UserKind::Partner),
];
const ROLES: u128 = 6;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).expect("a valid time")
}

fn pair() -> impl Strategy<Value = Pair> {
    let all: Vec<Pair> = Permission::ALL
        .iter()
        .flat_map(|permission| {
            permission
                .reaches()
                .iter()
                .map(|reach| (*permission, *reach))
        })
        .collect();
    // Half of the time the pair that the rules turn on.
    prop_oneof![
        1 => Just((Permission::RoleManage, Reach::All)),
        3 => proptest::sample::select(all),
    ]
}

fn some_grants() -> impl Strategy<Value = Grants> {
    proptest::collection::vec(pair(), 0..4).prop_map(|pairs| pairs.into_iter().collect())
}

fn principal() -> impl Strategy<Value = Principal> {
    proptest::sample::select(PRINCIPALS.map(|(principal, _)| principal).to_vec())
}

fn role() -> impl Strategy<Value = Uuid> {
    (100..100 + ROLES).prop_map(Uuid::from_u128)
}

fn change() -> impl Strategy<Value = Change> {
    let until = prop_oneof![
        3 => Just(None),
        1 => Just(Some(now() + TimeDelta::days(1))),
        1 => Just(Some(now() - TimeDelta::days(1))),
    ];
    prop_oneof![
        (role(), some_grants(), some_grants()).prop_map(|(role, grant, revoke)| Change::Grants {
            role,
            grant,
            revoke
        }),
        (role(), principal(), until).prop_map(|(role, to, valid_until)| Change::Give {
            role,
            to,
            valid_until
        }),
        (role(), principal()).prop_map(|(role, from)| Change::Take { role, from }),
    ]
}

/// A world that keeps to the rules: an admin, some roles for each audience, some gifts.
fn world() -> impl Strategy<Value = World> {
    let audiences = [UserKind::Staff, UserKind::Partner, UserKind::Customer];
    let roles = proptest::collection::vec(some_grants(), usize::try_from(ROLES).expect("few"));
    let gifts = proptest::collection::vec((principal(), role()), 0..8);
    (roles, gifts, any::<bool>()).prop_map(move |(grants, gifts, everything)| {
        let mut world = World::default();
        for (principal, kind) in PRINCIPALS {
            let holder = Holder {
                name: String::new(),
                kind,
                active: true,
            };
            world.holders.insert(principal, holder);
        }
        for (number, grants) in grants.into_iter().enumerate() {
            let audience = audiences[number % audiences.len()];
            let mut grants: Grants = grants
                .pairs()
                .filter(|pair| fits(audience, *pair).is_ok())
                .collect();
            let builtin = number == 0;
            if builtin && everything {
                grants = Grants::everything();
            }
            if builtin {
                grants.add(Permission::RoleManage, Reach::All);
            }
            let key = if builtin {
                "admin".to_owned()
            } else {
                format!("role{number}")
            };
            let facts = RoleFacts {
                key,
                builtin,
                audience,
                grants,
            };
            world
                .roles
                .insert(Uuid::from_u128(100 + number as u128), facts);
        }
        let gift = Gift { valid_until: None };
        world
            .gifts
            .insert((PRINCIPALS[0].0, Uuid::from_u128(100)), gift);
        for (to, role) in gifts {
            if world.roles[&role].audience == world.holders[&to].kind {
                world.gifts.insert((to, role), gift);
            }
        }
        world
    })
}

fn pairs_of_all(world: &World) -> Grants {
    world
        .everybody()
        .values()
        .flat_map(|held| held.pairs().collect::<Vec<_>>())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn rights_never_grow_beyond_those_who_give_them(
        start in world(),
        steps in proptest::collection::vec((principal(), change()), 0..25),
    ) {
        let mut world = start;
        // What anybody held, or a role had that nobody held then: a role given is covered by its giver.
        let at_first = pairs_of_all(&world);
        for (who, change) in steps {
            let setter = world.setter(who);
            if !setter.grants.has(Permission::RoleManage) {
                continue;
            }
            let own_before = setter.grants.clone();
            let outcome = world.make(&setter, &change, now());
            prop_assert!(world.has_admin(), "no admin after {change:?}: {outcome:?}");
            prop_assert_eq!(&world.grants_of(who), &own_before, "own rights changed by {:?}", change);
            for (principal, held) in world.everybody() {
                let kind = world.holders[&principal].kind;
                for (permission, reach) in held.pairs() {
                    prop_assert!(at_first.covers(permission, reach), "{} grew by {change:?}", permission.key());
                    prop_assert!(permission.audience().contains(&kind));
                    prop_assert!(kind == UserKind::Staff || fits(kind, (permission, reach)).is_ok());
                }
            }
        }
    }
}
