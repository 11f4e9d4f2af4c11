//! What Aftercare knows and does, whoever asks and by whatever way: its domains, and what they stand on.
//!
//! The map. [`app`] wires everything from the [`config`]; [`identity`] says who asks and [`access`] what that viewer may
//! have. A domain - [`organisation`], [`metrics`], [`customers`], [`tickets`], [`training`], [`teamwork`], with
//! [`settings`] and [`calendars`] below them - has `rules` that decide, a `store` that reads within the viewer's reach,
//! and `actions` that change something in one [`work::Work`], together with its [`audit`] entry and its [`events`].
//! [`jobs`] do what nobody asks for, [`demo`] loads a company to try it with.
//!
//! Nothing here knows HTTP, and GraphQL only so far that an [`ids::Id`] is a type of the schema: the crate `aftercare`
//! has both, with the same modules beside these.

pub mod access;
pub mod agenda;
pub mod app;
pub mod appraisals;
pub mod audit;
pub mod calendars;
pub mod check;
pub mod clock;
pub mod config;
pub mod customers;
pub mod db;
pub mod decimal;
pub mod demo;
pub mod error;
pub mod events;
pub mod formula;
pub mod identity;
pub mod ids;
pub mod incentives;
pub mod jobs;
pub mod metrics;
pub mod money;
pub mod organisation;
pub mod settings;
pub mod sheet;
pub mod tasks;
pub mod teamwork;
pub mod telemetry;
pub mod tickets;
pub mod training;
pub mod work;
