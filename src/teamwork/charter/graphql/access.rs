//! Who may have which field of proposals and rules.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::TeamRuleRead);
const PROPOSE: Rule = Rule::Needs(Permission::TeamRulePropose);
const VOTE: Rule = Rule::Needs(Permission::TeamRuleVote);
const MANAGE: Rule = Rule::Needs(Permission::TeamRuleManage);
const PEOPLE: Rule = Rule::Needs(Permission::MemberRead);
const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field.
pub const ACCESS: &[Entry] = &[
    entry(
        "RuleProposal",
        READ,
        &[
            "ballot",
            "body",
            "circle",
            "closedAt",
            "comments",
            "createdAt",
            "electors",
            "id",
            "inForceFrom",
            "kind",
            "majorityPercent",
            "mayVote",
            "myVote",
            "note",
            "openedAt",
            "outcome",
            "quorumPercent",
            "reason",
            "rule",
            "state",
            "tally",
            "title",
            "turnout",
            "updatedAt",
            "version",
            "votes",
            "votingFrom",
            "votingUntil",
        ],
    ),
    entry("RuleProposal", STRUCTURE, &["department", "team"]),
    entry("RuleProposal", PEOPLE, &["proposer"]),
    entry(
        "RuleComment",
        READ,
        &["authorName", "body", "createdAt", "id"],
    ),
    entry("RuleComment", PEOPLE, &["author"]),
    entry("RuleVote", PEOPLE, &["member"]),
    entry("RuleVote", READ, &["castAt", "choice"]),
    entry(
        "TeamRule",
        READ,
        &[
            "acknowledged",
            "circle",
            "createdAt",
            "holdsForMe",
            "id",
            "inForce",
            "repealedFrom",
            "title",
            "updatedAt",
            "version",
            "versions",
        ],
    ),
    entry("TeamRule", STRUCTURE, &["department", "team"]),
    entry("TeamRule", MANAGE, &["outstanding"]),
    entry(
        "TeamRuleVersion",
        READ,
        &[
            "body",
            "createdAt",
            "id",
            "inForceFrom",
            "number",
            "proposal",
            "title",
        ],
    ),
    entry(
        "Query",
        READ,
        &["ruleProposal", "ruleProposals", "teamRule", "teamRules"],
    ),
    entry(
        "Mutation",
        PROPOSE,
        &[
            "ruleProposalCreate",
            "ruleProposalOpen",
            "ruleProposalUpdate",
            "ruleProposalWithdraw",
        ],
    ),
    entry(
        "Mutation",
        VOTE,
        &["ruleAcknowledge", "ruleCommentAdd", "ruleVoteCast"],
    ),
    entry("Mutation", MANAGE, &["ruleVoteBegin"]),
    entry("RuleTally", READ, &["abstain", "no", "yes"]),
    entry("RuleOutstanding", MANAGE, &["memberId"]),
    entry("RuleOutstanding", PEOPLE, &["member"]),
    entry(
        "RuleProposalConnection",
        READ,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("RuleProposalEdge", READ, &["cursor", "node"]),
    entry(
        "TeamRuleConnection",
        READ,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("TeamRuleEdge", READ, &["cursor", "node"]),
    entry(
        "RuleProposalCreatePayload",
        PROPOSE,
        &["proposal", "userErrors"],
    ),
    entry(
        "RuleProposalUpdatePayload",
        PROPOSE,
        &["proposal", "userErrors"],
    ),
    entry(
        "RuleProposalOpenPayload",
        PROPOSE,
        &["proposal", "userErrors"],
    ),
    entry(
        "RuleProposalWithdrawPayload",
        PROPOSE,
        &["proposal", "userErrors"],
    ),
    entry("RuleCommentAddPayload", VOTE, &["proposal", "userErrors"]),
    entry("RuleVoteCastPayload", VOTE, &["proposal", "userErrors"]),
    entry("RuleAcknowledgePayload", VOTE, &["rule", "userErrors"]),
    entry("RuleVoteBeginPayload", MANAGE, &["proposal", "userErrors"]),
    // Filtering by what one may not see would tell.
    entry("RuleProposalFilter", STRUCTURE, &["departmentId", "teamId"]),
    entry("TeamRuleFilter", STRUCTURE, &["departmentId", "teamId"]),
];
