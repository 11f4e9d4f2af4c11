//! Pure decisions about who can do what, who is there, and who may be away.

pub mod leave;
pub mod presence;
pub mod skills;
pub mod succession;
