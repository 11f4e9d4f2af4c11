//! What the member and the reviewer say about criteria and the plan (自评与上级评价).

use std::collections::{BTreeSet, HashMap};

use entity::enums::AppraisalRatingBy as By;
use entity::{appraisal, appraisal_plan_item};
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, Step, only_the_member, only_the_reviewer, to_work_on, trace};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::appraisals::rules::content::{Content, WHOLE};
use crate::appraisals::rules::review::{criteria, open};
use crate::appraisals::rules::stages::Deed;
use crate::appraisals::store::{self, Said};
use crate::check::{Change, Checks};
use crate::decimal::Decimal;
use crate::error::{Error, Result, Text, UserErrorCode};
use crate::work::{Work, expect_version};

/// What is said about an item of the plan.
#[derive(Clone, Debug)]
pub struct ItemSaid {
    /// The item.
    pub id: Uuid,
    /// How far it is done, in percent; nothing is said of it any more when it is none.
    pub percent: Option<Decimal>,
    /// In words; members say that in their comment.
    pub comment: Option<String>,
}

/// What the member or the reviewer says; what isn't named stays as it was.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The appraisal.
    pub step: Step,
    /// About criteria.
    pub ratings: Vec<Said>,
    /// About items of the plan.
    pub plan: Vec<ItemSaid>,
    /// About the whole.
    pub comment: Change<String>,
    /// Is that all, so that it is handed in? What was handed in once stays so.
    pub submit: bool,
}

/// Saves how the member sees it, hands it in if that is all, and returns the appraisal's id.
///
/// # Errors
/// User errors about the values, the stage and who does it; refusals of permission, reach and version.
pub async fn self_assess(app: &App, call: &Call, input: &Assessment) -> Result<Uuid> {
    let permission = Permission::AppraisalWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (row, _) = to_work_on(&work, permission, input.step.id, Deed::AssessSelf).await?;
    only_the_member(call, &row)?;
    expect_version(row.version, input.step.expected_version)?;
    let mut checks = Checks::default();
    let content = content_of(&work, &row).await?;
    let ratings = looked_over(&mut checks, &content, &input.ratings);
    let comment = comment(&mut checks, &input.comment);
    let items = judged_items(&work, &mut checks, &row, &input.plan).await?;
    checks.done()?;
    for (item, said) in items {
        let Some(said) = said else { continue };
        let item = appraisal_plan_item::Model {
            own_percent: said.percent.map(|percent| percent.0),
            ..item
        };
        store::save(work.tx(), item, call.at).await?;
    }
    store::put_ratings(work.tx(), (row.id, By::Own), ratings, call.at).await?;
    let at = input.submit.then_some(call.at);
    let row = appraisal::Model {
        self_comment: comment.unwrap_or(row.self_comment),
        self_submitted_at: row.self_submitted_at.or(at),
        ..row
    };
    let detail = json!({ "submitted": row.self_submitted_at.is_some() });
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, input.step.id, "appraisal.self_assess", detail);
    work.commit().await?;
    Ok(input.step.id)
}

/// Saves how the reviewer sees it, hands it in if that is all, and returns the appraisal's id.
///
/// # Errors
/// User errors about the values, the stage, who does it, and what is missing when it is handed in; refusals of permission,
/// reach and version.
pub async fn review(app: &App, call: &Call, input: &Assessment) -> Result<Uuid> {
    let permission = Permission::AppraisalReview;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (row, _) = to_work_on(&work, permission, input.step.id, Deed::Review).await?;
    only_the_reviewer(call, &row)?;
    expect_version(row.version, input.step.expected_version)?;
    let mut checks = Checks::default();
    let content = content_of(&work, &row).await?;
    let ratings = looked_over(&mut checks, &content, &input.ratings);
    let comment = comment(&mut checks, &input.comment);
    let items = judged_items(&work, &mut checks, &row, &input.plan).await?;
    let items: Vec<(appraisal_plan_item::Model, bool)> = items
        .into_iter()
        .map(|(item, said)| match said {
            Some(said) => {
                let item = appraisal_plan_item::Model {
                    percent: said.percent.map(|percent| percent.0),
                    comment: said.comment,
                    ..item
                };
                (item, true)
            }
            None => (item, false),
        })
        .collect();
    checks.done()?;
    let there = store::ratings_by(work.tx(), row.id, By::Reviewer).await?;
    if input.submit || row.review_submitted_at.is_some() {
        let mut rated: BTreeSet<&str> = there.keys().map(String::as_str).collect();
        for one in &ratings {
            if one.percent.is_some() {
                rated.insert(&one.criterion);
            } else {
                rated.remove(one.criterion.as_str());
            }
        }
        let plan: Vec<bool> = items
            .iter()
            .map(|(item, _)| item.percent.is_some())
            .collect();
        complete(&content, &rated, &plan)?;
    }
    for (item, changed) in items {
        if changed {
            store::save(work.tx(), item, call.at).await?;
        }
    }
    store::put_ratings(work.tx(), (row.id, By::Reviewer), ratings, call.at).await?;
    let at = input.submit.then_some(call.at);
    let row = appraisal::Model {
        review_comment: comment.unwrap_or(row.review_comment),
        review_submitted_at: row.review_submitted_at.or(at),
        ..row
    };
    let detail = json!({ "submitted": row.review_submitted_at.is_some() });
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, input.step.id, "appraisal.review", detail);
    work.commit().await?;
    Ok(input.step.id)
}

