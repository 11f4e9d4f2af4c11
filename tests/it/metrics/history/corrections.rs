use aftercare::db::new_id;
use aftercare::events::{self, Event};
use chrono::TimeDelta;
use entity::enums::{AssignmentKind, CreditRole, CreditSource, TicketState};
use entity::{
    assignment, sla_clock, survey_answer, ticket, ticket_change, ticket_credit, ticket_handover,
    ticket_stage_entry, ticket_step_entry,
};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, TransactionTrait,
};
use serde_json::json;

use super::{CHANNELS, KINDS, PROVINCES, TEAMS, insert, perhaps, pick};
use crate::support::data::{Table, days_ago, key, start};

/// The dice of what is corrected afterwards, one throw a ticket or a member.
#[derive(Clone, Debug)]
pub struct Corrections(Vec<[u8; 4]>);

/// Random corrections.
pub fn corrections() -> impl Strategy<Value = Corrections> {
    vec(any::<[u8; 4]>(), 0..12).prop_map(Corrections)
}

impl Corrections {
    /// Makes them, each in a transaction with the event that names its ticket or member.
    pub async fn make(&self, connection: &DatabaseConnection, members: usize) {
        let tickets = ticket::Entity::find()
            .order_by_asc(ticket::Column::Id)
            .all(connection)
            .await
            .expect("the tickets");
        for [which, what, dice, more] in &self.0 {
            if what % 7 == 0 {
                move_member(connection, usize::from(*which) % members + 1, *dice, *more).await;
                continue;
            }
            let chosen = &tickets[usize::from(*which) % tickets.len()];
            let tx = connection.begin().await.expect("a transaction");
            let row = ticket::Entity::find_by_id(chosen.id).one(&tx).await;
            let row = row.expect("a read").expect("the ticket");
            correct(&tx, row, *what, *dice, *more, members).await;
            let event = Event::new(
                start(),
                Event::TICKET_CHANGED,
                chosen.id,
                json!({ "action": "correct" }),
            );
            events::append(&tx, &[event]).await.expect("the event");
            tx.commit().await.expect("it commits");
        }
    }
}

/// The last move of a member turns out to have been on another day, and from another team.
async fn move_member(connection: &DatabaseConnection, member: usize, dice: u8, more: u8) {
    let member = key(Table::Member, member);
    let homes = assignment::Entity::find()
        .filter(assignment::Column::MemberId.eq(member))
        .filter(assignment::Column::Kind.eq(AssignmentKind::Home))
        .order_by_asc(assignment::Column::ValidFrom)
        .all(connection)
        .await
        .expect("the homes");
    let [_, mut before, mut after] =
        <[assignment::Model; 3]>::try_from(homes).expect("every member has had three homes");
    let day = days_ago(i64::from(more % 37) + 1);
    before.valid_to = Some(day);
    before.team_id = perhaps(dice, Table::Team, TEAMS);
    after.valid_from = day;
    let tx = connection.begin().await.expect("a transaction");
    for row in [before, after] {
        let saved = row.into_active_model().reset_all().update(&tx).await;
        saved.expect("the home changes");
    }
    let event = Event::new(start(), Event::ACCESS_CHANGED, member, json!({}));
    events::append(&tx, &[event]).await.expect("the event");
    tx.commit().await.expect("it commits");
}

