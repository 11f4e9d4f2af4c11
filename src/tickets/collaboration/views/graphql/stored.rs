//! A filter as it is kept, and read again by the API's own types for whoever uses it.

use async_graphql::{InputType, Value};
use serde_json::Value as Json;

use crate::access::{Call, Rule};
use crate::app::App;
use crate::error::{ApiError, Result};
use crate::graphql::SchemaFacts;
use crate::graphql::model::{Kind, named_type};
use crate::tickets::graphql::{TicketFilter, TicketOrder};
use crate::tickets::store::{Filter, Order};

/// What the API took, as it is kept: without what wasn't said.
///
/// # Errors
/// An internal one when it has no form in JSON.
pub fn keep(input: &impl InputType) -> Result<Json> {
    let mut json = input.to_value().into_json()?;
    strip(&mut json);
    Ok(json)
}

fn strip(json: &mut Json) {
    match json {
        Json::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(strip);
        }
        Json::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

/// The order of a view, as it is kept.
///
/// # Errors
/// An internal one when it has no form in JSON.
pub fn keep_order(order: TicketOrder) -> Result<Option<String>> {
    Ok(keep(&order)?.as_str().map(str::to_owned))
}

/// The order that is kept; the newest first when there is none.
///
/// # Errors
/// `BAD_INPUT` when the API has no such order any more.
pub fn read_order(kept: Option<&str>) -> Result<TicketOrder> {
    let Some(name) = kept else {
        return Ok(TicketOrder::CreatedAtDesc);
    };
    TicketOrder::parse(Some(Value::String(name.to_owned()))).map_err(|_| {
        no_longer(
            &format!("there is no ordering {name}"),
            &format!("排序方式 {name} 已不存在"),
        )
    })
}

/// The filter that is kept, for this caller: refused like a filter that the caller sends.
///
/// # Errors
/// `BAD_INPUT` when it no longer fits the API; `FORBIDDEN` when it compares what the caller may not see.
pub async fn read(app: &App, facts: &SchemaFacts, call: &Call, kept: &Json) -> Result<Filter> {
    look(facts, call, "TicketFilter", kept)?;
    let value = Value::from_json(kept.clone())?;
    let filter = TicketFilter::parse(Some(value)).map_err(|error| {
        let message = error
            .into_server_error(async_graphql::Pos::default())
            .message;
        no_longer(&message, &message)
    })?;
    filter.plain_for(&app.db, call).await
}

/// The order, for this caller.
///
/// # Errors
/// As [`read`].
pub fn read_order_for(facts: &SchemaFacts, call: &Call, kept: Option<&str>) -> Result<Order> {
    let order = read_order(kept)?;
    if let Some(name) = kept {
        look_at(facts, call, "TicketOrder", name)?;
    }
    Ok(order.into())
}

/// Every part of a kept input must be there in the API and be allowed to the caller.
fn look(facts: &SchemaFacts, call: &Call, type_name: &str, json: &Json) -> Result<()> {
    match json {
        Json::Array(items) => items
            .iter()
            .try_for_each(|item| look(facts, call, type_name, item)),
        Json::Object(given) => {
            let Some(Kind::Input { fields }) = facts.model.get(type_name).map(|model| &model.kind)
            else {
                return Err(no_longer(
                    &format!("{type_name} takes no parts"),
                    &format!("{type_name} 不接受该结构"),
                ));
            };
            for (name, value) in given {
                let Some(field) = fields.get(name) else {
                    return Err(no_longer(
                        &format!("{type_name} has no {name}"),
                        &format!("{type_name} 没有 {name}"),
                    ));
                };
                look_at(facts, call, type_name, name)?;
                look(facts, call, named_type(&field.ty), value)?;
            }
            Ok(())
        }
        Json::String(name) => look_at(facts, call, type_name, name),
        _ => Ok(()),
    }
}

fn look_at(facts: &SchemaFacts, call: &Call, type_name: &str, member: &str) -> Result<()> {
    if let Some(Rule::Needs(permission)) = facts.registry.rule(type_name, member) {
        call.viewer.require(permission)?;
    }
    Ok(())
}

fn no_longer(en: &str, zh: &str) -> crate::error::Error {
    ApiError::bad_input(
        "filter",
        format!("this view no longer fits the API: {en}; save its filter again"),
        format!("该视图已不适用于当前接口：{zh}；请重新保存筛选条件"),
    )
    .into()
}
