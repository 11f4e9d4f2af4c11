//! Who may have which field of the exams' types. Which rows, the store decides; which parts of a paper, `papers.rs`.

use crate::access::{Entry, Permission, Rule};

const BANK: Rule = Rule::Needs(Permission::ExamQuestionManage);
const READ: Rule = Rule::Needs(Permission::ExamRead);
const RUN: Rule = Rule::Needs(Permission::ExamManage);
const SIT: Rule = Rule::Needs(Permission::ExamSit);
const GRADE: Rule = Rule::Needs(Permission::ExamGrade);
const RESULT: Rule = Rule::Needs(Permission::ExamResultRead);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);
const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);
/// Values without a place of their own: they say no more than the field that they hang on.
const VALUE: Rule = Rule::SignedIn;
const CONNECTION: &[&str] = &["edges", "nodes", "pageInfo", "totalCount"];
const EDGE: &[&str] = &["cursor", "node"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of the exams' types.
#[rustfmt::skip]
pub const ACCESS: &[Entry] = &[
    entry("Query", BANK, &["examQuestion", "examQuestions"]),
    entry("Query", READ, &["exam", "exams"]),
    entry("Query", RESULT, &["examAttempt", "examAttempts", "examAppeal", "examAppeals"]),
    entry("Query", GRADE, &["examGradingTasks"]),
    entry("Query", RUN, &["examStatistics"]),
    entry("Mutation", BANK, &["examQuestionCreate", "examQuestionRevise", "examQuestionActivate", "examQuestionRetire"]),
    entry("Mutation", RUN, &[
        "examCreate", "examRevise", "examActivate", "examPoolRefresh", "examCandidatesChange", "examAssessorsChange", "examClose",
        "examPublish", "examAppealDecide",
    ]),
    entry("Mutation", SIT, &["examAttemptStart", "examAnswerSave", "examAttemptHandIn", "examAppealFile"]),
    entry("Mutation", GRADE, &["examItemMark"]),
    entry("ExamQuestionCreatePayload", BANK, &["question", "userErrors"]),
    entry("ExamQuestionRevisePayload", BANK, &["question", "userErrors"]),
    entry("ExamQuestionActivatePayload", BANK, &["question", "userErrors"]),
    entry("ExamQuestionRetirePayload", BANK, &["question", "userErrors"]),
    entry("ExamCreatePayload", RUN, &["exam", "userErrors"]),
    entry("ExamRevisePayload", RUN, &["exam", "userErrors"]),
    entry("ExamActivatePayload", RUN, &["exam", "userErrors"]),
    entry("ExamPoolRefreshPayload", RUN, &["exam", "userErrors"]),
    entry("ExamCandidatesChangePayload", RUN, &["exam", "userErrors"]),
    entry("ExamAssessorsChangePayload", RUN, &["exam", "userErrors"]),
    entry("ExamClosePayload", RUN, &["exam", "userErrors"]),
    entry("ExamPublishPayload", RUN, &["exam", "userErrors"]),
    entry("ExamAppealDecidePayload", RUN, &["appeal", "userErrors"]),
    entry("ExamAttemptStartPayload", SIT, &["attempt", "userErrors"]),
    entry("ExamAttemptHandInPayload", SIT, &["attempt", "userErrors"]),
    entry("ExamAnswerSavePayload", SIT, &["item", "userErrors"]),
    entry("ExamAppealFilePayload", SIT, &["appeal", "userErrors"]),
    entry("ExamItemMarkPayload", GRADE, &["marked", "userErrors"]),
    entry("ExamQuestion", BANK, &[
        "id", "kind", "topic", "difficulty", "state", "current", "versions", "version", "createdAt", "updatedAt",
    ]),
    entry("ExamQuestionVersion", BANK, &[
        "id", "number", "difficulty", "text", "textZh", "options", "answer", "explanation", "note", "createdAt",
    ]),
    entry("ExamQuestionOption", BANK, &["text", "textZh", "correct"]),
    entry("ExamQuestionConnection", BANK, CONNECTION),
    entry("ExamQuestionEdge", BANK, EDGE),
    entry("ExamCriterion", VALUE, &["name", "nameZh", "points"]),
    entry("ExamAnswer", VALUE, &["choices", "isTrue", "number", "tolerance", "text", "keywords", "criteria"]),
    entry("Exam", READ, &[
        "id", "code", "title", "titleZh", "description", "state", "blueprint", "partialCredit", "penaltyPercent", "passPercent",
        "timeLimitMinutes", "attemptsAllowed", "waitHours", "opensAt", "closesAt", "shuffleQuestions", "shuffleOptions",
        "publication", "reveal", "thirdPercent", "openToAll", "pool", "activatedAt", "closedAt", "version", "updatedAt",
    ]),
    entry("Exam", STRUCTURE, &["certificate"]),
    entry("Exam", MEMBER, &["owner"]),
    entry("Exam", RUN, &["candidates", "assessors"]),
    entry("Exam", SIT, &["myAttempts", "myAttemptsLeft", "myNextAt"]),
    entry("ExamCell", READ, &["topic", "difficulty", "kind", "count", "points"]),
    entry("ExamConnection", READ, CONNECTION),
    entry("ExamEdge", READ, EDGE),
    entry("ExamAttempt", RESULT, &[
        "id", "number", "state", "startedAt", "deadline", "secondsLeft", "handedInAt", "handedInBy", "result", "publishedAt",
        "paper", "appeals", "version",
    ]),
    entry("ExamAttempt", READ, &["exam"]),
    entry("ExamAttempt", MEMBER, &["member"]),
    entry("ExamAttempt", RUN, &["marks"]),
    entry("ExamAttemptConnection", RESULT, CONNECTION),
    entry("ExamAttemptEdge", RESULT, EDGE),
    // Filtering by what one may not see would tell.
    entry("ExamAttemptFilter", MEMBER, &["memberId"]),
    entry("ExamAttemptFilter", READ, &["examId"]),
    entry("ExamAppealFilter", READ, &["examId"]),
    entry("ExamResult", RESULT, &["points", "maxPoints", "percent", "passed"]),
    entry("ExamPaperItem", RESULT, &[
        "id", "position", "kind", "topic", "text", "textZh", "options", "maxPoints", "answer", "sequence", "answeredAt", "review",
    ]),
    entry("ExamPaperOption", RESULT, &["label", "text", "textZh"]),
    entry("ExamItemReview", RESULT, &["points", "answer", "explanation"]),
    entry("ExamMark", RUN, &["id", "position", "kind", "slot", "points", "comment", "createdAt"]),
    entry("ExamMark", MEMBER, &["assessor"]),
    entry("ExamAppeal", RESULT, &["id", "attempt", "itemId", "reason", "state", "answer", "decidedAt", "version", "createdAt"]),
    entry("ExamAppealConnection", RESULT, CONNECTION),
    entry("ExamAppealEdge", RESULT, EDGE),
    entry("ExamGradingTask", GRADE, &["id", "text", "textZh", "answer", "maxPoints", "key", "explanation"]),
    entry("ExamGradingTask", READ, &["exam"]),
    entry("ExamStatistics", RUN, &["attempts", "members", "minimum", "passRate", "meanPercent", "items"]),
    entry("ExamItemStatistics", RUN, &[
        "topic", "kind", "number", "text", "textZh", "tries", "unanswered", "difficulty", "discrimination", "upperLower", "distractors",
    ]),
    entry("ExamDistractor", RUN, &["text", "textZh", "correct", "chosen"]),
];
