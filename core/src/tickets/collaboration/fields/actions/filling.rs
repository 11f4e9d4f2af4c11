//! Filling fields on a ticket.

use std::collections::{BTreeSet, HashMap};

use entity::enums::TicketKind;
use entity::{custom_field, ticket};
use serde::Serialize;
use uuid::Uuid;

use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Result, Text, UserErrorCode};
use crate::tickets::actions::Happened;
use crate::tickets::actions::record::Change;
use crate::tickets::collaboration::actions::{Named, leave, take};
use crate::tickets::collaboration::fields::rules::{self, Given, Value};
use crate::tickets::collaboration::fields::{definition, store};
use crate::work::Work;

/// A value for a field, by the field's code.
#[derive(Clone, Debug, Serialize)]
pub struct Filling {
    /// The field's code.
    pub field: String,
    /// The value.
    pub value: Given,
}

/// A value that fits its field; none when it is to be cleared.
pub type Prepared = (custom_field::Model, Option<Value>);

/// Looks values over for a ticket of that kind: there must be such fields for the viewer, each named once, and each value
/// must fit. Mistakes are noted at `path`.
///
/// # Errors
/// When the database fails.
pub async fn look_over(
    work: &Work<'_>,
    kind: TicketKind,
    fillings: &[Filling],
    path: &str,
    checks: &mut Checks,
) -> Result<Vec<Prepared>> {
    if fillings.is_empty() {
        return Ok(Vec::new());
    }
    let most = rules::VALUES_MAX;
    if fillings.len() > most {
        checks.add(
            UserErrorCode::TooLong,
            path,
            Text::new(
                format!("At most {most} fields are set at once; split them up."),
                format!("一次最多填写 {most} 个字段，请分批填写。"),
            ),
        );
        return Ok(Vec::new());
    }
    let codes: BTreeSet<&str> = fillings.iter().map(|one| one.field.as_str()).collect();
    let known = store::by_codes(work.tx(), &work.call().viewer, &codes).await?;
    let mut seen = BTreeSet::new();
    let mut prepared = Vec::with_capacity(fillings.len());
    for (place, one) in fillings.iter().enumerate() {
        let (at, code) = (format!("{path}.{place}"), one.field.as_str());
        let Some(field) = known.get(code) else {
            let text = Text::new(
                format!("There is no field `{code}`; see customFields."),
                format!("字段 {code} 不存在，请查看 customFields。"),
            );
            checks.add(UserErrorCode::NotFound, &at, text);
            continue;
        };
        if !seen.insert(code) {
            let text = Text::new(
                format!("The field `{code}` stands twice; give it one value."),
                format!("字段 {code} 重复，请只填写一个值。"),
            );
            checks.add(UserErrorCode::Invalid, &at, text);
            continue;
        }
        match rules::check(&definition(field)?, kind, &one.value) {
            Ok(value) => prepared.push((field.clone(), value)),
            Err(misfit) => checks.add(misfit.code, &at, misfit.text),
        }
    }
    Ok(prepared)
}

/// Writes values that were looked over; says what changed.
///
/// # Errors
/// When the database fails.
pub async fn write(work: &Work<'_>, ticket: Uuid, prepared: &[Prepared]) -> Result<Vec<Change>> {
    if prepared.is_empty() {
        return Ok(Vec::new());
    }
    let fields: Vec<Uuid> = prepared.iter().map(|(field, _)| field.id).collect();
    let held: HashMap<Uuid, Value> = store::held(work.tx(), ticket, &fields).await?;
    let mut changes = Vec::new();
    for (field, value) in prepared {
        let before = held.get(&field.id);
        if before == value.as_ref() {
            continue;
        }
        store::write(work.tx(), ticket, field.id, value.as_ref(), work.call().at).await?;
        let json = |value: Option<&Value>| value.map_or(serde_json::Value::Null, rules::json);
        changes.push(Change {
            field: format!("fields.{}", field.code).into(),
            old: json(before),
            new: json(value.as_ref()),
            public: field.public,
        });
    }
    Ok(changes)
}

/// Which fields get which values.
#[derive(Clone, Debug)]
pub struct SetFields {
    /// The ticket.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// The values.
    pub values: Vec<Filling>,
}

/// Sets and clears fields of a ticket: all of them or none. Values that stay the same are no change.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors naming each value that doesn't fit.
pub async fn set(app: &App, call: &Call, set: SetFields) -> Result<ticket::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let was = take(&work, Permission::TicketEdit, set.id, set.expected_version).await?;
    let mut checks = Checks::default();
    let prepared = look_over(&work, was.kind, &set.values, "input.values", &mut checks).await?;
    checks.done()?;
    let changes = write(&work, was.id, &prepared).await?;
    if changes.is_empty() {
        return Ok(was);
    }
    let named = Named {
        action: "fill",
        audited: "ticket.fields.set",
    };
    let now = was.clone();
    let saved = leave(&mut work, &was, now, Happened::Edited, named, changes).await?;
    work.commit().await?;
    Ok(saved)
}
