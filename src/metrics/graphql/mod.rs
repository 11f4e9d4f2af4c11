//! Figures in the schema. Definitions have a room of their own.

mod difference;
mod inputs;
mod loaders;
mod query;
pub mod times;
mod types;

pub use inputs::MetricPeriod;
pub use query::MetricQuery;
pub use times::TimeSpentQuery;

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::MetricRead);

const fn entry(type_name: &'static str, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule: READ,
        fields,
    }
}

/// Every field of the figures' types with its rule. Whose figures can be seen is decided when they are asked for.
pub const ACCESS: &[Entry] = &[
    entry("Query", &["metric"]),
    entry(
        "MetricFigures",
        &[
            "metric",
            "version",
            "snapshot",
            "differences",
            "groups",
            "additive",
            "additiveNote",
            "hasWithheld",
            "upToDate",
        ],
    ),
    entry(
        "MetricGroup",
        &[
            "key",
            "subject",
            "figure",
            "series",
            "previous",
            "yearBefore",
            "difference",
        ],
    ),
    entry(
        "MetricComparison",
        &["from", "to", "value", "change", "changePercent"],
    ),
    entry(
        "MetricFigure",
        &["from", "to", "value", "count", "withheld", "records"],
    ),
    entry(
        "MetricRecordConnection",
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("MetricRecordEdge", &["cursor", "node"]),
    entry(
        "MetricDifference",
        &[
            "key",
            "subject",
            "then",
            "now",
            "change",
            "causes",
            "retired",
            "redefined",
            "withheld",
        ],
    ),
    entry("MetricCause", &["kind", "change", "count", "records"]),
    entry(
        "MetricChangedFactConnection",
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("MetricChangedFactEdge", &["cursor", "node"]),
    entry(
        "MetricChangedFact",
        &["recordId", "record", "source", "then", "now"],
    ),
    entry(
        "MetricRecord",
        &[
            "at", "day", "share", "values", "detail", "recordId", "record",
        ],
    ),
    Entry {
        type_name: "MetricRecord",
        rule: Rule::Needs(Permission::MemberRead),
        fields: &["member"],
    },
];
