//! What the targets call.
//!
//! The readers of documents, requests and headers are compiled from the server's own files, but without its schema: a server
//! with instruments in every resolver takes a quarter of an hour and more memory than most machines have to build. What stands
//! in the core is called as it is.

// The files belong to the server, which uses the rest of them.
#![allow(dead_code, unused_imports)]

pub use aftercare_core::{access, app, config, db, decimal, error, identity, money};

pub mod graphql;
pub mod http;
