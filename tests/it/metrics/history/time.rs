//! Who had a ticket when, in which steps it was, and for what it waited.

use aftercare::graphql::ids::encode;
use aftercare::tickets::processes::shipped;
use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{ActorKind, HandoverState};
use entity::{ticket_change, ticket_step_entry};
use serde_json::Value;
use uuid::Uuid;

use super::{Quarter, TEAMS, perhaps, pick};
use crate::support::data::{Belongs, Data, Table, key};

/// From one thing to the next: in the same moment, within the day, over days.
const MINUTES: [i64; 6] = [0, 7, 50, 480, 1_440, 4_000];
/// Steps of two processes.
const STEPS: [(&str, &str); 5] = [
    ("fault_repair", "register"),
    ("fault_repair", "diagnose"),
    ("fault_repair", "plan"),
    ("complaint", "register"),
    ("fault_repair", "diagnose"),
];

/// An account for each member, so that one can tell what they did.
pub fn accounts(data: &mut Data, members: usize) {
    for n in 1..=members {
        let of = Belongs::Member(key(Table::Member, n));
        data.user(n, &format!("member_{n}"), "agent", of);
    }
}

/// The history of a ticket from its opening on.
pub fn wander(
    quarter: &mut Quarter,
    (n, id): (usize, Uuid),
    opened: DateTime<Utc>,
    dice: &[u8],
    members: usize,
) {
    entries(&mut quarter.data, (n, id), opened, dice, members);
    let mut at = opened;
    for (place, dice) in dice.iter().rev().take(5).enumerate() {
        let (process, step) = pick(*dice, &STEPS);
        // They may overlap, or never end.
        let left_at = (dice % 5 > 0).then(|| at + TimeDelta::minutes(pick(dice / 8, &MINUTES)));
        quarter.stays.push(ticket_step_entry::Model {
            id: key(Table::StageEntry, 50_000 + 100 * n + place),
            ticket_id: id,
            step_id: shipped::step_id(process, step),
            entered_at: at,
            left_at,
            visit: i32::try_from(place).expect("few") + 1,
        });
        at += TimeDelta::minutes(pick(dice / 32, &MINUTES)) + TimeDelta::seconds(11);
    }
    let [.., first, second] = dice else { return };
    let state = pick(
        *first,
        &[
            HandoverState::Offered,
            HandoverState::Accepted,
            HandoverState::Declined,
            HandoverState::Withdrawn,
        ],
    );
    let member = |dice: u8| key(Table::Member, usize::from(dice) % members + 1);
    quarter.data.handover(id, member(*first), member(*second));
    let offer = quarter.data.handovers.last_mut().expect("it was made");
    let answered = opened + TimeDelta::minutes(20 + pick(*second, &MINUTES));
    (offer.created_at, offer.state) = (opened + TimeDelta::minutes(20), state);
    offer.answered_at = (state != HandoverState::Offered).then_some(answered);
}

fn entries(
    data: &mut Data,
    (n, id): (usize, Uuid),
    opened: DateTime<Utc>,
    dice: &[u8],
    members: usize,
) {
    let (mut state, mut team, mut assignee) = ("OPEN", None, None);
    let mut at = opened;
    for (place, dice) in dice.iter().copied().take(14).enumerate() {
        at +=
            TimeDelta::minutes(pick(dice / 8, &MINUTES)) + TimeDelta::seconds(i64::from(dice % 3));
        let shown = |prefix: &str, id: Option<Uuid>| id.map(|id| Value::from(encode(prefix, id)));
        let (field, old_value, new_value) = match dice % 8 {
            0 | 1 => {
                let states = [
                    "OPEN",
                    "PENDING_CUSTOMER",
                    "OPEN",
                    "PENDING_PARTS",
                    "ON_HOLD",
                    "CLOSED",
                ];
                let old = std::mem::replace(&mut state, pick(dice / 16, &states));
                (Some("state"), Some(old.into()), Some(state.into()))
            }
            2 | 3 => {
                let old = std::mem::replace(&mut team, perhaps(dice / 3, Table::Team, TEAMS));
                (Some("teamId"), shown("team", old), shown("team", team))
            }
            4 | 5 => {
                let new = perhaps(dice / 5, Table::Member, members);
                let old = std::mem::replace(&mut assignee, new);
                (
                    Some("assigneeId"),
                    shown("member", old),
                    shown("member", assignee),
                )
            }
            6 => (Some("priority"), Some("LOW".into()), Some("HIGH".into())),
            _ => (None, None, None),
        };
        let user = (dice % 3 > 0).then(|| key(Table::User, usize::from(dice / 7) % members + 1));
        data.changes.push(ticket_change::Model {
            id: key(Table::Change, 100 * n + place),
            ticket_id: id,
            at,
            actor_kind: user.map_or(ActorKind::System, |_| ActorKind::User),
            actor_id: user,
            actor_name: "somebody".to_owned(),
            action: "edit".to_owned(),
            field: field.map(str::to_owned),
            old_value,
            new_value,
            public: false,
            request_id: None,
        });
    }
}
