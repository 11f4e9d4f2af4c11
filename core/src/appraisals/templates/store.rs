//! The only place that touches templates and their versions; results read what a version says by
//! [`content_of`](crate::appraisals::store::content_of).

use std::collections::BTreeMap;

use entity::enums::{AppraisalVersionState, JobFamily};
use entity::{appraisal_template, appraisal_template_version};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::access::children::{Column, Link};
use crate::access::{Listed, Viewer};
use crate::db::filter::{Matches, TextMatches};
use crate::db::keyset::Sort;
use crate::error::{ApiError, Result};

crate::rows!(versioned: appraisal_template, appraisal_template_version; written: );

/// Which templates. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct TemplateFilter {
    /// The code.
    pub code: Option<TextMatches>,
    /// For positions of which family.
    pub family: Option<Matches<JobFamily>>,
    /// Retired, or in use.
    pub retired: Option<bool>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TemplateOrder {
    /// By code.
    #[default]
    CodeAsc,
    /// By code, from the end.
    CodeDesc,
    /// The latest first.
    CreatedAtDesc,
}

impl Listed for appraisal_template::Entity {
    type Filter = TemplateFilter;
    type Order = TemplateOrder;

    fn matching(filter: &TemplateFilter, _: &Viewer) -> Condition {
        use appraisal_template::Column::{Code, Family, RetiredAt};
        let retired = |retired: bool| {
            if retired {
                RetiredAt.is_not_null()
            } else {
                RetiredAt.is_null()
            }
        };
        Condition::all()
            .add_option(filter.code.as_ref().map(|is| is.on(Code)))
            .add_option(filter.family.as_ref().map(|is| is.on(Family)))
            .add_option(filter.retired.map(retired))
    }

    fn sorts(order: TemplateOrder) -> Vec<Sort<appraisal_template::Column>> {
        use appraisal_template::Column::{Code, CreatedAt, Id};
        match order {
            TemplateOrder::CodeAsc => vec![Sort::ascending(Code), Sort::ascending(Id)],
            TemplateOrder::CodeDesc => vec![Sort::descending(Code), Sort::descending(Id)],
            TemplateOrder::CreatedAtDesc => vec![Sort::descending(CreatedAt), Sort::descending(Id)],
        }
    }
}

/// The versions of a template, the latest first.
pub struct TemplatesVersions;

impl Link for TemplatesVersions {
    type Child = appraisal_template_version::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        use appraisal_template_version::Column::{Id, TemplateId};
        (Id, TemplateId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        use appraisal_template_version::Column::{Id, Number};
        vec![Sort::descending(Number), Sort::descending(Id)]
    }
}

/// Is there a template of that code, in use or retired?
///
/// # Errors
/// When the database fails.
pub async fn is_taken(connection: &impl ConnectionTrait, code: &str) -> Result<bool> {
    let found = appraisal_template::Entity::find()
        .filter(appraisal_template::Column::Code.eq(code))
        .count(connection)
        .await?;
    Ok(found > 0)
}

/// The template of a version, locked: what changes about versions changes one after the other.
///
/// # Errors
/// `NOT_FOUND` when there is none.
pub async fn locked(tx: &impl ConnectionTrait, id: Uuid) -> Result<appraisal_template::Model> {
    let row = appraisal_template::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(row.ok_or_else(ApiError::not_found)?)
}

/// The versions of a template, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn versions_of(
    connection: &impl ConnectionTrait,
    template: Uuid,
) -> Result<Vec<appraisal_template_version::Model>> {
    Ok(appraisal_template_version::Entity::find()
        .filter(appraisal_template_version::Column::TemplateId.eq(template))
        .order_by_desc(appraisal_template_version::Column::Number)
        .all(connection)
        .await?)
}

/// Those of these versions that a cycle may use, with the families of their templates: published, the template in use.
///
/// # Errors
/// When the database fails.
pub async fn usable(
    connection: &impl ConnectionTrait,
    versions: &[Uuid],
) -> Result<BTreeMap<Uuid, JobFamily>> {
    let rows = appraisal_template_version::Entity::find()
        .find_also_related(appraisal_template::Entity)
        .filter(appraisal_template_version::Column::Id.is_in(versions.iter().copied()))
        .filter(appraisal_template_version::Column::State.eq(AppraisalVersionState::Published))
        .filter(appraisal_template::Column::RetiredAt.is_null())
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(version, template)| Some((version.id, template?.family)))
        .collect())
}
