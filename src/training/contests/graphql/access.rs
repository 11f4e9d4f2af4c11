//! Who may have which field of the contests' types. Which rows, the store decides.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::ContestRead);
const RUN: Rule = Rule::Needs(Permission::ContestManage);
const ENTER: Rule = Rule::Needs(Permission::ContestEnter);
const JUDGE: Rule = Rule::Needs(Permission::ContestJudge);
const RESULT: Rule = Rule::Needs(Permission::ContestResultRead);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);
const EXAM: Rule = Rule::Needs(Permission::ExamRead);
const PAYLOAD: &[&str] = &["contest", "userErrors"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of the contests' types.
#[rustfmt::skip]
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["contest", "contests"]),
    entry("Query", JUDGE, &["contestJudgingTasks"]),
    entry("Mutation", RUN, &[
        "contestCreate", "contestRevise", "contestOpen", "contestRoundOpen", "contestRoundClose", "contestPublish", "contestCancel",
        "contestJudgesChange",
    ]),
    entry("Mutation", ENTER, &["contestEnter", "contestWithdraw"]),
    entry("Mutation", JUDGE, &["contestConflictDeclare", "contestScoreGive"]),
    entry("ContestCreatePayload", RUN, PAYLOAD),
    entry("ContestRevisePayload", RUN, PAYLOAD),
    entry("ContestOpenPayload", RUN, PAYLOAD),
    entry("ContestRoundOpenPayload", RUN, PAYLOAD),
    entry("ContestRoundClosePayload", RUN, PAYLOAD),
    entry("ContestPublishPayload", RUN, PAYLOAD),
    entry("ContestCancelPayload", RUN, PAYLOAD),
    entry("ContestJudgesChangePayload", RUN, PAYLOAD),
    entry("ContestEnterPayload", ENTER, PAYLOAD),
    entry("ContestWithdrawPayload", ENTER, PAYLOAD),
    entry("ContestConflictDeclarePayload", JUDGE, PAYLOAD),
    entry("ContestScoreGivePayload", JUDGE, &["score", "userErrors"]),
    entry("Contest", READ, &[
        "id", "code", "title", "titleZh", "description", "state", "prizes", "rounds", "entrants", "awards", "publishedAt", "reason",
        "version", "createdAt", "updatedAt",
    ]),
    entry("Contest", MEMBER, &["owner", "judges"]),
    entry("Contest", RUN, &["conflicts"]),
    entry("ContestConnection", READ, &["edges", "nodes", "pageInfo", "totalCount"]),
    entry("ContestEdge", READ, &["cursor", "node"]),
    entry("ContestPrize", READ, &["fromRank", "toRank", "name", "nameZh"]),
    entry("ContestCriterion", READ, &["name", "nameZh", "maxPoints", "weight"]),
    entry("ContestRound", READ, &[
        "id", "number", "title", "titleZh", "kind", "criteria", "dropEach", "dropFrom", "leastJudges", "advance", "state", "closedAt",
        "version",
    ]),
    entry("ContestRound", EXAM, &["exam"]),
    entry("ContestRound", RESULT, &["results", "scores"]),
    entry("ContestEntrant", READ, &["id", "name", "withdrawnAt", "version"]),
    entry("ContestEntrant", MEMBER, &["member"]),
    entry("ContestConflict", RUN, &["entrant", "reason", "createdAt"]),
    entry("ContestConflict", MEMBER, &["judge"]),
    entry("ContestScore", RESULT, &["id", "entrant", "points", "total", "comment", "version"]),
    entry("ContestScore", MEMBER, &["judge"]),
    entry("ContestResult", RESULT, &["entrant", "score", "rank", "scores", "advanced"]),
    entry("ContestAward", READ, &["id", "rank", "name", "nameZh", "createdAt"]),
    entry("ContestAward", MEMBER, &["member"]),
    entry("ContestJudgingTask", JUDGE, &["contest", "round", "entrant"]),
];
