//! Honours, the wall they stand on, and colleagues who recognise each other (荣誉、荣誉墙、同事认可).
//!
//! Words
//! - An **honour** (荣誉) is a title, a star, a commendation or a prize that a member holds, with its **citation** (颁奖词). It is
//!   **conferred** (授予) by hand, or comes from an award of a rule, a prize of a contest, a nomination that was accepted.
//! - It **lapses** (到期) on a day, if it has one, and can be **revoked** (撤销) with a reason.
//! - The **wall** (荣誉墙) has the honours of all the staff who are **shown** (公开): whoever **opts out** (不公开) isn't, nor is
//!   whoever has left, who can no longer say so.
//! - A **recognition** (同事认可) is a colleague's word of thanks, within limits ([`super::rules::honours`]).
//!
//! Invariants
//! - Nobody confers on themselves or recognises themselves.
//! - What comes from elsewhere comes once for each row there. When that row no longer holds, the honour is revoked by the server;
//!   what somebody revoked stays so.
//! - Whoever opted out is on no list, in no count, behind no id and beside no recognition but for themselves, the other side of a
//!   recognition, and those whose reach of `honour.read` has them.
//! - Two who give at the same time never exceed a limit.
//!
//! To add a source of honours: a value of `HonourSource`, a migration that widens the check, a page of it in [`work`].

pub mod actions;
pub mod balance;
pub mod patterns;
mod scope;
pub mod store;
pub mod work;

pub use scope::{HonourFacts, RecognitionFacts};

/// The event that an honour was given, revoked or given back; `entity_id` is the honour.
pub const HONOUR_CHANGED: &str = "incentive.honour.changed";
/// The event that a colleague was recognised, or no longer; `entity_id` is the recognition.
pub const RECOGNITION_CHANGED: &str = "incentive.recognition.changed";
