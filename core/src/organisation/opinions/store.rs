//! Rounds, questions, and the counts of a round. Counts are read once a round is closed, and only as a whole.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::{AssignmentKind, StaffSurveyState};
use entity::{
    assignment, member, staff_survey_cell, staff_survey_invitation, staff_survey_question,
    staff_survey_round, staff_survey_tally,
};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::rules::Cell;
use crate::access::children::{Column, Link};
use crate::access::{Listed, Viewer};
use crate::db::filter::Matches;
use crate::db::keyset::Sort;
use crate::error::{Error, Result};
use crate::organisation::scope::holding_on;
use crate::organisation::structure::store::teams_on;

/// Rows that are written at once.
const CHUNK: usize = 500;

/// The questions of a round, in order.
pub struct RoundsQuestions;

impl Link for RoundsQuestions {
    type Child = staff_survey_question::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (
            staff_survey_question::Column::Id,
            staff_survey_question::Column::RoundId,
        )
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::ascending(staff_survey_question::Column::Place),
            Sort::ascending(staff_survey_question::Column::Id),
        ]
    }
}

/// Which rounds.
#[derive(Clone, Debug, Default)]
pub struct RoundFilter {
    /// How far.
    pub state: Option<Matches<StaffSurveyState>>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RoundOrder {
    /// The latest end first.
    #[default]
    ClosesOnDesc,
    /// The earliest end first.
    ClosesOnAsc,
}

impl Listed for staff_survey_round::Entity {
    type Filter = RoundFilter;
    type Order = RoundOrder;

    fn matching(filter: &RoundFilter, _: &Viewer) -> Condition {
        let state = filter.state.as_ref();
        Condition::all().add_option(state.map(|state| state.on(staff_survey_round::Column::State)))
    }

