//! Every sentence of the limits on the powerful, as tables.

use super::*;

use Permission::{
    AuditRead, CustomerRead, PartnerRead, ProductRead, RoleManage, TicketAssign, TicketRead,
};
use Reach::{All, Department, Organisation, Own, Region, Team, TeamTree};
use UserKind::{Customer, Partner, Staff};

const SELF: Principal = Principal::User(Uuid::from_u128(1));
const OTHER: Principal = Principal::User(Uuid::from_u128(2));
const CLIENT: Principal = Principal::ApiClient(Uuid::from_u128(1));
const ROLE: Uuid = Uuid::from_u128(10);

fn grants(pairs: &[Pair]) -> Grants {
    pairs.iter().copied().collect()
}

fn setter(pairs: &[Pair]) -> Setter {
    Setter {
        principal: Some(SELF),
        roles: BTreeSet::new(),
        grants: grants(pairs),
    }
}

fn role(audience: UserKind, pairs: &[Pair]) -> RoleFacts {
    RoleFacts {
        key: "some".to_owned(),
        builtin: false,
        audience,
        grants: grants(pairs),
    }
}

#[test]
fn nobody_grants_what_they_do_not_hold() {
    let not_held = |permission, reach| vec![Refusal::NotHeld { permission, reach }];
    let cases: &[(&[Pair], Pair, Vec<Refusal>)] = &[
        (&[(TicketRead, Team)], (TicketRead, Team), vec![]),
        (&[(TicketRead, All)], (TicketRead, Team), vec![]),
        (&[(TicketRead, All)], (TicketRead, All), vec![]),
        (
            &[(TicketRead, Team)],
            (TicketRead, All),
            not_held(TicketRead, All),
        ),
        // Reaches are sets of rows, not a ladder.
        (
            &[(TicketRead, TeamTree)],
            (TicketRead, Team),
            not_held(TicketRead, Team),
        ),
        (
            &[(TicketRead, Region)],
            (TicketRead, Own),
            not_held(TicketRead, Own),
        ),
        // A wide reach on one permission says nothing about another.
        (
            &[(CustomerRead, All)],
            (TicketRead, Own),
            not_held(TicketRead, Own),
        ),
        (&[], (TicketRead, Own), not_held(TicketRead, Own)),
    ];
    for (held, wanted, expected) in cases {
        let (setter, wanted) = (setter(held), grants(&[*wanted]));
        assert_eq!(
            &create(&setter, Staff, &wanted),
            expected,
            "create {wanted:?}"
        );
        let empty = role(Staff, &[]);
        let changed = change_grants(&setter, ROLE, &empty, &wanted, &Grants::default());
        assert_eq!(&changed, expected, "grant {wanted:?}");
        let full = RoleFacts {
            grants: wanted.clone(),
            ..empty
        };
        assert_eq!(
            &give(&setter, &full, OTHER, Staff),
            expected,
            "give {wanted:?}"
        );
    }
}

#[test]
fn nobody_changes_their_own_roles() {
    let admin = Setter {
        principal: Some(SELF),
        roles: BTreeSet::from([ROLE]),
        grants: Grants::everything(),
    };
    let own = role(Staff, &[(TicketRead, Team)]);
    let none = Grants::default();
    let pair = grants(&[(TicketRead, Team)]);
    assert_eq!(
        change_grants(&admin, ROLE, &own, &pair, &none),
        vec![Refusal::OwnRole]
    );
    assert_eq!(
        change_grants(&admin, ROLE, &own, &none, &pair),
        vec![Refusal::OwnRole]
    );
    assert_eq!(give(&admin, &own, SELF, Staff), vec![Refusal::OwnGift]);
    assert_eq!(take(&admin, SELF), vec![Refusal::OwnGift]);
    assert_eq!(give(&admin, &own, OTHER, Staff), vec![]);
    assert_eq!(take(&admin, OTHER), vec![]);
    // An API client of the same number is somebody else.
    assert_eq!(take(&admin, CLIENT), vec![]);
    let elsewhere = Uuid::from_u128(11);
    assert_eq!(change_grants(&admin, elsewhere, &own, &pair, &none), vec![]);
}

