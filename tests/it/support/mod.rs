//! What the tests stand on.

/// A whole running application and the people who use it.
pub mod app;
/// A throw-away PostgreSQL cluster.
pub mod cluster;
/// A small fixed organisation with a user of every role.
pub mod company;
/// A whole organisation as plain rows.
pub mod data;
/// A database for each test, on both backends, and `both_databases!`.
pub mod database;
/// The demo company in a database of one's own.
pub mod demo;
/// A small disk that can be full.
pub mod disk;
/// A process that tidies up after this one, however it ends.
pub mod guardian;
/// A database with customers and two people, for tests of the whole program.
pub mod office;
/// Who may see which row, worked out a second time.
pub mod oracle;
/// The PostgreSQL server of this process: a given one or a cluster of its own.
pub mod postgres;
/// The program itself, as a process of its own.
pub mod process;
/// The rooms of organisation and customers with nothing around them.
pub mod rooms;
/// A directory for the files of this process.
pub mod scratch;
/// A server that listens.
pub mod server;
/// WebSockets to a server.
pub mod socket;
/// Raw requests to a server, and its answers.
pub mod wire;
/// A small random organisation with its customers.
pub mod world;
