//! Alters and deletes what a viewer can't see, behind the application's back, without touching what decides about scopes.

use aftercare::access::Permission;
use aftercare::db::Pool;
use entity::enums::{CommentVisibility, CustomerTier, TicketPriority};
use entity::{
    contact, contract, customer, member, partner, product, team, ticket, ticket_change,
    ticket_comment, unit,
};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::support::app::TestApp;
use crate::support::data::{Data, start};
use crate::support::oracle::Oracle;

/// Disturbs everything outside.
pub async fn disturb(app: &TestApp, data: &Data, oracle: &Oracle<'_>) {
    let db = app.db.reader();
    let mut delete = false;
    for row in &data.tickets {
        let outside = !oracle.ticket_reached(row.id, Permission::TicketRead);
        let notes_outside = !oracle.ticket_reached(row.id, Permission::TicketNoteRead);
        if outside {
            delete = !delete;
            if delete {
                delete_ticket(db, row.id).await;
            } else {
                alter_ticket(db, row.id).await;
            }
        } else if notes_outside {
            delete_notes(db, row.id).await;
        }
    }
    macro_rules! alter {
        ($rows:ident of $table:ident, $prefix:literal: $($column:ident = $value:expr),*) => {
            let outside: Vec<Uuid> = data.$rows.iter().map(|row| row.id).filter(|id| !oracle.sees($prefix, *id)).collect();
            $table::Entity::update_many()
                $(.col_expr($table::Column::$column, Expr::value($value)))*
                .filter($table::Column::Id.is_in(outside))
                .exec(db)
                .await
                .expect("it can be altered");
        };
    }
    alter!(customers of customer, "customer": Name = "somebody else", Tier = CustomerTier::Vip, CreatedAt = start());
    alter!(contacts of contact, "contact": Name = "somebody else", Phone = "000", Email = "somebody@example.org");
    let outside = data
        .contracts
        .contracts
        .iter()
        .map(|row| row.id)
        .filter(|id| !oracle.sees("contract", *id));
    contract::Entity::update_many()
        .col_expr(
            contract::Column::SignedOn,
            Expr::value(start().date_naive()),
        )
        .filter(contract::Column::Id.is_in(outside.collect::<Vec<_>>()))
        .exec(db)
        .await
        .expect("it can be altered");
    alter!(units of unit, "unit": WarrantyUntil = None::<chrono::NaiveDate>);
    alter!(members of member, "member": Name = "somebody else", Version = 9);
    alter!(partners of partner, "partner": Name = "somebody else");
    alter!(products of product, "product": Name = "something else");
    alter!(teams of team, "team": Name = "somewhere else");
}

/// Deletes a ticket with everything that hangs on it.
async fn delete_ticket(db: &Pool, id: Uuid) {
    macro_rules! delete {
        ($($table:ident)+) => {
            $(entity::$table::Entity::delete_many()
                .filter(entity::$table::Column::TicketId.eq(id))
                .exec(db)
                .await
                .expect("deleted");)+
        };
    }
    delete!(
        survey_follow_up
        survey_answer
        survey
        ticket_credit
        ticket_handover
        dispatch_decision
        ticket_mention
        ticket_watcher
        ticket_presence
        ticket_tag
        ticket_field_value
        ticket_alert
        sla_interval
        sla_clock
        ticket_step_entry
        ticket_comment
        ticket_change
        ticket_stage_entry
    );
    entity::ticket_link::Entity::delete_many()
        .filter(
            Condition::any()
                .add(entity::ticket_link::Column::FromId.eq(id))
                .add(entity::ticket_link::Column::ToId.eq(id)),
        )
        .exec(db)
        .await
        .expect("deleted");
    ticket::Entity::update_many()
        .col_expr(ticket::Column::MergedIntoId, Expr::value(None::<Uuid>))
        .filter(ticket::Column::MergedIntoId.eq(id))
        .exec(db)
        .await
        .expect("let go");
    ticket::Entity::delete_by_id(id)
        .exec(db)
        .await
        .expect("deleted");
}

async fn alter_ticket(db: &Pool, id: Uuid) {
    ticket::Entity::update_many()
        .col_expr(ticket::Column::Subject, Expr::value("another matter"))
        .col_expr(ticket::Column::Priority, Expr::value(TicketPriority::High))
        .col_expr(ticket::Column::CreatedAt, Expr::value(start()))
        .col_expr(ticket::Column::ResolvedAt, Expr::value(Some(start())))
        .filter(ticket::Column::Id.eq(id))
        .exec(db)
        .await
        .expect("it can be altered");
}

/// Internal notes and history for staff of a ticket that is seen without them.
async fn delete_notes(db: &Pool, id: Uuid) {
    entity::ticket_mention::Entity::delete_many()
        .filter(entity::ticket_mention::Column::TicketId.eq(id))
        .exec(db)
        .await
        .expect("deleted");
    ticket_comment::Entity::delete_many()
        .filter(ticket_comment::Column::TicketId.eq(id))
        .filter(ticket_comment::Column::Visibility.eq(CommentVisibility::Internal))
        .exec(db)
        .await
        .expect("deleted");
    ticket_change::Entity::delete_many()
        .filter(ticket_change::Column::TicketId.eq(id))
        .filter(ticket_change::Column::Public.eq(false))
        .exec(db)
        .await
        .expect("deleted");
}
