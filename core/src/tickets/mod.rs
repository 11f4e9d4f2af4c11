//! Tickets (工单): a customer's request from the first contact to the answer.
//!
//! Words: a ticket goes through five **stages** - intake 受理, analysis 分析, solution 方案制定, execution 执行, feedback 结果反馈.
//! Its **state** says whether work goes on (`open`), waits (`pending_customer`, `pending_parts`, `on_hold`) or has ended
//! (`closed`, `cancelled`). The **owner** answers for it to the end (首问责任制), the **assignee** works on it now.
//! A **comment** is a public reply or an internal note. The **history** keeps who did what, when, from what to what.
//!
//! Invariants
//! - State and stage move only along [`rules::stages`]; each move is one action, one history row, one event.
//! - The open stage entry is always the present stage; entries never overlap.
//! - An internal note is never visible without `ticket.note.read`, by any path.
//! - The first assignee of a ticket without an owner becomes its owner.
//!
//! To add an action: a line in the table of `rules::stages`, a file in `actions/`; in the server a mutation in
//! `graphql/mutation.rs` with its line in `graphql::ACCESS`.

pub mod actions;
pub mod collaboration;
pub mod dispatch;
pub mod facts;
mod part;
pub mod processes;
pub mod progress;
pub mod responsibility;
pub mod rules;
mod scope;
pub mod sla;
pub mod store;
pub mod surveys;
