//! Metrics and analysis: one set of numbers for everybody (指标).
//!
//! Words
//! - A **source** (事实来源) is a kind of thing that happens and counts, such as `ticket.resolved`; domains hand them in
//!   ([`facts::Provider`]), and nothing here knows any domain.
//! - A **fact** (事实) is one such thing, on the day of the source's time rule, attributed to members by a rule: to nobody,
//!   to the owner, or to all who worked on it by shares. Its team and department are where that member had the home on
//!   that day; without a member, those of the record.
//! - A **metric** (指标) says what is made of facts: a versioned definition. A **derived** one is an expression over others.
//! - A **cell** (汇总) is what the facts of a day or a month add up to for one part of the company; figures are read from
//!   cells.
//! - A **snapshot** (快照) is a period frozen at one moment: copies of its facts and cells that never change.
//!
//! Invariants
//! - Cells are sums of facts and facts follow from records: both are made anew, never adjusted.
//! - A version never changes; a figure can name the version it was computed by.

pub mod counting;
pub mod definitions;
pub mod evaluation;
pub mod facts;
pub mod figures;
pub mod goals;
pub mod rules;
pub mod snapshots;
mod sources;
mod store;

pub use sources::Sources;
