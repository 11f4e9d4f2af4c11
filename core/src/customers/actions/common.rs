//! What the actions share: bounds, references, and what they leave behind.

use entity::{member, partner};
use serde_json::json;
use uuid::Uuid;

use crate::access::{Permission, find};
use crate::audit;
use crate::check::Checks;
use crate::customers::CUSTOMER_CHANGED;
use crate::error::{Result, Text, UserErrorCode};
use crate::events::Event;
use crate::organisation::today;
use crate::work::Work;

/// The most characters of a name.
pub(super) const NAME: usize = 200;
/// The most characters of what a contact does there.
pub(super) const ROLE: usize = 100;

/// The partner and the owner exist for this viewer, and the owner works here today.
pub(super) async fn look_at_references(
    work: &Work<'_>,
    checks: &mut Checks,
    partner_id: Option<Uuid>,
    owner_id: Option<Uuid>,
) -> Result<()> {
    let call = work.call();
    let viewer = &call.viewer;
    if let Some(id) = partner_id {
        let row = find::<partner::Entity>(work.tx(), viewer, Permission::PartnerRead, id).await?;
        checks.found("input.partnerId", row);
    }
    if let Some(id) = owner_id {
        let row = find::<member::Entity>(work.tx(), viewer, Permission::MemberRead, id).await?;
        if let Some(owner) = checks.found("input.ownerId", row) {
            let day = today(call);
            checks.ensure(
                owner.left_on.is_none_or(|left| left > day),
                UserErrorCode::WrongState,
                "input.ownerId",
                || Text::new("This member has left.", "该成员已离职。"),
            );
        }
    }
    Ok(())
}

/// Leaves an audit entry and an event about a customer. The detail never holds contact data.
pub(super) fn leave(
    work: &mut Work<'_>,
    customer: Uuid,
    action: &'static str,
    detail: serde_json::Value,
) {
    work.audit(audit::Entry {
        action,
        entity_type: "customer",
        entity_id: Some(customer),
        detail,
    });
    work.emit(Event::new(
        work.call().at,
        CUSTOMER_CHANGED,
        customer,
        json!({ "action": action }),
    ));
}
