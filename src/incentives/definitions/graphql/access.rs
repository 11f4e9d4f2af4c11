//! Who may have which field of rules and simulations. Which rows, the store decides; what of a simulation is shown, the action.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::IncentiveRuleRead);
const WRITE: Rule = Rule::Needs(Permission::IncentiveRuleWrite);
const APPROVE: Rule = Rule::Needs(Permission::IncentiveRuleApprove);
const ACTIVATE: Rule = Rule::Needs(Permission::IncentiveRuleActivate);
const PAY: Rule = Rule::Needs(Permission::MemberPayRead);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);
const RULE: &[&str] = &["rule", "userErrors"];
const SIMULATION: &[&str] = &["simulation", "userErrors"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of rules and simulations.
#[rustfmt::skip]
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &[
        "incentiveRule", "incentiveRules", "incentiveFacts", "incentiveSimulation", "incentiveSimulationResult", "incentiveSimulations",
    ]),
    entry("Query", READ, &["incentiveTemplates"]),
    entry("Query", WRITE, &["incentiveRuleCheck"]),
    entry("Mutation", WRITE, &[
        "incentiveRuleCreate", "incentiveRuleDraft", "incentiveRuleVersionRevise", "incentiveRuleVersionRetire",
        "incentiveSimulationStart", "incentiveSimulationCancel",
    ]),
    entry("Mutation", PAY, &["incentiveSimulationRelease"]),
    entry("Mutation", APPROVE, &["incentiveRuleVersionApprove", "incentiveRuleVersionReject"]),
    entry("Mutation", ACTIVATE, &["incentiveRuleVersionActivate"]),
    entry("IncentiveRuleCreatePayload", WRITE, RULE),
    entry("IncentiveRuleDraftPayload", WRITE, RULE),
    entry("IncentiveRuleVersionRevisePayload", WRITE, RULE),
    entry("IncentiveRuleVersionRetirePayload", WRITE, RULE),
    entry("IncentiveRuleVersionApprovePayload", APPROVE, RULE),
    entry("IncentiveRuleVersionRejectPayload", APPROVE, RULE),
    entry("IncentiveRuleVersionActivatePayload", ACTIVATE, RULE),
    entry("IncentiveSimulationStartPayload", WRITE, SIMULATION),
    entry("IncentiveSimulationCancelPayload", WRITE, SIMULATION),
    entry("IncentiveSimulationReleasePayload", PAY, SIMULATION),
    entry("IncentiveRule", READ, &[
        "id", "code", "name", "nameZh", "kind", "method", "period", "versions", "inForce", "version", "createdAt", "updatedAt",
    ]),
    entry("IncentiveRuleConnection", READ, &["edges", "nodes", "pageInfo", "totalCount"]),
    entry("IncentiveRuleEdge", READ, &["cursor", "node"]),
    entry("IncentiveRuleVersion", READ, &[
        "id", "rule", "number", "state", "content", "note", "simulatedAt", "approvedAt", "approvedByName", "reason", "activeFrom",
        "activeUntil", "activatedByName", "version", "createdAt", "updatedAt",
    ]),
    entry("IncentiveRuleContent", READ, &[
        "name", "nameZh", "purpose", "purposeZh", "kind", "method", "population", "period", "trigger", "condition", "amount", "currency",
        "parameters", "tiers", "split", "caps", "budget", "stacking", "rounding", "monotoneIn", "citation", "onRefund",
    ]),
    entry("IncentivePopulation", READ, &["departmentIds", "teamIds", "positionIds", "leastMonths"]),
    entry("IncentiveTrigger", READ, &["on", "source"]),
    entry("IncentiveParameter", READ, &["key", "name", "nameZh", "value", "least", "most"]),
    entry("IncentiveTiers", READ, &["base", "method", "steps"]),
    entry("IncentiveTier", READ, &["from", "to", "pays"]),
    entry("IncentiveTierPays", READ, &["by", "value"]),
    entry("IncentiveSplit", READ, &["by", "roles", "unfilled"]),
    entry("IncentiveRoleShare", READ, &["role", "basisPoints"]),
    entry("IncentiveCaps", READ, &["perAward", "perMember", "perRule"]),
    entry("IncentiveBudget", READ, &["amount", "period", "exhausted"]),
    entry("IncentiveStacking", READ, &["group", "mode", "priority"]),
    entry("IncentiveRounding", READ, &["mode", "step"]),
    entry("IncentiveCitation", READ, &["title", "titleZh", "text", "textZh"]),
    entry("IncentiveFact", READ, &["key", "type", "currency", "level", "source", "words", "name", "nameZh"]),
    entry("IncentiveTemplate", READ, &["key", "content"]),
    entry("IncentiveRuleCheck", WRITE, &["passed", "faults", "facts"]),
    entry("IncentiveFault", WRITE, &["path", "place", "message", "messageEn", "messageZh"]),
    entry("IncentivePlace", WRITE, &["offset", "length", "line", "column"]),
    entry("IncentiveSimulation", READ, &[
        "id", "state", "period", "from", "until", "mode", "candidates", "rulesInForce", "sensitivity", "done", "total", "failure",
        "requestedByName", "startedAt", "endedAt", "sealed", "releasedAt", "releasedByName", "createdAt", "updatedAt",
    ]),
    entry("IncentiveSimulationConnection", READ, &["edges", "nodes", "pageInfo", "totalCount"]),
    entry("IncentiveSimulationEdge", READ, &["cursor", "node"]),
    entry("IncentiveSensitivity", READ, &["versionId", "parameter", "values"]),
    entry("IncentiveSimulationResult", READ, &["comparisons", "rules", "budgets", "sensitivity", "warnings"]),
    entry("IncentiveComparison", READ, &["currency", "before", "after", "gainers", "losers"]),
    entry("IncentiveComparison", PAY, &["members"]),
    entry("IncentiveMemberChange", PAY, &["before", "after"]),
    entry("IncentiveMemberChange", MEMBER, &["member"]),
    entry("IncentiveDistribution", READ, &["members", "total", "quantiles", "gini", "topTenth"]),
    entry("IncentiveRuleOutcome", READ, &[
        "ruleVersion", "isCandidate", "currency", "people", "cases", "missing", "againstMonotony", "before", "after",
    ]),
    entry("IncentiveMissingFact", READ, &["fact", "cases"]),
    entry("IncentiveViolation", READ, &["fact", "less", "brings", "more", "bringsOnly"]),
    entry("IncentiveBudgetUse", READ, &["ruleVersion", "from", "until", "budget", "spent", "asked", "given", "isExhausted"]),
    entry("IncentiveSensitivityPoint", READ, &["value", "costs"]),
    entry("IncentiveCost", READ, &["currency", "spread"]),
    entry("IncentiveWarning", READ, &["risk", "versionId", "figure", "threshold", "message"]),
    entry("IncentiveWarning", MEMBER, &["member"]),
];
