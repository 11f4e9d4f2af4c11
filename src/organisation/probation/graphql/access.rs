//! Who may have which field about probation and tenure.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::ProbationRead);
const PEOPLE: Rule = Rule::Needs(Permission::MemberRead);
const MANAGE: Rule = Rule::Needs(Permission::ProbationManage);
const REVIEW: Rule = Rule::Needs(Permission::ProbationReview);

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field about probation and tenure.
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["probation", "probations"]),
    entry("Mutation", MANAGE, &["probationStart"]),
    entry("Mutation", REVIEW, &["probationReview"]),
    entry("Member", READ, &["probations"]),
    entry("Member", PEOPLE, &["tenure"]),
    entry("Probation", PEOPLE, &["member"]),
    entry("ProbationFilter", PEOPLE, &["memberId"]),
    entry(
        "Probation",
        READ,
        &[
            "createdAt",
            "due",
            "endedOn",
            "id",
            "plannedEnd",
            "reviews",
            "startsOn",
            "state",
            "updatedAt",
            "version",
        ],
    ),
    entry(
        "ProbationConnection",
        READ,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("ProbationEdge", READ, &["cursor", "node"]),
    entry(
        "ProbationReview",
        READ,
        &[
            "createdAt",
            "effectiveOn",
            "newEnd",
            "outcome",
            "reason",
            "reviewedBy",
        ],
    ),
    entry(
        "MemberTenure",
        PEOPLE,
        &["days", "months", "totalDays", "years"],
    ),
    entry(
        "ProbationStartPayload",
        MANAGE,
        &["probation", "userErrors"],
    ),
    entry(
        "ProbationReviewPayload",
        REVIEW,
        &["probation", "userErrors"],
    ),
];
