//! When a ticket may be edited, and how its values are called in the history.

use entity::enums::{TicketKind, TicketPriority, TicketState};

use crate::error::{Text, UserError, UserErrorCode};
use crate::tickets::rules::stages;

/// May what the ticket says be changed?
///
/// # Errors
/// `WRONG_STATE` when it has ended, with the way out.
pub fn check_editable(state: TicketState) -> Result<(), UserError> {
    if stages::ended(state) {
        let text = Text::new(
            "The ticket has ended; reopen it before changing what it says.",
            "工单已结束，请先重开再修改。",
        );
        return Err(UserError::new(UserErrorCode::WrongState, "", text));
    }
    Ok(())
}

/// A kind as the API writes it.
#[must_use]
pub const fn kind_name(kind: TicketKind) -> &'static str {
    match kind {
        TicketKind::Consultation => "CONSULTATION",
        TicketKind::Complaint => "COMPLAINT",
        TicketKind::TechnicalSupport => "TECHNICAL_SUPPORT",
        TicketKind::FaultRepair => "FAULT_REPAIR",
        TicketKind::ReturnExchange => "RETURN_EXCHANGE",
        TicketKind::OnSiteService => "ON_SITE_SERVICE",
        TicketKind::UpgradeCampaign => "UPGRADE_CAMPAIGN",
    }
}

/// A priority as the API writes it.
#[must_use]
pub const fn priority_name(priority: TicketPriority) -> &'static str {
    match priority {
        TicketPriority::Low => "LOW",
        TicketPriority::Normal => "NORMAL",
        TicketPriority::High => "HIGH",
        TicketPriority::Urgent => "URGENT",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_hasnt_ended_is_edited() {
        use TicketState::{Cancelled, Closed, OnHold, Open, PendingCustomer, PendingParts};
        for state in [Open, PendingCustomer, PendingParts, OnHold] {
            assert_eq!(check_editable(state), Ok(()));
        }
        for state in [Closed, Cancelled] {
            let refused = check_editable(state).expect_err("it has ended");
            assert_eq!(refused.code, UserErrorCode::WrongState);
        }
    }
}
