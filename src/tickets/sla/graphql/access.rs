//! Who may have which of the fields about service levels.

use crate::access::{Entry, Permission, Rule};

const SLA: Rule = Rule::Needs(Permission::TicketSlaRead);
const POLICIES: Rule = Rule::Needs(Permission::PolicyRead);
const MANAGE: Rule = Rule::Needs(Permission::PolicyManage);
const ALERTS: Rule = Rule::Needs(Permission::TicketAlertRead);
const EDIT: Rule = Rule::Needs(Permission::TicketEdit);
const CONNECTION: &[&str] = &["edges", "nodes", "pageInfo", "totalCount"];
const EDGE: &[&str] = &["cursor", "node"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of the types about service levels; what would tell by filter or order, too.
pub const ACCESS: &[Entry] = &[
    entry("Query", POLICIES, &["slaPolicies", "slaPolicy"]),
    entry("Query", SLA, &["slaPreview"]),
    entry("Query", ALERTS, &["ticketAlerts"]),
    entry("Subscription", ALERTS, &["ticketAlertRaised"]),
    entry(
        "Mutation",
        MANAGE,
        &["slaPolicyChange", "slaPolicyCreate", "slaPolicyVersionAdd"],
    ),
    entry("Mutation", EDIT, &["ticketAlertAcknowledge"]),
    entry("Ticket", SLA, &["sla"]),
    entry("TicketFilter", SLA, &["dueAt", "slaState"]),
    entry("TicketOrder", SLA, &["DUE_AT_ASC", "DUE_AT_DESC"]),
    entry(
        "TicketSla",
        SLA,
        &[
            "breachedAt",
            "clocks",
            "dueAt",
            "firstRespondedAt",
            "solutionProposedAt",
            "state",
            "warnAt",
        ],
    ),
    entry(
        "SlaClock",
        SLA,
        &[
            "breachedAt",
            "calendarVersionId",
            "dueAt",
            "explanation",
            "id",
            "intervals",
            "kind",
            "met",
            "ran",
            "startedAt",
            "state",
            "stepEntryId",
            "stoppedAt",
            "target",
            "warnAt",
        ],
    ),
    entry("SlaClock", POLICIES, &["policyVersion"]),
    entry(
        "SlaInterval",
        SLA,
        &[
            "calendarVersionId",
            "dueAt",
            "explanation",
            "from",
            "id",
            "number",
            "ran",
            "ranBefore",
            "reason",
            "state",
            "target",
            "to",
        ],
    ),
    entry("SlaInterval", POLICIES, &["policyVersion"]),
    entry("SlaPreview", SLA, &["clocks"]),
    entry("SlaPreview", POLICIES, &["policy"]),
    entry(
        "SlaPreviewClock",
        SLA,
        &["dueAt", "kind", "target", "warnAt"],
    ),
    entry(
        "SlaPolicy",
        POLICIES,
        &[
            "active",
            "code",
            "current",
            "id",
            "name",
            "nameZh",
            "rank",
            "updatedAt",
            "version",
            "versions",
        ],
    ),
    entry("SlaPolicyConnection", POLICIES, CONNECTION),
    entry("SlaPolicyEdge", POLICIES, EDGE),
    entry(
        "SlaPolicyVersion",
        POLICIES,
        &[
            "appliesToOpen",
            "calendarId",
            "createdAt",
            "id",
            "matches",
            "note",
            "number",
            "pausesOn",
            "policy",
            "targets",
            "warnPercent",
        ],
    ),
    entry(
        "SlaMatches",
        POLICIES,
        &["kinds", "priorities", "provinces", "regionIds", "tiers"],
    ),
    entry(
        "SlaPromise",
        POLICIES,
        &["firstResponse", "preliminarySolution", "resolution"],
    ),
    entry("SlaPriorityPromise", POLICIES, &["priority", "promise"]),
    entry("SlaTargets", POLICIES, &["byPriority", "usual"]),
    entry(
        "TicketAlert",
        ALERTS,
        &[
            "acknowledgedAt",
            "at",
            "clockId",
            "id",
            "kind",
            "late",
            "raisedAt",
            "version",
        ],
    ),
    entry(
        "TicketAlert",
        Rule::Needs(Permission::TicketRead),
        &["ticket"],
    ),
    entry(
        "TicketAlert",
        Rule::Needs(Permission::MemberRead),
        &["member"],
    ),
    entry(
        "TicketAlert",
        Rule::Needs(Permission::OrganisationRead),
        &["team"],
    ),
    entry("TicketAlertConnection", ALERTS, CONNECTION),
    entry("TicketAlertEdge", ALERTS, EDGE),
    entry(
        "TicketAlertEvent",
        ALERTS,
        &["alert", "at", "breaches", "teamId", "warnings"],
    ),
    entry(
        "TicketAlertFilter",
        Rule::Needs(Permission::OrganisationRead),
        &["teamId"],
    ),
    entry(
        "TicketAlertFilter",
        Rule::Needs(Permission::MemberRead),
        &["memberId"],
    ),
    entry(
        "TicketAlertFilter",
        Rule::Needs(Permission::TicketRead),
        &["ticketId"],
    ),
    entry("SlaPolicyCreatePayload", MANAGE, &["policy", "userErrors"]),
    entry("SlaPolicyChangePayload", MANAGE, &["policy", "userErrors"]),
    entry(
        "SlaPolicyVersionAddPayload",
        MANAGE,
        &["policy", "userErrors"],
    ),
    entry("TicketAlertAcknowledgePayload", ALERTS, &["alert"]),
    entry("TicketAlertAcknowledgePayload", EDIT, &["userErrors"]),
];
