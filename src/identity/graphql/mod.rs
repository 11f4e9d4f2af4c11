//! Types, fields and mutations of identity.
