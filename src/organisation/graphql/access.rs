//! Who may have which of the organisation's fields.

use crate::access::{Entry, Permission, Rule};

const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);
const PEOPLE: Rule = Rule::Needs(Permission::MemberRead);
const MANAGE: Rule = Rule::Needs(Permission::OrganisationManage);
const CONNECTION: &[&str] = &["edges", "nodes", "pageInfo", "totalCount"];
const EDGE: &[&str] = &["node", "cursor"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Every field of the organisation's types with its rule.
pub const ACCESS: &[Entry] = &[
    entry(
        "Query",
        STRUCTURE,
        &[
            "department",
            "departments",
            "region",
            "regions",
            "team",
            "teams",
            "position",
            "positions",
        ],
    ),
    entry("Query", PEOPLE, &["member", "members"]),
    entry(
        "Mutation",
        MANAGE,
        &["assignmentStart", "assignmentEnd", "memberTransfer"],
    ),
    entry(
        "Department",
        STRUCTURE,
        &[
            "id",
            "code",
            "name",
            "nameZh",
            "names",
            "validFrom",
            "validTo",
            "version",
            "updatedAt",
        ],
    ),
    entry("DepartmentConnection", STRUCTURE, CONNECTION),
    entry("DepartmentEdge", STRUCTURE, EDGE),
    entry(
        "Region",
        STRUCTURE,
        &[
            "id",
            "code",
            "name",
            "nameZh",
            "provinces",
            "validFrom",
            "validTo",
            "version",
            "updatedAt",
        ],
    ),
    entry("RegionConnection", STRUCTURE, CONNECTION),
    entry("RegionEdge", STRUCTURE, EDGE),
    entry(
        "Team",
        STRUCTURE,
        &[
            "id",
            "code",
            "name",
            "nameZh",
            "department",
            "parent",
            "children",
            "moves",
            "pledge",
            "pledges",
            "taskForce",
            "names",
            "region",
            "validFrom",
            "validTo",
            "version",
            "updatedAt",
        ],
    ),
    entry("Team", PEOPLE, &["members"]),
    entry("TeamConnection", STRUCTURE, CONNECTION),
    entry("TeamEdge", STRUCTURE, EDGE),
    entry(
        "Position",
        STRUCTURE,
        &[
            "id",
            "code",
            "name",
            "nameZh",
            "family",
            "names",
            "duties",
            "goals",
            "standards",
            "versions",
            "validFrom",
            "validTo",
            "version",
            "updatedAt",
        ],
    ),
    entry("PositionConnection", STRUCTURE, CONNECTION),
    entry("PositionEdge", STRUCTURE, EDGE),
    entry(
        "Member",
        PEOPLE,
        &[
            "id",
            "number",
            "name",
            "nameEn",
            "allocation",
            "joinedOn",
            "leftOn",
            "assignments",
            "version",
            "updatedAt",
        ],
    ),
    entry("Member", STRUCTURE, &["team", "department", "position"]),
    // Filtering by what one may not see would tell.
    entry(
        "MemberFilter",
        STRUCTURE,
        &["departmentId", "positionId", "regionId", "teamId"],
    ),
    entry("MemberConnection", PEOPLE, CONNECTION),
    entry("MemberEdge", PEOPLE, EDGE),
    entry(
        "Assignment",
        PEOPLE,
        &[
            "id",
            "kind",
            "member",
            "role",
            "percent",
            "validFrom",
            "validTo",
            "version",
        ],
    ),
    entry(
        "Assignment",
        STRUCTURE,
        &["department", "team", "region", "position"],
    ),
    entry(
        "AssignmentStartPayload",
        MANAGE,
        &["assignment", "userErrors"],
    ),
    entry(
        "AssignmentEndPayload",
        MANAGE,
        &["assignment", "userErrors"],
    ),
    entry("MemberTransferPayload", MANAGE, &["member", "userErrors"]),
];
