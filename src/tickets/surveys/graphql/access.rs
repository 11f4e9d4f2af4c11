//! Who may have which field of the surveys' types.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::SurveyRead);
const FOLLOW_UP: Rule = Rule::Needs(Permission::SurveyFollowUp);
const TICKET: Rule = Rule::Needs(Permission::TicketRead);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);
const TEAM: Rule = Rule::Needs(Permission::OrganisationRead);
const CONNECTION: &[&str] = &["edges", "nodes", "pageInfo", "totalCount"];
const EDGE: &[&str] = &["cursor", "node"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of the surveys' types.
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["satisfaction", "surveys"]),
    entry("Query", FOLLOW_UP, &["surveyFollowUps"]),
    // The link itself is the right to these.
    entry("Query", Rule::Public, &["surveyByToken"]),
    entry("Mutation", Rule::Public, &["surveyAnswer"]),
    entry(
        "SurveyInvitation",
        Rule::Public,
        &[
            "expiresAt",
            "locale",
            "product",
            "state",
            "subject",
            "ticketNumber",
        ],
    ),
    entry(
        "SurveyAnswerPayload",
        Rule::Public,
        &["survey", "userErrors"],
    ),
    entry("Mutation", FOLLOW_UP, &["surveyFollowUpClose"]),
    entry(
        "SurveyFollowUpClosePayload",
        FOLLOW_UP,
        &["followUp", "userErrors"],
    ),
    entry("Ticket", READ, &["survey"]),
    entry(
        "Survey",
        READ,
        &[
            "answer",
            "expiresAt",
            "id",
            "link",
            "round",
            "sentAt",
            "state",
        ],
    ),
    entry("Survey", TICKET, &["ticket"]),
    entry("Survey", FOLLOW_UP, &["followUp"]),
    entry("SurveyConnection", READ, CONNECTION),
    entry("SurveyEdge", READ, EDGE),
    entry(
        "SurveyResponse",
        READ,
        &[
            "answeredAt",
            "attitude",
            "comment",
            "rating",
            "response",
            "solution",
        ],
    ),
    entry(
        "SurveyFollowUp",
        FOLLOW_UP,
        &[
            "closedAt", "dueAt", "id", "overdue", "result", "state", "version",
        ],
    ),
    entry("SurveyFollowUp", READ, &["survey"]),
    entry("SurveyFollowUp", TICKET, &["ticket"]),
    entry("SurveyFollowUp", MEMBER, &["member"]),
    entry("SurveyFollowUpConnection", FOLLOW_UP, CONNECTION),
    entry("SurveyFollowUpEdge", FOLLOW_UP, EDGE),
    entry(
        "Satisfaction",
        READ,
        &["answered", "average", "responseRate", "satisfied", "sent"],
    ),
    // Filtering by what one may not see would tell.
    entry("SurveyFilter", TEAM, &["teamId"]),
    entry("SurveyFollowUpFilter", MEMBER, &["memberId"]),
    entry("SatisfactionFilter", TEAM, &["teamId"]),
    entry("SatisfactionFilter", MEMBER, &["memberId"]),
];
