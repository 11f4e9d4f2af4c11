//! Reply templates (沟通模板): prepared texts with variables, in English and Chinese.
//!
//! Words: a **template** has a body in each language. A **variable** such as `{{ ticket.number }}` stands for a fact about
//! the ticket, its people, or the day; [`CATALOGUE`] lists all there are. A template is **rendered** for one ticket and
//! one language; a variable that has no value there is **missing**, and the text is then not given out with a hole in it.
//!
//! Invariants
//! - A template that is kept can be rendered: it is parsed when it is written, and only what [`rules::check`] knows is
//!   allowed in it - text, variables of the catalogue, `or`, `if` ... `else`. No loops, macros, includes, filters, calls.
//! - Rendering shows nothing that its reader may not read: each value is read through the reader's own reach, and a look
//!   at a contact's name is written to the audit log like any other.
//!
//! To add a variable: a line in [`CATALOGUE`] and its arm in `actions/values.rs`; a test sees to it that none is missing.

mod actions;
pub mod rules;
mod scope;
mod store;

pub use actions::{Create, Render, Rendered, Update, create, render, update};
pub use rules::{CATALOGUE, Variable};
pub use store::{Filter, Order};
