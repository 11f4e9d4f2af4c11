//! Skill contests (技能竞赛): rounds that are scored by judges or by an exam, a ranking, and prizes.
//!
//! Words
//! - A **contest** (竞赛) has **rounds** (轮次), one after the other. A round is **judged** (评委打分) by **criteria** (评分标准) with
//!   weights, or takes the results of an existing **exam** (考试). So many of the best **advance** (晋级) into the next one.
//! - An **entrant** (选手) is a member who takes part; a **judge** (评委) is one who scores. An entrant's score in a judged round is
//!   the mean of what judges gave, without so many of the highest and lowest if there are enough ([`rules::scoring`]).
//! - A **ranking** (排名) has ties: 1, 2, 2, 4 ([`rules::ranking`]). Who advances is decided by it, so ties advance together.
//! - A **conflict of interest** (利益冲突) between judge and entrant is declared, or follows from who leads or mentors whom.
//! - **Prizes** (奖项) belong to ranks; publication turns them into **awards** (获奖记录), which incentives take up.
//!
//! Invariants
//! - Nobody judges a contest in which they take part, nor an entrant with whom they have a conflict of interest.
//! - A judge sees the own scores, and nobody else's before the contest is published; who runs it sees all. Entrants see results
//!   and their own scores once it is published, and nothing before: neither by list, count, order nor error.
//! - Results are written once, when a round is closed, and never changed.
//!
//! To add a way to score a round: a value of `ContestRoundKind` and a branch in `actions/round.rs`.

pub mod actions;
pub mod rules;
mod scope;
pub mod store;

pub use scope::{ContestFacts, ScoreFacts, lends};
pub use store::{PrizeWon, Won, prizes_after, prizes_of, won_between, won_by};

/// The event that a contest, its rounds or its people changed; `entity_id` is the contest.
pub const CONTEST_CHANGED: &str = "training.contest.changed";
/// The event that a contest was published: its awards stand in the payload's `awards`, for incentives to take up.
pub const CONTEST_PUBLISHED: &str = "training.contest.published";
