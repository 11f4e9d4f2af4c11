//! What can be done with contests.

mod common;
mod draft;
mod people;
mod round;
mod score;
mod step;

pub use common::Seen;
pub use draft::{Content, ContestRevise, RoundPlan, contest_create, contest_revise};
pub use people::{
    ConflictDeclare, Enter, JudgesChange, conflict_declare, enter, judges_change, withdraw,
};
pub use round::{round_close, round_open};
pub use score::{ScoreGive, judging_tasks, score_give};
pub use step::{contest_cancel, contest_open, contest_publish};
