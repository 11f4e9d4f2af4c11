//! Who may have which field of the talent pipeline.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::TalentRead);
const PROPOSE: Rule = Rule::Needs(Permission::TalentPropose);
const REVIEW: Rule = Rule::Needs(Permission::TalentReview);
const PEOPLE: Rule = Rule::Needs(Permission::MemberRead);
const FOUND: Rule = Rule::Needs(Permission::CompetencyRead);
const RESULTS: Rule = Rule::Needs(Permission::ExamResultRead);
const HOURS: Rule = Rule::Needs(Permission::TrainingHoursRead);
const PAYLOAD: &[&str] = &["proposal", "userErrors"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of the talent pipeline.
pub const ACCESS: &[Entry] = &[
    entry(
        "Query",
        READ,
        &["talentPipeline", "talentProposal", "talentProposals"],
    ),
    entry("Mutation", PROPOSE, &["talentPropose", "talentWithdraw"]),
    entry("Mutation", REVIEW, &["talentDecide"]),
    entry("TalentProposal", PEOPLE, &["member"]),
    entry("TalentProposalFilter", PEOPLE, &["memberId"]),
    entry("TalentProposal", FOUND, &["gap"]),
    entry(
        "TalentProposal",
        READ,
        &[
            "createdAt",
            "decidedAt",
            "decidedBy",
            "decisionNote",
            "evidence",
            "id",
            "position",
            "proposedBy",
            "readiness",
            "reason",
            "state",
            "updatedAt",
            "version",
        ],
    ),
    entry(
        "TalentProposalConnection",
        READ,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("TalentProposalEdge", READ, &["cursor", "node"]),
    entry("TalentEvidence", READ, &["hoursYear", "kind", "note"]),
    entry("TalentEvidence", FOUND, &["assessment"]),
    entry("TalentEvidence", PEOPLE, &["certificate"]),
    entry("TalentEvidence", RESULTS, &["attempt"]),
    entry("TalentEvidence", HOURS, &["hoursBooked"]),
    entry(
        "TalentBench",
        READ,
        &[
            "oneToTwoYears",
            "position",
            "proposals",
            "readyNow",
            "uncovered",
            "withinOneYear",
        ],
    ),
    entry("TalentProposePayload", PROPOSE, PAYLOAD),
    entry("TalentDecidePayload", REVIEW, PAYLOAD),
    entry("TalentWithdrawPayload", PROPOSE, PAYLOAD),
];
