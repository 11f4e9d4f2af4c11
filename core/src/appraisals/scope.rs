//! What the reaches mean for appraisals.
//!
//! `OWN` of an appraisal is the member's and the reviewer's; the other reaches hold it when the member is placed there. What hangs on
//! an appraisal follows it, with these exceptions: what was judged and computed is kept from the member until results are out,
//! whatever the reach; what is proposed from a result, and how it was calibrated, is kept from the member for good; a request for
//! feedback is also the rater's. What raters said isn't scoped, for nobody ever reads its rows.

use entity::enums::{AppraisalRatingBy, AppraisalStage, Reach};
use entity::{
    appraisal, appraisal_absence, appraisal_appeal, appraisal_calibration,
    appraisal_calibration_change, appraisal_cycle, appraisal_cycle_template, appraisal_dispute,
    appraisal_incident, appraisal_plan_item, appraisal_proposal, appraisal_rater, appraisal_rating,
    appraisal_result, appraisal_template, appraisal_template_version, assignment,
};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::rules::stages::is_out;
use crate::access::{Permission, Scoped, Standing};
use crate::organisation::{is_placed_in, of_member};

/// Tables of which whoever may read one row may read all.
macro_rules! whole {
    ($permission:ident: $($table:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::$permission;
            type Facts = $table::Model;

            fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
                (reach == Reach::All).then(Condition::all)
            }

            fn within(_: &$table::Model, reach: Reach, _: &Standing) -> bool {
                reach == Reach::All
            }
        })*
    };
}

whole!(AppraisalTemplateRead: appraisal_template, appraisal_template_version, appraisal_cycle, appraisal_cycle_template);
whole!(AppraisalManage: appraisal_absence);
whole!(AppraisalCalibrate: appraisal_calibration);

/// An appraisal with what decides who may see it.
#[derive(Clone, Debug)]
pub struct AppraisalFacts {
    /// The appraisal.
    pub appraisal: appraisal::Model,
    /// All assignments of the member.
    pub assignments: Vec<assignment::Model>,
    /// How far the cycle is.
    pub stage: AppraisalStage,
}

impl AppraisalFacts {
    fn within(&self, reach: Reach, standing: &Standing) -> bool {
        match reach {
            Reach::All => true,
            Reach::Organisation => false,
            Reach::Own => standing.member_id.is_some_and(|me| {
                me == self.appraisal.member_id || Some(me) == self.appraisal.reviewer_id
            }),
            _ => is_placed_in(&self.assignments, reach, standing),
        }
    }

    fn is_of(&self, standing: &Standing) -> bool {
        standing.member_id == Some(self.appraisal.member_id)
    }

    fn is_out_for(&self, standing: &Standing) -> bool {
        !self.is_of(standing) || is_out(self.stage)
    }
}

impl Scoped for appraisal::Entity {
    const READ: Permission = Permission::AppraisalRead;
    type Facts = AppraisalFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        let rows = of_member(appraisal::Column::MemberId, reach, standing)?;
        if reach != Reach::Own {
            return Some(rows);
        }
        let given = standing
            .member_id
            .map(|me| appraisal::Column::ReviewerId.eq(me));
        Some(Condition::any().add(rows).add_option(given))
    }

    fn within(facts: &AppraisalFacts, reach: Reach, standing: &Standing) -> bool {
        facts.within(reach, standing)
    }
}

/// The keys of the appraisals that meet a condition.
fn appraisals(condition: Condition) -> SelectStatement {
    appraisal::Entity::find()
        .select_only()
        .column(appraisal::Column::Id)
        .filter(condition)
        .into_query()
}

/// The appraisals of a member.
fn of(member: Uuid) -> Condition {
    Condition::all().add(appraisal::Column::MemberId.eq(member))
}

/// The appraisals of a member whose results aren't out.
fn not_out_of(member: Uuid) -> Condition {
    use AppraisalStage::{Closed, Published};
    let going_on = appraisal_cycle::Entity::find()
        .select_only()
        .column(appraisal_cycle::Column::Id)
        .filter(appraisal_cycle::Column::Stage.is_not_in([Published, Closed]))
        .into_query();
    of(member).add(appraisal::Column::CycleId.in_subquery(going_on))
}

/// What hangs on an appraisal follows it.
macro_rules! of_appraisals {
    ($($table:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::AppraisalRead;
            type Facts = AppraisalFacts;

            fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
                let condition = appraisal::Entity::condition(reach, standing)?;
                Some(Condition::all().add($table::Column::AppraisalId.in_subquery(appraisals(condition))))
            }

            fn within(facts: &AppraisalFacts, reach: Reach, standing: &Standing) -> bool {
                facts.within(reach, standing)
            }
        })*
    };
}

of_appraisals!(
    appraisal_plan_item,
    appraisal_incident,
    appraisal_appeal,
    appraisal_dispute
);

