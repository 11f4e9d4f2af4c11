//! Aftercare: a self-hosted GraphQL API server for after-sales service organisations (售后服务团队).
//!
//! The map. A request comes in at [`http`], is checked and executed by [`graphql`], reads through a domain's `store`
//! or changes something through a domain's `actions` in one [`work::Work`], and leaves the way it came.

// The roots of the schema are merged from all domains, one inside the other.
#![recursion_limit = "256"]

pub mod access;
pub mod agenda;
pub mod app;
pub mod audit;
pub mod calendars;
pub mod check;
pub mod cli;
pub mod clock;
pub mod config;
pub mod customers;
pub mod db;
pub mod decimal;
pub mod demo;
pub mod error;
pub mod events;
pub mod graphql;
pub mod http;
pub mod identity;
pub mod jobs;
pub mod metrics;
pub mod organisation;
pub mod settings;
pub mod sheet;
pub mod tasks;
pub mod teamwork;
pub mod telemetry;
pub mod tickets;
pub mod training;
pub mod work;
