//! Aftercare: a self-hosted GraphQL API server for after-sales service organisations (售后服务团队).
//!
//! The map. A request comes in at [`http`], is checked and executed by [`graphql`], reads through a domain's `store`
//! or changes something through a domain's `actions` in one [`work::Work`], and leaves the way it came.
//!
//! What is known and done is in [`aftercare_core`]. Here is what faces clients: each domain's module is that of the core
//! with a room `graphql` more, so that what [`tickets`] are and how they are shown is found under one name.

// The roots of the schema are merged from all domains, one inside the other.
#![recursion_limit = "256"]

pub mod access;
pub mod appraisals;
pub mod audit;
pub mod calendars;
pub mod cli;
pub mod customers;
pub mod events;
pub mod graphql;
pub mod http;
pub mod identity;
pub mod incentives;
pub mod metrics;
pub mod organisation;
pub mod settings;
pub mod teamwork;
pub mod tickets;
pub mod training;

pub use aftercare_core::{
    agenda, app, check, clock, config, db, decimal, demo, error, ids, jobs, money, sheet, tasks,
    telemetry, work,
};
