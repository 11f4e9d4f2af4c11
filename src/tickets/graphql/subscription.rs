//! Tickets as they change.