/// Refuses to hand in a review without which there would be no result.
fn complete(content: &Content, rated: &BTreeSet<&str>, plan: &[bool]) -> Result<()> {
    let mut checks = Checks::default();
    for text in open(content, rated, plan) {
        checks.add(UserErrorCode::Blank, "input.submit", text);
    }
    checks.done()
}

async fn content_of(work: &Work<'_>, row: &appraisal::Model) -> Result<Content> {
    store::content_of(work.tx(), [row.version_id].into())
        .await?
        .remove(&row.version_id)
        .ok_or_else(|| Error::internal("an appraisal without its template"))
}

/// What is said about criteria, each once and one of the template's.
fn looked_over(checks: &mut Checks, content: &Content, said: &[Said]) -> Vec<Said> {
    let mut known: BTreeSet<&str> = criteria(content).collect();
    let mut rows = Vec::with_capacity(said.len());
    for (place, one) in said.iter().enumerate() {
        let field = format!("input.ratings.{place}");
        checks.ensure(
            known.remove(one.criterion.as_str()),
            UserErrorCode::NotFound,
            &format!("{field}.criterion"),
            || {
                Text::new(
                    "The template has no such criterion to be judged, or it is named twice.",
                    "模板中没有该评价指标，或该指标重复。",
                )
            },
        );
        percent(checks, &format!("{field}.percent"), one.percent);
        let comment =
            checks.optional_body(&format!("{field}.comment"), one.comment.as_deref(), BODY);
        rows.push(Said {
            comment,
            ..one.clone()
        });
    }
    rows
}

fn percent(checks: &mut Checks, field: &str, percent: Option<Decimal>) {
    let range = Decimal(0)..=WHOLE;
    let fits = percent.is_none_or(|percent| range.contains(&percent));
    checks.ensure(fits, UserErrorCode::Invalid, field, || {
        Text::new("It is 0 to 100 percent.", "须为 0 至 100。")
    });
}

/// The items of the plan with what is said about some of them, each of which is named once.
async fn judged_items(
    work: &Work<'_>,
    checks: &mut Checks,
    row: &appraisal::Model,
    said: &[ItemSaid],
) -> Result<Vec<(appraisal_plan_item::Model, Option<ItemSaid>)>> {
    let there = store::plan_of(work.tx(), row.id).await?;
    let mut by_id: HashMap<Uuid, ItemSaid> = HashMap::new();
    for (place, one) in said.iter().enumerate() {
        let field = format!("input.plan.{place}");
        percent(checks, &format!("{field}.percent"), one.percent);
        let comment =
            checks.optional_body(&format!("{field}.comment"), one.comment.as_deref(), BODY);
        let known = there.iter().any(|item| item.id == one.id);
        let said = ItemSaid {
            comment,
            ..one.clone()
        };
        let once = by_id.insert(one.id, said).is_none();
        checks.ensure(
            known && once,
            UserErrorCode::NotFound,
            &format!("{field}.id"),
            || {
                Text::new(
                    "The plan has no such item, or it is named twice.",
                    "工作计划中没有该项，或该项重复。",
                )
            },
        );
    }
    let with = |item: appraisal_plan_item::Model| {
        let said = by_id.remove(&item.id);
        (item, said)
    };
    Ok(there.into_iter().map(with).collect())
}

/// What becomes of a comment; none when nothing is said of it.
fn comment(checks: &mut Checks, change: &Change<String>) -> Option<Option<String>> {
    match change {
        Change::Keep => None,
        Change::Clear => Some(None),
        Change::Set(text) => Some(checks.optional_body("input.comment", Some(text), BODY)),
    }
}
