//! How the worker works simulations out, a step each.

mod conduct;
mod end;
mod go_on;
mod hold;
mod load;
mod page;

pub use go_on::{one_page, round};
