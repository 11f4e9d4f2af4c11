//! The integration tests, all in one binary: each further one would cost seconds and half a gigabyte to link.

/// What the tests stand on: a database for each test, on both backends.
mod support;

/// Every role tries every entry of the registry.
mod access_coverage;
/// Who may have which field: the committed table, the roles and the guard say the same.
mod access_matrix;
/// Appraisals are run by their rules, explain themselves, and tell nobody too early or too much.
mod appraisals;
/// The sources keep the rules of the house.
mod architecture;
/// Whoever attacks is refused, cheaply and by name.
mod asking;
mod attacks;
/// The audit log stays whole, and what was done behind its back is found.
mod audit;
/// Calendars are shipped, made, versioned and tried.
mod calendars;
/// People work together on tickets: they edit, tag, fill, link, merge, split, and keep views.
mod collaboration;
/// Connections to the database come back in order.
mod connections;
/// Contests are run, judged fairly, and secret until they are published.
mod contests;
/// Contracts, money and renewals.
mod contracts;
/// Customers are shown, changed and kept confidential.
mod customers;
/// Events reach a viewer with the rights of their moment; what is taken away ends its streams.
mod delivery;
/// The demo company loads on both databases.
mod demo;
/// Rows that are written straight are those of the library.
mod direct;
/// What was acknowledged stays, whatever kills a server; several servers are one.
mod durability;
/// The endpoint as a client meets it.
mod endpoint;
/// Events are written with the change and delivered once, whatever breaks meanwhile.
mod events;
/// Exams are sat, marked and kept secret.
mod exams;
/// What is out of reach looks exactly like what isn't there.
mod existence;
/// Any answer as a file, with the rights of the answer.
mod export;
/// What nobody needs any more goes, and nothing else.
mod housekeeping;
/// What comes over the wire is answered as the specifications say, and bounded.
mod http;
/// Sign-in, sessions, tokens and keys: what is taken away is gone with the next request.
mod identity;
/// Incentives: rules go from draft to retirement, and are tried before they pay.
mod incentives;
/// Jobs run once across processes.
mod jobs;
/// What requests may cost, and how large answers may be.
mod limits;
/// Pairs of mentor and newcomer, and the time to the standard.
mod mentoring;
/// Figures are counted rightly, follow every change, and are for those who may see them.
mod metrics;
/// The migrations apply on both databases and fit the entities.
mod migrations;
/// What training is needed, and what it brought.
mod needs;
/// The pages of nested lists are those that each parent would have by itself.
mod nested_lists;
/// Members are placed, released and transferred.
mod organisation;
/// People are assessed, confirmed, rotated, proposed and asked how they are; and what must not be told isn't.
mod people;
/// Documents are sent by their hash, remembered within bounds.
mod persisted;
/// Roles are managed within the limits on the powerful.
mod roles;
/// The committed schema is the printed one and keeps to the conventions.
mod schema_drift;
/// Random organisations, grants and questions: nothing outside the scope, nothing missing within.
mod scope_properties;
/// What a reach means is the same in SQL and in plain words.
mod scopes;
/// The organisation's figures are read, changed and guarded.
mod settings;
/// People of every role at work while everything fails around them.
mod soak;
/// Rules are voted on, meetings held, suggestions followed, tasks listed.
mod teamwork;
/// The tests' databases are independent and leave nothing behind.
mod test_databases;
/// Tickets as their people live with them.
mod tickets;
/// Members learn: courses, sessions, attendance, hours.
mod training;
/// API clients run the documents that they are trusted with.
mod trusted;
/// What a newer program brings to an older database.
mod upgrades;
/// Skills, certificates, shifts, leave and capacity as the people of the company live with them.
mod workforce;
