//! The only place that touches handovers and credit.

mod credits;
mod offers;
mod traces;

pub use credits::{
    Credited, TicketsCredits, credited, owner_credited, present_credits, present_credits_of,
    replace_credits, shares_of,
};
pub use offers::{
    GivenUp, TicketsHandovers, answered_offers, given_up_between, insert_offer, offered_to,
    open_offer, save_offer,
};
pub use traces::{MOVES, Story, Traces, story, traces_of, worked_on};
