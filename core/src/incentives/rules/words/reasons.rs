//! Why nothing comes out.

use crate::error::Text;
use crate::incentives::rules::catalogue::Catalogue;
use crate::incentives::rules::trace::Nothing;

/// The reason in a sentence.
pub fn tell(nothing: &Nothing, catalogue: &Catalogue) -> Text {
    let of = |fact: &str, en: &str, zh: &str| {
        let name = catalogue.name(fact);
        Text::new(format!("{}{en}", name.en), format!("{}{zh}", name.zh))
    };
    match nothing {
        Nothing::Population => Text::new(
            "The rule isn't meant for anybody who is credited.",
            "相关人员不在规则的适用人群内。",
        ),
        Nothing::Condition => Text::new(
            "Nothing is given, as the condition doesn't hold.",
            "不满足条件，不予发放。",
        ),
        Nothing::Missing { fact } => of(
            fact,
            " isn't known; without it nothing can be given.",
            "未知，无法计算，不予发放。",
        ),
        Nothing::Mistyped { fact } => of(
            fact,
            " is of another type than the rule expects.",
            "的类型与规则要求不符。",
        ),
        Nothing::OtherCurrency { fact } => of(
            fact,
            " is in another currency than the rule's.",
            "的币种与规则不一致。",
        ),
        Nothing::DividedByZero => {
            Text::new("Something is divided by nought.", "除数为零，无法计算。")
        }
        Nothing::TooLarge => Text::new("A number is too large.", "数值过大，无法计算。"),
        Nothing::Nought => Text::new("It comes to nothing.", "计算结果为零，不予发放。"),
        Nothing::Stacked => Text::new(
            "Another rule of the group gives instead.",
            "由同组的另一规则发放。",
        ),
        Nothing::Exhausted => Text::new("Nothing is left to give.", "额度已用完，不予发放。"),
    }
}
