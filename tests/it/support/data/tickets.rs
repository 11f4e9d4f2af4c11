use aftercare::tickets::processes::shipped;
use entity::enums::{
    ActorKind, Channel, CommentVisibility, TicketKind, TicketPriority, TicketStage, TicketState,
};
use entity::{ticket, ticket_change, ticket_comment, ticket_stage_entry, ticket_step_entry};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use super::{Data, Table, key, start};

/// Lets tickets follow the shipped process of repairs, in one of its steps since an hour before the tests.
pub async fn follow_process(connection: &impl ConnectionTrait, tickets: &[Uuid], step: &str) {
    let step = shipped::step_id("fault_repair", step);
    ticket::Entity::update_many()
        .col_expr(
            ticket::Column::ProcessVersionId,
            Expr::value(shipped::version_id("fault_repair")),
        )
        .col_expr(ticket::Column::StepId, Expr::value(step))
        .filter(ticket::Column::Id.is_in(tickets.iter().copied()))
        .exec(connection)
        .await
        .expect("they follow it");
    let stays = tickets.iter().map(|ticket| ticket_step_entry::ActiveModel {
        id: Set(*ticket),
        ticket_id: Set(*ticket),
        step_id: Set(step),
        entered_at: Set(start() - chrono::TimeDelta::hours(1)),
        left_at: Set(None),
        visit: Set(1),
    });
    ticket_step_entry::Entity::insert_many(stays)
        .exec(connection)
        .await
        .expect("they stay in it");
}

/// Lets tickets have left the first step of that process before.
pub async fn leave_step(connection: &impl ConnectionTrait, tickets: &[Uuid]) {
    let stays = tickets.iter().enumerate().map(|(n, ticket)| {
        let hours = |hours| start() - chrono::TimeDelta::hours(hours);
        ticket_step_entry::ActiveModel {
            id: Set(key(Table::StageEntry, 90_000 + n)),
            ticket_id: Set(*ticket),
            step_id: Set(shipped::step_id("fault_repair", "register")),
            entered_at: Set(hours(3)),
            left_at: Set(Some(hours(1))),
            visit: Set(1),
        }
    });
    ticket_step_entry::Entity::insert_many(stays)
        .exec(connection)
        .await
        .expect("they stayed in it");
}

impl Data {
    /// A ticket of a customer, open at intake, in the customer's province and with its partner; `change` says what else is true of it.
    pub fn ticket(
        &mut self,
        n: usize,
        customer: usize,
        change: impl FnOnce(&mut ticket::Model),
    ) -> Uuid {
        let of = self
            .customers
            .iter()
            .find(|row| row.id == key(Table::Customer, customer))
            .expect("the customer stands before its tickets");
        let at = start() - chrono::TimeDelta::hours(200 - n as i64 % 200);
        let mut row = ticket::Model {
            id: key(Table::Ticket, n),
            number: 100_000 + n as i64,
            kind: TicketKind::FaultRepair,
            subject: format!("Matter {n}"),
            description: format!("The matter {n} in full. 描述"),
            stage: TicketStage::Intake,
            state: TicketState::Open,
            priority: TicketPriority::Normal,
            channel: Channel::Phone,
            customer_id: of.id,
            contact_id: Some(key(Table::Contact, customer)),
            partner_id: of.partner_id,
            unit_id: Some(key(Table::Unit, customer)),
            product_id: Some(key(Table::Product, 1)),
            province: of.province,
            team_id: None,
            owner_id: None,
            assignee_id: None,
            created_by: Uuid::nil(),
            created_by_kind: ActorKind::System,
            stage_entered_at: at,
            resolved_at: None,
            closed_at: None,
            process_version_id: None,
            step_id: None,
            merged_into_id: None,
            first_responded_at: None,
            solution_proposed_at: None,
            sla_standing: None,
            due_at: None,
            warn_at: None,
            breached_at: None,
            reopened: 0,
            version: 1,
            created_at: at,
            updated_at: at,
        };
        change(&mut row);
        let id = row.id;
        self.stage_entries.push(ticket_stage_entry::Model {
            id: key(Table::StageEntry, n),
            ticket_id: id,
            stage: row.stage,
            entered_at: row.stage_entered_at,
            left_at: row.closed_at,
            visit: 1,
        });
        self.tickets.push(row);
        id
    }

    /// A comment on a ticket.
    pub fn comment(&mut self, ticket_id: Uuid, visibility: CommentVisibility, body: &str) -> Uuid {
        let n = self.comments.len();
        let id = key(Table::Comment, n);
        let at = start() - chrono::TimeDelta::minutes(500 - n as i64 % 500);
        self.comments.push(ticket_comment::Model {
            id,
            ticket_id,
            visibility,
            body: body.to_owned(),
            author_kind: ActorKind::System,
            author_id: None,
            author_name: "aftercare".to_owned(),
            solution: false,
            copied_from_id: None,
            version: 1,
            created_at: at,
            updated_at: at,
        });
        id
    }

    /// A row of a ticket's history.
    pub fn change(
        &mut self,
        ticket_id: Uuid,
        action: &str,
        field: &str,
        value: &str,
        public: bool,
    ) {
        let n = self.changes.len();
        self.changes.push(ticket_change::Model {
            id: key(Table::Change, n),
            ticket_id,
            at: start() - chrono::TimeDelta::minutes(500 - n as i64 % 500),
            actor_kind: ActorKind::System,
            actor_id: None,
            actor_name: "aftercare".to_owned(),
            action: action.to_owned(),
            field: Some(field.to_owned()),
            old_value: None,
            new_value: Some(value.into()),
            public,
            request_id: None,
        });
    }
}
