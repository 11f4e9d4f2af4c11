//! Single rows of contests.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::enums::{ContestRoundKind, ContestRoundState, ContestState};
use entity::{
    contest, contest_award, contest_conflict, contest_entrant, contest_judge, contest_result,
    contest_round, contest_score,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, SqlErr,
};
use uuid::Uuid;

use crate::db::new_id;
use crate::error::{Error, Result};
use crate::training::contests::rules::ranking::Reached;

crate::rows!(versioned: contest, contest_round, contest_entrant, contest_score; written: contest_conflict);

/// Rows that are only ever written, many at once.
pub trait Written {}
impl Written for contest_result::Model {}
impl Written for contest_award::Model {}

/// Writes many rows.
///
/// # Errors
/// When the database fails.
pub async fn write_all<M, A>(tx: &impl ConnectionTrait, rows: Vec<M>) -> Result<()>
where
    M: Written + IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    A::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes a new contest; false when its code is taken. Then the transaction is good for nothing more.
///
/// # Errors
/// When the database fails.
pub async fn insert_contest(tx: &impl ConnectionTrait, row: contest::Model) -> Result<bool> {
    let same = contest::Entity::find().filter(contest::Column::Code.eq(row.code.as_str()));
    if same.count(tx).await? > 0 {
        return Ok(false);
    }
    let inserted = contest::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await;
    match inserted {
        Ok(_) => Ok(true),
        Err(error) => match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Ok(false),
            _ => Err(error.into()),
        },
    }
}

/// Puts other rounds in the place of a draft's.
///
/// # Errors
/// When the database fails.
pub async fn replace_rounds(
    tx: &impl ConnectionTrait,
    contest_id: Uuid,
    rounds: Vec<contest_round::Model>,
) -> Result<()> {
    contest_round::Entity::delete_many()
        .filter(contest_round::Column::ContestId.eq(contest_id))
        .exec(tx)
        .await?;
    for round in rounds {
        insert(tx, round).await?;
    }
    Ok(())
}

/// A contest, locked until the transaction ends.
///
/// # Errors
/// When the database fails or there is none.
pub async fn contest_locked(tx: &impl ConnectionTrait, id: Uuid) -> Result<contest::Model> {
    let row = contest::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?;
    row.ok_or_else(|| Error::internal("a round without its contest"))
}

/// A round, locked until the transaction ends, or shared by those who only look at it.
///
/// # Errors
/// When the database fails or there is none.
pub async fn round_locked(tx: &impl ConnectionTrait, id: Uuid) -> Result<contest_round::Model> {
    let row = contest_round::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?;
    row.ok_or_else(|| Error::internal("a round that is gone"))
}

/// The rounds of a contest, in their order.
///
/// # Errors
/// When the database fails.
pub async fn rounds_of(
    connection: &impl ConnectionTrait,
    contest_id: Uuid,
) -> Result<Vec<contest_round::Model>> {
    Ok(contest_round::Entity::find()
        .filter(contest_round::Column::ContestId.eq(contest_id))
        .order_by_asc(contest_round::Column::Number)
        .all(connection)
        .await?)
}

/// Those who take part and haven't given up.
///
/// # Errors
/// When the database fails.
pub async fn entrants_of(
    connection: &impl ConnectionTrait,
    contest_id: Uuid,
) -> Result<Vec<contest_entrant::Model>> {
    Ok(contest_entrant::Entity::find()
        .filter(contest_entrant::Column::ContestId.eq(contest_id))
        .filter(contest_entrant::Column::WithdrawnAt.is_null())
        .order_by_asc(contest_entrant::Column::Id)
        .all(connection)
        .await?)
}

/// A member's entry in a contest, given up or not.
///
/// # Errors
/// When the database fails.
pub async fn entrant_of(
    connection: &impl ConnectionTrait,
    contest_id: Uuid,
    member_id: Uuid,
) -> Result<Option<contest_entrant::Model>> {
    Ok(contest_entrant::Entity::find()
        .filter(contest_entrant::Column::ContestId.eq(contest_id))
        .filter(contest_entrant::Column::MemberId.eq(member_id))
        .one(connection)
        .await?)
}

/// Those who judge.
///
/// # Errors
/// When the database fails.
pub async fn judges_of(connection: &impl ConnectionTrait, contest_id: Uuid) -> Result<Vec<Uuid>> {
    Ok(contest_judge::Entity::find()
        .select_only()
        .column(contest_judge::Column::MemberId)
        .filter(contest_judge::Column::ContestId.eq(contest_id))
        .into_tuple()
        .all(connection)
        .await?)
}

/// Does a member judge a contest?
///
/// # Errors
/// When the database fails.
pub async fn is_judge(
    connection: &impl ConnectionTrait,
    contest_id: Uuid,
    member_id: Uuid,
) -> Result<bool> {
    Ok(judges_of(connection, contest_id)
        .await?
        .contains(&member_id))
}

