//! Looking a content over without saving it, and rules to begin with (规则检查与模板).

use super::common::looked;
use crate::access::{Call, Permission};
use crate::app::App;
use crate::error::Result;
use crate::incentives::gather;
use crate::incentives::rules::catalogue::{Fact, Level};
use crate::incentives::rules::checking::{Fault, faults};
use crate::incentives::rules::content::RuleContent;
use crate::incentives::rules::templates::{Template, all};
use crate::settings::{self, COMPANY_CURRENCY};
use crate::work::Work;

/// What is found in a content.
#[derive(Clone, Debug)]
pub struct Found {
    /// Every mistake, with its place; none when it can be saved.
    pub faults: Vec<Fault>,
    /// The facts that its expressions name, when there are no mistakes.
    pub facts: Vec<String>,
}

/// Every mistake in a content, without saving it.
///
/// # Errors
/// Refusal of permission; when the database fails.
pub async fn rule_check(app: &App, call: &Call, content: &RuleContent) -> Result<Found> {
    call.viewer.require(Permission::IncentiveRuleWrite)?;
    let work = Work::begin(&app.db, call).await?;
    Ok(match looked(&work, app, content).await? {
        Ok(facts) => Found {
            faults: Vec::new(),
            facts: facts.into_iter().collect(),
        },
        Err(faults) => Found {
            faults,
            facts: Vec::new(),
        },
    })
}

/// Rules to begin with, with money in the company's currency; those only whose facts somebody knows here.
///
/// # Errors
/// Refusal of permission; when the database fails.
pub async fn templates(app: &App, call: &Call) -> Result<Vec<Template>> {
    call.viewer.require(Permission::IncentiveRuleRead)?;
    let reader = app.db.reader();
    let currency = settings::read(reader, &COMPANY_CURRENCY).await?;
    let catalogue = gather::catalogue(reader, &app.counter.sources).await?;
    let mut templates = all(&currency);
    templates.retain(|template| faults(&template.content, &catalogue).is_empty());
    Ok(templates)
}

/// Everything that rules can ask about, by key, or what of it is about something.
///
/// # Errors
/// Refusal of permission; when the database fails.
pub async fn facts(app: &App, call: &Call, level: Option<Level>) -> Result<Vec<Fact>> {
    call.viewer.require(Permission::IncentiveRuleRead)?;
    let catalogue = gather::catalogue(app.db.reader(), &app.counter.sources).await?;
    let about = |fact: &&Fact| level.is_none_or(|level| fact.level == level);
    Ok(catalogue.facts().filter(about).cloned().collect())
}
