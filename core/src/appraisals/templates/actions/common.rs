//! What the actions share: looking a content over, and what they leave behind.

use std::collections::BTreeSet;

use entity::enums::AppraisalVersionState;
use entity::{appraisal_template, appraisal_template_version};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::App;
use crate::appraisals::TEMPLATE_CHANGED;
use crate::appraisals::rules::content::{Content, Measure, faults};
use crate::audit;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::metrics::figures::Metric;
use crate::work::Work;

/// The most characters of a note.
pub(super) const NOTE: usize = 2_000;

/// A short code: small letters, digits, and `_`, `-`, `.` between them.
pub(in crate::appraisals) fn coded(checks: &mut Checks, field: &str, value: &str) -> String {
    let code = checks.text(field, value, 50);
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let formed = code.chars().all(|c| plain(c) || "_-.".contains(c))
        && code.starts_with(plain)
        && code.ends_with(plain);
    checks.ensure(formed || code.is_empty(), UserErrorCode::Invalid, field, || {
        Text::new(
            "A code has small letters, digits and `_`, `-`, `.` between them, such as `field_service.monthly`.",
            "编码由小写字母、数字及其间的 _ - . 组成，例如 field_service.monthly。",
        )
    });
    code
}

/// Looks a content over: its own rules, and whether its metrics can be asked for of members.
pub(super) async fn look_over(
    work: &Work<'_>,
    app: &App,
    checks: &mut Checks,
    content: &Content,
) -> Result<()> {
    for fault in faults(content) {
        let field = field_of(content, &fault.path);
        checks.add(UserErrorCode::Invalid, &field, fault.text);
    }
    for (path, text) in names(content) {
        let field = field_of(content, &path);
        checks.ensure(
            !text.chars().any(char::is_control),
            UserErrorCode::Invalid,
            &field,
            || {
                Text::new(
                    "This has control characters or line breaks; write it on one line.",
                    "不能包含控制字符或换行。",
                )
            },
        );
    }
    let keys: BTreeSet<&str> = named(content).map(|(_, key)| key).collect();
    let metrics = Metric::find_each(work.tx(), &app.counter.sources, &keys).await?;
    for (path, key) in named(content) {
        let suits = metrics.get(key).is_some_and(Metric::is_about_members);
        let field = field_of(content, &path);
        checks.ensure(suits, UserErrorCode::NotFound, &field, || {
            Text::new(
                format!("There is no metric {key:?} that is about members; `metricDefinitions` lists them."),
                format!("没有针对成员的指标 {key:?}，可在 metrics 中查询。"),
            )
        });
    }
    Ok(())
}

/// Everything in a content that people read, with its place.
fn names(content: &Content) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    let mut both = |path: String, name, name_zh| {
        found.push((format!("{path}.name"), name));
        found.push((format!("{path}.nameZh"), name_zh));
    };
    for (place, one) in content.bands.iter().enumerate() {
        both(
            format!("bands.{place}"),
            one.name.as_str(),
            one.name_zh.as_str(),
        );
    }
    for (place, one) in content.behaviours.iter().enumerate() {
        both(format!("behaviours.{place}"), &one.name, &one.name_zh);
    }
    for (section, one) in content.sections.iter().enumerate() {
        both(format!("sections.{section}"), &one.name, &one.name_zh);
        let (part, items) = match &one.measure {
            Measure::Criteria { items } => ("items", items.as_slice()),
            Measure::Feedback { questions, .. } => ("questions", questions.as_slice()),
            _ => ("items", &[][..]),
        };
        for (place, item) in items.iter().enumerate() {
            let path = format!("sections.{section}.{part}.{place}");
            both(path, &item.name, &item.name_zh);
        }
    }
    found
}

/// The metrics that a content names, with their places.
fn named(content: &Content) -> impl Iterator<Item = (String, &str)> {
    let sections = content.sections.iter().enumerate();
    sections.flat_map(|(section, one)| {
        let items = match &one.measure {
            Measure::Metrics { items } => items.as_slice(),
            _ => &[],
        };
        items.iter().enumerate().map(move |(place, item)| {
            let path = format!("sections.{section}.items.{place}.metric");
            (path, item.metric.as_str())
        })
    })
}

