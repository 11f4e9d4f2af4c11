//! What is done with proposals and rules.

mod acknowledge;
mod open;
mod propose;
mod round;
mod vote;

pub use acknowledge::acknowledge;
pub use open::{
    CommentAdd, ProposalWithdraw, VoteBegin, comment_add, proposal_open, proposal_withdraw,
    vote_begin,
};
pub use propose::{ProposalWrite, Words, proposal_create, proposal_update};
pub use round::round;
pub use vote::{VoteCast, vote_cast};

/// What of a proposal is told to the log: nothing of any ballot.
fn about(row: &entity::rule_proposal::Model) -> serde_json::Value {
    serde_json::json!({
        "kind": row.kind,
        "circle": row.circle,
        "department": row.department_id,
        "team": row.team_id,
        "rule": row.rule_id,
        "title": row.title,
        "state": row.state,
        "ballot": row.ballot,
    })
}
