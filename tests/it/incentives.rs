//! Incentives as those who write rules, approve them and are paid by them live with them.

/// What a simulation warns of, about whom and by which version.
mod guard_rails;
/// Honours, the wall, recognition between colleagues.
mod honours;
/// By their global ids; who is paid reads their own.
mod nodes;
/// Rules and their versions, from draft to retirement.
mod rules;
/// Runs are worked out, approved, booked, paid; the ledger only grows; awards verify and are nobody else's business.
mod runs;
/// Reaches in SQL and in plain words; how many statements lists take.
mod scopes;
/// What simulations came to is sealed until somebody who sees all pay releases it.
mod sealed;
/// Versions are tried on the past.
mod simulations;

use serde_json::{Value, json};

use crate::support::app::{Actor, Reply};

/// What mutations of rules show.
pub const SELECT: &str = "rule { id code name version inForce { number } versions { id number state version note reason simulatedAt approvedByName activeFrom activeUntil content { name amount } } }";

/// A monthly bonus of 200 yuan for good service, as it is written.
pub fn content() -> Value {
    json!({
        "name": "Good service", "nameZh": "优质服务", "purpose": "For good service.", "purposeZh": "奖励优质服务。", "kind": "BONUS", "method": "GOAL",
        "period": "MONTH", "trigger": { "on": "PER_PERIOD" }, "condition": "tenure.months >= 0", "amount": "money(base)", "currency": "CNY",
        "parameters": [{ "key": "base", "name": "Base", "nameZh": "基数", "value": "200", "least": "1", "most": "1000" }],
        "rounding": { "mode": "HALF_UP", "step": "0.01" },
    })
}

/// Makes a rule with a draft.
pub async fn create(who: &Actor, code: &str, content: Value) -> Reply {
    let input = json!({ "code": code, "content": content, "note": "The first one." });
    who.change("incentiveRuleCreate", SELECT, input).await
}

/// Does something with a version as it was seen.
pub async fn step(who: &Actor, mutation: &str, version: &Value, more: Value) -> Reply {
    let mut input = json!({ "id": version["id"], "expectedVersion": version["version"] });
    if let (Some(input), Some(more)) = (input.as_object_mut(), more.as_object()) {
        input.extend(more.clone());
    }
    who.change(mutation, SELECT, input).await
}

/// The latest version of the rule that a mutation shows.
pub fn latest(reply: &Reply, mutation: &str) -> Value {
    reply.data(&format!("{mutation}.rule.versions.0")).clone()
}
