//! Lists of contests, and what hangs on each.

use entity::enums::ContestState;
use entity::{
    contest, contest_award, contest_conflict, contest_entrant, contest_judge, contest_result,
    contest_round, contest_score,
};
use sea_orm::Condition;

use crate::access::children::{Column, Link};
use crate::access::{Listed, Viewer};
use crate::db::filter::{Matches, TextMatches};
use crate::db::keyset::Sort;

/// Which contests. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct ContestFilter {
    /// The code.
    pub code: Option<TextMatches>,
    /// What has become of them.
    pub state: Option<Matches<ContestState>>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ContestOrder {
    /// The newest first.
    #[default]
    CreatedAtDesc,
    /// The oldest first.
    CreatedAtAsc,
    /// By code.
    CodeAsc,
}

impl Listed for contest::Entity {
    type Filter = ContestFilter;
    type Order = ContestOrder;

    fn matching(filter: &ContestFilter, _: &Viewer) -> Condition {
        use contest::Column::{Code, State};
        Condition::all()
            .add_option(filter.code.as_ref().map(|is| is.on(Code)))
            .add_option(filter.state.as_ref().map(|is| is.on(State)))
    }

    fn sorts(order: ContestOrder) -> Vec<Sort<contest::Column>> {
        use contest::Column::{Code, CreatedAt, Id};
        match order {
            ContestOrder::CreatedAtDesc => vec![Sort::descending(CreatedAt), Sort::descending(Id)],
            ContestOrder::CreatedAtAsc => vec![Sort::ascending(CreatedAt), Sort::ascending(Id)],
            ContestOrder::CodeAsc => vec![Sort::ascending(Code)],
        }
    }
}

macro_rules! links {
    ($($(#[$doc:meta])* $name:ident: $table:ident by $parent:ident, first $($sort:ident),*;)*) => {
        $(
            $(#[$doc])*
            pub struct $name;

            impl Link for $name {
                type Child = $table::Entity;

                fn columns() -> (Column<Self>, Column<Self>) {
                    ($table::Column::Id, $table::Column::$parent)
                }

                fn sorts() -> Vec<Sort<Column<Self>>> {
                    vec![$(Sort::ascending($table::Column::$sort),)*]
                }
            }
        )*
    };
}

links! {
    /// The rounds of a contest, in their order.
    ContestsRounds: contest_round by ContestId, first Number;
    /// Those who take part.
    ContestsEntrants: contest_entrant by ContestId, first Id;
    /// Those who judge.
    ContestsJudges: contest_judge by ContestId, first Id;
    /// Who doesn't judge whom.
    ContestsConflicts: contest_conflict by ContestId, first Id;
    /// Who won what, the best first.
    ContestsAwards: contest_award by ContestId, first Rank, Id;
    /// What a closed round came to.
    RoundsResults: contest_result by RoundId, first Id;
    /// What judges gave in a round.
    RoundsScores: contest_score by RoundId, first Id;
}
