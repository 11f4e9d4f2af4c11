//! Service levels (服务级别): what was promised, how much of the time has run, and why a due time is what it is.
//!
//! Words
//! - A **policy** (策略) promises times until the first response (首次响应), a preliminary solution (初步方案) and the
//!   resolution (解决). The first active one by rank that is for such a ticket holds. It has **versions** that never
//!   change; each names a calendar. A policy version counted by a calendar version is a **level** ([`rules::policy::Level`]).
//! - A **clock** (计时) measures one promise, or the stay in one step of the process. Its **ledger** is a row of
//!   **intervals** (计时区间) in which it ran, was paused or was stopped, each with the reason why it began.
//! - An **alert** (提醒) is a warning before a due time, or the escalation of a missed one; `jobs::sla` raises them.
//!
//! Invariants
//! - The intervals of a clock follow each other without gap or overlap; the row of the clock is what its ledger says.
//! - A due time moves only with a new interval, which names the reason.
//! - What has run and what was paused stays, whatever changes; a missed due time stays on record.
//! - Clocks are written only by whoever has locked their ticket, and `tickets.due_at` and its neighbours with them.
//!
//! To add a promise: a value of `SlaClockKind`, its place in [`rules::policy::Promise`] and `PROMISES`, and what stops it
//! in [`rules::turn`]; a case in `rules/tests/cases.txt`.

pub mod actions;
mod install;
pub mod rules;
mod scope;
pub mod store;

pub use install::{install, policy_id, shipped_levels};
