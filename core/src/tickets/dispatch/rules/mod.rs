//! Who gets a ticket, decided over plain facts: who may ([`eligible`]), who is best ([`rank`](judge)), whose turn it is
//! ([`queue`]), and whether work was shared fairly ([`share`]).

mod eligible;
mod facts;
mod pool;
#[cfg(test)]
mod properties;
mod queue;
mod rank;
mod replay;
mod score;
mod share;
#[cfg(test)]
mod tests;

pub use eligible::{Why, eligible};
pub use facts::{
    Away, Candidate, Label, Needs, Open, Requirement, SkillNeed, skills_needed, weight,
};
pub use pool::{Asked, Person, Place, Pool};
pub use queue::{Waiting, in_turn};
pub use rank::{Judged, Verdict, best, count, judge, nobody, place_of};
pub use replay::{Past, Replay, Trial};
pub use score::{Points, Weights};
pub use share::{Balance, Share, balance, fair_shares, gini, per_thousand, percent};
