use proptest::prelude::*;

use super::*;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, day).expect("a day")
}

fn booking(amount: i64) -> Booking<'static> {
    Booking {
        rule: Uuid::from_u128(1),
        member: Uuid::from_u128(2),
        currency: "CNY",
        amount,
        day: day(31),
        reference: "award_1",
    }
}

/// 2,000 yuan awarded, 300 taken off, 500 taken back, 100 too little put right, 900 paid: 400 are still owed.
#[test]
fn a_members_balance_follows_from_the_entries() {
    let member = Uuid::from_u128(2);
    let book = [
        booking(200_000).award(),
        booking(30_000).deduction(),
        booking(50_000).claw_back(false),
        booking(10_000).correction(true),
        payout(member, "CNY", 90_000, 130_000, day(31), "payout_1"),
    ]
    .map(|transaction| transaction.expect("something to book"));
    for transaction in &book {
        assert_eq!(check(transaction, None), Ok(()));
    }
    let balances = balances(&book);
    assert_eq!(owed(&balances, member, "CNY"), 40_000);
    assert_eq!(owed(&balances, member, "USD"), 0);
    let cost = balances[&(Account::Expense(Uuid::from_u128(1)), "CNY".to_owned())];
    assert_eq!(cost, 130_000);
    assert_eq!(
        balances[&(Account::Paid(member), "CNY".to_owned())],
        -90_000
    );
    assert_eq!(balances.values().sum::<i64>(), 0);
}

#[test]
fn what_cannot_be_booked_is_refused() {
    assert_eq!(booking(0).award(), Err(Refusal::Amount));
    assert_eq!(
        payout(Uuid::nil(), "CNY", 5, 4, day(1), "payout_1"),
        Err(Refusal::Overdrawn)
    );
    let mut transaction = booking(5).award().expect("something to book");
    assert_eq!(check(&transaction, Some(day(31))), Ok(()));
    assert_eq!(
        check(&transaction, NaiveDate::from_ymd_opt(2026, 11, 1)),
        Err(Refusal::Locked)
    );
    transaction.postings[1].currency = "USD".into();
    assert_eq!(check(&transaction, None), Err(Refusal::Unbalanced));
    transaction.postings.pop();
    assert_eq!(check(&transaction, None), Err(Refusal::Amount));
    let november = NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day");
    assert_eq!(booked_on(day(5), Some(november)), november);
    assert_eq!(booked_on(day(5), None), day(5));
}

/// 400 yuan of commission out of 10,000 collected.
#[test]
fn refunds_take_back_their_share() {
    for (taken, refunded, back) in [
        (0, 0, 0),
        (0, 250_000, 10_000),
        (10_000, 500_000, 10_000),
        (10_000, 1_000_000, 30_000),
        (40_000, 1_000_000, 0),
        (0, 9_999_999, 40_000),
        (0, 13, 1),
        (0, 12, 0),
    ] {
        let of = Refunded {
            awarded: 40_000,
            taken,
            collected: 1_000_000,
            refunded,
        };
        assert_eq!(claw_back(of), back, "{taken} {refunded}");
    }
    let none = Refunded {
        awarded: 5,
        taken: 0,
        collected: 0,
        refunded: 5,
    };
    assert_eq!(claw_back(none), 0);
}

/// 480.02 yuan, 144.01 too much, half of the money refunded: 168 are left, whichever comes first.
#[test]
fn the_order_of_refund_and_correction_doesnt_matter() {
    let due = |awarded, taken, refunded| {
        claw_back(Refunded {
            awarded,
            taken,
            collected: 1_600_060,
            refunded,
        })
    };
    for (what, awarded, taken, refunded, back) in [
        ("corrected first", 33_601, 0, 800_030, 16_801),
        ("refunded first", 48_002, 0, 800_030, 24_001),
        ("and corrected then", 33_601, 24_001, 800_030, -7_200),
        ("and corrected to nought", 0, 24_001, 800_030, -24_001),
        ("corrected upwards", 50_000, 24_001, 800_030, 999),
        ("nothing new", 33_601, 16_801, 800_030, 0),
    ] {
        assert_eq!(due(awarded, taken, refunded), back, "{what}");
    }
}

/// A payout and its reversal make nought, and what was paid is owed again.
#[test]
fn a_payout_that_is_taken_back_is_owed_again() {
    let member = Uuid::from_u128(2);
    let book = [
        booking(90_000).award(),
        payout(member, "CNY", 90_000, 90_000, day(31), "payout_1"),
        payout_reversed(member, "CNY", 90_000, day(31), "payout_1"),
        booking(100).claw_back(true),
    ]
    .map(|transaction| transaction.expect("something to book"));
    for transaction in &book {
        assert_eq!(check(transaction, None), Ok(()));
    }
    let balances = balances(&book);
    assert_eq!(owed(&balances, member, "CNY"), 90_100);
    assert_eq!(balances[&(Account::Paid(member), "CNY".to_owned())], 0);
    assert_eq!(
        payout_reversed(member, "CNY", 0, day(31), "payout_1"),
        Err(Refusal::Amount)
    );
}

#[test]
fn postings_have_a_form_of_their_own() {
    let transaction = booking(5).award().expect("something to book");
    let json = serde_json::to_value(&transaction).expect("JSON");
    assert_eq!(json["reason"], "AWARD");
    assert_eq!(json["postings"][0]["account"], "EXPENSE");
    assert_eq!(json["postings"][1]["amount"], -5);
    assert_eq!(
        serde_json::from_value::<Transaction>(json).ok(),
        Some(transaction)
    );
}

proptest! {
    #[test]
    fn refunds_in_any_parts_take_back_the_award_and_no_more(
        awarded in 1..1_000_000_i64, parts in prop::collection::vec(1..100_000_i64, 1..12))
    {
        let collected: i64 = parts.iter().sum();
        let (mut taken, mut refunded) = (0, 0);
        for part in parts {
            refunded += part;
            let back = claw_back(Refunded { awarded, taken, collected, refunded });
            prop_assert!(back >= 0);
            taken += back;
            prop_assert!(taken <= awarded);
        }
        prop_assert_eq!(taken, awarded);
    }

    #[test]
    fn refunds_and_corrections_in_any_order_come_to_the_same(
        awarded in 1..1_000_000_i64, percent in 0..200_i64, parts in prop::collection::vec(1..100_000_i64, 1..8),
        when in 0..8_usize)
    {
        let collected: i64 = parts.iter().sum::<i64>() + 1;
        let corrected = awarded * percent / 100;
        let (mut taken, mut refunded) = (0, 0);
        for (place, part) in parts.iter().enumerate() {
            refunded += part;
            let now = if place >= when { corrected } else { awarded };
            taken += claw_back(Refunded { awarded: now, taken, collected, refunded });
        }
        taken += claw_back(Refunded { awarded: corrected, taken, collected, refunded });
        let at_once = claw_back(Refunded { awarded: corrected, taken: 0, collected, refunded });
        prop_assert_eq!(taken, at_once);
        prop_assert!((0..=corrected).contains(&taken));
    }
}
