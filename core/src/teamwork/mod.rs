//! Working together (协作): rules that teams give themselves, meetings, suggestions, and what everybody has to do.
//!
//! Words
//! - A **proposal** (提案) for a **rule** (管理规则) is written, commented on and voted on; once adopted it is a **version** of
//!   the rule. See [`charter`].
//! - A **meeting** (会议) has an agenda, invitees, minutes, decisions and **action items** (行动项) that somebody does by a day;
//!   a **series** (例会系列) comes again and again. See [`meetings`].
//! - A **suggestion** (改进建议) is followed from its submission to its outcome. See [`suggestions`].
//! - A **task** (待办) is anything of any domain that a member has to do. See [`tasks`] and [`crate::tasks`].
//!
//! Invariants
//! - A vote is decided by arithmetic alone, when its time is over. Nobody learns how somebody voted in secret: ballots are
//!   shown to nobody but the voter, no figures before the end, and at the end the ballots are destroyed.
//! - Colleagues never learn who submitted an anonymous suggestion; the log keeps that it was submitted, not by whom.
//! - What a source of tasks doesn't show a viewer elsewhere it doesn't show here.

pub mod charter;
mod common;
pub mod meetings;
pub mod suggestions;
pub mod tasks;
mod writes;

/// The event that a proposal was written, opened, commented on, voted on or closed; `entity_id` is the proposal.
pub const PROPOSAL_CHANGED: &str = "teamwork.proposal.changed";
/// The event that a rule was adopted, changed or repealed, or that somebody took note of it; `entity_id` is the rule.
pub const RULE_CHANGED: &str = "teamwork.rule.changed";
/// The event that a series of meetings changed; `entity_id` is the series.
pub const SERIES_CHANGED: &str = "teamwork.series.changed";
/// The event that a meeting changed; `entity_id` is the meeting.
pub const MEETING_CHANGED: &str = "teamwork.meeting.changed";
/// The event that an action item changed; `entity_id` is the action item.
pub const ACTION_ITEM_CHANGED: &str = "teamwork.action_item.changed";
/// The event that a suggestion was submitted or taken a step further; `entity_id` is the suggestion.
pub const SUGGESTION_CHANGED: &str = "teamwork.suggestion.changed";
