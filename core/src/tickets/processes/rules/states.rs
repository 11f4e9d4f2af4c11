//! The life of a version as a table: draft, published, retired.

use entity::enums::ProcessState;

use crate::error::{Text, UserError, UserErrorCode};

/// What can be done to a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// Its steps are written.
    Write,
    /// New tickets follow it from now on.
    Publish,
    /// New tickets no longer follow it.
    Retire,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// What is done.
    pub change: Change,
    /// In which state it is possible.
    pub from: ProcessState,
    /// The state that it leads to.
    pub to: ProcessState,
}

/// Everything that can be done to a version; what isn't here can't be done.
pub const TRANSITIONS: &[Transition] = &[
    Transition {
        change: Change::Write,
        from: ProcessState::Draft,
        to: ProcessState::Draft,
    },
    Transition {
        change: Change::Publish,
        from: ProcessState::Draft,
        to: ProcessState::Published,
    },
    Transition {
        change: Change::Retire,
        from: ProcessState::Published,
        to: ProcessState::Retired,
    },
];

/// The state to which a change leads from the present one.
///
/// # Errors
/// `WRONG_STATE` with the way out.
pub fn next(state: ProcessState, change: Change) -> Result<ProcessState, UserError> {
    TRANSITIONS
        .iter()
        .find(|line| line.change == change && line.from == state)
        .map(|line| line.to)
        .ok_or_else(|| {
            let (en, zh) = match change {
                Change::Write => (
                    "Only a draft can be edited; make a new draft from this version and publish it.",
                    "只有草稿可以编辑；请以此版本新建草稿并发布。",
                ),
                Change::Publish => (
                    "Only a draft can be published; make a new draft from this version.",
                    "只有草稿可以发布；请以此版本新建草稿。",
                ),
                Change::Retire => (
                    "Only a published version can be retired.",
                    "只有已发布的版本可以停用。",
                ),
            };
            UserError::new(UserErrorCode::WrongState, "input.id", Text::new(en, zh))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ProcessState::{Draft, Published, Retired};

    /// What each state allows, as an admin would write it down.
    #[test]
    fn changes_by_state() {
        for (state, write, publish, retire) in [
            (Draft, Some(Draft), Some(Published), None),
            (Published, None, None, Some(Retired)),
            (Retired, None, None, None),
        ] {
            assert_eq!(next(state, Change::Write).ok(), write, "{state:?} write");
            assert_eq!(
                next(state, Change::Publish).ok(),
                publish,
                "{state:?} publish"
            );
            assert_eq!(next(state, Change::Retire).ok(), retire, "{state:?} retire");
        }
    }
}
