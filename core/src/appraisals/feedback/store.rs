//! The only place that touches what raters are asked and say.

use std::collections::HashMap;

use entity::appraisal_feedback;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::appraisals::rules::voices::Said;
use crate::error::Result;

/// What was said in these appraisals, for computing results and putting voices together; never shown as it is.
///
/// # Errors
/// When the database fails.
pub async fn said_of(
    connection: &impl ConnectionTrait,
    appraisals: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Said>>> {
    let rows = appraisal_feedback::Entity::find()
        .filter(appraisal_feedback::Column::AppraisalId.is_in(appraisals.iter().copied()))
        .all(connection)
        .await?;
    let mut said: HashMap<Uuid, Vec<Said>> = HashMap::new();
    for row in rows {
        said.entry(row.appraisal_id).or_default().push(Said {
            source: row.source,
            answers: serde_json::from_value(row.answers)?,
            comment: row.comment,
        });
    }
    Ok(said)
}
