//! Meetings and what hangs on them.

mod agenda;
mod calendar;
mod lists;
mod rows;
mod tasks;

pub use agenda::{carry_over, keep_only_carried};
pub use calendar::MeetingAgenda;
pub use lists::{
    ActionItemFilter, ActionItemOrder, MeetingFilter, MeetingOrder, MeetingsAgenda,
    MeetingsDecisions, MeetingsInvitees, MeetingsItems, MeetingsMinutes, SeriesFilter,
    SeriesMembers, SeriesOrder,
};
pub use rows::{
    at_work, decisions_of, invitees_of, members, next_planned, planned_days, planned_from,
    replace_invitees, replace_series_members, save_attendance, series_members_of, unfinished_of,
};
pub use tasks::ActionItemTasks;
