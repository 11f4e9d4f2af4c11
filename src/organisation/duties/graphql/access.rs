//! Who may have which field about duties.

use crate::access::{Entry, Permission, Rule};

const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);
const PEOPLE: Rule = Rule::Needs(Permission::MemberRead);
const MANAGE: Rule = Rule::Needs(Permission::OrganisationManage);
const PAYLOAD: &[&str] = &["position", "userErrors"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field about duties.
pub const ACCESS: &[Entry] = &[
    entry("Query", STRUCTURE, &["whoseDuty"]),
    entry(
        "Mutation",
        MANAGE,
        &["positionClose", "positionCreate", "positionDescribe"],
    ),
    entry("PositionCreatePayload", MANAGE, PAYLOAD),
    entry("PositionDescribePayload", MANAGE, PAYLOAD),
    entry("PositionClosePayload", MANAGE, PAYLOAD),
    entry(
        "PositionVersion",
        STRUCTURE,
        &[
            "createdAt",
            "duties",
            "dutiesZh",
            "goals",
            "goalsZh",
            "note",
            "number",
            "standards",
            "standardsZh",
            "validFrom",
        ],
    ),
    entry(
        "DutyMatch",
        STRUCTURE,
        &["duty", "holders", "position", "score"],
    ),
    entry("DutyHolder", PEOPLE, &["member"]),
    entry("DutyHolder", STRUCTURE, &["name", "number", "team"]),
];
