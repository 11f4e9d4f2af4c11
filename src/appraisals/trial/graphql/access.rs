//! Who may have which field of a trial. That all appraisals may be read, the action asks for.

use crate::access::{Entry, Permission, Rule};

const MANAGE: Rule = Rule::Needs(Permission::AppraisalTemplateManage);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of a trial.
#[rustfmt::skip]
pub const ACCESS: &[Entry] = &[
    entry("Query", MANAGE, &["appraisalTemplateTrial"]),
    entry("AppraisalTrial", MANAGE, &["lookedAt", "moves", "movedTotal", "moved", "unknown", "before", "after"]),
    entry("AppraisalTrialMove", MANAGE, &["fromBand", "toBand", "count"]),
    entry("AppraisalTrialResult", MANAGE, &["appraisalId", "scoreBefore", "bandBefore", "scoreAfter", "bandAfter"]),
    entry("AppraisalTrialResult", MEMBER, &["member"]),
    entry("AppraisalTrialUnknown", MANAGE, &["appraisalId", "reasons"]),
    entry("AppraisalTrialUnknown", MEMBER, &["member"]),
];
