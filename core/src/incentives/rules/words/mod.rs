//! A trace as sentences that a member can follow, in both languages (计算说明).

mod amounts;
pub(super) mod parts;
mod phrases;
mod reasons;

pub use reasons::tell as why;

use amounts::{capital, grouped, money};
use phrases::{Names, phrase};

use super::catalogue::Catalogue;
use super::content::{Exhausted, RoundingMode, RuleContent, StackingMode, TierPays};
use super::facts::word_name;
use super::trace::{Came, Limit, Line, Slice, SplitPart, Step, Subject, Trace};
use super::value::{Number, Value};
use crate::error::Text;

/// A sentence, with the records that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The sentence.
    pub text: Text,
    /// The ids of records behind it.
    pub records: Vec<String>,
}

/// How an award came about: the facts, then each step, then what comes out.
#[must_use]
pub fn tell(content: &RuleContent, trace: &Trace, catalogue: &Catalogue) -> Vec<Sentence> {
    let teller = Teller {
        content,
        catalogue,
        trace,
    };
    let plain = |text| Sentence {
        text,
        records: Vec::new(),
    };
    let mut told = vec![plain(teller.head())];
    for (key, fact) in &trace.facts {
        let name = catalogue.name(key);
        let value = teller.fact(key);
        told.push(Sentence {
            text: Text::new(
                format!("{}: {}.", name.en, value.en),
                format!("{}：{}。", name.zh, value.zh),
            ),
            // Where single records aren't named, the snapshot leads to them.
            records: match (&fact.records[..], &fact.source) {
                ([], Some(source)) => vec![source.clone()],
                _ => fact.records.clone(),
            },
        });
    }
    for (key, value) in &trace.parameters {
        let name = teller.parameter(key);
        told.push(plain(Text::new(
            format!("{}: {value}, set by the rule.", name.en),
            format!("{}：{value}（规则设定）。", name.zh),
        )));
    }
    told.extend(trace.steps.iter().map(|step| plain(teller.step(step))));
    told.push(plain(match &trace.nothing {
        Some(nothing) => reasons::tell(nothing, catalogue),
        None => {
            let amount = teller.amount(trace.amount);
            Text::new(format!("That makes {amount}."), format!("合计 {amount}。"))
        }
    }));
    told
}

/// What a step of achievement brings: a part of the base, so much for each one of it, or a fixed amount.
#[must_use]
pub fn pays(pays: TierPays, currency: Option<&str>) -> Text {
    let unit = currency.map(|currency| format!(" {currency}"));
    let unit = unit.unwrap_or_default();
    let same = |text: String| Text::new(text.clone(), text);
    match pays {
        TierPays::Rate(rate) => same(format!("× {rate}")),
        TierPays::Each(each) => {
            Text::new(format!("{each}{unit} each"), format!("每单位 {each}{unit}"))
        }
        TierPays::Amount(amount) => same(format!("{amount}{unit}")),
    }
}

struct Teller<'t> {
    content: &'t RuleContent,
    catalogue: &'t Catalogue,
    trace: &'t Trace,
}

impl Names for Teller<'_> {
    fn named(&self, key: &str) -> Option<(Text, Text)> {
        let same = |text: String| Text::new(text.clone(), text);
        let trace = self.trace;
        if key == TIERS {
            let total = trace.steps.iter().find_map(|step| match step {
                Step::Tiers { total, .. } => Some(*total),
                _ => None,
            })?;
            return Some((tiers(), same(grouped(&total.shown(6).to_string()))));
        }
        if let Some(value) = trace.parameters.get(key) {
            return Some((self.parameter(key), same(grouped(&value.to_string()))));
        }
        self.catalogue.get(key)?;
        Some((self.catalogue.name(key), self.fact(key)))
    }

    fn number(&self, number: &str) -> String {
        grouped(number)
    }

    fn money(&self, number: &str, currency: Option<&str>) -> Option<String> {
        let currency = currency.or(self.content.currency.as_deref())?;
        Some(format!("{} {currency}", grouped(number)))
    }

    fn word(&self, beside: Option<&str>, word: &str) -> Text {
        match beside.and_then(|key| self.catalogue.get(key)) {
            Some(fact) if fact.words.iter().any(|one| one == word) => word_name(word),
            _ => Text::new(format!("\"{word}\""), format!("“{word}”")),
        }
    }
}

