//! Lists of cycles, and what hangs on each.

use entity::enums::{AppraisalRhythm, AppraisalStage};
use entity::{appraisal_absence, appraisal_cycle, appraisal_cycle_template};
use sea_orm::Condition;

use crate::access::children::{Column, Link};
use crate::access::{Listed, Viewer};
use crate::db::filter::{Matches, RangeMatches, TextMatches};
use crate::db::keyset::Sort;

/// Which cycles. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct CycleFilter {
    /// The code.
    pub code: Option<TextMatches>,
    /// How often such a round comes.
    pub rhythm: Option<Matches<AppraisalRhythm>>,
    /// How far it is.
    pub stage: Option<Matches<AppraisalStage>>,
    /// The first day that it is about.
    pub from_day: Option<RangeMatches<chrono::NaiveDate>>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CycleOrder {
    /// Those about the latest days first.
    #[default]
    FromDayDesc,
    /// Those about the earliest days first.
    FromDayAsc,
    /// By code.
    CodeAsc,
}

impl Listed for appraisal_cycle::Entity {
    type Filter = CycleFilter;
    type Order = CycleOrder;

    fn matching(filter: &CycleFilter, _: &Viewer) -> Condition {
        use appraisal_cycle::Column::{Code, FromDay, Rhythm, Stage};
        Condition::all()
            .add_option(filter.code.as_ref().map(|is| is.on(Code)))
            .add_option(filter.rhythm.as_ref().map(|is| is.on(Rhythm)))
            .add_option(filter.stage.as_ref().map(|is| is.on(Stage)))
            .add_option(filter.from_day.as_ref().map(|is| is.on(FromDay)))
    }

    fn sorts(order: CycleOrder) -> Vec<Sort<appraisal_cycle::Column>> {
        use appraisal_cycle::Column::{Code, FromDay, Id};
        match order {
            CycleOrder::FromDayDesc => vec![Sort::descending(FromDay), Sort::descending(Id)],
            CycleOrder::FromDayAsc => vec![Sort::ascending(FromDay), Sort::ascending(Id)],
            CycleOrder::CodeAsc => vec![Sort::ascending(Code), Sort::ascending(Id)],
        }
    }
}

/// The templates of a cycle, by family.
pub struct CyclesTemplates;

impl Link for CyclesTemplates {
    type Child = appraisal_cycle_template::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        use appraisal_cycle_template::Column::{CycleId, Id};
        (Id, CycleId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        use appraisal_cycle_template::Column::{Family, Id};
        vec![Sort::ascending(Family), Sort::ascending(Id)]
    }
}

/// Who has no appraisal in a cycle, by cause.
pub struct CyclesAbsences;

impl Link for CyclesAbsences {
    type Child = appraisal_absence::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        use appraisal_absence::Column::{CycleId, Id};
        (Id, CycleId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        use appraisal_absence::Column::{Cause, Id};
        vec![Sort::ascending(Cause), Sort::ascending(Id)]
    }
}
