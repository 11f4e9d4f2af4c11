use proptest::prelude::*;
use std::net::Ipv6Addr;

use super::*;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_760_000_000 + seconds, 0).expect("a valid time")
}

fn budget() -> Arc<Budget> {
    Arc::new(Budget::new(BudgetSettings {
        burst: 100,
        per_second: 10,
        address_burst: 250,
        address_per_second: 20,
    }))
}

fn somebody(number: u128) -> Payer {
    Payer {
        own: Some(Key::Principal(Uuid::from_u128(number))),
        address: None,
    }
}

fn at_home(number: u128) -> Payer {
    Payer {
        address: Some(Key::Address(IpAddr::from([192, 0, 2, 7]))),
        ..somebody(number)
    }
}

fn remaining(balance: Result<Balance, u64>) -> Result<u64, u64> {
    balance.map(|balance| balance.remaining)
}

#[test]
fn a_bucket_fills_refuses_and_leaks() {
    let (budget, a, b) = (budget(), somebody(1), somebody(2));
    assert_eq!(remaining(budget.spend(&a, 60, at(0))), Ok(40));
    assert_eq!(
        budget.spend(&a, 60, at(0)),
        Err(2),
        "20 points are missing, 10 come back a second"
    );
    assert_eq!(
        remaining(budget.spend(&b, 60, at(0))),
        Ok(40),
        "another principal has its own"
    );
    assert_eq!(remaining(budget.spend(&a, 60, at(2))), Ok(0));
    assert_eq!(
        budget.spend(&a, 1, at(12)),
        Ok(Balance {
            remaining: 99,
            reset_at: at(13)
        })
    );
}

#[test]
fn an_address_is_shared_by_all_who_are_at_it() {
    let budget = budget();
    for number in [1, 2] {
        assert_eq!(remaining(budget.spend(&at_home(number), 100, at(0))), Ok(0));
    }
    assert_eq!(
        budget.spend(&at_home(3), 90, at(0)),
        Err(2),
        "50 are left to the address, 20 come back a second"
    );
    assert_eq!(
        remaining(budget.spend(&at_home(3), 50, at(0))),
        Ok(50),
        "what was refused took nothing from either bucket"
    );
    assert_eq!(remaining(budget.spend(&somebody(4), 90, at(0))), Ok(10));
}

#[test]
fn an_ipv6_subscriber_is_one_address() {
    let of = |last: u16, subnet: u16| {
        let address = Ipv6Addr::new(0x2001, 0xdb8, 0, subnet, 1, 2, 3, last);
        Payer::at(Some(IpAddr::from(address)))
    };
    assert_eq!(of(1, 7), of(2, 7));
    assert_ne!(of(1, 7), of(1, 8));
    let four = Payer::at(Some(IpAddr::from([192, 0, 2, 7])));
    let mapped = "::ffff:192.0.2.7".parse().expect("an address");
    assert_eq!(Payer::at(Some(mapped)), four);
}

#[test]
fn what_was_not_needed_comes_back_and_what_was_needed_more_is_owed() {
    let (budget, a) = (budget(), somebody(1));
    let taken = Reservation::take(&budget, a.clone(), 80, at(0)).expect("within the burst");
    assert_eq!(taken.balance().remaining, 20);
    assert_eq!(taken.settle(30).remaining, 70);
    let taken = Reservation::take(&budget, a.clone(), 10, at(0)).expect("within the burst");
    assert_eq!(taken.settle(170).remaining, 0);
    assert_eq!(budget.admit(&a, at(9)), Err(2), "200 are spent, 110 owed");
    assert_eq!(budget.admit(&a, at(11)), Ok(()));
}

#[test]
fn a_request_without_an_answer_counts_by_the_time_it_took() {
    for (millis, cost) in [(0, 20), (1_000, 20), (5_000, 50), (60_000, 80)] {
        let lasted = Duration::from_millis(millis);
        assert_eq!(broken_off(80, lasted, 10), cost, "after {millis} ms");
    }
    let (budget, a) = (budget(), somebody(1));
    drop(Reservation::take(&budget, a.clone(), 80, at(0)).expect("within the burst"));
    assert_eq!(budget.settle(&a, 0, 0, at(0)).remaining, 80);
}

#[test]
fn requests_at_the_same_time_do_not_overspend() {
    let budget = budget();
    let granted: usize = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..8)
            .map(|_| {
                let budget = &budget;
                scope.spawn(move || {
                    (0..50)
                        .filter(|_| budget.spend(&somebody(1), 3, at(0)).is_ok())
                        .count()
                })
            })
            .collect();
        tries
            .into_iter()
            .map(|tried| tried.join().expect("it ends"))
            .sum()
    });
    assert_eq!(granted, 33, "of 100 points");
}

#[test]
fn more_than_the_burst_is_never_possible() {
    assert!(budget().spend(&somebody(1), u64::MAX, at(0)).is_err());
}

#[test]
fn many_addresses_are_swept_but_not_at_every_request() {
    let budget = budget();
    for number in 0..25_000 {
        budget.charge(&somebody(number), 1, at(0));
    }
    assert!(budget.lock().sweep_at >= 20_000);
    for number in 0..60_000 {
        budget.charge(&somebody(100_000 + number), 1, at(1_000 + number as i64));
    }
    assert!(budget.lock().held.len() <= 50_000);
}

proptest! {
    /// Whatever is spent, refused, settled and broken off: never more than the burst and what came back meanwhile.
    #[test]
    fn nobody_gets_more_than_burst_and_return(
        steps in proptest::collection::vec((0_i64..4, 1_u64..120, 0_u64..120), 1..60),
    ) {
        let budget = budget();
        let (mut now, mut got) = (0, 0);
        for (later, cost, needed) in steps {
            now += later;
            if let Ok(taken) = Reservation::take(&budget, somebody(1), cost, at(now)) {
                let needed = needed.min(cost);
                taken.settle(needed);
                got += needed;
            }
            prop_assert!(got <= 100 + 10 * u64::try_from(now).expect("forward"));
        }
    }
}