/// What stands in expressions for what the tiers bring.
const TIERS: &str = "tiers";

fn tiers() -> Text {
    Text::new("what the tiers bring", "阶梯所得")
}

impl Teller<'_> {
    /// What a fact was.
    fn fact(&self, key: &str) -> Text {
        let value = self
            .trace
            .facts
            .get(key)
            .and_then(|fact| fact.value.as_ref());
        match value {
            None => Text::new("not known", "未知"),
            Some(Value::Text(word)) => {
                let fact = self.catalogue.get(key);
                let is_one = fact.is_some_and(|fact| fact.words.iter().any(|one| one == word));
                if is_one {
                    word_name(word)
                } else {
                    Text::new(word.clone(), word.clone())
                }
            }
            Some(value) => self.value(value),
        }
    }

    fn head(&self) -> Text {
        let trace = self.trace;
        let (from, number) = (trace.period.from, trace.rule.number);
        let to = trace.period.to.pred_opt().unwrap_or(trace.period.to);
        let late = self.late();
        Text::new(
            format!(
                "By the rule \"{}\", version {number}, for {from} to {to}{}.",
                self.content.name, late.en
            ),
            format!(
                "依据规则“{}”第 {number} 版，期间 {from} 至 {to}{}。",
                self.content.name_zh, late.zh
            ),
        )
    }

    /// Of which day the record is, where it was recorded too late for its own period.
    fn late(&self) -> Text {
        match &self.trace.subject {
            Subject::Record { day, .. } if *day < self.trace.period.from => Text::new(
                format!("; the record is of {day} and came after its own period was worked out"),
                format!("；记录日期 {day}，补录于所属周期计算之后"),
            ),
            _ => Text::new("", ""),
        }
    }

    fn parameter(&self, key: &str) -> Text {
        let parameter = self.content.parameters.iter().find(|one| one.key == key);
        parameter.map_or_else(
            || Text::new(key.to_owned(), key.to_owned()),
            |one| Text::new(one.name.clone(), one.name_zh.clone()),
        )
    }

    /// An amount in minor units of the rule's currency, or in things.
    fn amount(&self, amount: i64) -> String {
        match &self.content.currency {
            None => amount.to_string(),
            Some(currency) => money(amount, currency),
        }
    }

    /// An amount in major units of the rule's currency, or in things, that isn't rounded yet.
    fn exact(&self, amount: Number) -> String {
        let amount = grouped(&amount.shown(6).to_string());
        match &self.content.currency {
            None => amount,
            Some(currency) => format!("{amount} {currency}"),
        }
    }

    fn value(&self, value: &Value) -> Text {
        let same = |text: String| Text::new(text.clone(), text);
        match value {
            Value::Number(number) => same(grouped(&number.shown(6).to_string())),
            Value::Money(of) => same(money(of.amount, &of.currency)),
            Value::Text(text) => same(text.clone()),
            Value::Bool(true) => Text::new("yes", "是"),
            Value::Bool(false) => Text::new("no", "否"),
            Value::Day(day) => same(day.to_string()),
        }
    }

    fn came(&self, came: &Came) -> Text {
        match came {
            Came::Value(value) => self.value(value),
            Came::Money(amount) => {
                let amount = self.exact(*amount);
                Text::new(amount.clone(), amount)
            }
            Came::Nothing(nothing) => reasons::tell(nothing, self.catalogue),
        }
    }

    /// A part of an expression with the names of facts and parameters instead of their keys.
    fn named_parts(&self, part: &str) -> Text {
        let (mut en, mut zh) = (String::new(), String::new());
        let (mut rest, mut quoted) = (part, false);
        while let Some(first) = rest.chars().next() {
            let is_part =
                |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '.';
            let end = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
            if quoted || end == 0 || first.is_ascii_digit() {
                let end = if end == 0 { first.len_utf8() } else { end };
                quoted ^= first == '"';
                en.push_str(&rest[..end]);
                zh.push_str(&rest[..end]);
                rest = &rest[end..];
                continue;
            }
            let word = &rest[..end];
            let name = if self.catalogue.get(word).is_some() {
                self.catalogue.name(word)
            } else if word == TIERS {
                tiers()
            } else {
                self.parameter(word)
            };
            en.push_str(&name.en);
            zh.push_str(&name.zh);
            rest = &rest[end..];
        }
        Text::new(en, zh)
    }

    /// An expression in words where that can be followed, or else with names instead of keys.
    fn said(&self, part: &str) -> Text {
        phrase(part, self).unwrap_or_else(|| self.named_parts(part))
    }

    /// The whole of an expression and what it came to.
    fn whole(&self, lines: &[Line]) -> (Text, Text) {
        lines.last().map_or_else(
            || (Text::new("", ""), Text::new("", "")),
            |line| (self.said(&line.part), self.came(&line.value)),
        )
    }

    fn step(&self, step: &Step) -> Text {
        match step {
            Step::Condition { lines } if lines.last().is_some_and(|line| line.part == "true") => {
                Text::new("The rule has no condition.", "规则未设条件。")
            }
            Step::Condition { lines } => {
                let (part, value) = self.whole(lines);
                match lines.last().map(|line| &line.value) {
                    Some(Came::Value(Value::Bool(true))) => Text::new(
                        format!("The condition holds: {}.", part.en),
                        format!("满足条件：{}。", part.zh),
                    ),
                    Some(Came::Nothing(_)) => Text::new(
                        format!("The condition can't be told: {}. {}", part.en, value.en),
                        format!("条件无法判断：{}。{}", part.zh, value.zh),
                    ),
                    _ => Text::new(
                        format!("The condition doesn't hold: {}.", part.en),
                        format!("不满足条件：{}。", part.zh),
                    ),
                }
            }
            Step::Base { lines } => {
                let (part, value) = self.whole(lines);
                Text::new(
                    format!("Held against the tiers: {} = {}.", part.en, value.en),
                    format!("阶梯基数：{} = {}。", part.zh, value.zh),
                )
            }
            Step::Tiers { slices, total, .. } => self.tiers(slices, *total),
            Step::Amount { lines } => {
                let (part, value) = self.whole(lines);
                Text::new(
                    format!("The amount: {} = {}.", part.en, value.en),
                    format!("金额：{} = {}。", part.zh, value.zh),
                )
            }
            Step::Rounding {
                mode,
                step,
                from,
                to,
            } => {
                let (way, way_zh) = way(*mode);
                let (from, step, to) = (self.exact(*from), self.amount(*step), self.amount(*to));
                Text::new(
                    format!("Rounded {way} to a multiple of {step}: {from} becomes {to}."),
                    format!("按 {step} 的倍数{way_zh}：{from} 取整为 {to}。"),
                )
            }
            Step::AwardCap { most, from, to } => {
                let (most, from, to) = (self.amount(*most), self.amount(*from), self.amount(*to));
                Text::new(
                    format!("One award is at most {most}: {from} becomes {to}."),
                    format!("单笔上限 {most}：{from} 调整为 {to}。"),
                )
            }
            Step::Split { whole, parts, mine } => self.split(*whole, parts, *mine),
            Step::MemberCap(limit) => self.limit(
                (limit, self.content.caps.per_member),
                "what one member can get by this rule",
                "个人上限",
            ),
            Step::Stacking {
                mode, kept, from, ..
            } => self.stacking(*mode, *kept, *from),
            Step::RuleCap(limit) => self.limit(
                (limit, self.content.caps.per_rule),
                "what this rule can give altogether",
                "规则总上限",
            ),
            Step::Budget(limit) => {
                let amount = self.content.budget.as_ref().map(|budget| budget.amount);
                self.limit((limit, amount), "the budget", "预算")
            }
        }
    }

    fn tiers(&self, slices: &[Slice], total: Number) -> Text {
        if slices.is_empty() {
            return Text::new("No tier is reached.", "未达到任何阶梯。");
        }
        let told: Vec<(String, String)> = slices
            .iter()
            .map(|slice| {
                let (place, part) = (slice.tier + 1, grouped(&slice.part.shown(6).to_string()));
                let brings = grouped(&slice.brings.shown(6).to_string());
                match slice.pays {
                    TierPays::Rate(rate) => {
                        let percent = Number::from(rate)
                            .times(Number::whole(100).unwrap_or_default())
                            .unwrap_or_default();
                        (
                            format!("tier {place}: {percent} % of {part} = {brings}"),
                            format!("第 {place} 档：{part} 的 {percent}% = {brings}"),
                        )
                    }
                    TierPays::Each(each) => (
                        format!("tier {place}: {part} times {each} = {brings}"),
                        format!("第 {place} 档：{part} × {each} = {brings}"),
                    ),
                    TierPays::Amount(_) => (
                        format!("tier {place}: {brings}"),
                        format!("第 {place} 档：{brings}"),
                    ),
                }
            })
            .collect();
        let (en, zh): (Vec<String>, Vec<String>) = told.into_iter().unzip();
        let total = grouped(&total.shown(6).to_string());
        Text::new(
            format!("The tiers: {}; together {total}.", en.join("; ")),
            format!("阶梯：{}；合计 {total}。", zh.join("；")),
        )
    }

    fn split(&self, whole: i64, parts: &[SplitPart], mine: usize) -> Text {
        let weights: Vec<u64> = parts.iter().map(|part| part.weight).collect();
        let amounts = crate::incentives::rules::splits::divide(whole, &weights);
        let own = self.amount(amounts.get(mine).copied().unwrap_or(0));
        let (whole, count) = (self.amount(whole), parts.len());
        match parts.get(mine).and_then(|part| part.role.as_deref()) {
            Some(role) => {
                let role = word_name(role);
                Text::new(
                    format!(
                        "{whole} is split between {count} parts; for the role {} that is {own}.",
                        role.en
                    ),
                    format!("{whole} 分为 {count} 份；角色“{}”的份额为 {own}。", role.zh),
                )
            }
            None => Text::new(
                format!("{whole} is split equally between {count}; that is {own}."),
                format!("{whole} 由 {count} 人平均分配；每份为 {own}。"),
            ),
        }
    }

    fn stacking(&self, mode: StackingMode, kept: bool, from: i64) -> Text {
        let amount = self.amount(from);
        let (which, which_zh) = match mode {
            StackingMode::Exclusive => ("the first", "优先级最高"),
            StackingMode::Best => ("the highest", "金额最高"),
            StackingMode::Sum => ("every", "全部"),
        };
        if kept {
            Text::new(
                format!("Of the rules of the group {which} counts: it is this one, {amount}."),
                format!("同组规则取{which_zh}者：即本规则，{amount}。"),
            )
        } else {
            Text::new(
                format!(
                    "Of the rules of the group {which} counts: it is another one, and {amount} falls away."
                ),
                format!("同组规则取{which_zh}者：为另一规则，本规则的 {amount} 不发放。"),
            )
        }
    }

    /// A bound as the rule says it: what others left of it is nobody's business.
    fn limit(&self, (limit, bound): (&Limit, Option<i64>), what: &str, what_zh: &str) -> Text {
        let (from, to) = (self.amount(limit.from), self.amount(limit.to));
        let available = self.amount(bound.unwrap_or(limit.available));
        // What all others get together is nobody's business but in proportion, where nothing follows without it.
        match limit.way {
            Exhausted::ProRata => Text::new(
                format!(
                    "{} is {available}, less than all awards together; all are cut in proportion: {from} becomes {to}.",
                    capital(what)
                ),
                format!(
                    "{what_zh}为 {available}，不足以发放全部奖励，按比例折减：{from} 调整为 {to}。"
                ),
            ),
            Exhausted::FirstCome | Exhausted::Stop => Text::new(
                format!(
                    "{} is {available}, and what came before has used it up: {from} becomes {to}.",
                    capital(what)
                ),
                format!("{what_zh}为 {available}，已被此前的奖励占用：{from} 调整为 {to}。"),
            ),
        }
    }
}

const fn way(mode: RoundingMode) -> (&'static str, &'static str) {
    match mode {
        RoundingMode::HalfUp => ("half up", "四舍五入"),
        RoundingMode::HalfEven => ("half to even", "四舍六入五成双"),
        RoundingMode::Down => ("down", "舍去"),
        RoundingMode::Up => ("up", "进位"),
    }
}

#[cfg(test)]
mod tests;
