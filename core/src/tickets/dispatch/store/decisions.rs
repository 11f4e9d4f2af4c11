//! Decisions with their candidates: written once, read by those who may see the ticket.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::DispatchMode;
use entity::{dispatch_candidate, dispatch_decision, member, ticket};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::access::children::{Column, Link};
use crate::access::{Actor, Listed, Permission, Viewer, by_ids, compare_reference, find, visible};
use crate::db::filter::{IdMatches, Matches, TimeMatches};
use crate::db::keyset::Sort;
use crate::db::new_id;
use crate::error::{Error, Result};
use crate::tickets::dispatch::rules::{Candidate, Judged, Needs, Points, Verdict, Weights, Why};

/// Rows that one statement writes at most.
const AT_ONCE: usize = 1_000;
/// Decisions whose candidates are read at once at most.
const READ_AT_ONCE: usize = 100;

/// A decision to be written down.
#[derive(Clone, Debug)]
pub struct NewDecision<'d> {
    /// The ticket.
    pub ticket_id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// By the ranking or by a person.
    pub mode: DispatchMode,
    /// Who got it.
    pub chosen: Option<Uuid>,
    /// Who asked for it.
    pub actor: &'d Actor,
    /// Why the ranking was overruled.
    pub reason: Option<String>,
    /// What the ticket asked for.
    pub needs: &'d Needs,
    /// How the points weighed.
    pub weights: Weights,
    /// How long it had waited.
    pub waited_seconds: i64,
    /// Everybody who was looked at.
    pub ranking: &'d [Judged],
}

/// What is kept of a candidate beside the points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// The facts of that moment.
    pub facts: Candidate,
    /// What stood against it.
    pub why: Option<Why>,
}

impl Recorded {
    /// Reads them from a row.
    ///
    /// # Errors
    /// When they aren't in the row or can't be read.
    pub fn of(row: &dispatch_candidate::Model) -> Result<Self> {
        let detail = row
            .detail
            .clone()
            .ok_or_else(|| Error::internal("a dispatch candidate without facts"))?;
        Ok(serde_json::from_value(detail)?)
    }
}

/// Writes a decision with all its candidates and returns its id.
///
/// # Errors
/// When the database fails.
pub async fn insert(connection: &impl ConnectionTrait, decision: &NewDecision<'_>) -> Result<Uuid> {
    let id = new_id(decision.at);
    let row = dispatch_decision::Model {
        id,
        ticket_id: decision.ticket_id,
        at: decision.at,
        mode: decision.mode,
        chosen_member_id: decision.chosen,
        actor_kind: decision.actor.kind,
        actor_id: decision.actor.id,
        actor_name: decision.actor.name.clone(),
        reason: decision.reason.clone(),
        requirements: serde_json::to_value(decision.needs)?,
        weights: serde_json::to_value(decision.weights)?,
        waited_seconds: decision.waited_seconds,
    };
    dispatch_decision::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(connection)
        .await?;
    let rows = decision
        .ranking
        .iter()
        .map(|judged| candidate_row(new_id(decision.at), id, judged))
        .collect::<Result<Vec<_>>>()?;
    for rows in rows.chunks(AT_ONCE) {
        let rows = rows
            .iter()
            .map(|row| row.clone().into_active_model().reset_all());
        dispatch_candidate::Entity::insert_many(rows)
            .exec_without_returning(connection)
            .await?;
    }
    Ok(id)
}

/// The row of a judged candidate.
///
/// # Errors
/// When its facts can't be written as JSON.
pub fn candidate_row(
    id: Uuid,
    decision_id: Uuid,
    judged: &Judged,
) -> Result<dispatch_candidate::Model> {
    let (points, total) = match judged.verdict {
        Verdict::Ranked { points, total, .. } => (points, total),
        Verdict::Excluded(_) => (Points::default(), 0),
    };
    let small = |value: u64| i32::try_from(value).unwrap_or(i32::MAX);
    let recorded = Recorded {
        facts: judged.candidate.clone(),
        why: judged.why().cloned(),
    };
    Ok(dispatch_candidate::Model {
        id,
        decision_id,
        member_id: judged.candidate.member,
        rank: judged
            .rank()
            .map(|rank| i32::try_from(rank).unwrap_or(i32::MAX)),
        excluded: judged.why().map(Why::exclusion),
        detail: Some(serde_json::to_value(recorded)?),
        load: small(points.load),
        fit: small(points.fit),
        fairness: small(points.fairness),
        total: small(total),
    })
}

