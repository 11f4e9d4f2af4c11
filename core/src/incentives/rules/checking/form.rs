//! Names, sizes and bounds of a rule.

use std::collections::BTreeSet;

use super::Fault;
use crate::error::Text;
use crate::incentives::rules::content::{Kind, Parameter, RuleContent, Split, Trigger};
use crate::incentives::rules::expression;
use crate::incentives::rules::value::is_currency;

/// The most of each thing that a population names.
const POPULATION: usize = 200;
/// The most parameters.
const PARAMETERS: usize = 20;
/// The most roles of a split.
const ROLES: usize = 10;
/// The most facts in which a rule is said to be monotone.
const MONOTONE: usize = 10;
/// The longest tenure that can be asked for, in months.
const TENURE: u32 = 600;
/// The largest amount of a bound or step, in minor units or things.
const AMOUNT: i64 = 1_000_000_000_000_000;

/// What is wrong with the form of a rule.
pub fn faults(content: &RuleContent) -> Vec<Fault> {
    let mut form = Form(Vec::new());
    form.words(content);
    form.kind(content);
    form.population(content);
    form.parameters(&content.parameters);
    form.split(content);
    form.bounds(content);
    form.0
}

struct Form(Vec<Fault>);

impl Form {
    fn ensure(&mut self, holds: bool, path: impl Into<String>, text: impl FnOnce() -> Text) {
        if !holds {
            let Text { en, zh } = text();
            self.0.push(Fault::at(path, en, zh));
        }
    }

    fn text(&mut self, path: &str, text: &str, most: usize) {
        let length = text.trim().chars().count();
        let deceiving = |letter: char| letter.is_control() && letter != '\n';
        self.ensure(
            (1..=most).contains(&length) && !text.chars().any(deceiving),
            path,
            || {
                Text::new(
                    format!("This has 1 to {most} characters and no control characters."),
                    format!("须为 1 至 {most} 个字符，且不含控制字符。"),
                )
            },
        );
    }

    fn words(&mut self, content: &RuleContent) {
        for (path, text, most) in [
            ("name", &content.name, 100),
            ("nameZh", &content.name_zh, 100),
            ("purpose", &content.purpose, 1_000),
            ("purposeZh", &content.purpose_zh, 1_000),
        ] {
            self.text(path, text, most);
        }
        if let Some(citation) = &content.citation {
            for (path, text, most) in [
                ("citation.title", &citation.title, 100),
                ("citation.titleZh", &citation.title_zh, 100),
                ("citation.text", &citation.text, 500),
                ("citation.textZh", &citation.text_zh, 500),
            ] {
                self.text(path, text, most);
            }
        }
    }

    fn kind(&mut self, content: &RuleContent) {
        let currency = content.currency.as_deref();
        self.ensure(currency.is_none_or(is_currency), "currency", || {
            Text::new(
                "This is no currency that is known here, such as CNY.",
                "不支持的币种，请使用 ISO 4217 代码，例如 CNY。",
            )
        });
        self.ensure(
            !content.kind.needs_currency() || currency.is_some(),
            "currency",
            || {
                Text::new(
                    "This rule gives money; say in which currency.",
                    "此规则发放金额，请指定币种。",
                )
            },
        );
        let things = matches!(
            content.kind,
            Kind::Honour | Kind::Promotion | Kind::TrainingPlace
        );
        self.ensure(!things || currency.is_none(), "currency", || {
            Text::new(
                "Honours, promotions and training places aren't money; leave the currency out.",
                "荣誉、晋升和培训名额不是金额，请去掉币种。",
            )
        });
        let honour = content.kind == Kind::Honour;
        self.ensure(honour == content.citation.is_some(), "citation", || {
            Text::new(
                "An honour has a title and a citation; other kinds have none.",
                "荣誉须有称号和颁奖词，其他形式不得填写。",
            )
        });
    }

    fn population(&mut self, content: &RuleContent) {
        let population = &content.population;
        for (path, named) in [
            ("population.departments", &population.departments),
            ("population.teams", &population.teams),
            ("population.positions", &population.positions),
        ] {
            self.ensure(named.len() <= POPULATION, path, || {
                Text::new(
                    format!("Name at most {POPULATION} of them."),
                    format!("最多 {POPULATION} 个。"),
                )
            });
        }
        self.ensure(
            population.least_months <= TENURE,
            "population.leastMonths",
            || {
                Text::new(
                    format!("A tenure is 0 to {TENURE} months."),
                    format!("司龄须为 0 至 {TENURE} 个月。"),
                )
            },
        );
    }

