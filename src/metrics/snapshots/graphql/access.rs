//! Who may have which field about snapshots.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::MetricRead);
const MANAGE: Rule = Rule::Needs(Permission::MetricSnapshotManage);

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field about snapshots.
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["metricSnapshot", "metricSnapshots"]),
    entry("Mutation", MANAGE, &["metricSnapshotFreeze"]),
    entry(
        "MetricSnapshotFreezePayload",
        MANAGE,
        &["snapshot", "userErrors"],
    ),
    entry(
        "MetricSnapshot",
        READ,
        &[
            "from", "frozenAt", "id", "metrics", "name", "nameZh", "note", "to",
        ],
    ),
    entry(
        "MetricSnapshot",
        Rule::Needs(Permission::UserRead),
        &["frozenBy"],
    ),
    entry("MetricSnapshotMetric", READ, &["key", "version"]),
    entry(
        "MetricSnapshotConnection",
        READ,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("MetricSnapshotEdge", READ, &["cursor", "node"]),
];
