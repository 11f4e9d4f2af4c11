//! Metrics: how they are defined.

/// Definitions are shipped, made, revised, retired and checked.
mod definitions;
