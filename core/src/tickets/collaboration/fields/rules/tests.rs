//! Values against fields, as somebody who designs forms would write them down.

use proptest::prelude::*;

use super::*;
use crate::check::Checks;

fn field(value_type: FieldType) -> Definition {
    let choice = |code: &str| Choice {
        code: code.to_owned(),
        name: code.to_owned(),
        name_zh: code.to_owned(),
    };
    Definition {
        code: "rack_height".to_owned(),
        kinds: vec![TicketKind::FaultRepair, TicketKind::OnSiteService],
        value_type,
        name: "Rack height".to_owned(),
        name_zh: "机柜高度".to_owned(),
        choices: if value_type == FieldType::Choice {
            vec![choice("front"), choice("back")]
        } else {
            Vec::new()
        },
        limits: Limits::default(),
        retired: false,
    }
}

fn bounded(value_type: FieldType, min: i64, max: i64) -> Definition {
    Definition {
        limits: Limits {
            min: Some(min),
            max: Some(max),
        },
        ..field(value_type)
    }
}

fn number(text: &str) -> Given {
    Given::Number(text.parse().expect("a number"))
}

fn text(text: &str) -> Given {
    Given::Text(text.to_owned())
}

const ON: TicketKind = TicketKind::FaultRepair;

#[test]
fn values_fit_their_type_and_bounds() {
    use UserErrorCode::{Blank, Invalid, TooLong, TooShort};
    let day = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
    for (field, given, expected) in [
        (
            field(FieldType::Text),
            text("  42 U "),
            Ok(Some(Value::Text("42 U".to_owned()))),
        ),
        (field(FieldType::Text), text(" "), Err(Blank)),
        (field(FieldType::Text), text("a\u{0}"), Err(Invalid)),
        (
            field(FieldType::Text),
            text(&"x".repeat(2_001)),
            Err(TooLong),
        ),
        (bounded(FieldType::Text, 2, 3), text("机"), Err(TooShort)),
        (
            bounded(FieldType::Text, 2, 3),
            text("机柜"),
            Ok(Some(Value::Text("机柜".to_owned()))),
        ),
        (
            bounded(FieldType::Text, 2, 3),
            text("机柜高度"),
            Err(TooLong),
        ),
        (field(FieldType::Text), number("1"), Err(Invalid)),
        (
            field(FieldType::Integer),
            number("42"),
            Ok(Some(Value::Number(Decimal(420_000)))),
        ),
        (field(FieldType::Integer), number("42.5"), Err(Invalid)),
        (
            bounded(FieldType::Integer, 10_000, 480_000),
            number("0"),
            Err(TooShort),
        ),
        (
            bounded(FieldType::Integer, 10_000, 480_000),
            number("48"),
            Ok(Some(Value::Number(Decimal(480_000)))),
        ),
        (
            bounded(FieldType::Integer, 10_000, 480_000),
            number("49"),
            Err(TooLong),
        ),
        (
            field(FieldType::Decimal),
            number("-0.0001"),
            Ok(Some(Value::Number(Decimal(-1)))),
        ),
        (field(FieldType::Decimal), text("1"), Err(Invalid)),
        (
            field(FieldType::Date),
            Given::Date(day),
            Ok(Some(Value::Date(day))),
        ),
        (field(FieldType::Date), Given::Flag(true), Err(Invalid)),
        (
            field(FieldType::Flag),
            Given::Flag(false),
            Ok(Some(Value::Flag(false))),
        ),
        (
            field(FieldType::Choice),
            Given::Choice("back".to_owned()),
            Ok(Some(Value::Text("back".to_owned()))),
        ),
        (
            field(FieldType::Choice),
            Given::Choice("side".to_owned()),
            Err(Invalid),
        ),
        (field(FieldType::Choice), text("back"), Err(Invalid)),
    ] {
        let found = check(&field, ON, &given).map_err(|misfit| misfit.code);
        assert_eq!(found, expected, "{:?} {given:?}", field.value_type);
    }
}

