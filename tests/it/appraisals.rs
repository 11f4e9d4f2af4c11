//! Appraisals as members, reviewers, raters and those who run them live with them.

/// Nothing tells who said what, or that they did.
mod anonymity;
/// Results are noted, appealed against, and decided about by others.
mod appeals;
/// A cycle made for tests.
mod bench;
/// Managers look at results together.
mod calibration;
/// What follows from results.
mod consequences;
/// Cycles from draft to end.
mod cycles;
/// Records are disputed, and figures wait.
mod disputes;
/// A result that is out counts in figures.
mod facts;
/// What groups do about their results.
mod improvement;
/// What everybody sees, before and after results are out.
mod privacy;
/// Who is asked for feedback, by whom and how often.
mod raters;
/// Plans, self-assessments, reviews, incidents.
mod reviews;
/// Reaches in SQL and in plain words; how many statements lists take.
mod scopes;
/// Templates and their versions.
mod templates;
/// A version of a template is tried on a past cycle.
mod trial;

use entity::appraisal_cycle;
use entity::enums::AppraisalStage;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use crate::support::app::{Actor, TestApp};
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

/// The version of an appraisal as somebody sees it.
pub async fn version(actor: &Actor, n: usize) -> Value {
    let query = "query($id: ID!) { appraisal(id: $id) { version } }";
    let reply = actor
        .send(query, json!({ "id": appraisal(n) }))
        .await
        .fine();
    reply.data("appraisal.version").clone()
}