    fn sorts(order: RoundOrder) -> Vec<Sort<staff_survey_round::Column>> {
        use staff_survey_round::Column::{ClosesOn, Id};
        match order {
            RoundOrder::ClosesOnDesc => vec![Sort::descending(ClosesOn), Sort::descending(Id)],
            RoundOrder::ClosesOnAsc => vec![Sort::ascending(ClosesOn), Sort::ascending(Id)],
        }
    }
}

/// The questions of a round, in order.
///
/// # Errors
/// When the database fails.
pub async fn questions_of(
    connection: &impl ConnectionTrait,
    round: Uuid,
) -> Result<Vec<staff_survey_question::Model>> {
    Ok(staff_survey_question::Entity::find()
        .filter(staff_survey_question::Column::RoundId.eq(round))
        .order_by_asc(staff_survey_question::Column::Place)
        .all(connection)
        .await?)
}

/// Writes a round.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &impl ConnectionTrait, row: staff_survey_round::Model) -> Result<()> {
    staff_survey_round::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes a round as its next version.
///
/// # Errors
/// When the database fails.
pub async fn save(
    tx: &impl ConnectionTrait,
    mut row: staff_survey_round::Model,
    at: DateTime<Utc>,
) -> Result<()> {
    row.version += 1;
    row.updated_at = at;
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}

/// Puts these in the place of a round's questions.
///
/// # Errors
/// When the database fails.
pub async fn put_questions(
    tx: &impl ConnectionTrait,
    round: Uuid,
    rows: Vec<staff_survey_question::Model>,
) -> Result<()> {
    staff_survey_question::Entity::delete_many()
        .filter(staff_survey_question::Column::RoundId.eq(round))
        .exec(tx)
        .await?;
    staff_survey_question::Entity::insert_many(
        rows.into_iter().map(IntoActiveModel::into_active_model),
    )
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// Everybody who works here on a day with the department and team of the home, by member.
///
/// # Errors
/// When the database fails.
pub async fn homes_on(
    connection: &impl ConnectionTrait,
    day: NaiveDate,
) -> Result<BTreeMap<Uuid, (Option<Uuid>, Option<Uuid>)>> {
    let departments: HashMap<Uuid, Uuid> = teams_on(connection, day)
        .await?
        .into_iter()
        .map(|team| (team.id, team.department_id))
        .collect();
    let homes = assignment::Entity::find()
        .filter(assignment::Column::Kind.eq(AssignmentKind::Home))
        .filter(holding_on(
            assignment::Column::ValidFrom,
            assignment::Column::ValidTo,
            day,
        ))
        .all(connection)
        .await?;
    let here = member::Entity::find()
        .filter(member::Column::JoinedOn.lte(day))
        .filter(
            Condition::any()
                .add(member::Column::LeftOn.is_null())
                .add(member::Column::LeftOn.gt(day)),
        )
        .all(connection)
        .await?;
    let here: std::collections::BTreeSet<Uuid> = here.into_iter().map(|row| row.id).collect();
    let homes = homes
        .into_iter()
        .filter(|row| here.contains(&row.member_id));
    Ok(homes
        .map(|row| {
            let of_team = row.team_id.and_then(|team| departments.get(&team).copied());
            (row.member_id, (of_team.or(row.department_id), row.team_id))
        })
        .collect())
}

/// Makes the cells, tallies and invitations of a round, all at nothing.
///
/// # Errors
/// When the database fails.
pub async fn open(
    tx: &impl ConnectionTrait,
    cells: Vec<staff_survey_cell::Model>,
    tallies: Vec<staff_survey_tally::Model>,
    invitations: Vec<staff_survey_invitation::Model>,
) -> Result<()> {
    macro_rules! write {
        ($($table:ident: $rows:ident),*) => {
            $(for some in $rows.chunks(CHUNK) {
                let some = some.iter().cloned().map(IntoActiveModel::into_active_model);
                $table::Entity::insert_many(some).exec_without_returning(tx).await?;
            })*
        };
    }
    write!(staff_survey_cell: cells, staff_survey_tally: tallies, staff_survey_invitation: invitations);
    Ok(())
}

/// A member's own invitation to a round: none when there is none, else whether it was answered, and in which cell.
///
/// # Errors
/// When the database fails.
pub async fn invitation(
    connection: &impl ConnectionTrait,
    round: Uuid,
    member: Uuid,
) -> Result<Option<staff_survey_invitation::Model>> {
    Ok(staff_survey_invitation::Entity::find()
        .filter(staff_survey_invitation::Column::RoundId.eq(round))
        .filter(staff_survey_invitation::Column::MemberId.eq(member))
        .one(connection)
        .await?)
}

/// Which of these rounds a member was invited to and has answered.
///
/// # Errors
/// When the database fails.
pub async fn answered_by(
    connection: &impl ConnectionTrait,
    rounds: &[Uuid],
    member: Uuid,
) -> Result<HashMap<Uuid, bool>> {
    let rows = staff_survey_invitation::Entity::find()
        .filter(staff_survey_invitation::Column::RoundId.is_in(rounds.iter().copied()))
        .filter(staff_survey_invitation::Column::MemberId.eq(member))
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.round_id, row.answered))
        .collect())
}

/// A round, held as it is until the transaction ends: it can't be closed while somebody answers, or what is counted later would
/// stand out.
///
/// # Errors
/// When the database fails.
pub async fn hold(
    tx: &impl ConnectionTrait,
    round: Uuid,
) -> Result<Option<staff_survey_round::Model>> {
    Ok(staff_survey_round::Entity::find_by_id(round)
        .lock_shared()
        .one(tx)
        .await?)
}

