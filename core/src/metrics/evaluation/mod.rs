//! Evaluation of regions (区域评估): for each region and period a card of figures, side by side.
//!
//! Words
//! - A **card** (区域卡片) has for each metric the region's figure, the one of the period before, and its **rank** (排名) among
//!   the regions whose figure is shown.
//!
//! Invariants
//! - Figures are those of the register, with the same rights and the same protection of small groups ([`figures`](super::figures)):
//!   what is withheld there is withheld here, and has no rank.
//! - There are ranks only for whoever may see every region, and only of metrics of which more, or less, is better.

mod evaluate;
pub mod rules;

pub use evaluate::{Card, Evaluation, evaluate};
