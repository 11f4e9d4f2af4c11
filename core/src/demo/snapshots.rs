//! The last full quarter of the demo company is frozen, and some of it turns out to be otherwise afterwards, so that a
//! difference with its causes can be looked at.

use chrono::{Datelike, Months, NaiveDate, TimeDelta};
use entity::{survey_answer, ticket};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::calendar::{at_hour, day_of};
use crate::access::Call;
use crate::app::App;
use crate::error::Result;
use crate::events::{self, Event};
use crate::metrics::snapshots::{Freeze, freeze};

/// Ratings that were given to the wrong ticket, so that they are typed again.
const RATINGS: u64 = 3;
/// Tickets that somebody else answered for.
const OWNERS: u64 = 2;
/// Tickets that were complaints.
const KINDS: u64 = 2;

/// Freezes the last full quarter as it has been counted, and corrects a few of its records.
///
/// # Errors
/// When the database fails.
pub async fn freeze_and_correct(app: &App) -> Result<()> {
    let now = app.clock.now();
    let today = day_of(now);
    let first = today.with_day(1).unwrap_or(today);
    let begun = first.checked_sub_months(Months::new(first.month0() % 3));
    let Some(to) = begun else { return Ok(()) };
    let Some(from) = to.checked_sub_months(Months::new(3)) else {
        return Ok(());
    };
    let (quarter, year) = (from.month0() / 3 + 1, from.year());
    let order = Freeze {
        name: format!("Q{quarter} {year}"),
        name_zh: format!("{year} 年第 {quarter} 季度"),
        from,
        to,
        note: Some("For the quarterly appraisals. 季度考核依据。".to_owned()),
    };
    let call = Call::system(now, "demo").on(today);
    freeze(app, &call, order, None).await?;
    correct(app, (from, to)).await?;
    app.counter.catch_up(&app.db, now).await
}

/// Corrects records of these days, each with the event that its change would have left.
async fn correct(app: &App, (from, to): (NaiveDate, NaiveDate)) -> Result<()> {
    let tx = app.db.begin().await?;
    let mut touched = Vec::new();
    let (begin, end) = (at_hour(from, 0), at_hour(to, 0));

    let answers = survey_answer::Entity::find()
        .filter(survey_answer::Column::AnsweredAt.gte(begin))
        .filter(survey_answer::Column::AnsweredAt.lt(end))
        .order_by_asc(survey_answer::Column::Id)
        .limit(RATINGS + 1)
        .all(&tx)
        .await?;
    for (n, answer) in (0..).zip(answers) {
        let (column, value) = if n < RATINGS {
            let other = if answer.rating > 3 { 2 } else { 5 };
            (survey_answer::Column::Rating, Expr::value(other))
        } else {
            // This one came when the quarter was over.
            let later = end + TimeDelta::hours(10);
            (survey_answer::Column::AnsweredAt, Expr::value(later))
        };
        survey_answer::Entity::update_many()
            .col_expr(column, value)
            .filter(survey_answer::Column::Id.eq(answer.id))
            .exec(&tx)
            .await?;
        touched.push(answer.ticket_id);
    }

    let resolved = ticket::Entity::find()
        .filter(ticket::Column::ResolvedAt.gte(begin))
        .filter(ticket::Column::ResolvedAt.lt(end))
        .filter(ticket::Column::OwnerId.is_not_null())
        .order_by_asc(ticket::Column::Id)
        .all(&tx)
        .await?;
    let other_owner = |owner: Option<Uuid>| {
        let mut owners = resolved.iter().filter_map(|row| row.owner_id);
        owners.find(|other| Some(*other) != owner)
    };
    let mut rows = resolved.iter();
    for row in rows.by_ref().take(usize::try_from(OWNERS).unwrap_or(0)) {
        let owner = other_owner(row.owner_id);
        set(&tx, row.id, ticket::Column::OwnerId, Expr::value(owner)).await?;
        touched.push(row.id);
    }
    for row in rows.take(usize::try_from(KINDS).unwrap_or(0)) {
        let kind = entity::enums::TicketKind::Complaint;
        set(&tx, row.id, ticket::Column::Kind, Expr::value(kind)).await?;
        touched.push(row.id);
    }

    let at = app.clock.now();
    let changes: Vec<Event> = touched
        .into_iter()
        .map(|id| {
            Event::new(
                at,
                Event::TICKET_CHANGED,
                id,
                json!({ "action": "correct" }),
            )
        })
        .collect();
    events::append(&tx, &changes).await?;
    tx.commit().await?;
    Ok(())
}

async fn set(
    tx: &impl ConnectionTrait,
    id: Uuid,
    column: ticket::Column,
    value: Expr,
) -> Result<()> {
    ticket::Entity::update_many()
        .col_expr(column, value)
        .filter(ticket::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
