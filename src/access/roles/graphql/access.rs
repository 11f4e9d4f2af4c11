//! Who may have which of these fields.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::RoleRead);
const MANAGE: Rule = Rule::Needs(Permission::RoleManage);
const CONNECTION: &[&str] = &["edges", "nodes", "pageInfo", "totalCount"];
const EDGE: &[&str] = &["node", "cursor"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Every field of the types of roles, the viewer and the questions about access, with its rule.
pub const ACCESS: &[Entry] = &[
    entry("Query", Rule::SignedIn, &["viewer", "accessCheck"]),
    entry(
        "Query",
        READ,
        &["permissions", "role", "roles", "roleGifts"],
    ),
    entry("Query", MANAGE, &["rolePreview"]),
    entry(
        "Mutation",
        MANAGE,
        &[
            "roleCreate",
            "roleUpdate",
            "roleGrantsChange",
            "roleDelete",
            "roleGive",
            "roleTake",
        ],
    ),
    entry(
        "Viewer",
        Rule::SignedIn,
        &[
            "id",
            "kind",
            "isApiClient",
            "name",
            "login",
            "locale",
            "roles",
            "permissions",
            "memberId",
            "partnerId",
            "customerId",
            "tokenExpiresAt",
            "sessionExpiresAt",
        ],
    ),
    entry("ViewerRole", Rule::SignedIn, &["key", "name"]),
    entry(
        "HeldPermission",
        Rule::SignedIn,
        &["permission", "reach", "label"],
    ),
    entry(
        "AccessCheck",
        Rule::SignedIn,
        &["allowed", "cost", "costLimit", "paths", "refusals"],
    ),
    entry(
        "AccessPath",
        Rule::SignedIn,
        &[
            "path",
            "typeName",
            "field",
            "allowed",
            "permission",
            "reach",
            "reason",
        ],
    ),
    entry(
        "AccessRefusal",
        Rule::SignedIn,
        &["code", "message", "permission", "limit", "value", "maximum"],
    ),
    entry(
        "Permission",
        READ,
        &["key", "label", "reaches", "audiences", "reachesFor"],
    ),
    entry(
        "Role",
        READ,
        &[
            "id",
            "key",
            "name",
            "nameZh",
            "description",
            "descriptionZh",
            "builtin",
            "audience",
            "grants",
            "holderCount",
            "version",
            "createdAt",
            "updatedAt",
        ],
    ),
    entry("RoleConnection", READ, CONNECTION),
    entry("RoleEdge", READ, EDGE),
    entry(
        "RoleGift",
        READ,
        &[
            "id",
            "role",
            "userId",
            "apiClientId",
            "holderName",
            "givenById",
            "givenAt",
            "validUntil",
        ],
    ),
    entry("RoleGiftConnection", READ, CONNECTION),
    entry("RoleGiftEdge", READ, EDGE),
    entry("RoleCreatePayload", MANAGE, &["role", "userErrors"]),
    entry("RoleUpdatePayload", MANAGE, &["role", "userErrors"]),
    entry("RoleGrantsChangePayload", MANAGE, &["role", "userErrors"]),
    entry("RoleDeletePayload", MANAGE, &["deletedId", "userErrors"]),
    entry("RoleGivePayload", MANAGE, &["gift", "userErrors"]),
    entry("RoleTakePayload", MANAGE, &["role", "userErrors"]),
    entry(
        "RolePreview",
        MANAGE,
        &["affectedCount", "principals", "userErrors"],
    ),
    entry(
        "RolePreviewPrincipal",
        MANAGE,
        &[
            "id",
            "name",
            "kind",
            "isApiClient",
            "active",
            "gainedPermissions",
            "lostPermissions",
            "gainedFields",
            "lostFields",
        ],
    ),
];
