//! What every version of a metric says, and how it is looked over.

use entity::metric_version;
use serde::Serialize;
use uuid::Uuid;

use crate::access::Call;
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::metrics::definitions::store::{self, Defined};
use crate::metrics::rules::checking::{self, Draft, Flaw};
use crate::metrics::rules::definition::{Body, Definition};
use crate::metrics::rules::expression;
use crate::metrics::rules::standing::Metrics;
use crate::work::Work;

/// What a version says, as somebody writes it.
#[derive(Clone, Debug, Serialize)]
pub struct MetricContent {
    /// Name in English.
    pub name: String,
    /// 名称.
    pub name_zh: String,
    /// What it says, in English.
    pub meaning: String,
    /// 含义.
    pub meaning_zh: String,
    /// How it is computed.
    pub draft: Draft,
}

/// Locks all definitions and reads those in use.
pub async fn locked(work: &Work<'_>) -> Result<Metrics> {
    store::lock_all(work.tx()).await?;
    in_use(store::all_current(work.tx()).await?)
}

/// The definitions of metrics in use, by key.
pub fn in_use(all: Vec<Defined>) -> Result<Metrics> {
    let all = all.into_iter();
    Ok(all.map(|one| (one.metric.key, one.definition)).collect())
}

/// Looks a key over: small letters, digits and underscores, and no word of expressions.
pub fn look_at_key(checks: &mut Checks, key: &str) -> String {
    let mut letters = key.bytes();
    let formed = (3..=41).contains(&key.len())
        && letters
            .next()
            .is_some_and(|first| first.is_ascii_lowercase())
        && letters.all(|letter| matches!(letter, b'a'..=b'z' | b'0'..=b'9' | b'_'));
    checks.ensure(
        formed && !expression::is_reserved(key),
        UserErrorCode::Invalid,
        "input.key",
        || {
            Text::new(
                "A key has 3 to 41 small letters, digits and underscores, begins with a letter, and is no word of expressions such as `max`.",
                "键须为 3 至 41 个小写字母、数字或下划线，以字母开头，且不能是 max 等表达式关键字。",
            )
        },
    );
    key.to_owned()
}

/// Looks a version over against the sources and the metrics in use.
pub fn look_over(
    app: &App,
    checks: &mut Checks,
    key: &str,
    content: &MetricContent,
    metrics: &Metrics,
) -> Result<Option<(metric_version::Model, Definition)>> {
    let name = checks.text("input.content.name", &content.name, 100);
    let name_zh = checks.text("input.content.nameZh", &content.name_zh, 100);
    let meaning = checks.body("input.content.meaning", &content.meaning, 1_000);
    let meaning_zh = checks.body("input.content.meaningZh", &content.meaning_zh, 1_000);
    let definition = match definition_of(app, Some(key), &content.draft, metrics) {
        Ok(definition) => definition,
        Err(flaws) => {
            for flaw in flaws {
                let field = format!("input.content.definition.{}", flaw.field);
                checks.add(UserErrorCode::Invalid, &field, flaw.told());
            }
            return Ok(None);
        }
    };
    let version = metric_version::Model {
        id: Uuid::nil(),
        metric_id: Uuid::nil(),
        number: 1,
        name,
        name_zh,
        meaning,
        meaning_zh,
        definition: serde_json::to_value(&definition)?,
        note: None,
        created_by: None,
        created_at: chrono::DateTime::UNIX_EPOCH,
        counted_at: None,
    };
    Ok(Some((version, definition)))
}

/// What a draft becomes when it is saved under that key.
pub fn definition_of(
    app: &App,
    key: Option<&str>,
    draft: &Draft,
    metrics: &Metrics,
) -> Result<Definition, Vec<Flaw>> {
    let source = |source: &str| app.counter.sources.get(source);
    checking::check(key, draft, &source, metrics)
}

/// The version as a call makes it; a derived one has no sums of its own to wait for.
pub fn made_by(
    call: &Call,
    version: metric_version::Model,
    definition: &Definition,
) -> metric_version::Model {
    metric_version::Model {
        id: new_id(call.at),
        created_by: call.viewer.actor.id,
        created_at: call.at,
        counted_at: matches!(definition.body, Body::Derived(_)).then_some(call.at),
        ..version
    }
}
