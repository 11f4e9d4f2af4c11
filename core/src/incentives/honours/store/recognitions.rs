//! Recognitions as limits, facts and patterns look at them, whoever looks. None that was taken back counts.

use chrono::{DateTime, NaiveDate, Utc};
use entity::recognition;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::error::Result;
use crate::incentives::rules::honours::Recognition;

type Columns = (Uuid, Uuid, NaiveDate);

fn plain((giver, receiver, day): Columns) -> Recognition {
    Recognition {
        giver,
        receiver,
        day,
    }
}

/// What somebody gave from a day on, and what a colleague gave them: what one more is weighed by. One statement.
///
/// # Errors
/// When the database fails.
pub async fn to_weigh(
    connection: &impl ConnectionTrait,
    (giver, receiver): (Uuid, Uuid),
    from: NaiveDate,
) -> Result<Vec<Recognition>> {
    use recognition::Column::{Day, GiverId, ReceiverId, WithdrawnAt};
    let back = Condition::all()
        .add(GiverId.eq(receiver))
        .add(ReceiverId.eq(giver));
    let rows: Vec<Columns> = recognition::Entity::find()
        .select_only()
        .columns([GiverId, ReceiverId, Day])
        .filter(Day.gte(from))
        .filter(WithdrawnAt.is_null())
        .filter(Condition::any().add(GiverId.eq(giver)).add(back))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(plain).collect())
}

/// How many recognitions a member gave within these days; one statement.
///
/// # Errors
/// When the database fails.
pub async fn given_by(
    connection: &impl ConnectionTrait,
    member: Uuid,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<u64> {
    use recognition::Column::{Day, GiverId, WithdrawnAt};
    Ok(recognition::Entity::find()
        .filter(GiverId.eq(member))
        .filter(Day.gte(from))
        .filter(Day.lt(to))
        .filter(WithdrawnAt.is_null())
        .count(connection)
        .await?)
}

/// All recognitions of these days, the first first, so many at most; one statement.
///
/// # Errors
/// When the database fails.
pub async fn given_in(
    connection: &impl ConnectionTrait,
    (from, to): (NaiveDate, NaiveDate),
    limit: u64,
) -> Result<Vec<Recognition>> {
    use recognition::Column::{Day, GiverId, Id, ReceiverId, WithdrawnAt};
    let rows: Vec<Columns> = recognition::Entity::find()
        .select_only()
        .columns([GiverId, ReceiverId, Day])
        .filter(Day.gte(from))
        .filter(Day.lt(to))
        .filter(WithdrawnAt.is_null())
        .order_by_asc(Day)
        .order_by_asc(Id)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(plain).collect())
}

/// What these members got within these days, as it was known at a moment: member and recognition, by its id. One statement.
///
/// # Errors
/// When the database fails.
pub async fn received(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    (from, to): (NaiveDate, NaiveDate),
    known_at: DateTime<Utc>,
) -> Result<Vec<(Uuid, Uuid)>> {
    use recognition::Column::{CreatedAt, Day, Id, ReceiverId, WithdrawnAt};
    let stood = Condition::any()
        .add(WithdrawnAt.is_null())
        .add(WithdrawnAt.gt(known_at));
    Ok(recognition::Entity::find()
        .select_only()
        .columns([ReceiverId, Id])
        .filter(ReceiverId.is_in(members.iter().copied()))
        .filter(Day.gte(from))
        .filter(Day.lt(to))
        .filter(CreatedAt.lte(known_at))
        .filter(stood)
        .order_by_asc(Id)
        .into_tuple()
        .all(connection)
        .await?)
}