#[test]
fn a_field_belongs_to_its_kinds_and_a_retired_one_is_only_cleared() {
    let here = field(FieldType::Flag);
    assert!(check(&here, TicketKind::Complaint, &Given::Flag(true)).is_err());
    assert_eq!(check(&here, TicketKind::Complaint, &Given::Clear), Ok(None));
    let everywhere = Definition {
        kinds: Vec::new(),
        ..here.clone()
    };
    assert!(check(&everywhere, TicketKind::Complaint, &Given::Flag(true)).is_ok());
    let retired = Definition {
        retired: true,
        ..here
    };
    assert!(check(&retired, ON, &Given::Flag(true)).is_err());
    assert_eq!(check(&retired, ON, &Given::Clear), Ok(None));
}

#[test]
fn a_misfit_names_the_field_the_reason_and_the_way_out() {
    let refused = check(
        &bounded(FieldType::Integer, 10_000, 480_000),
        ON,
        &number("49"),
    );
    let text = refused.expect_err("it is too high").text;
    assert_eq!(
        text.en,
        "rack_height (Rack height) is at most 48, and 49 isn't; correct it."
    );
    assert_eq!(
        text.zh,
        "rack_height（机柜高度）须不大于 48，当前为 49，请更正。"
    );
    let refused = check(
        &field(FieldType::Choice),
        ON,
        &Given::Choice("side".to_owned()),
    );
    let text = refused.expect_err("there is no such choice").text;
    assert_eq!(
        text.en,
        "rack_height (Rack height) has no choice of that code; take one of front, back."
    );
}

#[test]
fn fields_are_looked_over_before_they_are_made() {
    let fine = |field: Definition| {
        let mut checks = Checks::default();
        check_definition(&mut checks, field);
        checks.done().is_ok()
    };
    for value_type in [
        FieldType::Text,
        FieldType::Integer,
        FieldType::Decimal,
        FieldType::Date,
        FieldType::Flag,
        FieldType::Choice,
    ] {
        assert!(fine(field(value_type)), "{value_type:?}");
    }
    for code in ["", "a", "Rack", "1st", "rack-height", "r ack", "机柜"] {
        let field = Definition {
            code: code.to_owned(),
            ..field(FieldType::Flag)
        };
        assert!(!fine(field), "{code}");
    }
    let without_choices = Definition {
        choices: Vec::new(),
        ..field(FieldType::Choice)
    };
    assert!(!fine(without_choices));
    let mut doubled = field(FieldType::Choice);
    doubled.choices.push(doubled.choices[0].clone());
    assert!(!fine(doubled));
    let stray = Definition {
        choices: field(FieldType::Choice).choices,
        ..field(FieldType::Text)
    };
    assert!(!fine(stray));
    assert!(
        !fine(bounded(FieldType::Integer, 20_000, 10_000)),
        "swapped"
    );
    assert!(!fine(bounded(FieldType::Integer, 5, 10_000)), "not whole");
    assert!(!fine(bounded(FieldType::Flag, 0, 10_000)), "no bounds here");
    assert!(!fine(bounded(FieldType::Text, 1, 3_000)), "too long");
    assert!(fine(bounded(FieldType::Decimal, 5, 10_000)));
}

proptest! {
    #[test]
    fn a_number_fits_exactly_within_its_bounds(min in -1_000_i64..1_000, width in 0_i64..1_000, given in -3_000_i64..3_000) {
        let field = bounded(FieldType::Decimal, min, min + width);
        let fits = check(&field, ON, &Given::Number(Decimal(given))).is_ok();
        prop_assert_eq!(fits, given >= min && given <= min + width);
    }

    #[test]
    fn a_text_never_keeps_blanks_around_it(given in "\\PC{0,40}") {
        if let Ok(Some(Value::Text(kept))) = check(&field(FieldType::Text), ON, &Given::Text(given)) {
            prop_assert_eq!(kept.trim(), kept.as_str());
            prop_assert!(!kept.is_empty());
        }
    }
}