/// Takes some judges away and adds others.
///
/// # Errors
/// When the database fails.
pub async fn replace_judges(
    tx: &impl ConnectionTrait,
    contest_id: Uuid,
    (gone, come): (&[Uuid], &[Uuid]),
    at: DateTime<Utc>,
) -> Result<()> {
    contest_judge::Entity::delete_many()
        .filter(contest_judge::Column::ContestId.eq(contest_id))
        .filter(contest_judge::Column::MemberId.is_in(gone.iter().copied()))
        .exec(tx)
        .await?;
    for member_id in come {
        let row = contest_judge::Model {
            id: new_id(at),
            contest_id,
            member_id: *member_id,
            created_at: at,
        };
        contest_judge::Entity::insert(row.into_active_model())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// The declared conflicts of a contest, as judge and entrant.
///
/// # Errors
/// When the database fails.
pub async fn conflicts_of(
    connection: &impl ConnectionTrait,
    contest_id: Uuid,
) -> Result<HashSet<(Uuid, Uuid)>> {
    let pairs: Vec<(Uuid, Uuid)> = contest_conflict::Entity::find()
        .select_only()
        .columns([
            contest_conflict::Column::JudgeId,
            contest_conflict::Column::EntrantId,
        ])
        .filter(contest_conflict::Column::ContestId.eq(contest_id))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(pairs.into_iter().collect())
}

/// What a judge gave an entrant in a round, locked.
///
/// # Errors
/// When the database fails.
pub async fn score_of(
    tx: &impl ConnectionTrait,
    (round_id, entrant_id, judge_id): (Uuid, Uuid, Uuid),
) -> Result<Option<contest_score::Model>> {
    Ok(contest_score::Entity::find()
        .filter(contest_score::Column::RoundId.eq(round_id))
        .filter(contest_score::Column::EntrantId.eq(entrant_id))
        .filter(contest_score::Column::JudgeId.eq(judge_id))
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// What judges gave in a round, entrant by entrant.
///
/// # Errors
/// When the database fails.
pub async fn scores_of_round(
    connection: &impl ConnectionTrait,
    round_id: Uuid,
) -> Result<HashMap<Uuid, Vec<contest_score::Model>>> {
    let rows = contest_score::Entity::find()
        .filter(contest_score::Column::RoundId.eq(round_id))
        .order_by_asc(contest_score::Column::Id)
        .all(connection)
        .await?;
    let mut of: HashMap<Uuid, Vec<contest_score::Model>> = HashMap::new();
    for row in rows {
        of.entry(row.entrant_id).or_default().push(row);
    }
    Ok(of)
}

/// What entrants came to, round by round, with who advanced from which.
///
/// # Errors
/// When the database fails.
pub async fn results_of(
    connection: &impl ConnectionTrait,
    contest_id: Uuid,
) -> Result<Vec<(Reached, bool)>> {
    let numbers: HashMap<Uuid, i32> = rounds_of(connection, contest_id)
        .await?
        .into_iter()
        .map(|round| (round.id, round.number))
        .collect();
    let rows = contest_result::Entity::find()
        .filter(contest_result::Column::ContestId.eq(contest_id))
        .order_by_asc(contest_result::Column::Id)
        .all(connection)
        .await?;
    let reached = rows.into_iter().filter_map(|row| {
        let round = *numbers.get(&row.round_id)?;
        let reached = Reached {
            entrant: row.entrant_id,
            round,
            rank: row.rank,
        };
        Some((reached, row.advanced))
    });
    Ok(reached.collect())
}

/// An entrant who waits for a judge's score.
#[derive(Clone, Debug)]
pub struct Task {
    /// The contest.
    pub contest: contest::Model,
    /// The round.
    pub round: contest_round::Model,
    /// The entrant.
    pub entrant: contest_entrant::Model,
}

/// The open judged rounds of the contests that a member judges, with those in them who have no score of the member and no
/// declared conflict; at most so many.
///
/// # Errors
/// When the database fails.
pub async fn tasks(
    connection: &impl ConnectionTrait,
    judge: Uuid,
    limit: usize,
) -> Result<Vec<Task>> {
    use sea_orm::QueryTrait;
    let judged = contest_judge::Entity::find()
        .select_only()
        .column(contest_judge::Column::ContestId)
        .filter(contest_judge::Column::MemberId.eq(judge))
        .into_query();
    let running = contest::Entity::find()
        .filter(contest::Column::Id.in_subquery(judged))
        .filter(contest::Column::State.eq(ContestState::Running))
        .order_by_asc(contest::Column::Id)
        .all(connection)
        .await?;
    let mut found = Vec::new();
    for contest in running {
        let rounds = rounds_of(connection, contest.id).await?;
        let open = rounds.into_iter().find(|round| {
            round.state == ContestRoundState::Open && round.kind == ContestRoundKind::Judged
        });
        let Some(round) = open else { continue };
        let conflicts = conflicts_of(connection, contest.id).await?;
        let scored = scores_of_round(connection, round.id).await?;
        for entrant in in_round(connection, contest.id, round.number).await? {
            let done = scored
                .get(&entrant.id)
                .is_some_and(|scores| scores.iter().any(|score| score.judge_id == judge));
            if done || conflicts.contains(&(judge, entrant.id)) {
                continue;
            }
            found.push(Task {
                contest: contest.clone(),
                round: round.clone(),
                entrant,
            });
            if found.len() >= limit {
                return Ok(found);
            }
        }
    }
    Ok(found)
}

/// Those who are in a round: all who take part in the first one, and those who advanced into the others.
///
/// # Errors
/// When the database fails.
pub async fn in_round(
    connection: &impl ConnectionTrait,
    contest_id: Uuid,
    number: i32,
) -> Result<Vec<contest_entrant::Model>> {
    let mut entrants = entrants_of(connection, contest_id).await?;
    if number > 1 {
        let came: HashSet<Uuid> = results_of(connection, contest_id)
            .await?
            .into_iter()
            .filter(|(reached, advanced)| *advanced && reached.round == number - 1)
            .map(|(reached, _)| reached.entrant)
            .collect();
        entrants.retain(|entrant| came.contains(&entrant.id));
    }
    Ok(entrants)
}
