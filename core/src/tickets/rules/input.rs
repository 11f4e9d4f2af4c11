//! How long texts of tickets and comments may be.

/// The longest subject, in characters.
pub const SUBJECT_MAX: usize = 200;
/// The longest description, comment or reason, in characters.
pub const BODY_MAX: usize = 10_000;
