//! The tables of Aftercare: data only. One file a table, named after one row; [`enums`] has the closed lists of values.
//!
//! What the rows mean and who may touch them is the server's business; how the tables came to be is the `migration`
//! crate's. Three habits run through them:
//! - rows that people change carry `version`, `created_at` and `updated_at`;
//! - rows that hold for a time carry `valid_from` and `valid_to`, the first day on which they no longer hold;
//! - times are in UTC and come in as values: keep them to the microsecond, for PostgreSQL keeps no more.

pub mod enums;

// Organisation
pub mod assignment;
pub mod department;
pub mod member;
pub mod position;
pub mod region;
pub mod region_province;
pub mod team;

// Customers
pub mod contact;
pub mod customer;
pub mod partner;
pub mod product;
pub mod unit;

// Identity
pub mod api_client;
pub mod api_client_secret;
pub mod refresh_token;
pub mod session;
pub mod signing_key;
pub mod user;

// Access
pub mod counter;
pub mod role;
pub mod role_assignment;
pub mod role_grant;

// Tickets
pub mod ticket;
pub mod ticket_change;
pub mod ticket_comment;
pub mod ticket_stage_entry;

// Platform
pub mod audit_head;
pub mod audit_log;
pub mod idempotency_key;
pub mod outbox;