#[test]
fn outsiders_never_get_what_is_for_staff() {
    let admin = setter(&[]);
    let admin = Setter {
        grants: Grants::everything(),
        ..admin
    };
    for audience in [Staff, Partner, Customer] {
        for kind in [Staff, Partner, Customer] {
            let given = give(&admin, &role(audience, &[]), OTHER, kind);
            assert_eq!(given.is_empty(), audience == kind, "{audience:?} {kind:?}");
        }
        for permission in Permission::ALL {
            let allowed = permission.audience().contains(&audience);
            let any = permission
                .reaches()
                .iter()
                .any(|reach| fits(audience, (*permission, *reach)).is_ok());
            assert_eq!(any, allowed, "{} for {audience:?}", permission.key());
        }
    }
}

#[test]
fn reaches_end_at_the_outsiders_organisation() {
    let cases: &[(UserKind, Permission, &[Reach])] = &[
        (
            Staff,
            TicketRead,
            &[Own, Team, TeamTree, Department, Region, All],
        ),
        (Staff, PartnerRead, &[All]),
        (Staff, ProductRead, &[All]),
        (Staff, AuditRead, &[All]),
        (Partner, TicketRead, &[Own, Organisation]),
        (Customer, TicketRead, &[Own, Organisation]),
        (Partner, PartnerRead, &[Organisation]),
        (Customer, PartnerRead, &[]),
        (Partner, ProductRead, &[All]),
        (Customer, ProductRead, &[All]),
        (Partner, TicketAssign, &[]),
        (Partner, RoleManage, &[]),
    ];
    for (audience, permission, expected) in cases {
        assert_eq!(
            sensible_reaches(*permission, *audience),
            *expected,
            "{} for {audience:?}",
            permission.key()
        );
    }
    for permission in Permission::ALL {
        for audience in [Partner, Customer] {
            for reach in sensible_reaches(*permission, audience) {
                let narrow = matches!(reach, Own | Organisation);
                assert!(narrow || *permission == ProductRead);
            }
        }
    }
}

#[test]
fn what_came_with_the_product_stays() {
    let admin = Setter {
        principal: Some(SELF),
        roles: BTreeSet::new(),
        grants: Grants::everything(),
    };
    let builtin = RoleFacts {
        builtin: true,
        ..role(Staff, &[])
    };
    assert_eq!(delete(&builtin, 0), vec![Refusal::Builtin]);
    assert_eq!(
        delete(&role(Staff, &[]), 3),
        vec![Refusal::InUse { holders: 3 }]
    );
    assert_eq!(delete(&role(Staff, &[]), 0), vec![]);
    let everything = RoleFacts {
        key: "admin".to_owned(),
        ..builtin.clone()
    };
    let (pair, none) = (grants(&[(TicketRead, All)]), Grants::default());
    assert_eq!(
        change_grants(&admin, ROLE, &everything, &none, &pair),
        vec![Refusal::AdminRole]
    );
    assert_eq!(change_grants(&admin, ROLE, &builtin, &none, &pair), vec![]);
}

#[test]
fn granting_and_revoking_the_same_is_a_slip() {
    let admin = Setter {
        grants: Grants::everything(),
        ..setter(&[])
    };
    let pair = grants(&[(TicketRead, Team)]);
    let refused = change_grants(&admin, ROLE, &role(Staff, &[]), &pair, &pair);
    assert_eq!(
        refused,
        vec![Refusal::GrantedAndRevoked {
            permission: TicketRead,
            reach: Team
        }]
    );
}

#[test]
fn the_built_in_roles_keep_to_the_rules() {
    for builtin in crate::access::builtin::ROLES {
        for pair in builtin.grants().pairs() {
            assert_eq!(
                fits(builtin.audience, pair),
                Ok(()),
                "{} {pair:?}",
                builtin.key
            );
        }
    }
}
