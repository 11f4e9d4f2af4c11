//! Prizes that were won, whoever looks: what incentives are worked out from.

use chrono::{DateTime, Utc};
use entity::contest_award;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::error::Result;

/// A prize that was won.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Won {
    /// The award.
    pub award_id: Uuid,
    /// Who won it.
    pub member_id: Uuid,
    /// The place in the contest.
    pub rank: i32,
    /// When.
    pub at: DateTime<Utc>,
}

fn won(row: &contest_award::Model) -> Won {
    Won {
        award_id: row.id,
        member_id: row.member_id,
        rank: row.rank,
        at: row.created_at,
    }
}

/// The prizes that were won in a span of time, by id after one, so many at most; one statement.
///
/// # Errors
/// When the database fails.
pub async fn won_between(
    connection: &impl ConnectionTrait,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Won>> {
    use contest_award::Column::{CreatedAt, Id};
    let rows = contest_award::Entity::find()
        .filter(CreatedAt.gte(from))
        .filter(CreatedAt.lt(to))
        .filter(Condition::all().add_option(after.map(|after| Id.gt(after))))
        .order_by_asc(Id)
        .limit(limit)
        .all(connection)
        .await?;
    Ok(rows.iter().map(won).collect())
}

/// Those that these members won, by id; one statement.
///
/// # Errors
/// When the database fails.
pub async fn won_by(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Won>> {
    use contest_award::Column::{CreatedAt, Id, MemberId};
    let rows = contest_award::Entity::find()
        .filter(MemberId.is_in(members.iter().copied()))
        .filter(CreatedAt.gte(from))
        .filter(CreatedAt.lt(to))
        .order_by_asc(Id)
        .all(connection)
        .await?;
    Ok(rows.iter().map(won).collect())
}
