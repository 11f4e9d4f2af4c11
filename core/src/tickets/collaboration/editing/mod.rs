//! Correcting what a ticket says: subject, description, kind, contact, unit; and how urgent it is.
//!
//! Each field that changes leaves a row of history. An ended ticket isn't edited: it is reopened first.

pub mod actions;
pub mod rules;
