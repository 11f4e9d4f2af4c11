//! Looks at figures that a domain guards: each is written to the audit log before the answer leaves, or there is no answer.

use serde_json::json;

use super::{Ask, Metric};
use crate::access::Call;
use crate::audit::{self, note_read};
use crate::db::Db;
use crate::error::Result;

/// Writes that somebody has seen figures of single members by a metric that is guarded; nothing for one's own.
///
/// # Errors
/// When the look can't be logged.
pub async fn note_look(db: &Db, call: &Call, metric: &Metric, ask: &Ask) -> Result<()> {
    let own = call.viewer.standing.member_id;
    let about_oneself = matches!(ask.part.members.as_slice(), [member] if Some(*member) == own);
    if metric.guards().is_empty() || about_oneself {
        return Ok(());
    }
    let row = &metric.defined.metric;
    let entry = audit::Entry {
        action: "metric.guarded.read",
        entity_type: "metric",
        entity_id: Some(row.id),
        detail: json!({
            "metric": row.key,
            "from": ask.period.from,
            "to": ask.period.to,
            "members": ask.part.members,
            "teams": ask.part.teams,
        }),
    };
    note_read(db, call, entry).await
}
