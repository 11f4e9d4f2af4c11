//! Where time is lost (耗时分析) in the schema: how long things took, told apart and compared.

mod figure;
mod inputs;
mod query;
mod types;

pub use query::TimeSpentQuery;
pub use types::shown_detail;

use crate::access::{Entry, Permission, Rule};

const fn entry(type_name: &'static str, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule: Rule::Needs(Permission::MetricRead),
        fields,
    }
}

/// Every field with its rule. Whose times can be seen is decided when they are asked for.
pub const ACCESS: &[Entry] = &[
    entry("Query", &["timeSpent"]),
    entry(
        "TimeSpent",
        &[
            "source",
            "measure",
            "figure",
            "series",
            "previous",
            "yearBefore",
            "groups",
            "additive",
            "additiveNote",
            "upToDate",
        ],
    ),
    entry(
        "TimeSpentGroup",
        &[
            "key",
            "name",
            "subject",
            "figure",
            "series",
            "previous",
            "yearBefore",
            "compared",
        ],
    ),
    entry("TimeSpentPart", &["key", "name", "subject", "figure"]),
    entry(
        "TimeSpentFigure",
        &[
            "from",
            "to",
            "count",
            "median",
            "p90",
            "mean",
            "total",
            "shareOfTotal",
            "records",
        ],
    ),
    entry(
        "TimeSpentComparison",
        &[
            "figure",
            "countChangePercent",
            "medianChangePercent",
            "p90ChangePercent",
            "totalChangePercent",
        ],
    ),
];
