//! The tables of the decisions.

use entity::enums::Reach;

use super::*;
use crate::access::Permission;

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_760_000_000 + second, 0).expect("a valid time")
}

#[test]
fn a_refresh_token_is_good_once_with_a_short_grace_for_a_lost_answer() {
    let fresh = Presented {
        expires_at: at(1000),
        used_at: None,
        successor_used: false,
        session_ends: at(2000),
        session_revoked: false,
        account_active: true,
    };
    let used = Presented {
        used_at: Some(at(100)),
        ..fresh
    };
    let cases = [
        ("fresh", fresh, 100, Verdict::Rotate),
        ("fresh, last second", fresh, 999, Verdict::Rotate),
        ("expired", fresh, 1000, Verdict::Refuse),
        ("used just now", used, 100, Verdict::Repeat),
        ("used at the end of the grace", used, 110, Verdict::Repeat),
        ("used before the grace", used, 111, Verdict::Reuse),
        (
            "used, and its successor too",
            Presented {
                successor_used: true,
                ..used
            },
            101,
            Verdict::Reuse,
        ),
        ("used long ago, expired since", used, 1500, Verdict::Reuse),
        (
            "of a session that ended",
            Presented {
                session_revoked: true,
                ..fresh
            },
            100,
            Verdict::Refuse,
        ),
        (
            "used, of a session that ended",
            Presented {
                session_revoked: true,
                ..used
            },
            500,
            Verdict::Refuse,
        ),
        (
            "of a disabled account",
            Presented {
                account_active: false,
                ..fresh
            },
            100,
            Verdict::Refuse,
        ),
        (
            "repeated by a disabled account",
            Presented {
                account_active: false,
                ..used
            },
            101,
            Verdict::Refuse,
        ),
        (
            "after the session",
            Presented {
                expires_at: at(9000),
                ..fresh
            },
            2000,
            Verdict::Refuse,
        ),
    ];
    for (name, token, now, verdict) in cases {
        assert_eq!(
            judge(&token, at(now), TimeDelta::seconds(10)),
            verdict,
            "{name}"
        );
    }
}

#[test]
fn logins() {
    assert_eq!(normal_login(" Alice.Example "), "alice.example");
    let long = "a".repeat(LONGEST_LOGIN + 1);
    for (login, refused) in [
        ("", Some(UserErrorCode::Blank)),
        ("alice", None),
        ("王小明@example.com", None),
        ("alice example", Some(UserErrorCode::Invalid)),
        ("alice\u{0}", Some(UserErrorCode::Invalid)),
        ("a.lice_1-x+y@example.com", None),
        ("jürgen.łukasz", None),
        ("𠮷田", None),
        // Not to be seen: no width, the direction of writing, a soft hyphen, a mark for the letter before.
        ("ali\u{200b}ce", Some(UserErrorCode::Invalid)),
        ("alice\u{202e}", Some(UserErrorCode::Invalid)),
        ("\u{feff}alice", Some(UserErrorCode::Invalid)),
        ("ali\u{ad}ce", Some(UserErrorCode::Invalid)),
        ("alice\u{301}", Some(UserErrorCode::Invalid)),
        // Taken for others: full width, ligature, mathematics, Cyrillic, dotless, a character for old encodings.
        ("ａlice", Some(UserErrorCode::Invalid)),
        ("ﬁona", Some(UserErrorCode::Invalid)),
        ("𝐚lice", Some(UserErrorCode::Invalid)),
        ("\u{430}lice", Some(UserErrorCode::Invalid)),
        ("alıce", Some(UserErrorCode::Invalid)),
        ("\u{f900}明", Some(UserErrorCode::Invalid)),
        (long.as_str(), Some(UserErrorCode::TooLong)),
    ] {
        assert_eq!(
            check_login(login).err().map(|error| error.code),
            refused,
            "{login}"
        );
    }
}

#[test]
fn nobody_takes_over_an_account_that_may_do_more() {
    let grants = |pairs: &[(Permission, Reach)]| pairs.iter().copied().collect::<Grants>();
    let manager = grants(&[
        (Permission::UserManage, Reach::All),
        (Permission::TicketRead, Reach::Team),
    ]);
    for (other, allowed) in [
        (grants(&[]), true),
        (grants(&[(Permission::TicketRead, Reach::Team)]), true),
        (grants(&[(Permission::TicketRead, Reach::All)]), false),
        (grants(&[(Permission::RoleManage, Reach::All)]), false),
    ] {
        assert_eq!(within_own_power(&manager, &other).is_ok(), allowed);
        assert!(within_own_power(&Grants::everything(), &other).is_ok());
    }
}
