//! Who may have which field of the structure over time.

use crate::access::{Entry, Permission, Rule};

const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);
const MANAGE: Rule = Rule::Needs(Permission::OrganisationManage);

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of the structure over time.
pub const ACCESS: &[Entry] = &[
    entry(
        "Mutation",
        MANAGE,
        &[
            "departmentClose",
            "departmentCreate",
            "departmentRename",
            "positionRename",
            "teamClose",
            "teamCreate",
            "teamMove",
            "teamMoveWithdraw",
            "teamRename",
        ],
    ),
    entry(
        "DepartmentCreatePayload",
        MANAGE,
        &["department", "userErrors"],
    ),
    entry(
        "DepartmentRenamePayload",
        MANAGE,
        &["department", "userErrors"],
    ),
    entry(
        "DepartmentClosePayload",
        MANAGE,
        &["department", "userErrors"],
    ),
    entry("TeamCreatePayload", MANAGE, &["team", "userErrors"]),
    entry("TeamRenamePayload", MANAGE, &["team", "userErrors"]),
    entry("TeamMovePayload", MANAGE, &["team", "userErrors"]),
    entry("TeamMoveWithdrawPayload", MANAGE, &["team", "userErrors"]),
    entry("TeamClosePayload", MANAGE, &["team", "userErrors"]),
    entry("PositionRenamePayload", MANAGE, &["position", "userErrors"]),
    entry(
        "TeamPlace",
        STRUCTURE,
        &["department", "parent", "region", "validFrom", "validTo"],
    ),
    entry(
        "DatedName",
        STRUCTURE,
        &["name", "nameZh", "validFrom", "validTo"],
    ),
];
