//! Who may have which of the fields about definitions.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::MetricRead);
const MANAGE: Rule = Rule::Needs(Permission::MetricManage);

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of the types about definitions.
pub const ACCESS: &[Entry] = &[
    entry(
        "Query",
        READ,
        &["metricDefinition", "metricDefinitions", "metricSources"],
    ),
    entry("Query", MANAGE, &["metricCheck"]),
    entry(
        "Mutation",
        MANAGE,
        &[
            "metricDefine",
            "metricRestore",
            "metricRetire",
            "metricRevise",
        ],
    ),
    entry(
        "Metric",
        READ,
        &[
            "active",
            "additive",
            "aggregate",
            "atLeast",
            "attribution",
            "channels",
            "current",
            "direction",
            "expression",
            "id",
            "inputs",
            "key",
            "kinds",
            "meaning",
            "meaningZh",
            "measure",
            "missing",
            "name",
            "nameZh",
            "ready",
            "shipped",
            "source",
            "unit",
            "updatedAt",
            "version",
            "versions",
        ],
    ),
    entry(
        "MetricConnection",
        READ,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("MetricEdge", READ, &["cursor", "node"]),
    entry(
        "MetricVersion",
        READ,
        &[
            "countedAt",
            "createdAt",
            "definition",
            "id",
            "meaning",
            "meaningZh",
            "name",
            "nameZh",
            "note",
            "number",
        ],
    ),
    entry(
        "MetricDefinition",
        READ,
        &[
            "additive",
            "aggregate",
            "atLeast",
            "attribution",
            "channels",
            "direction",
            "expression",
            "inputs",
            "kinds",
            "measure",
            "missing",
            "source",
            "unit",
        ],
    ),
    entry(
        "MetricSource",
        READ,
        &["attributions", "key", "meaning", "measures", "name"],
    ),
    entry("MetricMeasure", READ, &["key", "unit"]),
    entry("MetricCheck", MANAGE, &["inputs", "problems"]),
    entry(
        "MetricProblem",
        MANAGE,
        &["field", "length", "message", "offset"],
    ),
    entry("MetricDefinePayload", MANAGE, &["metric", "userErrors"]),
    entry("MetricRevisePayload", MANAGE, &["metric", "userErrors"]),
    entry("MetricRetirePayload", MANAGE, &["metric", "userErrors"]),
    entry("MetricRestorePayload", MANAGE, &["metric", "userErrors"]),
];
