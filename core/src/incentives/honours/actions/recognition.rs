//! Recognising a colleague, and taking that back (认可同事、撤回认可).

use chrono::NaiveDate;
use entity::enums::RecognitionValue;
use entity::{member, recognition, ticket};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, Step, me, of_recognition};
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::incentives::honours::balance::limits;
use crate::incentives::honours::store;
use crate::incentives::rules::honours::{Obstacle, Recognition, known_from, obstacles};
use crate::organisation::{holds_on, homes, today};
use crate::work::{Once, Work, expect_version};

/// A colleague to recognise.
#[derive(Clone, Debug, Serialize)]
pub struct Give {
    /// Who.
    pub receiver_id: Uuid,
    /// For what.
    pub value: RecognitionValue,
    /// In words.
    pub message: String,
    /// A ticket that it is about.
    pub ticket_id: Option<Uuid>,
}

/// Recognises a colleague whom one sees, and returns the recognition's id. Everything that is in the way is told at once.
///
/// # Errors
/// User errors about the values and the limits; a missing permission.
pub async fn give(
    app: &App,
    call: &Call,
    input: &Give,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let me = me(call, Permission::RecognitionGive)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "recognitionGive", input).await?;
    if let Once::Repeated(id) = once {
        return Ok(id);
    }
    // Two at once come one after the other from here on: what one gave, the other counts.
    work.next("recognitions").await?;
    let day = today(call);
    let mut checks = Checks::default();
    let message = checks.body("input.message", &input.message, BODY);
    receiver(&work, &mut checks, input.receiver_id, day).await?;
    if let Some(id) = input.ticket_id {
        let read = Permission::TicketRead;
        let ticket = find::<ticket::Entity>(work.tx(), &call.viewer, read, id).await?;
        checks.found("input.ticketId", ticket);
    }
    let wanted = Recognition {
        giver: me,
        receiver: input.receiver_id,
        day,
    };
    let limits = limits(work.tx()).await?;
    let from = known_from(limits, day);
    let given = store::to_weigh(work.tx(), (me, input.receiver_id), from).await?;
    for obstacle in obstacles(limits, &given, wanted) {
        let field = match obstacle {
            Obstacle::Month(_) => "input",
            Obstacle::Oneself | Obstacle::Pair(_) | Obstacle::Returned(_) => "input.receiverId",
        };
        checks.add(UserErrorCode::RuleViolated, field, obstacle.text());
    }
    checks.done()?;
    let row = recognition::Model {
        id: new_id(call.at),
        giver_id: me,
        receiver_id: input.receiver_id,
        day,
        value: input.value,
        message,
        ticket_id: input.ticket_id,
        withdrawn_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = row.id;
    let detail = json!({ "receiver": row.receiver_id, "value": row.value });
    store::insert(work.tx(), row).await?;
    of_recognition(&mut work, id, "incentive.recognition.give", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Whoever is recognised works here today and belongs to a team.
async fn receiver(work: &Work<'_>, checks: &mut Checks, id: Uuid, day: NaiveDate) -> Result<()> {
    let (viewer, read) = (&work.call().viewer, Permission::MemberRead);
    let row = find::<member::Entity>(work.tx(), viewer, read, id).await?;
    let Some(row) = checks.found("input.receiverId", row) else {
        return Ok(());
    };
    let homes = homes(work.tx(), [id]).await?;
    let mut homes = homes.values().flatten();
    let placed = homes.any(|home| home.team.is_some() && home.holds_on(day));
    checks.ensure(
        placed && holds_on(row.joined_on, row.left_on, day),
        UserErrorCode::RuleViolated,
        "input.receiverId",
        || {
            Text::new(
                "Only who works here and belongs to a team today can be recognised.",
                "仅可认可当前在职且归属团队的同事。",
            )
        },
    );
    Ok(())
}

/// Takes a recognition back, and returns its id: one's own of today, or, by who reviews recognitions, any that shouldn't stand.
///
/// # Errors
/// User errors when it is somebody else's, of another day or taken back already; refusals of permission and version.
pub async fn withdraw(app: &App, call: &Call, step: Step) -> Result<Uuid> {
    let reviews = call.viewer.grants.has(Permission::RecognitionReview);
    let permission = if reviews {
        Permission::RecognitionReview
    } else {
        Permission::RecognitionGive
    };
    call.viewer.require(Permission::RecognitionGive)?;
    let me = call.viewer.standing.member_id;
    let mut work = Work::begin(&app.db, call).await?;
    let before =
        to_change::<recognition::Entity>(work.tx(), &call.viewer, permission, step.id).await?;
    expect_version(before.version, step.expected_version)?;
    let mut checks = Checks::default();
    checks.ensure(
        reviews || me == Some(before.giver_id),
        UserErrorCode::RuleViolated,
        "input.id",
        || {
            Text::new(
                "Only who gave a recognition takes it back.",
                "仅认可人可撤回认可。",
            )
        },
    );
    checks.ensure(
        before.withdrawn_at.is_none(),
        UserErrorCode::WrongState,
        "input.id",
        || Text::new("This recognition was taken back already.", "该认可已撤回。"),
    );
    checks.ensure(
        reviews || before.day == today(call),
        UserErrorCode::WrongState,
        "input.id",
        || {
            Text::new(
                "A recognition is taken back on the day on which it was given.",
                "仅可在给出当天撤回认可。",
            )
        },
    );
    checks.done()?;
    let giver = before.giver_id;
    let row = recognition::Model {
        withdrawn_at: Some(call.at),
        ..before
    };
    store::save(work.tx(), row, call.at).await?;
    let action = "incentive.recognition.withdraw";
    let detail = json!({ "review": me != Some(giver) });
    of_recognition(&mut work, step.id, action, detail);
    work.commit().await?;
    Ok(step.id)
}