/// One decision, if the viewer may read it.
///
/// # Errors
/// When the database fails.
pub async fn decision(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<dispatch_decision::Model>> {
    find::<dispatch_decision::Entity>(connection, viewer, Permission::DispatchRead, id).await
}

/// The candidates of decisions that were read already: by place, then the excluded ones by id.
///
/// # Errors
/// When the database fails.
pub async fn candidates(
    connection: &impl ConnectionTrait,
    decisions: &[Uuid],
) -> Result<HashMap<Uuid, Vec<dispatch_candidate::Model>>> {
    use dispatch_candidate::Column::{DecisionId, Id};
    let rows = dispatch_candidate::Entity::find()
        .filter(DecisionId.is_in(decisions.iter().copied()))
        .order_by_asc(Id)
        .all(connection)
        .await?;
    let mut of: HashMap<Uuid, Vec<dispatch_candidate::Model>> =
        decisions.iter().map(|id| (*id, Vec::new())).collect();
    for row in rows {
        of.entry(row.decision_id).or_default().push(row);
    }
    // They were written in the order of the ranking, but ids needn't be trusted with that.
    for rows in of.values_mut() {
        rows.sort_by_key(|row| (row.rank.unwrap_or(i32::MAX), row.id));
    }
    Ok(of)
}

/// The last decision about a ticket, for the server's own work.
///
/// # Errors
/// When the database fails.
pub async fn latest(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
) -> Result<Option<dispatch_decision::Model>> {
    use dispatch_decision::Column::{At, Id, TicketId};
    Ok(dispatch_decision::Entity::find()
        .filter(TicketId.eq(ticket))
        .order_by_desc(At)
        .order_by_desc(Id)
        .one(connection)
        .await?)
}

/// A past assignment as it was written down.
#[derive(Clone, Debug)]
pub struct Replayed {
    /// The decision.
    pub decision: dispatch_decision::Model,
    /// Its ticket as it is now.
    pub ticket: ticket::Model,
    /// What it asked for then.
    pub needs: Needs,
    /// Who came into question.
    pub candidates: Vec<Candidate>,
}

/// The decisions of a stretch by which somebody got a ticket, oldest first, at most so many; those that the viewer may
/// read. `team` keeps those about tickets that were that team's then.
///
/// # Errors
/// When the database fails, or holds something that can't be read.
pub async fn past(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    team: Option<Uuid>,
    most: u64,
) -> Result<Vec<Replayed>> {
    use dispatch_decision::Column::{At, ChosenMemberId, Id};
    let rows = visible::<dispatch_decision::Entity>(viewer, Permission::DispatchRead)
        .filter(At.gte(from))
        .filter(At.lt(to))
        .filter(ChosenMemberId.is_not_null())
        .order_by_asc(At)
        .order_by_asc(Id)
        .limit(most)
        .all(connection)
        .await?;
    let mut read = Vec::with_capacity(rows.len());
    for rows in rows.chunks(READ_AT_ONCE) {
        let tickets: Vec<Uuid> = rows.iter().map(|row| row.ticket_id).collect();
        let tickets =
            by_ids::<ticket::Entity>(connection, viewer, Permission::DispatchRead, &tickets)
                .await?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut of = candidates(connection, &ids).await?;
        for row in rows {
            let needs: Needs = serde_json::from_value(row.requirements.clone())?;
            let Some(ticket) = tickets.get(&row.ticket_id) else {
                continue;
            };
            if team.is_some() && needs.team != team {
                continue;
            }
            let candidates = of
                .remove(&row.id)
                .unwrap_or_default()
                .iter()
                .map(|row| Recorded::of(row).map(|recorded| recorded.facts))
                .collect::<Result<Vec<_>>>()?;
            read.push(Replayed {
                decision: row.clone(),
                ticket: ticket.clone(),
                needs,
                candidates,
            });
        }
    }
    Ok(read)
}

/// The decisions about a ticket, newest first.
pub struct Decisions;

impl Link for Decisions {
    type Child = dispatch_decision::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (
            dispatch_decision::Column::Id,
            dispatch_decision::Column::TicketId,
        )
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::descending(dispatch_decision::Column::At),
            Sort::descending(dispatch_decision::Column::Id),
        ]
    }
}

/// Which decisions a list is about. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct DecisionFilter {
    /// Who chose.
    pub mode: Option<Matches<DispatchMode>>,
    /// Who got the ticket.
    pub chosen_id: Option<IdMatches>,
    /// When.
    pub at: Option<TimeMatches>,
}

/// In which order decisions come; ties are broken by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionOrder {
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
}

impl Listed for dispatch_decision::Entity {
    type Filter = DecisionFilter;
    type Order = DecisionOrder;

    fn matching(filter: &DecisionFilter, viewer: &Viewer) -> Condition {
        use dispatch_decision::Column;
        Condition::all()
            .add_option(filter.mode.as_ref().map(|mode| mode.on(Column::Mode)))
            .add_option(filter.chosen_id.as_ref().map(|wanted| {
                compare_reference::<member::Entity>(wanted, Column::ChosenMemberId, viewer)
            }))
            .add_option(filter.at.as_ref().map(|at| at.on(Column::At)))
    }

    fn sorts(order: DecisionOrder) -> Vec<Sort<dispatch_decision::Column>> {
        use dispatch_decision::Column;
        match order {
            DecisionOrder::Newest => {
                vec![Sort::descending(Column::At), Sort::descending(Column::Id)]
            }
            DecisionOrder::Oldest => {
                vec![Sort::ascending(Column::At), Sort::ascending(Column::Id)]
            }
        }
    }
}
