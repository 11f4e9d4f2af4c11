//! Writing templates, and filling them for a ticket.

mod render;
mod values;
mod write;

pub use render::{Render, Rendered, render};
pub use write::{Create, Update, create, update};
