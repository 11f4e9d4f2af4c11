//! Prizes of published contests with what they are called, whoever looks: what honours are made of.

use chrono::{DateTime, Utc};
use entity::enums::ContestState;
use entity::{contest, contest_award};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait,
};
use uuid::Uuid;

use crate::error::Result;

/// A prize of a published contest.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct PrizeWon {
    /// The award.
    pub id: Uuid,
    /// Who won it.
    pub member_id: Uuid,
    /// The place in the contest.
    pub rank: i32,
    /// What the prize is called.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// What the contest is called.
    pub title: String,
    /// 竞赛中文名称.
    pub title_zh: String,
    /// When it was won.
    pub created_at: DateTime<Utc>,
}

async fn prizes(
    connection: &impl ConnectionTrait,
    which: Condition,
    limit: Option<u64>,
) -> Result<Vec<PrizeWon>> {
    use contest_award::Column::{CreatedAt, Id, MemberId, Name, NameZh, Rank};
    Ok(contest_award::Entity::find()
        .select_only()
        .columns([Id, MemberId, Rank, Name, NameZh, CreatedAt])
        .columns([contest::Column::Title, contest::Column::TitleZh])
        .join(JoinType::InnerJoin, contest_award::Relation::Contest.def())
        .filter(contest::Column::State.eq(ContestState::Published))
        .filter(which)
        .order_by_asc(Id)
        .limit(limit)
        .into_model::<PrizeWon>()
        .all(connection)
        .await?)
}

/// The prizes of published contests, by id after one, so many at most; one statement.
///
/// # Errors
/// When the database fails.
pub async fn prizes_after(
    connection: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<PrizeWon>> {
    let later = after.map(|after| contest_award::Column::Id.gt(after));
    prizes(connection, Condition::all().add_option(later), Some(limit)).await
}

/// Those of these awards that are prizes of published contests; one statement.
///
/// # Errors
/// When the database fails.
pub async fn prizes_of(connection: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<PrizeWon>> {
    let these = contest_award::Column::Id.is_in(ids.iter().copied());
    prizes(connection, Condition::all().add(these), None).await
}
