//! Appraisals as members, reviewers, raters and those who run them live with them.

/// A cycle made for tests.
mod bench;
/// Managers look at results together.
mod calibration;
/// What follows from results.
mod consequences;
/// A result that is out counts in figures.
mod facts;
/// A version of a template is tried on a past cycle.
mod trial;
