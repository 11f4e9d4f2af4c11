//! Sockets and event streams that are open: how many each principal has, and what ends them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::{StatusCode, header};
use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::refusal::Refusal;
use crate::error::{ErrorCode, Text};
use crate::graphql::body::Body;

/// How many sockets and streams each principal has open.
#[derive(Clone, Debug, Default)]
pub struct Slots(Arc<Mutex<HashMap<Uuid, usize>>>);

/// One open socket or stream; gives its place back when it is dropped.
#[derive(Debug)]
pub struct Slot {
    slots: Slots,
    principal: Uuid,
}

impl Slots {
    /// Takes a place.
    ///
    /// # Errors
    /// 429 when the principal has too many.
    pub fn take(&self, principal: Uuid, most: usize) -> Result<Slot, Refusal> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(principal).or_default();
        if *count >= most {
            let text = Text::new(
                format!(
                    "Too many open sockets and event streams: at most {most} (limit livePerPrincipal)."
                ),
                format!("打开的 WebSocket 与事件流过多：最多 {most} 个（livePerPrincipal）。"),
            );
            let refusal = Refusal::over_limit(
                StatusCode::TOO_MANY_REQUESTS,
                ErrorCode::RateLimited,
                "livePerPrincipal",
                None,
                most as u64,
                text,
            );
            return Err(refusal.with_header(header::RETRY_AFTER, 10.into()));
        }
        *count += 1;
        Ok(Slot {
            slots: self.clone(),
            principal,
        })
    }

    /// All that are open now.
    #[must_use]
    pub fn count(&self) -> usize {
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.values().sum()
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut open = self.slots.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.principal) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.principal);
            }
        }
    }
}

/// How long until a token ends; a token without an end gets a day.
#[must_use]
pub fn remaining(expires_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Duration {
    match expires_at {
        Some(at) => (at - now).to_std().unwrap_or_default(),
        None => Duration::from_secs(86_400),
    }
}

/// Does a response say that the viewer's rights or token ended?
#[must_use]
pub fn ended(response: &Body) -> bool {
    response
        .errors()
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .any(|error| {
            let code = error.pointer("/extensions/code");
            code.and_then(Value::as_str) == Some(ErrorCode::Unauthenticated.as_str())
        })
}

/// Was the request refused before anything was executed?
#[must_use]
pub fn refused(response: &Body) -> bool {
    !response.has_data() && response.errors().is_some()
}
