//! What members have to do, as clients ask for it (待办). The sources are every domain's own: see [`crate::tasks`].

mod actions;

pub use actions::{Wanted, Whose, tasks};
