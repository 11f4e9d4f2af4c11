//! Who may have which field of what follows from results. Which rows and groups, the actions decide.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::AppraisalRead);
const CALIBRATE: Rule = Rule::Needs(Permission::AppraisalCalibrate);
const DECIDE: Rule = Rule::Needs(Permission::AppraisalProposalDecide);
const REFERENCE: Rule = Rule::Needs(Permission::AppraisalTemplateRead);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);
const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);
const PAYLOAD: &[&str] = &["proposal", "userErrors"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of what follows from results.
#[rustfmt::skip]
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["appraisalGroupResults", "appraisalNeeds", "appraisalProposal", "appraisalProposals"]),
    entry("Query", CALIBRATE, &["appraisalStars"]),
    entry("Query", REFERENCE, &["stars"]),
    // The reviewer, or whoever calibrates: the action asks for either.
    entry("Mutation", READ, &["appraisalPropose"]),
    entry("Mutation", DECIDE, &["appraisalProposalDecide"]),
    entry("AppraisalProposePayload", READ, PAYLOAD),
    entry("AppraisalProposalDecidePayload", DECIDE, PAYLOAD),
    entry("AppraisalProposal", READ, &[
        "id", "appraisalId", "score", "band", "kind", "content", "state", "proposedBy", "decidedBy", "decidedAt", "decision", "version",
        "createdAt", "updatedAt",
    ]),
    entry("AppraisalProposal", MEMBER, &["member"]),
    entry("AppraisalProposalConnection", READ, &["edges", "nodes", "pageInfo", "totalCount"]),
    entry("AppraisalProposalEdge", READ, &["cursor", "node"]),
    entry("AppraisalNeed", READ, &["versionId", "section", "item", "name", "within", "beyond", "members"]),
    entry("AppraisalNeedMember", READ, &["appraisalId", "percent"]),
    entry("AppraisalNeedMember", MEMBER, &["member"]),
    entry("AppraisalGroupResults", READ, &["whole", "groups", "withheld"]),
    entry("AppraisalGroupResult", READ, &["people", "mean", "bands", "weakest"]),
    entry("AppraisalGroupResult", STRUCTURE, &["team", "department", "region"]),
    entry("AppraisalGroupBand", READ, &["band", "name", "count"]),
    entry("AppraisalGroupWeakness", READ, &["section", "item", "name", "mean", "people"]),
    entry("AppraisalStarFamily", CALIBRATE, &["family", "candidates"]),
    entry("AppraisalStarCandidate", CALIBRATE, &["appraisalId", "score", "band", "strengths"]),
    entry("AppraisalStarCandidate", MEMBER, &["member"]),
    entry("AppraisalStar", REFERENCE, &["name", "nameEn", "reasons", "since"]),
];