/// The place of a fault in the input, where the parts of a section stand under its measure.
fn field_of(content: &Content, path: &str) -> String {
    let measure = || {
        let (section, rest) = path.strip_prefix("sections.")?.split_once('.')?;
        let found = content.sections.get(section.parse::<usize>().ok()?)?;
        let part = match (
            &found.measure,
            rest.split_once('.').map_or(rest, |(part, _)| part),
        ) {
            (Measure::Metrics { .. }, "items") => "metrics",
            (Measure::Criteria { .. }, "items") => "criteria",
            (Measure::Feedback { .. }, "sources") => "feedback.sources",
            (Measure::Feedback { .. }, "questions") => "feedback.questions",
            _ => return None,
        };
        let below = rest
            .split_once('.')
            .map_or(String::new(), |(_, below)| format!(".{below}"));
        Some(format!("sections.{section}.measure.{part}{below}"))
    };
    let place = measure().unwrap_or_else(|| path.to_owned());
    format!("input.content.{place}")
}

/// A draft with this content.
pub(super) fn drafted(
    work: &Work<'_>,
    (template_id, number): (Uuid, i32),
    content: &Content,
    note: Option<String>,
) -> Result<appraisal_template_version::Model> {
    let at = work.call().at;
    Ok(appraisal_template_version::Model {
        id: new_id(at),
        template_id,
        number,
        state: AppraisalVersionState::Draft,
        content: serde_json::to_value(content)?,
        note,
        published_at: None,
        published_by_name: None,
        version: 1,
        created_at: at,
        updated_at: at,
    })
}

/// Refuses what isn't done with a template that isn't used any more.
pub(super) fn in_use(template: &appraisal_template::Model) -> Result<()> {
    if template.retired_at.is_none() {
        return Ok(());
    }
    let text = Text::new(
        "This template is retired: make another one.",
        "该模板已停用，请新建模板。",
    );
    Err(UserError::new(UserErrorCode::WrongState, "input.id", text).into())
}

/// Refuses what is only done with drafts.
pub(super) fn a_draft(version: &appraisal_template_version::Model) -> Result<()> {
    if version.state == AppraisalVersionState::Draft {
        return Ok(());
    }
    let text = Text::new(
        "What is published never changes: draft the next version.",
        "已发布的版本不能修改，请起草新版本。",
    );
    Err(UserError::new(UserErrorCode::WrongState, "input.id", text).into())
}

/// Leaves an audit entry and an event about a template.
pub(super) fn trace(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: Value) {
    work.audit(audit::Entry {
        action,
        entity_type: "appraisal_template",
        entity_id: Some(id),
        detail,
    });
    let payload = json!({ "action": action });
    work.emit(Event::new(work.call().at, TEMPLATE_CHANGED, id, payload));
}

#[cfg(test)]
mod tests {
    use super::field_of;
    use crate::appraisals::templates::shipped::shipped;

    #[test]
    fn faults_are_told_where_they_stand_in_the_input() {
        let shipped = shipped().expect("a readable file");
        let content = &shipped[0].content;
        for (path, field) in [
            ("cap", "cap"),
            ("bands.1.from", "bands.1.from"),
            ("sections", "sections"),
            ("sections.1.weight", "sections.1.weight"),
            ("sections.1.items", "sections.1.measure.criteria"),
            (
                "sections.1.items.2.key",
                "sections.1.measure.criteria.2.key",
            ),
            (
                "sections.2.items.0.anchors",
                "sections.2.measure.metrics.0.anchors",
            ),
            (
                "sections.3.sources.1.least",
                "sections.3.measure.feedback.sources.1.least",
            ),
            (
                "sections.3.questions",
                "sections.3.measure.feedback.questions",
            ),
        ] {
            assert_eq!(field_of(content, path), format!("input.content.{field}"));
        }
    }
}
