//! Who may have which field of rotations.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::RotationRead);
const PEOPLE: Rule = Rule::Needs(Permission::MemberRead);
const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);
const MANAGE: Rule = Rule::Needs(Permission::OrganisationManage);
const PAYLOAD: &[&str] = &["rotation", "userErrors"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of rotations.
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["rotation", "rotations"]),
    entry(
        "Mutation",
        MANAGE,
        &[
            "rotationBegin",
            "rotationFinish",
            "rotationPlan",
            "rotationWithdraw",
        ],
    ),
    entry("Member", READ, &["rotations"]),
    entry("Rotation", PEOPLE, &["assignment", "member", "origin"]),
    entry("Rotation", STRUCTURE, &["position", "team"]),
    entry("RotationFilter", PEOPLE, &["memberId"]),
    entry("RotationFilter", STRUCTURE, &["teamId"]),
    entry(
        "Rotation",
        READ,
        &[
            "createdAt",
            "endsOn",
            "finishedOn",
            "goal",
            "id",
            "overdue",
            "result",
            "returned",
            "role",
            "startsOn",
            "state",
            "updatedAt",
            "version",
        ],
    ),
    entry(
        "RotationConnection",
        READ,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("RotationEdge", READ, &["cursor", "node"]),
    entry("RotationPlanPayload", MANAGE, PAYLOAD),
    entry("RotationBeginPayload", MANAGE, PAYLOAD),
    entry("RotationFinishPayload", MANAGE, PAYLOAD),
    entry("RotationWithdrawPayload", MANAGE, PAYLOAD),
];