/// Marks an invitation as answered; false when it was already.
///
/// # Errors
/// When the database fails.
pub async fn mark_answered(tx: &impl ConnectionTrait, invitation: Uuid) -> Result<bool> {
    use staff_survey_invitation::Column::{Answered, Id};
    let done = staff_survey_invitation::Entity::update_many()
        .col_expr(Answered, Expr::value(true))
        .filter(Id.eq(invitation))
        .filter(Answered.eq(false))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Counts one more person in a cell, and what that person chose.
///
/// # Errors
/// When the database fails, or something was chosen that has no tally.
pub async fn count(tx: &impl ConnectionTrait, cell: Uuid, chosen: &[(Uuid, i32)]) -> Result<()> {
    // The cell first: whoever answers at once in the same one waits here, and nobody for each other.
    let people = Expr::col(staff_survey_cell::Column::People).add(1);
    staff_survey_cell::Entity::update_many()
        .col_expr(staff_survey_cell::Column::People, people)
        .filter(staff_survey_cell::Column::Id.eq(cell))
        .exec(tx)
        .await?;
    use staff_survey_tally::Column::{CellId, Choice, People, QuestionId};
    let mut any = Condition::any();
    for (question, choice) in chosen {
        any = any.add(
            Condition::all()
                .add(QuestionId.eq(*question))
                .add(Choice.eq(*choice)),
        );
    }
    let raised = staff_survey_tally::Entity::update_many()
        .col_expr(People, Expr::col(People).add(1))
        .filter(CellId.eq(cell))
        .filter(any)
        .exec(tx)
        .await?;
    if usize::try_from(raised.rows_affected).ok() != Some(chosen.len()) {
        return Err(Error::internal("an answer without a tally"));
    }
    Ok(())
}

/// Writes all counts and invitations of a round once more as they are: afterwards the database doesn't tell by the marks of its
/// transactions which of them were written together, either.
///
/// # Errors
/// When the database fails.
pub async fn blur(tx: &impl ConnectionTrait, round: Uuid) -> Result<()> {
    let cells: Vec<Uuid> = cells_of(tx, round)
        .await?
        .iter()
        .map(|cell| cell.id)
        .collect();
    let tallied = staff_survey_tally::Column::People;
    staff_survey_tally::Entity::update_many()
        .col_expr(tallied, Expr::col(tallied).add(0))
        .filter(staff_survey_tally::Column::CellId.is_in(cells))
        .exec(tx)
        .await?;
    let counted = staff_survey_cell::Column::People;
    staff_survey_cell::Entity::update_many()
        .col_expr(counted, Expr::col(counted).add(0))
        .filter(staff_survey_cell::Column::RoundId.eq(round))
        .exec(tx)
        .await?;
    let answered = staff_survey_invitation::Column::Answered;
    staff_survey_invitation::Entity::update_many()
        .col_expr(answered, Expr::col(answered))
        .filter(staff_survey_invitation::Column::RoundId.eq(round))
        .exec(tx)
        .await?;
    Ok(())
}

async fn cells_of(
    connection: &impl ConnectionTrait,
    round: Uuid,
) -> Result<Vec<staff_survey_cell::Model>> {
    Ok(staff_survey_cell::Entity::find()
        .filter(staff_survey_cell::Column::RoundId.eq(round))
        .order_by_asc(staff_survey_cell::Column::Id)
        .all(connection)
        .await?)
}

/// What was counted in a round.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// The cells.
    pub cells: Vec<Cell>,
    /// How often what was chosen: by cell, question and choice.
    pub tallies: Vec<(Uuid, Uuid, i32, i32)>,
}

/// What was counted in a round that is closed; nothing of any other; two statements.
///
/// # Errors
/// When the database fails.
pub async fn counted(
    connection: &impl ConnectionTrait,
    round: &staff_survey_round::Model,
) -> Result<Counted> {
    if round.state != StaffSurveyState::Closed {
        return Ok(Counted::default());
    }
    let cells: Vec<Cell> = cells_of(connection, round.id)
        .await?
        .into_iter()
        .map(|row| Cell {
            id: row.id,
            department: row.department_id,
            team: row.team_id,
            people: row.people,
        })
        .collect();
    let tallies = staff_survey_tally::Entity::find()
        .filter(staff_survey_tally::Column::CellId.is_in(cells.iter().map(|cell| cell.id)))
        .all(connection)
        .await?;
    Ok(Counted {
        cells,
        tallies: tallies
            .into_iter()
            .map(|row| (row.cell_id, row.question_id, row.choice, row.people))
            .collect(),
    })
}
