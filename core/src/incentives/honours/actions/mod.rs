//! What is done with honours and recognitions.

mod common;
mod confer;
mod recognition;
mod revoke;
mod wall;

pub use common::Step;
pub use confer::{Confer, confer};
pub use recognition::{Give, give, withdraw};
pub use revoke::{Revoke, revoke};
pub use wall::set_shown;
