//! The only place that touches the tables of runs, awards and the ledger.

mod awards;
mod checked;
mod decided;
mod ledger;
mod lists;
mod looks;
mod refunds;
mod rows;

pub use awards::{
    Checked, Light, awards_after, awards_by_id, got, insert_awards, pending, put_settled, spent_by,
};
pub use checked::{Owner, corrections_of, entries_after, owners_of, payouts};
pub use decided::{Decided, approved_before, approved_until, first_begun, snapshot_of};
pub use ledger::{
    Owed, balances_until, entries_of_awards, insert_new, insert_transactions, lines_of,
    net_of_awards, open_from, opened, owed_of, postings_of, sums_of_member, there_of,
};
pub use lists::{
    AwardFilter, AwardOrder, AwardsCorrections, AwardsQuestions, AwardsTransactions,
    CorrectionFilter, CorrectionOrder, PayoutOrder, QuestionFilter, QuestionOrder, RunFilter,
    RunOrder, TransactionFilter, TransactionOrder,
};
pub use looks::{AboutPay, Pay, entries_seen, list_seen, look_at, one_seen, some_seen};
pub use refunds::awards_of_records;
pub use rows::{
    RuleTotal, award, contents_in_runs, contents_of, insert, lacks_of, last_attempt, locked,
    on_the_way, run, runs_to_verify, save, states_of, told_of, totals_of, unbooked,
    unsettled_until,
};
