//! Who may have which field of planned reorganisations.

use crate::access::{Entry, Permission, Rule};

const MANAGE: Rule = Rule::Needs(Permission::OrganisationManage);
const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);
const PEOPLE: Rule = Rule::Needs(Permission::MemberRead);
const PAYLOAD: &[&str] = &["reorganisation", "userErrors"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of planned reorganisations.
pub const ACCESS: &[Entry] = &[
    entry(
        "Query",
        MANAGE,
        &["reorganisation", "reorganisationPreview", "reorganisations"],
    ),
    entry(
        "Mutation",
        MANAGE,
        &[
            "reorganisationApply",
            "reorganisationApprove",
            "reorganisationCancel",
            "reorganisationPlan",
            "reorganisationRevise",
        ],
    ),
    entry("ReorganisationPlanPayload", MANAGE, PAYLOAD),
    entry("ReorganisationRevisePayload", MANAGE, PAYLOAD),
    entry("ReorganisationApprovePayload", MANAGE, PAYLOAD),
    entry("ReorganisationApplyPayload", MANAGE, PAYLOAD),
    entry("ReorganisationCancelPayload", MANAGE, PAYLOAD),
    entry(
        "Reorganisation",
        MANAGE,
        &[
            "appliedAt",
            "approvedAt",
            "changes",
            "createdAt",
            "endedReason",
            "id",
            "reason",
            "state",
            "takesEffectOn",
            "title",
            "updatedAt",
            "version",
        ],
    ),
    entry(
        "ReorganisationConnection",
        MANAGE,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("ReorganisationEdge", MANAGE, &["cursor", "node"]),
    entry(
        "ReorganisationChange",
        MANAGE,
        &["code", "name", "nameZh", "place", "role", "step"],
    ),
    entry("ReorganisationChange", PEOPLE, &["member"]),
    entry(
        "ReorganisationChange",
        STRUCTURE,
        &["department", "parent", "position", "team"],
    ),
    entry(
        "ReorganisationPreview",
        MANAGE,
        &["affectedCount", "effects", "userErrors"],
    ),
    entry(
        "ReorganisationEffect",
        MANAGE,
        &["membersGainedCount", "membersLostCount", "shifts"],
    ),
    entry(
        "ReorganisationEffect",
        PEOPLE,
        &["member", "membersGained", "membersLost"],
    ),
    entry(
        "ReorganisationShift",
        MANAGE,
        &["gainedTeams", "lostTeams", "permissions", "reach"],
    ),
];
