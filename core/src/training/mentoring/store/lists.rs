//! Lists of pairs, and what hangs on each.

use entity::enums::MentoringState;
use entity::{member, mentoring, mentoring_check_in, mentoring_goal, mentoring_ticket};
use sea_orm::Condition;

use crate::access::children::{Column, Link};
use crate::access::{Listed, Viewer, compare_reference};
use crate::db::filter::{IdMatches, Matches, RangeMatches};
use crate::db::keyset::Sort;

/// Which pairs. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct PairFilter {
    /// Whose mentor.
    pub mentor_id: Option<IdMatches>,
    /// Which newcomer.
    pub newcomer_id: Option<IdMatches>,
    /// What has become of them.
    pub state: Option<Matches<MentoringState>>,
    /// When they began.
    pub started_on: Option<RangeMatches<chrono::NaiveDate>>,
    /// When they should end.
    pub planned_end: Option<RangeMatches<chrono::NaiveDate>>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PairOrder {
    /// The latest first.
    #[default]
    StartedOnDesc,
    /// The earliest first.
    StartedOnAsc,
    /// The nearest planned end first.
    PlannedEndAsc,
}

impl Listed for mentoring::Entity {
    type Filter = PairFilter;
    type Order = PairOrder;

    fn matching(filter: &PairFilter, viewer: &Viewer) -> Condition {
        use mentoring::Column::{MentorId, NewcomerId, PlannedEnd, StartedOn, State};
        let who = |is: &IdMatches, column| compare_reference::<member::Entity>(is, column, viewer);
        Condition::all()
            .add_option(filter.mentor_id.as_ref().map(|is| who(is, MentorId)))
            .add_option(filter.newcomer_id.as_ref().map(|is| who(is, NewcomerId)))
            .add_option(filter.state.as_ref().map(|is| is.on(State)))
            .add_option(filter.started_on.as_ref().map(|is| is.on(StartedOn)))
            .add_option(filter.planned_end.as_ref().map(|is| is.on(PlannedEnd)))
    }

    fn sorts(order: PairOrder) -> Vec<Sort<mentoring::Column>> {
        use mentoring::Column::{Id, PlannedEnd, StartedOn};
        match order {
            PairOrder::StartedOnDesc => vec![Sort::descending(StartedOn), Sort::descending(Id)],
            PairOrder::StartedOnAsc => vec![Sort::ascending(StartedOn), Sort::ascending(Id)],
            PairOrder::PlannedEndAsc => vec![Sort::ascending(PlannedEnd), Sort::ascending(Id)],
        }
    }
}

macro_rules! links {
    ($($(#[$doc:meta])* $name:ident: $table:ident, by $sort:ident;)*) => {
        $(
            $(#[$doc])*
            pub struct $name;

            impl Link for $name {
                type Child = $table::Entity;

                fn columns() -> (Column<Self>, Column<Self>) {
                    ($table::Column::Id, $table::Column::MentoringId)
                }

                fn sorts() -> Vec<Sort<Column<Self>>> {
                    vec![Sort::ascending($table::Column::$sort), Sort::ascending($table::Column::Id)]
                }
            }
        )*
    };
}

links! {
    /// The plan of a pair, what is due first first.
    PairsGoals: mentoring_goal, by DueOn;
    /// The tickets that a pair worked on together.
    PairsTickets: mentoring_ticket, by LinkedAt;
    /// The talks of a pair, the first first.
    PairsCheckIns: mentoring_check_in, by HeldOn;
}
