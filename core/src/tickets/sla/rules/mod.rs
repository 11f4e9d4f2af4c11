//! Pure decisions about service levels: which policy holds, what a clock does, what a ticket shows of its clocks.

pub mod clock;
pub mod explain;
pub mod policy;
pub mod standing;
pub mod turn;

#[cfg(test)]
mod tests;
