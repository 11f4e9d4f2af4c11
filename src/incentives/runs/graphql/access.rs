//! Who may have which field of runs, awards and the ledger. Which rows, the store decides.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::IncentiveRunRead);
const RUN: Rule = Rule::Needs(Permission::IncentiveRun);
const APPROVE: Rule = Rule::Needs(Permission::IncentiveApprove);
const AWARD: Rule = Rule::Needs(Permission::IncentiveAwardRead);
const PAYOUT: Rule = Rule::Needs(Permission::IncentivePayout);
const PAY: Rule = Rule::Needs(Permission::MemberPayRead);
const ASK: Rule = Rule::Needs(Permission::IncentiveQuestionAsk);
const ANSWER: Rule = Rule::Needs(Permission::IncentiveQuestionAnswer);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);
const CONNECTION: &[&str] = &["edges", "nodes", "pageInfo", "totalCount"];
const EDGE: &[&str] = &["cursor", "node"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of runs, awards and the ledger.
#[rustfmt::skip]
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["incentiveMonthLocks", "incentivePayout", "incentivePayouts", "incentiveRun", "incentiveRuns"]),
    entry("Query", AWARD, &[
        "incentiveAward", "incentiveAwards", "incentiveCorrection", "incentiveCorrections", "incentiveQuestions", "incentiveStatement",
        "incentiveTransactions", "myIncentives",
    ]),
    entry("Mutation", RUN, &["incentiveClawBack", "incentiveCorrect", "incentiveCorrectionWithdraw", "incentiveRunStart"]),
    entry("Mutation", APPROVE, &["incentiveCorrectionDecide", "incentiveRunApprove", "incentiveRunReject"]),
    entry("Mutation", PAYOUT, &["incentiveMonthLock", "incentivePayoutMake", "incentivePayoutReverse"]),
    entry("Mutation", ASK, &["incentiveQuestionAsk", "incentiveQuestionWithdraw"]),
    entry("Mutation", ANSWER, &["incentiveQuestionAnswer"]),
    entry("IncentiveRunStartPayload", RUN, &["run", "userErrors"]),
    entry("IncentiveRunApprovePayload", APPROVE, &["run", "userErrors"]),
    entry("IncentiveRunRejectPayload", APPROVE, &["run", "userErrors"]),
    entry("IncentiveClawBackPayload", RUN, &["entries", "userErrors"]),
    entry("IncentiveCorrectPayload", RUN, &["correction", "userErrors"]),
    entry("IncentiveCorrectionDecidePayload", APPROVE, &["correction", "userErrors"]),
    entry("IncentiveCorrectionWithdrawPayload", RUN, &["correction", "userErrors"]),
    entry("IncentivePayoutReversePayload", PAYOUT, &["payout", "userErrors"]),
    entry("IncentiveQuestionWithdrawPayload", ASK, &["question", "userErrors"]),
    entry("IncentivePayoutMakePayload", PAYOUT, &["payout", "userErrors"]),
    entry("IncentiveMonthLockPayload", PAYOUT, &["lock", "userErrors"]),
    entry("IncentiveQuestionAskPayload", ASK, &["question", "userErrors"]),
    entry("IncentiveQuestionAnswerPayload", ANSWER, &["question", "userErrors"]),
    entry("IncentiveRun", READ, &[
        "id", "period", "fromDay", "untilDay", "attempt", "state", "ruleSet", "snapshotId", "evaluated", "awards", "problem", "totals", "sums",
        "startedBy", "calculatedAt", "decidedBy", "decidedAt", "reason", "bookedAt", "version", "createdAt", "updatedAt",
    ]),
    entry("IncentiveRunConnection", READ, CONNECTION),
    entry("IncentiveRunEdge", READ, EDGE),
    entry("IncentiveRunTotal", READ, &[
        "ruleId", "name", "kind", "members", "awards", "amount", "count", "missing", "failed", "isRounded",
    ]),
    entry("IncentiveRunMissing", READ, &["fact", "cases"]),
    entry("IncentiveRunSum", READ, &["currency", "amount", "isRounded"]),
    entry("IncentiveAward", AWARD, &[
        "id", "runId", "state", "ruleId", "versionId", "name", "kind", "memberId", "subject", "subjectId", "day", "part", "reckoned", "amount",
        "count", "explanation", "trace", "transactions", "corrections", "questions", "createdAt",
    ]),
    entry("IncentiveAward", MEMBER, &["member"]),
    entry("IncentiveAwardConnection", AWARD, CONNECTION),
    entry("IncentiveAwardEdge", AWARD, EDGE),
    entry("IncentiveSentence", AWARD, &["text", "records"]),
    entry("IncentiveTransaction", AWARD, &[
        "id", "reason", "day", "memberId", "ruleId", "awardId", "payoutId", "line", "reference", "amount", "paid", "note", "madeBy",
        "postings", "createdAt",
    ]),
    entry("IncentiveTransaction", MEMBER, &["member"]),
    entry("IncentiveTransactionConnection", AWARD, CONNECTION),
    entry("IncentiveTransactionEdge", AWARD, EDGE),
    entry("IncentivePosting", AWARD, &["account", "of", "amount"]),
    entry("IncentiveCorrection", AWARD, &[
        "id", "awardId", "memberId", "amount", "reason", "state", "proposedBy", "decidedBy", "decidedAt", "decision", "withdrawnAt", "version",
        "createdAt", "updatedAt",
    ]),
    entry("IncentiveCorrection", MEMBER, &["member"]),
    entry("IncentiveCorrectionConnection", AWARD, CONNECTION),
    entry("IncentiveCorrectionEdge", AWARD, EDGE),
    entry("IncentiveQuestion", AWARD, &[
        "id", "awardId", "memberId", "question", "answer", "answeredBy", "answeredAt", "withdrawnAt", "version", "createdAt", "updatedAt",
    ]),
    entry("IncentiveQuestion", MEMBER, &["member"]),
    entry("IncentiveQuestionConnection", AWARD, CONNECTION),
    entry("IncentiveQuestionEdge", AWARD, EDGE),
    entry("IncentiveAccount", AWARD, &["opening", "awarded", "corrected", "takenBack", "paid", "closing"]),
    entry("IncentivePayout", READ, &[
        "id", "number", "name", "currency", "untilDay", "bookedOn", "members", "madeBy", "createdAt", "reversedAt", "reversedOn", "reversedBy",
        "reversalReason",
    ]),
    // A payout of few would tell what they get.
    entry("IncentivePayout", PAY, &["total"]),
    entry("IncentivePayoutConnection", READ, CONNECTION),
    entry("IncentivePayoutEdge", READ, EDGE),
    entry("IncentiveMonthLock", READ, &["id", "openFrom", "note", "madeBy", "createdAt"]),
    entry("IncentiveMonthLockConnection", READ, CONNECTION),
    entry("IncentiveMonthLockEdge", READ, EDGE),
    entry("MyIncentives", AWARD, &["fromDay", "untilDay", "earned", "pending", "reachable"]),
    entry("MyIncentiveSum", AWARD, &["kind", "awards", "amount", "count"]),
    entry("IncentiveReachable", AWARD, &[
        "ruleId", "name", "purpose", "kind", "amount", "count", "nothing", "nextTier", "unmet",
    ]),
    entry("IncentiveNextTier", AWARD, &["number", "base", "from", "distance", "pays"]),
    entry("IncentiveUnmet", AWARD, &["part", "fact", "now", "wanted", "beyond", "distance"]),
    // Filtering by what one may not see would tell.
    entry("IncentiveAwardFilter", MEMBER, &["memberId"]),
    entry("IncentiveTransactionFilter", MEMBER, &["memberId"]),
    // So would some lines of a payout.
    entry("IncentiveTransactionFilter", PAY, &["payoutId"]),
    entry("IncentiveCorrectionFilter", MEMBER, &["memberId"]),
    entry("IncentiveQuestionFilter", MEMBER, &["memberId"]),
];
