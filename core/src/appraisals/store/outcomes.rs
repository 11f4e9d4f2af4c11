//! What appraisals came to and which critical behaviours were recorded, member by member, whoever looks: what incentives are
//! worked out from.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::{AppraisalRhythm, AppraisalStage};
use entity::{appraisal, appraisal_cycle, appraisal_incident, appraisal_result};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
};
use uuid::Uuid;

use crate::appraisals::rules::counts::{Recorded, fit, once};
use crate::audit::last_done;
use crate::decimal::Decimal;
use crate::error::Result;

/// A result that is out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The appraisal.
    pub appraisal_id: Uuid,
    /// The score.
    pub score: Decimal,
    /// The key of the band.
    pub band: String,
}

/// The results, as they were at a moment, of appraisals that ended within these days - after `from`, at `to` at the latest - and
/// were out by then; by member. Of several the one counts whose rhythm fits the days best ([`fit`]), and of these the last one.
/// Four statements.
///
/// # Errors
/// When the database fails.
pub async fn outcomes(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    (from, to): (NaiveDate, NaiveDate),
    known_at: DateTime<Utc>,
) -> Result<HashMap<Uuid, Outcome>> {
    let out = cycles_out(connection, (from, to), known_at).await?;
    let mut found: Vec<(Uuid, Uuid, AppraisalRhythm, NaiveDate)> = appraisal::Entity::find()
        .select_only()
        .columns([appraisal::Column::MemberId, appraisal::Column::Id])
        .columns([
            appraisal_cycle::Column::Rhythm,
            appraisal_cycle::Column::UntilDay,
        ])
        .join(JoinType::InnerJoin, appraisal::Relation::Cycle.def())
        .filter(appraisal::Column::MemberId.is_in(members.iter().copied()))
        .filter(appraisal::Column::CycleId.is_in(out))
        .into_tuple()
        .all(connection)
        .await?;
    found.sort_unstable_by_key(|(_, id, rhythm, until)| (fit(*rhythm, (from, to)), *until, *id));
    let last: HashMap<Uuid, Uuid> = found
        .into_iter()
        .map(|(member, id, ..)| (member, id))
        .collect();
    let rows: Vec<(Uuid, i64, String)> = appraisal_result::Entity::find()
        .select_only()
        .columns([
            appraisal_result::Column::AppraisalId,
            appraisal_result::Column::Score,
            appraisal_result::Column::Band,
        ])
        .filter(appraisal_result::Column::AppraisalId.is_in(last.values().copied()))
        .filter(appraisal_result::Column::CreatedAt.lte(known_at))
        .order_by_asc(appraisal_result::Column::Number)
        .into_tuple()
        .all(connection)
        .await?;
    let held: HashMap<Uuid, (i64, String)> = rows
        .into_iter()
        .map(|(appraisal, score, band)| (appraisal, (score, band)))
        .collect();
    let outcome = |(member, appraisal_id): (Uuid, Uuid)| {
        let (score, band) = held.get(&appraisal_id)?.clone();
        let score = Decimal(score);
        Some((
            member,
            Outcome {
                appraisal_id,
                score,
                band,
            },
        ))
    };
    Ok(last.into_iter().filter_map(outcome).collect())
}

/// The cycles that ended within these days and whose results were out at a moment: published, and not reopened since. The log knows it of
/// then, whatever became of them later.
async fn cycles_out(
    connection: &impl ConnectionTrait,
    (from, to): (NaiveDate, NaiveDate),
    known_at: DateTime<Utc>,
) -> Result<Vec<Uuid>> {
    use appraisal_cycle::Column::{Id, PublishedAt, UntilDay};
    const REOPEN: &str = "appraisal.cycle.reopen";
    let published: Vec<Uuid> = appraisal_cycle::Entity::find()
        .select_only()
        .column(Id)
        .filter(PublishedAt.lte(known_at))
        .filter(UntilDay.gt(from))
        .filter(UntilDay.lte(to))
        .into_tuple()
        .all(connection)
        .await?;
    let steps = ["appraisal.cycle.publish", REOPEN];
    let last = last_done(connection, &steps, &published, known_at).await?;
    let is_out = |cycle: &Uuid| last.get(cycle).is_none_or(|step| step != REOPEN);
    Ok(published.into_iter().filter(is_out).collect())
}

/// An incident with its appraisal and the member: behaviour, day and ticket.
type Row = (Uuid, Uuid, Uuid, String, NaiveDate, Option<Uuid>);

/// The critical behaviours of these days that held at a moment, each once ([`once`]), by member. Those of a cycle that was called
/// off don't hold. One statement.
///
/// # Errors
/// When the database fails.
pub async fn incidents_of_members(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    (from, to): (NaiveDate, NaiveDate),
    known_at: DateTime<Utc>,
) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    use appraisal_incident::Column::{
        AppraisalId, Behaviour, CreatedAt, Day, Id, TicketId, WithdrawnAt,
    };
    let held = Condition::any()
        .add(WithdrawnAt.is_null())
        .add(WithdrawnAt.gt(known_at));
    // Nothing changes a cycle after it was called off.
    let goes_on = Condition::any()
        .add(appraisal_cycle::Column::Stage.ne(AppraisalStage::Cancelled))
        .add(appraisal_cycle::Column::UpdatedAt.gt(known_at));
    let rows: Vec<Row> = appraisal_incident::Entity::find()
        .select_only()
        .columns([Id, AppraisalId])
        .column(appraisal::Column::MemberId)
        .columns([Behaviour, Day, TicketId])
        .join(
            JoinType::InnerJoin,
            appraisal_incident::Relation::Appraisal.def(),
        )
        .join(JoinType::InnerJoin, appraisal::Relation::Cycle.def())
        .filter(appraisal::Column::MemberId.is_in(members.iter().copied()))
        .filter(Day.gte(from))
        .filter(Day.lt(to))
        .filter(CreatedAt.lte(known_at))
        .filter(held)
        .filter(goes_on)
        .order_by_asc(Id)
        .into_tuple()
        .all(connection)
        .await?;
    let recorded = |(id, appraisal, member, behaviour, day, ticket): Row| Recorded {
        id,
        appraisal,
        member,
        behaviour,
        day,
        ticket,
    };
    Ok(once(rows.into_iter().map(recorded).collect()))
}
