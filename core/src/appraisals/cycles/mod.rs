//! Cycles (考核周期): who is appraised about which days, how far that is, and how results are counted.
//!
//! Words
//! - The **calendar** (日程) of a cycle says until when is self-assessed, reviewed, published, acknowledged and appealed.
//! - Its **population** (参评范围) is fixed when it opens: an appraisal for everybody who takes part, an **absence** (未参评) with
//!   its cause for everybody else who worked here.
//! - **Counting** (结算) is done by the server: the figures of the period are frozen once, then results are computed from what
//!   was judged and frozen.
//!
//! Invariants
//! - Stages follow the table of [`stages`](crate::appraisals::rules::stages); every way back needs a reason.
//! - A result isn't published while one is missing or blocked, nor while a band has more than its share.
//! - Counting can be cut off anywhere and goes on where it was: an appraisal is counted once, and what was frozen stays.

pub mod actions;
pub mod population;
pub mod rules;
pub mod store;
