//! Who may have which field of surveys of the staff.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::StaffSurveyRead);
const ANSWER: Rule = Rule::Needs(Permission::StaffSurveyAnswer);
const RESULTS: Rule = Rule::Needs(Permission::StaffSurveyResultRead);
const MANAGE: Rule = Rule::Needs(Permission::StaffSurveyManage);
const PAYLOAD: &[&str] = &["survey", "userErrors"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of surveys of the staff.
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["staffSurvey", "staffSurveys"]),
    entry("Query", RESULTS, &["staffSurveyResults"]),
    entry("Mutation", ANSWER, &["staffSurveyAnswer"]),
    entry(
        "Mutation",
        MANAGE,
        &[
            "staffSurveyClose",
            "staffSurveyCreate",
            "staffSurveyOpen",
            "staffSurveyUpdate",
        ],
    ),
    entry(
        "StaffSurvey",
        READ,
        &[
            "answered",
            "closesOn",
            "createdAt",
            "id",
            "invited",
            "minimum",
            "openedOn",
            "questions",
            "state",
            "title",
            "titleZh",
            "version",
        ],
    ),
    entry(
        "StaffSurveyConnection",
        READ,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("StaffSurveyEdge", READ, &["cursor", "node"]),
    entry(
        "StaffSurveyQuestion",
        READ,
        &["id", "kind", "options", "place", "text", "textZh"],
    ),
    entry("StaffSurveyOption", READ, &["choice", "text", "textZh"]),
    entry(
        "StaffSurveyResults",
        RESULTS,
        &["hasWithheld", "parts", "people", "survey"],
    ),
    entry(
        "StaffSurveyPart",
        RESULTS,
        &["answers", "department", "people", "team"],
    ),
    entry(
        "StaffSurveyAnswers",
        RESULTS,
        &["counts", "mean", "question", "satisfied"],
    ),
    entry("StaffSurveyCount", RESULTS, &["choice", "people"]),
    entry("StaffSurveyCount", READ, &["option"]),
    entry("StaffSurveyCreatePayload", MANAGE, PAYLOAD),
    entry("StaffSurveyUpdatePayload", MANAGE, PAYLOAD),
    entry("StaffSurveyOpenPayload", MANAGE, PAYLOAD),
    entry("StaffSurveyClosePayload", MANAGE, PAYLOAD),
    entry("StaffSurveyAnswerPayload", ANSWER, PAYLOAD),
];
