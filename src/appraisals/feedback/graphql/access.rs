//! Who may have which field of feedback's types. Which rows, the store decides.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::AppraisalRead);
const MANAGE: Rule = Rule::Needs(Permission::AppraisalManage);
const GIVE: Rule = Rule::Needs(Permission::AppraisalFeedbackGive);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of feedback's types.
#[rustfmt::skip]
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["appraisalFeedback", "appraisalRaters"]),
    entry("Query", GIVE, &["feedbackRequests"]),
    entry("Query", Rule::SignedIn, &["feedbackVisibility"]),
    // The action asks the member for `appraisal.write`, the reviewer for `appraisal.review`, others for `appraisal.manage`.
    entry("Mutation", READ, &["appraisalRatersDecide", "appraisalRatersPropose"]),
    entry("Mutation", MANAGE, &["appraisalRatersSuggest"]),
    entry("Mutation", GIVE, &["appraisalFeedbackDecline", "appraisalFeedbackGive"]),
    entry("AppraisalRatersProposePayload", READ, &["raters", "userErrors"]),
    entry("AppraisalRatersDecidePayload", READ, &["raters", "userErrors"]),
    entry("AppraisalRatersSuggestPayload", MANAGE, &["suggestion", "userErrors"]),
    entry("AppraisalRaterSuggestion", MANAGE, &["raters", "short"]),
    entry("AppraisalFeedbackGivePayload", GIVE, &["request", "userErrors"]),
    entry("AppraisalFeedbackDeclinePayload", GIVE, &["request", "userErrors"]),
    entry("AppraisalRater", READ, &["id", "name", "source", "state", "reason"]),
    entry("AppraisalRater", MEMBER, &["member"]),
    entry("AppraisalVoices", READ, &["source", "least", "withheld", "reason", "answers", "means", "comments"]),
    entry("AppraisalVoicesMean", READ, &["question", "name", "nameZh", "mean"]),
    entry("AppraisalFeedbackRequest", GIVE, &[
        "id", "memberName", "source", "state", "questions", "cycleName", "cycleNameZh", "lastDay", "open", "visibility",
    ]),
    entry("AppraisalFeedbackRequest", MEMBER, &["member"]),
    entry("AppraisalFeedbackRequestConnection", GIVE, &["edges", "nodes", "pageInfo", "totalCount"]),
    entry("AppraisalFeedbackRequestEdge", GIVE, &["cursor", "node"]),
    entry("AppraisalFeedbackQuestion", GIVE, &["key", "name", "nameZh"]),
    entry("FeedbackVisibility", Rule::SignedIn, &["who", "sees"]),
];
