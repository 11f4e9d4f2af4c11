//! Who may have which field of plans for improvement. Whose plans somebody may write, the actions decide.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::AppraisalRead);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);
const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);
const REFERENCE: Rule = Rule::Needs(Permission::AppraisalTemplateRead);
const PAYLOAD: &[&str] = &["plan", "userErrors"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of plans for improvement.
#[rustfmt::skip]
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["improvementPlan", "improvementPlans"]),
    // Whoever leads the group or calibrates, and the owner: the actions ask for it.
    entry("Mutation", READ, &["improvementPlanWrite", "improvementPlanRevise", "improvementPlanEnd"]),
    entry("ImprovementPlanWritePayload", READ, PAYLOAD),
    entry("ImprovementPlanRevisePayload", READ, PAYLOAD),
    entry("ImprovementPlanEndPayload", READ, PAYLOAD),
    entry("ImprovementPlan", READ, &[
        "id", "aim", "measures", "dueOn", "state", "result", "endedAt", "writtenBy", "version", "createdAt", "updatedAt",
    ]),
    entry("ImprovementPlan", REFERENCE, &["cycle"]),
    entry("ImprovementPlan", MEMBER, &["owner"]),
    entry("ImprovementPlan", STRUCTURE, &["team", "department", "region"]),
    entry("ImprovementPlanFilter", REFERENCE, &["cycleId"]),
    entry("ImprovementPlanFilter", STRUCTURE, &["teamId", "departmentId", "regionId"]),
    entry("ImprovementPlanConnection", READ, &["edges", "nodes", "pageInfo", "totalCount"]),
    entry("ImprovementPlanEdge", READ, &["cursor", "node"]),
];
