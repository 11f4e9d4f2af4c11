//! Who may have which of dispatch's fields.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::DispatchRead);
const RUN: Rule = Rule::Needs(Permission::DispatchRun);
const MANAGE: Rule = Rule::Needs(Permission::DispatchManage);
const MEMBERS: Rule = Rule::Needs(Permission::MemberRead);
const TICKETS: Rule = Rule::Needs(Permission::TicketRead);
const ORGANISATION: Rule = Rule::Needs(Permission::OrganisationRead);
const PRODUCTS: Rule = Rule::Needs(Permission::ProductRead);
const CONNECTION: &[&str] = &["edges", "nodes", "pageInfo", "totalCount"];
const EDGE: &[&str] = &["node", "cursor"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Every field of dispatch's types with its rule, and the inputs that would tell of other things.
pub const ACCESS: &[Entry] = &[
    entry(
        "Query",
        READ,
        &[
            "dispatchBottlenecks",
            "dispatchDecision",
            "dispatchDecisions",
            "dispatchFairness",
            "dispatchRequirements",
            "dispatchSimulate",
        ],
    ),
    entry("Mutation", RUN, &["dispatchRun", "ticketDispatch"]),
    entry(
        "Mutation",
        MANAGE,
        &[
            "dispatchRequirementCreate",
            "dispatchRequirementDelete",
            "dispatchRequirementUpdate",
        ],
    ),
    entry("Ticket", READ, &["dispatchDecisions"]),
    entry(
        "DispatchDecision",
        READ,
        &[
            "actorKind",
            "actorName",
            "at",
            "candidates",
            "exclusions",
            "given",
            "id",
            "kind",
            "mode",
            "priority",
            "province",
            "reason",
            "skills",
            "waitedSeconds",
            "weights",
        ],
    ),
    entry("DispatchDecision", TICKETS, &["ticket"]),
    entry("DispatchDecision", MEMBERS, &["chosen"]),
    entry("DispatchDecision", ORGANISATION, &["team"]),
    entry("DispatchDecisionConnection", READ, CONNECTION),
    entry("DispatchDecisionEdge", READ, EDGE),
    entry("DispatchDecisionFilter", MEMBERS, &["chosenId"]),
    entry("DispatchSkillNeed", READ, &["minLevel", "name"]),
    entry("DispatchSkillNeed", ORGANISATION, &["skill"]),
    entry("DispatchWeights", READ, &["fairness", "fit", "load"]),
    entry("DispatchExclusionCount", READ, &["count", "excluded"]),
    entry(
        "DispatchCandidate",
        READ,
        &[
            "capacity",
            "excluded",
            "explanation",
            "fairness",
            "fit",
            "lastAssignedAt",
            "load",
            "openTickets",
            "rank",
            "received",
            "resolvedAlike",
            "total",
        ],
    ),
    entry("DispatchCandidate", MEMBERS, &["member"]),
    entry(
        "DispatchRequirement",
        READ,
        &[
            "createdAt",
            "forAllProducts",
            "id",
            "kind",
            "minLevel",
            "updatedAt",
            "version",
        ],
    ),
    entry("DispatchRequirement", PRODUCTS, &["product"]),
    entry("DispatchRequirement", ORGANISATION, &["skill"]),
    entry("DispatchRequirementConnection", READ, CONNECTION),
    entry("DispatchRequirementEdge", READ, EDGE),
    entry("DispatchRequirementFilter", PRODUCTS, &["productId"]),
    entry("DispatchRequirementFilter", ORGANISATION, &["skillId"]),
    entry(
        "DispatchSimulation",
        READ,
        &[
            "considered",
            "differing",
            "members",
            "tickets",
            "weights",
            "withoutAnybody",
        ],
    ),
    entry(
        "DispatchTrial",
        READ,
        &["at", "candidates", "exclusions", "given"],
    ),
    entry("DispatchTrial", TICKETS, &["ticket"]),
    entry("DispatchTrial", MEMBERS, &["actual", "chosen"]),
    entry("DispatchTrialMember", READ, &["actual", "simulated"]),
    entry("DispatchTrialMember", MEMBERS, &["member"]),
    entry(
        "DispatchFairness",
        READ,
        &["from", "gini", "members", "received", "to"],
    ),
    entry(
        "DispatchFairnessMember",
        READ,
        &[
            "capacity",
            "fairSharePercent",
            "openNow",
            "received",
            "sharePercent",
            "weightedWork",
        ],
    ),
    entry("DispatchFairnessMember", MEMBERS, &["member"]),
    entry("DispatchBottlenecks", READ, &["at", "members", "queues"]),
    entry(
        "DispatchQueue",
        READ,
        &["oldestOpenedAt", "oldestWaitedSeconds", "urgent", "waiting"],
    ),
    entry("DispatchQueue", ORGANISATION, &["team"]),
    entry(
        "DispatchLoad",
        READ,
        &[
            "balance",
            "capacity",
            "openTickets",
            "percent",
            "teamPercent",
        ],
    ),
    entry("DispatchLoad", MEMBERS, &["member"]),
    entry("DispatchLoad", ORGANISATION, &["team"]),
    entry("TicketDispatchPayload", RUN, &["ticket", "userErrors"]),
    entry("DispatchRunPayload", RUN, &["run", "userErrors"]),
    entry("DispatchRun", RUN, &["given", "left", "results"]),
    entry("DispatchRunResult", RUN, &["ticket", "userErrors"]),
    entry(
        "DispatchRequirementCreatePayload",
        MANAGE,
        &["requirement", "userErrors"],
    ),
    entry(
        "DispatchRequirementUpdatePayload",
        MANAGE,
        &["requirement", "userErrors"],
    ),
    entry(
        "DispatchRequirementDeletePayload",
        MANAGE,
        &["requirement", "userErrors"],
    ),
];
