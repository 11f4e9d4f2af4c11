//! Awards that were given for records of which money went back.

use entity::enums::IncentiveRunState;
use entity::{incentive_award, incentive_run};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait,
};

use crate::error::Result;

/// The booked awards of records of a source, by id; one statement.
///
/// # Errors
/// When the database fails.
pub async fn awards_of_records(
    connection: &impl ConnectionTrait,
    source: &str,
    records: &[String],
) -> Result<Vec<incentive_award::Model>> {
    use incentive_award::Column::{Amount, Id, Source, SubjectId};
    Ok(incentive_award::Entity::find()
        .join(JoinType::InnerJoin, incentive_award::Relation::Run.def())
        .filter(SubjectId.is_in(records.iter().map(String::as_str)))
        .filter(Source.eq(source))
        .filter(Amount.gt(0))
        .filter(incentive_run::Column::State.eq(IncentiveRunState::Approved))
        .filter(incentive_run::Column::BookedAt.is_not_null())
        .order_by_asc(Id)
        .all(connection)
        .await?)
}
