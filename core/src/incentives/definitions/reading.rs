//! Rules as they are evaluated, for runs, checks of old awards and simulations.

use entity::incentive_rule_version;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{period_of, store};
use crate::error::{Error, Result, Text, UserError, UserErrorCode};
use crate::formula::deep;
use crate::incentives::rules::catalogue::Catalogue;
use crate::incentives::rules::checking::compile;
use crate::incentives::rules::content::{Period, RuleContent};
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::trace::{RuleRef, Span};

/// The rules that give awards for a period of that kind: versions that hold on its first day; compiled, in the order of the ids of
/// their rules. One statement.
///
/// # Errors
/// A user error when one of them can't be computed any more, because a fact that it names is gone; when the database fails.
pub async fn in_force(
    connection: &impl ConnectionTrait,
    catalogue: &Catalogue,
    kind: Period,
    span: Span,
) -> Result<Vec<Rule>> {
    let rows = store::holding(connection, period_of(kind), span.from).await?;
    all(&rows, catalogue)
}

/// These versions, whatever their state, compiled, in the order of the ids of their rules. One statement.
///
/// # Errors
/// Like [`in_force`].
pub async fn versions(
    connection: &impl ConnectionTrait,
    catalogue: &Catalogue,
    ids: &[Uuid],
) -> Result<Vec<Rule>> {
    let rows = store::versions_by_ids(connection, ids).await?;
    all(&rows, catalogue)
}

/// What a version says.
///
/// # Errors
/// When the row isn't one of ours.
pub fn content_of(row: &incentive_rule_version::Model) -> Result<RuleContent> {
    Ok(serde_json::from_value(row.content.clone())?)
}

/// All of them on one thread: a member's own view reads every rule of the period.
fn all(rows: &[incentive_rule_version::Model], catalogue: &Catalogue) -> Result<Vec<Rule>> {
    deep(|| rows.iter().map(|row| compiled(row, catalogue)).collect())
        .unwrap_or_else(|| Err(Error::internal("no thread to read rules on")))
}

fn compiled(row: &incentive_rule_version::Model, catalogue: &Catalogue) -> Result<Rule> {
    let content = content_of(row)?;
    let title = content.title();
    compile(reference(row), content, catalogue).map_err(|faults| {
        let why = faults.first().map_or_else(
            || Text::new("it has a mistake", "规则有误"),
            |fault| fault.told(),
        );
        let text = Text::new(
            format!(
                "The rule \"{}\" can't be computed any more: {} Retire it or make a new version.",
                title.en, why.en
            ),
            format!(
                "规则“{}”已无法计算：{}请停用或建立新版本。",
                title.zh, why.zh
            ),
        );
        UserError::new(UserErrorCode::RuleViolated, "input", text).into()
    })
}

/// Which version of which rule a row is.
#[must_use]
pub const fn reference(row: &incentive_rule_version::Model) -> RuleRef {
    RuleRef {
        rule: row.rule_id,
        version: row.id,
        number: row.number,
    }
}
