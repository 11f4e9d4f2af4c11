//! How far watching goes.

use uuid::Uuid;

use crate::access::{Permission, Standing};
use crate::error::{Text, UserError, UserErrorCode};

/// Watchers that a ticket has at most.
pub const MOST: u64 = 50;
/// Colleagues that a comment mentions at most.
pub const MENTIONS_MOST: usize = 20;

/// What watching a ticket lends to a member who holds it with reach `OWN`: reading, and nothing else.
pub const LENT: [Permission; 3] = [
    Permission::TicketRead,
    Permission::TicketNoteRead,
    Permission::TicketSlaRead,
];

/// Does watching lend this permission on a ticket with these watchers? The same as
/// [`Scoped::lent`](crate::access::Scoped::lent) in plain words; a test holds the two equal.
#[must_use]
pub fn lends(watchers: &[Uuid], permission: Permission, standing: &Standing) -> bool {
    LENT.contains(&permission)
        && standing
            .member_id
            .is_some_and(|member| watchers.contains(&member))
}

/// Is there room for one more watcher?
///
/// # Errors
/// `TOO_LONG` with the way out.
pub fn check_room(watchers: u64, more: u64, field: &str) -> Result<(), UserError> {
    if watchers.saturating_add(more) <= MOST {
        return Ok(());
    }
    Err(UserError::new(
        UserErrorCode::TooLong,
        field,
        Text::new(
            format!("A ticket has at most {MOST} watchers; take somebody off first."),
            format!("一张工单最多 {MOST} 位关注人，请先移除其他关注人。"),
        ),
    ))
}

/// Are these not too many mentions?
///
/// # Errors
/// `TOO_LONG` with the bound.
pub fn check_mentions(count: usize) -> Result<(), UserError> {
    if count <= MENTIONS_MOST {
        return Ok(());
    }
    Err(UserError::new(
        UserErrorCode::TooLong,
        "input.mentions",
        Text::new(
            format!("A comment mentions at most {MENTIONS_MOST} colleagues."),
            format!("一条回复最多提及 {MENTIONS_MOST} 位同事。"),
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn watching_lends_reading_to_watching_members_only() {
        let (me, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let member = |id| Standing {
            member_id: id,
            ..Standing::default()
        };
        for (watchers, permission, standing, lent) in [
            (vec![me], Permission::TicketRead, member(Some(me)), true),
            (
                vec![other, me],
                Permission::TicketNoteRead,
                member(Some(me)),
                true,
            ),
            (vec![me], Permission::TicketSlaRead, member(Some(me)), true),
            (vec![other], Permission::TicketRead, member(Some(me)), false),
            (vec![me], Permission::TicketRead, member(None), false),
            (
                vec![me],
                Permission::TicketNoteWrite,
                member(Some(me)),
                false,
            ),
            (vec![me], Permission::TicketAssign, member(Some(me)), false),
            (vec![me], Permission::TicketClose, member(Some(me)), false),
        ] {
            assert_eq!(
                lends(&watchers, permission, &standing),
                lent,
                "{watchers:?} {permission:?}"
            );
        }
    }

    #[test]
    fn nothing_that_writes_is_lent() {
        for permission in LENT {
            assert!(
                permission.key().ends_with(".read"),
                "{} is more than reading",
                permission.key()
            );
        }
    }

    #[test]
    fn there_is_room_for_fifty() {
        assert!(check_room(49, 1, "input.memberId").is_ok());
        assert!(check_room(50, 0, "input.memberId").is_ok());
        assert!(check_room(50, 1, "input.memberId").is_err());
        assert!(check_mentions(20).is_ok() && check_mentions(21).is_err());
    }
}
