//! Clocks worked out by hand, and clocks held against a model that counts minute by minute.

mod calendars;
mod cases;
mod explained;
mod naive;
mod policies;
mod properties;
mod turns;
mod world;
