//! Opening a ticket.

use entity::enums::{
    ActorKind, Channel, TicketKind, TicketPriority, TicketStage, TicketState, UserKind,
};
use entity::{contact, customer, ticket, unit};
use serde::Serialize;
use uuid::Uuid;

use super::follow::{Happened, follow};
use super::record::{Change, record};
use crate::access::{Call, Permission, Scoped, find};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Error, Result, Text, UserErrorCode};
use crate::tickets::collaboration::fields::{self, actions::Filling};
use crate::tickets::rules::{input, stages};
use crate::tickets::{processes, store};
use crate::work::{Once, Work};

/// What a new ticket needs.
#[derive(Clone, Debug, Serialize)]
pub struct Create {
    /// Kind of request.
    pub kind: TicketKind,
    /// The matter in one line.
    pub subject: String,
    /// The matter in full.
    pub description: String,
    /// How urgent it is.
    pub priority: TicketPriority,
    /// How the request came in; partner and customer accounts have no choice.
    pub channel: Option<Channel>,
    /// The customer; a customer account needs not name itself.
    pub customer_id: Option<Uuid>,
    /// The person to talk to.
    pub contact_id: Option<Uuid>,
    /// The unit it is about.
    pub unit_id: Option<Uuid>,
    /// Values of custom fields.
    pub fields: Vec<Filling>,
    /// So that a repeated request opens no second ticket.
    pub idempotency_key: Option<String>,
}

/// Opens a ticket at the stage of intake. A member who opens it owns it (首问责任制).
///
/// # Errors
/// `FORBIDDEN` without `ticket.create`; user errors naming the field.
pub async fn create(app: &App, call: &Call, create: Create) -> Result<ticket::Model> {
    let viewer = &call.viewer;
    viewer.require(Permission::TicketCreate)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work
        .once(create.idempotency_key.as_deref(), "ticketCreate", &create)
        .await?
    {
        return store::fresh(work.tx(), id).await;
    }

    let mut checks = Checks::default();
    let subject = checks.text("input.subject", &create.subject, input::SUBJECT_MAX);
    let description = checks.body("input.description", &create.description, input::BODY_MAX);
    let customer = customer_of(&work, &create, &mut checks).await?;
    let unit = unit_of(&work, &create, &mut checks).await?;
    contact_check(&work, &create, &mut checks).await?;
    let fields = fields::actions::look_over(
        &work,
        create.kind,
        &create.fields,
        "input.fields",
        &mut checks,
    )
    .await?;
    checks.done()?;
    let customer =
        customer.ok_or_else(|| Error::internal("a checked ticket without a customer"))?;

    let id = new_id(call.at);
    let row = ticket::Model {
        id,
        number: 0,
        kind: create.kind,
        subject,
        description,
        stage: TicketStage::Intake,
        state: TicketState::Open,
        priority: create.priority,
        channel: channel_of(viewer.kind, viewer.actor.kind, create.channel),
        customer_id: customer.id,
        contact_id: create.contact_id,
        partner_id: viewer.standing.partner_id.or(customer.partner_id),
        unit_id: create.unit_id,
        product_id: unit.map(|unit| unit.product_id),
        province: customer.province,
        team_id: None,
        owner_id: viewer.standing.member_id,
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
    };
    if !viewer
        .grants
        .reaches(Permission::TicketCreate)
        .any(|reach| ticket::Entity::within(&row, reach, &viewer.standing))
    {
        return Err(viewer.reach_too_small(Permission::TicketCreate).into());
    }
    // The number's counter is locked until the end of the transaction, so it comes after everything that can fail.
    let row = ticket::Model {
        number: work.next("ticket_number").await?,
        ..row
    };
    let saved = store::insert(work.tx(), row).await?;
    store::enter_stage(work.tx(), id, TicketStage::Intake, new_id(call.at), call.at).await?;
    let filled = fields::actions::write(&work, id, &fields).await?;
    let saved = follow(&mut work, None, saved, Happened::Created).await?;
    let mut changes = vec![Change::public(
        "stage",
        serde_json::Value::Null,
        stages::stage_name(saved.stage),
    )];
    changes.extend(processes::actions::step_change(&work, None, &saved).await?);
    changes.extend(filled);
    record(&mut work, &saved, "create", "ticket.create", true, changes);
    work.done(id).await?;
    work.commit().await?;
    Ok(saved)
}

async fn customer_of(
    work: &Work<'_>,
    create: &Create,
    checks: &mut Checks,
) -> Result<Option<customer::Model>> {
    let viewer = &work.call().viewer;
    let Some(id) = create.customer_id.or(viewer.standing.customer_id) else {
        checks.add(
            UserErrorCode::Blank,
            "input.customerId",
            Text::new("Name the customer that the ticket is for.", "请指定客户。"),
        );
        return Ok(None);
    };
    let found = find::<customer::Entity>(work.tx(), viewer, Permission::CustomerRead, id).await?;
    Ok(checks.found("input.customerId", found))
}

async fn unit_of(
    work: &Work<'_>,
    create: &Create,
    checks: &mut Checks,
) -> Result<Option<unit::Model>> {
    let (Some(id), Some(customer)) = (
        create.unit_id,
        create
            .customer_id
            .or(work.call().viewer.standing.customer_id),
    ) else {
        return Ok(None);
    };
    let found =
        find::<unit::Entity>(work.tx(), &work.call().viewer, Permission::CustomerRead, id).await?;
    Ok(checks.found(
        "input.unitId",
        found.filter(|unit| unit.customer_id == customer),
    ))
}

async fn contact_check(work: &Work<'_>, create: &Create, checks: &mut Checks) -> Result<()> {
    let (Some(id), Some(customer)) = (
        create.contact_id,
        create
            .customer_id
            .or(work.call().viewer.standing.customer_id),
    ) else {
        return Ok(());
    };
    let found = find::<contact::Entity>(
        work.tx(),
        &work.call().viewer,
        Permission::CustomerContactRead,
        id,
    )
    .await?;
    checks.found(
        "input.contactId",
        found.filter(|contact| contact.customer_id == customer),
    );
    Ok(())
}

/// Outsiders come in through their portal or the API; staff say how the request reached them.
fn channel_of(kind: Option<UserKind>, actor: ActorKind, said: Option<Channel>) -> Channel {
    match (kind, actor) {
        (_, ActorKind::ApiClient) => Channel::Api,
        (Some(UserKind::Partner | UserKind::Customer), _) => Channel::Web,
        _ => said.unwrap_or(Channel::Phone),
    }
}
