//! Who may have which field of the cycles' types.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::AppraisalTemplateRead);
const RUN: Rule = Rule::Needs(Permission::AppraisalManage);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);
const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);
const METRIC: Rule = Rule::Needs(Permission::MetricRead);
const PAYLOAD: &[&str] = &["cycle", "userErrors"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of the cycles' types.
#[rustfmt::skip]
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["appraisalCycle", "appraisalCycles"]),
    entry("Query", RUN, &["appraisalCyclePreview"]),
    entry("Mutation", RUN, &[
        "appraisalCycleCancel", "appraisalCycleClose", "appraisalCycleCount", "appraisalCycleCreate", "appraisalCycleOpen",
        "appraisalCyclePublish", "appraisalCycleReopen", "appraisalCycleReschedule", "appraisalCycleReview", "appraisalCycleRevise",
        "appraisalRecount", "appraisalReviewerSet",
    ]),
    entry("AppraisalCycleCancelPayload", RUN, PAYLOAD),
    entry("AppraisalCycleClosePayload", RUN, PAYLOAD),
    entry("AppraisalCycleCountPayload", RUN, PAYLOAD),
    entry("AppraisalCycleCreatePayload", RUN, PAYLOAD),
    entry("AppraisalCycleOpenPayload", RUN, PAYLOAD),
    entry("AppraisalCyclePublishPayload", RUN, PAYLOAD),
    entry("AppraisalCycleReopenPayload", RUN, PAYLOAD),
    entry("AppraisalCycleReschedulePayload", RUN, PAYLOAD),
    entry("AppraisalCycleReviewPayload", RUN, PAYLOAD),
    entry("AppraisalCycleRevisePayload", RUN, PAYLOAD),
    entry("AppraisalRecountPayload", RUN, PAYLOAD),
    entry("AppraisalReviewerSetPayload", RUN, PAYLOAD),
    entry("AppraisalCycle", READ, &[
        "id", "code", "name", "nameZh", "rhythm", "fromDay", "untilDay", "stage", "calendar", "population", "templates", "publishedAt",
        "closedAt", "version", "createdAt", "updatedAt",
    ]),
    entry("AppraisalCycle", METRIC, &["snapshot"]),
    entry("AppraisalCycle", RUN, &["absences", "progress", "reason"]),
    entry("AppraisalCycleConnection", READ, &["edges", "nodes", "pageInfo", "totalCount"]),
    entry("AppraisalCycleEdge", READ, &["cursor", "node"]),
    entry("AppraisalCalendar", READ, &["selfUntil", "reviewUntil", "publishOn", "acknowledgeUntil", "appealUntil"]),
    entry("AppraisalPopulation", READ, &["leastDays", "leavers", "movers"]),
    entry("AppraisalPopulation", STRUCTURE, &["departments"]),
    entry("AppraisalCycleTemplate", READ, &["family", "templateVersion"]),
    entry("AppraisalAbsence", RUN, &["cause", "days"]),
    entry("AppraisalAbsence", MEMBER, &["member"]),
    entry("AppraisalAbsenceConnection", RUN, &["edges", "nodes", "pageInfo", "totalCount"]),
    entry("AppraisalAbsenceEdge", RUN, &["cursor", "node"]),
    entry("AppraisalProgress", RUN, &[
        "appraisals", "reviewers", "selfAssessments", "reviews", "results", "blocked", "blockedCount", "acknowledged",
    ]),
    entry("AppraisalBlocked", RUN, &["appraisalId", "appraisalVersion", "reasons"]),
    entry("AppraisalBlocked", MEMBER, &["member"]),
    entry("AppraisalPreview", RUN, &["included", "excluded", "causes", "families", "candidates"]),
    entry("AppraisalCauseCount", RUN, &["cause", "count"]),
    entry("AppraisalFamilyCount", RUN, &["family", "count"]),
    entry("AppraisalCandidate", RUN, &["family", "days", "cause"]),
    entry("AppraisalCandidate", MEMBER, &["member"]),
    entry("AppraisalCandidate", STRUCTURE, &["team", "department"]),
];
