//! Judging everybody who comes into question for a ticket, and writing down what was decided.

use entity::enums::DispatchMode;
use entity::ticket;
use uuid::Uuid;

use crate::error::Result;
use crate::organisation::today;
use crate::tickets::dispatch::figures::figures;
use crate::tickets::dispatch::rules::{Judged, Needs, Pool, Weights, judge};
use crate::tickets::dispatch::store::{self, Moment, NewDecision};
use crate::work::Work;

/// A ticket with everybody who comes into question, judged.
pub struct Judgement {
    /// What the ticket needs.
    pub needs: Needs,
    /// How the points weigh.
    pub weights: Weights,
    /// Everybody, the best first.
    pub ranking: Vec<Judged>,
    /// What it was judged by.
    pub pool: Pool,
    waited_seconds: i64,
}

/// Judges everybody who comes into question for a ticket, and a member who is named. With `lock` no other ranking can
/// give them work until this transaction ends.
pub async fn judged(
    work: &Work<'_>,
    ticket: &ticket::Model,
    named: Option<Uuid>,
    lock: bool,
) -> Result<Judgement> {
    let call = work.call();
    let moment = Moment {
        at: call.at,
        day: today(call),
    };
    let figures = figures(work.tx()).await?;
    let asked = store::asked(ticket);
    let named_list: Vec<Uuid> = named.into_iter().collect();
    let pool = store::pool(work.tx(), &[asked], &named_list, moment, &figures, lock).await?;
    let needs = pool.needs(asked);
    let ranking = judge(&needs, pool.candidates(&needs, named), figures.weights);
    Ok(Judgement {
        needs,
        weights: figures.weights,
        ranking,
        pool,
        waited_seconds: waited(work, ticket).await?,
    })
}

/// Since it was opened, or taken back from its last assignee; a ticket that somebody has doesn't wait.
async fn waited(work: &Work<'_>, ticket: &ticket::Model) -> Result<i64> {
    if ticket.assignee_id.is_some() {
        return Ok(0);
    }
    let taken_back = store::unassigned_since(work.tx(), &[ticket.id]).await?;
    let since = taken_back
        .get(&ticket.id)
        .copied()
        .unwrap_or(ticket.created_at);
    Ok((work.call().at - since).num_seconds().max(0))
}

/// Writes a decision down and returns its id.
pub async fn write_down(
    work: &Work<'_>,
    ticket: &ticket::Model,
    judgement: &Judgement,
    mode: DispatchMode,
    chosen: Option<Uuid>,
    reason: Option<String>,
) -> Result<Uuid> {
    let call = work.call();
    let decision = NewDecision {
        ticket_id: ticket.id,
        at: call.at,
        mode,
        chosen,
        actor: &call.viewer.actor,
        reason,
        needs: &judgement.needs,
        weights: judgement.weights,
        waited_seconds: judgement.waited_seconds,
        ranking: &judgement.ranking,
    };
    store::insert(work.tx(), &decision).await
}

/// Writes down what the ranking would have said about an assignment that a person makes, so that every assignment can
/// be explained. `ticket` is as it will be, but still without the assignee. A fixed number of statements.
///
/// # Errors
/// When the database fails.
pub async fn explain(work: &Work<'_>, ticket: &ticket::Model, assignee: Uuid) -> Result<()> {
    let judgement = judged(work, ticket, Some(assignee), false).await?;
    write_down(
        work,
        ticket,
        &judgement,
        DispatchMode::Manual,
        Some(assignee),
        None,
    )
    .await?;
    Ok(())
}
