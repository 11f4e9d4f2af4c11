//! Who may have which field of the needs' types. Which rows and needs, the actions decide.

use crate::access::{Entry, Permission, Rule};

const NEED: Rule = Rule::Needs(Permission::TrainingNeedRead);
const WRITE: Rule = Rule::Needs(Permission::TrainingProposalWrite);
const DECIDE: Rule = Rule::Needs(Permission::TrainingProposalDecide);
const EFFECT: Rule = Rule::Needs(Permission::TrainingEffectRead);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);
const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);
const COURSE: Rule = Rule::Needs(Permission::TrainingCourseRead);
const SESSION: Rule = Rule::Needs(Permission::TrainingSessionRead);
const PAYLOAD: &[&str] = &["proposal", "userErrors"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of the needs' types.
#[rustfmt::skip]
pub const ACCESS: &[Entry] = &[
    entry("Query", NEED, &["trainingNeeds", "trainingProposal", "trainingProposals"]),
    entry("Query", EFFECT, &["trainingEffect"]),
    entry("Mutation", WRITE, &["trainingProposalCreate"]),
    entry("Mutation", DECIDE, &["trainingProposalAccept", "trainingProposalDecline"]),
    entry("TrainingProposalCreatePayload", WRITE, PAYLOAD),
    entry("TrainingProposalAcceptPayload", DECIDE, PAYLOAD),
    entry("TrainingProposalDeclinePayload", DECIDE, PAYLOAD),
    entry("TrainingNeedList", NEED, &["members", "teams", "memberTotal", "teamTotal", "lookedAt"]),
    entry("TrainingNeed", NEED, &["kind", "subject", "value", "threshold", "cases", "people", "priority", "recordIds"]),
    entry("TrainingNeed", MEMBER, &["member"]),
    entry("TrainingNeed", STRUCTURE, &["certificate", "team"]),
    entry("TrainingProposal", NEED, &[
        "id", "purpose", "priority", "state", "reason", "decidedByName", "decidedAt", "version", "createdAt",
    ]),
    // Whoever is meant needn't know why the others are.
    entry("TrainingProposal", WRITE, &["evidence"]),
    entry("TrainingProposal", COURSE, &["course"]),
    entry("TrainingProposal", SESSION, &["session"]),
    entry("TrainingProposal", MEMBER, &["members"]),
    entry("TrainingProposalConnection", NEED, &["edges", "nodes", "pageInfo", "totalCount"]),
    entry("TrainingProposalEdge", NEED, &["cursor", "node"]),
    entry("TrainingProposalFilter", COURSE, &["courseId"]),
    entry("TrainingEvidence", WRITE, &["kind", "subject", "value", "threshold", "cases", "people"]),
    entry("TrainingEffect", EFFECT, &[
        "beforeFrom", "beforeTo", "afterFrom", "afterTo", "verdict", "leastPeople", "leastCases", "attendedPeople", "otherPeople",
        "attended", "others", "difference", "better",
    ]),
    entry("TrainingEffectGroup", EFFECT, &["people", "before", "after"]),
];