async fn correct(
    tx: &impl ConnectionTrait,
    mut row: ticket::Model,
    what: u8,
    dice: u8,
    more: u8,
    members: usize,
) {
    let id = row.id;
    let later = TimeDelta::hours(i64::from(more));
    match what % 12 {
        0 => row.owner_id = perhaps(dice, Table::Member, members),
        1 => row.team_id = perhaps(dice, Table::Team, TEAMS),
        2 => {
            row.kind = pick(dice, &KINDS);
            row.channel = pick(more, &CHANNELS);
        }
        3 => {
            row.province = pick(dice, &PROVINCES);
            row.product_id = perhaps(more, Table::Product, 2);
        }
        4 => row.created_at -= later,
        5 => row.resolved_at = row.resolved_at.map(|at| at + later),
        6 => {
            // Taken up again.
            (row.resolved_at, row.closed_at, row.merged_into_id) = (None, None, None);
            row.state = TicketState::Open;
            row.reopened += 1;
        }
        7 => {
            // So is an offer that was answered otherwise.
            ticket_handover::Entity::update_many()
                .col_expr(
                    ticket_handover::Column::AnsweredAt,
                    Expr::value(row.created_at + later),
                )
                .col_expr(ticket_handover::Column::State, Expr::value("declined"))
                .filter(ticket_handover::Column::TicketId.eq(id))
                .exec(tx)
                .await
                .expect("the offers change");
            (row.state, row.closed_at) = (TicketState::Cancelled, Some(row.created_at + later));
        }
        8 => credit_anew(tx, id, row.reopened, dice, members).await,
        9 => {
            survey_answer::Entity::update_many()
                .col_expr(
                    survey_answer::Column::Rating,
                    Expr::value(i32::from(dice % 5) + 1),
                )
                .filter(survey_answer::Column::TicketId.eq(id))
                .exec(tx)
                .await
                .expect("the answers change");
        }
        10 => {
            sla_clock::Entity::update_many()
                .col_expr(sla_clock::Column::BreachedAt, Expr::value(row.created_at))
                .filter(sla_clock::Column::TicketId.eq(id))
                .exec(tx)
                .await
                .expect("the clocks change");
            ticket_step_entry::Entity::update_many()
                .col_expr(
                    ticket_step_entry::Column::LeftAt,
                    Expr::value(row.created_at + later),
                )
                .filter(ticket_step_entry::Column::TicketId.eq(id))
                .filter(ticket_step_entry::Column::Visit.eq(i32::from(dice % 5) + 1))
                .exec(tx)
                .await
                .expect("the stays change");
        }
        _ => {
            ticket_stage_entry::Entity::delete_many()
                .filter(ticket_stage_entry::Column::TicketId.eq(id))
                .filter(ticket_stage_entry::Column::Visit.gt(i32::from(dice % 4) + 1))
                .exec(tx)
                .await
                .expect("the stages go");
            ticket_change::Entity::delete_many()
                .filter(ticket_change::Column::TicketId.eq(id))
                .filter(ticket_change::Column::At.gt(row.created_at + later))
                .exec(tx)
                .await
                .expect("the history goes");
        }
    }
    row.version += 1;
    let saved = row.into_active_model().reset_all().update(tx).await;
    saved.expect("the ticket changes");
}

/// A new set of shares of a round; the one before is kept as replaced.
async fn credit_anew(
    tx: &impl ConnectionTrait,
    ticket_id: uuid::Uuid,
    round: i32,
    dice: u8,
    members: usize,
) {
    ticket_credit::Entity::update_many()
        .col_expr(ticket_credit::Column::ReplacedAt, Expr::value(start()))
        .filter(ticket_credit::Column::TicketId.eq(ticket_id))
        .filter(ticket_credit::Column::Round.eq(round))
        .filter(ticket_credit::Column::ReplacedAt.is_null())
        .exec(tx)
        .await
        .expect("the shares change");
    let first = key(Table::Member, usize::from(dice) % members + 1);
    let second = key(Table::Member, (usize::from(dice) + 1) % members + 1);
    let shares = if first == second {
        vec![(first, 10_000)]
    } else {
        vec![
            (first, 10_000 - 39 * i32::from(dice)),
            (second, 39 * i32::from(dice)),
        ]
    };
    for (member_id, share) in shares {
        let row = ticket_credit::Model {
            id: new_id(start()),
            ticket_id,
            round,
            member_id,
            role: CreditRole::Contributor,
            share,
            source: CreditSource::Manual,
            reason: None,
            recorded_by: None,
            recorded_at: start(),
            replaced_at: None,
        };
        insert(tx, row).await;
    }
}
