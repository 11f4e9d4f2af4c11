//! Who may have which field of the goals' types. Which goals, the store decides.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::GoalRead);
const MANAGE: Rule = Rule::Needs(Permission::GoalManage);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);
const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);
const PAYLOAD: &[&str] = &["goal", "userErrors"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of the goals' types.
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["goal", "goals"]),
    entry("Goal", Rule::Needs(Permission::MetricRead), &["metric"]),
    entry(
        "Mutation",
        MANAGE,
        &["goalActivate", "goalCancel", "goalCreate", "goalUpdate"],
    ),
    entry("GoalCreatePayload", MANAGE, PAYLOAD),
    entry("GoalUpdatePayload", MANAGE, PAYLOAD),
    entry("GoalActivatePayload", MANAGE, PAYLOAD),
    entry("GoalCancelPayload", MANAGE, PAYLOAD),
    entry(
        "Goal",
        READ,
        &[
            "achievable",
            "activatedAt",
            "alerts",
            "bound",
            "closedAt",
            "createdAt",
            "from",
            "id",
            "metricKey",
            "metricName",
            "offCourseSince",
            "population",
            "progress",
            "reason",
            "relevant",
            "result",
            "specific",
            "state",
            "target",
            "title",
            "titleZh",
            "until",
            "updatedAt",
            "version",
        ],
    ),
    entry("Goal", MEMBER, &["member", "owner"]),
    entry("Goal", STRUCTURE, &["department", "region", "team"]),
    entry(
        "GoalConnection",
        READ,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("GoalEdge", READ, &["cursor", "node"]),
    entry(
        "GoalProgress",
        READ,
        &[
            "asOf",
            "daysLeft",
            "forecast",
            "needed",
            "timePassed",
            "value",
            "verdict",
            "withheld",
        ],
    ),
    entry(
        "GoalNeeded",
        READ,
        &["mean", "outOfReach", "perDay", "total"],
    ),
    entry("GoalForecast", READ, &["chance", "high", "low", "value"]),
    entry(
        "GoalAlert",
        READ,
        &["forecast", "id", "kind", "raisedAt", "value"],
    ),
    // Filtering by what one may not see would tell.
    entry("GoalFilter", MEMBER, &["memberId", "ownerId"]),
    entry(
        "GoalFilter",
        STRUCTURE,
        &["departmentId", "regionId", "teamId"],
    ),
];
