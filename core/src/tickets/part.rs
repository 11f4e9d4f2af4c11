//! Tickets and comments read in part: their rows are the widest, and their lists the longest.

use entity::enums::{
    ActorKind, Channel, CommentVisibility, Province, TicketKind, TicketPriority, TicketStage,
    TicketState,
};

use crate::in_part;

in_part!(
    ticket: id, number, kind, subject, description, stage, state, priority, channel, customer_id, contact_id, partner_id,
        unit_id, product_id, province, team_id, owner_id, assignee_id, created_by, created_by_kind, stage_entered_at,
        resolved_at, closed_at, process_version_id, step_id, merged_into_id, first_responded_at, solution_proposed_at,
        sla_standing, due_at, warn_at, breached_at, reopened, version, created_at, updated_at;
    TicketKind = Consultation, TicketStage = Intake, TicketState = Open, TicketPriority = Low, Channel = Phone,
    Province = Beijing, ActorKind = User
);

in_part!(
    ticket_comment: id, ticket_id, visibility, body, author_kind, author_id, author_name, solution, copied_from_id, version,
        created_at, updated_at;
    CommentVisibility = Public
);
