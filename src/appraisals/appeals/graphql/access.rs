//! Who may have which field of appeals' types. Which rows, the store decides.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::AppraisalRead);
const WRITE: Rule = Rule::Needs(Permission::AppraisalWrite);
const DECIDE: Rule = Rule::Needs(Permission::AppraisalAppealDecide);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of appeals' types.
#[rustfmt::skip]
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["appraisalAppeal", "appraisalAppeals"]),
    entry("Mutation", WRITE, &["appraisalAcknowledge", "appraisalAppealFile", "appraisalAppealWithdraw"]),
    entry("Mutation", DECIDE, &["appraisalAppealDecide"]),
    entry("AppraisalAcknowledgePayload", WRITE, &["appraisal", "userErrors"]),
    entry("AppraisalAppealFilePayload", WRITE, &["appeal", "userErrors"]),
    entry("AppraisalAppealWithdrawPayload", WRITE, &["appeal", "userErrors"]),
    entry("AppraisalAppealDecidePayload", DECIDE, &["appeal", "userErrors"]),
    entry("AppraisalAppeal", READ, &[
        "id", "appraisalId", "number", "grounds", "state", "decision", "decidedByName", "decidedAt", "version", "createdAt", "updatedAt",
    ]),
    entry("AppraisalAppeal", MEMBER, &["member"]),
    entry("AppraisalAppealConnection", READ, &["edges", "nodes", "pageInfo", "totalCount"]),
    entry("AppraisalAppealEdge", READ, &["cursor", "node"]),
];
