//! What a change of a template would do: a past cycle computed by another version (模板试算).
//!
//! Results are computed from what was frozen for the cycle, by the version that was used and by the one that is tried, and held
//! side by side. Calibration and appeals are left out on both sides, or they would count as moves. Nothing is written but that
//! somebody looked. What the tried version names and the cycle didn't know counts as missing, as its sections say.

pub mod actions;
pub mod store;
