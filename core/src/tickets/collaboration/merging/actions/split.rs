//! Splitting a second matter off a ticket.

use std::collections::BTreeSet;

use entity::enums::{TicketKind, TicketPriority, TicketStage, TicketState};
use entity::ticket;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::customers;
use crate::db::new_id;
use crate::error::{ApiError, Result, Text, UserError, UserErrorCode};
use crate::ids::Id;
use crate::tickets::actions::record::{Change, record};
use crate::tickets::actions::{Happened, follow};
use crate::tickets::collaboration::actions::{Named, leave, take};
use crate::tickets::collaboration::links::actions::tie;
use crate::tickets::collaboration::links::rules::Relation;
use crate::tickets::collaboration::merging::{rules, store};
use crate::tickets::rules::{input, stages};
use crate::tickets::store as tickets;
use crate::work::{Once, Work};

/// What becomes a ticket of its own.
#[derive(Clone, Debug, Serialize)]
pub struct Split {
    /// The ticket with the two matters.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// The second matter in one line.
    pub subject: String,
    /// The second matter in full; that of the first when nothing is said.
    pub description: Option<String>,
    /// What kind of request the second matter is.
    pub kind: TicketKind,
    /// How urgent it is; as the first when nothing is said.
    pub priority: Option<TicketPriority>,
    /// What the first ticket is to the new one.
    pub relation: Relation,
    /// The comments that are about the second matter.
    pub comment_ids: Vec<Uuid>,
    /// So that a repeated request makes no second ticket.
    pub idempotency_key: Option<String>,
}

/// Makes a new ticket of the same customer with copies of the chosen comments and links the two; returns both, the new one
/// first. The new one starts at intake, in the same team, with clocks of its own; who answers for the first answers for it
/// too.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors naming the field.
pub async fn split(app: &App, call: &Call, split: Split) -> Result<(ticket::Model, ticket::Model)> {
    call.viewer.require(Permission::TicketMerge)?;
    let mut work = Work::begin(&app.db, call).await?;
    let key = split.idempotency_key.as_deref();
    if let Once::Repeated(id) = work.once(key, "ticketSplit", &split).await? {
        return repeated(&work, id, split.id).await;
    }
    let was = take(
        &work,
        Permission::TicketMerge,
        split.id,
        split.expected_version,
    )
    .await?;
    rules::check_not_merged(was.merged_into_id.map(Id::<ticket::Entity>::new))?;
    rules::check_relation(split.relation)?;
    let mut checks = Checks::default();
    let subject = checks.text("input.subject", &split.subject, input::SUBJECT_MAX);
    let description = match &split.description {
        Some(text) => checks.body("input.description", text, input::BODY_MAX),
        None => was.description.clone(),
    };
    checks.done()?;
    let comments = chosen(&work, &was, &split.comment_ids).await?;
    let copied = comments.len();

    let id = new_id(call.at);
    let row = ticket::Model {
        id,
        number: 0,
        kind: split.kind,
        subject,
        description,
        priority: split.priority.unwrap_or(was.priority),
        // An ended ticket may still have an earlier one.
        partner_id: customers::partner_of(work.tx(), was.customer_id).await?,
        ..fresh(&was, call)
    };
    // The number's counter is locked until the end of the transaction, so it comes as late as can be.
    let row = ticket::Model {
        number: work.next("ticket_number").await?,
        ..row
    };
    let new = tickets::insert(work.tx(), row).await?;
    tickets::enter_stage(work.tx(), id, TicketStage::Intake, new_id(call.at), call.at).await?;
    store::copy_comments(work.tx(), comments, id, call.at).await?;
    tie(&work, was.id, split.relation, id).await?;
    let new = follow(&mut work, None, new, Happened::Created).await?;
    let changes = vec![
        Change::public("stage", Value::Null, stages::stage_name(new.stage)),
        Change::public("splitFromId", Value::Null, id_json(was.id)),
        Change::internal("comments", Value::Null, copied),
    ];
    record(&mut work, &new, "create", "ticket.split", true, changes);
    let named = Named {
        action: "split",
        audited: "ticket.split",
    };
    let changes = vec![Change::public("splitTickets", Value::Null, id_json(new.id))];
    let now = was.clone();
    let source = leave(&mut work, &was, now, Happened::Edited, named, changes).await?;
    work.done(id).await?;
    work.commit().await?;
    Ok((new, source))
}

async fn repeated(
    work: &Work<'_>,
    new: Uuid,
    source: Uuid,
) -> Result<(ticket::Model, ticket::Model)> {
    let viewer = &work.call().viewer;
    let new = tickets::by_id(work.tx(), viewer, new).await?;
    let source = tickets::by_id(work.tx(), viewer, source).await?;
    Ok(new.zip(source).ok_or_else(ApiError::not_found)?)
}

/// The chosen comments; all of them must be on the ticket and readable.
async fn chosen(
    work: &Work<'_>,
    was: &ticket::Model,
    ids: &[Uuid],
) -> Result<Vec<entity::ticket_comment::Model>> {
    let wanted: BTreeSet<Uuid> = ids.iter().copied().collect();
    let refuse = |code, text| Err(UserError::new(code, "input.commentIds", text).into());
    let most = rules::COMMENTS_MAX;
    if wanted.len() > most {
        let text = Text::new(
            format!("At most {most} comments go along; choose the ones that matter."),
            format!("最多带走 {most} 条回复，请选择必要的。"),
        );
        return refuse(UserErrorCode::TooLong, text);
    }
    let wanted: Vec<Uuid> = wanted.into_iter().collect();
    let found = store::comments(work.tx(), &work.call().viewer, was.id, &wanted).await?;
    if found.len() < wanted.len() {
        let text = Text::new(
            "One of these comments isn't on this ticket; choose among its comments.",
            "部分回复不属于该工单，请从该工单的回复中选择。",
        );
        return refuse(UserErrorCode::NotFound, text);
    }
    Ok(found)
}

/// A ticket of the same customer that has just come in.
fn fresh(was: &ticket::Model, call: &Call) -> ticket::Model {
    let viewer = &call.viewer;
    ticket::Model {
        stage: TicketStage::Intake,
        state: TicketState::Open,
        owner_id: was.owner_id.or(viewer.standing.member_id),
        assignee_id: None,
        created_by: viewer.actor.id.unwrap_or(Uuid::nil()),
        created_by_kind: viewer.actor.kind,
        stage_entered_at: call.at,
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
        created_at: call.at,
        updated_at: call.at,
        ..was.clone()
    }
}

fn id_json(id: Uuid) -> Value {
    Id::<ticket::Entity>::new(id).to_string().into()
}
