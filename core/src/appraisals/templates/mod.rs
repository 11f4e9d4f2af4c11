//! Templates and their versions (考核模板).

pub mod shipped;
