//! Who may have which field of the templates' types.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::AppraisalTemplateRead);
const MANAGE: Rule = Rule::Needs(Permission::AppraisalTemplateManage);
const PAYLOAD: &[&str] = &["template", "userErrors"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of the templates' types.
#[rustfmt::skip]
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["appraisalTemplate", "appraisalTemplates"]),
    entry("Mutation", MANAGE, &[
        "appraisalTemplateCreate", "appraisalTemplateDraft", "appraisalTemplateRetire", "appraisalTemplateVersionPublish",
        "appraisalTemplateVersionRevise",
    ]),
    entry("AppraisalTemplateCreatePayload", MANAGE, PAYLOAD),
    entry("AppraisalTemplateDraftPayload", MANAGE, PAYLOAD),
    entry("AppraisalTemplateRetirePayload", MANAGE, PAYLOAD),
    entry("AppraisalTemplateVersionPublishPayload", MANAGE, PAYLOAD),
    entry("AppraisalTemplateVersionRevisePayload", MANAGE, PAYLOAD),
    entry("AppraisalTemplate", READ, &[
        "id", "code", "name", "nameZh", "family", "retiredAt", "versions", "current", "version", "createdAt", "updatedAt",
    ]),
    entry("AppraisalTemplateConnection", READ, &["edges", "nodes", "pageInfo", "totalCount"]),
    entry("AppraisalTemplateEdge", READ, &["cursor", "node"]),
    entry("AppraisalTemplateVersion", READ, &[
        "id", "template", "number", "state", "content", "note", "publishedAt", "publishedByName", "version", "createdAt", "updatedAt",
    ]),
    entry("AppraisalContent", READ, &["full", "cap", "rounding", "bands", "sections", "behaviours"]),
    entry("AppraisalRounding", READ, &["decimals", "mode"]),
    entry("AppraisalBand", READ, &["key", "name", "nameZh", "from", "mostPercent"]),
    entry("AppraisalSection", READ, &["key", "name", "nameZh", "weight", "missing", "measure"]),
    entry("AppraisalMeasure", READ, &["kind", "metrics", "criteria", "sources", "questions"]),
    entry("AppraisalMetricItem", READ, &["metric", "weight", "anchors"]),
    entry("AppraisalAnchor", READ, &["value", "percent"]),
    entry("AppraisalCriterion", READ, &["key", "name", "nameZh", "weight"]),
    entry("AppraisalSide", READ, &["source", "weight", "least"]),
    entry("AppraisalBehaviour", READ, &["key", "name", "nameZh", "points", "most"]),
];
