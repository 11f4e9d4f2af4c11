//! Who may have which field of appraisals' types. Which rows, the store decides; what is kept from the member, the types.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::AppraisalRead);
const WRITE: Rule = Rule::Needs(Permission::AppraisalWrite);
const REVIEW: Rule = Rule::Needs(Permission::AppraisalReview);
const DECIDE: Rule = Rule::Needs(Permission::AppraisalAppealDecide);
const TEMPLATE: Rule = Rule::Needs(Permission::AppraisalTemplateRead);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);
const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);
const TICKET: Rule = Rule::Needs(Permission::TicketRead);
const PAYLOAD: &[&str] = &["appraisal", "userErrors"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of appraisals' types.
#[rustfmt::skip]
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["appraisal", "appraisals"]),
    entry("Mutation", WRITE, &["appraisalDispute", "appraisalPlanSet", "appraisalSelfAssess"]),
    entry("Mutation", REVIEW, &[
        "appraisalIncidentRecord", "appraisalIncidentWithdraw", "appraisalPlanAgree", "appraisalPlanRevise", "appraisalReview",
    ]),
    entry("Mutation", DECIDE, &["appraisalDisputeDecide"]),
    entry("AppraisalPlanSetPayload", WRITE, PAYLOAD),
    entry("AppraisalSelfAssessPayload", WRITE, PAYLOAD),
    entry("AppraisalDisputePayload", WRITE, PAYLOAD),
    entry("AppraisalPlanRevisePayload", REVIEW, PAYLOAD),
    entry("AppraisalPlanAgreePayload", REVIEW, PAYLOAD),
    entry("AppraisalReviewPayload", REVIEW, PAYLOAD),
    entry("AppraisalIncidentRecordPayload", REVIEW, PAYLOAD),
    entry("AppraisalIncidentWithdrawPayload", REVIEW, PAYLOAD),
    entry("AppraisalDisputeDecidePayload", DECIDE, PAYLOAD),
    entry("Appraisal", READ, &[
        "id", "days", "plan", "planAgreedAt", "ownRatings", "selfComment", "selfSubmittedAt",
        "reviewerRatings", "reviewComment", "reviewSubmittedAt", "incidents", "disputes", "figures", "blocked", "result", "results",
        "acknowledgedAt", "acknowledgement", "version", "createdAt", "updatedAt",
    ]),
    entry("Appraisal", MEMBER, &["member", "reviewer"]),
    entry("Appraisal", STRUCTURE, &["team"]),
    entry("Appraisal", TEMPLATE, &["cycle", "templateVersion"]),
    entry("AppraisalConnection", READ, &["edges", "nodes", "pageInfo", "totalCount"]),
    entry("AppraisalEdge", READ, &["cursor", "node"]),
    // Filtering by what one may not see would tell.
    entry("AppraisalFilter", MEMBER, &["memberId", "reviewerId"]),
    entry("AppraisalFilter", STRUCTURE, &["teamId"]),
    entry("AppraisalFilter", TEMPLATE, &["cycleId"]),
    entry("AppraisalPlanItem", READ, &["id", "title", "measure", "weight", "ownPercent", "percent", "comment"]),
    entry("AppraisalRating", READ, &["criterion", "name", "percent", "comment"]),
    entry("AppraisalIncident", READ, &[
        "id", "behaviour", "name", "day", "evidence", "recordedBy", "withdrawnAt", "withdrawnReason", "version", "createdAt",
    ]),
    entry("AppraisalIncident", TICKET, &["ticket"]),
    entry("AppraisalDispute", READ, &[
        "id", "metricKey", "recordId", "grounds", "state", "decidedBy", "decidedAt", "decision", "version", "createdAt",
    ]),
    entry("AppraisalFigure", READ, &[
        "section", "metricKey", "metricName", "weight", "value", "percent", "paused", "frozen", "from", "to", "memberId", "snapshotId",
    ]),
    entry("AppraisalResult", READ, &[
        "id", "number", "cause", "score", "full", "cap", "capped", "band", "before", "sections", "deductions", "strengths",
        "weaknesses", "reason", "madeBy", "createdAt", "acknowledgedAt", "acknowledgement",
    ]),
    entry("AppraisalResultBand", READ, &["key", "name"]),
    entry("AppraisalResultSection", READ, &["key", "name", "weight", "counted", "percent", "items"]),
    entry("AppraisalResultItem", READ, &["key", "name", "weight", "value", "percent"]),
    entry("AppraisalDeduction", READ, &["behaviour", "name", "times", "points"]),
    entry("AppraisalRemark", READ, &["section", "item", "percent", "text"]),
];
