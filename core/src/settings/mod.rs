//! Figures of the organisation that admins change as data while the server runs (业务参数): weights, deadlines, shares.
//!
//! Words
//! - A **setting** is one typed figure with a default, a range and a unit; the [`catalogue`] names them all.
//! - Its **version** counts its changes; 0 while nobody has changed it, so that it follows the default of the program.
//!
//! Invariants
//! - A row holds only what its setting allows. What a later program no longer allows counts as not being there.
//! - Every change names who made it and what it was before, in the audit log.
//!
//! To add a setting: one line in [`catalogue`]. Read it with [`read`], or several at once with [`read_all`]:
//!
//! ```ignore
//! let days = settings::read(work.tx(), &settings::SURVEY_DAYS_OPEN).await?;
//! ```

pub mod actions;
pub mod catalogue;
mod figure;
mod scope;
pub mod store;

pub use catalogue::*;
pub use figure::{Definition, Figure, Setting, Shape, Typed, Unit};
pub use store::{Figures, read, read_all};