impl Scoped for appraisal_result::Entity {
    const READ: Permission = Permission::AppraisalRead;
    type Facts = AppraisalFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        let condition = appraisal::Entity::condition(reach, standing)?;
        let within = appraisal_result::Column::AppraisalId.in_subquery(appraisals(condition));
        let others = Self::kept_from(standing).map(Condition::not);
        Some(Condition::all().add(within).add_option(others))
    }

    fn within(facts: &AppraisalFacts, reach: Reach, standing: &Standing) -> bool {
        facts.is_out_for(standing) && facts.within(reach, standing)
    }

    fn kept_from(standing: &Standing) -> Option<Condition> {
        let mine = appraisals(not_out_of(standing.member_id?));
        let about = appraisal_result::Column::AppraisalId.in_subquery(mine);
        Some(Condition::all().add(about))
    }
}

/// Whoever calibrates finds all changes but those of their own results.
impl Scoped for appraisal_calibration_change::Entity {
    const READ: Permission = Permission::AppraisalCalibrate;
    type Facts = AppraisalFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        let others = standing.member_id.map(|me| {
            appraisal_calibration_change::Column::AppraisalId.not_in_subquery(appraisals(of(me)))
        });
        (reach == Reach::All).then(|| Condition::all().add_option(others))
    }

    fn within(facts: &AppraisalFacts, reach: Reach, standing: &Standing) -> bool {
        reach == Reach::All && !facts.is_of(standing)
    }

    fn kept_from(standing: &Standing) -> Option<Condition> {
        let mine = appraisals(of(standing.member_id?));
        let about = appraisal_calibration_change::Column::AppraisalId.in_subquery(mine);
        Some(Condition::all().add(about))
    }
}

/// A rating with what decides who may see it.
#[derive(Clone, Debug)]
pub struct RatingFacts {
    /// The rating.
    pub rating: appraisal_rating::Model,
    /// Its appraisal.
    pub about: AppraisalFacts,
}

impl Scoped for appraisal_rating::Entity {
    const READ: Permission = Permission::AppraisalRead;
    type Facts = RatingFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        let condition = appraisal::Entity::condition(reach, standing)?;
        let within = appraisal_rating::Column::AppraisalId.in_subquery(appraisals(condition));
        let others = Self::kept_from(standing).map(Condition::not);
        Some(Condition::all().add(within).add_option(others))
    }

    fn within(facts: &RatingFacts, reach: Reach, standing: &Standing) -> bool {
        let shown = facts.rating.by == AppraisalRatingBy::Own || facts.about.is_out_for(standing);
        shown && facts.about.within(reach, standing)
    }

    fn kept_from(standing: &Standing) -> Option<Condition> {
        let mine = appraisals(not_out_of(standing.member_id?));
        let judged = Condition::all()
            .add(appraisal_rating::Column::AppraisalId.in_subquery(mine))
            .add(appraisal_rating::Column::By.eq(AppraisalRatingBy::Reviewer));
        Some(judged)
    }
}

impl Scoped for appraisal_proposal::Entity {
    const READ: Permission = Permission::AppraisalRead;
    type Facts = AppraisalFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        let condition = appraisal::Entity::condition(reach, standing)?;
        let within = appraisal_proposal::Column::AppraisalId.in_subquery(appraisals(condition));
        let others = Self::kept_from(standing).map(Condition::not);
        Some(Condition::all().add(within).add_option(others))
    }

    fn within(facts: &AppraisalFacts, reach: Reach, standing: &Standing) -> bool {
        !facts.is_of(standing) && facts.within(reach, standing)
    }

    fn kept_from(standing: &Standing) -> Option<Condition> {
        let mine = appraisals(of(standing.member_id?));
        let about = appraisal_proposal::Column::AppraisalId.in_subquery(mine);
        Some(Condition::all().add(about))
    }
}

/// A request for feedback with what decides who may see it.
#[derive(Clone, Debug)]
pub struct RaterFacts {
    /// The request.
    pub rater: appraisal_rater::Model,
    /// The appraisal that it is about.
    pub about: AppraisalFacts,
}

impl Scoped for appraisal_rater::Entity {
    const READ: Permission = Permission::AppraisalRead;
    type Facts = RaterFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        let condition = appraisal::Entity::condition(reach, standing)?;
        let about = appraisal_rater::Column::AppraisalId.in_subquery(appraisals(condition));
        let asked = standing
            .member_id
            .filter(|_| reach == Reach::Own)
            .map(|me| appraisal_rater::Column::MemberId.eq(me));
        Some(Condition::any().add(about).add_option(asked))
    }

    fn within(facts: &RaterFacts, reach: Reach, standing: &Standing) -> bool {
        let asked = reach == Reach::Own && standing.member_id == Some(facts.rater.member_id);
        asked || facts.about.within(reach, standing)
    }
}
