//! The metric register and what is made of it.

/// Goals are set, watched, seen by those concerned, and closed.
mod goals;
