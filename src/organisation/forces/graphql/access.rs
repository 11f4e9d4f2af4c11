//! Who may have which field of task forces.

use crate::access::{Entry, Permission, Rule};

const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);
const PEOPLE: Rule = Rule::Needs(Permission::MemberRead);
const MANAGE: Rule = Rule::Needs(Permission::OrganisationManage);

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of task forces.
pub const ACCESS: &[Entry] = &[
    entry("Query", STRUCTURE, &["taskForce", "taskForces"]),
    entry(
        "Mutation",
        MANAGE,
        &["taskForceDissolve", "taskForceForm", "taskForceJoin"],
    ),
    entry(
        "TaskForce",
        STRUCTURE,
        &[
            "createdAt",
            "dissolvedOn",
            "goal",
            "id",
            "plannedEnd",
            "result",
            "team",
            "updatedAt",
            "version",
        ],
    ),
    entry("TaskForce", PEOPLE, &["lead"]),
    entry(
        "TaskForceConnection",
        STRUCTURE,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("TaskForceEdge", STRUCTURE, &["cursor", "node"]),
    entry(
        "TaskForceFormPayload",
        MANAGE,
        &["taskForce", "userErrors", "warnings"],
    ),
    entry(
        "TaskForceJoinPayload",
        MANAGE,
        &["taskForce", "userErrors", "warnings"],
    ),
    entry(
        "TaskForceDissolvePayload",
        MANAGE,
        &["taskForce", "userErrors"],
    ),
    entry(
        "AllocationWarning",
        MANAGE,
        &["day", "memberId", "message", "percent"],
    ),
    entry(
        "MemberAllocation",
        PEOPLE,
        &["assignments", "overloaded", "percent"],
    ),
];
