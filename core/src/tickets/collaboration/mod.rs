//! Working together on tickets (协作).
//!
//! Words
//! - A **tag** is a word by which tickets are found; a ticket has at most thirty.
//! - A **custom field** is what the organisation adds to its tickets, with a type; its **value** hangs on a ticket. A
//!   *public* field is seen and filled by customer and partner too.
//! - A **link** says that two tickets belong together: `duplicate_of`, `related_to`, `parent_of`.
//! - A ticket is **merged** into another of the same customer: it ends, keeps all that was written, and points to where
//!   the work goes on. It is **split** when a second matter came up in it: a new ticket with copies of some comments.
//! - A **watcher** (关注人) follows a ticket; a **mention** (提及) in a comment calls a colleague to it, who watches it then.
//! - **Presence** (在线状态) tells who looks at a ticket or writes on it just now.
//! - A **reply template** (沟通模板) is a prepared text with variables, in English and Chinese.
//! - A **bulk** action (批量操作) does the same to many tickets, each for itself.
//! - A **saved view** is a filter of tickets that somebody keeps; it shows each viewer only what is theirs.
//!
//! Invariants
//! - Whatever changes a ticket raises its version, leaves history, and is told to those who follow it.
//! - Nothing here shows a ticket to somebody who may not read it: a link to one is absent.
//! - Watching lends reading, and nothing else: see [`watching`].
//! - A merged ticket stays merged: it is neither reopened nor merged again, and nothing in it is lost.
//!
//! To add a way of working together: a folder here with the usual rooms, a line below; in the server a module for it, its roots and
//! its `ACCESS` in `graphql.rs`.

pub mod actions;
pub mod bulk;
pub mod editing;
pub mod fields;
pub mod links;
pub mod merging;
pub mod messages;
pub mod presence;
pub mod tags;
pub mod templates;
pub mod views;
pub mod watching;
