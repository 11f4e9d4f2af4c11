//! The only place that touches the tables of contests.

mod awards;
mod lists;
mod prizes;
mod rows;

pub use awards::{Won, won_between, won_by};
pub use lists::{
    ContestFilter, ContestOrder, ContestsAwards, ContestsConflicts, ContestsEntrants,
    ContestsJudges, ContestsRounds, RoundsResults, RoundsScores,
};
pub use prizes::{PrizeWon, prizes_after, prizes_of};
pub use rows::{
    Task, conflicts_of, contest_locked, entrant_of, entrants_of, in_round, insert, insert_contest,
    is_judge, judges_of, replace_judges, replace_rounds, results_of, round_locked, rounds_of, save,
    score_of, scores_of_round, tasks, write_all,
};
