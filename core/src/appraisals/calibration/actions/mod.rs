//! What is done in calibration, a file each.

mod calibrate;
mod look;
mod session;

pub use calibrate::{Calibrate, calibrate};
pub use look::{By, Group, Key, Pair, Placed, Spread, changes, groups, named, pair, stand};
pub use session::{SessionClose, SessionOpen, close, open};
