use proptest::prelude::*;

use super::*;

fn number(text: &str) -> Number {
    text.parse().expect("a number")
}

#[test]
fn numbers_are_read_and_written_without_loss() {
    for (text, written) in [
        ("0", "0"),
        ("-0", "0"),
        ("0.1", "0.1"),
        ("1.500", "1.5"),
        ("-12.05", "-12.05"),
        ("999999999999999.9999", "999999999999999.9999"),
    ] {
        assert_eq!(number(text).to_string(), written, "{text}");
    }
    for text in [
        "",
        ".",
        "1.",
        ".5",
        "+1",
        "1e3",
        "1_000",
        " 1",
        "--1",
        "1000000000000000",
    ] {
        assert!(text.parse::<Number>().is_err(), "{text}");
    }
}

#[test]
fn arithmetic_is_exact_and_bounded() {
    let tenth = number("0.1");
    assert_eq!(tenth.plus(number("0.2")), Some(number("0.3")));
    assert_eq!(
        number("1")
            .over(number("3"))
            .and_then(|third| third.times(number("3")))
            .map(|one| one.shown(10)),
        Some(Number::ONE)
    );
    assert_eq!(Number::ONE.over(Number::ZERO), None);
    let big = number("999999999999999");
    assert_eq!(big.plus(Number::ONE), None);
    assert_eq!(big.times(big), None);
    assert_eq!(Number::ZERO.negated().to_string(), "0");
    assert_eq!(number("-2.7").truncated(), number("-2"));
}

#[test]
fn minor_units_follow_the_currency() {
    for (currency, amount, major) in [
        ("CNY", 123_456, "1234.56"),
        ("JPY", 500, "500"),
        ("KWD", 1_500, "1.5"),
    ] {
        let digits = minor_digits(currency);
        assert_eq!(
            Number::from_minor(amount, digits),
            Some(number(major)),
            "{currency}"
        );
        assert_eq!(
            number(major).to_minor(digits),
            Some(Exact::from(amount)),
            "{currency}"
        );
    }
    assert!(is_currency("CNY") && !is_currency("cny") && !is_currency("YUAN"));
}

#[test]
fn values_have_a_form_of_their_own() {
    let value = Value::Money(Money {
        amount: 5_000,
        currency: "CNY".into(),
    });
    let json = serde_json::to_string(&FactValue::behind(value.clone(), vec!["payment_1".into()]))
        .expect("JSON");
    assert_eq!(
        json,
        r#"{"value":{"type":"MONEY","value":{"amount":5000,"currency":"CNY"}},"records":["payment_1"],"count":1}"#
    );
    let read: FactValue = serde_json::from_str(&json).expect("a fact");
    assert_eq!(read.value, Some(value));
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(parts in any::<i64>()) {
        let one = Number::from(Decimal(parts));
        prop_assert_eq!(one.to_string().parse(), Ok(one));
        prop_assert_eq!(one.to_string(), Decimal(parts).to_string());
    }

    #[test]
    fn what_is_added_can_be_taken_away(one in -10_i64.pow(17)..10_i64.pow(17), other in -10_i64.pow(17)..10_i64.pow(17)) {
        let (one, other) = (Number::from(Decimal(one)), Number::from(Decimal(other)));
        prop_assert_eq!(one.plus(other).and_then(|sum| sum.minus(other)), Some(one));
    }
}

#[test]
fn a_product_of_too_many_digits_is_rounded_halves_to_the_even_digit() {
    let small = number("0.000000000000005");
    for (of, product) in [
        ("0.00000000000001", "0"),
        ("0.00000000000003", "0.0000000000000000000000000002"),
        ("0.00000000000005", "0.0000000000000000000000000002"),
        ("0.00000000000007", "0.0000000000000000000000000004"),
    ] {
        assert_eq!(number(of).times(small), Some(number(product)), "{of}");
    }
}
