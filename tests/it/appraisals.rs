//! Appraisals as members, reviewers, raters and those who run them live with them.

/// Nothing tells who said what, or that they did.
mod anonymity;
/// Results are noted, appealed against, and decided about by others.
mod appeals;
/// Who is asked for feedback, by whom and how often.
mod raters;

use entity::appraisal_cycle;
use entity::enums::AppraisalStage;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::support::app::TestApp;
use crate::support::company;
use crate::support::data::{Table, key};

/// The id of an appraisal of the company.
pub fn appraisal(n: usize) -> String {
    company::id(Table::Appraisal, n)
}

/// Puts a cycle into a stage, behind the application's back.
pub async fn put_into(app: &TestApp, cycle: usize, stage: AppraisalStage) {
    appraisal_cycle::Entity::update_many()
        .col_expr(appraisal_cycle::Column::Stage, Expr::value(stage))
        .filter(appraisal_cycle::Column::Id.eq(key(Table::AppraisalCycle, cycle)))
        .exec(app.db.reader())
        .await
        .expect("the stage can be set");
}
