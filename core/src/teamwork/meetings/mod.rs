//! Meetings (例会) and sharing sessions (分享会), and what comes of them.
//!
//! Words
//! - A **meeting** has **invitees** (参会人), an **agenda** (议程), **minutes** (纪要) in versions, **decisions** (决议) and **action
//!   items** (行动项), each with an owner and a day, followed until it is done or dropped.
//! - A **series** (例会系列) meets weekly, every other week or monthly; its meetings are made when it is planned up to a day.
//! - **Carried over** (遗留事项): what isn't done stands on the agenda of the next planned meeting of the series.
//!
//! Invariants
//! - A series has one meeting for each of its days, also when it is planned twice; one that was put off stays that day's.
//! - An unfinished action item of a series stands on the agenda of its next planned meeting, once.
//! - Minutes are never changed: what was wrong is written in another version.

pub mod actions;
pub mod rules;
mod scope;
pub mod store;

pub use scope::{ActionItemFacts, MeetingFacts, SeriesFacts};
