//! Who may have which field about competencies.

use crate::access::{Entry, Permission, Rule};

const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);
const FOUND: Rule = Rule::Needs(Permission::CompetencyRead);
const PEOPLE: Rule = Rule::Needs(Permission::MemberRead);
const MANAGE: Rule = Rule::Needs(Permission::OrganisationManage);
const ASSESS: Rule = Rule::Needs(Permission::CompetencyAssess);

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field about competencies.
pub const ACCESS: &[Entry] = &[
    entry("Query", STRUCTURE, &["competencies", "competency"]),
    entry(
        "Mutation",
        MANAGE,
        &[
            "competencyCreate",
            "competencyProfileSet",
            "competencyUpdate",
        ],
    ),
    entry("Mutation", ASSESS, &["competencyAssess"]),
    entry(
        "Member",
        FOUND,
        &["competencies", "competencyAssessments", "competencyGap"],
    ),
    entry(
        "Position",
        STRUCTURE,
        &["competencyProfile", "competencyProfiles"],
    ),
    entry(
        "Competency",
        STRUCTURE,
        &[
            "active",
            "code",
            "id",
            "meaning",
            "meaningZh",
            "name",
            "nameZh",
            "version",
        ],
    ),
    entry(
        "CompetencyConnection",
        STRUCTURE,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("CompetencyEdge", STRUCTURE, &["cursor", "node"]),
    entry(
        "CompetencyProfile",
        STRUCTURE,
        &["createdAt", "note", "number", "validFrom", "wants"],
    ),
    entry("CompetencyWant", STRUCTURE, &["competency", "level"]),
    entry("CompetencyAssessment", PEOPLE, &["member"]),
    entry(
        "CompetencyAssessment",
        FOUND,
        &[
            "assessedBy",
            "assessedOn",
            "competency",
            "createdAt",
            "evidence",
            "id",
            "level",
        ],
    ),
    entry(
        "CompetencyGap",
        FOUND,
        &["day", "fit", "lines", "met", "position"],
    ),
    entry("CompetencyGap", STRUCTURE, &["profile"]),
    entry(
        "CompetencyGapLine",
        FOUND,
        &["competency", "found", "missing", "wanted"],
    ),
    entry(
        "CompetencyCreatePayload",
        MANAGE,
        &["competency", "userErrors"],
    ),
    entry(
        "CompetencyUpdatePayload",
        MANAGE,
        &["competency", "userErrors"],
    ),
    entry(
        "CompetencyProfileSetPayload",
        MANAGE,
        &["position", "userErrors"],
    ),
    entry(
        "CompetencyAssessPayload",
        ASSESS,
        &["assessment", "userErrors"],
    ),
];
