//! Prizes that were won, whoever looks: what incentives are worked out from.

use chrono::{DateTime, Utc};
use entity::contest_award;
use sea_orm::sea_query::{Alias, Expr, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect,
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

/// An earlier award of the same entrant: prizes whose places overlap are several awards for one place.
fn earlier() -> SelectStatement {
    use contest_award::{Column, Entity};
    let other = Alias::new("earlier");
    let its = |column: Column| Expr::col((other.clone(), column));
    Query::select()
        .expr(Expr::val(1))
        .from_as(Entity, other.clone())
        .and_where(its(Column::EntrantId).equals((Entity, Column::EntrantId)))
        .and_where(its(Column::Id).lt(Expr::col((Entity, Column::Id))))
        .to_owned()
}

/// The places with prizes that were won in a span of time, each once by its first award, by id after one, so many at most; one
/// statement.
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
        .filter(Expr::exists(earlier()).not())
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
