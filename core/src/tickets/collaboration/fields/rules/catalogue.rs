//! What a field itself may look like.

use std::collections::BTreeSet;

use entity::enums::FieldType;

use super::{Choice, Definition, TEXT_MAX};
use crate::check::Checks;
use crate::decimal::{Decimal, SCALE};
use crate::error::{Text, UserErrorCode};

/// The longest name, in characters.
const NAME_MAX: usize = 100;
/// The most values of a choice.
const CHOICES_MAX: usize = 200;

/// Looks a field over: its code, names, choices and bounds. The names and choices come back without blanks around them.
pub fn check_definition(checks: &mut Checks, mut field: Definition) -> Definition {
    checks.ensure(
        is_code(&field.code),
        UserErrorCode::Invalid,
        "input.code",
        || {
            Text::new(
                "A code has 2 to 40 characters: a small letter, then small letters, digits and underscores, such as `rack_height`.",
                "编码须为 2 至 40 个字符：以小写字母开头，仅含小写字母、数字和下划线，例如 rack_height。",
            )
        },
    );
    field.name = checks.text("input.name", &field.name, NAME_MAX);
    field.name_zh = checks.text("input.nameZh", &field.name_zh, NAME_MAX);
    field.kinds.sort();
    field.kinds.dedup();
    check_choices(checks, &mut field);
    check_limits(checks, &field);
    field
}

/// Letters, digits and underscores, beginning with a letter.
fn is_code(code: &str) -> bool {
    (2..=40).contains(&code.len())
        && code.starts_with(|c: char| c.is_ascii_lowercase())
        && code
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

fn check_choices(checks: &mut Checks, field: &mut Definition) {
    let path = "input.choices";
    if field.value_type != FieldType::Choice {
        checks.ensure(
            field.choices.is_empty(),
            UserErrorCode::Invalid,
            path,
            || {
                Text::new(
                    "Only a field of the type CHOICE has choices; leave them out.",
                    "仅 CHOICE 类型的字段可以有选项，请去掉。",
                )
            },
        );
        return;
    }
    checks.ensure(
        (1..=CHOICES_MAX).contains(&field.choices.len()),
        UserErrorCode::Invalid,
        path,
        || {
            Text::new(
                format!("A choice has 1 to {CHOICES_MAX} values."),
                format!("选项须为 1 至 {CHOICES_MAX} 个。"),
            )
        },
    );
    let mut seen = BTreeSet::new();
    for (place, choice) in field.choices.iter_mut().enumerate() {
        let at = |part: &str| format!("{path}.{place}.{part}");
        checks.ensure(
            is_code(&choice.code),
            UserErrorCode::Invalid,
            &at("code"),
            || {
                Text::new(
                    "A code has 2 to 40 small letters, digits and underscores, a letter first.",
                    "编码须为 2 至 40 个小写字母、数字或下划线，以字母开头。",
                )
            },
        );
        checks.ensure(
            seen.insert(choice.code.clone()),
            UserErrorCode::Taken,
            &at("code"),
            || {
                Text::new(
                    "This code stands twice; give each value its own.",
                    "编码重复，请更换。",
                )
            },
        );
        *choice = Choice {
            code: choice.code.clone(),
            name: checks.text(&at("name"), &choice.name, NAME_MAX),
            name_zh: checks.text(&at("nameZh"), &choice.name_zh, NAME_MAX),
        };
    }
}

fn check_limits(checks: &mut Checks, field: &Definition) {
    let limits = field.limits;
    let wrong = match field.value_type {
        FieldType::Date | FieldType::Flag | FieldType::Choice => {
            (limits.min.is_some() || limits.max.is_some()).then(|| {
                Text::new(
                    "Only texts and numbers have bounds; leave them out.",
                    "仅文本和数字可设上下限，请去掉。",
                )
            })
        }
        FieldType::Text => [limits.min, limits.max]
            .into_iter()
            .flatten()
            .any(|length| !(1..=TEXT_MAX as i64).contains(&length))
            .then(|| {
                Text::new(
                    format!("The length of a text lies between 1 and {TEXT_MAX}."),
                    format!("文本长度须在 1 到 {TEXT_MAX} 之间。"),
                )
            }),
        FieldType::Integer => [limits.min, limits.max]
            .into_iter()
            .flatten()
            .any(|bound| bound % SCALE != 0)
            .then(|| {
                Text::new(
                    "The bounds of an integer are whole numbers; round them.",
                    "整数的上下限须为整数，请取整。",
                )
            }),
        FieldType::Decimal => None,
    };
    if let Some(text) = wrong {
        checks.add(UserErrorCode::Invalid, "input.min", text);
    }
    if let (Some(min), Some(max)) = (limits.min, limits.max) {
        checks.ensure(min <= max, UserErrorCode::Invalid, "input.max", || {
            Text::new(
                "The greatest is less than the least; swap them.",
                "上限小于下限，请对调。",
            )
        });
    }
}

/// A bound as it is kept: of a number in ten-thousandths, of a text its length.
#[must_use]
pub fn kept_bound(value_type: FieldType, given: Decimal) -> Option<i64> {
    match value_type {
        FieldType::Text => given.is_whole().then_some(given.0 / SCALE),
        _ => Some(given.0),
    }
}

/// A bound as clients see it.
#[must_use]
pub fn shown_bound(value_type: FieldType, kept: i64) -> Decimal {
    match value_type {
        FieldType::Text => Decimal(kept.saturating_mul(SCALE)),
        _ => Decimal(kept),
    }
}
