//! Lists of appraisals, and what hangs on each.

use entity::{
    appraisal, appraisal_cycle, appraisal_dispute, appraisal_incident, appraisal_plan_item,
    appraisal_rating, member, team,
};
use sea_orm::{ColumnTrait, Condition};

use crate::access::children::{Column, Link};
use crate::access::{Listed, Viewer, compare_reference};
use crate::db::filter::IdMatches;
use crate::db::keyset::Sort;

/// Which appraisals. Everything given must hold. Nothing that was judged or computed can be asked for: it would tell.
#[derive(Clone, Debug, Default)]
pub struct AppraisalFilter {
    /// In which cycle.
    pub cycle_id: Option<IdMatches>,
    /// About whom.
    pub member_id: Option<IdMatches>,
    /// Judged by whom.
    pub reviewer_id: Option<IdMatches>,
    /// For which team.
    pub team_id: Option<IdMatches>,
    /// Was the self-assessment handed in?
    pub self_submitted: Option<bool>,
    /// Was the review handed in?
    pub review_submitted: Option<bool>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AppraisalOrder {
    /// The latest first.
    #[default]
    CreatedAtDesc,
    /// The earliest first.
    CreatedAtAsc,
}

impl Listed for appraisal::Entity {
    type Filter = AppraisalFilter;
    type Order = AppraisalOrder;

    fn matching(filter: &AppraisalFilter, viewer: &Viewer) -> Condition {
        use appraisal::Column::{
            CycleId, MemberId, ReviewSubmittedAt, ReviewerId, SelfSubmittedAt, TeamId,
        };
        let who = |is: &IdMatches, column| compare_reference::<member::Entity>(is, column, viewer);
        let there = |is: bool, column: appraisal::Column| {
            if is {
                column.is_not_null()
            } else {
                column.is_null()
            }
        };
        let cycle = |is| compare_reference::<appraisal_cycle::Entity>(is, CycleId, viewer);
        let team = |is| compare_reference::<team::Entity>(is, TeamId, viewer);
        let said = filter.self_submitted;
        let judged = filter.review_submitted;
        Condition::all()
            .add_option(filter.cycle_id.as_ref().map(cycle))
            .add_option(filter.member_id.as_ref().map(|is| who(is, MemberId)))
            .add_option(filter.reviewer_id.as_ref().map(|is| who(is, ReviewerId)))
            .add_option(filter.team_id.as_ref().map(team))
            .add_option(said.map(|is| there(is, SelfSubmittedAt)))
            .add_option(judged.map(|is| there(is, ReviewSubmittedAt)))
    }

    fn sorts(order: AppraisalOrder) -> Vec<Sort<appraisal::Column>> {
        // Keys sort by the time of making.
        match order {
            AppraisalOrder::CreatedAtDesc => vec![Sort::descending(appraisal::Column::Id)],
            AppraisalOrder::CreatedAtAsc => vec![Sort::ascending(appraisal::Column::Id)],
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
                    ($table::Column::Id, $table::Column::AppraisalId)
                }

                fn sorts() -> Vec<Sort<Column<Self>>> {
                    vec![Sort::ascending($table::Column::$sort), Sort::ascending($table::Column::Id)]
                }
            }
        )*
    };
}

links! {
    /// The work plan of an appraisal, in its order.
    PlanOf: appraisal_plan_item, by Place;
    /// The ratings of an appraisal, of both sides as far as a viewer may have them.
    RatingsOf: appraisal_rating, by Criterion;
    /// The incidents of an appraisal, the earliest first.
    IncidentsOf: appraisal_incident, by Day;
    /// The disputes of an appraisal, the first first.
    DisputesOf: appraisal_dispute, by CreatedAt;
}
