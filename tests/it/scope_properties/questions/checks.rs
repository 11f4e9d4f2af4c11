use aftercare::graphql::ids::{decode, encode};
use entity::enums::CommentVisibility;
use entity::ticket;
use serde_json::{Value, json};

use crate::support::data::Data;
use crate::support::oracle::Oracle;

/// The ids of a list's rows.
pub fn texts(nodes: &Value) -> impl Iterator<Item = String> {
    nodes
        .as_array()
        .cloned()
        .unwrap_or_default()
        .into_iter()
        .filter_map(|node| node["id"].as_str().map(str::to_owned))
}

/// Compares, and says what differs.
pub fn same<T: PartialEq + std::fmt::Debug>(
    what: &str,
    found: &T,
    expected: &T,
) -> Result<(), String> {
    if found == expected {
        Ok(())
    } else {
        Err(format!("{what} is {found:?}, but must be {expected:?}"))
    }
}

/// Every object anywhere in the answer is one that the user may see.
pub fn inside(value: &Value, oracle: &Oracle<'_>) -> Result<(), String> {
    match value {
        Value::Array(items) => items.iter().try_for_each(|item| inside(item, oracle)),
        Value::Object(fields) => {
            if let Some(id) = fields.get("id").and_then(Value::as_str) {
                let (prefix, uuid) = decode(id).map_err(|text| text.en.into_owned())?;
                if !oracle.sees(&prefix, uuid) {
                    return Err(format!("{id} ({uuid}) is outside the scope"));
                }
            }
            fields.values().try_for_each(|field| inside(field, oracle))
        }
        _ => Ok(()),
    }
}

/// What hangs on every ticket of the answer is there exactly if it is seen.
pub fn nested(value: &Value, data: &Data, oracle: &Oracle<'_>) -> Result<(), String> {
    match value {
        Value::Array(items) => items.iter().try_for_each(|item| nested(item, data, oracle)),
        Value::Object(fields) => {
            if fields.contains_key("history") {
                let row = data
                    .tickets
                    .iter()
                    .find(|row| fields["id"] == encode("ticket", row.id).as_str());
                return row.map_or_else(
                    || Err("a ticket that there isn't".to_owned()),
                    |row| parts(row, value, data, oracle),
                );
            }
            fields
                .values()
                .try_for_each(|field| nested(field, data, oracle))
        }
        _ => Ok(()),
    }
}

fn parts(
    row: &ticket::Model,
    found: &Value,
    data: &Data,
    oracle: &Oracle<'_>,
) -> Result<(), String> {
    let customer = data
        .customers
        .iter()
        .find(|customer| customer.id == row.customer_id);
    for (field, prefix, id) in [
        ("customer", "customer", Some(row.customer_id)),
        ("contact", "contact", row.contact_id),
        ("partner", "partner", row.partner_id),
        ("product", "product", row.product_id),
        ("unit", "unit", row.unit_id),
        ("team", "team", row.team_id),
        ("owner", "member", row.owner_id),
        ("assignee", "member", row.assignee_id),
    ] {
        let expected = id
            .filter(|id| oracle.sees(prefix, *id))
            .map_or(Value::Null, |id| encode(prefix, id).into());
        same(
            &format!("{field} of {}", row.number),
            &found[field]["id"],
            &expected,
        )?;
    }
    if let Some(customer) = customer.filter(|customer| oracle.sees("customer", customer.id)) {
        let owner = customer
            .owner_id
            .filter(|owner| oracle.sees("member", *owner));
        let expected = owner.map_or(Value::Null, |id| encode("member", id).into());
        same(
            "the customer's owner",
            &found["customer"]["owner"]["id"],
            &expected,
        )?;
    }
    let comments = data
        .comments
        .iter()
        .filter(|comment| comment.ticket_id == row.id && oracle.sees("comment", comment.id));
    let internal = comments
        .clone()
        .filter(|comment| comment.visibility == CommentVisibility::Internal)
        .count();
    let shown = found["comments"]["nodes"].as_array().map_or(0, |nodes| {
        nodes
            .iter()
            .filter(|node| node["visibility"] == "INTERNAL")
            .count()
    });
    same("internal notes", &shown, &internal)?;
    same(
        "comments",
        &found["comments"]["totalCount"],
        &json!(comments.count()),
    )?;
    let changes = data
        .changes
        .iter()
        .filter(|change| change.ticket_id == row.id && oracle.sees("change", change.id));
    same(
        "history",
        &found["history"]["totalCount"],
        &json!(changes.count()),
    )
}
