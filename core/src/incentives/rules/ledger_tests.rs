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
        booking(50_000).claw_back(),
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
}
