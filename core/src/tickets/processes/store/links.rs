//! What hangs on a template and on a version.

use entity::{process_step, process_version};

use crate::access::children::{Column, Link};
use crate::db::keyset::Sort;

/// The versions of a template, the newest first.
pub struct TemplatesVersions;

impl Link for TemplatesVersions {
    type Child = process_version::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (
            process_version::Column::Id,
            process_version::Column::TemplateId,
        )
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::descending(process_version::Column::Number),
            Sort::descending(process_version::Column::Id),
        ]
    }
}

/// The steps of a version, in order.
pub struct VersionsSteps;

impl Link for VersionsSteps {
    type Child = process_step::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (process_step::Column::Id, process_step::Column::VersionId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::ascending(process_step::Column::Position),
            Sort::ascending(process_step::Column::Id),
        ]
    }
}