    fn parameters(&mut self, parameters: &[Parameter]) {
        let mut seen = BTreeSet::new();
        self.ensure(parameters.len() <= PARAMETERS, "parameters", || {
            Text::new(
                format!("A rule has at most {PARAMETERS} parameters."),
                format!("规则最多 {PARAMETERS} 个参数。"),
            )
        });
        for (place, parameter) in parameters.iter().enumerate().take(PARAMETERS) {
            let path = format!("parameters.{place}");
            let key = parameter.key.as_str();
            self.ensure(is_word(key) && !expression::is_reserved(key), format!("{path}.key"), || {
                Text::new(
                    "A key has 1 to 40 small letters, digits and `_`, begins with a letter, and is no word of expressions such as `max`.",
                    "键须以字母开头，由 1 至 40 个小写字母、数字或下划线组成，且不能是表达式保留字，例如 max。",
                )
            });
            self.ensure(seen.insert(key), format!("{path}.key"), || {
                Text::new("This key stands twice.", "该键重复。")
            });
            self.text(&format!("{path}.name"), &parameter.name, 100);
            self.text(&format!("{path}.nameZh"), &parameter.name_zh, 100);
            let within = parameter.least.is_none_or(|least| least <= parameter.value)
                && parameter.most.is_none_or(|most| parameter.value <= most);
            self.ensure(within, format!("{path}.value"), || {
                Text::new(
                    "The value lies between the least and the most.",
                    "参数值须在最小值和最大值之间。",
                )
            });
        }
    }

    fn split(&mut self, content: &RuleContent) {
        let Some(Split::Role { roles, .. }) = &content.split else {
            return;
        };
        self.ensure(matches!(content.trigger, Trigger::PerRecord { .. }), "split", || {
            Text::new(
                "Only records credit roles; split equally, or let each record trigger the rule.",
                "只有记录才有归属角色；请改为平均分配，或按记录触发。",
            )
        });
        let sum: u64 = roles.iter().map(|role| u64::from(role.basis_points)).sum();
        self.ensure((1..=ROLES).contains(&roles.len()) && sum == 10_000, "split.roles", || {
            Text::new(
                format!("There are 1 to {ROLES} roles, and their shares make 10,000; these make {sum}."),
                format!("角色须有 1 至 {ROLES} 个，份额之和须为 10000，现为 {sum}。"),
            )
        });
        let mut seen = BTreeSet::new();
        for (place, role) in roles.iter().enumerate().take(ROLES) {
            let formed = |letter: u8| letter.is_ascii_alphanumeric() || letter == b'_';
            let fits = (1..=40).contains(&role.role.len())
                && role.role.bytes().all(formed)
                && role.basis_points > 0
                && seen.insert(&role.role);
            self.ensure(fits, format!("split.roles.{place}"), || {
                Text::new(
                    "A role is a word of at most 40 letters, digits and `_`, stands once, and has a share above 0.",
                    "角色须为最多 40 个字母、数字或下划线，不得重复，且份额大于 0。",
                )
            });
        }
    }

    fn amount(&mut self, path: &str, amount: Option<i64>) {
        self.ensure(
            amount.is_none_or(|amount| (1..=AMOUNT).contains(&amount)),
            path,
            || {
                Text::new(
                    "This is above nought, with no more decimals than the currency has, and not more than anybody could pay; things are whole.",
                    "须大于零，小数位数不得超过该币种，且不超过上限；件数须为整数。",
                )
            },
        );
    }

    fn bounds(&mut self, content: &RuleContent) {
        self.amount("caps.perAward", content.caps.per_award);
        self.amount("caps.perMember", content.caps.per_member);
        self.amount("caps.perRule", content.caps.per_rule);
        self.amount("rounding.step", Some(content.rounding.step));
        if let Some(budget) = &content.budget {
            self.amount("budget.amount", Some(budget.amount));
            self.ensure(budget.period >= content.period, "budget.period", || {
                Text::new(
                    "A budget is for the period of the rule or a longer one.",
                    "预算周期不得短于规则周期。",
                )
            });
        }
        if let Some(stacking) = &content.stacking {
            self.ensure(is_word(&stacking.group), "stacking.group", || {
                Text::new(
                    "A group has a key of 1 to 40 small letters, digits and `_` that begins with a letter.",
                    "组的键须以字母开头，由 1 至 40 个小写字母、数字或下划线组成。",
                )
            });
        }
        self.ensure(content.monotone_in.len() <= MONOTONE, "monotoneIn", || {
            Text::new(
                format!("Name at most {MONOTONE} facts."),
                format!("最多 {MONOTONE} 个事实。"),
            )
        });
    }
}

fn is_word(word: &str) -> bool {
    let part =
        |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_';
    (1..=40).contains(&word.len())
        && word.starts_with(|letter: char| letter.is_ascii_lowercase())
        && word.bytes().all(part)
}
