//! What is counted of members, by the tickets that they answer for.

use super::*;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn at(hours: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_409_600, 0).expect("a time") + TimeDelta::hours(hours)
}

fn ticket(number: u128, owner: u128, opened: i64, closed: Option<i64>) -> Held {
    Held {
        id: id(number),
        owner_id: id(owner),
        customer_id: id(50),
        unit_id: None,
        subject: "No power".to_owned(),
        state: TicketState::Open,
        reopened: 0,
        breached_at: None,
        created_at: at(opened),
        closed_at: closed.map(at),
    }
}

#[test]
fn members_are_counted_by_what_they_answer_for() {
    let mut reopened = ticket(4, 1, 60, Some(70));
    reopened.reopened = 1;
    let known = Known {
        // Member 1 holds the first ticket for all ten days; the second one follows within hours.
        tickets: vec![
            ticket(1, 1, 0, None),
            ticket(2, 1, 5, Some(15)),
            ticket(3, 1, 40, Some(50)),
            reopened,
            ticket(5, 2, 0, Some(24)),
        ],
        asked: HashSet::from([id(2), id(3)]),
        given_up: HashMap::from([(id(1), 2)]),
        teams: vec![BTreeSet::from([id(1), id(2), id(3)])],
    };
    let counts = counts(&known, (at(0), at(240)));
    let first = counts[0];
    assert_eq!((first.tickets, first.repeats), (4, 1));
    assert_eq!(
        (first.good, first.good_asked, first.bad, first.bad_asked),
        (2, 2, 1, 0)
    );
    // 240 + 10 + 10 + 10 of 240 hours; member 2 held one ticket on the first of the ten days, member 3 never holds any.
    assert_eq!(
        (first.held, first.others, first.held_by_others),
        (Decimal(11_250), 1, Decimal(1_000))
    );
    assert_eq!((first.days_others_idle, first.reassigned), (9, 2));
    assert_eq!(counts[1].tickets, 1);
}

/// Customers were asked about all of them: about those that were reopened before the time in which they were closed.
#[test]
fn a_rating_counts_for_its_ticket_whenever_it_was_asked() {
    let closed = |number: u128, reopened: i32| Held {
        reopened,
        ..ticket(number, 1, -200, Some(50))
    };
    let known = Known {
        tickets: (1..=14)
            .map(|number| closed(number, 0))
            .chain((15..=31).map(|number| closed(number, 1)))
            .collect(),
        asked: (1..=31).map(id).collect(),
        ..Known::default()
    };
    let counts = counts(&known, (at(0), at(240)))[0];
    assert_eq!(
        (counts.good, counts.good_asked, counts.bad, counts.bad_asked),
        (14, 14, 17, 17)
    );
}

#[test]
fn idle_days_lie_within_the_time() {
    // 25 tickets, open all the time, beside one who had a ticket for an hour, once.
    let held: Vec<Held> = (1..=25)
        .map(|number| ticket(number, 1, -100, None))
        .collect();
    let once = ticket(26, 2, 24, Some(25));
    let team = |members: &[u128]| vec![members.iter().map(|one| id(*one)).collect()];
    for (hours, days) in [(744, 31), (743, 31), (745, 31), (24, 1)] {
        let known = |tickets: Vec<Held>, members: &[u128]| Known {
            tickets,
            teams: team(members),
            ..Known::default()
        };
        let first = |known: &Known| {
            let first = counts(known, (at(0), at(hours)))[0];
            (first.others, first.days_others_idle)
        };
        let idle = days - u64::from(hours > 24);
        let both: Vec<Held> = held.iter().cloned().chain([once.clone()]).collect();
        assert_eq!(first(&known(both, &[1, 2, 3])), (1, idle), "{hours}");
        // Those who never answer for tickets aren't idle, and nobody is beside somebody alone.
        assert_eq!(first(&known(held.clone(), &[1, 3, 4])), (0, 0), "{hours}");
        assert_eq!(first(&known(held.clone(), &[1])), (0, 0), "{hours}");
    }
}

#[test]
fn a_day_counts_up_to_the_moment_at_which_a_ticket_ends() {
    for (opened, closed, days) in [
        (0, Some(24), vec![0]),
        (0, Some(25), vec![0, 1]),
        (23, Some(24), vec![0]),
        (-50, Some(0), vec![]),
        (47, None, vec![1, 2]),
    ] {
        let load = Load::of(&[&ticket(1, 1, opened, closed)], (at(0), at(72)));
        assert_eq!(load.days, BTreeSet::from_iter(days), "{opened} {closed:?}");
    }
}
